//! The name of a file, made safe to show and to save under: whoever sent it wrote it.

use crate::case::FileKind;

/// The longest name, in characters.
pub const NAME_MAX: usize = 100;

/// The longest description, in characters.
pub const DESCRIPTION_MAX: usize = 200;

/// What a file system reads as something else, or will not have in a name.
const NOT_IN_A_NAME: &str = "/\\:*?\"<>|";

/// What it is called, without a path or anything that could hide how it ends; it ends as its content says.
pub fn plain_name(given: &str, kind: Option<FileKind>) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = line(last).chars().map(|one| if NOT_IN_A_NAME.contains(one) { '_' } else { one }).collect();
    let plain = plain.trim_matches(|one: char| one == '.' || one == ' ');
    let plain = if plain.is_empty() { "file" } else { plain };
    let Some(kind) = kind else { return cut(plain, NAME_MAX) };
    let lower = plain.to_lowercase();
    let ending = kind.endings().iter().find(|ending| lower.ends_with(**ending));
    let (stem, ending) = match ending {
        Some(ending) => (plain.get(..plain.len() - ending.len()).unwrap_or(plain), *ending),
        None => (plain, kind.endings().first().copied().unwrap_or_default()),
    };
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{}{ending}", cut(stem, NAME_MAX - ending.len()))
}

/// A description: one line, and not too long.
pub(super) fn plain_line(given: &str) -> String {
    cut(&line(given), DESCRIPTION_MAX)
}

/// One line of what can be seen: no control characters, and none that turn the direction of what follows.
fn line(text: &str) -> String {
    let seen: String = text.chars().filter(|one| !is_unseen(*one)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_unseen(one: char) -> bool {
    let turns = matches!(one, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    turns || (one.is_control() && !one.is_whitespace())
}

fn cut(text: &str, max: usize) -> String {
    text.chars().take(max).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_path_and_ends_as_its_content_says() {
        let pdf = Some(FileKind::Pdf);
        for (given, name) in [
            ("photo of the bin.PDF", "photo of the bin.pdf"),
            ("C:\\Users\\Nadia\\letter.pdf", "letter.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("bill\u{202E}fdp.exe", "billfdp.exe.pdf"),
            ("a\r\nb\0.pdf", "a b.pdf"),
            ("<b>\"x\"|y.pdf", "_b__x__y.pdf"),
            ("...", "file.pdf"),
            (".pdf", "pdf.pdf"),
            ("", "file.pdf"),
        ] {
            assert_eq!(plain_name(given, pdf), name, "{given:?}");
        }
        let long = plain_name(&"é".repeat(300), pdf);
        assert_eq!((long.chars().count(), long.ends_with(".pdf")), (NAME_MAX, true));
        assert_eq!(plain_name("setup.exe", None), "setup.exe");
    }
}
