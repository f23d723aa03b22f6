//! The outbox: claim, send, settle. Never none, and at most one extra for each ambiguous failure.
//!
//! An item waits as `pending`; a claim makes it `claimed` for a lease; what came
//! of the send settles it. A claim that runs out, or a send that nobody answered,
//! is `held` for a while in case the mail service tells us, and then sent once more.

mod change;
mod digest;

use std::fmt;
use std::str::FromStr;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, TransactWriteItem, Update};
use change::Change;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
pub use digest::{DigestBody, DigestLine};
pub(crate) use digest::{MORNING, gathered_at};
use serde::{Deserialize, Serialize};

use redress_domain::decide::StaffMatter;
use redress_domain::policy::Mailbox;
use redress_domain::staff_mail::Goes;

use crate::attribute::{Item, item, json, n, number, s, text};
use crate::error::condition_failed;
use crate::key::instant;
use crate::letters::LetterBody;
use crate::{Attention, CaseKey, OutStaff, Store, StoreError};

/// The stream has this long before the sweep looks; also the lease of a claim.
const LEASE_MIN: i64 = 2;

/// A settled item is kept this long, for whoever asks what happened.
const KEPT_DAYS: i64 = 30;

/// An unanswered send is held this long for word of it.
const HOLD_MIN: i64 = 15;

/// An item of a case's outbox, by the entry that made it: `000003-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutId {
    /// The ledger entry.
    pub entry: u32,
    /// The place in it, from 1.
    pub place: u32,
}

/// A mail to staff, as it will go out. The address is looked up when it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffBody {
    /// Whose mailbox.
    pub to: Mailbox,
    /// The team the case is with.
    pub team: String,
    /// What about.
    pub about: StaffMatter,
    /// Its subject.
    pub subject: String,
    /// Its words, marked up.
    pub words: String,
    /// Which rule, where it is about a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Which date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// What goes out.
#[derive(Clone, Debug, PartialEq)]
pub enum Outgoing {
    /// A letter of the case.
    Letter(u32, LetterBody),
    /// A mail to staff.
    Staff(StaffBody),
    /// Many of them as one.
    Digest(DigestBody),
}

/// An item that is ours to send.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// Which.
    pub id: OutId,
    /// The attempt, from 1.
    pub attempt: u32,
    /// What.
    pub outgoing: Outgoing,
}

/// What came of a send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The mail service took it, under this id.
    Sent(String),
    /// It will never take it.
    Rejected,
    /// It is busy: wait a little.
    Throttled,
    /// Nobody knows.
    Unknown,
}

impl Store {
    /// An item as it begins: a letter, whose first chance is the stream's.
    pub(crate) fn out_letter_item(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>, letter: u32) -> Item {
        let mut made = begun(key, id, now, now + TimeDelta::minutes(LEASE_MIN));
        made.insert("letter".to_owned(), n(letter));
        made
    }

    /// An item as it begins: a mail to staff, by itself or with the digest of a morning.
    pub(crate) fn out_staff_item(
        &self,
        key: &CaseKey,
        id: OutId,
        mail: &OutStaff,
        goes: Goes,
        now: DateTime<Utc>,
    ) -> Result<Item, StoreError> {
        let at = match goes {
            Goes::AtOnce => now,
            Goes::Morning(morning) if mail.with_digest => gathered_at(morning, now),
            Goes::Morning(morning) => morning,
        };
        let mut made = begun(key, id, at, at);
        if let (Goes::Morning(morning), true) = (goes, mail.with_digest) {
            made.insert(MORNING.to_owned(), s(instant(morning)));
        }
        made.insert("body".to_owned(), s(json(&mail.body)?));
        Ok(made)
    }

