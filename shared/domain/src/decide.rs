//! What a decision is made from, and what it makes.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::local_date;
use crate::case::{Actor, Case, Contact, Event, Reference, ReplyBy, StageRecord, TextRef};
use crate::letter::LetterOrder;
use crate::policy::{Mailbox, Stage};
use crate::refusal::Refusal;
use crate::rules::Rules;

/// A case with the personal items a decision may need.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The folded case.
    pub case: Case,
    /// Its texts by number; those that were loaded.
    pub texts: BTreeMap<TextRef, String>,
    /// The person.
    pub contact: Contact,
}

impl Dossier {
    /// A text, or nothing when it was not loaded or is destroyed.
    pub fn text(&self, n: TextRef) -> &str {
        self.texts.get(&n).map_or("", String::as_str)
    }

    /// A text that may not be there.
    pub fn maybe(&self, n: Option<TextRef>) -> Option<&str> {
        n.map(|n| self.text(n)).filter(|text| !text.is_empty())
    }
}

/// Everything a decision looks at. Same context, same decision.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Policy, calendar, Ombudsmen, roles.
    pub rules: &'a Rules,
    /// The case.
    pub dossier: &'a Dossier,
    /// Who acts.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<Utc>,
    /// What a case raised from this one would be opened with; absent where none can be.
    pub fresh: Option<Fresh<'a>>,
}

/// A reference that nobody has yet, and the rules of today.
#[derive(Clone, Copy, Debug)]
pub struct Fresh<'a> {
    /// Drawn by chance.
    pub reference: &'a Reference,
    /// What new feedback falls under.
    pub rules: &'a Rules,
}

impl<'a> Context<'a> {
    /// The case.
    pub fn case(&self) -> &'a Case {
        &self.dossier.case
    }

    /// The civil date of now.
    pub fn today(&self) -> NaiveDate {
        local_date(self.now)
    }

    /// The stage the case is at, as its policy has it.
    ///
    /// # Errors
    /// When the policy has no such stage, as for a comment.
    pub fn stage(&self) -> Result<(&'a Stage, &'a StageRecord), Refusal> {
        let stage = self.rules.stage_of(self.case());
        stage.zip(self.case().stage()).ok_or_else(|| {
            Refusal::not_allowed("The policy has no such stage.", self.rules.policy.policy.title.clone())
        })
    }
}

/// What a command or the sweep decided: committed whole, or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What happened.
    pub event: Event,
    /// New texts, in the order of their numbers.
    pub texts: Vec<String>,
    /// Letters to the person.
    pub letters: Vec<LetterOrder>,
    /// Mail to staff; it waits for the morning.
    pub staff: Vec<StaffMail>,
    /// The person, when they changed.
    pub contact: Option<Contact>,
    /// A letter that goes again as it was, another way.
    pub again: Option<Again>,
    /// A case of its own that begins with this.
    pub raises: Option<Box<Raises>>,
}

/// A letter to be sent again.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// Its number.
    pub letter: u32,
    /// How it goes now.
    pub by: ReplyBy,
}

/// A case that begins beside another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Raises {
    /// Its reference.
    pub reference: Reference,
    /// Its beginning.
    pub decision: Decision,
}

impl Decision {
    /// A decision with nothing but its event.
    pub fn of(event: impl Into<Event>) -> Decision {
        let event = event.into();
        Decision {
            event,
            texts: Vec::new(),
            letters: Vec::new(),
            staff: Vec::new(),
            contact: None,
            again: None,
            raises: None,
        }
    }

    /// With these texts.
    #[must_use]
    pub fn with_texts(self, texts: Texts) -> Decision {
        Decision { texts: texts.made, ..self }
    }

    /// With a letter.
    #[must_use]
    pub fn with_letter(mut self, letter: LetterOrder) -> Decision {
        self.letters.push(letter);
        self
    }

    /// With a mail to staff.
    #[must_use]
    pub fn with_staff(mut self, mail: StaffMail) -> Decision {
        self.staff.push(mail);
        self
    }
}

/// Numbers new texts after those a case has.
#[derive(Debug)]
pub struct Texts {
    next: TextRef,
    made: Vec<String>,
}

impl Texts {
    /// After those the case has.
    pub fn after(case: &Case) -> Texts {
        Texts { next: case.texts + 1, made: Vec::new() }
    }

    /// From the first.
    pub fn first() -> Texts {
        Texts { next: 1, made: Vec::new() }
    }

    /// Keeps a text and gives its number.
    pub fn add(&mut self, text: impl Into<String>) -> TextRef {
        let n = self.next;
        self.next += 1;
        self.made.push(text.into());
        n
    }

    /// Keeps a text that may not be there.
    pub fn add_some(&mut self, text: Option<String>) -> Option<TextRef> {
        text.map(|text| self.add(text))
    }
}

/// A mail to staff: which case, what about, by which rule. Holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMail {
    /// Whose mailbox.
    pub to: Mailbox,
    /// What about.
    pub about: StaffMatter,
    /// Which rule, where it is about a date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Which date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// What a mail to staff is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffMatter {
    /// New feedback to look at.
    New,
    /// A comment or compliment for the people concerned.
    PassedOn,
    /// A case is yours now.
    Assigned,
    /// A date is near.
    Warned,
    /// A date was missed.
    Missed,
    /// A missed date is still missed.
    Escalated,
    /// A review was asked for.
    ReviewRequested,
    /// A letter did not arrive.
    Bounced,
    /// The person wrote again.
    Messaged,
    /// The person took it back.
    Withdrawn,
    /// Somebody may be in danger: goes out at once, day or night.
    Risk,
    /// An answer waits to be signed off.
    Proposed,
    /// An answer was sent back.
    SentBack,
    /// A letter came back, or somebody else read it.
    Returned,
    /// A review is yours to run.
    HandedOver,
    /// Somebody else's part is wanted.
    Asked,
    /// An Ombudsman asked or decided.
    Ombudsman,
    /// Something is to be looked at again.
    Review,
    /// You act for somebody.
    Covered,
}

impl StaffMatter {
    /// Everything a mail to staff can be about.
    pub const ALL: [StaffMatter; 19] = [
        StaffMatter::New,
        StaffMatter::PassedOn,
        StaffMatter::Assigned,
        StaffMatter::Warned,
        StaffMatter::Missed,
        StaffMatter::Escalated,
        StaffMatter::ReviewRequested,
        StaffMatter::Bounced,
        StaffMatter::Messaged,
        StaffMatter::Withdrawn,
        StaffMatter::Risk,
        StaffMatter::Proposed,
        StaffMatter::SentBack,
        StaffMatter::Returned,
        StaffMatter::HandedOver,
        StaffMatter::Asked,
        StaffMatter::Ombudsman,
        StaffMatter::Review,
        StaffMatter::Covered,
    ];
}

impl StaffMail {
    /// About a case as a whole.
    pub fn new(to: Mailbox, about: StaffMatter) -> StaffMail {
        StaffMail { to, about, rule: None, due_on: None }
    }

    /// About a date.
    pub fn of_date(to: Mailbox, about: StaffMatter, rule: &str, due_on: NaiveDate) -> StaffMail {
        StaffMail { to, about, rule: Some(rule.to_owned()), due_on: Some(due_on) }
    }
}
