//! Whatever a resident or an officer writes stays words.

mod common;

use common::{COUNCILS, letter, press, rules};
use redress_domain::case::{Address, Contact, OnBehalfOf, ReplyBy};
use redress_domain::letter::{LetterKind, LetterOrder, Part};
use redress_letters::specimen::{BASE, TRACK, order, person, stages};
use redress_letters::{Block, Printable, blocks, html, plain, print};
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
    let texts = [Part::Definition, Part::Wanted, Part::Reason, Part::Words, Part::Evidence, Part::Instead, Part::Whom];
    for part in texts {
        if order.parts.contains_key(&part) {
            order.parts.insert(part, Value::String(hostile()));
        }
    }
    for part in [Part::Findings, Part::Remedies, Part::Points] {
        let items = order.parts.get_mut(&part).and_then(Value::as_array_mut).into_iter().flatten();
        for item in items {
            for field in ["point", "reason", "references", "what", "text", "responsible"] {
                if item.get(field).is_some_and(Value::is_string) {
                    item[field] = json!(hostile());
                }
            }
            if item.get("excluded").is_some_and(Value::is_object) {
                item["excluded"]["evidence"] = json!(hostile());
                item["excluded"]["instead"] = json!(hostile());
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
        let rules = rules(council);
        for kind in LetterKind::ALL {
            let stage = stages(&rules, kind)[0];
            let order = order(&rules, kind, stage);
            let tame = letter(&press, &rules, &order, &person());
            let wild = letter(&press, &rules, &poisoned(&order), &enemy());
            assert_eq!(frame(&blocks(&wild.body)), frame(&blocks(&tame.body)), "{council} {kind:?}");
            assert_eq!(wild.subject, tame.subject);
            let page = html(&wild.body, &rules.policy.council, BASE);
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
    let rules = rules("westminster");
    let order = poisoned(&order(&rules, LetterKind::Acknowledgement, 1));
    let text = plain(&letter(&press(), &rules, &order, &person()).body);
    for words in &MARKS[..8] {
        assert!(text.contains(&format!("> {words}\n")), "{words}");
    }
}

#[test]
fn long_words_nul_and_other_scripts() {
    let rules = rules("westminster");
    let press = press();
    let long = "ا".repeat(50_000);
    let order = order(&rules, LetterKind::Acknowledgement, 1)
        .text(Part::Definition, Some(&long))
        .text(Part::Wanted, Some("a\0b \u{202e}gnp.exe שלום"));
    let words = letter(&press, &rules, &order, &person());
    assert!(words.body.contains(&long));
    assert!(words.body.contains("> ab gnp.exe שלום\n"));
    assert!(html(&words.body, &rules.policy.council, BASE).contains("<p dir=\"auto\">ab gnp.exe שלום</p>"));
}

#[test]
fn no_subject_holds_a_name() {
    let press = press();
    for council in COUNCILS {
        let rules = rules(council);
        for kind in LetterKind::ALL {
            let stage = stages(&rules, kind)[0];
            let subject = letter(&press, &rules, &order(&rules, kind, stage), &person()).subject;
            assert!(
                !subject.contains("Ann") && !subject.contains("Okafor") && !subject.contains("letter of"),
                "{subject}"
            );
            assert!(subject.contains(&rules.policy.policy.reference_prefix), "{subject}");
        }
    }
}

#[test]
fn on_paper_there_is_no_tag_no_link_and_nothing_to_fetch() {
    let rules = rules("westminster");
    let words = letter(&press(), &rules, &poisoned(&order(&rules, LetterKind::Acknowledgement, 1)), &enemy());
    let to = hostile();
    let page =
        print(&Printable { council: &rules.policy.council, to: Some(&to), subject: &hostile(), words: &words.body });
    for tag in ["<script", "<a ", "<img", "<link", "src=", "url(", "@import"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert_eq!(page.matches("<article>").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(1)"));
}
