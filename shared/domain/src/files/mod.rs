//! Files that people add to a case: what is taken, under which name, and what is decided when one has come.

mod kind;
mod name;

pub use name::{DESCRIPTION_MAX, NAME_MAX, plain_name};

use crate::case::{Beside, CaseFile, FileKind, FileRefusal};
use crate::decide::{Context, Decision, StaffMail, StaffMatter, Texts};
use crate::policy::Mailbox;

/// The largest file.
pub const BYTES_MAX: u64 = 10 * 1024 * 1024;

/// Files of the person, on one case.
pub const OF_THE_PERSON_MAX: usize = 5;

/// Files of staff, on one case.
pub const OF_STAFF_MAX: usize = 50;

/// Refusals kept on a case: what is refused after that is deleted, and nothing more is written down.
pub const REFUSED_MAX: usize = 20;

/// The endings of the kinds that are taken, as a form offers them.
pub const ENDINGS: [&str; 8] = [".pdf", ".jpg", ".jpeg", ".png", ".heic", ".docx", ".doc", ".eml"];

/// A file that has come, and was looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Where it is kept.
    pub id: String,
    /// What whoever sent it calls it.
    pub name: String,
    /// What it shows, if they said.
    pub about: Option<String>,
    /// How large.
    pub bytes: u64,
    /// What it is, or why it is not taken.
    pub content: Result<FileKind, FileRefusal>,
}

/// What a file is by its size and content, or why it is not taken.
///
/// # Errors
/// Why it is not taken.
pub fn looked_into(bytes: &[u8]) -> Result<FileKind, FileRefusal> {
    match u64::try_from(bytes.len()) {
        Ok(0) => Err(FileRefusal::Empty),
        Ok(size) if size <= BYTES_MAX => FileKind::of(bytes).ok_or(FileRefusal::Kind),
        _ => Err(FileRefusal::TooLarge),
    }
}

/// What a file that has come makes of the case: added, or refused. Nothing, when it was decided before, when the case
/// is destroyed, or when so many were refused already that one more says nothing new.
pub fn take(ctx: &Context<'_>, arrived: Arrived) -> Option<Decision> {
    let case = ctx.case();
    if case.destroyed_on.is_some() || case.files.iter().any(|file| file.id == arrived.id) {
        return None;
    }
    let by = ctx.actor.staff_id().map(str::to_owned);
    let taken = arrived.content.and_then(|kind| match is_full(ctx) {
        true => Err(FileRefusal::TooMany),
        false => Ok(kind),
    });
    if taken.is_err() && case.files.iter().filter(|file| !file.is_kept()).count() >= REFUSED_MAX {
        return None;
    }
    let mut texts = Texts::after(case);
    let name = texts.add(plain_name(&arrived.name, taken.ok()));
    let about = texts.add_some(arrived.about.map(|about| name::plain_line(&about)).filter(|about| !about.is_empty()));
    let file = CaseFile {
        n: case.files.last().map_or(1, |file| file.n + 1),
        id: arrived.id,
        kind: taken.ok(),
        bytes: arrived.bytes,
        name,
        about,
        by,
        on: ctx.today(),
        refused: taken.err(),
    };
    let told = file.is_kept() && file.is_the_persons();
    let event = if file.is_kept() { Beside::FileAdded(file) } else { Beside::FileRefused(file) };
    let decision = Decision::of(event).with_texts(texts);
    Some(match told {
        true => decision.with_staff(StaffMail::new(Mailbox::Team, StaffMatter::Messaged)),
        false => decision,
    })
}

/// Whether as many are there as this actor may add.
pub fn is_full(ctx: &Context<'_>) -> bool {
    let kept = ctx.case().files.iter().filter(|file| file.is_kept());
    match ctx.actor.staff_id() {
        Some(_) => kept.filter(|file| !file.is_the_persons()).count() >= OF_STAFF_MAX,
        None => kept.filter(|file| file.is_the_persons()).count() >= OF_THE_PERSON_MAX,
    }
}
