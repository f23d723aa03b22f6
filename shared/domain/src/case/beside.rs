//! What stands beside the stages of a case: people asked, restrictions, the Ombudsman, who acts and who may read.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Owner, TextRef};
use crate::roles::Role;

/// Why a point is outside the policy while the rest of its case stays in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excluded {
    /// An exclusion of the policy, or `other`.
    pub reason: String,
    /// What shows it, as the person reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<TextRef>,
}

/// Somebody was asked for their part: a contractor, another service, another body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// From 1.
    pub n: u32,
    /// Who.
    pub whom: TextRef,
    /// What.
    pub question: TextRef,
    /// When.
    pub on: NaiveDate,
    /// By when.
    pub by: NaiveDate,
    /// They were given the person's details, and the person was told.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub shared: bool,
    /// When they answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<NaiveDate>,
}

/// A limit on how a person may reach the council. Never stops a new complaint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Restriction {
    /// From 1.
    pub n: u32,
    /// What is limited, and how far.
    pub what: TextRef,
    /// Why.
    pub why: TextRef,
    /// From when.
    pub from: NaiveDate,
    /// Until when; absent: until a review ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// When it is looked at again.
    pub review_on: NaiveDate,
    /// Who decided it together: opaque, or an office.
    pub decided_by: Vec<String>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
}

/// What an Ombudsman asked and decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enquiry {
    /// From 1.
    pub n: u32,
    /// Which Ombudsman: an id in `ombudsmen.toml`.
    pub body: String,
    /// Their own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_reference: Option<TextRef>,
    /// When it reached the council.
    pub received_on: NaiveDate,
    /// By when they want an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<NaiveDate>,
    /// When they were answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replied_on: Option<NaiveDate>,
    /// What they decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<OmbudsmanDecision>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// The remedies they asked for: numbers of actions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<u32>,
    /// When everything they asked for was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complied_on: Option<NaiveDate>,
}

impl Enquiry {
    /// Whether the council still owes the Ombudsman something.
    pub fn is_open(&self) -> bool {
        match self.decision {
            None => self.replied_on.is_none() || self.decided_on.is_none(),
            Some(_) => !self.actions.is_empty() && self.complied_on.is_none(),
        }
    }
}

/// What an Ombudsman decides, in the words of their yearly letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum OmbudsmanDecision {
    Upheld,
    NotUpheld,
    ClosedAfterInitialEnquiries,
    ReferredBack,
    Incomplete,
    Advice,
}

/// Somebody acts for the owner while they are away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cover {
    /// Who acts.
    pub owner: Owner,
    /// Until and with this day.
    pub until: NaiveDate,
}

/// Only these may read a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readers {
    /// In these roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// These people: opaque.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}

/// Somebody speaks for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// By what right, in the contract's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// What shows the right is on file.
    #[serde(default, skip_serializing_if = "super::is_false")]
    pub shown: bool,
}

/// What a case is about, for the figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Class {
    /// A category of the policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// A theme that cuts across services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// The ward, by its GSS code or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ward: Option<String>,
    /// Whom it affects: `individual` or `group` (Codes 1.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affects: Option<String>,
    /// For a landlord's matter: `rented` or `shared-ownership`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<String>,
}
