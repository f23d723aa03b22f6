//! Walking a case through its procedure, without a store: decide, fold, go on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use redress_domain::calendar::{calendars, local_date};
use redress_domain::case::{Actor, Entry, FOLD_VERSION, LetterRef, Reference, fold};
use redress_domain::commands::{decide, read};
use redress_domain::decide::{Context, Decision, Dossier, Fresh};
use redress_domain::feedback::Feedback;
use redress_domain::input::Fields;
use redress_domain::policy;
use redress_domain::roles::{Role, Roles};
use redress_domain::rules::{Ombudsmen, Rules};
use redress_domain::sweep::{first_answer, settle};
use serde_json::{Value, json};

/// A case on its way.
#[derive(Clone)]
pub(crate) struct Walk {
    pub(crate) rules: Rules,
    pub(crate) dossier: Dossier,
    pub(crate) entries: Vec<Entry>,
    pub(crate) now: DateTime<Utc>,
    fresh: Reference,
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every council that has a policy.
pub(crate) fn councils() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut found: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("v1.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    found.sort();
    found
}

fn rules(council: &str) -> Rules {
    let file = format!("{council}/v1.toml");
    let policy = policy::read(&file, &data(&file)).unwrap();
    let calendar = calendars(&data("calendars/bank-holidays.json"))
        .unwrap()
        .into_iter()
        .find(|found| found.name == policy.policy.calendar);
    let ombudsmen: Ombudsmen = toml::from_str(&data("ombudsmen.toml")).unwrap();
    Rules {
        calendar: Arc::new(calendar.unwrap().closed_on(&policy.closures)),
        policy: Arc::new(policy),
        ombudsmen: Arc::new(ombudsmen.ombudsman),
        roles: Arc::new(Roles::read(&data("roles.toml")).unwrap()),
    }
}

impl Walk {
    /// A complaint at a council, just in.
    pub(crate) fn begin(council: &str, more: Value) -> Walk {
        let rules = rules(council);
        let now: DateTime<Utc> = "2026-03-20T10:00:00Z".parse().unwrap();
        let mut sent = json!({"kind": "complaint", "about": "The bin.", "name": "Nadia", "email": "nadia@example.com"});
        for (name, value) in more.as_object().unwrap() {
            sent[name] = value.clone();
        }
        let mut fields = Fields::of(sent);
        let feedback = Feedback::read(&mut fields, &rules.policy, &Actor::Resident, now);
        let feedback = fields.finish(feedback).unwrap();
        let reference = (0..99).find_map(|n| Reference::from_random("AAA", n)).unwrap();
        let decision = feedback.receive(&rules, reference, now).unwrap();
        let entry = entry(1, now, &Actor::Resident, &decision, 1);
        let case = fold(None, &entry).unwrap();
        let texts = (1..).zip(decision.texts).collect();
        let dossier = Dossier { case, texts, contact: decision.contact.unwrap_or_default() };
        let fresh = (100..199).find_map(|n| Reference::from_random("AAA", n)).unwrap();
        Walk { rules, dossier, entries: vec![entry], now, fresh }
    }

    pub(crate) fn today(&self) -> NaiveDate {
        local_date(self.now)
    }

    pub(crate) fn context<'a>(&'a self, actor: &'a Actor) -> Context<'a> {
        let fresh = Some(Fresh { reference: &self.fresh, rules: &self.rules });
        Context { rules: &self.rules, dossier: &self.dossier, actor, now: self.now, fresh }
    }

    /// A command by somebody of a role; their subject is the role's name.
    pub(crate) fn does(mut self, role: Role, name: &str, body: Value) -> Walk {
        let actor = staff(&self, role);
        let command = read(name, body).unwrap().unwrap();
        let decision = decide(&self.context(&actor), command).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        self.happen(&actor, decision);
        self
    }

    /// So many days later, with everything swept that came due.
    pub(crate) fn later(mut self, days: i64) -> Walk {
        let until = self.now + chrono::TimeDelta::days(days);
        while let Some(at) =
            redress_domain::sweep::due_at(&self.rules, &self.dossier.case, self.now).filter(|at| *at <= until)
        {
            self.now = at.max(self.now);
            if !self.sweep() {
                break;
            }
        }
        self.now = until;
        self
    }

