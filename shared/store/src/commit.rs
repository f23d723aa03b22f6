//! One decision, one transaction: event, case, personal items, outbox and
//! idempotency record together, or not at all.

use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use chrono::{DateTime, Utc};
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::case::{Actor, Case, Digest, Entry, FOLD_VERSION, LetterRef, ReplyBy, fold, seal};
use redress_domain::deadline::{deadlines, next_due};
use redress_domain::decide::Decision;
use redress_domain::rules::Rules;
use redress_domain::sweep::due_at;
use redress_platform::random;

use crate::attribute::{Item, b, item, json, n, s};
use crate::calendar::CALENDAR;
use crate::error::{Cancelled, sort};
use crate::key::{entry_sk, instant, mine_pk, print_pk, queue_pk, queue_sk, register_pk};
use crate::letters::LetterBody;
use crate::outbox::{OutId, StaffBody};
use crate::queue::{NextDue, Summary};
use crate::{Attention, CaseKey, Idempotency, Store, StoreError};

/// A busy table is tried this often, each time a little later.
const ATTEMPTS_MAX: u32 = 5;

/// A decision with its letters written, ready to be stored.
#[derive(Debug)]
pub struct Commit<'a> {
    /// What it was decided by.
    pub rules: &'a Rules,
    /// The case before, with the hash of its last entry; nothing for a new one.
    pub before: Option<(&'a Case, String)>,
    /// Whose case.
    pub key: CaseKey,
    /// What was decided.
    pub decision: Decision,
    /// Its letters, in the order of the decision.
    pub letters: Vec<OutLetter>,
    /// Its mails to staff.
    pub staff: Vec<OutStaff>,
    /// Who decided.
    pub by: Actor,
    /// When.
    pub now: DateTime<Utc>,
    /// The request it came from.
    pub request: Option<Idempotency>,
    /// A case that begins with it, in the same transaction.
    pub also: Option<Box<Commit<'a>>>,
}

/// A letter, written.
#[derive(Debug)]
pub struct OutLetter {
    /// As it will be kept.
    pub body: LetterBody,
}

/// A mail to staff, written.
#[derive(Debug)]
pub struct OutStaff {
    /// As it will go out.
    pub body: StaffBody,
    /// What waits for the morning goes with the digest of its mailbox, and not by itself.
    pub with_digest: bool,
}

/// The items of one transaction, as they are gathered.
struct Items {
    puts: Vec<(String, Item, Option<Condition>)>,
    updates: Vec<Update>,
    digests: Vec<Digest>,
}

/// What must hold for a Put.
enum Condition {
    Absent,
    Version(u32),
    AbsentOrForgotten(String),
}

impl Store {
    /// Stores a decision whole.
    ///
    /// # Errors
    /// [`StoreError::MovedOn`] when another decision came between; [`StoreError::Repeated`]
    /// when the same request was taken before; otherwise nothing is known to have happened.
    pub async fn commit(&self, commit: Commit<'_>) -> Result<Case, StoreError> {
        let mut items = Items { puts: Vec::new(), updates: Vec::new(), digests: Vec::new() };
        let (case, entry) = self.gather(&commit, &mut items)?;
        if let Some(also) = &commit.also {
            self.gather(also, &mut items)?;
        }
        let mut idempotency = None;
        if let Some(request) = &commit.request {
            idempotency = Some(items.puts.len());
            let made = self.idempotency_item(request, &commit.key.reference, entry, commit.now)?;
            let condition = Condition::AbsentOrForgotten(instant(commit.now));
            items.puts.push((self.cases.clone(), made, Some(condition)));
        }
        self.write(items, idempotency).await?;
        Ok(case)
    }

