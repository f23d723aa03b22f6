//! A council's published procedure, as data.
//!
//! A policy is one TOML file, versioned and dated. Everything a council differs
//! in stands there; nothing of it stands in Rust. Each promise cites the heading
//! it comes from, and says so when it comes from a Code instead (`in_policy = false`).

mod beside;
mod check;
mod read;
mod says;
mod stage;
mod watch;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use beside::{
    Category, Closure, Deemed, MatterDate, Organisation, Representatives, Restrictions, TimeLimit, Triage,
};
pub use read::{PolicyError, read};
pub use says::{Definition, Equality, NoDetriment, Remedy, Reporting};
pub use stage::{
    Acknowledge, AnswerBy, By, Decline, Extend, External, Ground, Independence, Late, Receipt, Request, RequestFrom,
    RequestTest, Respond, RunsFrom, SignOff, Stage, TalkFirst, Update,
};

pub use watch::{Mailbox, Rung, Watch};

use crate::calendar::{Counting, Roll};
use crate::length::Length;

/// One council's procedure, whole and checked: [`read`] is the only way to one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Which policy, of whom, since when, counted how.
    pub policy: Header,
    /// Who the council is to a resident.
    pub council: Council,
    /// What a complaint is.
    #[serde(default)]
    pub definition: Definition,
    /// The kinds of feedback it takes.
    pub kinds: Vec<Kind>,
    /// The channels it takes them by.
    pub channels: Channels,
    /// How long after the matter a complaint may come without an officer's discretion.
    pub time_limit: Option<TimeLimit>,
    /// Who works cases.
    pub teams: Vec<Team>,
    /// What a complaint can be about, and whose it then is.
    pub services: Vec<Service>,
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// When staff are warned before a date, and whom a missed one reaches.
    pub watch: Watch,
    /// What a decision can be.
    pub outcomes: Vec<Outcome>,
    /// How things are put right, as far as the policy names it.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    /// What the policy does not deal with, and where that goes instead.
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
    /// Who stands behind the procedure.
    pub ombudsman: OmbudsmanRoutes,
    /// How long a closed case is kept.
    pub retention: Retention,
    /// What is asked before something is taken as a complaint. Each is a prompt, never a bar.
    #[serde(default)]
    pub triage: Vec<Triage>,
    /// What complaints are about, for the figures.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// Other organisations that run a stage.
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    /// Who may speak for a person, and what shows it.
    #[serde(default)]
    pub representatives: Representatives,
    /// How contact with a person may be limited.
    pub restrictions: Option<Restrictions>,
    /// That complaining costs nobody anything, where the policy promises it.
    pub no_detriment: Option<NoDetriment>,
    /// Whether people are asked who they are.
    #[serde(default)]
    pub equality: Equality,
    /// Who hears how complaints went.
    #[serde(default)]
    pub reporting: Reporting,
    /// When our own letters count as received.
    #[serde(default)]
    pub deemed: Deemed,
    /// Days on which the council is closed that are no bank holidays. Off unless a council says so:
    /// an Ombudsman counts ordinary working days.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// Readings of the published text that had to be decided, with the headings that disagree.
    #[serde(default)]
    pub readings: Vec<Reading>,
}

/// Which policy this is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The council's id, as in addresses: lower case with hyphens.
    pub council: String,
    /// Counts up with each new policy; a case keeps the version it was opened under.
    pub version: u32,
    /// The title the council publishes it under.
    pub title: String,
    /// In force from this day.
    pub from: NaiveDate,
    /// The council said it would look at it again by this day.
    pub review_by: Option<NaiveDate>,
    /// Which calendar of holidays: a file in `policies/calendars`.
    pub calendar: String,
    /// How working days are counted.
    pub counting: Counting,
    /// Whether a date that falls on a day off moves to the next working day.
    #[serde(default)]
    pub roll: Roll,
    /// What comes at or after this hour, in London, counts from the next day. Absent: the day ends at midnight.
    pub cut_off: Option<chrono::NaiveTime>,
    /// Two to four capital letters before each reference.
    pub reference_prefix: String,
}

/// The council as a resident meets it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Council {
    /// Its name.
    pub name: String,
    /// Its address for letters, line by line.
    pub address: Vec<String>,
    /// A telephone number, as published.
    pub phone: Option<String>,
    /// An e-mail address, as published.
    pub email: Option<String>,
    /// Its website.
    pub website: String,
    /// The colour of its pages, as `#rrggbb`.
    pub colour: String,
    /// What signs its letters: “Customer Feedback Team”.
    pub signature: String,
    /// The languages of its pages, the first by default: `en`, `cy`.
    #[serde(default = "english")]
    pub languages: Vec<String>,
}

