//! A case: what its ledger folds into. Nothing here is a person's name or words;
//! those live in items of their own, which can be destroyed.

mod beside;
mod contact;
mod entry;
mod event;
mod event_beside;
mod fact;
mod file;
mod fold;
mod fold_beside;
mod record;
mod reference;
mod waits;
mod words;
pub(crate) use words::word;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use beside::{Asked, Class, Cover, Enquiry, Excluded, OmbudsmanDecision, Readers, Representative, Restriction};
pub use contact::{Address, Contact, OnBehalfOf};
pub use entry::{Digest, Entry, FOLD_VERSION, LetterRef, seal, verify};
pub use event::{Event, Moved};
pub use event_beside::Beside;
pub use fact::{Action, Finding, Matter, Owner, Proposal, Received};
pub use file::{CaseFile, FileKind, FileRefusal};
pub use fold::{FoldError, fold, replay};
pub use record::{Ask, Extension, Mark, Response, StageRecord};
pub use reference::{NotAReference, Reference};
pub use words::{Actor, Channel, ClosedAs, FeedbackKind, OutcomeId, RemedyKind, ReplyBy, Status, name_of};

/// The flag of feedback that came as a machine would send it.
pub const SUSPECTED_SPAM: &str = "suspected-spam";

/// Why a case that was taken back is linked to the one its person then began.
pub const AGAIN: &str = "again";

/// Why a case is linked with the first case of a campaign: the same complaint from many people.
pub const CAMPAIGN: &str = "campaign";

/// Why the first case of a campaign is linked with each of the others.
pub const CAMPAIGN_CASE: &str = "campaign-case";

/// Why that one is linked to the case that was taken back.
pub const TAKEN_BACK: &str = "taken-back";

/// A person's words, by the number of the item that holds them.
pub type TextRef = u32;

/// A case, folded from its ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Whose case.
    pub council: String,
    /// Its reference.
    pub reference: Reference,
    /// How many ledger entries it was folded from.
    pub version: u32,
    /// Complaint, comment or compliment.
    pub kind: FeedbackKind,
    /// Where it stands.
    pub status: Status,
    /// How it was closed, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// How it came in.
    pub channel: Channel,
    /// When it first reached anyone at the council.
    pub received_at: DateTime<Utc>,
    /// The civil date of that.
    pub received_on: NaiveDate,
    /// When it was written down.
    pub logged_at: DateTime<Utc>,
    /// The version of the policy it was opened under, for good.
    pub policy: u32,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Who works it.
    pub team: String,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// About the council as the person's landlord.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tenant: bool,
    /// Came without a name or a way to write back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub anonymous: bool,
    /// The way the person wants to be reached.
    pub reply_by: ReplyBy,
    /// The generation of its tracking key.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub key_generation: u32,
    /// It has had its first answer from the system.
    #[serde(default, skip_serializing_if = "is_false")]
    pub opened: bool,
    /// What happened, in the person's words.
    pub about: TextRef,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Matter::is_empty")]
    pub matter: Matter,
    /// An earlier case the person names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Reference>,
    /// What they want.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<TextRef>,
    /// Our understanding of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<TextRef>,
    /// Its points, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
    /// Its stages so far.
    pub stages: Vec<StageRecord>,
    /// What was promised as remedy; outlives the case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Letters, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<LetterMark>,
    /// What the sweep has done about a date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// What a reader should know at a glance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// Cases that belong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Who works on it beside the owner: opaque people, teams, other bodies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Who acts while the owner is away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Cover>,
    /// Who speaks for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative: Option<Representative>,
    /// What it is about, for the figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// Who was asked for their part, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Asked>,
    /// Limits on how the person may reach the council, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restrictions: Vec<Restriction>,
    /// Files that came for it, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<CaseFile>,
    /// What Ombudsmen asked and decided, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enquiries: Vec<Enquiry>,
    /// The people it is about, who may not read, own or sign it: opaque.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about_staff: Vec<String>,
    /// Only these may read it; absent: whoever works cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<Readers>,
    /// When the person's adjustments are looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustments_review: Option<NaiveDate>,
    /// Since when something the person wrote waits for a person to hear it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unheard_since: Option<NaiveDate>,
    /// Not to be destroyed for now.
    #[serde(default, skip_serializing_if = "is_false")]
    pub held: bool,
    /// How many texts it has.
    pub texts: u32,
    /// Its personal items are gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destroyed_on: Option<NaiveDate>,
}

