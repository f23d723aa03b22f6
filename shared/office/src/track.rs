//! A case as its resident sees it: what was promised, what came, what they can do now.

mod letter;
mod promise;

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{
    Actor, Beside, Case, ClosedAs, Entry, Event, FeedbackKind, Point, RemedyKind, ReplyBy, Status,
};
use redress_domain::commands::allowed;
use redress_domain::deadline::deadlines;
use redress_domain::decide::{Context, Dossier};
use redress_domain::rules::{Ombudsman, Rules};
use redress_store::CaseKey;

use crate::{Office, OfficeError};

pub use letter::{LetterState, TrackedLetter};
pub use promise::Promise;

/// What a resident may see of their case.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Tracked {
    /// Its reference.
    pub reference: String,
    /// The council's name.
    pub council: String,
    /// What it is.
    pub kind: FeedbackKind,
    /// Where it stands.
    pub status: Status,
    /// The same more exactly: a page has words for it in its own language.
    pub standing: Standing,
    /// The same in a sentence.
    pub says: &'static str,
    /// A promise that was not kept in time, and is still to be kept.
    pub late: bool,
    /// At which stage.
    pub stage: u8,
    /// What the council calls that stage.
    pub stage_name: String,
    /// When it was received.
    pub received_on: NaiveDate,
    /// What they wrote.
    pub about: String,
    /// What they want.
    pub wanted: Option<String>,
    /// Our understanding of it.
    pub definition: Option<String>,
    /// Its points, where it has more than one or one is outside the policy.
    pub points: Vec<TrackedPoint>,
    /// No name was given.
    pub anonymous: bool,
    /// How our letters reach them.
    pub reply_by: ReplyBy,
    /// The team that has it.
    pub team: String,
    /// What was promised, and how it stands.
    pub promises: Vec<Promise>,
    /// The letters so far.
    pub letters: Vec<TrackedLetter>,
    /// What they can do now.
    pub allowed: Vec<&'static str>,
    /// The version, for the next step.
    pub version: u32,
    /// Who stands behind the procedure.
    pub ombudsman: Option<Ombudsman>,
    /// All of them: two where some points are a landlord's matter and some are not.
    pub ombudsmen: Vec<Ombudsman>,
}

/// One point of a complaint, as its resident sees it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrackedPoint {
    /// From 1.
    pub n: u32,
    /// What it says.
    pub text: String,
    /// Why it is outside the policy, if it is.
    pub outside: Option<String>,
    /// Where it goes instead.
    pub instead: Option<String>,
}

/// How a case stands, for the person whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is here, and nobody has looked at it yet.
    New,
    /// Somebody looks into it.
    Open,
    /// Somebody looks at it again.
    Review,
    /// It is answered, and a review can be asked for.
    Answered,
    /// It is answered, and the Ombudsman comes next.
    AnsweredFinally,
    /// The person took it back.
    Withdrawn,
    /// It went to the people it is about.
    PassedOn,
    /// It goes another way.
    NotAccepted,
    /// It was put right at once.
    Resolved,
    /// A court decides it.
    LegalProceedings,
    /// Another case has the same matter.
    Duplicate,
}

