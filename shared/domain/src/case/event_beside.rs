//! What can happen beside the stages of a case. As much for good as the events of the stages.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Action, Asked, CaseFile, Class, Cover, Enquiry, Excluded, FeedbackKind, OmbudsmanDecision, Point, Readers,
    Reference, ReplyBy, Representative, Restriction, TextRef,
};

/// Something that happened beside the stages. Holds no personal data, like every event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Beside {
    /// The person was asked for what is not clear. No clock stops.
    Clarified {
        /// What.
        question: TextRef,
    },
    /// A point was added to a complaint that is not answered yet.
    PointAdded {
        /// The point.
        point: Point,
        /// Why it belongs here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<TextRef>,
    },
    /// Some points are outside the policy; the rest stays in.
    PointsExcluded {
        /// Their numbers.
        points: Vec<u32>,
        /// Why.
        excluded: Excluded,
        /// Who approved it: opaque.
        approved_by: String,
    },
    /// Another case was raised from this one, which stays as it is.
    Raised {
        /// Which.
        reference: Reference,
        /// What it is.
        kind: FeedbackKind,
        /// What made it one.
        trigger: Option<TextRef>,
        /// The person changed their mind about taking this one back.
        #[serde(default, skip_serializing_if = "super::is_false")]
        again: bool,
    },
    /// Somebody was asked for their part.
    Asked(Asked),
    /// They answered.
    AskAnswered {
        /// Which ask.
        ask: u32,
        /// When.
        on: NaiveDate,
        /// What.
        text: Option<TextRef>,
    },
    /// A review went to the organisation that runs it.
    HandedOver {
        /// Which.
        organisation: String,
    },
    /// Somebody from outside supports the review; the person was told.
    ExternalAppointed {
        /// Who.
        who: TextRef,
        /// Why.
        reason: Option<TextRef>,
    },
    /// Who speaks for the person, or no longer does.
    RepresentativeSet {
        /// Who, by what right; nobody when it ended.
        representative: Option<Representative>,
        /// What shows the right.
        evidence: Option<TextRef>,
        /// The person has died.
        #[serde(default, skip_serializing_if = "super::is_false")]
        deceased: bool,
        /// How letters go from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_by: Option<ReplyBy>,
    },
    /// A letter was sent again, as it was.
    Reissued {
        /// Which.
        letter: u32,
        /// Another way.
        by: ReplyBy,
    },
    /// The address of the person's own page went to them again.
    LinkSent {
        /// How.
        by: ReplyBy,
        /// With a new key: what was sent before opens nothing any more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        new_key: bool,
    },
    /// A letter came back, or went to somebody else.
    Returned {
        /// Which.
        letter: u32,
        /// When it came back.
        on: NaiveDate,
        /// Somebody else read it.
        breach: bool,
        /// What is known of it.
        reason: Option<TextRef>,
    },
    /// These people are complained about, or stand too near: they are kept from it.
    AboutStaff {
        /// Opaque.
        people: Vec<String>,
    },
    /// It went to the people or the body concerned.
    Forwarded {
        /// To whom.
        to: TextRef,
        /// What the person said to that.
        consent: Option<TextRef>,
        /// The council's part ends with it.
        closes: bool,
    },
    /// What it is about, for the figures.
    Classified {
        /// As far as it was said.
        class: Class,
        /// It raises an equality issue, and is looked at first.
        #[serde(default, skip_serializing_if = "super::is_false")]
        equality: bool,
    },
    /// Something was learnt from it.
    Learned {
        /// What.
        lesson: TextRef,
        /// What lay behind it.
        cause: Option<TextRef>,
        /// What changes, as an action.
        action: Option<Action>,
    },
    /// Somebody acts for the owner.
    Covered(Cover),
    /// The owner is back.
    CoverEnded,
    /// How the person may reach the council was limited.
    Restricted(Restriction),
    /// A restriction was looked at again.
    RestrictionReviewed {
        /// Which.
        restriction: u32,
        /// It goes on.
        kept: bool,
        /// Why.
        reason: TextRef,
        /// Until when.
        until: Option<NaiveDate>,
        /// When it is looked at next.
        review_on: Option<NaiveDate>,
    },
    /// Who may read the case; everybody who works cases when empty.
    ReadingRestricted {
        /// Who.
        readers: Option<Readers>,
        /// Why.
        reason: TextRef,
    },
    /// An Ombudsman asked.
    OmbudsmanEnquired(Enquiry),
    /// They were answered.
    OmbudsmanReplied {
        /// Which enquiry.
        enquiry: u32,
        /// When.
        on: NaiveDate,
        /// What.
        text: Option<TextRef>,
    },
    /// They decided.
    OmbudsmanDecided {
        /// Which enquiry.
        enquiry: u32,
        /// What.
        decision: OmbudsmanDecision,
        /// When.
        on: NaiveDate,
        /// What they want put right.
        actions: Vec<Action>,
        /// In their words.
        text: Option<TextRef>,
    },
    /// Everything they asked for was done.
    OmbudsmanComplied {
        /// Which enquiry.
        enquiry: u32,
        /// When.
        on: NaiveDate,
        /// What shows it.
        evidence: TextRef,
    },
    /// A file was added.
    FileAdded(CaseFile),
    /// A file that came was not kept.
    FileRefused(CaseFile),
}