/// A case that belongs with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Link {
    /// Which.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// Why: `duplicate`, `related` or `service-request`.
    pub why: String,
}

/// How and when a case was closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// How.
    pub how: ClosedAs,
    /// When, in London.
    pub on: NaiveDate,
}

/// One point of a complaint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From 1.
    pub n: u32,
    /// What it says.
    pub text: TextRef,
    /// Which service it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Who is responsible, when not the council alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<TextRef>,
    /// A landlord's matter.
    #[serde(default, skip_serializing_if = "is_false")]
    pub tenant: bool,
    /// Outside the policy, while the rest of the complaint stays in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Excluded>,
}

/// A letter of the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterMark {
    /// From 1.
    pub n: u32,
    /// Which letter.
    pub kind: crate::letter::LetterKind,
    /// At which stage.
    pub stage: u8,
    /// How it goes out.
    pub by: ReplyBy,
    /// When it was issued, in London.
    pub on: NaiveDate,
    /// It did not arrive.
    #[serde(default, skip_serializing_if = "is_false")]
    pub bounced: bool,
    /// It was printed and posted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub printed: bool,
    /// It was sent again as this letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<u32>,
    /// When the person was told on the telephone what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_on: Option<NaiveDate>,
}

impl LetterMark {
    /// Whether it is on paper and still to be posted.
    pub fn is_to_post(&self) -> bool {
        self.by == ReplyBy::Post && !self.printed && !self.bounced && self.again.is_none()
    }

    /// Whether somebody still has to telephone and say what is in it.
    pub fn is_to_tell(&self) -> bool {
        self.by == ReplyBy::Phone && self.told_on.is_none() && !self.bounced && self.again.is_none()
    }
}

impl Case {
    /// Whether it waits for somebody to see if it is spam: until then the system writes to nobody's address.
    pub fn is_set_aside(&self) -> bool {
        let taken_on = self.stage().is_some_and(|stage| stage.acknowledged_by_person);
        self.status == Status::New && !taken_on && self.flags.iter().any(|flag| flag == SUSPECTED_SPAM)
    }

    /// The number of the stage it is at.
    pub fn stage_n(&self) -> u8 {
        self.stages.last().map_or(1, |stage| stage.n)
    }

    /// The record of the stage it is at.
    pub fn stage(&self) -> Option<&StageRecord> {
        self.stages.last()
    }

    /// The record of a stage.
    pub fn stage_record(&self, n: u8) -> Option<&StageRecord> {
        self.stages.iter().find(|stage| stage.n == n)
    }

    /// The number the next letter gets.
    pub fn next_letter(&self) -> u32 {
        self.letters.last().map_or(1, |letter| letter.n + 1)
    }

    /// Whether anything is still owed on it.
    pub fn is_open(&self) -> bool {
        self.status != Status::Closed
    }

    /// Since when a closed case still waits for somebody: the person wrote, or has not been told what a letter says.
    pub fn waits_though_closed(&self) -> Option<NaiveDate> {
        let untold = self.letters.iter().filter(|letter| letter.is_to_tell()).map(|letter| letter.on);
        let closed = !self.is_open() && self.destroyed_on.is_none();
        self.unheard_since.into_iter().chain(untold).min().filter(|_| closed)
    }

    /// The complaint that began when the person changed their mind about taking this one back.
    pub fn begun_again(&self) -> Option<&Reference> {
        self.links.iter().find(|link| link.why == AGAIN).map(|link| &link.reference)
    }

    /// The first case of the campaign this one belongs to.
    pub fn campaign(&self) -> Option<&Reference> {
        self.links.iter().find(|link| link.why == CAMPAIGN).map(|link| &link.reference)
    }

    /// The cases of the campaign of which this is the first.
    pub fn campaign_cases(&self) -> impl Iterator<Item = &Reference> {
        self.links.iter().filter(|link| link.why == CAMPAIGN_CASE).map(|link| &link.reference)
    }

    /// The points that are inside the policy.
    pub fn answered_points(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.excluded.is_none())
    }

    /// Who has it now: whoever covers for the owner, or the owner.
    pub fn holder(&self) -> Option<&Owner> {
        self.cover.as_ref().map(|cover| &cover.owner).or(self.owner.as_ref())
    }

    /// The mark the sweep left for a rule, if it left one for this date.
    pub fn mark(&self, rule: &str, due_on: NaiveDate) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.rule == rule && mark.due_on == due_on)
    }
}

pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

pub(crate) fn is_zero(value: &u32) -> bool {
    *value == 0
}