    /// Everything one case's decision makes, and the number of its entry.
    fn gather(&self, commit: &Commit<'_>, items: &mut Items) -> Result<(Case, u32), StoreError> {
        let pk = commit.key.pk();
        let version = commit.before.as_ref().map_or(0, |(case, _)| case.version);
        let letters = self.personal(commit, items)?;
        let entry = Entry {
            n: version + 1,
            at: commit.now,
            by: commit.by.clone(),
            fold: FOLD_VERSION,
            event: commit.decision.event.clone(),
            texts: u32::try_from(commit.decision.texts.len()).unwrap_or(u32::MAX),
            letters,
            digests: std::mem::take(&mut items.digests),
            prev: commit.before.as_ref().map(|(_, hash)| hash.clone()).unwrap_or_default(),
        };
        let body = json(&entry)?;
        let hash = seal(&body);
        let case = fold(commit.before.as_ref().map(|(case, _)| (*case).clone()), &entry)
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let condition = if version == 0 { Condition::Absent } else { Condition::Version(version) };
        items.puts.push((self.cases.clone(), self.case_item(commit, &case, &hash)?, Some(condition)));
        let mut line = item(&pk, &entry_sk(entry.n));
        line.insert("body".to_owned(), s(body));
        line.insert("hash".to_owned(), s(hash));
        items.puts.push((self.ledger.clone(), line, Some(Condition::Absent)));
        self.outbox(commit, entry.n, items)?;
        items.updates.extend(self.letters_fate(&commit.key, &commit.decision.event, &case, commit.now)?);
        Ok((case, entry.n))
    }

    /// What is personal gets an item of its own, with a salt of its own.
    fn personal(&self, commit: &Commit<'_>, items: &mut Items) -> Result<Vec<LetterRef>, StoreError> {
        let pk = commit.key.pk();
        let texts = commit.before.as_ref().map_or(0, |(case, _)| case.texts);
        for (number, text) in (texts + 1..).zip(&commit.decision.texts) {
            self.salted(&pk, &format!("TEXT#{number}"), text, items, Item::new())?;
        }
        if let Some(contact) = &commit.decision.contact {
            let found_by = self.person_pk(&commit.key.council, contact).map(|pk| ("person_pk".to_owned(), s(pk)));
            self.salted(&pk, "CONTACT", contact, items, found_by.into_iter().collect())?;
        }
        let first = commit.before.as_ref().map_or(1, |(case, _)| case.next_letter());
        let mut letters = Vec::new();
        for (number, letter) in (first..).zip(&commit.letters) {
            let mut more = Item::new();
            more.insert("queued_at".to_owned(), s(instant(commit.now)));
            if letter.body.by == ReplyBy::Post {
                more.insert("print_pk".to_owned(), s(print_pk(&commit.key.council)));
            }
            self.salted(&pk, &format!("LETTER#{number}"), &letter.body, items, more)?;
            letters.push(LetterRef { n: number, kind: letter.body.kind, by: letter.body.by });
        }
        Ok(letters)
    }

    fn salted<T: Serialize>(
        &self,
        pk: &str,
        sk: &str,
        value: &T,
        items: &mut Items,
        more: Item,
    ) -> Result<(), StoreError> {
        let body = json(value)?;
        let salt = random::<16>();
        items.digests.push(Digest::of(sk, &salt, body.as_bytes()));
        let mut made = item(pk, sk);
        made.insert("body".to_owned(), s(body));
        made.insert("salt".to_owned(), b(salt));
        made.extend(more);
        items.puts.push((self.cases.clone(), made, None));
        Ok(())
    }

