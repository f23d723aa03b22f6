//! The words of the contract, as types.

use serde::{Deserialize, Serialize};

use crate::roles::Role;

/// What a resident sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackKind {
    /// Dissatisfaction, however made.
    Complaint,
    /// Praise for a person or a team.
    Compliment,
    /// A remark that asks for no answer.
    Comment,
    /// Something to be done.
    ServiceRequest,
    /// An MP or councillor writing for someone, where that has its own route.
    MemberEnquiry,
}

/// How it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Channel {
    Web,
    Email,
    Phone,
    Post,
    InPerson,
    Social,
    Councillor,
    Mp,
    Officer,
    Ombudsman,
    Survey,
}

/// How a letter reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyBy {
    /// By e-mail.
    Email,
    /// On paper.
    Post,
    /// Read out, and shown on the tracking page.
    Phone,
    /// Shown on the tracking page only.
    Track,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody has looked at it.
    New,
    /// Being worked.
    Open,
    /// Answered; the person may still ask for a review, or a remedy is owed.
    Answered,
    /// Done.
    Closed,
}

/// How a case was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClosedAs {
    /// Its last answer stands.
    Answered,
    /// The person took it back.
    Withdrawn,
    /// Outside the policy.
    NotAccepted,
    /// Put right at first contact.
    ResolvedAtFirstContact,
    /// A court has it.
    LegalProceedings,
    /// The same person's same matter.
    Duplicate,
    /// A comment or compliment, passed to the people concerned.
    PassedOn,
    /// Set aside as spam, and found to be.
    Spam,
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeId {
    /// The complaint is right.
    Upheld,
    /// Partly right.
    PartiallyUpheld,
    /// Not right.
    NotUpheld,
    /// Stage 2 was not opened, with reasons.
    NotInvestigated,
}

/// A remedy (Codes 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RemedyKind {
    Apology,
    Acknowledgement,
    Explanation,
    Action,
    DecisionChanged,
    RecordAmended,
    Payment,
    PolicyChanged,
}

/// Who did it. A member of staff is an opaque subject; the name is looked up, never kept in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who")]
pub enum Actor {
    /// The person whose case it is, or the one they named.
    Resident,
    /// A member of staff.
    Staff {
        /// The subject of their token.
        id: String,
        /// The role they acted in.
        role: Role,
        /// Their organisation, where it is not the council's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
    },
    /// The system, by itself.
    System,
}

impl Actor {
    /// The subject, of a member of staff.
    pub fn staff_id(&self) -> Option<&str> {
        match self {
            Actor::Staff { id, .. } => Some(id),
            Actor::Resident | Actor::System => None,
        }
    }

    /// A member of the council's own staff.
    pub fn staff(id: impl Into<String>, role: Role) -> Actor {
        Actor::Staff { id: id.into(), role, organisation: None }
    }

    /// The organisation, of a member of another's staff.
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Actor::Staff { organisation, .. } => organisation.as_deref(),
            Actor::Resident | Actor::System => None,
        }
    }

    /// The role, of a member of staff.
    pub fn role(&self) -> Option<Role> {
        match self {
            Actor::Staff { role, .. } => Some(*role),
            Actor::Resident | Actor::System => None,
        }
    }
}

/// Reads one of the contract's words, or says which there are.
///
/// # Errors
/// A sentence that lists the words there are.
pub(crate) fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|error| {
        let known = error.to_string();
        let known = known.split_once("expected one of ").map_or("", |(_, list)| list).replace('`', "");
        format!("must be one of {known}")
    })
}

/// The contract's word for a value.
pub fn name_of<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
