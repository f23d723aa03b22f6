//! The journey, walked by a browser that says only what this person says, page after page.

use redress_e2e::{Answer, World};

use crate::door::{page, pairs};
use crate::reading::{Readers, only_words, shows};
use crate::submission::{Kind, Submission};

/// The pages, and what each asks for. A page of nothing but optional questions is passed over by who has no answer.
const PAGES: [(&str, &[&str]); 8] = [
    ("kind", &["kind"]),
    ("whose", &["whose"]),
    ("other", &["on_behalf_of.name", "on_behalf_of.relationship", "on_behalf_of.authority"]),
    ("what", &["about"]),
    ("when", &["happened_on", "aware_on"]),
    ("wanted", &["wanted"]),
    ("contact", &["name", "email", "phone", "address.lines.0", "address.postcode"]),
    ("adjustments", &["adjustments"]),
];

/// Walks it to its end, and holds everything that must hold.
pub(crate) async fn walk(world: &World, readers: &Readers, number: u64, submission: &Submission) -> String {
    let at = format!("/{}/feedback", submission.council);
    let begun = page(world, &format!("{at}/start"), "", String::new()).await.is(303);
    let cookie = begun.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let mut refused = Vec::new();
    for (step, fields) in PAGES {
        let said = said_on(submission, fields);
        if said.is_empty() && (submission.kind == Kind::Hostile || !["what", "contact"].contains(&step)) {
            continue;
        }
        let mut body = pairs(said.iter().map(|(name, said)| (name.as_str(), said.as_str())));
        // What no browser sends goes with the page of the words.
        if step == "what" && submission.kind == Kind::Hostile {
            body = format!("{body}&{}&{}", pairs(strange(submission)), submission.raw);
        }
        let answer = page(world, &format!("{at}/{step}"), &cookie, body).await;
        answered(number, submission, &answer);
        if answer.status == 422 {
            refused.push(step);
            for (name, said) in said {
                // A choice is kept by being chosen, where it was one of those offered.
                if step != "kind" && submission.kind != Kind::Hostile {
                    shows(number, &format!("{step}, {name}"), &answer.text, &said);
                }
            }
        }
    }
    let check = world.nobody.with("cookie", &cookie).get(&format!("{at}/check")).await;
    answered(number, submission, &check);
    let sent = page(world, &format!("{at}/check"), &cookie, pairs([("_shown", shown(&check).as_str())])).await;
    answered(number, submission, &sent);
    let status = sent.status.as_u16();
    match submission.kind {
        Kind::Valid => assert_eq!(status, 303, "FLOOD_ONLY={number}: {refused:?} {submission:?} {}", sent.text),
        Kind::Nearly => {
            assert_eq!(status, 422, "FLOOD_ONLY={number}: {refused:?} {submission:?}");
            assert!(!refused.is_empty(), "FLOOD_ONLY={number}: its own page refuses it too");
            for name in ["about", "wanted", "name", "phone", "adjustments"] {
                let said = submission.said(name).filter(|_| submission.asks(name));
                shows(number, &format!("check, {name}"), &sent.text, said.unwrap_or_default());
            }
        }
        Kind::Hostile => {}
    }
    if status == 303 && sent.location().ends_with("/equality") {
        let asked = pairs([("_skip", "true")]);
        let went = page(world, &format!("{at}/equality"), &cookie, asked).await.is(303);
        readers.taken(world, number, submission, went.location()).await;
    }
    format!("Journey {status}")
}

/// Never our failure, and nothing from outside is markup.
fn answered(number: u64, submission: &Submission, answer: &Answer) {
    let status = answer.status.as_u16();
    assert!(status < 500, "FLOOD_ONLY={number}: {status}: {}\n{submission:?}", answer.text);
    only_words(number, "a page of the journey", &answer.text);
}

/// What this person says on a page, as the page's fields have it.
fn said_on(submission: &Submission, fields: &[&str]) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for field in fields {
        let own = match *field {
            "whose" => Some(if submission.said("on_behalf_of.name").is_some() { "other" } else { "me" }),
            other => submission.said(other),
        };
        let Some(own) = own else { continue };
        match *field {
            "happened_on" | "aware_on" => {
                let parts: Vec<&str> = own.split('-').collect();
                // As a page has it: day, month and year, each its own field.
                for (part, text) in ["year", "month", "day"].into_iter().zip(parts) {
                    said.push((format!("{field}-{part}"), text.to_owned()));
                }
            }
            "address.lines.0" => said.push(("address.lines".to_owned(), own.to_owned())),
            _ => said.push(((*field).to_owned(), own.to_owned())),
        }
    }
    said
}

/// The answers that no page asks for.
fn strange(submission: &Submission) -> impl Iterator<Item = (&str, &str)> {
    let asked = |name: &str| PAGES.iter().any(|(_, fields)| fields.contains(&name));
    let strange = submission.answers.iter().filter(move |(name, _)| !asked(name));
    strange.map(|(name, said)| (name.as_str(), said.as_str()))
}

fn shown(check: &Answer) -> String {
    let rest = check.text.split("name=\"_shown\" value=\"").nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}
