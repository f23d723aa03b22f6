//! The real templates and policies, as specimens are made from them.
#![allow(dead_code, reason = "each test uses some of it")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use redress_domain::calendar::calendars;
use redress_domain::case::Contact;
use redress_domain::letter::LetterOrder;
use redress_domain::policy::read;
use redress_domain::roles::Roles;
use redress_domain::rules::{Ombudsmen, Rules};
use redress_letters::specimen::{self, Dates};
use redress_letters::{Press, Words};

pub(crate) const COUNCILS: [&str; 5] = [
    "lichfield-traded-services",
    "together-for-children",
    "south-staffordshire",
    "westminster",
    "north-west-leicestershire",
];

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

/// Every template as it lies in the folder of policies.
pub(crate) fn templates() -> Vec<(String, String)> {
    let root = policies();
    let folders = ["letters".to_owned()].into_iter().chain(COUNCILS.map(|council| format!("{council}/letters")));
    let mut found = Vec::new();
    for folder in folders {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else {
            continue;
        };
        for entry in entries {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".txt") {
                let file = format!("{folder}/{name}");
                found.push((file.clone(), fs::read_to_string(root.join(&file)).unwrap()));
            }
        }
    }
    found
}

pub(crate) fn press() -> Press {
    Press::new(templates()).unwrap()
}

/// What a council's letters are made from: its policy, with the calendar and the Ombudsmen.
pub(crate) fn rules(council: &str) -> Rules {
    let text = |file: &str| fs::read_to_string(policies().join(file)).unwrap();
    let file = format!("{council}/v1.toml");
    let policy = read(&file, &text(&file)).unwrap();
    let calendars = calendars(&text("calendars/bank-holidays.json")).unwrap();
    let calendar = calendars.into_iter().find(|calendar| calendar.name == policy.policy.calendar).unwrap();
    let all: Ombudsmen = toml::from_str(&text("ombudsmen.toml")).unwrap();
    Rules {
        policy: policy.into(),
        calendar: calendar.into(),
        ombudsmen: all.ombudsman.into(),
        roles: Roles::read(&text("roles.toml")).unwrap().into(),
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The letter, on the day on which its kind is written.
pub(crate) fn letter(press: &Press, rules: &Rules, order: &LetterOrder, contact: &Contact) -> Words {
    let on = Dates::of(rules, order.stage).written(order.kind);
    specimen::letter(press, rules, order.clone(), contact, on).unwrap()
}
