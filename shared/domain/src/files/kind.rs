//! What a file is, by its content: what it is called says nothing.
//!
//! A table of our own: of the crates that know hundreds of kinds, none tells a document of Word from any other archive
//! or compound file without reading as far as this does, and an `.eml` has no signature at all.

use crate::case::FileKind;

/// A mail's headers stand within this much of its beginning.
const HEADERS_MAX: usize = 64 * 1024;

/// Brands of a HEIF file that hold a picture as telephones take it.
const PICTURES: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];

/// Headers that a mail has and other texts do not; two of them make a mail.
const MAIL: [&str; 7] = ["from", "to", "date", "subject", "received", "message-id", "mime-version"];

impl FileKind {
    /// Every kind that is taken.
    pub const ALL: [FileKind; 7] =
        [FileKind::Pdf, FileKind::Jpeg, FileKind::Png, FileKind::Heic, FileKind::Docx, FileKind::Doc, FileKind::Eml];

    /// The kind of a whole file; nothing when it is of none that is taken.
    pub fn of(bytes: &[u8]) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.is(bytes))
    }

    /// How its name ends, the ending we would write first.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Pdf => &[".pdf"],
            FileKind::Jpeg => &[".jpg", ".jpeg"],
            FileKind::Png => &[".png"],
            FileKind::Heic => &[".heic", ".heif"],
            FileKind::Docx => &[".docx"],
            FileKind::Doc => &[".doc"],
            FileKind::Eml => &[".eml"],
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Heic => "image/heic",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Doc => "application/msword",
            FileKind::Eml => "message/rfc822",
        }
    }

    fn is(self, bytes: &[u8]) -> bool {
        match self {
            FileKind::Pdf => bytes.starts_with(b"%PDF-"),
            FileKind::Jpeg => bytes.starts_with(&[0xFF, 0xD8, 0xFF]),
            FileKind::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            FileKind::Heic => {
                bytes.get(4..8) == Some(b"ftyp") && PICTURES.iter().any(|brand| bytes.get(8..12) == Some(*brand))
            }
            FileKind::Docx => is_docx(bytes),
            FileKind::Doc => bytes.starts_with(&COMPOUND) && has(bytes, &wide("WordDocument")) && !has_macros(bytes),
            FileKind::Eml => is_mail(bytes),
        }
    }
}

/// How a compound file of the old office programs begins.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// An archive with a document of Word in it. The names of its parts are not compressed. One with macros is of another
/// kind, `.docm`, and is not taken under this name either.
fn is_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && has(bytes, b"[Content_Types].xml")
        && has(bytes, b"word/document.xml")
        && !has(bytes, b"vbaProject.bin")
}

/// The storage in which the old Word keeps macros.
fn has_macros(bytes: &[u8]) -> bool {
    has(bytes, &wide("_VBA_PROJECT"))
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Text that begins with the headers of a mail.
fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADERS_MAX)];
    if head.contains(&0) {
        return false;
    }
    let text = String::from_utf8_lossy(head);
    let mut known: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            break;
        }
        // A long header goes on in a line that begins with white space.
        if line.starts_with([' ', '\t']) && !known.is_empty() {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        known.extend(MAIL.iter().copied().find(|mail| name.eq_ignore_ascii_case(mail)));
    }
    known.sort_unstable();
    known.dedup();
    known.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_content() {
        let docx = b"PK\x03\x04....[Content_Types].xml....word/document.xml....".as_slice();
        let doc = [COMPOUND.as_slice(), &wide("Root Entry"), &wide("WordDocument")].concat();
        let eml =
            b"Received: from a.example\r\n by b.example\r\nFrom: a@a.example\r\nSubject: x\r\n\r\nHello".as_slice();
        for (bytes, kind) in [
            (b"%PDF-1.7 ...".as_slice(), FileKind::Pdf),
            (&[0xFF, 0xD8, 0xFF, 0xE0, 0], FileKind::Jpeg),
            (b"\x89PNG\r\n\x1a\n....", FileKind::Png),
            (b"\0\0\0\x18ftypheic....", FileKind::Heic),
            (docx, FileKind::Docx),
            (&doc, FileKind::Doc),
            (eml, FileKind::Eml),
        ] {
            assert_eq!(FileKind::of(bytes), Some(kind));
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        let macros = b"PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin".as_slice();
        let old_macros = [COMPOUND.as_slice(), &wide("WordDocument"), &wide("_VBA_PROJECT")].concat();
        for bytes in [
            b"MZ\x90\0 a program".as_slice(),
            b"PK\x03\x04 any archive",
            b"PK\x03\x04[Content_Types].xml xl/workbook.xml",
            b"<html><script>",
            b"#!/bin/sh\nFrom: x\nDate: y",
            b"Note: this\nis no mail",
            b"\0\0\0\x18ftypmp42",
            b"",
            macros,
            &old_macros,
        ] {
            assert_eq!(FileKind::of(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
