//! What a case is found by: whatever is written, it is found by its own words, and never by more than is bounded.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::collections::BTreeMap;

use chrono::{TimeZone as _, Utc};
use proptest::prelude::*;

use redress_domain::case::{Address, Case, Contact, OnBehalfOf};
use redress_domain::decide::Dossier;
use redress_domain::search::{Class, TOKENS_MAX, WORDS_MAX, seek, tokens};

/// A case about `about`, as far as finding it goes.
fn dossier(about: &str, contact: Contact) -> Dossier {
    let at = Utc.with_ymd_and_hms(2026, 3, 20, 10, 0, 0).unwrap();
    let case: Case = serde_json::from_value(serde_json::json!({
        "council": "westminster", "reference": "SSC-0000-0000", "version": 1, "kind": "complaint", "status": "new",
        "channel": "web", "received_at": at, "received_on": "2026-03-20", "logged_at": at, "policy": 1,
        "team": "waste", "reply_by": "email", "about": 1, "stages": [], "texts": 1,
    }))
    .unwrap();
    Dossier { case, texts: BTreeMap::from([(1, about.to_owned())]), contact }
}

proptest! {
    #[test]
    fn a_case_is_found_by_at_most_so_many_things(about in ".{0,2000}", name in ".{0,200}", line in ".{0,100}",
        email in ".{0,60}", phone in "[0-9 +/()a-z]{0,60}", postcode in "[A-Z0-9 ]{0,9}") {
        let contact = Contact {
            name: Some(name.clone()),
            email: Some(email),
            phone: Some(phone),
            address: Some(Address { lines: vec![line.clone(), line], postcode: Some(postcode) }),
            on_behalf_of: Some(OnBehalfOf { name, relationship: None, authority: None }),
            adjustments: None,
        };
        let found = tokens(&dossier(&about, contact));
        prop_assert!(found.len() <= TOKENS_MAX);
        prop_assert!(found.iter().filter(|token| token.class == Class::Word).count() <= WORDS_MAX);
    }

    #[test]
    fn a_short_complaint_is_found_by_each_of_its_words_and_every_form_of_a_name(
        words in prop::collection::vec("[A-Za-zÀ-ÖØ-öø-ÿ]{3,12}", 1..6), name in "[A-Z][a-zé]{2,10}", upper in any::<bool>()) {
        let contact = Contact { name: Some(format!("Mr {name}")), ..Contact::default() };
        let found = tokens(&dossier(&words.join(", "), contact));
        for word in words.iter().chain([&name]) {
            let typed = if upper { word.to_uppercase() } else { word.to_lowercase() };
            for term in seek(&typed, "SSC").terms {
                let by = term.any.iter().any(|token| found.contains(token));
                // A word of every case is somebody's name, and no more.
                prop_assert!(by || term.any.iter().all(|token| token.class == Class::Name), "{typed}: {found:?}");
            }
        }
    }

    #[test]
    fn whatever_is_typed_is_understood_within_bounds(typed in "\\PC{0,300}") {
        let sought = seek(&typed, "SSC");
        prop_assert!(sought.terms.len() <= 6);
        prop_assert!(sought.terms.iter().all(|term| !term.any.is_empty() && term.any.len() <= 3));
    }

    #[test]
    fn a_phone_number_is_found_with_any_spaces_at_home_or_from_abroad(digits in "[1-9][0-9]{9}", gap in 1usize..9) {
        let written = format!("0{} {}", &digits[..gap], &digits[gap..]);
        let found = tokens(&dossier("", Contact { phone: Some(written), ..Contact::default() }));
        for typed in [format!("+44 {digits}"), format!("0{digits}"), format!("0044{digits}")] {
            let sought = seek(&typed, "SSC");
            prop_assert_eq!(sought.terms.len(), 1);
            prop_assert!(found.contains(&sought.terms[0].any[0]), "{} {:?}", typed, found);
        }
    }
}
