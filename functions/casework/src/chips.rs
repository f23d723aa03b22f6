//! What a list is narrowed to, in words, each with the way to remove it.

use std::collections::BTreeMap;

use serde::Serialize;

use redress_domain::calendar::long_date;
use redress_domain::rules::Rules;

use crate::filter::{FLAGS, Filters, day};

/// One of them.
#[derive(Debug, Serialize)]
pub(crate) struct Chip {
    words: String,
    href: String,
}

/// Those that narrow the list now. Everybody's cases in the order of the desk is no narrowing.
pub(crate) fn of(council: &str, filters: &Filters, rules: &Rules, names: &BTreeMap<String, String>) -> Vec<Chip> {
    let narrows =
        |name: &str, value: &str| !matches!((name, value), ("owner", "all") | ("sort", "due") | ("overdue", "false"));
    let said = filters.said().filter(|(name, value)| narrows(name, value));
    said.map(|(name, value)| Chip {
        words: words(name, value, rules, names),
        href: {
            // Without it the desk would choose whose cases to show by itself again.
            let without = if name == "owner" { filters.with("owner", "all") } else { filters.with(name, "") };
            let query = without.query();
            let query = if query.is_empty() { "owner=all".to_owned() } else { query };
            format!("/staff/{council}?{query}")
        },
    })
    .collect()
}

fn words(name: &str, value: &str, rules: &Rules, names: &BTreeMap<String, String>) -> String {
    let policy = &rules.policy;
    let named = |found: Option<&String>| found.map_or_else(|| value.replace('-', " "), Clone::clone);
    match name {
        "team" => format!("Team: {}", named(policy.team(value).map(|team| &team.name))),
        "owner" if value == "me" => "Mine".to_owned(),
        "owner" if value == "nobody" => "Nobody’s".to_owned(),
        "owner" => format!("Whose: {}", names.get(value).map_or("a colleague", String::as_str)),
        "service" => format!("Service: {}", named(policy.service(value).map(|service| &service.name))),
        "stage" => format!("Stage {value}"),
        "due_before" => format!("Due before {}", day(value).map_or_else(|| value.to_owned(), long_date)),
        "overdue" => "Overdue".to_owned(),
        "flag" => {
            let label = FLAGS.iter().find(|(id, _)| *id == value).map(|(_, label)| (*label).to_owned());
            label.unwrap_or_else(|| value.replace('-', " "))
        }
        "q" => format!("Reference {value}"),
        "sort" if value == "received" => "Newest first".to_owned(),
        "sort" => "Oldest first".to_owned(),
        _ => format!("{}: {}", capital(name), value.replace('-', " ")),
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
