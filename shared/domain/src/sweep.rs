//! What happens when a date comes and nobody has acted. The stream's first answer
//! and the sweep's catching up are the same decisions.

use chrono::{DateTime, Utc};

use crate::case::{Beside, Case, Event, FeedbackKind};
use crate::deadline::{Deadline, deadlines, only_reminds};
use crate::decide::{Context, Decision, StaffMail, StaffMatter};
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::policy::{By, Mailbox};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::timer::{Act, next_timer, split};

/// When the sweep has something to do for a case next.
pub fn due_at(rules: &Rules, case: &Case, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if case.destroyed_on.is_some() {
        return None;
    }
    next_timer(rules, case, now).map(|timer| timer.at)
}

/// The next thing that has come due, decided; nothing when nothing has.
///
/// # Errors
/// When a letter that is owed cannot be complete.
pub fn settle(ctx: &Context<'_>) -> Result<Option<Decision>, Refusal> {
    if ctx.case().destroyed_on.is_some() {
        return Ok(None);
    }
    match next_timer(ctx.rules, ctx.case(), ctx.now).filter(|timer| timer.at <= ctx.now) {
        None => Ok(None),
        Some(timer) => act(ctx, timer.act).map(Some),
    }
}

/// The first answer to new feedback, as the policy promises it; nothing when it had one.
///
/// # Errors
/// When the acknowledgement cannot be complete.
pub fn first_answer(ctx: &Context<'_>) -> Result<Option<Decision>, Refusal> {
    if ctx.case().opened || !ctx.case().is_open() {
        return Ok(None);
    }
    answer_first(ctx).map(Some)
}

fn act(ctx: &Context<'_>, act: Act) -> Result<Decision, Refusal> {
    match act {
        Act::FirstAnswer => answer_first(ctx),
        Act::Warn(deadline) => {
            let matter = if only_reminds(&deadline.rule) { StaffMatter::Review } else { StaffMatter::Warned };
            Ok(Decision::of(Event::Warned { rule: deadline.rule.clone(), due_on: deadline.due_on }).with_staff(about(
                Mailbox::Team,
                matter,
                &deadline,
            )))
        }
        Act::Update(deadline) => update(ctx, &deadline),
        Act::Miss(deadline) => miss(ctx, &deadline),
        Act::Escalate(deadline, rung) => Ok(escalate(ctx, &deadline, rung)),
        Act::EndCover => {
            Ok(Decision::of(Beside::CoverEnded).with_staff(StaffMail::new(Mailbox::Team, StaffMatter::Assigned)))
        }
        Act::EndWindow(stage) => Ok(Decision::of(Event::WindowEnded { stage })),
        Act::Destroy => Ok(Decision::of(Event::Destroyed)),
    }
}

fn answer_first(ctx: &Context<'_>) -> Result<Decision, Refusal> {
    let case = ctx.case();
    let kind = ctx.rules.policy.kind(case.kind);
    if let Some(kind) = kind.filter(|kind| kind.pass_on) {
        let decision = Decision::of(Event::PassedOn).with_staff(StaffMail::new(Mailbox::Team, StaffMatter::PassedOn));
        if !kind.acknowledged {
            return Ok(decision);
        }
        let letter = parts::letter(ctx, LetterKind::PassedOn)
            .date(Part::ReceivedOn, case.received_on)
            .text(Part::Kind, Some(&kind.label));
        // Whoever remarks on something is told how to complain instead (Codes 3.8: a survey, too).
        let remark = case.kind == FeedbackKind::Comment;
        let letter = if remark { letter.value(Part::Offered, true.into()) } else { letter };
        return Ok(decision.with_letter(letter.complete()?));
    }
    if let Some(kind) = kind.filter(|kind| kind.done_within.is_some()) {
        let decision = Decision::of(Event::Opened).with_staff(StaffMail::new(Mailbox::Team, StaffMatter::New));
        return if kind.acknowledged { Ok(decision.with_letter(taken_up(ctx)?)) } else { Ok(decision) };
    }
    let (stage, _) = ctx.stage()?;
    // Housing Ombudsman Code 5.6: a landlord's acknowledgement defines the complaint, so a person writes it.
    // What is set aside is acknowledged by whoever finds that it is no spam.
    if stage.acknowledge.by == By::System && !case.tenant && !case.is_set_aside() {
        let acknowledged = crate::commands::Acknowledge::default().decide(ctx)?;
        return Ok(acknowledged.with_staff(StaffMail::new(Mailbox::Team, StaffMatter::New)));
    }
    Ok(Decision::of(Event::Opened).with_staff(StaffMail::new(Mailbox::Team, StaffMatter::New)))
}

/// What a service was asked for, who does it and by when, and that a complaint can be made all the same.
fn taken_up(ctx: &Context<'_>) -> Result<LetterOrder, Refusal> {
    let case = ctx.case();
    let team = ctx.rules.policy.team(&case.team).map(|team| team.name.as_str());
    let letter = parts::letter(ctx, LetterKind::ServiceRequest)
        .date(Part::ReceivedOn, case.received_on)
        .text(Part::Definition, Some(parts::definition(ctx)))
        .text(Part::Handler, team)
        .value(Part::Offered, true.into());
    let done = deadlines(ctx.rules, case, ctx.today()).into_iter().find(|found| found.rule == "service-request.done");
    done.into_iter().fold(letter, |letter, done| letter.date(Part::RespondBy, done.due_on)).complete()
}

fn update(ctx: &Context<'_>, deadline: &Deadline) -> Result<Decision, Refusal> {
    let letter = crate::commands::update_letter(ctx, None, None)?;
    let chase = about(Mailbox::Team, StaffMatter::Warned, deadline);
    Ok(Decision::of(Event::Updated { text: None, next_on: None }).with_letter(letter).with_staff(chase))
}

fn miss(ctx: &Context<'_>, deadline: &Deadline) -> Result<Decision, Refusal> {
    let mut decision = Decision::of(Event::Missed { rule: deadline.rule.clone(), due_on: deadline.due_on });
    decision.staff.push(about(rung(ctx, 0), StaffMatter::Missed, deadline));
    let (stage, record) = ctx.stage()?;
    let regular = stage.update.as_ref().is_some_and(|update| update.by == By::System);
    if split(&deadline.rule).0 == "respond" && stage.late.notice && !regular {
        let letter = parts::letter(ctx, LetterKind::Holding)
            .date(Part::OldDate, record.promised.unwrap_or(deadline.due_on))
            .text(Part::Handler, Some(&stage.handler_title))
            .text(Part::Stage, Some(&stage.name));
        decision.letters.push(letter.complete()?);
    }
    Ok(decision)
}

/// Whose mailbox a rung is; beyond the last, the last.
fn rung(ctx: &Context<'_>, n: u32) -> Mailbox {
    let ladder = &ctx.rules.policy.watch.escalation;
    let named = usize::try_from(n).ok().and_then(|index| ladder.get(index)).or(ladder.last());
    named.map_or(Mailbox::ComplaintsManager, |rung| rung.to)
}

fn escalate(ctx: &Context<'_>, deadline: &Deadline, n: u32) -> Decision {
    let to = rung(ctx, n);
    let event = Event::Escalated { rule: deadline.rule.clone(), due_on: deadline.due_on, rung: n };
    Decision::of(event).with_staff(about(to, StaffMatter::Escalated, deadline))
}

fn about(to: Mailbox, matter: StaffMatter, deadline: &Deadline) -> StaffMail {
    StaffMail::of_date(to, matter, &deadline.rule, deadline.due_on)
}
