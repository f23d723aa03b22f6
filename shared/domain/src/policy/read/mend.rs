//! Reading on after an error: it is noted, something takes the place of what is wrong, and the file is
//! read again. So a person hears of everything at once, and not of one thing at each try.

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeValue, Error};

use super::meant::{meant, nearest};
use crate::policy::Policy;

/// So many errors are told of one file at most.
const WRONG_MAX: usize = 50;

/// So often is a file read again at most.
const READINGS_MAX: usize = 400;

/// What may take the place of a value, until one is taken.
const MADE_UP: [&str; 7] = ["\"1 working day\"", "\"2024-01-01\"", "\"16:00\"", "1", "true", "[]", "{}"];

/// One thing wrong, at a byte of the text.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) message: String,
}

/// Reads as far as it goes. What was made up on the way stands in `root` past the end of the text.
pub(super) fn read_on<'t>(text: &'t str, root: &mut Spanned<DeValue<'t>>) -> (Option<Policy>, Vec<Wrong>) {
    let mut wrong = Vec::new();
    for n in 1..=READINGS_MAX {
        let error = match whole(root) {
            Ok(policy) => return (Some(policy), wrong),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        if span.start <= text.len() {
            wrong.push(Wrong { at: span.start, message: meant(error.message(), text, span.start, span.end) });
        }
        let made_up = text.len() + n;
        if wrong.len() == WRONG_MAX || !mend(root, &error, &span, made_up) {
            break;
        }
    }
    (None, wrong)
}

fn whole(root: &Spanned<DeValue<'_>>) -> Result<Policy, Error> {
    Policy::deserialize(root.clone().into_deserializer())
}

fn mend(root: &mut Spanned<DeValue<'_>>, error: &Error, span: &Range<usize>, made_up: usize) -> bool {
    let message = error.message();
    if message.starts_with("unknown field") {
        return each(root, &mut |value| renamed(value, span, nearest(message)));
    }
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    let mut tries: Vec<DeValue<'static>> = MADE_UP.iter().filter_map(|text| made(text)).collect();
    tries.extend(first_known(message));
    while let Some(value) = pop_front(&mut tries) {
        let mut tried = root.clone();
        let value = Spanned::new(made_up..made_up, value);
        let put = each(&mut tried, &mut |found| match missing {
            Some(field) => filled(found, span, field, &value),
            None => replaced(found, span, &value),
        });
        if !put {
            return false;
        }
        match whole(&tried) {
            // A section that was made up still wants its fields.
            Err(next) if next.span().is_some_and(|at| at.start == made_up) => {
                if next.message().starts_with("missing field") {
                    *root = tried;
                    return true;
                }
                tries.extend(first_known(next.message()));
            }
            _ => {
                *root = tried;
                return true;
            }
        }
    }
    false
}

fn pop_front<T>(list: &mut Vec<T>) -> Option<T> {
    if list.is_empty() { None } else { Some(list.remove(0)) }
}

fn made(text: &'static str) -> Option<DeValue<'static>> {
    DeValue::parse(text).ok().map(Spanned::into_inner)
}

/// Of a word that is none of several, the one most like it, or the first of them.
fn first_known(message: &str) -> Option<DeValue<'static>> {
    let first = message.strip_prefix("unknown variant")?.split('`').nth(3)?;
    let known = nearest(message).unwrap_or(first);
    Some(DeValue::String(DeString::Owned(known.to_owned())))
}

/// Shows each value, from the outside in, until one says that it was the one.
fn each<'t>(value: &mut Spanned<DeValue<'t>>, change: &mut dyn FnMut(&mut Spanned<DeValue<'t>>) -> bool) -> bool {
    if change(value) {
        return true;
    }
    match value.get_mut() {
        DeValue::Table(table) => table.iter_mut().any(|(_, inner)| each(inner, change)),
        DeValue::Array(array) => array.iter_mut().any(|inner| each(inner, change)),
        _ => false,
    }
}

/// An unknown field takes the name that was meant; where none is like it, or that is there already, it goes.
fn renamed(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>, known: Option<&str>) -> bool {
    let DeValue::Table(table) = value.get_mut() else { return false };
    let Some(name) = table.keys().find(|key| key.span() == *span).map(|key| key.get_ref().to_string()) else {
        return false;
    };
    if let Some((_, inner)) = table.remove_entry(name.as_str())
        && let Some(known) = known.filter(|known| !table.contains_key(*known))
    {
        table.insert(Spanned::new(span.clone(), DeString::Owned(known.to_owned())), inner);
    }
    true
}

/// A table gets the field it lacks.
fn filled<'t>(value: &mut Spanned<DeValue<'t>>, span: &Range<usize>, field: &str, made: &Spanned<DeValue<'t>>) -> bool {
    let here = value.span() == *span;
    match value.get_mut() {
        DeValue::Table(table) if here && !table.contains_key(field) => {
            table.insert(Spanned::new(made.span(), DeString::Owned(field.to_owned())), made.clone());
            true
        }
        _ => false,
    }
}

fn replaced<'t>(value: &mut Spanned<DeValue<'t>>, span: &Range<usize>, made: &Spanned<DeValue<'t>>) -> bool {
    let here = value.span() == *span;
    if here {
        *value = made.clone();
    }
    here
}
