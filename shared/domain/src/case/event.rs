//! What can happen to a case. Events are facts: a name once written is read for ever.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Action, Ask, Beside, Channel, ClosedAs, Finding, OutcomeId, Owner, Point, Proposal, Received, Reference, ReplyBy,
    TextRef,
};

/// Something that happened. Holds no personal data: texts by number, people by opaque id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Event {
    /// Feedback reached the council.
    Received(Box<Received>),
    /// New feedback was looked at by the system: what a person must do next.
    Opened,
    /// A comment or compliment went to the people concerned.
    PassedOn,
    /// It is a complaint, and these are its points.
    Accepted {
        /// Its points.
        points: Vec<Point>,
        /// Our understanding.
        definition: Option<TextRef>,
        /// What is wanted.
        wanted: Option<TextRef>,
        /// Who works it.
        team: String,
    },
    /// Somebody has it now. No clock restarts.
    Assigned {
        /// Who.
        owner: Option<Owner>,
        /// Which team.
        team: String,
        /// About which service.
        service: Option<String>,
        /// Who works on it beside them: opaque people, teams, other bodies.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        with: Vec<String>,
    },
    /// The person was told that we have it, what we understood, and by when they hear.
    Acknowledged {
        /// The answer that was promised for.
        promised: NaiveDate,
        /// Our understanding, if it was written anew.
        definition: Option<TextRef>,
        /// What is wanted, if it was written anew.
        wanted: Option<TextRef>,
    },
    /// The answer was put off.
    Extended {
        /// To this day.
        until: NaiveDate,
        /// Why.
        reason: TextRef,
        /// Why it is longer than the Code's measure.
        good_reason: Option<TextRef>,
        /// Who approved that: opaque.
        approved_by: Option<String>,
    },
    /// News was sent.
    Updated {
        /// What was said, when a person said it.
        text: Option<TextRef>,
        /// The next news, where a day was named.
        next_on: Option<NaiveDate>,
    },
    /// The stage was answered.
    Responded {
        /// The decision.
        outcome: OutcomeId,
        /// The decision on each point.
        findings: Vec<Finding>,
        /// What will be put right.
        actions: Vec<Action>,
        /// The words of the answer.
        text: Option<TextRef>,
        /// How the letter goes.
        by: ReplyBy,
        /// Who answered, where somebody else signed it off: opaque.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answered_by: Option<String>,
        /// It was the last stage: nothing follows but the Ombudsman.
        #[serde(default, skip_serializing_if = "super::is_false")]
        last: bool,
    },
    /// An answer was written, and waits to be signed off.
    Proposed(Box<Proposal>),
    /// The answer that was written was not signed off.
    SentBack {
        /// Why.
        comment: TextRef,
    },
    /// It is outside the policy, or nobody took it as a complaint.
    NotAccepted {
        /// Which exclusion.
        reason: String,
        /// What shows it.
        evidence: TextRef,
        /// Where it goes instead, and by when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<TextRef>,
        /// That they were offered to complain all the same, and what they said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offered: Option<TextRef>,
        /// The complaints manager who approved it: opaque.
        approved_by: String,
    },
    /// It was put right at first contact.
    Resolved {
        /// How.
        what: TextRef,
        /// That they were offered to complain all the same, and what they said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offered: Option<TextRef>,
    },
    /// Something late was looked at, and goes on or does not.
    Discretion {
        /// It goes on.
        accepted: bool,
        /// Why.
        reason: TextRef,
    },
    /// The review was declined, with a ground of the policy.
    ReviewDeclined {
        /// Which ground.
        ground: String,
        /// Why.
        reasons: TextRef,
    },
    /// An action promised cannot be done.
    CannotDeliver {
        /// Its number.
        action: u32,
        /// Why.
        reason: TextRef,
        /// What is done instead.
        alternative: Option<TextRef>,
    },
    /// There is evidence of when a letter arrived.
    ReceivedOn {
        /// Which letter.
        letter: u32,
        /// When.
        on: NaiveDate,
    },
    /// Something that was written down wrong is put right.
    Corrected {
        /// Which field.
        field: String,
        /// To what.
        value: String,
        /// Why.
        reason: TextRef,
    },
    /// A letter was corrected; no date moves.
    LetterCorrected {
        /// Which letter.
        letter: u32,
        /// What it should have said.
        text: TextRef,
        /// Why.
        reason: TextRef,
    },
    /// Another case belongs with it.
    Linked {
        /// Which.
        reference: Reference,
        /// Why.
        why: String,
    },
    /// The same complaint came from others: this is the first case of a campaign, and these belong to it.
    Gathered {
        /// Which.
        references: Vec<Reference>,
    },
    /// Somebody spoke with the person.
    Contacted {
        /// How.
        channel: Channel,
        /// What was said.
        text: TextRef,
    },
    /// How the person is helped, or reached, was written down anew.
    ContactChanged {
        /// When their adjustments are looked at again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review_on: Option<NaiveDate>,
        /// How they want to be reached from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_by: Option<ReplyBy>,
    },
    /// Somebody may be in danger.
    RiskRaised {
        /// What it is.
        text: TextRef,
        /// Where it was referred to.
        referred: Option<TextRef>,
    },
    /// It is not to be destroyed for now, or may be again.
    Held {
        /// Whether it is held.
        held: bool,
        /// Why.
        reason: TextRef,
    },
    /// The next stage was asked for.
    ReviewRequested {
        /// How.
        ask: Ask,
        /// The acknowledgement that was promised for.
        promised_acknowledgement: NaiveDate,
        /// The answer that was promised for.
        promised: NaiveDate,
        /// The system acknowledged it in the same breath.
        #[serde(default, skip_serializing_if = "super::is_false")]
        acknowledged: bool,
        /// The organisation that runs the stage, where it is not the council itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
    },
    /// An action promised was done.
    ActionCompleted {
        /// Its number.
        action: u32,
        /// When.
        on: NaiveDate,
        /// What shows it.
        evidence: TextRef,
        /// Who approved a payment: opaque.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<String>,
    },
    /// The person took it back.
    Withdrawn {
        /// Why, if they said.
        reason: Option<TextRef>,
    },
    /// It was closed by an officer.
    Closed {
        /// How.
        how: ClosedAs,
        /// Why.
        reason: TextRef,
        /// When a claim was filed at court.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claim_filed_on: Option<NaiveDate>,
        /// What shows that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<TextRef>,
    },
    /// Something to remember.
    Noted {
        /// What.
        text: TextRef,
    },
    /// The person wrote again.
    Messaged {
        /// What.
        text: TextRef,
    },
    /// A letter did not arrive.
    Bounced {
        /// Which.
        letter: u32,
    },
    /// A letter was printed and posted.
    Printed {
        /// Which.
        letter: u32,
        /// By second-class post.
        #[serde(default, skip_serializing_if = "super::is_false")]
        second_class: bool,
    },
    /// Staff were warned of a date.
    Warned {
        /// Which rule.
        rule: String,
        /// Which date.
        due_on: NaiveDate,
    },
    /// A date passed with nothing done.
    Missed {
        /// Which rule.
        rule: String,
        /// Which date.
        due_on: NaiveDate,
    },
    /// A missed date reached the next rung.
    Escalated {
        /// Which rule.
        rule: String,
        /// Which date.
        due_on: NaiveDate,
        /// The rung, from 0.
        rung: u32,
    },
    /// The window to ask for the next stage passed unused, or the case was filed.
    WindowEnded {
        /// Of which stage.
        stage: u8,
    },
    /// The council's calendar changed, and the case was counted anew. What was promised stays.
    CalendarChanged {
        /// The calendar's version from then on.
        calendar_version: u32,
        /// What moved.
        moved: Vec<Moved>,
    },
    /// Everything personal was destroyed.
    Destroyed,
    /// Something beside the stages.
    #[serde(untagged)]
    Beside(Beside),
}

impl Event {
    /// Whether the case has another tracking key from then on.
    pub fn renews_key(&self) -> bool {
        matches!(self, Event::Beside(Beside::LinkSent { new_key: true, .. }))
    }
}

impl From<Beside> for Event {
    fn from(beside: Beside) -> Event {
        Event::Beside(beside)
    }
}

/// A date that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which rule.
    pub rule: String,
    /// From this day.
    pub from: NaiveDate,
    /// To this day.
    pub to: NaiveDate,
}
