//! The proof sheet: every template tried on letters that are made up, before a real one
//! depends on it. For the check of policies and for tests; a function need not do it at start.

mod made_up;

use chrono::NaiveDate;
use redress_domain::case::{Contact, name_of};
use redress_domain::decide::{StaffMail, StaffMatter};
use redress_domain::letter::LetterKind;
use redress_domain::policy::Mailbox;

use crate::context::{self, DigestEnvelope, DigestItem, Envelope, StaffEnvelope};
use crate::error::LetterError;
use crate::lint::lint;
use crate::press::{Press, Words};
use crate::templates::{DIGEST, STAFF};
use made_up::{OUTCOMES, PERSONAL, contact, council, order};

impl Press {
    /// Tries every template, shared and of each council, on made-up letters: with everything
    /// and with the least a letter can have. Everything wrong is told at once.
    pub fn proof(&self) -> Vec<LetterError> {
        let mut wrong = Vec::new();
        for file in self.files() {
            let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".txt")).unwrap_or_default();
            if stem == STAFF {
                wrong.extend(self.proof_staff(file));
            }
            if stem == DIGEST {
                wrong.extend(self.proof_digest(file));
            }
            let kind = LetterKind::ALL.into_iter().find(|kind| name_of(kind) == stem);
            wrong.extend(kind.into_iter().flat_map(|kind| self.proof_letter(file, kind)));
        }
        let mut told = Vec::new();
        wrong.retain(|error| {
            let first = !told.contains(error);
            told.extend(first.then(|| error.clone()));
            first
        });
        wrong
    }

    fn proof_letter(&self, file: &str, kind: LetterKind) -> Vec<LetterError> {
        let council = council();
        let mut wrong = Vec::new();
        for (outcome, full) in OUTCOMES.into_iter().flat_map(|outcome| [(outcome, true), (outcome, false)]) {
            for stage in [1, 2] {
                let contact = if full { contact() } else { Contact::default() };
                let envelope = Envelope {
                    council: &council,
                    council_id: "",
                    policy_title: "Complaints policy",
                    reference: "XXX-0000-0000",
                    contact: &contact,
                    track_url: full.then_some("https://redress.example/track"),
                    on: NaiveDate::default(),
                };
                let order = order(kind, stage, full, outcome);
                wrong.extend(self.try_out(file, context::of_letter(&order, &envelope)));
            }
        }
        wrong
    }

    fn proof_staff(&self, file: &str) -> Vec<LetterError> {
        let envelope = StaffEnvelope {
            council_id: "",
            council: "Council",
            reference: "XXX-0000-0000",
            url: "https://redress.example/staff",
            team: "Team",
        };
        let mut wrong = Vec::new();
        for about in StaffMatter::ALL {
            let dated = StaffMail::of_date(Mailbox::Team, about, "stage-1.respond", NaiveDate::default());
            for mail in [StaffMail::new(Mailbox::Team, about), dated] {
                wrong.extend(self.try_out(file, context::of_staff(&mail, &envelope)));
            }
        }
        wrong
    }

    fn proof_digest(&self, file: &str) -> Vec<LetterError> {
        let envelope = |more: bool| DigestEnvelope {
            council_id: "",
            council: "Council",
            whose: "Team",
            on: NaiveDate::default(),
            desk: "https://redress.example/staff",
            overdue: "0",
            due_today: "1",
            more,
        };
        let item = |about: StaffMatter| DigestItem {
            reference: "XXX-0000-0000".to_owned(),
            url: "https://redress.example/staff".to_owned(),
            mail: StaffMail::of_date(Mailbox::Team, about, "stage-1.respond", NaiveDate::default()),
        };
        let all = StaffMatter::ALL.map(item);
        let each = all.iter().map(std::slice::from_ref);
        each.chain([all.as_slice()])
            .zip([true, false].into_iter().cycle())
            .flat_map(|(items, more)| self.try_out(file, context::of_digest(items, &envelope(more))))
            .collect()
    }

    fn try_out(&self, file: &str, names: context::Names) -> Vec<LetterError> {
        let shape = |message: String| LetterError::Shape { file: file.to_owned(), message };
        match self.print(file, names) {
            Err(error) => vec![error],
            Ok(Words { subject, body }) => {
                let personal =
                    subject.contains(PERSONAL).then(|| shape("its subject says something personal".to_owned()));
                let phrases = lint(&body).into_iter().map(|phrase| shape(format!("it says “{phrase}”")));
                personal.into_iter().chain(phrases).collect()
            }
        }
    }
}
