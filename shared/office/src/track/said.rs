//! What the person told us after the first time: everything that is theirs stays in their sight.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::case::{Actor, Entry, Event, TextRef};
use redress_domain::decide::Dossier;

/// Something the person told us.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Said {
    /// On which occasion.
    pub how: SaidHow,
    /// When.
    pub on: NaiveDate,
    /// In their words.
    pub text: String,
}

/// The occasion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SaidHow {
    /// They added something.
    Added,
    /// Why they asked for a review.
    Review,
    /// What they wanted of the review.
    ReviewWanted,
    /// Why they took it back.
    Withdrawn,
}

/// What they said they wanted when they first wrote; what we made of it since is ours.
pub(super) fn wanted(history: &[Entry]) -> Option<TextRef> {
    match &history.first()?.event {
        Event::Received(received) => Some(received.wanted),
        _ => None,
    }?
}

/// All of it, in its order. What staff wrote down for themselves is not among it.
pub(super) fn all(dossier: &Dossier, history: &[Entry]) -> Vec<Said> {
    let mut found = Vec::new();
    for entry in history {
        let on = local_date(entry.at);
        let texts = match &entry.event {
            Event::Messaged { text } if entry.by == Actor::Resident => vec![(SaidHow::Added, Some(*text))],
            Event::ReviewRequested { ask, .. } => {
                vec![(SaidHow::Review, ask.reasons), (SaidHow::ReviewWanted, ask.wanted)]
            }
            Event::Withdrawn { reason } if entry.by == Actor::Resident => vec![(SaidHow::Withdrawn, *reason)],
            _ => continue,
        };
        let said = texts.into_iter().filter_map(|(how, text)| Some((how, dossier.maybe(text)?.to_owned())));
        found.extend(said.map(|(how, text)| Said { how, on, text }));
    }
    found
}
