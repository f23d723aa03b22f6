//! `request-review`: the next stage, as a right.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::local_date;
use crate::case::{Actor, Ask, Channel, Event, Status};
use crate::deadline::deadlines;
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::policy::{By, Mailbox, RequestTest, RunsFrom};
use crate::refusal::Refusal;

/// Asks for the next stage. No reason is ever needed (Codes 6.12), and no date closes the door.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct RequestReview {
    /// The day the person asked; today when left out.
    pub asked_on: Option<NaiveDate>,
    /// When it reached the council; now when left out.
    pub received_at: Option<DateTime<Utc>>,
    /// How it came.
    pub channel: Option<Channel>,
    /// Why, in their words.
    pub reasons: Option<String>,
    /// One of the policy's grounds.
    pub ground: Option<String>,
    /// What they want now.
    pub wanted: Option<String>,
}

impl RequestReview {
    pub(super) fn read(fields: &mut Fields) -> Option<RequestReview> {
        Some(RequestReview {
            asked_on: fields.date("asked_on"),
            received_at: fields.instant("received_at"),
            channel: fields.word("channel"),
            reasons: fields.text("reasons"),
            ground: fields.line("ground"),
            wanted: fields.text("wanted"),
        })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        let Some(request) = &stage.request else {
            let name = ctx.rules.ombudsman(ctx.case()).map_or("Ombudsman", |found| found.name.as_str());
            return Err(Refusal::not_allowed(
                format!("This was the last stage. The {name} comes next."),
                stage.respond.cites.clone(),
            ));
        };
        let case = ctx.case();
        if record.response.is_some() && matches!(case.status, Status::Answered | Status::Closed) {
            return Ok(());
        }
        let rule = format!("stage-{}.respond", stage.n);
        let unanswered = deadlines(ctx.rules, case, ctx.today()).iter().any(|deadline| {
            // What counts is the day the person was told, as the policy's ground has it.
            let told = deadline.promised_on.unwrap_or(deadline.due_on);
            deadline.rule == rule && deadline.owed && told < ctx.today()
        });
        if request.when_unanswered && unanswered {
            return Ok(());
        }
        Err(Refusal::not_allowed("There is no answer to review yet.", request.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let case = ctx.case();
        let (stage, _) = ctx.stage()?;
        let (asked_on, received_at) = self.times(ctx)?;
        let Some((request, next)) = stage.request.as_ref().zip(ctx.rules.policy.stage(stage.n + 1)) else {
            return Err(Refusal::not_allowed("This was the last stage.", stage.respond.cites.clone()));
        };
        let window = format!("stage-{}.request", next.n);
        let until = deadlines(ctx.rules, case, ctx.today()).into_iter().find(|deadline| deadline.rule == window);
        let tested = match request.test {
            RequestTest::Asked => asked_on,
            RequestTest::Received => local_date(received_at),
        };
        let late = until.is_some_and(|until| tested > until.due_on);
        let received_on = local_date(received_at);
        let from = ctx.rules.clock_from(received_at);
        let promised_acknowledgement = ctx.rules.count(from, next.acknowledge.within).date;
        let start = if next.respond.runs_from == RunsFrom::Received { from } else { promised_acknowledgement };
        let promised = ctx.rules.count(start, next.respond.within).date;
        let organisation = ctx.rules.policy.organisation_at(next.n, case.service.as_deref()).map(str::to_owned);
        let acknowledged = next.acknowledge.by == By::System && !case.tenant;
        let mut texts = Texts::after(case);
        let reasons = match (self.ground, self.reasons) {
            (Some(ground), Some(reasons)) => Some(format!("{ground}\n\n{reasons}")),
            (ground, reasons) => ground.or(reasons),
        };
        let wanted = self.wanted.as_deref().or_else(|| ctx.dossier.maybe(case.wanted)).map(str::to_owned);
        let kind = if acknowledged { LetterKind::Acknowledgement } else { LetterKind::Receipt };
        let letter = LetterOrder::new(kind, next.n, case.reply_by)
            .value(Part::Ombudsman, parts::ombudsman(ctx))
            .date(Part::ReceivedOn, received_on)
            .value(Part::Privacy, parts::privacy(ctx, next.n))
            .date(Part::RespondBy, promised)
            .date(Part::AcknowledgeBy, promised_acknowledgement)
            .text(Part::Definition, Some(parts::definition(ctx)))
            .text(Part::Wanted, wanted.as_deref())
            .text(Part::Handler, Some(&next.handler_title))
            .text(Part::Stage, Some(&next.name))
            .complete()?;
        let ask = Ask {
            asked_on,
            received_at,
            late,
            reasons: texts.add_some(reasons),
            wanted: texts.add_some(self.wanted),
            clock_from: (from != received_on).then_some(from),
        };
        let event = Event::ReviewRequested { ask, promised_acknowledgement, promised, acknowledged, organisation };
        let told = StaffMail::new(Mailbox::ComplaintsManager, StaffMatter::ReviewRequested);
        let decision = Decision::of(event).with_texts(texts).with_staff(told);
        Ok(if acknowledged || next.receipt.is_some() { decision.with_letter(letter) } else { decision })
    }

    /// When it was asked and received; only staff may name another time than now.
    fn times(&self, ctx: &Context<'_>) -> Result<(NaiveDate, DateTime<Utc>), Refusal> {
        if matches!(ctx.actor, Actor::Resident) {
            return Ok((ctx.today(), ctx.now));
        }
        let received_at = self.received_at.unwrap_or(ctx.now);
        let asked_on = self.asked_on.unwrap_or_else(|| local_date(received_at));
        if received_at > ctx.now {
            return Err(Refusal::field("received_at", "must be now or in the past"));
        }
        if asked_on > ctx.today() {
            return Err(Refusal::field("asked_on", "must be today or in the past"));
        }
        Ok((asked_on, received_at))
    }
}
