//! `learn`: what a case taught, and what changes because of it (Codes 9).

use chrono::NaiveDate;

use crate::case::{Action, Beside, RemedyKind};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Records a lesson, with the change that follows from it.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Learn {
    /// What was learnt.
    pub lesson: String,
    /// What lay behind it.
    pub cause: Option<String>,
    /// What changes.
    pub change: Option<String>,
    /// Who changes it.
    pub owner: Option<String>,
    /// By when.
    pub by: Option<NaiveDate>,
}

impl Learn {
    pub(super) fn read(fields: &mut Fields) -> Option<Learn> {
        let lesson = fields.required_text("lesson", "Enter what was learnt");
        let (cause, change) = (fields.text("cause"), fields.text("change"));
        let (owner, by) = (fields.line("owner"), fields.date("by"));
        if by.is_some() && change.is_none() {
            fields.error("change", "Enter what changes by then");
        }
        Some(Learn { lesson: lesson?, cause, change, owner, by })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        let lesson = texts.add(self.lesson);
        let cause = texts.add_some(self.cause);
        let action = self.change.map(|change| Action {
            n: ctx.case().actions.last().map_or(1, |action| action.n + 1),
            kind: RemedyKind::PolicyChanged,
            what: texts.add(change),
            owner: self.owner,
            by: self.by,
            pence: None,
            done_on: None,
            undeliverable: false,
            approved_by: None,
        });
        Ok(Decision::of(Beside::Learned { lesson, cause, action }).with_texts(texts))
    }
}
