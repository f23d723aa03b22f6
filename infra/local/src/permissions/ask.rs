//! One thing that somebody asks of a service.

use std::collections::BTreeMap;

/// The values of the partition keys that a request names.
pub const LEADING_KEYS: &str = "dynamodb:LeadingKeys";

/// The transaction that an action stands in.
pub const ENCLOSING_OPERATION: &str = "dynamodb:EnclosingOperation";

/// What the keys of a list begin with.
pub const PREFIX: &str = "s3:prefix";

/// Whether a request came by TLS. On the laptop none does, and none says so: it is loopback.
pub const SECURE_TRANSPORT: &str = "aws:SecureTransport";

/// The condition keys that the laptop knows, and whether a key has many values.
pub(crate) const CONDITION_KEYS: [(&str, bool); 4] =
    [(LEADING_KEYS, true), (ENCLOSING_OPERATION, false), (PREFIX, false), (SECURE_TRANSPORT, false)];

/// An action on a resource, with what is known of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Such as `dynamodb:PutItem`.
    pub action: String,
    /// The ARN it is asked on.
    pub resource: String,
    /// What conditions may ask about, by condition key. A key that is not here is absent, which is not the same as
    /// empty text.
    pub context: BTreeMap<&'static str, Vec<String>>,
}

impl Ask {
    /// An action on a resource, of which nothing more is known.
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Ask {
        Ask { action: action.into(), resource: resource.into(), context: BTreeMap::new() }
    }

    /// The same, with a condition key's values; none leave it absent.
    #[must_use]
    pub fn with(mut self, key: &'static str, values: Vec<String>) -> Ask {
        if !values.is_empty() {
            self.context.insert(key, values);
        }
        self
    }
}
