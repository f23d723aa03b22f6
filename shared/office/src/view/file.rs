//! The files of a case.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{CaseFile, FileKind, FileRefusal};
use redress_domain::decide::Dossier;

use super::people::Directory;

/// A file that came.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FileView {
    /// From 1.
    pub n: u32,
    /// What it is called.
    pub name: String,
    /// What it is, by its content; absent for one that was not kept.
    pub kind: Option<FileKind>,
    /// How large.
    pub bytes: u64,
    /// The same in words.
    pub size: String,
    /// What it shows, where a member of staff said it.
    pub about: Option<String>,
    /// The member of staff who added it, by their name; absent for what the person sent.
    pub by: Option<String>,
    /// When it came.
    pub on: NaiveDate,
    /// Why it was not kept.
    pub refused: Option<FileRefusal>,
    /// Where it is kept, for a page that waits for it.
    #[serde(skip)]
    #[schema(ignore)]
    pub id: String,
}

/// Every file of a case.
pub(super) fn files(dossier: &Dossier, names: Option<&Directory>) -> Vec<FileView> {
    dossier.case.files.iter().map(|file| view(dossier, file, names)).collect()
}

/// Those the person sent, as they see them.
pub(crate) fn own_files(dossier: &Dossier) -> Vec<FileView> {
    let own = dossier.case.files.iter().filter(|file| file.is_the_persons());
    own.map(|file| view(dossier, file, None)).collect()
}

fn view(dossier: &Dossier, file: &CaseFile, names: Option<&Directory>) -> FileView {
    FileView {
        n: file.n,
        name: dossier.text(file.name).to_owned(),
        kind: file.kind,
        bytes: file.bytes,
        size: size(file.bytes),
        about: dossier.maybe(file.about).map(str::to_owned),
        by: file.by.as_ref().and_then(|by| Some(names?.name(by))),
        on: file.on,
        refused: file.refused,
        id: file.id.clone(),
    }
}

/// Kilobytes and megabytes as people read them.
fn size(bytes: u64) -> String {
    const MEGABYTE: u64 = 1024 * 1024;
    match bytes {
        0..MEGABYTE => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / MEGABYTE, bytes % MEGABYTE * 10 / MEGABYTE),
    }
}