    /// The first answer, as the stream gives it.
    pub(crate) fn first(mut self) -> Walk {
        let decision = first_answer(&self.context(&Actor::System)).unwrap();
        if let Some(decision) = decision {
            self.happen(&Actor::System, decision);
        }
        self
    }

    /// One thing settled, if one was due.
    pub(crate) fn sweep(&mut self) -> bool {
        let decision = settle(&self.context(&Actor::System)).unwrap();
        match decision {
            Some(decision) => {
                self.happen(&Actor::System, decision);
                true
            }
            None => false,
        }
    }

    fn happen(&mut self, actor: &Actor, decision: Decision) {
        let case = self.dossier.case.clone();
        let entry = entry(case.version + 1, self.now, actor, &decision, case.next_letter());
        let texts: BTreeMap<u32, String> = (case.texts + 1..).zip(decision.texts).collect();
        self.dossier.case = fold(Some(case), &entry).unwrap();
        self.dossier.texts.extend(texts);
        self.dossier.contact = decision.contact.unwrap_or_else(|| self.dossier.contact.clone());
        self.entries.push(entry);
    }
}

/// Somebody of a role, from the organisation that runs the stage where that is their part.
pub(crate) fn staff(walk: &Walk, role: Role) -> Actor {
    let runs = walk.dossier.case.stage().and_then(|record| record.organisation.clone());
    let theirs = matches!(role, Role::Investigator | Role::Signatory);
    Actor::Staff { id: format!("{role:?}"), role, organisation: runs.filter(|_| theirs) }
}

fn entry(n: u32, at: DateTime<Utc>, by: &Actor, decision: &Decision, first_letter: u32) -> Entry {
    Entry {
        n,
        at,
        by: by.clone(),
        fold: FOLD_VERSION,
        event: decision.event.clone(),
        texts: u32::try_from(decision.texts.len()).unwrap(),
        letters: (first_letter..)
            .zip(&decision.letters)
            .map(|(n, order)| LetterRef { n, kind: order.kind, by: order.by })
            .collect(),
        digests: Vec::new(),
        prev: String::new(),
    }
}

fn upheld() -> Value {
    json!({"outcome": "upheld", "text": "We were wrong.", "remedies": [
        {"kind": "apology", "what": "We apologise."},
        {"kind": "action", "what": "A new bin.", "by": "2027-05-29"},
    ]})
}

fn not_upheld() -> Value {
    json!({"outcome": "not-upheld", "text": "The bins were collected."})
}

/// Every kind of place a case can be at.
pub(crate) fn places(council: &str) -> Vec<(&'static str, Walk)> {
    let manager = Role::ComplaintsManager;
    let new = Walk::begin(council, json!({}));
    let opened = new.clone().first();
    let open = opened.clone().does(Role::Officer, "accept", json!({}));
    let acknowledged = open.clone().does(Role::Officer, "acknowledge", json!({}));
    let extended = acknowledged.clone().does(manager, "extend", json!({"reason": "x", "by": "5 working days"}));
    let answered = acknowledged.clone().does(Role::Manager, "respond", not_upheld());
    let owing = acknowledged.clone().does(Role::Manager, "respond", upheld());
    let review = answered.clone().does(Role::Officer, "request-review", json!({}));
    let late = answered.clone().later(120).does(Role::Officer, "request-review", json!({}));
    let second = review.clone().does(manager, "assign", json!({"owner": {"id": "i", "role": "investigator"}}));
    let proposed = second.clone().does(Role::Investigator, "propose-response", not_upheld());
    let signed = proposed.clone().does(Role::Signatory, "sign-off", json!({"approve": true}));
    let historic = Walk::begin(council, json!({"happened_on": "2024-01-02", "aware_on": "2024-01-02"})).first();
    let beside = beside(council, &opened, &acknowledged, &signed);
    let mut found = vec![
        ("new, not looked at", new.clone()),
        ("new, first answer given", opened.clone()),
        ("new, about something long ago", historic),
        ("accepted", open),
        ("acknowledged by a person", acknowledged.clone()),
        ("extended", extended),
        ("missed and escalated", acknowledged.later(60)),
        ("answered, window open", answered.clone()),
        ("answered, window over", answered.later(120)),
        ("answered, a remedy owed", owing.clone()),
        ("answered, a remedy owed and the window over", owing.later(120)),
        ("review asked for", review.clone()),
        ("review asked for late", late),
        ("review with somebody", second.clone()),
        ("review missed and escalated", second.later(90)),
        ("last answer proposed", proposed),
        ("last answer given", signed.clone()),
        ("seven years on", signed.later(7 * 366)),
        ("withdrawn", opened.clone().does(Role::Officer, "withdraw", json!({}))),
        (
            "not accepted",
            opened.clone().does(
                manager,
                "not-accepted",
                json!({"reason": "other", "evidence": "It is another council's."}),
            ),
        ),
        (
            "resolved at first contact",
            opened.does(Role::Officer, "resolve", json!({"what_was_done": "Done.", "complaint_offered": "yes"})),
        ),
        ("a compliment, new", Walk::begin(council, json!({"kind": "compliment"}))),
        ("a compliment, passed on", Walk::begin(council, json!({"kind": "compliment"})).first()),
        ("a landlord's matter", Walk::begin(council, json!({"tenant": true})).first()),
    ];
    found.extend(beside);
    found
}

/// What stands beside the stages.
fn beside(council: &str, opened: &Walk, acknowledged: &Walk, signed: &Walk) -> Vec<(&'static str, Walk)> {
    let manager = Role::ComplaintsManager;
    let points = json!({"points": [
        {"text": "The bin.", "tenant": true},
        {"text": "The fine.", "responsible": "the tribunal", "excluded": {"reason": "other", "evidence": "It has an appeal."}},
    ]});
    let limit = json!({"what": "One call a week.", "why": "Forty calls a day.", "decided_by": ["A", "B", "C"], "until": "2026-09-18"});
    let enquiry = json!({"their_reference": "26 001", "reply_by": "2027-03-20"});
    let covered = json!({"owner": {"id": "deputy", "role": "officer"}, "until": "2026-03-27"});
    let owned = acknowledged.clone().does(Role::Officer, "assign", json!({"owner": {"id": "o", "role": "manager"}}));
    let asked = json!({"whom": "Bins Ltd", "question": "Was it there?", "by": "2026-03-27", "shares_details": true});
    let enquired = signed.clone().does(manager, "ombudsman-enquiry", enquiry);
    let decided = enquired.clone().does(
        manager,
        "ombudsman-decision",
        json!({"decision": "upheld", "remedies": [{"kind": "payment", "what": "£100.", "by": "2027-04-20", "amount": "100"}]}),
    );
    let about = json!({"people": [{"id": "Officer"}]});
    vec![
        ("a request for a service, new", Walk::begin(council, json!({"kind": "service-request"}))),
        ("a request for a service, in hand", Walk::begin(council, json!({"kind": "service-request"})).first()),
        ("a request for a service, late", Walk::begin(council, json!({"kind": "service-request"})).first().later(90)),
        ("one point outside the policy", opened.clone().does(Role::Officer, "accept", points)),
        ("somebody else asked", acknowledged.clone().does(Role::Officer, "ask", asked)),
        ("covered while the owner is away", owned.clone().does(Role::Manager, "cover", covered.clone())),
        ("cover over", owned.does(Role::Manager, "cover", covered).later(10)),
        ("about one of the staff", acknowledged.clone().does(manager, "about-staff", about)),
        (
            "only some may read it",
            acknowledged.clone().does(
                manager,
                "restrict-reading",
                json!({"roles": ["manager"], "reason": "A safeguarding matter."}),
            ),
        ),
        ("contact limited", acknowledged.clone().does(manager, "restrict", limit)),
        ("an Ombudsman asks", enquired),
        ("an Ombudsman decided", decided),
        (
            "a court has it",
            acknowledged.clone().does(
                manager,
                "close",
                json!({"closed_as": "legal-proceedings", "claim_filed_on": "2026-03-19", "evidence": "The claim form."}),
            ),
        ),
    ]
}