    /// The case with what the sparse indexes find it by.
    fn case_item(&self, commit: &Commit<'_>, case: &Case, hash: &str) -> Result<Item, StoreError> {
        let key = &commit.key;
        let mut made = item(&key.pk(), "CASE");
        made.insert("body".to_owned(), s(json(case)?));
        made.insert("version".to_owned(), n(case.version));
        made.insert("hash".to_owned(), s(hash));
        made.insert(CALENDAR.to_owned(), n(commit.rules.calendar.version));
        made.insert("register_pk".to_owned(), s(register_pk(&key.council, case.received_on)));
        made.insert("register_sk".to_owned(), s(format!("{}#{}", case.received_on, key.reference)));
        if case.is_set_aside() {
            made.extend(Attention::Spam.mark(&key.council, case.logged_at));
        }
        if let Some(at) = due_at(commit.rules, case, commit.now) {
            made.insert("due_pk".to_owned(), s(key.due_pk()));
            made.insert("due_at".to_owned(), s(instant(at)));
        }
        // A closed case is in the queue for as long as somebody has to hear the person, or to ring them.
        let waits = case.waits_though_closed();
        if case.is_open() || waits.is_some() {
            let all = deadlines(commit.rules, case, local_date(commit.now));
            let next = next_due(&all).filter(|_| waits.is_none());
            let next = next.map(|next| NextDue { rule: next.rule.clone(), due_on: next.due_on });
            let due_on = next.as_ref().map(|next| next.due_on).or(waits).unwrap_or(case.received_on);
            made.insert("queue_pk".to_owned(), s(queue_pk(&key.council, &case.team)));
            made.insert("queue_sk".to_owned(), s(queue_sk(due_on, &key.reference)));
            let owner = case.holder().map(|owner| owner.id.as_str());
            made.insert("mine_pk".to_owned(), s(mine_pk(&key.council, owner, &case.team)));
            made.insert("summary".to_owned(), s(Summary::of(case, next).store()?));
        }
        Ok(made)
    }

    fn outbox(&self, commit: &Commit<'_>, entry: u32, items: &mut Items) -> Result<(), StoreError> {
        let first = commit.before.as_ref().map_or(1, |(case, _)| case.next_letter());
        let mut place = 0u32;
        for (number, letter) in (first..).zip(&commit.letters) {
            if letter.body.by != ReplyBy::Email {
                continue;
            }
            place += 1;
            let id = OutId { entry, place };
            let made = self.out_letter_item(&commit.key, id, commit.now, number);
            items.puts.push((self.cases.clone(), made, None));
        }
        for mail in &commit.staff {
            place += 1;
            let id = OutId { entry, place };
            let goes = mail.body.about.goes(&commit.rules.calendar, commit.now);
            let made = self.out_staff_item(&commit.key, id, mail, goes, commit.now)?;
            items.puts.push((self.cases.clone(), made, None));
        }
        Ok(())
    }

    async fn write(&self, items: Items, idempotency: Option<usize>) -> Result<(), StoreError> {
        let mut actions = Vec::with_capacity(items.puts.len());
        for (table, item, condition) in items.puts {
            actions.push(TransactWriteItem::builder().put(put(&table, item, condition)?).build());
        }
        actions.extend(items.updates.into_iter().map(|update| TransactWriteItem::builder().update(update).build()));
        // One token belongs to this very transaction, and to its own retries only.
        let token = uuid::Uuid::new_v4().to_string();
        let mut attempt = 0;
        loop {
            attempt += 1;
            let sent = self
                .client
                .transact_write_items()
                .set_transact_items(Some(actions.clone()))
                .client_request_token(&token)
                .send()
                .await;
            let Err(error) = sent else { return Ok(()) };
            match sort(&error, idempotency) {
                Cancelled::Final(error) => return Err(error),
                Cancelled::Again(why) if attempt >= ATTEMPTS_MAX => return Err(StoreError::Other(why)),
                Cancelled::Again(_) => {
                    let [jitter] = random::<1>();
                    tokio::time::sleep(Duration::from_millis(20 * u64::from(attempt) + u64::from(jitter) / 4)).await;
                }
            }
        }
    }
}

fn put(table: &str, item: Item, condition: Option<Condition>) -> Result<Put, StoreError> {
    let put = Put::builder().table_name(table).set_item(Some(item));
    let put = match condition {
        None => put,
        Some(Condition::Absent) => put.condition_expression("attribute_not_exists(pk)"),
        Some(Condition::Version(version)) => {
            put.condition_expression("version = :seen").expression_attribute_values(":seen", n(version))
        }
        Some(Condition::AbsentOrForgotten(now)) => put
            .condition_expression("attribute_not_exists(pk) OR forget_at <= :now")
            .expression_attribute_values(":now", AttributeValue::S(now)),
    };
    put.build().map_err(|error| StoreError::Other(error.to_string()))
}
