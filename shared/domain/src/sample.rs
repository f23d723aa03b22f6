//! The deadlines of a complaint that is only thought of: the same function, an invented case.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::{local_date, start_of_day};
use crate::case::{
    Actor, Case, Channel, Contact, Entry, Event, FOLD_VERSION, FeedbackKind, OutcomeId, Reference, ReplyBy, fold,
};
use crate::deadline::{Deadline, deadlines};
use crate::feedback::{Feedback, Noticed};
use crate::rules::Rules;

/// Every deadline of a complaint received, acknowledged and answered on these days.
pub fn sample(
    rules: &Rules,
    received_at: DateTime<Utc>,
    acknowledged: Option<NaiveDate>,
    responded: Option<NaiveDate>,
) -> Vec<Deadline> {
    let mut today = local_date(received_at);
    let mut case = begin(rules, received_at);
    let staff = Actor::staff("someone", crate::roles::Role::Manager);
    let mut happen = |on: NaiveDate, event: Event| {
        today = today.max(on);
        let at = start_of_day(on);
        case = case
            .take()
            .and_then(|case| fold(Some(case.clone()), &entry(case.version + 1, at, staff.clone(), event)).ok());
    };
    if let Some(on) = acknowledged {
        happen(on, Event::Acknowledged { promised: on, definition: None, wanted: None });
    }
    if let Some(on) = responded {
        let last = rules.is_last_stage(1);
        happen(
            on,
            Event::Responded {
                outcome: OutcomeId::NotUpheld,
                findings: Vec::new(),
                actions: Vec::new(),
                text: None,
                by: ReplyBy::Email,
                answered_by: None,
                last,
            },
        );
    }
    case.map_or_else(Vec::new, |case| deadlines(rules, &case, today))
}

fn begin(rules: &Rules, received_at: DateTime<Utc>) -> Option<Case> {
    // Any number whose check symbol is a letter or digit will do.
    let reference = (0..64).find_map(|n| Reference::from_random("XX", n))?;
    let feedback = Feedback {
        kind: FeedbackKind::Complaint,
        about: String::new(),
        service: None,
        happened_on: None,
        aware_on: None,
        first_reported_on: None,
        approximate: Vec::new(),
        late_reason: None,
        wanted: None,
        contact: Contact::default(),
        reply_by: ReplyBy::Email,
        anonymous: false,
        tenant: false,
        previous_reference: None,
        channel: Some(Channel::Web),
        received_at: Some(received_at),
        reported_by: None,
        noticed: Noticed::default(),
    };
    let decision = feedback.receive(rules, reference, received_at).ok()?;
    let mut case = fold(None, &entry(1, received_at, Actor::Resident, decision.event)).ok()?;
    // An acknowledgement that a letter promised is not part of a complaint only thought of.
    for stage in &mut case.stages {
        stage.promised = None;
        stage.promised_acknowledgement = None;
    }
    Some(case)
}

fn entry(n: u32, at: DateTime<Utc>, by: Actor, event: Event) -> Entry {
    Entry {
        n,
        at,
        by,
        fold: FOLD_VERSION,
        event,
        texts: 0,
        letters: Vec::new(),
        digests: Vec::new(),
        prev: String::new(),
    }
}
