//! What is wrong with the answers, in the field's own words and the reader's language. What feedback must be,
//! the domain says; here stands only what a page asks for beside that.

use chrono::{DateTime, NaiveDate, Utc};

use redress_domain::calendar::local_date;
use redress_domain::case::{Actor, name_of};
use redress_domain::feedback::Feedback;
use redress_domain::input::Fields;
use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_web::date::Day;
use redress_web::{FIRST, Words};

use super::answers::{Answers, DATES};
use super::step::{Step, kinds};

/// The sentences that stand in the catalogue under `journey.errors`, the particular before the general.
const SENTENCES: [&str; 18] = [
    "kind",
    "whose",
    "about",
    "no_month",
    "no_year",
    "full_year",
    "no_date",
    "future",
    "anonymous",
    "name",
    "reach",
    "email",
    "by_email",
    "by_post",
    "by_phone",
    "other_name",
    "too_much",
    "too_long",
];

/// Everything that is wrong, in the order of the steps.
pub(crate) fn all(rules: &Rules, answers: &Answers, path: &[Step], now: DateTime<Utc>) -> Vec<FieldError> {
    let today = local_date(now);
    let mut fields = Fields::of(answers.feedback(path, today));
    let read = Feedback::read(&mut fields, &rules.policy, &Actor::Resident, now);
    let mut errors = fields.finish(read).err().unwrap_or_default();
    // Whatever the kind is if not one of those offered, there is one thing to do about it.
    errors.retain(|error| error.field != "kind");
    if !kinds(rules).any(|kind| name_of(kind.id) == answers.get("kind")) {
        errors.push(error("kind", "kind", &[]));
    }
    if path.contains(&Step::Whose) && !["me", "other"].contains(&answers.get("whose")) {
        errors.push(error("whose", "whose", &[]));
    }
    for field in DATES.into_iter().filter(|date| path.iter().any(|step| step.asks(date))) {
        if let Err(wrong) = answers.date(field, today) {
            errors.push(error(field, wrong.place(), &[("field", &label(FIRST, field))]));
        }
    }
    errors.iter_mut().for_each(at_its_field);
    errors.sort_by_key(|error| Step::asking(&error.field));
    errors.into_iter().map(with_label).collect()
}

/// A way to be answered that lacks its address stands where that address is to be entered.
fn at_its_field(error: &mut FieldError) {
    let ways = [("by_email", "email"), ("by_post", "address.lines"), ("by_phone", "phone")];
    let named = |sentence: &str| Words::said(FIRST, &format!("journey.errors.{sentence}"), &[]) == error.message;
    let missing = ways.iter().find(|(sentence, _)| error.field == "reply_by" && named(sentence));
    if let Some((_, field)) = missing {
        error.field = (*field).to_owned();
    }
}

/// What is wrong with one page.
pub(crate) fn of(step: Step, all: Vec<FieldError>) -> Vec<FieldError> {
    all.into_iter().filter(|error| step.asks(&error.field)).collect()
}

/// That an answer is more than a draft can hold.
pub(crate) fn too_much(step: Step, answers: &Answers) -> Vec<FieldError> {
    let longest = step.fields().iter().max_by_key(|field| answers.get(field).len());
    longest.map(|field| error(field, "too_much", &[("field", &label(FIRST, field))])).into_iter().collect()
}

/// The errors as the reader's language says them.
pub(crate) fn said(language: &str, errors: Vec<FieldError>) -> Vec<FieldError> {
    errors.into_iter().map(|error| FieldError { message: translated(language, &error), field: error.field }).collect()
}

/// What a field is called.
pub(crate) fn label(language: &str, field: &str) -> String {
    Words::said(language, &format!("journey.labels.{field}"), &[])
}

fn error(field: &str, sentence: &str, names: &[(&str, &str)]) -> FieldError {
    let message = Words::said(FIRST, &format!("journey.errors.{sentence}"), names);
    FieldError { field: field.to_owned(), message }
}

/// What the domain says of a field without naming it becomes a sentence that names it.
fn with_label(error: FieldError) -> FieldError {
    let bare = ["must ", "is ", "has "].iter().any(|start| error.message.starts_with(start));
    let known = Step::asking(&error.field).is_some();
    let message =
        if bare && known { format!("{} {}", label(FIRST, &error.field), error.message) } else { error.message };
    FieldError { message, ..error }
}

/// The English sentence found in the catalogue, and said from there in another language; else as it is.
fn translated(language: &str, error: &FieldError) -> String {
    let found = SENTENCES.iter().find_map(|sentence| {
        let place = format!("journey.errors.{sentence}");
        let names = matched(&Words::said(FIRST, &place, &[]), &error.message)?;
        Some((place, names))
    });
    let Some((place, names)) = found.filter(|_| language != FIRST) else { return error.message.clone() };
    let names: Vec<(String, String)> = names
        .into_iter()
        .map(|(name, value)| {
            let value = match name.as_str() {
                "field" => label(language, &error.field),
                "today" => date_of(&value).map_or(value, |date| Day { date, exact: true }.said(language)),
                _ => value,
            };
            (name, value)
        })
        .collect();
    let names: Vec<(&str, &str)> = names.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Words::said(language, &place, &names)
}

/// What stands in a sentence where its pattern has `{names}`; nothing when it is another sentence.
fn matched(pattern: &str, text: &str) -> Option<Vec<(String, String)>> {
    let mut names = Vec::new();
    let (mut pattern, mut text) = (pattern, text);
    while let Some((before, rest)) = pattern.split_once('{') {
        let (name, rest) = rest.split_once('}')?;
        text = text.strip_prefix(before)?;
        let next = rest.split('{').next().unwrap_or_default();
        let end = if next.is_empty() { text.len() } else { text.find(next)? };
        let (value, after) = text.split_at(end);
        names.push((name.to_owned(), value.to_owned()));
        (pattern, text) = (rest, after);
    }
    (pattern == text).then_some(names)
}

fn date_of(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%d %B %Y").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_welsh(field: &str, message: &str) -> String {
        let error = FieldError { field: field.to_owned(), message: message.to_owned() };
        translated("cy", &error)
    }

    #[test]
    fn a_sentence_of_the_domain_is_found_in_the_catalogue_with_what_it_names() {
        let said = in_welsh("happened_on", "The day it happened must be today or in the past; today is 20 March 2026");
        assert!(said.contains("20 Mawrth 2026") && !said.contains("today"), "{said}");
        let said = in_welsh("about", "What happened must be 50000 characters or less; it has 50001");
        assert!(said.contains("50000") && said.contains("50001") && !said.contains("must"), "{said}");
    }

    #[test]
    fn every_sentence_of_the_catalogue_is_found_as_itself() {
        for sentence in SENTENCES {
            let place = format!("journey.errors.{sentence}");
            let english = Words::said(
                FIRST,
                &place,
                &[("field", "What happened"), ("today", "5 June 2026"), ("name", "A"), ("max", "1"), ("n", "2")],
            );
            assert_ne!(in_welsh("about", &english), english, "{sentence}");
        }
    }

    #[test]
    fn a_sentence_that_nobody_translated_stays_as_it_is() {
        assert_eq!(in_welsh("service", "“x” is not a service"), "“x” is not a service");
    }
}
