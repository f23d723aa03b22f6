//! Who wrote, and how to reach them. Personal: never in the ledger, a log or a URL.

use serde::{Deserialize, Serialize};

/// The person behind a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contact {
    /// Full name, as they write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A telephone number, as they write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where they live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// For whom they write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<OnBehalfOf>,
    /// What makes it easier for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustments: Option<String>,
}

impl Contact {
    /// What is missing to reach the person this way, in the words of the field; nothing when nothing is.
    pub fn cannot_be_reached(&self, way: super::ReplyBy) -> Option<&'static str> {
        let posted = self.address.as_ref().is_some_and(|address| !address.lines.is_empty());
        match way {
            super::ReplyBy::Email if self.email.is_none() => Some("Enter the email address to answer to"),
            super::ReplyBy::Post if !posted => Some("Enter the postal address to answer to"),
            super::ReplyBy::Phone if self.phone.is_none() => Some("Enter the phone number to call"),
            _ => None,
        }
    }
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Address {
    /// Line by line.
    #[serde(default)]
    pub lines: Vec<String>,
    /// The postcode, if they know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
}

/// The person a representative writes for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OnBehalfOf {
    /// Their name.
    pub name: String,
    /// Who the writer is to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<String>,
    /// By what right: `consent`, `parent`, `attorney`, `deputy`, `personal-representative`, `best-interests`, `elected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}
