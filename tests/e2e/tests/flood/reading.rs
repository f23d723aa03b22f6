//! What was sent, read again: by staff as data and as a page, by the resident, and in every letter.

use std::collections::BTreeMap;

use redress_e2e::{COUNCILS, Client, World};
use serde_json::Value;

use crate::submission::{Kind, Submission};
use crate::words::{NEVER, kept, kept_line, unescaped};

/// A complaints manager of each council: as a program, and as a person with pages.
pub(crate) struct Readers {
    by_council: BTreeMap<&'static str, (Client, Client)>,
}

impl Readers {
    pub(crate) async fn of(world: &World) -> Readers {
        let mut by_council = BTreeMap::new();
        for council in COUNCILS {
            let program = world.staff(council, "complaints-manager", "Chris Adeyemi").await;
            by_council
                .insert(council, (program, world.signed_in(council, "complaints-manager", "Chris Adeyemi").await));
        }
        Readers { by_council }
    }

    /// A submission that was taken: its reference, what staff read, what the resident reads. `tracked` is where it led.
    pub(crate) async fn taken(&self, world: &World, number: u64, submission: &Submission, tracked: &str) {
        let reference = tracked.split('?').next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        assert!(reference.len() > 9, "FLOOD_ONLY={number}: a reference is given: {tracked}");
        let page = world.nobody.get(tracked).await.is(200).text;
        only_words(number, "the tracking page", &page);
        if submission.kind == Kind::Valid {
            shows(number, "the tracking page", &page, submission.said("about").unwrap_or_default());
            self.unchanged(number, submission, reference).await;
        }
    }

    /// Every word stands in the case as staff read it, and the staff page shows words as words.
    async fn unchanged(&self, number: u64, submission: &Submission, reference: &str) {
        let council = submission.council;
        let (program, person) = &self.by_council[council];
        let case = program.get(&format!("/api/{council}/cases/{reference}")).await.is(200).json;
        for (name, found) in
            [("about", &case["about"]), ("wanted", &case["wanted"]), ("adjustments", &case["contact"]["adjustments"])]
        {
            let said = submission.said(name).filter(|_| submission.asks(name));
            same(number, name, said.map(kept), found);
        }
        for (name, found) in [
            ("name", &case["contact"]["name"]),
            ("email", &case["contact"]["email"]),
            ("phone", &case["contact"]["phone"]),
            ("on_behalf_of.name", &case["contact"]["on_behalf_of"]["name"]),
        ] {
            let said = submission.said(name).filter(|_| submission.asks(name));
            same(number, name, said.map(kept_line), found);
        }
        let lines = case["contact"]["address"]["lines"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let said = kept_line(submission.said("address.lines.0").unwrap_or_default());
        assert_eq!(kept_line(&lines.collect::<Vec<_>>().join(" ")), said, "FLOOD_ONLY={number}: the address");
        let page = person.get(&format!("/staff/{council}/cases/{reference}")).await.is(200).text;
        only_words(number, "the staff page", &page);
        shows(number, "the staff page", &page, submission.said("about").unwrap_or_default());
    }

    /// Every letter that was sent is free of markup from outside, and its head is one line.
    pub(crate) async fn every_letter_is_only_words(&self, world: &World) -> usize {
        let mails = world.nobody.get("/dev/mailbox").await.is(200).json;
        let mails = mails.as_array().expect("a list of mails");
        for mail in mails {
            let reference = mail["reference"].as_str().unwrap_or_default();
            for head in ["to", "subject"] {
                let said = mail[head].as_str().unwrap_or_default();
                assert!(!said.contains(['\r', '\n', '\0']), "{reference}: {head} is one line: {said:?}");
            }
            let html = mail["html"].as_str().unwrap_or_default();
            for never in NEVER {
                assert!(!html.contains(never), "{reference}: the letter has {never}: {html}");
            }
        }
        mails.len()
    }
}

/// A page in which nothing from outside is markup.
pub(crate) fn only_words(number: u64, what: &str, page: &str) {
    for never in NEVER {
        assert!(!page.contains(never), "FLOOD_ONLY={number}: {what} has {never}: {page}");
    }
}

/// A page that shows what was said, whatever its line breaks.
pub(crate) fn shows(number: u64, what: &str, page: &str, said: &str) {
    let plain = |text: &str| text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let (shown, said) = (plain(&unescaped(page)), plain(said));
    assert!(shown.contains(&said), "FLOOD_ONLY={number}: {what} does not show {said:?}: {shown}");
}

fn same(number: u64, name: &str, said: Option<String>, found: &Value) {
    let said = said.filter(|said| !said.is_empty());
    assert_eq!(said.as_deref(), found.as_str(), "FLOOD_ONLY={number}: {name} as staff read it");
}
