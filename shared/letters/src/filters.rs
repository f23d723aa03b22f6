//! What a template can do with a value. Whatever is put out without one of these
//! becomes words on one line.

use chrono::NaiveDate;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use redress_domain::calendar::long_date;

use crate::{clean, marked};

/// Sets an engine up for letters: nothing undefined, nothing unmarked, no way around.
pub(crate) fn set_up(env: &mut Environment<'static>) {
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    // The engine keeps apart what is marked already only where something is escaped.
    env.set_auto_escape_callback(|_| AutoEscape::Custom("words".into()));
    env.set_formatter(|out, _, value| {
        if let Some(text) = value.as_str().filter(|_| value.is_safe()) {
            return out.write_str(text).map_err(Error::from);
        }
        if value.is_none() || value.is_undefined() {
            return Err(wrong("nothing is here: ask first with {% if %}"));
        }
        out.write_str(&format!("{}{}", marked::DATA, clean::line(&value.to_string()))).map_err(Error::from)
    });
    for bypass in ["safe", "escape", "e"] {
        env.remove_filter(bypass);
    }
    env.add_filter("day", day);
    env.add_filter("pounds", pounds);
    env.add_filter("quoted", |value: &Value| {
        words(value, "quoted").map(|text| Value::from_safe_string(marked::quoted(text)))
    });
    env.add_filter("words", |value: &Value| {
        words(value, "words").map(|text| Value::from_safe_string(marked::officers(text)))
    });
    env.add_filter("sentence", |value: &Value| words(value, "sentence").map(sentence));
}

/// `2026-06-05` as `5 June 2026`.
fn day(value: &Value) -> Result<String, Error> {
    let date: Option<NaiveDate> = value.as_str().and_then(|text| text.parse().ok());
    date.map(long_date).ok_or_else(|| wrong("`day` takes a date"))
}

/// Pence as pounds: `£1,250` or `£25.50`.
fn pounds(value: &Value) -> Result<String, Error> {
    let pence =
        value.as_i64().and_then(|pence| u64::try_from(pence).ok()).ok_or_else(|| wrong("`pounds` takes pence"))?;
    let whole = (pence / 100).to_string();
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    Ok(match pence % 100 {
        0 => format!("£{grouped}"),
        rest => format!("£{grouped}.{rest:02}"),
    })
}

/// A capital letter at the beginning, a full stop at the end, on one line.
fn sentence(text: &str) -> String {
    let text = clean::line(text);
    let mut rest = text.chars();
    let first: String = rest.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?', '…', '”', ':']) || text.is_empty() { "" } else { "." };
    format!("{first}{}{stop}", rest.as_str())
}

fn words<'a>(value: &'a Value, filter: &str) -> Result<&'a str, Error> {
    value.as_str().ok_or_else(|| wrong(&format!("`{filter}` takes words")))
}

fn wrong(message: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(source: &str) -> Result<String, Error> {
        let mut env = Environment::new();
        set_up(&mut env);
        let context = minijinja::context! { none => Value::from(()), date => "2026-06-05", mark => "# a\r\n> b" };
        env.render_str(source, context).map(|made| marked::settle(&made))
    }

    #[test]
    fn money_and_dates_read_as_people_write_them() {
        let made =
            made("{{ 12550|pounds }} {{ 500|pounds }} {{ 123456700|pounds }} {{ 5|pounds }} {{ date|day }}").unwrap();
        assert_eq!(made, "£125.50 £5 £1,234,567 £0.05 5 June 2026\n");
    }

    #[test]
    fn a_sentence_begins_and_ends_as_one() {
        assert_eq!(
            made("{{ 'a Senior Manager'|sentence }} {{ 'Why?'|sentence }}").unwrap(),
            "A Senior Manager. Why?\n"
        );
    }

    #[test]
    fn a_value_without_a_filter_is_words_on_one_line() {
        assert_eq!(made("{{ mark }}").unwrap(), "\\# a > b\n");
        assert_eq!(made("{% set m %}{{ mark }}{% endset %}{{ m }}").unwrap(), "\\# a > b\n");
    }

    #[test]
    fn nothing_is_an_error_and_so_is_a_way_around() {
        for source in ["{{ none }}", "{{ nobody }}", "{{ mark|safe }}", "{{ mark|day }}", "{% if nobody %}{% endif %}"]
        {
            assert!(made(source).is_err(), "{source}");
        }
    }
}
