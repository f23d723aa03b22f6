//! Reading on after an error: it is noted, something takes the place of what is wrong, and the file is
//! read again. So a person hears of everything at once, and not of one thing at each try.

use std::collections::VecDeque;
use std::ops::Range;

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use toml::Spanned;
use toml::de::{DeString, DeValue, Error};

use super::meant::{meant, name_before, nearest};
use crate::policy::Policy;

/// So many errors are told of one file at most.
const WRONG_MAX: usize = 50;

/// So often is a file read again at most.
const READINGS_MAX: usize = 400;

/// Fields that other lines count or name: with one of them made up, those lines would be wronged.
const NAMED_BY_OTHERS: [&str; 5] = ["n", "id", "stage", "default", "at_least"];

/// What may take the place of a value, until one is taken.
const MADE_UP: [&str; 7] = ["\"1 working day\"", "\"2024-01-01\"", "\"16:00\"", "1", "true", "[]", "{}"];

/// One thing wrong, at a byte of the text.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) message: String,
}

/// What came of reading on.
#[derive(Debug)]
pub(super) struct Mended {
    /// The policy, if it could be mended.
    pub(super) policy: Option<Policy>,
    /// What was wrong.
    pub(super) wrong: Vec<Wrong>,
    /// Nothing was made up that other lines depend on, so what they are told is not its consequence.
    pub(super) sure: bool,
}

/// Reads as far as it goes. What was made up on the way stands in `root` past the end of the text.
pub(super) fn read_on<'t>(text: &'t str, root: &mut Spanned<DeValue<'t>>) -> Mended {
    let mut mended = Mended { policy: None, wrong: Vec::new(), sure: true };
    for n in 1..=READINGS_MAX {
        let error = match whole(root) {
            Ok(policy) => return Mended { policy: Some(policy), ..mended },
            Err(error) => error,
        };
        let (span, message) = (error.span().unwrap_or(0..0), error.message());
        if span.start <= text.len() {
            let message = meant(message, text, span.start, span.end);
            mended.wrong.push(Wrong { at: span.start, message });
        }
        let name = missing(message).unwrap_or_else(|| name_before(text, span.start));
        mended.sure &= !NAMED_BY_OTHERS.contains(&name) || message.starts_with("unknown field");
        let made_up = text.len() + n;
        if mended.wrong.len() == WRONG_MAX || !mend(root, &error, &span, made_up) {
            break;
        }
    }
    mended
}

/// The field that an error says is missing.
fn missing(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

fn whole(root: &Spanned<DeValue<'_>>) -> Result<Policy, Error> {
    Policy::deserialize(root.clone().into_deserializer())
}

fn mend(root: &mut Spanned<DeValue<'_>>, error: &Error, span: &Range<usize>, made_up: usize) -> bool {
    let message = error.message();
    if message.starts_with("unknown field") {
        return each(root, &mut |value| renamed(value, span, nearest(message)));
    }
    let mut tries: VecDeque<DeValue<'static>> = MADE_UP.iter().filter_map(|text| made(text)).collect();
    tries.extend(first_known(message));
    while let Some(value) = tries.pop_front() {
        let mut tried = root.clone();
        let value = Spanned::new(made_up..made_up, value);
        let put = each(&mut tried, &mut |found| match missing(message) {
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
