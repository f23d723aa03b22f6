//! The morning's digest: what waits for one mailbox goes as one mail.
//!
//! A mail to staff that waits for the morning is gathered a little before it: in one transaction it is settled as
//! `in-digest`, becomes a line, and makes the digest of its mailbox and day where that is not there yet. The digest
//! is an item of an outbox like any other: claimed, sent and settled, and never sent twice for one day's lines. What
//! is gathered after it was claimed makes the next one.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use redress_domain::calendar::local_date;
use redress_domain::case::name_of;
use redress_domain::policy::Mailbox;

use super::{Change, KEPT_DAYS, OutId, StaffBody, sk};
use crate::attribute::{Item, at, body, item, json, key as key_of, n, number, s, text};
use crate::error::{Cancelled, failed_at, sort};
use crate::key::instant;
use crate::{CaseKey, Store, StoreError};

/// How long before its morning a mail is gathered.
const GATHERED_BEFORE_MIN: i64 = 10;

/// A digest that begins after its morning waits so long for others.
const OTHERS_MIN: i64 = 5;

/// Digests of one mailbox on one day; another is made only when one was on its way already.
const A_DAY_MAX: u32 = 20;

/// Lines of one digest that are read; what is beyond is counted.
const LINES_MAX: usize = 300;

/// Transactions that met another one are tried so often.
const ATTEMPTS_MAX: u64 = 5;

/// The attribute of a mail that goes with a digest: the morning it waits for.
pub(crate) const MORNING: &str = "morning";

/// The attribute of an item that is a digest.
pub(super) const DIGEST: &str = "digest";

/// One line of a digest: a mail that would have gone by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    /// The case.
    pub reference: String,
    /// What would have gone.
    pub mail: StaffBody,
}

/// A digest, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestBody {
    /// Whose mailbox.
    pub to: Mailbox,
    /// The team whose it is, where it is a team's.
    pub team: String,
    /// Its lines.
    pub lines: Vec<DigestLine>,
    /// There are more than are listed.
    pub more: bool,
}

/// Whose it is.
#[derive(Serialize, Deserialize)]
struct Head {
    to: Mailbox,
    team: String,
}

/// When a mail for this morning is gathered.
pub(crate) fn gathered_at(morning: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (morning - TimeDelta::minutes(GATHERED_BEFORE_MIN)).max(now)
}

impl CaseKey {
    /// The outbox of a mailbox, where its digests wait. It is no case, and nothing but an outbox stands there.
    fn of_mailbox(council: &str, to: Mailbox, team: &str) -> CaseKey {
        let name = name_of(to);
        match to {
            Mailbox::Team => CaseKey::new(council, &format!("DIGEST-{name}-{team}")),
            Mailbox::ComplaintsManager | Mailbox::ChiefExecutive => CaseKey::new(council, &format!("DIGEST-{name}")),
        }
    }
}

impl Store {
    /// Puts a mail that waits for the morning into its digest. Gathering it again changes nothing.
    ///
    /// # Errors
    /// When the table cannot be reached; the sweep finds the mail again.
    pub async fn join_digest(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let Some(found) = self.get(&key.pk(), &sk(id)).await? else { return Ok(()) };
        let Some(morning) = at(&found, MORNING) else { return Ok(()) };
        let not_before = at(&found, "not_before").unwrap_or(morning);
        if text(&found, "state") != Some("pending") || not_before > now {
            return Ok(());
        }
        let mail: StaffBody = body(&found)?;
        let goes = if now < morning { morning } else { now + TimeDelta::minutes(OTHERS_MIN) };
        let day = local_date(goes);
        let entry = u32::try_from(day.year()).unwrap_or(0) * 10_000 + day.month() * 100 + day.day();
        let mailbox = CaseKey::of_mailbox(&key.council, mail.to, &mail.team);
        let line = DigestLine { reference: key.reference.clone(), mail };
        for place in 1..=A_DAY_MAX {
            let head = OutId { entry, place };
            let actions = [
                self.settled_in(key, id, now)?,
                self.digest_line(&mailbox, head, id, &line, now)?,
                self.digest_head(&mailbox, head, &line, goes)?,
            ];
            match self.join(actions).await? {
                Joined::In => return Ok(()),
                Joined::Gone => {}
            }
        }
        Err(StoreError::Other("no digest of the day takes a line".to_owned()))
    }

    /// What a claimed digest says.
    pub(super) async fn read_digest(&self, key: &CaseKey, id: OutId, found: &Item) -> Result<DigestBody, StoreError> {
        let Head { to, team } = body(found)?;
        let mut lines = Vec::new();
        let mut from = None;
        while lines.len() < LINES_MAX {
            let page = self
                .client
                .query()
                .table_name(&self.cases)
                .key_condition_expression("pk = :pk AND begins_with(sk, :lines)")
                .expression_attribute_values(":pk", s(key.pk()))
                .expression_attribute_values(":lines", s(format!("LINE#{id}#")))
                .consistent_read(true)
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| StoreError::of(&error))?;
            for line in page.items() {
                lines.push(body(line)?);
            }
            from = page.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        let more = from.is_some() || lines.len() > LINES_MAX;
        lines.truncate(LINES_MAX);
        Ok(DigestBody { to, team, lines, more })
    }

