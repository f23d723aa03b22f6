//! Every letter of every council, as a resident reads it. Read the snapshots as one.

mod common;

use common::{COUNCILS, day, letter, press, rules};
use redress_domain::case::{Contact, OutcomeId, ReplyBy, name_of};
use redress_domain::letter::{LetterKind, LetterOrder, Part};
use redress_letters::specimen::{BASE, order, outcome, person, representative, specimens};
use redress_letters::{Printable, Words, html, lint, plain, print, print_all};
use serde_json::json;

fn shown(words: &Words) -> String {
    assert_eq!(lint(&words.body), Vec::<String>::new());
    format!("Subject: {}\n\n{}", words.subject, plain(&words.body))
}

/// The others read the same at both stages.
fn speaks_of_its_stage(kind: LetterKind) -> bool {
    !matches!(
        kind,
        LetterKind::RemedyDone
            | LetterKind::CannotDeliver
            | LetterKind::Correction
            | LetterKind::Withdrawn
            | LetterKind::Closed
            | LetterKind::Restriction
            | LetterKind::RestrictionReview
    )
}

#[test]
fn every_letter_of_every_council_at_every_stage() {
    let press = press();
    for council in COUNCILS {
        let all = specimens(&press, &rules(council)).unwrap();
        assert!(LetterKind::ALL.iter().all(|kind| all.iter().any(|specimen| specimen.kind == *kind)), "{council}");
        for specimen in all.iter().filter(|specimen| specimen.stage == 1 || speaks_of_its_stage(specimen.kind)) {
            insta::assert_snapshot!(format!("{council}__{}", specimen.name()), shown(&specimen.words));
        }
    }
}

#[test]
fn letters_as_html() {
    let press = press();
    for council in ["westminster", "south-staffordshire"] {
        let rules = rules(council);
        let words = letter(&press, &rules, &order(&rules, LetterKind::Response, 1), &representative());
        insta::assert_snapshot!(format!("{council}__response-html"), html(&words.body, &rules.policy.council, BASE));
    }
    let rules = rules("together-for-children");
    let words = letter(&press, &rules, &order(&rules, LetterKind::Acknowledgement, 1), &person());
    insta::assert_snapshot!(
        "together-for-children__acknowledgement-html",
        html(&words.body, &rules.policy.council, BASE)
    );
}

#[test]
fn a_letter_on_paper() {
    let rules = rules("south-staffordshire");
    let words = letter(&press(), &rules, &order(&rules, LetterKind::Receipt, 1), &representative());
    let to = "Ben Lewis\n2 High Street\n\nAnytown\nZZ1 1ZZ";
    let letter =
        Printable { council: &rules.policy.council, to: Some(to), subject: &words.subject, words: &words.body };
    insta::assert_snapshot!(print(&letter));
    let both = print_all(&[letter, Printable { to: None, ..letter }]);
    assert_eq!(both.matches("<article>").count(), 2);
    assert_eq!(both.matches("<!doctype html>").count(), 1);
}

#[test]
fn the_same_letter_by_post_is_word_for_word_the_one_by_mail() {
    let press = press();
    let rules = rules("westminster");
    let by_mail = order(&rules, LetterKind::Acknowledgement, 1);
    let by_post = LetterOrder { by: ReplyBy::Post, ..by_mail.clone() };
    let [mail, post] = [by_mail, by_post].map(|order| letter(&press, &rules, &order, &person()));
    assert_eq!(mail, post);
    assert!(!post.body.contains("High Street"));
}

#[test]
fn a_letter_for_somebody_else() {
    let rules = rules("south-staffordshire");
    let order = order(&rules, LetterKind::Receipt, 1);
    insta::assert_snapshot!(shown(&letter(&press(), &rules, &order, &representative())));
}

#[test]
fn a_letter_to_nobody_we_know() {
    let rules = rules("north-west-leicestershire");
    let mut order = order(&rules, LetterKind::Acknowledgement, 1);
    order.parts.remove(&Part::Points);
    insta::assert_snapshot!(shown(&letter(&press(), &rules, &order, &Contact::default())));
}

#[test]
fn a_tenant_is_shown_the_housing_ombudsman() {
    let rules = rules("westminster");
    let order = order(&rules, LetterKind::Final, 2).value(Part::Ombudsman, json!([rules.ombudsman_for(true)]));
    let words = letter(&press(), &rules, &order, &person());
    assert!(words.body.contains("Preston") && !words.body.contains("Local Government"));
    insta::assert_snapshot!(shown(&words));
}

#[test]
fn a_tenant_with_a_complaint_of_two_sorts_is_told_which_ombudsman_is_for_which() {
    let rules = rules("north-west-leicestershire");
    let both = [rules.ombudsman_for(false), rules.ombudsman_for(true)];
    let mut order = order(&rules, LetterKind::Acknowledgement, 1).value(Part::Ombudsman, json!(both));
    order.parts.get_mut(&Part::Points).unwrap()[1]["tenant"] = json!(true);
    let words = letter(&press(), &rules, &order, &person());
    let said = "For what you say about us as your landlord, go to the Housing Ombudsman Service. \
                For everything else, go to the Local Government and Social Care Ombudsman.";
    assert!(words.body.contains(said), "{}", words.body);
    insta::assert_snapshot!(shown(&words));
}

#[test]
fn another_organisation_is_named_with_its_privacy_notice() {
    let rules = rules("lichfield-traded-services");
    let notice = json!({"name": "Lichfield District Council", "notice": "www.lichfielddc.gov.uk/privacy"});
    for kind in [LetterKind::Receipt, LetterKind::Acknowledgement] {
        let order = order(&rules, kind, 2).value(Part::Privacy, notice.clone());
        let words = letter(&press(), &rules, &order, &person());
        assert_eq!(words.body.matches("privacy notice").count(), 1, "{}", words.body);
        insta::assert_snapshot!(format!("privacy__{}", name_of(kind)), shown(&words));
    }
}

