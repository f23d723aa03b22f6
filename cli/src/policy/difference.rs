//! What differs for a resident between two policies: one sentence each.

use std::collections::BTreeSet;

use serde::Serialize;

use redress_domain::case::name_of;
use redress_domain::code::plain::{mid_sentence, way_in};
use redress_domain::policy::{Policy, Stage};

use super::says::{self, beside};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Difference {
    /// What it is about: `stage-1.respond`.
    pub(super) about: String,
    /// Both sides, in a sentence.
    pub(super) says: String,
}

/// Everything that differs, in the order in which a resident meets it.
pub(super) fn differences(a: &Policy, b: &Policy) -> Vec<Difference> {
    let mut pair = Pair { a, b, names: names(a, b), found: Vec::new() };
    pair.coming_in();
    for n in 1..=2 {
        pair.stage(n);
    }
    pair.one("outcomes", says::outcomes);
    pair.each("remedies", beside::remedies);
    pair.one("ombudsman", says::ombudsman);
    pair.one("restrictions", beside::restrictions);
    pair.one("no-detriment", beside::no_detriment);
    pair.one("equality", beside::equality);
    pair.one("reporting", beside::reporting);
    pair.one("retention", says::retention);
    pair.one("counting", says::counting);
    pair.one("cut-off", beside::cut_off);
    pair.one("closures", beside::closures);
    pair.found
}

/// What the two are called: by council, or by version where it is one council's.
fn names(a: &Policy, b: &Policy) -> [String; 2] {
    let by_council = [a, b].map(|policy| policy.council.name.clone());
    let by_version = [a, b].map(|policy| format!("Version {}", policy.policy.version));
    match (by_council[0] == by_council[1], by_version[0] == by_version[1]) {
        (false, _) => by_council,
        (true, false) => by_version,
        (true, true) => ["The first".to_owned(), "The second".to_owned()],
    }
}

/// What of a stage is compared, and how it is said.
type StageRow = (&'static str, fn(&Policy, &Stage) -> String);

struct Pair<'a> {
    a: &'a Policy,
    b: &'a Policy,
    names: [String; 2],
    found: Vec<Difference>,
}

impl Pair<'_> {
    fn coming_in(&mut self) {
        self.one("definition", beside::definition);
        self.each("kinds", |policy| {
            let own = policy.kinds.iter().filter(|kind| kind.in_policy);
            own.map(|kind| (name_of(kind.id), format!("deals with what it calls “{}”", kind.label))).collect()
        });
        self.each("channels", |policy| {
            let open = policy.channels.accepted.iter();
            open.map(|channel| (name_of(channel), format!("names {} as a way in", way_in(*channel)))).collect()
        });
        self.one("service-requests", beside::service_requests);
        self.one("anonymous", says::anonymous);
        self.one("representatives", beside::representatives);
        self.one("authority", beside::authority);
        self.one("time-limit", says::time_limit);
        self.each("exclusions", |policy| {
            let out = policy.exclusions.iter();
            out.map(|found| (found.id.clone(), format!("leaves out: {}", mid_sentence(&found.what)))).collect()
        });
    }

    fn stage(&mut self, n: u8) {
        let rows: [StageRow; 15] = [
            ("runs", says::runs),
            ("handler", says::handler),
            ("sign-off", says::sign_off),
            ("external", says::external),
            ("receipt", says::receipt),
            ("acknowledge", says::acknowledge),
            ("talk-first", says::talk_first),
            ("respond", says::respond),
            ("answer-by", says::answer_by),
            ("update", says::update),
            ("decline", says::decline),
            ("request", says::request),
            ("unanswered", says::unanswered),
            ("grounds", says::grounds),
            ("reasons", says::reasons),
        ];
        let (name_a, name_b) = (self.names[0].clone(), self.names[1].clone());
        match (self.a.stage(n), self.b.stage(n)) {
            (Some(a), Some(b)) => {
                for (what, say) in rows {
                    self.push(&format!("stage-{n}.{what}"), &say(self.a, a), &say(self.b, b));
                }
            }
            (Some(only), None) => self.only(&format!("stage-{n}"), &name_a, &format!("has “{}”", only.name)),
            (None, Some(only)) => self.only(&format!("stage-{n}"), &name_b, &format!("has “{}”", only.name)),
            (None, None) => {}
        }
    }

    fn one(&mut self, about: &str, say: fn(&Policy) -> String) {
        self.push(about, &say(self.a), &say(self.b));
    }

    /// A sentence, if the two have something else to say.
    fn push(&mut self, about: &str, a: &str, b: &str) {
        if a != b {
            let says = format!("{} {a}; {} {b}.", self.names[0], self.names[1]);
            self.found.push(Difference { about: about.to_owned(), says });
        }
    }

    fn only(&mut self, about: &str, name: &str, what: &str) {
        self.found.push(Difference { about: about.to_owned(), says: format!("Only {name} {what}.") });
    }

    /// A sentence for each thing that only one of them has.
    fn each(&mut self, about: &str, list: fn(&Policy) -> Vec<(String, String)>) {
        let both = [list(self.a), list(self.b)];
        let ids = both.each_ref().map(|items| items.iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>());
        for ((items, other), name) in both.iter().zip([&ids[1], &ids[0]]).zip(self.names.clone()) {
            for (_, what) in items.iter().filter(|(id, _)| !other.contains(id)) {
                self.only(about, &name, what);
            }
        }
    }
}
