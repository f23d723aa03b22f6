//! The changes of state that an outbox item goes through.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use chrono::{DateTime, TimeDelta, Utc};

use super::{HOLD_MIN, KEPT_DAYS, LEASE_MIN, OutId, sk};
use crate::attribute::{key, n, s};
use crate::key::instant;
use crate::{Attention, CaseKey, Store, StoreError};

/// A change of state.
pub(super) struct Change {
    pub(super) expression: &'static str,
    pub(super) values: HashMap<String, AttributeValue>,
}

impl Change {
    /// Settled for good: out of the `due` index.
    pub(super) fn done(state: &str, now: DateTime<Utc>) -> Change {
        let expires = (now + TimeDelta::days(KEPT_DAYS)).timestamp();
        Change {
            expression: "SET #state = :state, expires_at = :expires \
                         REMOVE due_pk, due_at, attention_pk, attention_at",
            values: [(":state".to_owned(), s(state)), (":expires".to_owned(), n(expires))].into(),
        }
    }

    /// Settled, and for somebody to look at: out of the `due` index, and among what failed.
    pub(super) fn failed(council: &str, now: DateTime<Utc>) -> Change {
        let values =
            [(":state", s("rejected")), (":now", s(instant(now))), (":failed", s(Attention::Failed.pk(council)))];
        Change {
            expression: "SET #state = :state, attention_pk = :failed, attention_at = :now REMOVE due_pk, due_at",
            values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        }
    }

    /// Held for word of it, for somebody to see meanwhile.
    pub(super) fn hold(council: &str, now: DateTime<Utc>) -> Change {
        let until = instant(now + TimeDelta::minutes(HOLD_MIN));
        let values = [
            (":state", s("held")),
            (":until", s(until)),
            (":now", s(instant(now))),
            (":failed", s(Attention::Failed.pk(council))),
        ];
        Change {
            expression: "SET #state = :state, due_at = :until, not_before = :until, \
                         attention_pk = :failed, attention_at = :now",
            values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        }
    }

    /// Tried once more because somebody says so: as if it were new.
    pub(super) fn anew(key: &CaseKey, now: DateTime<Utc>) -> Change {
        let due = instant(now + TimeDelta::minutes(LEASE_MIN));
        let values =
            [(":state", s("pending")), (":now", s(instant(now))), (":due", s(due)), (":shard", s(key.due_pk()))];
        Change {
            expression: "SET #state = :state, not_before = :now, due_pk = :shard, due_at = :due \
                         REMOVE attention_pk, attention_at",
            values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        }
    }

    /// To be looked at again later, and not before.
    pub(super) fn wait(state: &str, until: String) -> Change {
        Change {
            expression: "SET #state = :state, due_at = :until, not_before = :until",
            values: [(":state".to_owned(), s(state)), (":until".to_owned(), s(until))].into(),
        }
    }

    /// Touched, so that the stream hears of it again.
    pub(super) fn wake(next: String) -> Change {
        Change { expression: "SET due_at = :next", values: [(":next".to_owned(), s(next))].into() }
    }

    /// Pending once more.
    pub(super) fn again(next: String) -> Change {
        Change {
            expression: "SET #state = :state, due_at = :next",
            values: [(":state".to_owned(), s("pending")), (":next".to_owned(), s(next))].into(),
        }
    }

    pub(super) fn of(self, store: &Store, case: &CaseKey, id: OutId, attempt: u32) -> Result<Update, StoreError> {
        Update::builder()
            .table_name(&store.cases)
            .set_key(key(&case.pk(), &sk(id)))
            .update_expression(self.expression)
            .condition_expression("#state = :claimed AND attempt = :attempt")
            .expression_attribute_names("#state", "state")
            .set_expression_attribute_values(Some(self.values))
            .expression_attribute_values(":claimed", s("claimed"))
            .expression_attribute_values(":attempt", n(attempt))
            .build()
            .map_err(|error| StoreError::Other(error.to_string()))
    }
}