#[test]
fn news_that_the_system_sends_is_honest() {
    let rules = rules("together-for-children");
    let mut order = order(&rules, LetterKind::Update, 2);
    order.parts.remove(&Part::Words);
    insta::assert_snapshot!("update__in-time", shown(&letter(&press(), &rules, &order, &person())));
    let late = order.clone().date(Part::RespondBy, day("2026-08-05"));
    insta::assert_snapshot!("update__late", shown(&letter(&press(), &rules, &late, &person())));
    let today = order.date(Part::RespondBy, day("2026-08-06"));
    insta::assert_snapshot!("update__today", shown(&letter(&press(), &rules, &today, &person())));
}

#[test]
fn an_answer_in_one_point_says_nothing_twice() {
    let rules = rules("together-for-children");
    let about = "Nobody told us about the meeting.";
    let reason = "We sent the letter to your old address.\n\nYou had told us your new one in March.";
    let upheld = outcome(&rules.policy, OutcomeId::Upheld);
    let mut order = order(&rules, LetterKind::Response, 1)
        .text(Part::Definition, Some(about))
        .text(Part::Words, Some(reason))
        .value(Part::Decision, upheld.clone())
        .value(Part::Findings, json!([{"n": 1, "point": about, "outcome": upheld, "reason": reason, "references": null}]))
        .value(Part::Remedies, json!([{"kind": "apology", "what": "We apologise for sending it to the wrong place", "by": null, "pence": null},
            {"kind": "record-amended", "what": "we have put your new address on every record", "by": null, "pence": null}]));
    order.parts.remove(&Part::Points);
    let words = letter(&press(), &rules, &order, &person());
    assert_eq!(words.body.matches("old address").count(), 1);
    assert_eq!(words.body.matches(about).count(), 1);
    insta::assert_snapshot!(shown(&words));
}

#[test]
fn a_review_that_is_not_opened() {
    let rules = rules("westminster");
    let not = outcome(&rules.policy, OutcomeId::NotInvestigated);
    let mut order = order(&rules, LetterKind::Final, 2).value(Part::Decision, not.clone()).value(
        Part::Findings,
        json!([{"n": 1, "point": "Bins not emptied", "outcome": not,
            "reason": "Our first investigation looked at everything you told us.", "references": null}]),
    );
    order.parts.remove(&Part::Remedies);
    order.parts.remove(&Part::Points);
    insta::assert_snapshot!(shown(&letter(&press(), &rules, &order, &person())));
}

#[test]
fn a_review_that_was_asked_for_too_late_is_no_complaint_out_of_scope() {
    let rules = rules("north-west-leicestershire");
    let mut order = LetterOrder { stage: 2, ..order(&rules, LetterKind::NotAccepted, 1) }
        .text(Part::Reason, Some("You asked for a review after the last day to ask."))
        .text(Part::Evidence, Some("Two years have passed, and nobody who dealt with it works here any more."));
    order.parts.remove(&Part::Instead);
    insta::assert_snapshot!(shown(&letter(&press(), &rules, &order, &person())));
}

#[test]
fn a_date_that_was_missed_before_it_was_put_off() {
    let rules = rules("westminster");
    let order = order(&rules, LetterKind::Extension, 1).date(Part::OldDate, day("2026-06-03"));
    let words = letter(&press(), &rules, &order, &person());
    assert!(words.body.contains("we did not keep that date"));
}

#[test]
fn a_comment_a_compliment_and_a_members_enquiry_are_told_apart() {
    let rules = rules("south-staffordshire");
    for kind in ["Comment", "Compliment", "Enquiry from an MP or councillor"] {
        let mut order = order(&rules, LetterKind::PassedOn, 1).text(Part::Kind, Some(kind));
        if kind != "Comment" {
            order.parts.remove(&Part::Offered);
        }
        let words = letter(&press(), &rules, &order, &person());
        assert_eq!(words.body.contains("make it a complaint"), kind == "Comment");
        insta::assert_snapshot!(format!("passed-on__{}", &kind[..7]), shown(&words));
    }
}

#[test]
fn a_limit_on_contact_is_kept_changed_or_ended() {
    let rules = rules("north-west-leicestershire");
    for id in ["changed", "ended"] {
        let mut order = order(&rules, LetterKind::RestrictionReview, 1)
            .value(Part::Decision, json!({"id": id, "label": id}))
            .text(Part::Reason, Some("Since June you have kept to what we agreed."));
        if id == "ended" {
            order.parts.remove(&Part::Until);
            order.parts.remove(&Part::ReviewOn);
        }
        insta::assert_snapshot!(
            format!("restriction-review__{id}"),
            shown(&letter(&press(), &rules, &order, &person()))
        );
    }
}

#[test]
fn a_limit_without_an_end_says_that_it_has_none() {
    let rules = rules("westminster");
    let mut order = order(&rules, LetterKind::Restriction, 1);
    order.parts.remove(&Part::Until);
    let words = letter(&press(), &rules, &order, &person());
    assert!(words.body.contains("have not set a day on which it ends"), "{}", words.body);
}

#[test]
fn a_question_promises_no_date_that_has_passed() {
    let rules = rules("westminster");
    let order = order(&rules, LetterKind::Clarification, 1).date(Part::RespondBy, day("2026-06-02"));
    let words = letter(&press(), &rules, &order, &person());
    assert!(words.body.contains("That date has passed") && !words.body.contains("still expect"), "{}", words.body);
}
