//! Entries fold into a case. Same entries, same case, byte for byte.

use chrono::NaiveDate;

use super::{
    Actor, Case, Closed, ClosedAs, Entry, Event, FeedbackKind, LetterMark, Mark, ReplyBy, Response, StageRecord,
    Status, fold_beside,
};
use crate::calendar::local_date;
use crate::case::fact::Received;

/// A history that cannot have happened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The first entry is not the feedback's arrival.
    #[error("a case begins with its feedback's arrival, and this one does not")]
    NoBeginning,
    /// It begins twice.
    #[error("entry {0} begins a case that has begun already")]
    SecondBeginning(u32),
    /// Entries out of order.
    #[error("entry {found} follows entry {version}")]
    OutOfOrder {
        /// The version of the case.
        version: u32,
        /// The number of the entry.
        found: u32,
    },
}

/// The case that a whole history folds into.
///
/// # Errors
/// When the history has no beginning, two, or a gap.
pub fn replay(entries: &[Entry]) -> Result<Case, FoldError> {
    let mut case = None;
    for entry in entries {
        case = Some(fold(case, entry)?);
    }
    case.ok_or(FoldError::NoBeginning)
}

/// The case after one more entry.
///
/// # Errors
/// When the entry cannot follow.
pub fn fold(case: Option<Case>, entry: &Entry) -> Result<Case, FoldError> {
    let mut case = match (case, &entry.event) {
        (None, Event::Received(received)) => begin(received, entry),
        (None, _) => return Err(FoldError::NoBeginning),
        (Some(_), Event::Received(_)) => return Err(FoldError::SecondBeginning(entry.n)),
        (Some(case), _) => case,
    };
    if entry.n != case.version + 1 {
        return Err(FoldError::OutOfOrder { version: case.version, found: entry.n });
    }
    let on = local_date(entry.at);
    apply(&mut case, entry, on);
    fold_beside::heard(&mut case, entry, on);
    case.version = entry.n;
    case.texts += entry.texts;
    let stage = case.stage_n();
    case.letters.extend(entry.letters.iter().map(|letter| LetterMark {
        n: letter.n,
        kind: letter.kind,
        stage,
        by: letter.by,
        on,
        bounced: false,
        printed: false,
        again: None,
        told_on: None,
    }));
    fold_beside::letters(&mut case, entry, on);
    Ok(case)
}

fn begin(received: &Received, entry: &Entry) -> Case {
    let received_on = local_date(received.received_at);
    let first = StageRecord {
        promised: received.promised,
        promised_acknowledgement: received.promised_acknowledgement,
        ..stage(1, received.clock_from.unwrap_or(received_on))
    };
    Case {
        council: received.council.clone(),
        reference: received.reference.clone(),
        version: 0,
        kind: received.kind,
        status: Status::New,
        closed: None,
        channel: received.channel,
        received_at: received.received_at,
        received_on,
        logged_at: entry.at,
        policy: received.policy,
        service: received.service.clone(),
        team: received.team.clone(),
        owner: None,
        tenant: received.tenant,
        anonymous: received.anonymous,
        reply_by: received.reply_by,
        key_generation: 0,
        opened: false,
        about: received.about,
        matter: received.matter.clone(),
        previous: received.previous.clone(),
        wanted: received.wanted,
        definition: None,
        points: Vec::new(),
        stages: vec![first],
        actions: Vec::new(),
        letters: Vec::new(),
        marks: Vec::new(),
        flags: received.flags.clone(),
        links: received.raised_from.iter().cloned().collect(),
        with: Vec::new(),
        cover: None,
        representative: received.representative.clone(),
        class: None,
        asks: Vec::new(),
        restrictions: Vec::new(),
        files: Vec::new(),
        enquiries: Vec::new(),
        about_staff: Vec::new(),
        readers: None,
        adjustments_review: None,
        held: false,
        texts: 0,
        unheard_since: None,
        destroyed_on: None,
    }
}

fn stage(n: u8, from: NaiveDate) -> StageRecord {
    StageRecord {
        n,
        from,
        ask: None,
        acknowledged_on: None,
        acknowledged_by_person: false,
        promised: None,
        promised_acknowledgement: None,
        extensions: Vec::new(),
        updated_on: None,
        update_next: None,
        organisation: None,
        handed_over_on: None,
        spoke_on: None,
        proposal: None,
        proposed_on: None,
        response: None,
        window_ended: false,
    }
}

