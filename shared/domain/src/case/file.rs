//! A file of a case: what is known of it for good. Its name and its content are items of their own, and are destroyed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::TextRef;

/// A file that came for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// From 1.
    pub n: u32,
    /// Where it is kept: drawn by chance, and says nothing.
    pub id: String,
    /// What it is, by its content; absent for one that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FileKind>,
    /// How large.
    pub bytes: u64,
    /// What it is called.
    pub name: TextRef,
    /// What it shows, in the words of the member of staff who added it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<TextRef>,
    /// The member of staff who added it: opaque; absent for the person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When it came, in London.
    pub on: NaiveDate,
    /// Why it was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<FileRefusal>,
}

impl CaseFile {
    /// Whether it is there to be read.
    pub fn is_kept(&self) -> bool {
        self.refused.is_none()
    }

    /// Whether the person sent it themselves.
    pub fn is_the_persons(&self) -> bool {
        self.by.is_none()
    }
}

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FileKind {
    Pdf,
    Jpeg,
    Png,
    Heic,
    Docx,
    Doc,
    Eml,
}

/// Why a file was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileRefusal {
    /// Nothing is in it.
    Empty,
    /// It is larger than we take.
    TooLarge,
    /// Its content is of no kind that we take, whatever it is called.
    Kind,
    /// There are as many as we take.
    TooMany,
    /// The scan found something harmful.
    Harmful,
    /// The scan could not look into it.
    NotScanned,
}
