//! A letter, as the person it was written to sees it.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::case::ReplyBy;
use redress_domain::letter::LetterKind;
use redress_store::Letter;

/// A letter to the resident.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrackedLetter {
    /// From 1.
    pub n: u32,
    /// Which letter.
    pub kind: LetterKind,
    /// How it went.
    pub channel: ReplyBy,
    /// How far it got.
    pub state: LetterState,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// The day it was issued.
    pub on: Option<NaiveDate>,
}

/// How far a letter got: derived from the times of its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LetterState {
    /// Written, and about to go.
    Waiting,
    /// It went, by e-mail.
    Sent,
    /// It reached their mailbox.
    Delivered,
    /// It came back.
    CameBack,
    /// It is on paper, and about to be posted.
    ToPost,
    /// It was posted.
    Posted,
    /// It is read out on the telephone.
    ReadOut,
    /// It is on this page only.
    Here,
}

impl TrackedLetter {
    pub(super) fn of(letter: Letter) -> TrackedLetter {
        TrackedLetter {
            n: letter.n,
            kind: letter.body.kind,
            channel: letter.body.by,
            state: state(&letter),
            text: redress_letters::plain(&letter.body.words),
            subject: letter.body.subject,
            on: letter.queued_at.map(local_date),
        }
    }
}

fn state(letter: &Letter) -> LetterState {
    match letter.body.by {
        _ if letter.bounced_at.is_some() => LetterState::CameBack,
        ReplyBy::Track => LetterState::Here,
        ReplyBy::Phone => LetterState::ReadOut,
        ReplyBy::Post if letter.printed_at.is_some() => LetterState::Posted,
        ReplyBy::Post => LetterState::ToPost,
        ReplyBy::Email if letter.delivered_at.is_some() => LetterState::Delivered,
        ReplyBy::Email if letter.accepted_at.is_some() => LetterState::Sent,
        ReplyBy::Email => LetterState::Waiting,
    }
}
