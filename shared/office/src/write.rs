//! The letters of a decision, written once, before it is stored.

use chrono::{DateTime, Utc};

use redress_domain::calendar::local_date;
use redress_domain::case::{Actor, Case, Contact, Event, ReplyBy};
use redress_domain::decide::{Again, Decision, Raises};
use redress_domain::rules::Rules;
use redress_letters::{Envelope, StaffEnvelope};
use redress_store::{CaseKey, Commit, Idempotency, LetterBody, OutLetter, OutStaff, StaffBody};

use crate::{Office, OfficeError};

/// A decision on its way into the tables.
pub(crate) struct Draft<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) before: Option<(&'a Case, String)>,
    pub(crate) key: &'a CaseKey,
    pub(crate) contact: &'a Contact,
    pub(crate) by: &'a Actor,
    pub(crate) now: DateTime<Utc>,
    pub(crate) request: Option<&'a Idempotency>,
}

impl Office {
    /// Writes the letters of a decision and stores everything together.
    pub(crate) async fn file(&self, draft: Draft<'_>, mut decision: Decision) -> Result<Case, OfficeError> {
        let mut letters = self.letters(&draft, &decision)?;
        if let Some(again) = &decision.again {
            letters.push(self.again(&draft, again).await?);
        }
        let staff = self.staff(&draft, &decision)?;
        let raises = decision.raises.take();
        let present = self.present(&draft.key.council)?;
        let also = raises.map(|raises| self.beginning(&draft, &present, *raises)).transpose()?;
        let case = self
            .store
            .commit(Commit {
                rules: draft.rules,
                before: draft.before,
                key: draft.key.clone(),
                decision,
                letters,
                staff,
                by: draft.by.clone(),
                now: draft.now,
                request: draft.request.cloned(),
                also: also.map(Box::new),
            })
            .await?;
        Ok(case)
    }

    /// The beginning of a case that is raised from this one.
    fn beginning<'a>(&self, draft: &Draft<'_>, present: &'a Rules, raises: Raises) -> Result<Commit<'a>, OfficeError> {
        let key = CaseKey::new(&draft.key.council, raises.reference.as_str());
        let decision = raises.decision;
        let contact = decision.contact.clone().unwrap_or_default();
        let first = Draft {
            rules: present,
            before: None,
            key: &key,
            contact: &contact,
            by: draft.by,
            now: draft.now,
            request: None,
        };
        let letters = self.letters(&first, &decision)?;
        let staff = self.staff(&first, &decision)?;
        Ok(Commit {
            rules: present,
            before: None,
            key: key.clone(),
            decision,
            letters,
            staff,
            by: draft.by.clone(),
            now: draft.now,
            request: None,
            also: None,
        })
    }

    /// A letter as it was, to go another way.
    pub(crate) async fn again(&self, draft: &Draft<'_>, again: &Again) -> Result<OutLetter, OfficeError> {
        let found = self.store.letters(draft.key, again.letter..again.letter + 1).await?;
        let letter = found.into_iter().next().ok_or(OfficeError::NoCase)?;
        let to = addressee(draft.contact, again.by);
        Ok(OutLetter { body: LetterBody { by: again.by, to, ..letter.body } })
    }

    pub(crate) fn letters(&self, draft: &Draft<'_>, decision: &Decision) -> Result<Vec<OutLetter>, OfficeError> {
        let policy = &draft.rules.policy;
        let before = draft.before.as_ref().map_or(0, |(case, _)| case.key_generation);
        // The letter that brings a new key already has it.
        let generation = before + u32::from(decision.event.renews_key());
        let track_url = self.settings.track_url(&draft.key.council, &draft.key.reference, generation);
        let envelope = Envelope {
            council: &policy.council,
            council_id: &draft.key.council,
            policy_title: &policy.policy.title,
            reference: &draft.key.reference,
            contact: draft.contact,
            track_url: Some(&track_url),
            on: local_date(draft.now),
        };
        let mut letters = Vec::new();
        for order in &decision.letters {
            let words = self.press.letter(order, &envelope)?;
            letters.push(OutLetter {
                body: LetterBody {
                    kind: order.kind,
                    stage: order.stage,
                    by: order.by,
                    to: addressee(draft.contact, order.by),
                    parts: order.parts.keys().copied().collect(),
                    subject: words.subject,
                    words: words.body,
                },
            });
        }
        Ok(letters)
    }

    fn staff(&self, draft: &Draft<'_>, decision: &Decision) -> Result<Vec<OutStaff>, OfficeError> {
        let council = &draft.key.council;
        let url = format!("{}/staff/{council}/cases/{}", self.settings.base_url, draft.key.reference);
        let team = team_after(draft, decision);
        let name = draft.rules.policy.team(&team).map_or(team.as_str(), |found| found.name.as_str());
        let mut mails = Vec::new();
        for mail in &decision.staff {
            let envelope = StaffEnvelope {
                council_id: council,
                council: &draft.rules.policy.council.name,
                reference: &draft.key.reference,
                url: &url,
                team: name,
            };
            let words = self.press.staff(mail, &envelope)?;
            mails.push(OutStaff {
                body: StaffBody {
                    to: mail.to,
                    team: team.clone(),
                    about: mail.about,
                    subject: words.subject,
                    words: words.body,
                    rule: mail.rule.clone(),
                    due_on: mail.due_on,
                },
                with_digest: self.settings.deployment.council.get(council).is_none_or(|council| council.digest),
            });
        }
        Ok(mails)
    }
}

/// The team that has the case once this is decided.
fn team_after(draft: &Draft<'_>, decision: &Decision) -> String {
    match &decision.event {
        Event::Received(received) => received.team.clone(),
        Event::Accepted { team, .. } | Event::Assigned { team, .. } => team.clone(),
        _ => draft.before.as_ref().map_or_else(String::new, |(case, _)| case.team.clone()),
    }
}

/// Where a letter goes, as it was when it was written.
fn addressee(contact: &Contact, by: ReplyBy) -> Option<String> {
    match by {
        ReplyBy::Email => contact.email.clone(),
        ReplyBy::Phone => contact.phone.clone(),
        ReplyBy::Post => contact.address.as_ref().map(|address| {
            let lines = contact.name.iter().chain(&address.lines).chain(&address.postcode);
            lines.cloned().collect::<Vec<_>>().join("\n")
        }),
        ReplyBy::Track => None,
    }
}
