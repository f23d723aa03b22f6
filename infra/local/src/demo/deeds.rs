//! What residents write and staff send, as it would stand in a request.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use redress_domain::case::{OutcomeId, Owner};
use redress_domain::length::Length;
use redress_domain::rules::Rules;

use super::people::Member;
use super::script::Way;
use super::texts::{Answer, Story, dated};

/// What a step does.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Feedback comes in.
    Write(Value),
    /// A command on the case.
    Command(&'static str, Value),
    /// The mail service says that the acknowledgement bounced.
    Bounce,
}

/// Puts an answer off by at most this much.
const EXTEND_MAX: i32 = 5;

/// The words of one story on one day.
pub(super) struct Words<'a> {
    pub(super) rules: &'a Rules,
    pub(super) story: &'a Story,
    pub(super) today: NaiveDate,
}

impl Words<'_> {
    fn some(&self, text: Option<&String>) -> Option<String> {
        text.map(|text| self.told(text))
    }

    fn told(&self, text: &str) -> String {
        dated(text, self.rules, self.today)
    }

    /// Feedback of this person, about this service.
    pub(super) fn write(&self, way: Way, mut person: Value, service: Option<&str>) -> What {
        let story = self.story;
        let happened = match (story.ago, story.months) {
            (Some(days), _) => self.today.checked_sub_days(chrono::Days::new(days)),
            (None, Some(months)) => self.today.checked_sub_months(chrono::Months::new(months)),
            (None, None) => None,
        };
        let mut body = json!({
            "kind": story.kind,
            "about": self.told(&story.about),
            "service": service,
            "happened_on": happened,
            "late_reason": story.late,
            "wanted": self.some(story.wanted.as_ref()),
            "adjustments": story.adjustments,
            "on_behalf_of": story.on_behalf_of,
            "tenant": story.tenant,
        });
        let keep: &[&str] = match way {
            Way::Online => &["name", "email", "phone"],
            Way::Nameless => &[],
            Way::Post => &["name", "address"],
            Way::Phone => &["name", "phone"],
        };
        if let (Value::Object(body), Value::Object(person)) = (&mut body, &mut person) {
            person.retain(|field, _| keep.contains(&field.as_str()));
            body.append(person);
            match way {
                Way::Online => {}
                Way::Nameless => add(body, "anonymous", json!(true)),
                Way::Post => add(body, "channel", json!("post")),
                Way::Phone => add(body, "channel", json!("phone")),
            }
        }
        What::Write(body)
    }

    pub(super) fn accept(&self) -> What {
        let points: Vec<Value> =
            self.story.points.iter().map(|point| json!({"text": self.told(&point.text)})).collect();
        What::Command("accept", json!({"points": points, "definition": self.some(self.story.understood.as_ref())}))
    }

    pub(super) fn assign(owner: &Member) -> What {
        let id = Owner { id: owner.id.clone(), role: owner.role };
        What::Command("assign", json!({"owner": {"id": id.id, "name": owner.name, "role": id.role}}))
    }

    pub(super) fn extend(&self) -> What {
        let most = self.rules.policy.stage(1).map_or(Length::working_days(EXTEND_MAX), |stage| stage.extend.at_most);
        let by = Length { n: most.n.min(EXTEND_MAX), ..most };
        What::Command("extend", json!({"reason": self.some(self.story.longer.as_ref()), "by": by}))
    }

    /// A command whose whole body is one text.
    pub(super) fn say(&self, command: &'static str, field: &str, text: Option<&String>) -> What {
        let mut body = Map::new();
        add(&mut body, field, json!(self.some(text)));
        What::Command(command, Value::Object(body))
    }

    /// An answer: `respond`, or `propose-response` where somebody signs it off.
    pub(super) fn answer(&self, command: &'static str, answer: &Answer) -> What {
        let one = |n: usize, outcome, reason: &str| {
            let references = answer.references.as_ref();
            json!({"point": n, "outcome": self.outcome(outcome), "reason": self.told(reason), "references": references})
        };
        let told = (1..).zip(&self.story.points).map(|(n, point)| one(n, point.outcome, &point.reason));
        let mut findings: Vec<Value> = told.collect();
        if findings.is_empty() {
            findings.push(one(1, answer.outcome, &answer.reason));
        }
        let remedies: Vec<Value> = answer
            .remedies
            .iter()
            .map(|remedy| {
                let by = remedy.within.map(|n| self.rules.count(self.today, Length::working_days(n)).date);
                json!({"kind": remedy.kind, "what": remedy.what, "by": by, "amount": remedy.amount})
            })
            .collect();
        let outcome = self.outcome(answer.outcome);
        What::Command(command, json!({"outcome": outcome, "findings": findings, "remedies": remedies}))
    }

    pub(super) fn request_review(&self) -> What {
        let request = self.rules.policy.stage(1).and_then(|stage| stage.request.as_ref());
        let ground = request.and_then(|request| request.grounds.first());
        let review = self.story.review.as_ref();
        let reasons = review.map(|review| self.told(&review.reasons));
        let wanted = review.and_then(|review| self.some(review.wanted.as_ref()));
        What::Command("request-review", json!({"ground": ground, "reasons": reasons, "wanted": wanted}))
    }

    /// An action done; a payment with who approved it.
    pub(super) fn complete(&self, action: usize, evidence: Option<&String>, approved_by: Option<&str>) -> What {
        let paid_on = approved_by.map(|_| self.today);
        What::Command(
            "complete-action",
            json!({"action": action, "evidence": self.some(evidence), "approved_by": approved_by, "paid_on": paid_on}),
        )
    }

    /// The outcome, or the nearest one that the policy has.
    fn outcome(&self, outcome: OutcomeId) -> OutcomeId {
        let policy = &self.rules.policy;
        let known = policy.outcome(outcome).or_else(|| policy.outcome(OutcomeId::Upheld)).or(policy.outcomes.first());
        known.map_or(outcome, |found| found.id)
    }
}

fn add(body: &mut Map<String, Value>, field: &str, value: Value) {
    body.insert(field.to_owned(), value);
}
