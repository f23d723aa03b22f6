//! The print view: letters as they go into an envelope, for people who have no e-mail.

use redress_domain::policy::Council;

use crate::clean;
use crate::html::{escaped, fragment};

/// A letter for paper. Its words are those that were kept; only what is on the envelope stands beside them.
#[derive(Clone, Copy, Debug)]
pub struct Printable<'a> {
    /// Who writes.
    pub council: &'a Council,
    /// The name and the address, line by line, as the letter was addressed.
    pub to: Option<&'a str>,
    /// The subject.
    pub subject: &'a str,
    /// The letter in its marked form; see [`crate::blocks`].
    pub words: &'a str,
}

// A DL window is 35 by 90 mm, 20 mm from the left and 18 mm from the bottom. A sheet of A4 folded in three rests
// on the bottom of the envelope, and the window then shows what is between 46 and 81 mm from the top of the sheet.
// The address begins 6 mm below that upper edge, since a sheet can slide up, and has room for six lines.
const STYLE: &str = "\
@page{size:A4;margin:18mm 20mm}\
body{margin:0;background:#fff;color:#000;font:12pt/1.45 Arial,Helvetica,sans-serif}\
article{max-width:170mm;margin:0 auto}\
.top{display:grid;grid-template-columns:84mm 1fr;column-gap:20mm;min-height:70mm}\
.to{margin-top:34mm;padding-left:4mm;font-style:normal;font-size:11pt;line-height:1.2}\
.from{font-style:normal;font-size:9pt;line-height:1.4}\
.from strong{font-size:10.5pt}\
h1{font-size:13pt;line-height:1.3;margin:0 0 6mm}\
h2{font-size:12pt;line-height:1.3;margin:6mm 0 2mm;break-after:avoid}\
p,ul,blockquote{margin:0 0 3mm}\
p,li{overflow-wrap:anywhere;orphans:3;widows:3}\
blockquote{padding:1mm 4mm;border-inline-start:1mm solid #767676}\
blockquote p{margin:0;min-height:1em}\
@media screen{body{background:#eee}article{box-sizing:border-box;width:210mm;max-width:100%;margin:8mm auto;\
padding:18mm 20mm;background:#fff}}\
@media print{article+article{break-before:page}}";

/// One letter as a whole HTML document for paper.
pub fn print(letter: &Printable<'_>) -> String {
    document(letter.subject, &sheet(letter))
}

/// Several letters in one document, each beginning a page.
pub fn print_all(letters: &[Printable<'_>]) -> String {
    let sheets: String = letters.iter().map(sheet).collect();
    let title = if letters.len() == 1 { "1 letter".to_owned() } else { format!("{} letters", letters.len()) };
    document(&title, &sheets)
}

fn document(title: &str, sheets: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{sheets}</body>\n</html>\n",
        escaped(&clean::line(title)),
    )
}

fn sheet(letter: &Printable<'_>) -> String {
    // On paper nothing is a link, whichever address it is.
    let words = fragment(letter.words, "");
    format!(
        "<article>\n<div class=\"top\">\n<address class=\"to\" dir=\"auto\">{}</address>\n\
         <address class=\"from\">{}</address>\n</div>\n<h1>{}</h1>\n{words}</article>\n",
        lines(letter.to.unwrap_or_default()),
        sender(letter.council),
        escaped(&clean::line(letter.subject)),
    )
}

fn sender(council: &Council) -> String {
    let named = format!("<strong>{}</strong>", escaped(&council.name));
    let reached = [&council.phone, &council.email].into_iter().flatten().chain([&council.website]);
    let rest = council.address.iter().chain(reached).map(|line| escaped(line));
    [named].into_iter().chain(rest).collect::<Vec<_>>().join("<br>\n")
}

fn lines(to: &str) -> String {
    let lines = clean::lines(to).into_iter().filter(|line| !line.is_empty());
    lines.map(|line| escaped(&line)).collect::<Vec<_>>().join("<br>\n")
}
