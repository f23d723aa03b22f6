//! A letter, as the person it was written to sees it.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::case::{Case, ReplyBy};
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
    /// The same as a page shows them.
    pub html: String,
    /// The day it was issued.
    pub on: Option<NaiveDate>,
    /// The day it went, as far as that is known: sent, posted, or told on the telephone.
    pub went_on: Option<NaiveDate>,
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
    /// Somebody is to telephone and say what is in it.
    ToTell,
    /// Somebody telephoned and said what is in it.
    Told,
    /// It is on this page only.
    Here,
}

impl TrackedLetter {
    pub(super) fn of(letter: &Letter, case: &Case, base_url: &str) -> TrackedLetter {
        let (state, went_on) = way(letter, case);
        TrackedLetter {
            n: letter.n,
            kind: letter.body.kind,
            channel: letter.body.by,
            state,
            text: redress_letters::plain(&letter.body.words),
            html: redress_letters::page(&letter.body.words, base_url),
            subject: letter.body.subject.clone(),
            on: letter.queued_at.map(local_date),
            went_on,
        }
    }
}

/// How far a letter got, and when it went.
pub(super) fn way(letter: &Letter, case: &Case) -> (LetterState, Option<NaiveDate>) {
    let mark = case.letters.iter().find(|mark| mark.n == letter.n);
    let told = mark.and_then(|mark| mark.told_on);
    let printed = letter.printed_at.map(local_date);
    let sent = letter.accepted_at.or(letter.delivered_at).map(local_date);
    match letter.body.by {
        _ if letter.bounced_at.is_some() || mark.is_some_and(|mark| mark.bounced) => {
            (LetterState::CameBack, printed.or(sent))
        }
        ReplyBy::Track => (LetterState::Here, None),
        ReplyBy::Phone if told.is_some() => (LetterState::Told, told),
        ReplyBy::Phone => (LetterState::ToTell, None),
        ReplyBy::Post if printed.is_some() => (LetterState::Posted, printed),
        ReplyBy::Post => (LetterState::ToPost, None),
        ReplyBy::Email if letter.delivered_at.is_some() => (LetterState::Delivered, sent),
        ReplyBy::Email if letter.accepted_at.is_some() => (LetterState::Sent, sent),
        ReplyBy::Email => (LetterState::Waiting, None),
    }
}
