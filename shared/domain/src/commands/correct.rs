//! `correct`: what was written down wrong is put right, in the open; a letter that was wrong is
//! followed by one that is right, and moves no date.

use chrono::{DateTime, FixedOffset};

use crate::case::{Event, name_of};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, Part};
use crate::parts;
use crate::refusal::Refusal;

/// The fields that can be corrected.
const FIELDS: [&str; 3] = ["received_at", "service", "tenant"];

/// Corrects a field of the case, or a letter.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Correct {
    /// `received_at`, `service` or `tenant`.
    pub field: Option<String>,
    /// What it should be.
    pub value: Option<String>,
    /// Or the letter that was wrong.
    pub letter: Option<u32>,
    /// What it should have said; the person reads it.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
}

impl Correct {
    pub(super) fn read(fields: &mut Fields) -> Option<Correct> {
        let reason = fields.required_text("reason", "Enter why it is corrected");
        let (field, value) = (fields.line("field"), fields.said("value"));
        let (letter, text) = (fields.number("letter").and_then(|n| u32::try_from(n).ok()), fields.text("text"));
        match (&field, &letter) {
            (Some(_), None) if value.is_none() => fields.error("value", "Enter what it should be"),
            (None, Some(_)) if text.is_none() => fields.error("text", "Enter what the letter should have said"),
            (Some(_), None) | (None, Some(_)) => {}
            _ => fields.error("field", "Enter a field and its value, or a letter and its text: one of the two"),
        }
        if field.as_ref().is_some_and(|field| !FIELDS.contains(&field.as_str())) {
            fields.error("field", format!("must be one of {}", FIELDS.join(", ")));
        }
        Some(Correct { field, value, letter, text, reason: reason? })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        super::close::while_open(ctx)
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let mut texts = Texts::after(ctx.case());
        if let (Some(n), Some(text)) = (self.letter, self.text) {
            let Some(letter) = ctx.case().letters.iter().find(|letter| letter.n == n) else {
                return Err(Refusal::field("letter", format!("there is no letter {n}")));
            };
            let order = parts::letter(ctx, LetterKind::Correction)
                .date(Part::OldDate, letter.on)
                .text(Part::Kind, Some(&name_of(letter.kind).replace('-', " ")))
                .text(Part::Words, Some(&text))
                .text(Part::Reason, Some(&self.reason))
                .complete()?;
            let event = Event::LetterCorrected { letter: n, text: texts.add(text), reason: texts.add(self.reason) };
            return Ok(Decision::of(event).with_texts(texts).with_letter(order));
        }
        let field = self.field.unwrap_or_default();
        let value = checked(ctx, &field, &self.value.unwrap_or_default())?;
        let reason = texts.add(self.reason);
        Ok(Decision::of(Event::Corrected { field, value, reason }).with_texts(texts))
    }
}

/// The value as it is kept, when the field can hold it.
fn checked(ctx: &Context<'_>, field: &str, value: &str) -> Result<String, Refusal> {
    match field {
        "received_at" => {
            let at = value.parse::<DateTime<FixedOffset>>();
            let at = at.map_err(|_| {
                Refusal::field("value", format!("“{value}” is not a time: write it like 2026-03-20T10:00:00Z"))
            })?;
            if at > ctx.now {
                return Err(Refusal::field("value", "must be now or in the past"));
            }
            Ok(at.to_utc().to_rfc3339())
        }
        "service" if ctx.rules.policy.service(value).is_none() => {
            Err(super::accept::unknown_service(ctx, "value", value))
        }
        "tenant" if value != "true" && value != "false" => Err(Refusal::field("value", "must be true or false")),
        _ => Ok(value.to_owned()),
    }
}
