//! Files of a case: the form a browser sends one with, what is done when one has come, and the link that opens it.
//!
//! A browser posts straight to the bucket, under `quarantine/`, where nobody can read. What has come is looked into,
//! and goes to `files/` or away; only then does the case know of it, so that whatever is on a list is there.

use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use redress_bucket::{Bucket, BucketError, Found, Kept, PostForm, Upload};
use redress_domain::case::{Actor, Case, CaseFile, FileKind, FileRefusal};
use redress_domain::files::{Arrived, BYTES_MAX, looked_into, take};
use redress_platform::random;
use redress_store::CaseKey;

use crate::{Office, OfficeError};

/// A form works for so long: the store says it is over in words of its own, so nobody should come to see them.
pub const FORM_HOURS: i64 = 1;

/// A link opens a file for so long.
const LINK_FOR: Duration = Duration::from_secs(60);

/// What the seal of a ticket is for.
const TICKET: &str = "file-ticket";

/// Where a file is until it has been looked into.
const QUARANTINE: &str = "quarantine";

/// Where it is kept.
const KEPT: &str = "files";

/// What goes along with a file, sealed: who sent it, and under which key they were let.
#[derive(Debug, Deserialize, Serialize)]
struct Ticket {
    key: String,
    by: Actor,
}

/// A form for one file.
#[derive(Debug, Serialize)]
pub struct FileForm {
    /// Where a browser posts it, and what with.
    #[serde(flatten)]
    pub form: PostForm,
    /// Where that is, for the page's own policy.
    #[serde(skip)]
    pub origin: String,
}

/// The place of an object, taken apart.
struct Place {
    case: CaseKey,
    id: String,
}

impl Place {
    fn read(object: &str) -> Option<Place> {
        let parts: Vec<&str> = object.split('/').collect();
        let [QUARANTINE, council, reference, id] = parts[..] else { return None };
        Some(Place { case: CaseKey::new(council, reference), id: id.to_owned() })
    }

    fn at(&self, room: &str) -> String {
        format!("{}{}", prefix(room, &self.case), self.id)
    }
}

fn prefix(room: &str, case: &CaseKey) -> String {
    format!("{room}/{}/{}/", case.council, case.reference)
}

impl Office {
    /// The same with a bucket for files.
    #[must_use]
    pub fn with_files(self, files: Option<Bucket>) -> Office {
        Office { files, ..self }
    }

    /// A form for one file of a case, and the id the file will have; nothing where this deployment takes no files.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub async fn file_form(
        &self,
        case: &CaseKey,
        by: &Actor,
        back: impl FnOnce(&str) -> String,
    ) -> Result<Option<FileForm>, OfficeError> {
        let Some(files) = &self.files else { return Ok(None) };
        let id = random::<16>().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let place = Place { case: case.clone(), id };
        let key = place.at(QUARANTINE);
        let ticket = serde_json::to_vec(&Ticket { key: key.clone(), by: by.clone() }).unwrap_or_default();
        let ticket = self.settings.keys.seal(TICKET, &ticket).unwrap_or_default();
        let upload = Upload {
            key,
            ticket,
            back: back(&place.id),
            described: by.staff_id().is_some(),
            bytes_max: BYTES_MAX,
            now: self.clock.now(),
            valid: TimeDelta::hours(FORM_HOURS),
        };
        Ok(Some(FileForm { form: files.form(upload).await?, origin: files.origin() }))
    }

    /// A file has come: it is looked into, kept or deleted, and the case knows of it. `scanned` is what a scan found
    /// before us, where there is one. Coming twice changes nothing.
    ///
    /// # Errors
    /// When it could not be done; it comes again.
    pub async fn file_came(&self, object: &str, scanned: Result<(), FileRefusal>) -> Result<(), OfficeError> {
        let (Some(files), Some(place)) = (&self.files, Place::read(object)) else { return Ok(()) };
        // Asked of the list first: whoever may not list is told 403 of an object that is gone.
        if files.list(object).await?.is_empty() {
            return Ok(());
        }
        let found = match files.read(object, BYTES_MAX).await {
            Ok(found) => found,
            Err(BucketError::NotThere) => return Ok(()),
            Err(BucketError::TooLarge) => return Ok(files.delete(object).await?),
            Err(error) => return Err(error.into()),
        };
        let ticket = self.settings.keys.unseal(TICKET, &found.ticket);
        let ticket: Option<Ticket> = ticket.and_then(|ticket| serde_json::from_slice(&ticket).ok());
        let Some(ticket) = ticket.filter(|ticket| ticket.key == object) else {
            tracing::warn!(case = %place.case, "a file without a ticket of ours is deleted");
            return Ok(files.delete(object).await?);
        };
        let content = scanned.and_then(|()| looked_into(&found.bytes));
        if let Ok(kind) = content {
            let name = redress_domain::files::plain_name(&found.name, Some(kind));
            files.copy(object, &place.at(KEPT), &Kept::as_attachment(&name, kind.media_type())).await?;
        }
        let case = self.decide_on_file(&place, &ticket.by, found, content).await?;
        let kept = case.and_then(|case| case.files.into_iter().find(|file| file.id == place.id));
        if !kept.is_some_and(|file| file.is_kept()) {
            files.delete(&place.at(KEPT)).await?;
        }
        Ok(files.delete(object).await?)
    }

    /// The case after it was decided on a file; nothing where there is no such case.
    async fn decide_on_file(
        &self,
        place: &Place,
        by: &Actor,
        found: Found,
        content: Result<FileKind, FileRefusal>,
    ) -> Result<Option<Case>, OfficeError> {
        let arrived = Arrived {
            id: place.id.clone(),
            bytes: u64::try_from(found.bytes.len()).unwrap_or(u64::MAX),
            name: found.name,
            about: found.about,
            content,
        };
        match self.decide_by(&place.case, by, |ctx| take(ctx, arrived.clone())).await {
            Ok(case) => Ok(Some(case)),
            Err(OfficeError::NoCase) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A link that opens a file of a case for a minute. Whoever may have it is the door's to ask, before this.
    ///
    /// # Errors
    /// [`OfficeError::NoFile`] when the case has no such file, or it was not kept.
    pub async fn file_link(
        &self,
        case: &CaseKey,
        n: u32,
        wanted: fn(&CaseFile) -> bool,
    ) -> Result<String, OfficeError> {
        let (found, _) = self.store.case(case).await?.ok_or(OfficeError::NoCase)?;
        let there = |file: &CaseFile| file.n == n && file.is_kept() && wanted(file);
        let file = found.files.into_iter().find(there).filter(|_| found.destroyed_on.is_none());
        let (Some(files), Some(file)) = (&self.files, file) else { return Err(OfficeError::NoFile) };
        let place = Place { case: case.clone(), id: file.id };
        Ok(files.link(&place.at(KEPT), self.clock.now(), LINK_FOR).await?)
    }

    /// Deletes every file of a case. Asked of the bucket and not of the case, so that nothing is left behind that the
    /// case has lost track of; what lies in quarantine goes by itself within a day.
    pub(crate) async fn destroy_files(&self, case: &CaseKey) -> Result<(), OfficeError> {
        let Some(files) = &self.files else { return Ok(()) };
        for key in files.list(&prefix(KEPT, case)).await? {
            files.delete(&key).await?;
        }
        Ok(())
    }
}