/// A kind of feedback.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// `complaint`, `comment` or `compliment`.
    pub id: crate::case::FeedbackKind,
    /// What the form calls it.
    pub label: String,
    /// Passed on to the team concerned instead of being worked through stages.
    #[serde(default)]
    pub pass_on: bool,
    /// Done by the service within this time, instead of being worked through stages: a request for a service.
    pub done_within: Option<Length>,
    /// The person is told that it arrived.
    #[serde(default)]
    pub acknowledged: bool,
    /// Whether the policy itself says so.
    #[serde(default = "yes")]
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// How feedback may arrive.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// The channels named by the policy.
    pub accepted: Vec<crate::case::Channel>,
    /// Whether it may be left without a name.
    #[serde(default)]
    pub anonymous: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// A group of people who work cases.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its id, in lower case with hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// New feedback without a service of its own goes here. Exactly one team says so.
    #[serde(default)]
    pub default: bool,
}

/// What a complaint can be about.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its id, in lower case with hyphens.
    pub id: String,
    /// Its name, as a resident would say it.
    pub name: String,
    /// The team that works its cases.
    pub team: String,
    /// The organisation that runs the stages another one runs, for this service: an id of `organisations`.
    pub sponsor: Option<String>,
    /// Who delivers it for the council, which stays responsible (Codes 5.4).
    pub contractor: Option<String>,
}

/// What a decision can be.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// `upheld`, `partially-upheld`, `not-upheld`.
    pub id: crate::case::OutcomeId,
    /// What a letter calls it.
    pub label: String,
    /// What the policy says it means.
    pub definition: Option<String>,
    /// It goes with an apology: an answer without one is refused.
    #[serde(default)]
    pub apology: bool,
    /// Whether the policy itself names it.
    #[serde(default = "yes")]
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// A matter the policy does not deal with.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// One of the contract's ids.
    pub id: String,
    /// What it is, for a resident.
    pub what: String,
    /// Where it goes instead.
    pub instead: String,
    /// The heading it comes from.
    pub cites: String,
}

/// Which Ombudsman stands behind which complaint.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OmbudsmanRoutes {
    /// For all complaints but a landlord's: an id in `ombudsmen.toml`.
    pub general: String,
    /// For complaints about the council as a landlord, where it is one.
    pub landlord: Option<String>,
    /// The heading it comes from.
    pub cites: String,
}

/// How long closed cases are kept before they are destroyed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Complaints.
    pub complaint: Length,
    /// Comments and compliments.
    pub other: Length,
    /// Whether the policy itself gives the lengths.
    #[serde(default = "yes")]
    pub in_policy: bool,
    /// The heading it comes from.
    pub cites: String,
}

/// A place where the published text can be read two ways, and how it is read here.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// What is unclear.
    pub question: String,
    /// What was chosen, and why.
    pub choice: String,
    /// The headings that say different things.
    pub cites: Vec<String>,
}

/// What becomes of feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Worked through the stages.
    Stages,
    /// Passed on to the people concerned.
    PassOn,
    /// Done by the service; open beside any complaint about it.
    Request,
}

impl Policy {
    /// What becomes of a kind of feedback.
    pub fn course(&self, kind: crate::case::FeedbackKind) -> Course {
        match self.kind(kind) {
            Some(kind) if kind.pass_on => Course::PassOn,
            Some(kind) if kind.done_within.is_some() => Course::Request,
            _ => Course::Stages,
        }
    }

    /// The organisation that runs a stage for a service; nothing where the council does.
    pub fn organisation_at(&self, n: u8, service: Option<&str>) -> Option<&str> {
        let own = self.stage(n)?.organisation.as_deref()?;
        let sponsor = service.and_then(|id| self.service(id)).and_then(|service| service.sponsor.as_deref());
        Some(sponsor.unwrap_or(own))
    }

    /// An organisation by its id.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }

    /// The stage with this number.
    pub fn stage(&self, n: u8) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.n == n)
    }

    /// The kind of feedback, if the council takes it.
    pub fn kind(&self, id: crate::case::FeedbackKind) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The service with this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The exclusion with this id.
    pub fn exclusion(&self, id: &str) -> Option<&Exclusion> {
        self.exclusions.iter().find(|exclusion| exclusion.id == id)
    }

    /// The team with this id.
    pub fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }

    /// The team new feedback goes to when no service says otherwise.
    pub fn default_team(&self) -> &str {
        let named = self.teams.iter().find(|team| team.default).or(self.teams.first());
        named.map_or("", |team| team.id.as_str())
    }

    /// The outcome, if a decision under this policy can be that.
    pub fn outcome(&self, id: crate::case::OutcomeId) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The id of the Ombudsman behind a case.
    pub fn ombudsman_id(&self, tenant: bool) -> &str {
        match (&self.ombudsman.landlord, tenant) {
            (Some(landlord), true) => landlord,
            _ => &self.ombudsman.general,
        }
    }
}

fn english() -> Vec<String> {
    vec!["en".to_owned()]
}

const fn yes() -> bool {
    true
}
