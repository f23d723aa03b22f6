//! What a template says in the language of its page: texts, dates, lengths of time, and what is in no catalogue.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use minijinja::value::{Kwargs, Rest};
use minijinja::{Environment, Error, ErrorKind, HtmlEscape, Value};
use redress_domain::calendar::local_time;
use redress_domain::length::{Length, Unit};

use crate::words::{FIRST, Words};

/// Teaches templates a language.
pub(super) fn teach(templates: &mut Environment<'static>, language: &'static str) {
    templates.add_filter("day", move |date: String| date.parse().map_or(date, |date| day(language, date)));
    templates.add_filter("time", move |at: String| at.parse().map_or(at, |at| time(language, at)));
    templates.add_filter("lasting", move |text: String| text.parse().map_or(text, |length| lasting(language, length)));
    templates.add_filter("listed", move |items: Vec<String>| listed(language, &items));
    templates.add_function("t", move |place: String, names: Kwargs| text(language, &place, &names));
    templates.add_function("own", move |said: String, place: Rest<String>| own(language, &said, place.first()));
    templates.add_function("has", move |place: String| known(language, &place));
}

/// “5 June 2026”, “5 Mehefin 2026”.
fn day(language: &str, date: NaiveDate) -> String {
    let month = Words::said(language, &format!("date.months.{}", date.month()), &[]);
    format!("{} {month} {}", date.day(), date.year())
}

fn time(language: &str, at: DateTime<Utc>) -> String {
    let local = local_time(at);
    let names = [("day", day(language, local.date())), ("time", local.format("%H:%M").to_string())];
    Words::said(language, "date.at", &names.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// “10 working days”, “10 diwrnod gwaith”: a language may have a form of its own for two.
fn lasting(language: &str, length: Length) -> String {
    let unit = match length.unit {
        Unit::WorkingDays => "working_days",
        Unit::Days => "days",
        Unit::Weeks => "weeks",
        Unit::CalendarMonths => "calendar_months",
        Unit::Years => "years",
    };
    let many = match length.n {
        1 => "one",
        2 => "two",
        _ => "many",
    };
    Words::said(language, &format!("date.{unit}.{many}"), &[("n", &length.n.to_string())])
}

/// “a, b and c”.
fn listed(language: &str, items: &[String]) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            Words::said(language, "date.and", &[("first", &rest.join(", ")), ("last", last)])
        }
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// A text of the catalogue. A name that is markup already, as a macro makes it, stays markup; all else is words.
fn text(language: &str, place: &str, names: &Kwargs) -> Result<Value, Error> {
    let values: Vec<(&str, Value)> =
        names.args().map(|name| Ok((name, names.get::<Value>(name)?))).collect::<Result<_, Error>>()?;
    let marked = values.iter().any(|(_, value)| value.is_safe());
    let put = |value: &Value| if marked && !value.is_safe() { escaped(value) } else { value.to_string() };
    let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, put(value))).collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if !known(FIRST, place) {
        return Err(Error::new(ErrorKind::UndefinedError, format!("there is no text “{place}”")));
    }
    if !marked {
        return Ok(Value::from(Words::said(language, place, &values)));
    }
    // The catalogue's own text has no markup, and must not become any; its braces survive being escaped.
    let bare = Words::said(language, place, &[]);
    let text = escaped(&Value::from(bare));
    Ok(Value::from_safe_string(Words::filled(&text, &values)))
}

/// Somebody's own words, such as a policy's: as they are, and marked as English on a page of another language.
/// Where that language has its own words for them at `place`, those are said instead.
fn own(language: &str, said: &str, place: Option<&String>) -> Value {
    let safe = |text: &str| escaped(&Value::from(text));
    let translated = place.filter(|place| known(language, place));
    Value::from_safe_string(match translated {
        _ if language == FIRST => safe(said),
        Some(place) => safe(&Words::said(language, place, &[])),
        None => format!("<span lang=\"{FIRST}\">{}</span>", safe(said)),
    })
}

fn known(language: &str, place: &str) -> bool {
    Words::knows(language, place)
}

fn escaped(value: &Value) -> String {
    HtmlEscape(&value.to_string()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: &'static str, template: &str) -> String {
        let mut templates = Environment::new();
        templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
        teach(&mut templates, language);
        templates.render_named_str("a.html", template, ()).unwrap()
    }

    #[test]
    fn a_date_and_a_length_are_said_in_the_pages_language() {
        assert_eq!(
            said("en", "{{ '2026-06-05' | day }}, {{ '2 working days' | lasting }}"),
            "5 June 2026, 2 working days"
        );
        assert_eq!(
            said("cy", "{{ '2026-06-05' | day }}, {{ '2 working days' | lasting }}"),
            "5 Mehefin 2026, 2 ddiwrnod gwaith"
        );
        assert_eq!(said("en", "{{ '2026-06-05T09:30:00Z' | time }}"), "5 June 2026 at 10:30");
        assert_eq!(said("en", "{{ ['a', 'b', 'c'] | listed }}"), "a, b and c");
    }

    #[test]
    fn what_a_policy_says_is_marked_as_english_on_a_welsh_page_and_is_only_words() {
        assert_eq!(said("en", "{{ own('<b>') }}"), "&lt;b&gt;");
        assert_eq!(said("cy", "{{ own('<b>') }}"), "<span lang=\"en\">&lt;b&gt;</span>");
        assert_eq!(said("cy", "{{ own('Good Friday', 'date.holidays.Good Friday') }}"), "Dydd Gwener y Groglith");
    }

    #[test]
    fn markup_in_a_text_stays_markup_and_words_beside_it_stay_words() {
        let template = "{{ t('date.and', first=own('<i>'), last='<b>') }}";
        assert_eq!(said("cy", template), "<span lang=\"en\">&lt;i&gt;</span> a &lt;b&gt;");
    }
}
