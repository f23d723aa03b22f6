//! What is wrong with a template is told before a letter needs it, with its file and line.

mod common;

use common::{press, templates};
use redress_letters::{LetterError, Press, specimen};

fn with(file: &str, text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = templates().into_iter().filter(|(name, _)| name != file).collect();
    all.push((file.to_owned(), text.to_owned()));
    all
}

#[test]
fn the_templates_of_all_councils_pass_the_proof() {
    assert_eq!(press().proof(), []);
}

#[test]
fn a_kind_without_a_template_is_named() {
    let all = templates().into_iter().filter(|(name, _)| name != "letters/holding.txt");
    let error = Press::new(all).unwrap_err();
    assert_eq!(error, LetterError::Missing { file: "letters/holding.txt".to_owned() });
}

#[test]
fn a_template_that_does_not_compile_is_named_with_its_line() {
    let error = Press::new(with("westminster/letters/closed.txt", "Subject: x\n\n{% if %}\n")).unwrap_err();
    assert!(error.to_string().starts_with("westminster/letters/closed.txt:3: "), "{error}");
}

#[test]
fn a_name_that_is_not_there_is_found_by_the_proof() {
    let own = "{% extends \"letters/closed.txt\" %}\n{% block opening %}\nDear {{ nmae }}\n{% endblock %}\n";
    let wrong = Press::new(with("westminster/letters/closed.txt", own)).unwrap().proof();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].to_string().starts_with("westminster/letters/closed.txt:3: "), "{}", wrong[0]);
}

#[test]
fn a_personal_subject_and_a_hollow_apology_are_found_by_the_proof() {
    let own = "{% extends \"letters/closed.txt\" %}\n{% block subject %}{{ name or reference }}{% endblock %}\n\
               {% block opening %}We are sorry if this upset you.{% endblock %}\n";
    let wrong: Vec<String> = Press::new(with("westminster/letters/closed.txt", own))
        .unwrap()
        .proof()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(wrong.iter().any(|error| error.contains("personal")), "{wrong:?}");
    assert!(wrong.iter().any(|error| error.contains("sorry if")), "{wrong:?}");
}

#[test]
fn a_councils_own_words_stand_before_the_shared_ones_and_only_there() {
    let own = "Subject: Ours {{ reference }}\n\nOur own words.\n";
    let press = Press::new(with("westminster/letters/withdrawn.txt", own)).unwrap();
    for (council, ours) in [("westminster", true), ("south-staffordshire", false)] {
        let rules = common::rules(council);
        let order = specimen::order(&rules, redress_domain::letter::LetterKind::Withdrawn, 1);
        let words = common::letter(&press, &rules, &order, &specimen::person());
        assert_eq!(words.body == "Our own words.\n", ours, "{council}");
    }
}

#[test]
fn no_letter_can_name_the_way_it_goes_or_where_to() {
    for name in ["by", "address"] {
        let own =
            format!("{{% extends \"letters/closed.txt\" %}}\n{{% block opening %}}{{{{ {name} }}}}{{% endblock %}}\n");
        let wrong = Press::new(with("westminster/letters/closed.txt", &own)).unwrap().proof();
        assert_eq!(wrong.len(), 1, "{name}: {wrong:?}");
    }
}
