//! Where an event holds the number of a text.
//!
//! Every field of every event is named here, so that a new one does not compile until somebody has said whether
//! it is a text. A name alone does not tell: `ask` and `restriction` are numbers of other things, and `what` is a
//! text in one place and none in another.

mod beside;

use redress_domain::case::{Action, Ask, Event, Excluded, Finding, Matter, Point, Proposal, Received, TextRef};

/// JSON pointers into the event, each with the number of the text that stands there.
pub(super) fn texts(event: &Event) -> Vec<(String, TextRef)> {
    let mut found = Found::default();
    found.event(event);
    found.0
}

#[derive(Default)]
struct Found(Vec<(String, TextRef)>);

impl Found {
    fn at(&mut self, place: impl Into<String>, n: impl Into<Option<TextRef>>) {
        self.0.extend(n.into().map(|n| (place.into(), n)));
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::Received(received) => self.received(received),
            Event::Accepted { points, definition, wanted, team: _ } => {
                points.iter().enumerate().for_each(|(n, point)| self.point(&format!("/points/{n}"), point));
                self.at("/definition", *definition);
                self.at("/wanted", *wanted);
            }
            Event::Acknowledged { promised: _, definition, wanted } => {
                self.at("/definition", *definition);
                self.at("/wanted", *wanted);
            }
            Event::Extended { until: _, reason, good_reason, approved_by: _ } => {
                self.at("/reason", *reason);
                self.at("/good_reason", *good_reason);
            }
            Event::Updated { text, next_on: _ } => self.at("/text", *text),
            Event::Responded { outcome: _, findings, actions, text, by: _, answered_by: _, last: _ } => {
                self.answer(findings, actions, *text);
            }
            Event::Proposed(proposal) => {
                let Proposal { by: _, outcome: _, findings, actions, text, channel: _ } = &**proposal;
                self.answer(findings, actions, *text);
            }
            Event::SentBack { comment } => self.at("/comment", *comment),
            Event::NotAccepted { reason: _, evidence, route, offered, approved_by: _ } => {
                self.at("/evidence", *evidence);
                self.at("/route", *route);
                self.at("/offered", *offered);
            }
            Event::Resolved { what, offered } => {
                self.at("/what", *what);
                self.at("/offered", *offered);
            }
            Event::Discretion { accepted: _, reason } => self.at("/reason", *reason),
            Event::ReviewDeclined { ground: _, reasons } => self.at("/reasons", *reasons),
            Event::CannotDeliver { action: _, reason, alternative } => {
                self.at("/reason", *reason);
                self.at("/alternative", *alternative);
            }
            Event::Corrected { field: _, value: _, reason } => self.at("/reason", *reason),
            Event::LetterCorrected { letter: _, text, reason } => {
                self.at("/text", *text);
                self.at("/reason", *reason);
            }
            Event::Contacted { channel: _, text } => self.at("/text", *text),
            Event::RiskRaised { text, referred } => {
                self.at("/text", *text);
                self.at("/referred", *referred);
            }
            Event::Held { held: _, reason } => self.at("/reason", *reason),
            Event::ReviewRequested {
                ask: Ask { asked_on: _, received_at: _, late: _, reasons, wanted, clock_from: _ },
                promised_acknowledgement: _,
                promised: _,
                acknowledged: _,
                organisation: _,
            } => {
                self.at("/ask/reasons", *reasons);
                self.at("/ask/wanted", *wanted);
            }
            Event::ActionCompleted { action: _, on: _, evidence, approved_by: _ } => self.at("/evidence", *evidence),
            Event::Withdrawn { reason } => self.at("/reason", *reason),
            Event::Closed { how: _, reason, claim_filed_on: _, evidence } => {
                self.at("/reason", *reason);
                self.at("/evidence", *evidence);
            }
            Event::Noted { text } | Event::Messaged { text } => self.at("/text", *text),
            Event::Beside(beside) => self.beside(beside),
            Event::Opened
            | Event::PassedOn
            | Event::Assigned { owner: _, team: _, service: _, with: _ }
            | Event::ReceivedOn { letter: _, on: _ }
            | Event::Linked { reference: _, why: _ }
            | Event::Gathered { references: _ }
            | Event::ContactChanged { review_on: _, reply_by: _ }
            | Event::Bounced { letter: _ }
            | Event::Printed { letter: _, second_class: _ }
            | Event::Warned { rule: _, due_on: _ }
            | Event::Missed { rule: _, due_on: _ }
            | Event::Escalated { rule: _, due_on: _, rung: _ }
            | Event::WindowEnded { stage: _ }
            | Event::CalendarChanged { calendar_version: _, moved: _ }
            | Event::Destroyed => {}
        }
    }

    fn received(&mut self, received: &Received) {
        let Received {
            council: _,
            reference: _,
            kind: _,
            channel: _,
            received_at: _,
            policy: _,
            service: _,
            team: _,
            tenant: _,
            anonymous: _,
            reply_by: _,
            about,
            wanted,
            matter: Matter { happened_on: _, aware_on: _, first_reported_on: _, approximate: _, late_reason },
            previous: _,
            promised_acknowledgement: _,
            promised: _,
            flags: _,
            clock_from: _,
            representative: _,
            raised_from: _,
            reported_by,
        } = received;
        self.at("/about", *about);
        self.at("/wanted", *wanted);
        self.at("/matter/late_reason", *late_reason);
        self.at("/reported_by", *reported_by);
    }

    fn answer(&mut self, findings: &[Finding], actions: &[Action], text: Option<TextRef>) {
        for (n, Finding { point: _, outcome: _, reason, references }) in findings.iter().enumerate() {
            self.at(format!("/findings/{n}/reason"), *reason);
            self.at(format!("/findings/{n}/references"), *references);
        }
        self.actions(actions);
        self.at("/text", text);
    }

    fn actions(&mut self, actions: &[Action]) {
        actions.iter().enumerate().for_each(|(n, action)| self.action(&format!("/actions/{n}"), action));
    }

    fn action(&mut self, place: &str, action: &Action) {
        let Action { n: _, kind: _, what, owner: _, by: _, pence: _, done_on: _, undeliverable: _, approved_by: _ } =
            action;
        self.at(format!("{place}/what"), *what);
    }

    fn point(&mut self, place: &str, point: &Point) {
        let Point { n: _, text, service: _, responsible, tenant: _, excluded } = point;
        self.at(format!("{place}/text"), *text);
        self.at(format!("{place}/responsible"), *responsible);
        if let Some(excluded) = excluded {
            self.excluded(&format!("{place}/excluded"), excluded);
        }
    }

    fn excluded(&mut self, place: &str, Excluded { reason: _, evidence }: &Excluded) {
        self.at(format!("{place}/evidence"), *evidence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_text_by_its_place_and_not_by_its_name() {
        let event: Event = serde_json::from_str(
            r#"{"type":"responded","outcome":"upheld","by":"email","text":7,
                "findings":[{"point":1,"outcome":"upheld","reason":3,"references":4}],
                "actions":[{"n":1,"kind":"apology","what":5},{"n":2,"kind":"payment","what":6,"pence":5}]}"#,
        )
        .unwrap();
        let places: Vec<String> = texts(&event).into_iter().map(|(place, n)| format!("{place} {n}")).collect();
        assert_eq!(
            places,
            ["/findings/0/reason 3", "/findings/0/references 4", "/actions/0/what 5", "/actions/1/what 6", "/text 7"]
        );
    }

    #[test]
    fn every_place_holds_its_number() {
        for event in [
            r#"{"type":"asked","n":2,"whom":1,"question":2,"on":"2026-03-20","by":"2026-03-25"}"#,
            r#"{"type":"ask-answered","ask":2,"on":"2026-03-20","text":2}"#,
            r#"{"type":"learned","lesson":1,"cause":2,"action":{"n":2,"kind":"policy-changed","what":3}}"#,
            r#"{"type":"points-excluded","points":[2],"excluded":{"reason":"other","evidence":4},"approved_by":"x"}"#,
            r#"{"type":"point-added","point":{"n":2,"text":5,"responsible":6},"reason":7}"#,
            r#"{"type":"restriction-reviewed","restriction":1,"kept":true,"reason":2,"until":null,"review_on":null}"#,
            r#"{"type":"ombudsman-enquired","n":1,"body":"lgsco","their_reference":9,"received_on":"2026-03-20"}"#,
            r#"{"type":"accepted","points":[{"n":1,"text":2,"excluded":{"reason":"fraud","evidence":3}}],
                "definition":4,"wanted":5,"team":"waste"}"#,
        ] {
            let event: Event = serde_json::from_str(event).unwrap();
            let value = serde_json::to_value(&event).unwrap();
            let found = texts(&event);
            assert!(!found.is_empty());
            for (place, n) in found {
                assert_eq!(value.pointer(&place), Some(&serde_json::json!(n)), "{place}");
            }
        }
    }
}