    /// Claims an item for sending; nothing when it is not to be sent now, or not by us.
    ///
    /// # Errors
    /// When the table cannot be reached.
    pub async fn claim(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<Option<Claimed>, StoreError> {
        let claimed = self
            .client
            .update_item()
            .table_name(&self.cases)
            .set_key(crate::attribute::key(&key.pk(), &sk(id)))
            .update_expression("SET #state = :claimed, attempt = attempt + :one, due_at = :lease")
            .condition_expression("#state = :pending AND not_before <= :now")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":claimed", s("claimed"))
            .expression_attribute_values(":pending", s("pending"))
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":now", s(instant(now)))
            .expression_attribute_values(":lease", s(instant(now + TimeDelta::minutes(LEASE_MIN))))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let item = match claimed {
            Ok(claimed) => claimed.attributes.unwrap_or_default(),
            Err(error) if condition_failed(&error) => return Ok(None),
            Err(error) => return Err(StoreError::of(&error)),
        };
        let attempt = number(&item, "attempt").unwrap_or(1);
        let outgoing = match number::<u32>(&item, "letter") {
            None if digest::is_digest(&item) => Outgoing::Digest(self.read_digest(key, id, &item).await?),
            None => Outgoing::Staff(crate::attribute::body(&item)?),
            Some(letter) => match self.letters(key, [letter]).await?.pop() {
                Some(found) => Outgoing::Letter(letter, found.body),
                None => return Err(StoreError::corrupt(&item, "its letter is not there")),
            },
        };
        Ok(Some(Claimed { id, attempt, outgoing }))
    }

    /// Settles what came of a send. Settling twice changes nothing.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn settle(
        &self,
        key: &CaseKey,
        claimed: &Claimed,
        came: &Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let later = |minutes: i64| instant(now + TimeDelta::minutes(minutes));
        let change = match came {
            Settlement::Sent(_) => Change::done("sent", now),
            // A letter that is rejected came back: the case says so, and makes work of it.
            Settlement::Rejected if matches!(claimed.outgoing, Outgoing::Letter(..)) => Change::done("rejected", now),
            Settlement::Rejected => Change::failed(&key.council, now),
            Settlement::Throttled => Change::wait("pending", later(i64::from(claimed.attempt).min(HOLD_MIN))),
            Settlement::Unknown => Change::hold(&key.council, now),
        };
        let mut actions = vec![change.of(self, key, claimed.id, claimed.attempt)?];
        if let (Settlement::Sent(message), Outgoing::Letter(letter, _)) = (came, &claimed.outgoing) {
            actions.push(
                Update::builder()
                    .table_name(&self.cases)
                    .set_key(crate::attribute::key(&key.pk(), &format!("LETTER#{letter}")))
                    .update_expression("SET accepted_at = if_not_exists(accepted_at, :now), message_id = :message")
                    .expression_attribute_values(":now", s(instant(now)))
                    .expression_attribute_values(":message", s(message))
                    .build()
                    .map_err(|error| StoreError::Other(error.to_string()))?,
            );
        }
        let actions = actions.into_iter().map(|update| TransactWriteItem::builder().update(update).build()).collect();
        match self.client.transact_write_items().set_transact_items(Some(actions)).send().await {
            Ok(_) => Ok(()),
            // Somebody settled it already, by an event or by the sweep.
            Err(error) => match crate::error::sort(&error, None) {
                crate::error::Cancelled::Final(StoreError::MovedOn) => Ok(()),
                crate::error::Cancelled::Final(error) => Err(error),
                crate::error::Cancelled::Again(why) => Err(StoreError::Other(why)),
            },
        }
    }

    /// What the sweep does with an outbox item whose time has come: wakes what
    /// waits, holds a claim that ran out, and lets what was held go once more.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn revive(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<Revived, StoreError> {
        let Some(found) = self.get(&key.pk(), &sk(id)).await? else { return Ok(Revived::Nothing) };
        let attempt: u32 = number(&found, "attempt").unwrap_or(0);
        let later = |minutes: i64| instant(now + TimeDelta::minutes(minutes));
        let state = text(&found, "state").unwrap_or_default().to_owned();
        let (change, revived) = match state.as_str() {
            "pending" => (Change::wake(later(LEASE_MIN)), Revived::Woken),
            "claimed" => (Change::hold(&key.council, now), Revived::Held),
            "held" => (Change::again(later(LEASE_MIN)), Revived::Again),
            _ => return Ok(Revived::Nothing),
        };
        let seen = text(&found, "due_at").unwrap_or_default().to_owned();
        let when = "#state = :was AND due_at = :seen AND attempt = :attempt";
        let values = [(":was", s(state)), (":seen", s(seen)), (":attempt", n(attempt))];
        let changed = self.change_out(key, id, change, when, values).await?;
        Ok(if changed { revived } else { Revived::Nothing })
    }

    /// Gives a claim back at once, for whoever knows that nobody holds it and nothing went out.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn give_back(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let change = Change::again(instant(now + TimeDelta::minutes(LEASE_MIN)));
        self.change_out(key, id, change, "#state = :claimed", [(":claimed", s("claimed"))]).await.map(|_| ())
    }

    /// Lets a mail that failed go once more, and says whether it was one that did.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn try_again(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let when = "attention_pk = :mark AND (#state = :rejected OR #state = :held)";
        let mark = s(Attention::Failed.pk(&key.council));
        let values = [(":mark", mark), (":rejected", s("rejected")), (":held", s("held"))];
        self.change_out(key, id, Change::anew(key, now), when, values).await
    }

    /// What an outbox item of a case is about; nothing when it is not there any more.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn out_letter(&self, key: &CaseKey, id: OutId) -> Result<Option<u32>, StoreError> {
        Ok(self.get(&key.pk(), &sk(id)).await?.and_then(|found| number(&found, "letter")))
    }

    /// Word of a send that nobody had answered: it went out.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub async fn settle_by_event(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let change = Change::done("sent", now);
        let values = [(":held", s("held")), (":claimed", s("claimed"))];
        self.change_out(key, id, change, "#state = :held OR #state = :claimed", values).await.map(|_| ())
    }

    /// Changes an item's state when a condition holds, and says whether it did.
    async fn change_out(
        &self,
        key: &CaseKey,
        id: OutId,
        change: Change,
        when: &str,
        values: impl IntoIterator<Item = (&str, AttributeValue)>,
    ) -> Result<bool, StoreError> {
        let mut all = change.values;
        all.extend(values.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let changed = self
            .client
            .update_item()
            .table_name(&self.cases)
            .set_key(crate::attribute::key(&key.pk(), &sk(id)))
            .update_expression(change.expression)
            .condition_expression(when)
            .expression_attribute_names("#state", "state")
            .set_expression_attribute_values(Some(all))
            .send()
            .await;
        match changed {
            Ok(_) => Ok(true),
            Err(error) if condition_failed(&error) => Ok(false),
            Err(error) => Err(StoreError::of(&error)),
        }
    }
}

