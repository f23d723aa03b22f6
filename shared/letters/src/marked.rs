//! The marked form: what a letter is kept as, and what mail, paper and pages are made from.
//!
//! | a line | is |
//! |---|---|
//! | `# …` | a heading |
//! | `- …` | an item of a list |
//! | `> …` | the resident's own words |
//! | `https://…`, nothing else on it | an address, a link if it is one of our own |
//! | `\…` | a line of a paragraph, whatever it begins with |
//! | anything else | a line of a paragraph; an empty line ends one |

use crate::clean;

/// Stands before every value that is put into a template as words. No value can hold
/// it, because values are cleaned of controls, so a value cannot pretend to be a mark.
pub(crate) const DATA: char = '\u{1}';

/// A block of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A list, item by item.
    List(Vec<String>),
    /// The resident's own words, line by line.
    Quote(Vec<String>),
    /// A line that is nothing but a web address.
    Url(String),
    /// A paragraph, line by line.
    Paragraph(Vec<String>),
}

/// The blocks of a letter in its marked form.
pub fn blocks(body: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut ended = true;
    for line in body.lines() {
        if line.is_empty() {
            ended = true;
            continue;
        }
        match (read(line), found.last_mut().filter(|_| !ended)) {
            (Block::List(new), Some(Block::List(items))) => items.extend(new),
            (Block::Quote(new), Some(Block::Quote(lines))) => lines.extend(new),
            (Block::Paragraph(new), Some(Block::Paragraph(lines))) => lines.extend(new),
            (block, _) => found.push(block),
        }
        ended = false;
    }
    found
}

fn read(line: &str) -> Block {
    if let Some(words) = line.strip_prefix("# ") {
        Block::Heading(words.to_owned())
    } else if let Some(item) = line.strip_prefix("- ") {
        Block::List(vec![item.to_owned()])
    } else if let Some(words) = line.strip_prefix('>') {
        Block::Quote(vec![words.strip_prefix(' ').unwrap_or(words).to_owned()])
    } else if is_url(line) {
        Block::Url(line.to_owned())
    } else {
        Block::Paragraph(vec![line.strip_prefix('\\').unwrap_or(line).to_owned()])
    }
}

fn is_url(line: &str) -> bool {
    (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace)
}

/// The resident's own words, every line of them marked as theirs.
pub(crate) fn quoted(text: &str) -> String {
    let lines = clean::trimmed_lines(text);
    let marked = lines.iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    marked.collect::<Vec<_>>().join("\n")
}

/// An officer's words: paragraphs and lists are theirs to make, headings and links are not.
pub(crate) fn officers(text: &str) -> String {
    let lines = clean::trimmed_lines(text);
    let marked = lines.into_iter().map(|line| if line.starts_with("- ") { line } else { literal(line) });
    marked.collect::<Vec<_>>().join("\n")
}

/// A line that is read as words, whatever it begins with.
fn literal(line: String) -> String {
    let marks = line.starts_with(['#', '-', '>', '\\']) || is_url(&line);
    if marks { format!("\\{line}") } else { line }
}

/// What a template made, as a body: values that begin a line made literal, empty lines single.
pub(crate) fn settle(made: &str) -> String {
    let mut body: Vec<String> = Vec::new();
    for line in made.lines() {
        let value_first = line.starts_with(DATA);
        let words = line.replace(DATA, "").trim_end().to_owned();
        let line = if value_first { literal(words) } else { words };
        if !(line.is_empty() && body.last().is_none_or(String::is_empty)) {
            body.push(line);
        }
    }
    while body.last().is_some_and(String::is_empty) {
        body.pop();
    }
    body.push(String::new());
    body.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_reads_into_its_blocks() {
        let body = "Dear Ann\n\n# Next\n\n- one\n- two\n\n> # mine\n>\n> - too\n\nhttps://a.example/x\n\n\\# no heading\nand more\n";
        let expected = [
            Block::Paragraph(vec!["Dear Ann".into()]),
            Block::Heading("Next".into()),
            Block::List(vec!["one".into(), "two".into()]),
            Block::Quote(vec!["# mine".into(), String::new(), "- too".into()]),
            Block::Url("https://a.example/x".into()),
            Block::Paragraph(vec!["# no heading".into(), "and more".into()]),
        ];
        assert_eq!(blocks(body), expected);
    }

    #[test]
    fn an_officer_can_make_a_list_but_no_heading_and_no_link() {
        let words = officers("- one\n# two\n> three\nhttps://ours.example/\n\\five");
        assert_eq!(words, "- one\n\\# two\n\\> three\n\\https://ours.example/\n\\\\five");
    }

    #[test]
    fn a_value_that_begins_a_line_is_never_a_mark() {
        assert_eq!(
            settle("\n\n\u{1}# x\n- \u{1}y\n\n\n\u{1}https://ours.example/\n\n"),
            "\\# x\n- y\n\n\\https://ours.example/\n"
        );
    }
}