impl Office {
    /// Whether a tracking key opens a case.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub async fn opens(&self, key: &CaseKey, tracking_key: &str) -> Result<bool, OfficeError> {
        let generation = self.store.case(key).await?.map(|(case, _)| case.key_generation);
        // Without a case the key is checked all the same: both answers take as long.
        let right =
            self.settings.keys.is_tracking_key(tracking_key, &key.council, &key.reference, generation.unwrap_or(0));
        Ok(right && generation.is_some())
    }

    /// The case as its resident sees it.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be read.
    pub async fn track(&self, key: &CaseKey) -> Result<Tracked, OfficeError> {
        let (rules, dossier, _) = self.load(key).await?;
        let rules = self.as_it_was(rules, &dossier.case).await?;
        let letters = self.store.letters(key, 1..dossier.case.next_letter()).await?;
        let case = &dossier.case;
        let ctx =
            Context { rules: &rules, dossier: &dossier, actor: &Actor::Resident, now: self.clock.now(), fresh: None };
        let stage = rules.stage_of(case);
        let due = deadlines(&rules, case, ctx.today());
        let late = due.iter().any(|due| due.owed && due.rule.ends_with(".respond") && due.due_on < ctx.today());
        let lessons = self.lessons(key, case).await?;
        let promises = due.into_iter().filter(|due| !lessons.contains(&due.rule)).filter_map(Promise::of).collect();
        let allowed = allowed(&ctx);
        let standing = standing(case, allowed.contains(&"request-review"));
        Ok(Tracked {
            reference: case.reference.to_string(),
            council: rules.policy.council.name.clone(),
            kind: case.kind,
            status: case.status,
            standing,
            says: says(standing),
            late,
            stage: case.stage_n(),
            stage_name: stage.map_or_else(String::new, |stage| stage.name.clone()),
            received_on: case.received_on,
            about: dossier.text(case.about).to_owned(),
            wanted: dossier.maybe(case.wanted).map(str::to_owned),
            definition: dossier.maybe(case.definition).map(str::to_owned),
            points: points(&rules, &dossier),
            anonymous: case.anonymous,
            reply_by: case.reply_by,
            team: rules.policy.team(&case.team).map_or_else(String::new, |team| team.name.clone()),
            promises,
            letters: letters.into_iter().map(TrackedLetter::of).collect(),
            allowed,
            version: case.version,
            ombudsman: rules.ombudsman(case).cloned(),
            ombudsmen: rules.ombudsmen_of(case).into_iter().cloned().collect(),
        })
    }

    /// The rules of changes that follow from a lesson: the council owes them to itself, and promised them to nobody.
    async fn lessons(&self, key: &CaseKey, case: &Case) -> Result<Vec<String>, OfficeError> {
        let changes = case.actions.iter().any(|action| action.kind == RemedyKind::PolicyChanged && action.by.is_some());
        if !changes {
            return Ok(Vec::new());
        }
        let stored = self.store.history(key).await?;
        let entries = stored.iter().filter_map(|entry| serde_json::from_str::<Entry>(&entry.body).ok());
        let rule = |entry: Entry| match entry.event {
            Event::Beside(Beside::Learned { action, .. }) => action.map(|action| format!("action.{}", action.n)),
            _ => None,
        };
        Ok(entries.filter_map(rule).collect())
    }
}

/// The points, where there is more to say than the complaint says itself.
fn points(rules: &Rules, dossier: &Dossier) -> Vec<TrackedPoint> {
    let points = &dossier.case.points;
    if points.len() < 2 && points.iter().all(|point| point.excluded.is_none()) {
        return Vec::new();
    }
    let tracked = |point: &Point| {
        let excluded = point.excluded.as_ref();
        let named = excluded.and_then(|excluded| rules.policy.exclusion(&excluded.reason));
        let evidence = excluded.and_then(|excluded| dossier.maybe(excluded.evidence));
        TrackedPoint {
            n: point.n,
            text: dossier.text(point.text).to_owned(),
            outside: excluded
                .map(|_| evidence.or(named.map(|named| named.what.as_str())).unwrap_or_default().to_owned()),
            instead: named.map(|named| named.instead.clone()),
        }
    };
    points.iter().map(tracked).collect()
}

fn standing(case: &Case, review: bool) -> Standing {
    match (case.status, case.closed.as_ref().map(|closed| closed.how)) {
        (Status::New, _) => Standing::New,
        (Status::Open, _) if case.stage_n() > 1 => Standing::Review,
        (Status::Open, _) => Standing::Open,
        (_, Some(ClosedAs::Withdrawn)) => Standing::Withdrawn,
        (_, Some(ClosedAs::PassedOn)) => Standing::PassedOn,
        (_, Some(ClosedAs::NotAccepted)) => Standing::NotAccepted,
        (_, Some(ClosedAs::ResolvedAtFirstContact)) => Standing::Resolved,
        (_, Some(ClosedAs::LegalProceedings)) => Standing::LegalProceedings,
        (_, Some(ClosedAs::Duplicate)) => Standing::Duplicate,
        (Status::Answered | Status::Closed, _) if review => Standing::Answered,
        (Status::Answered | Status::Closed, _) => Standing::AnsweredFinally,
    }
}

/// Where it stands, without fobbing anyone off.
fn says(standing: Standing) -> &'static str {
    match standing {
        Standing::New => "We have it, and somebody will look at it.",
        Standing::Open => "We are looking into it.",
        Standing::Review => "We are looking at your complaint again.",
        Standing::Answered => "We have answered. You can ask for a review.",
        Standing::AnsweredFinally => "We have answered, and this was our last answer. The Ombudsman comes next.",
        Standing::Withdrawn => "You took it back. You can write to us if that changes.",
        Standing::PassedOn => "We passed it to the people it is about.",
        Standing::NotAccepted => {
            "This goes another way. Our letter says why, where it goes, and who can look at that decision."
        }
        Standing::Resolved => "We put it right. Tell us if it is not right.",
        Standing::LegalProceedings => "A court has this, so we cannot decide it. Our letter says what you can do.",
        Standing::Duplicate => "We deal with this under your other reference. Our letter says which.",
    }
}
