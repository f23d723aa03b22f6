//! A letter as HTML, of one family with the residents' pages: the same type and spacing, the council's name above a
//! band in its colour. One column, the system's fonts, nothing fetched from anywhere.

use redress_domain::policy::Council;

use crate::marked::{Block, blocks};

/// Looks right where styles are dropped, in the dark, on paper and at any zoom.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:0;padding:0;background:#fff;color:#0b0c0c;\
font:1.1875rem/1.3158 system-ui,-apple-system,'Segoe UI',roboto,'Noto Sans',arial,sans-serif}\
main,header>h1{max-width:35em;margin:0 auto;padding:0 15px}\
header{padding:15px 0;border-bottom:6px solid #1d70b8}\
h1{font-size:1.5rem;line-height:1.25}\
main>p:first-child{margin-top:30px}\
h2{font-size:1.5rem;line-height:1.25;margin:30px 0 15px}\
p,ul,blockquote{margin:0 0 20px}\
li{margin-bottom:5px}\
a{color:#1a65a6}\
p,li,a{overflow-wrap:anywhere}\
blockquote{padding:0 0 0 20px;border-inline-start:4px solid #b1b4b6}\
blockquote p{margin:0;min-height:1em}\
@media (prefers-color-scheme:dark){body{background:#121212;color:#f3f2f1}a{color:#8ec5ff}}\
@media print{body{font-size:12pt;background:#fff;color:#000}h2{break-after:avoid}a{color:#000}}";

/// The letter as a whole HTML mail. Only a line that is an address of our own, under
/// `base_url`, becomes a link.
pub fn html(body: &str, council: &Council, base_url: &str) -> String {
    let name = escaped(&council.name);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<header style=\"border-bottom-color:{}\"><h1>{name}</h1></header>\n<main>\n{}</main>\n</body>\n</html>\n",
        colour(&council.colour),
        fragment(body, base_url),
    )
}

/// The letter as HTML without a page around it, for a page that has its own.
pub fn fragment(body: &str, base_url: &str) -> String {
    blocks(body).iter().map(|found| format!("{}\n", block(found, base_url))).collect()
}

fn block(block: &Block, base_url: &str) -> String {
    match block {
        Block::Heading(words) => format!("<h2>{}</h2>", escaped(words)),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
            format!("<ul>\n{items}</ul>")
        }
        // A paragraph a line, so that each finds its own direction.
        Block::Quote(lines) => {
            let lines: String = lines.iter().map(|line| format!("<p dir=\"auto\">{}</p>\n", escaped(line))).collect();
            format!("<blockquote>\n{lines}</blockquote>")
        }
        Block::Url(url) if is_ours(url, base_url) => {
            format!("<p><a href=\"{0}\">{0}</a></p>", escaped(url))
        }
        Block::Url(url) => format!("<p>{}</p>", escaped(url)),
        Block::Paragraph(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            format!("<p>{}</p>", lines.join("<br>\n"))
        }
    }
}

/// Under the service's address, and not merely beginning like it.
pub(crate) fn is_ours(url: &str, base_url: &str) -> bool {
    let base = base_url.trim_end_matches('/');
    !base.is_empty() && url.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The council's colour, if it is one: it stands in a style, where nothing else may.
fn colour(text: &str) -> &str {
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()) { text } else { "#1d1d1d" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_our_own_is_a_link() {
        let ours = "https://redress.example";
        assert!(fragment("https://redress.example/track/1\n", ours).contains("<a href"));
        for other in [
            "https://redress.example.evil.com/",
            "https://redress.example@evil.com/",
            "http://redress.example/",
            "see https://redress.example/track/1",
            "> https://redress.example/track/1",
            "\\https://redress.example/track/1",
        ] {
            assert!(!fragment(other, ours).contains("<a"), "{other}");
        }
    }

    #[test]
    fn a_colour_is_a_colour_or_our_own() {
        assert_eq!(colour("#00534a"), "#00534a");
        assert_eq!(colour("red;background:url(//evil)"), "#1d1d1d");
    }
}
