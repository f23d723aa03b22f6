//! A council's calendar changes: it is stored, and then every open case is counted anew, a page at a time.
//!
//! The change is one item, the cases are a commit each, and a case says under which version it was
//! counted. So whatever interrupts this, publishing the same again goes on where it ended, and
//! publishing what is published already moves nothing. Functions that knew the old calendar for
//! their minute may still count a case by it; the same again then puts that right too.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use redress_domain::calendar::{Announcement, Published};
use redress_domain::case::{Actor, Contact, Moved};
use redress_domain::recount::recount;
use redress_store::{CaseKey, StoreError};

use crate::calendar::under;
use crate::write::Draft;
use crate::{Office, OfficeError};

/// Cases looked at in one page.
const PAGE: i32 = 100;

/// Publishing or counting again after somebody else was first, at most this often.
const ATTEMPTS_MAX: u32 = 5;

/// What came of a change, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Republished {
    /// The calendar's version from then on.
    pub calendar_version: u32,
    /// Every date that moved.
    pub moved: Vec<MovedDate>,
}

/// A date of an open case that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedDate {
    /// Which case.
    pub reference: String,
    /// Which promise.
    pub rule: String,
    /// From this day.
    pub from: NaiveDate,
    /// To this day.
    pub to: NaiveDate,
    /// What a letter promised, and still promises.
    pub promised_on: Option<NaiveDate>,
}

/// The change as it is carried to the cases.
struct Carried<'a> {
    council: &'a str,
    published: &'a Published,
    now: DateTime<Utc>,
    preview: bool,
}

impl Office {
    /// Publishes days off, or only says what that would move.
    ///
    /// # Errors
    /// When there is no such council here, or the tables cannot be read or written. What was
    /// counted anew by then stays so, and the same again does the rest.
    pub async fn publish_calendar(
        &self,
        council: &str,
        announced: &Announcement,
        preview: bool,
    ) -> Result<Republished, OfficeError> {
        let rules = self.present(council)?;
        let now = self.clock.now();
        let published = self.announce(council, announced, preview).await?;
        let carried = Carried { council, published: &published, now, preview };
        let teams = self.settings.library.teams(council);
        let mut moved = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = self.store.queue(council, &teams, after.as_deref(), PAGE).await?;
            for line in page.cases {
                let key = CaseKey::new(council, line.reference.as_str());
                moved.extend(self.carry(&carried, &key).await?);
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let calendar_version = published.over(&rules.calendar).version;
        tracing::info!(council, calendar_version, moved = moved.len(), preview, "calendar published");
        Ok(Republished { calendar_version, moved })
    }

    /// Stores the change, unless it is none.
    async fn announce(&self, council: &str, announced: &Announcement, preview: bool) -> Result<Published, OfficeError> {
        let packed = self.present(council)?.calendar;
        for _ in 0..ATTEMPTS_MAX {
            let before = self.store.published(council).await?;
            let after = before.with(&packed, announced, self.clock.now());
            if preview || after == before {
                return Ok(after);
            }
            match self.store.publish(council, &before, &after).await {
                Err(StoreError::MovedOn) => {}
                Err(error) => return Err(error.into()),
                Ok(()) => return Ok(after),
            }
        }
        Err(OfficeError::Busy)
    }

    /// Counts one case anew, and says what moved.
    async fn carry(&self, carried: &Carried<'_>, key: &CaseKey) -> Result<Vec<MovedDate>, OfficeError> {
        for _ in 0..ATTEMPTS_MAX {
            let Some(counted) = self.store.counted_case(key).await? else { return Ok(Vec::new()) };
            let case = &counted.case;
            let packed = self.packed(carried.council, case.policy)?;
            let before = under(packed.clone(), &carried.published.at_version(&packed.calendar, counted.calendar));
            let after = under(packed, carried.published);
            let Some(recounted) = recount(&before, &after, case, carried.now) else { return Ok(Vec::new()) };
            let moved =
                recounted.moved.into_iter().map(|(moved, promised_on)| dated(key, moved, promised_on)).collect();
            if carried.preview {
                return Ok(moved);
            }
            let draft = Draft {
                rules: &after,
                before: Some((case, counted.hash)),
                key,
                // No letter goes with it.
                contact: &Contact::default(),
                by: &Actor::System,
                now: carried.now,
                request: None,
            };
            match self.file(draft, recounted.decision).await {
                Err(OfficeError::Store(StoreError::MovedOn)) => {}
                Err(error) => return Err(error),
                Ok(_) => return Ok(moved),
            }
        }
        Err(OfficeError::Busy)
    }
}

fn dated(key: &CaseKey, moved: Moved, promised_on: Option<NaiveDate>) -> MovedDate {
    MovedDate { reference: key.reference.clone(), rule: moved.rule, from: moved.from, to: moved.to, promised_on }
}
