//! A letter on a page of ours: the page's own classes, since nothing on it may have a style of its own.

use crate::html::{escaped, is_ours};
use crate::marked::{Block, blocks};

/// The letter as HTML under a heading of the second level.
pub fn page(body: &str, base_url: &str) -> String {
    blocks(body).iter().map(|found| format!("{}\n", block(found, base_url))).collect()
}

fn block(block: &Block, base_url: &str) -> String {
    match block {
        Block::Heading(words) => format!("<h3 class=\"govuk-heading-s\">{}</h3>", escaped(words)),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
            format!("<ul class=\"govuk-list govuk-list--bullet\">\n{items}</ul>")
        }
        Block::Quote(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            format!("<blockquote class=\"govuk-inset-text\" dir=\"auto\">{}</blockquote>", lines.join("<br>\n"))
        }
        Block::Url(url) if is_ours(url, base_url) => {
            format!("<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{0}\">{0}</a></p>", escaped(url))
        }
        Block::Url(url) => format!("<p class=\"govuk-body\">{}</p>", escaped(url)),
        Block::Paragraph(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            format!("<p class=\"govuk-body\">{}</p>", lines.join("<br>\n"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_no_style_is_carried_along() {
        let made =
            page("# Next <b>\n\n> <script>\n> two\n\n- one & two\n\nhttps://evil.example/\n", "https://ours.example");
        assert!(made.contains("<h3 class=\"govuk-heading-s\">Next &lt;b&gt;</h3>"), "{made}");
        assert!(made.contains("&lt;script&gt;<br>\ntwo</blockquote>") && made.contains("one &amp; two"), "{made}");
        assert!(!made.contains("<a ") && !made.contains("style="), "{made}");
    }
}