fn apply(case: &mut Case, entry: &Entry, on: NaiveDate) {
    match &entry.event {
        Event::Received(_) | Event::Noted { .. } | Event::Messaged { .. } => {}
        Event::Opened => case.opened = true,
        Event::PassedOn => {
            case.opened = true;
            close(case, ClosedAs::PassedOn, on);
        }
        Event::Accepted { points, definition, wanted, team } => {
            case.status = Status::Open;
            case.opened = true;
            case.points = points.clone();
            case.definition = definition.or(case.definition);
            case.wanted = wanted.or(case.wanted);
            case.team.clone_from(team);
            case.tenant |= points.iter().any(|point| point.tenant);
        }
        Event::Assigned { owner, team, service, with } => {
            case.owner.clone_from(owner);
            case.cover = None;
            case.with.clone_from(with);
            case.team.clone_from(team);
            case.service.clone_from(service);
        }
        Event::Acknowledged { promised, definition, wanted } => {
            case.opened = true;
            case.definition = definition.or(case.definition);
            case.wanted = wanted.or(case.wanted);
            with_stage(case, |stage| {
                stage.acknowledged_on = stage.acknowledged_on.or(Some(on));
                stage.acknowledged_by_person |= matches!(entry.by, Actor::Staff { .. });
                stage.promised = Some(*promised);
            });
        }
        Event::Extended { until, reason, .. } => with_stage(case, |stage| {
            stage.extensions.push(super::Extension { on, until: *until, reason: *reason });
            stage.promised = Some(*until);
        }),
        Event::Updated { next_on, .. } => with_stage(case, |stage| {
            stage.updated_on = Some(on);
            stage.update_next = *next_on;
        }),
        Event::Responded { outcome, findings, actions, by, answered_by, last, .. } => {
            case.actions.extend(actions.iter().cloned());
            let signer = entry.by.staff_id().unwrap_or_default();
            let responder = answered_by.clone().unwrap_or_else(|| signer.to_owned());
            let letter = entry.letters.first().map_or(0, |letter| letter.n);
            with_stage(case, |stage| {
                let first_on = stage.response.as_ref().map_or(on, |earlier| earlier.first_on);
                stage.response = Some(Response {
                    on,
                    first_on,
                    by: responder,
                    outcome: *outcome,
                    findings: findings.clone(),
                    received_on: None,
                    letter,
                    by_post: *by == ReplyBy::Post,
                    posted_on: None,
                    second_class: false,
                });
                stage.proposal = None;
                stage.window_ended = *last;
            });
            case.status = Status::Answered;
            finish(case, on);
        }
        Event::ReviewRequested { ask, promised_acknowledgement, promised, acknowledged, organisation } => {
            let next = StageRecord {
                ask: Some(ask.clone()),
                promised: Some(*promised),
                promised_acknowledgement: Some(*promised_acknowledgement),
                acknowledged_on: acknowledged.then_some(on),
                organisation: organisation.clone(),
                ..stage(case.stage_n() + 1, ask.clock_from.unwrap_or_else(|| local_date(ask.received_at)))
            };
            if ask.late {
                flag(case, "late");
            }
            case.stages.push(next);
            case.status = Status::Open;
            case.closed = None;
            // Whoever had stage 1 does not simply keep it: stage 2 is somebody else's.
            case.owner = None;
            case.cover = None;
        }
        Event::ActionCompleted { action, on: done_on, approved_by, .. } => {
            for done in case.actions.iter_mut().filter(|found| found.n == *action) {
                done.done_on = Some(*done_on);
                done.approved_by.clone_from(approved_by);
            }
            finish(case, on);
        }
        Event::Proposed(proposal) => with_stage(case, |stage| {
            stage.proposal = Some(proposal.clone());
            stage.proposed_on = Some(on);
        }),
        Event::SentBack { .. } => with_stage(case, |stage| stage.proposal = None),
        Event::NotAccepted { .. } => close(case, ClosedAs::NotAccepted, on),
        // A request that was done is answered; anything else was put right before it became a complaint.
        Event::Resolved { .. } if case.kind == FeedbackKind::ServiceRequest => close(case, ClosedAs::Answered, on),
        Event::Resolved { .. } => close(case, ClosedAs::ResolvedAtFirstContact, on),
        Event::Discretion { accepted, .. } => {
            case.flags.retain(|flag| flag != "late");
            flag(case, if *accepted { "discretion-used" } else { "discretion-declined" });
            if !accepted {
                let how = if case.stage_n() > 1 { ClosedAs::Answered } else { ClosedAs::NotAccepted };
                close(case, how, on);
            }
        }
        Event::ReviewDeclined { .. } => {
            let by = entry.by.staff_id().unwrap_or_default().to_owned();
            let letter = entry.letters.first().map_or(0, |letter| letter.n);
            with_stage(case, |stage| {
                stage.response = Some(Response {
                    on,
                    first_on: on,
                    by,
                    outcome: super::OutcomeId::NotInvestigated,
                    findings: Vec::new(),
                    received_on: None,
                    letter,
                    by_post: false,
                    posted_on: None,
                    second_class: false,
                });
                stage.window_ended = true;
            });
            case.status = Status::Answered;
            finish(case, on);
        }
        Event::CannotDeliver { action, .. } => {
            for undone in case.actions.iter_mut().filter(|found| found.n == *action) {
                undone.undeliverable = true;
                undone.by = None;
            }
            finish(case, on);
        }
        Event::ReceivedOn { letter, on: arrived } => {
            let answers = case.stages.iter_mut().filter_map(|stage| stage.response.as_mut());
            for response in answers.filter(|response| response.letter == *letter) {
                response.received_on = Some(*arrived);
            }
        }
        Event::Corrected { field, value, .. } => correct(case, field, value),
        Event::LetterCorrected { .. } => {}
        Event::Contacted { .. } => with_stage(case, |stage| stage.spoke_on = Some(on)),
        Event::Linked { reference, why } => fold_beside::linked(case, reference, why),
        Event::Gathered { references } => fold_beside::gathered(case, references),
        Event::ContactChanged { review_on, reply_by } => {
            case.adjustments_review = review_on.or(case.adjustments_review);
            case.reply_by = reply_by.unwrap_or(case.reply_by);
        }
        Event::RiskRaised { .. } => flag(case, "vulnerable"),
        Event::Held { held, .. } => case.held = *held,
        Event::Withdrawn { .. } => close(case, ClosedAs::Withdrawn, on),
        Event::Closed { how, .. } => close(case, *how, on),
        Event::Bounced { letter } => fold_beside::bounced(case, *letter),
        Event::Printed { letter, second_class } => {
            for found in case.letters.iter_mut().filter(|found| found.n == *letter) {
                found.printed = true;
            }
            let answers = case.stages.iter_mut().filter_map(|stage| stage.response.as_mut());
            for response in answers.filter(|response| response.letter == *letter) {
                response.second_class = *second_class;
                response.posted_on = Some(on).filter(|posted| *posted != response.on);
            }
        }
        Event::Warned { rule, due_on } => mark(case, rule, *due_on, |mark| mark.warned = true),
        // Missing a date tells the first rung.
        Event::Missed { rule, due_on } => mark(case, rule, *due_on, |mark| {
            mark.missed = true;
            mark.rungs = 1;
        }),
        Event::Escalated { rule, due_on, rung } => {
            mark(case, rule, *due_on, |mark| mark.rungs = rung + 1);
        }
        Event::WindowEnded { .. } => {
            with_stage(case, |stage| stage.window_ended = true);
            finish(case, on);
        }
        // Dates are derived: only the entry is kept.
        Event::CalendarChanged { .. } => {}
        Event::Destroyed => case.destroyed_on = Some(on),
        Event::Beside(beside) => fold_beside::apply(case, beside, on),
    }
}

