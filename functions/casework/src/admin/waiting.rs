//! What waits for whoever runs the service, and how far the sweep is behind.

use chrono::{DateTime, Utc};
use serde::Serialize;

use redress_domain::case::{FeedbackKind, name_of};
use redress_domain::letter::LetterKind;
use redress_domain::reading::Reading;
use redress_office::OfficeError;
use redress_store::{Attention, Waits};
use redress_web::{Identity, Problem};

use super::{given, signed};
use crate::Casework;

/// Lines of a list on the page.
const LINES: i32 = 25;

/// A list, and what its place is called in the address.
pub(super) type List = (Attention, &'static str);

pub(super) const SPAM: List = (Attention::Spam, "spam");
pub(super) const RETURNED: List = (Attention::Returned, "returned");
pub(super) const FAILED: List = (Attention::Failed, "failed");

/// Some lines, longest waiting first, and where to go on.
#[derive(Debug, Serialize)]
pub(super) struct Waiting {
    lines: Vec<Line>,
    next: Option<String>,
    /// Of cases that this person may not read.
    hidden: usize,
}

/// One thing that waits.
#[derive(Debug, Serialize)]
struct Line {
    /// The case; nothing where it is a digest, which is of many.
    reference: Option<String>,
    /// The case or the mailbox, as the outbox has it.
    of: String,
    kind: Option<FeedbackKind>,
    since: Option<DateTime<Utc>>,
    letter: Option<u32>,
    letter_kind: Option<LetterKind>,
    out: Option<String>,
    state: Option<String>,
    attempts: Option<u32>,
}

/// How far behind the service is, in seconds.
#[derive(Debug, Serialize)]
pub(super) struct Behind {
    sweep_s: i64,
    letters_s: i64,
}

impl Waiting {
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }
}

impl Casework {
    /// A page of one of the lists.
    pub(super) async fn waits(
        &self,
        council: &str,
        (what, name): List,
        place: Option<&str>,
        identity: &Identity,
    ) -> Result<Waiting, Problem> {
        let keys = &self.office.settings.keys;
        let after = given(keys, council, name, place)?;
        let store = &self.office.store;
        let (found, next) = store.attention(council, what, after.as_deref(), LINES).await.map_err(OfficeError::from)?;
        let all = found.len();
        let readable =
            |waits: &Waits| waits.case.as_ref().is_none_or(|case| Reading::of(case).permits(&identity.actor()).is_ok());
        let lines: Vec<Line> = found.into_iter().filter(readable).map(line).collect();
        let hidden = all - lines.len();
        Ok(Waiting { lines, next: next.map(|place| signed(keys, council, &place)), hidden })
    }

    /// How long the first thing due and the oldest letter have been waiting.
    pub(super) async fn behind(&self) -> Result<Behind, Problem> {
        let now = self.office.clock.now();
        let waiting = self.office.store.waiting(now).await.map_err(OfficeError::from)?;
        let lag = |since: Option<DateTime<Utc>>| since.map_or(0, |since| (now - since).num_seconds().max(0));
        Ok(Behind { sweep_s: lag(waiting.first), letters_s: lag(waiting.letter) })
    }
}

fn line(waits: Waits) -> Line {
    let Waits { case, key, since, letter, out } = waits;
    let letter_kind = case.as_ref().and_then(|case| case.letters.iter().find(|mark| Some(mark.n) == letter));
    let (out, state, attempts) = match out {
        Some((id, state, attempts)) => (Some(id.to_string()), Some(state), Some(attempts)),
        None => (None, None, None),
    };
    Line {
        letter_kind: letter_kind.map(|mark| mark.kind),
        kind: case.as_ref().map(|case| case.kind),
        reference: case.map(|case| name_of(case.reference)),
        of: key.reference,
        since,
        letter,
        out,
        state,
        attempts,
    }
}
