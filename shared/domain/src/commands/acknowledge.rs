//! `acknowledge`: what we understood, and by when the person hears.

use chrono::NaiveDate;

use crate::calendar::local_date;
use crate::case::{Actor, Event, Status};
use crate::deadline::deadlines;
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::refusal::Refusal;

/// Acknowledges a complaint or a request for a review.
#[derive(Clone, Debug, Default, PartialEq, utoipa::ToSchema)]
pub struct Acknowledge {
    /// Our understanding of the complaint; as it stands when left out.
    pub definition: Option<String>,
    /// What the person wants; as it stands when left out.
    pub wanted: Option<String>,
    /// The day the answer is promised for: the due date or before. The due date when left out.
    pub promise_by: Option<NaiveDate>,
}

impl Acknowledge {
    pub(super) fn read(fields: &mut Fields) -> Option<Acknowledge> {
        Some(Acknowledge {
            definition: fields.text("definition"),
            wanted: fields.text("wanted"),
            promise_by: fields.date("promise_by"),
        })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        let worked = matches!(ctx.case().status, Status::New | Status::Open) && ctx.rules.has_stages(ctx.case());
        // A person may still acknowledge what the system acknowledged: theirs says more.
        let done = record.acknowledged_on.is_some() && record.acknowledged_by_person;
        let again = matches!(ctx.actor, Actor::System) && record.acknowledged_on.is_some();
        if worked && !done && !again && record.response.is_none() {
            return Ok(());
        }
        Err(Refusal::not_allowed("It is acknowledged, answered or closed already.", stage.acknowledge.cites.clone()))
    }

    /// Decides it; the system's own acknowledgement is the same decision.
    ///
    /// # Errors
    /// When the letter would not say what it must, or the promise is later than the due date.
    pub(crate) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let case = ctx.case();
        let (stage, record) = ctx.stage()?;
        let due_on = due(ctx, stage.n)?;
        let promised = self.promise_by.unwrap_or(due_on);
        if promised > due_on {
            let date = crate::calendar::long_date(due_on);
            return Err(Refusal::field("promise_by", format!("must be {date} or before; to answer later, extend")));
        }
        let understood = self.definition.as_deref().unwrap_or_else(|| parts::definition(ctx));
        let wanted = self.wanted.as_deref().or_else(|| ctx.dossier.maybe(case.wanted));
        let letter = LetterOrder::new(LetterKind::Acknowledgement, stage.n, case.reply_by)
            .value(Part::Ombudsman, parts::ombudsman(ctx))
            .date(Part::ReceivedOn, record.ask.as_ref().map_or(case.received_on, |ask| local_date(ask.received_at)))
            .date(Part::RespondBy, promised)
            .text(Part::Definition, Some(understood))
            .text(Part::Wanted, wanted)
            .text(Part::Handler, Some(&stage.handler_title))
            .text(Part::Stage, Some(&stage.name))
            .value(Part::Points, parts::points_to_tell(ctx))
            .value(Part::Privacy, parts::privacy(ctx, stage.n))
            .complete()?;
        let mut texts = Texts::after(case);
        let definition = texts.add_some(self.definition);
        let wanted = texts.add_some(self.wanted);
        Ok(Decision::of(Event::Acknowledged { promised, definition, wanted }).with_texts(texts).with_letter(letter))
    }
}

/// The present due date of the answer.
pub(super) fn due(ctx: &Context<'_>, stage: u8) -> Result<NaiveDate, Refusal> {
    let rule = format!("stage-{stage}.respond");
    deadlines(ctx.rules, ctx.case(), ctx.today())
        .into_iter()
        .find(|deadline| deadline.rule == rule)
        .map(|deadline| deadline.due_on)
        .ok_or_else(|| Refusal::not_allowed("No answer is owed on this.", ctx.rules.policy.policy.title.clone()))
}