    /// The mail goes with a digest, and not by itself any more.
    fn settled_in(&self, key: &CaseKey, id: OutId, now: DateTime<Utc>) -> Result<TransactWriteItem, StoreError> {
        let change = Change::done("in-digest", now);
        let update = Update::builder()
            .table_name(&self.cases)
            .set_key(key_of(&key.pk(), &sk(id)))
            .update_expression(change.expression)
            .condition_expression("#state = :pending")
            .expression_attribute_names("#state", "state")
            .set_expression_attribute_values(Some(change.values))
            .expression_attribute_values(":pending", s("pending"));
        Ok(TransactWriteItem::builder().update(update.build().map_err(unbuilt)?).build())
    }

    fn digest_line(
        &self,
        mailbox: &CaseKey,
        head: OutId,
        id: OutId,
        line: &DigestLine,
        now: DateTime<Utc>,
    ) -> Result<TransactWriteItem, StoreError> {
        let mut made = item(&mailbox.pk(), &format!("LINE#{head}#{}#{id}", line.reference));
        made.insert("body".to_owned(), s(json(line)?));
        made.insert("expires_at".to_owned(), n((now + TimeDelta::days(KEPT_DAYS)).timestamp()));
        let put = Put::builder().table_name(&self.cases).set_item(Some(made)).build().map_err(unbuilt)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// The digest, made with its first line; one that is on its way takes no more.
    fn digest_head(
        &self,
        mailbox: &CaseKey,
        id: OutId,
        line: &DigestLine,
        goes: DateTime<Utc>,
    ) -> Result<TransactWriteItem, StoreError> {
        let head = Head { to: line.mail.to, team: line.mail.team.clone() };
        let update = Update::builder()
            .table_name(&self.cases)
            .set_key(key_of(&mailbox.pk(), &sk(id)))
            .update_expression(
                "SET #state = if_not_exists(#state, :pending), attempt = if_not_exists(attempt, :none), \
                 not_before = if_not_exists(not_before, :goes), due_at = if_not_exists(due_at, :goes), \
                 due_pk = :shard, digest = :one, body = :head",
            )
            .condition_expression("attribute_not_exists(#state) OR #state = :pending")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":pending", s("pending"))
            .expression_attribute_values(":none", n(0))
            .expression_attribute_values(":one", n(1))
            .expression_attribute_values(":goes", s(instant(goes)))
            .expression_attribute_values(":shard", s(mailbox.due_pk()))
            .expression_attribute_values(":head", s(json(&head)?));
        Ok(TransactWriteItem::builder().update(update.build().map_err(unbuilt)?).build())
    }

    async fn join(&self, actions: [TransactWriteItem; 3]) -> Result<Joined, StoreError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let sent = self.client.transact_write_items().set_transact_items(Some(actions.to_vec())).send().await;
            let Err(error) = sent else { return Ok(Joined::In) };
            match sort(&error, None) {
                // The first action's: somebody gathered it. The third's: the digest is on its way.
                Cancelled::Final(StoreError::MovedOn) if failed_at(&error, 0) => return Ok(Joined::In),
                Cancelled::Final(StoreError::MovedOn) => return Ok(Joined::Gone),
                Cancelled::Final(error) => return Err(error),
                Cancelled::Again(why) if attempt >= ATTEMPTS_MAX => return Err(StoreError::Other(why)),
                Cancelled::Again(_) => tokio::time::sleep(std::time::Duration::from_millis(30 * attempt)).await,
            }
        }
    }
}

/// What became of a line.
enum Joined {
    /// It is in a digest.
    In,
    /// The digest was gone already.
    Gone,
}

/// Whether an item of an outbox is a digest.
pub(super) fn is_digest(found: &Item) -> bool {
    number::<u32>(found, DIGEST).is_some()
}

fn unbuilt(error: aws_sdk_dynamodb::error::BuildError) -> StoreError {
    StoreError::Other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_has_an_outbox_of_its_own_and_a_mail_is_gathered_before_its_morning() {
        let key = CaseKey::of_mailbox("westminster", Mailbox::Team, "housing");
        assert_eq!(key.reference, "DIGEST-team-housing");
        let manager = CaseKey::of_mailbox("westminster", Mailbox::ComplaintsManager, "housing");
        assert_eq!(manager.reference, "DIGEST-complaints-manager");
        let moment = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let morning = moment("2026-03-23T08:00:00Z");
        assert_eq!(gathered_at(morning, moment("2026-03-20T10:00:00Z")), moment("2026-03-23T07:50:00Z"));
        assert_eq!(gathered_at(morning, moment("2026-03-23T07:55:00Z")), moment("2026-03-23T07:55:00Z"));
    }
}
