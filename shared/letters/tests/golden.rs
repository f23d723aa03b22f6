//! Every letter of every council, as a resident reads it. Read the snapshots as one.

mod common;

use common::{BASE, COUNCILS, KINDS, ann, ben, day, letter, ombudsman, order, outcome, policy, press};
use redress_domain::case::{Contact, OutcomeId, ReplyBy, name_of};
use redress_domain::letter::{LetterKind, LetterOrder, Part};
use redress_letters::{Words, html, lint, plain};
use serde_json::json;

fn shown(words: &Words) -> String {
    assert_eq!(lint(&words.body), Vec::<String>::new());
    format!("Subject: {}\n\n{}", words.subject, plain(&words.body))
}

/// At which stage a kind of letter is looked at.
fn stage(kind: LetterKind) -> u8 {
    if kind == LetterKind::Final { 2 } else { 1 }
}

#[test]
fn every_kind_of_letter_of_every_council() {
    let press = press();
    for council in COUNCILS {
        let policy = policy(council);
        for kind in KINDS {
            let words = letter(&press, &policy, &order(&policy, kind, stage(kind)), &ann());
            insta::assert_snapshot!(format!("{council}__{}", name_of(kind)), shown(&words));
        }
    }
}

#[test]
fn the_letters_of_stage_2() {
    let press = press();
    for council in COUNCILS {
        let policy = policy(council);
        for kind in [LetterKind::Receipt, LetterKind::Acknowledgement] {
            let words = letter(&press, &policy, &order(&policy, kind, 2), &ann());
            insta::assert_snapshot!(format!("{council}__stage-2-{}", name_of(kind)), shown(&words));
        }
    }
}

#[test]
fn letters_as_html() {
    let press = press();
    for council in ["westminster", "south-staffordshire"] {
        let policy = policy(council);
        let words = letter(&press, &policy, &order(&policy, LetterKind::Response, 1), &ben());
        insta::assert_snapshot!(format!("{council}__response-html"), html(&words.body, &policy.council, BASE));
    }
}

#[test]
fn a_letter_on_paper_for_somebody_else() {
    let policy = policy("south-staffordshire");
    let order = LetterOrder { by: ReplyBy::Post, ..order(&policy, LetterKind::Receipt, 1) };
    insta::assert_snapshot!(shown(&letter(&press(), &policy, &order, &ben())));
}

#[test]
fn a_letter_to_nobody_we_know() {
    let policy = policy("north-west-leicestershire");
    let order = order(&policy, LetterKind::Acknowledgement, 1);
    insta::assert_snapshot!(shown(&letter(&press(), &policy, &order, &Contact::default())));
}

#[test]
fn a_tenant_is_shown_the_housing_ombudsman() {
    let policy = policy("westminster");
    let order = order(&policy, LetterKind::Final, 2).value(Part::Ombudsman, json!(ombudsman("housing")));
    let words = letter(&press(), &policy, &order, &ann());
    assert!(words.body.contains("Preston") && !words.body.contains("Local Government"));
    insta::assert_snapshot!(shown(&words));
}

#[test]
fn news_that_the_system_sends_is_honest() {
    let policy = policy("together-for-children");
    let mut order = order(&policy, LetterKind::Update, 2);
    order.parts.remove(&Part::Words);
    insta::assert_snapshot!("update__in-time", shown(&letter(&press(), &policy, &order, &ann())));
    let late = order.clone().date(Part::RespondBy, day("2026-06-02"));
    insta::assert_snapshot!("update__late", shown(&letter(&press(), &policy, &late, &ann())));
    let today = order.date(Part::RespondBy, day("2026-06-05"));
    insta::assert_snapshot!("update__today", shown(&letter(&press(), &policy, &today, &ann())));
}

#[test]
fn an_answer_in_one_point_says_nothing_twice() {
    let policy = policy("together-for-children");
    let about = "Nobody told us about the meeting.";
    let reason = "We sent the letter to your old address.\n\nYou had told us your new one in March.";
    let order = order(&policy, LetterKind::Response, 1)
        .text(Part::Definition, Some(about))
        .text(Part::Words, Some(reason))
        .value(Part::Decision, outcome(&policy, OutcomeId::Upheld))
        .value(Part::Findings, json!([{"n": 1, "point": about, "outcome": outcome(&policy, OutcomeId::Upheld), "reason": reason, "references": null}]))
        .value(Part::Remedies, json!([{"kind": "apology", "what": "We apologise for sending it to the wrong place", "by": null, "pence": null},
            {"kind": "record-amended", "what": "we have put your new address on every record", "by": null, "pence": null}]));
    let words = letter(&press(), &policy, &order, &ann());
    assert_eq!(words.body.matches("old address").count(), 1);
    assert_eq!(words.body.matches(about).count(), 1);
    insta::assert_snapshot!(shown(&words));
}

#[test]
fn a_review_that_is_not_opened() {
    let policy = policy("westminster");
    let order =
        order(&policy, LetterKind::Final, 2).value(Part::Decision, outcome(&policy, OutcomeId::NotInvestigated)).value(
            Part::Findings,
            json!([{"n": 1, "point": "Bins not emptied", "outcome": outcome(&policy, OutcomeId::NotInvestigated),
            "reason": "Our first investigation looked at everything you told us.", "references": null}]),
        );
    let mut order = order;
    order.parts.remove(&Part::Remedies);
    insta::assert_snapshot!(shown(&letter(&press(), &policy, &order, &ann())));
}

#[test]
fn a_date_that_was_missed_before_it_was_put_off() {
    let policy = policy("westminster");
    let order = order(&policy, LetterKind::Extension, 1).date(Part::OldDate, day("2026-06-03"));
    let words = letter(&press(), &policy, &order, &ann());
    assert!(words.body.contains("we did not keep that date"));
}

#[test]
fn a_comment_and_a_members_enquiry_are_told_apart() {
    let policy = policy("south-staffordshire");
    for kind in ["Comment", "Enquiry from an MP or councillor"] {
        let order = order(&policy, LetterKind::PassedOn, 1).text(Part::Kind, Some(kind));
        let words = letter(&press(), &policy, &order, &ann());
        insta::assert_snapshot!(format!("passed-on__{}", &kind[..7]), shown(&words));
    }
}