/// What the sweep did with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revived {
    /// It waits, and the stream hears of it again.
    Woken,
    /// Its claim ran out; it is held for word of it.
    Held,
    /// It goes out once more.
    Again,
    /// Nothing was to be done.
    Nothing,
}

/// What every item has that nobody has tried yet.
fn begun(key: &CaseKey, id: OutId, not_before: DateTime<Utc>, due_at: DateTime<Utc>) -> Item {
    let mut made = item(&key.pk(), &sk(id));
    made.insert("state".to_owned(), s("pending"));
    made.insert("attempt".to_owned(), n(0));
    made.insert("not_before".to_owned(), s(instant(not_before)));
    made.insert("due_pk".to_owned(), s(key.due_pk()));
    made.insert("due_at".to_owned(), s(instant(due_at)));
    made
}

fn sk(id: OutId) -> String {
    format!("OUT#{id}")
}

impl fmt::Display for OutId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}-{}", self.entry, self.place)
    }
}

impl FromStr for OutId {
    type Err = ();

    fn from_str(text: &str) -> Result<OutId, ()> {
        let (entry, place) = text.trim_start_matches("OUT#").split_once('-').ok_or(())?;
        Ok(OutId { entry: entry.parse().map_err(|_| ())?, place: place.parse().map_err(|_| ())? })
    }
}
