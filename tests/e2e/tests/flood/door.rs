//! Through which door a submission goes, and what is then held.

use axum::http::Method;
use chrono::{Datelike as _, NaiveDate};
use redress_e2e::{Answer, World};

use crate::journey;
use crate::reading::{Readers, only_words, shows};
use crate::submission::{Kind, Submission, encoded};

const FORM: &str = "application/x-www-form-urlencoded";

/// The doors that take a form.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Door {
    /// The journey, one thing a page.
    Journey,
    /// The whole form as one page.
    Page,
    /// The door of programs, with a form's body.
    Api,
}

impl Door {
    /// One in eight walks the whole journey, which is ten requests; most send the form as one page.
    pub(crate) fn of(number: u64) -> Door {
        match number % 8 {
            0 => Door::Journey,
            3 | 6 => Door::Api,
            _ => Door::Page,
        }
    }

    /// Sends it, holds everything that must hold, and says how it was answered.
    pub(crate) async fn send(self, world: &World, readers: &Readers, number: u64, submission: &Submission) -> String {
        let answer = match self {
            Door::Journey => return journey::walk(world, readers, number, submission).await,
            Door::Page => post(world, &format!("/{}/feedback", submission.council), submission).await,
            Door::Api => post(world, &format!("/api/{}/feedback", submission.council), submission).await,
        };
        let status = expected(number, submission, &answer);
        match (self, status) {
            (Door::Api, 201) => {
                let (reference, key) = (&answer.json["reference"], &answer.json["key"]);
                let tracked = format!(
                    "/{}/track/{}?key={}",
                    submission.council,
                    reference.as_str().unwrap_or_default(),
                    key.as_str().unwrap_or_default()
                );
                readers.taken(world, number, submission, &tracked).await;
            }
            (Door::Page, 303) => readers.taken(world, number, submission, answer.location()).await,
            (Door::Page, 422) => {
                only_words(number, "the page of errors", &answer.text);
                if submission.kind == Kind::Nearly {
                    keeps(number, submission, &answer);
                }
            }
            (Door::Page, _) => only_words(number, "the page of what went wrong", &answer.text),
            (_, 422) => assert!(!answer.bad_fields().is_empty(), "FLOOD_ONLY={number}: what is wrong is named"),
            _ => {}
        }
        format!("{self:?} {status}")
    }
}

async fn post(world: &World, path: &str, submission: &Submission) -> Answer {
    world.nobody.send(Method::POST, path, FORM, submission.body()).await
}

/// The status, which is never our failure, and is the one this kind must have.
fn expected(number: u64, submission: &Submission, answer: &Answer) -> u16 {
    let status = answer.status.as_u16();
    let right = match submission.kind {
        Kind::Valid => status == 201 || status == 303,
        Kind::Nearly => status == 422,
        Kind::Hostile => status < 500,
    };
    let kind = submission.kind;
    assert!(right, "FLOOD_ONLY={number}: {kind:?} was answered {status}: {}\n{submission:?}", answer.text);
    status
}

/// Every answer stands on the page that says what is wrong.
fn keeps(number: u64, submission: &Submission, answer: &Answer) {
    for (name, said) in &submission.answers {
        // A choice is kept by being chosen, where it was one of those offered; a date by its boxes.
        if ["kind", "on_behalf_of.authority"].contains(&name.as_str()) {
            continue;
        }
        match said.parse::<NaiveDate>() {
            Ok(date) => {
                for (part, value) in [("day", date.day().to_string()), ("year", date.year().to_string())] {
                    let typed = format!("name=\"{name}-{part}\" type=\"text\" autocomplete=\"off\" value=\"{value}\"");
                    shows(number, name, &answer.text, &typed);
                }
            }
            Err(_) => shows(number, name, &answer.text, said),
        }
    }
}

/// Sends one page of the journey, in the browser that has this cookie.
pub(crate) async fn page(world: &World, path: &str, cookie: &str, body: String) -> Answer {
    world.nobody.with("cookie", cookie).send(Method::POST, path, FORM, body).await
}

/// A form's body of some of the answers.
pub(crate) fn pairs<'a>(answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs = answers.into_iter().map(|(name, said)| format!("{}={}", encoded(name), encoded(said)));
    pairs.collect::<Vec<_>>().join("&")
}
