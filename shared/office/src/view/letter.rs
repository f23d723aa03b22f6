//! A letter and its way.

use chrono::{DateTime, Utc};
use serde::Serialize;

use redress_domain::case::{Case, ReplyBy};
use redress_domain::letter::{LetterKind, Part};
use redress_store::Letter;

/// A letter and its way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct LetterView {
    pub n: u32,
    pub kind: LetterKind,
    pub stage: u8,
    pub to: Option<String>,
    pub channel: ReplyBy,
    pub parts: Vec<Part>,
    pub subject: String,
    pub text: String,
    pub queued_at: Option<DateTime<Utc>>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub bounced_at: Option<DateTime<Utc>>,
    pub printed_at: Option<DateTime<Utc>>,
    /// It came back, or an officer knows that it did not arrive.
    pub returned: bool,
    /// It was sent again as this letter.
    pub again: Option<u32>,
}

pub(super) fn letter(case: &Case, letter: Letter) -> LetterView {
    let mark = case.letters.iter().find(|mark| mark.n == letter.n);
    LetterView {
        n: letter.n,
        kind: letter.body.kind,
        stage: letter.body.stage,
        to: letter.body.to,
        channel: letter.body.by,
        parts: letter.body.parts,
        text: redress_letters::plain(&letter.body.words),
        subject: letter.body.subject,
        queued_at: letter.queued_at,
        accepted_at: letter.accepted_at,
        delivered_at: letter.delivered_at,
        bounced_at: letter.bounced_at,
        printed_at: letter.printed_at,
        returned: mark.is_some_and(|mark| mark.bounced),
        again: mark.and_then(|mark| mark.again),
    }
}
