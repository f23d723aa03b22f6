//! Why a command changes nothing.

use serde::Serialize;

/// A command refused. Says which rule refuses and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The policy does not allow it now.
    #[error("{why}")]
    NotAllowed {
        /// For the person who tried, in one or two sentences.
        why: String,
        /// The heading or paragraph the rule comes from.
        cites: String,
    },
    /// This person may not.
    #[error("{why}")]
    Forbidden {
        /// For the person who tried.
        why: String,
    },
    /// What was sent cannot be taken as it is.
    #[error("{} of the fields cannot be taken", .0.len())]
    Fields(Vec<FieldError>),
}

/// One field that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Its name, with `.` and numbers for what is inside: `points.0.text`.
    pub field: String,
    /// What is wrong, in the field's own words.
    pub message: String,
}

impl Refusal {
    /// Not allowed now, by a rule.
    pub fn not_allowed(why: impl Into<String>, cites: impl Into<String>) -> Refusal {
        Refusal::NotAllowed { why: why.into(), cites: cites.into() }
    }

    /// One field that cannot be taken.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Refusal {
        Refusal::Fields(vec![FieldError { field: field.into(), message: message.into() }])
    }
}
