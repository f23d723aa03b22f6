//! What a person must now do on a case: derived, never stored.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::long_date;
use redress_domain::case::{Case, ReplyBy, Status};
use redress_domain::deadline::{Deadline, DeadlineState};
use redress_domain::policy::By;
use redress_domain::rules::Rules;

/// Something a person must now do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Task {
    /// What, in a sentence.
    pub what: String,
    /// By when, where there is a date.
    pub due_on: Option<NaiveDate>,
    /// Since when.
    pub since: NaiveDate,
}

/// Everything a person must now do, most pressing first.
pub(crate) fn tasks(rules: &Rules, case: &Case, deadlines: &[Deadline]) -> Vec<Task> {
    let mut found = Vec::new();
    for letter in case.letters.iter().filter(|letter| letter.bounced) {
        let again = case
            .letters
            .iter()
            .any(|later| later.n > letter.n && later.kind == letter.kind && later.stage == letter.stage);
        if !again {
            let kind = redress_domain::case::name_of(letter.kind);
            found.push(task(
                format!("Letter {} ({kind}) did not arrive: reach the person another way", letter.n),
                None,
                letter.on,
            ));
        }
    }
    for letter in case.letters.iter().filter(|letter| letter.by == ReplyBy::Post && !letter.printed) {
        found.push(task(format!("Print and post letter {}", letter.n), None, letter.on));
    }
    for letter in case.letters.iter().filter(|letter| letter.by == ReplyBy::Phone) {
        let latest = case.letters.last().is_some_and(|last| last.n == letter.n);
        if latest && case.is_open() {
            found.push(task(
                format!("Telephone the person and tell them what letter {} says", letter.n),
                None,
                letter.on,
            ));
        }
    }
    if case.status == Status::New && rules.has_stages(case) {
        found.push(task("Decide whether to accept it as a complaint".to_owned(), None, case.received_on));
    }
    if let Some(record) = case.stage().filter(|record| record.ask.as_ref().is_some_and(|ask| ask.late)) {
        found.push(task(
            "The review was asked for late: decide whether to go on with it".to_owned(),
            None,
            record.from,
        ));
    }
    if case.stage().is_some_and(|record| record.proposal.is_some()) {
        found.push(task("Sign off the answer, or send it back".to_owned(), None, case.received_on));
    }
    for deadline in deadlines.iter().filter(|deadline| deadline.owed) {
        // A later date than the one promised changes nothing for the person: what was promised stands.
        if let Some(promised) = deadline.promised_on.filter(|promised| deadline.due_on < *promised) {
            let (from, to) = (long_date(promised), long_date(deadline.due_on));
            let what = format!("The promised date moved from {from} to {to}: tell them");
            found.push(task(what, Some(deadline.due_on), deadline.explain.from_on));
        }
        let what = match deadline.rule.rsplit_once('.').map(|(_, what)| what) {
            Some("acknowledge") => "Acknowledge it",
            Some("respond") if deadline.state == DeadlineState::Missed => "Answer it; the date has passed",
            Some("respond") => "Answer it",
            // Where the system sends the news, nobody has to.
            Some("update") if sends_news(rules, case) => continue,
            Some("update") => "Send an update",
            _ if deadline.rule.starts_with("action.") => "Do what was promised as a remedy",
            _ => continue,
        };
        found.push(task(what.to_owned(), Some(deadline.due_on), deadline.explain.from_on));
    }
    found
}

/// Whether the policy has the system send news at this stage.
fn sends_news(rules: &Rules, case: &Case) -> bool {
    let update = rules.stage_of(case).and_then(|stage| stage.update.as_ref());
    update.is_some_and(|update| update.by == By::System)
}

fn task(what: String, due_on: Option<NaiveDate>, since: NaiveDate) -> Task {
    Task { what, due_on, since }
}
