//! Phrases that the Ombudsmen call no apology, or that nobody would say aloud.

use crate::marked::{Block, blocks};

/// What no letter should say.
pub const INADEQUATE: [&str; 20] = [
    // An apology for what somebody feels is none for what we did.
    "sorry you felt",
    "sorry you feel",
    "sorry that you felt",
    "sorry that you feel",
    "sorry if",
    "apologise if",
    "apologies if",
    "apologise that you feel",
    "apologise that you felt",
    "sorry for any",
    "apologise for any",
    "apologies for any",
    "sorry to hear that you",
    "regret that you feel",
    "any inconvenience",
    // An office talking.
    "please be advised",
    "at your earliest convenience",
    "do not hesitate",
    // No last date for the LGSCO can be counted from a letter.
    "12 months from the date of this letter",
    "12 months from this letter",
];

/// The phrases of [`INADEQUATE`] that a letter says. What the resident said is not looked at.
pub fn lint(body: &str) -> Vec<String> {
    let said: Vec<String> = blocks(body).iter().map(ours).collect();
    INADEQUATE.into_iter().filter(|phrase| said.iter().any(|text| text.contains(phrase))).map(str::to_owned).collect()
}

fn ours(block: &Block) -> String {
    let text = match block {
        Block::Heading(words) => words.clone(),
        Block::List(lines) | Block::Paragraph(lines) => lines.join(" "),
        Block::Quote(_) | Block::Url(_) => String::new(),
    };
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hollow_apology_is_found_across_lines_and_a_real_one_is_not() {
        assert_eq!(lint("We are Sorry\n  you felt ignored.\n"), ["sorry you felt"]);
        assert!(lint("We got this wrong, and we are sorry.\n").is_empty());
    }

    #[test]
    fn what_the_resident_said_is_theirs() {
        assert!(lint("> They said “sorry if you were upset”.\n").is_empty());
    }
}
