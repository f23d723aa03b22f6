//! The table of paragraphs, for a terminal.

use redress_domain::code::{Judgement, Paragraph, Said, Severity, Verdict};

/// How wide each column is: paragraph, verdict, what the Code asks, what the policy says.
const WIDTHS: [usize; 4] = [23, 10, 38, 58];

/// Every paragraph that can be checked, one below the other.
pub(super) fn table(judgements: &[Judgement]) -> String {
    let heads = ["paragraph", "verdict", "the Code asks", "the policy says"].map(str::to_owned);
    let rule = WIDTHS.map(|width| "─".repeat(width));
    let mut rows = vec![row(&heads), row(&rule)];
    rows.extend(judgements.iter().filter_map(cells).map(|cells| row(&cells)));
    rows.concat()
}

/// What each column says; nothing for what no machine can check.
fn cells(judgement: &Judgement) -> Option<[String; 4]> {
    let (verdict, how) = match &judgement.verdict {
        Verdict::Met => ("met", None),
        Verdict::NotStated => ("not stated", None),
        Verdict::Weaker { how } => ("WEAKER", Some(how)),
        Verdict::NotForMachines { .. } => return None,
    };
    let numbers: Vec<String> = judgement.paragraphs.iter().map(number).collect();
    let said = sayings(&judgement.says);
    let says = match how {
        Some(how) => format!("{said} — {how}"),
        None => said,
    };
    Some([numbers.join("\n"), verdict.to_owned(), judgement.asks.clone(), says])
}

fn number(paragraph: &Paragraph) -> String {
    let force = match paragraph.severity {
        Severity::Should => "should",
        Severity::Must => "must",
    };
    format!("{} {} {force}", paragraph.short, paragraph.paragraph)
}

/// What the policy says, each heading after all that stands under it.
fn sayings(says: &[Said]) -> String {
    let under: Vec<String> = says
        .chunk_by(|one, next| one.cites == next.cites)
        .map(|chunk| {
            let what: Vec<&str> = chunk.iter().map(|said| said.what.as_str()).collect();
            let cites = chunk.first().map_or("", |said| said.cites.as_str());
            format!("{} [{cites}]", what.join("; "))
        })
        .collect();
    under.join("; ")
}

fn row(cells: &[String; 4]) -> String {
    let columns: Vec<Vec<String>> = cells.iter().zip(WIDTHS).map(|(cell, width)| wrap(cell, width)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for n in 0..height {
        let parts: Vec<String> = columns
            .iter()
            .zip(WIDTHS)
            .map(|(lines, width)| format!("{:width$}", lines.get(n).map_or("", String::as_str)))
            .collect();
        text.push_str(parts.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Lines of at most this width, broken between words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.split_whitespace() {
            if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_lines_stay() {
        assert_eq!(wrap("ten working days\nor more", 11), ["ten working", "days", "or more"]);
        assert_eq!(wrap("unbreakable", 4), ["unbreakable"]);
    }
}