/// The fields that can have been written down wrong; what they hold was checked by the command.
fn correct(case: &mut Case, field: &str, value: &str) {
    match field {
        "received_at" => {
            let Ok(at) = value.parse() else { return };
            case.received_at = at;
            case.received_on = local_date(at);
            if let Some(first) = case.stages.first_mut() {
                first.from = case.received_on;
            }
        }
        "service" => case.service = Some(value.to_owned()),
        "tenant" => case.tenant = value == "true",
        _ => {}
    }
}

/// An answered case closes when nobody can be waiting for anything any more.
pub(super) fn finish(case: &mut Case, on: NaiveDate) {
    let owed = case.actions.iter().any(|action| action.is_open() && action.by.is_some());
    let ended = case.stage().is_some_and(|stage| stage.window_ended);
    if case.status == Status::Answered && ended && !owed {
        close(case, ClosedAs::Answered, on);
    }
}

pub(super) fn close(case: &mut Case, how: ClosedAs, on: NaiveDate) {
    case.status = Status::Closed;
    case.closed = Some(Closed { how, on });
}

pub(super) fn with_stage(case: &mut Case, change: impl FnOnce(&mut StageRecord)) {
    if let Some(stage) = case.stages.last_mut() {
        change(stage);
    }
}

pub(super) fn flag(case: &mut Case, name: &str) {
    if !case.flags.iter().any(|flag| flag == name) {
        case.flags.push(name.to_owned());
    }
}

fn mark(case: &mut Case, rule: &str, due_on: NaiveDate, change: impl FnOnce(&mut Mark)) {
    let at = case.marks.iter().position(|mark| mark.rule == rule && mark.due_on == due_on);
    let at = at.unwrap_or_else(|| {
        case.marks.push(Mark { rule: rule.to_owned(), due_on, warned: false, missed: false, rungs: 0 });
        case.marks.len() - 1
    });
    if let Some(mark) = case.marks.get_mut(at) {
        change(mark);
    }
}
