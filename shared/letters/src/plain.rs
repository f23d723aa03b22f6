//! A letter as plain text: the text part of a mail, and what is read out on the phone.

use crate::marked::{Block, blocks};

/// The longest line drawn under a heading.
const UNDERLINE_MAX: usize = 60;

/// The letter as plain text, headings underlined, the resident's words after `>`.
pub fn plain(body: &str) -> String {
    let mut text = blocks(body).iter().map(block).collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("{words}\n{}", "-".repeat(words.chars().count().min(UNDERLINE_MAX))),
        Block::List(items) => prefixed("- ", items),
        Block::Quote(lines) => prefixed("> ", lines),
        Block::Url(url) => url.clone(),
        Block::Paragraph(lines) => lines.join("\n"),
    }
}

fn prefixed(mark: &str, lines: &[String]) -> String {
    lines.iter().map(|line| format!("{mark}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
