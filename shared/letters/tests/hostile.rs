//! Whatever a resident or an officer writes stays words.

mod common;

use common::{BASE, COUNCILS, KINDS, TRACK, letter, order, policy, press};
use redress_domain::case::{Address, Contact, OnBehalfOf, ReplyBy};
use redress_domain::letter::{LetterKind, LetterOrder, Part};
use redress_letters::{Block, blocks, html, plain};
use serde_json::{Value, json};

const MARKS: [&str; 9] = [
    "<script>alert(1)</script>",
    "# Ombudsman",
    "- item",
    "> quote",
    "\\# heading",
    "https://redress.example/track/evil",
    "{{ council.name }}{% if x %}",
    "Subject: you owe us",
    "\u{1}# sentinel",
];

/// Every hostile line, after every kind of line break.
fn hostile() -> String {
    MARKS.join("\n") + "\r\n" + &MARKS.join("\r") + "\u{2028}" + &MARKS.join("\u{2028}") + "\u{85}# next"
}

fn enemy() -> Contact {
    let words = || Some(hostile());
    Contact {
        name: words(),
        email: words(),
        phone: words(),
        address: Some(Address { lines: vec![hostile(), "# two".to_owned()], postcode: Some("- SW1".to_owned()) }),
        on_behalf_of: Some(OnBehalfOf { name: hostile(), relationship: None, authority: None }),
        adjustments: words(),
    }
}

/// The same letter with every text that somebody wrote made hostile.
fn poisoned(order: &LetterOrder) -> LetterOrder {
    let mut order = LetterOrder { by: ReplyBy::Post, ..order.clone() };
    for part in [Part::Definition, Part::Wanted, Part::Reason, Part::Words] {
        if order.parts.contains_key(&part) {
            order.parts.insert(part, Value::String(hostile()));
        }
    }
    for part in [Part::Findings, Part::Remedies] {
        let items = order.parts.get_mut(&part).and_then(Value::as_array_mut).into_iter().flatten();
        for item in items {
            for field in ["point", "reason", "references", "what"] {
                if item.get(field).is_some() {
                    item[field] = json!(hostile());
                }
            }
        }
    }
    order
}

fn frame(found: &[Block]) -> Vec<String> {
    let kept = found.iter().filter_map(|block| match block {
        Block::Heading(words) => Some(format!("# {words}")),
        Block::Url(url) => Some(url.clone()),
        _ => None,
    });
    kept.collect()
}

#[test]
fn no_words_make_a_heading_a_link_or_a_tag_in_any_letter() {
    let press = press();
    for council in COUNCILS {
        let policy = policy(council);
        for kind in KINDS {
            let stage = if kind == LetterKind::Final { 2 } else { 1 };
            let order = order(&policy, kind, stage);
            let tame = letter(&press, &policy, &order, &common::ann());
            let wild = letter(&press, &policy, &poisoned(&order), &enemy());
            assert_eq!(frame(&blocks(&wild.body)), frame(&blocks(&tame.body)), "{council} {kind:?}");
            assert_eq!(wild.subject, tame.subject);
            let page = html(&wild.body, &policy.council, BASE);
            assert!(!page.contains("<script") && page.contains("&lt;script"), "{council} {kind:?}");
            assert_eq!(page.matches("<a ").count(), 1, "{council} {kind:?}");
            assert!(page.contains(&format!("href=\"{TRACK}\"")));
            for text in [&wild.body, &plain(&wild.body), &page] {
                assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
            }
        }
    }
}

#[test]
fn the_words_themselves_are_all_still_there() {
    let policy = policy("westminster");
    let order = poisoned(&order(&policy, LetterKind::Acknowledgement, 1));
    let text = plain(&letter(&press(), &policy, &order, &common::ann()).body);
    for words in &MARKS[..8] {
        assert!(text.contains(&format!("> {words}\n")), "{words}");
    }
}

#[test]
fn long_words_nul_and_other_scripts() {
    let policy = policy("westminster");
    let press = press();
    let long = "ا".repeat(50_000);
    let order = order(&policy, LetterKind::Acknowledgement, 1)
        .text(Part::Definition, Some(&long))
        .text(Part::Wanted, Some("a\0b \u{202e}gnp.exe שלום"));
    let words = letter(&press, &policy, &order, &common::ann());
    assert!(words.body.contains(&long));
    assert!(words.body.contains("> ab gnp.exe שלום\n"));
    assert!(html(&words.body, &policy.council, BASE).contains("<p dir=\"auto\">ab gnp.exe שלום</p>"));
}

#[test]
fn no_subject_holds_a_name() {
    let press = press();
    for council in COUNCILS {
        let policy = policy(council);
        for kind in KINDS {
            let stage = if kind == LetterKind::Final { 2 } else { 1 };
            let subject = letter(&press, &policy, &order(&policy, kind, stage), &common::ann()).subject;
            assert!(!subject.contains("Ann") && !subject.contains("Okafor") && !subject.contains("bin"), "{subject}");
            assert!(subject.contains(&policy.policy.reference_prefix), "{subject}");
        }
    }
}
