//! A case as its resident sees it: what was promised, what came, what they can do now.

mod letter;
mod promise;
mod said;

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::{
    Actor, Beside, Case, ClosedAs, Entry, Event, FeedbackKind, OutcomeId, Point, RemedyKind, ReplyBy, Status, name_of,
};
use redress_domain::commands::allowed;
use redress_domain::deadline::deadlines;
use redress_domain::decide::{Context, Dossier};
use redress_domain::files::is_full;
use redress_domain::rules::{Ombudsman, Rules};
use redress_store::CaseKey;

use crate::view::{FileView, own_files};
use crate::{Office, OfficeError};
use promise::Ways;

pub use letter::{LetterState, TrackedLetter};
pub use promise::{Promise, Way};
pub use said::{Said, SaidHow};

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
    /// What they want, in their own words.
    pub wanted: Option<String>,
    /// What they want as we understand it, where somebody has written it anew.
    pub wanted_understood: Option<String>,
    /// What they told us afterwards.
    pub added: Vec<Said>,
    /// Our understanding of it.
    pub definition: Option<String>,
    /// Its points, where it has more than one or one is outside the policy.
    pub points: Vec<TrackedPoint>,
    /// For whom they wrote, if not for themselves.
    pub on_behalf_of: Option<String>,
    /// No name was given.
    pub anonymous: bool,
    /// How our letters reach them.
    pub reply_by: ReplyBy,
    /// The team that has it.
    pub team: String,
    /// Who answers it at this stage, in the policy's words; absent where nobody has to any more.
    pub handler: Option<String>,
    /// What we decided, the latest last.
    pub decisions: Vec<Decided>,
    /// The talk that the policy promises at this stage, before anything else.
    pub talk: Option<Talk>,
    /// When a review was asked for, if this is one.
    pub review_asked_on: Option<NaiveDate>,
    /// The complaint that began when they changed their mind about taking this one back.
    pub again: Option<Again>,
    /// What was promised, and how it stands.
    pub promises: Vec<Promise>,
    /// The letters so far.
    pub letters: Vec<TrackedLetter>,
    /// The files they sent: those that are kept, and those that are not, with why.
    pub files: Vec<FileView>,
    /// Whether they can send another one.
    pub takes_files: bool,
    /// What they can do now.
    pub allowed: Vec<&'static str>,
    /// The version, for the next step.
    pub version: u32,
    /// Who stands behind the procedure.
    pub ombudsman: Option<Ombudsman>,
    /// All of them: two where some points are a landlord's matter and some are not.
    pub ombudsmen: Vec<Ombudsman>,
}

/// What was decided at a stage.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Decided {
    /// At which stage.
    pub stage: u8,
    /// The decision.
    pub outcome: OutcomeId,
    /// What the policy calls it.
    pub label: String,
    /// The day of the letter that says so.
    pub on: NaiveDate,
    /// That letter's number.
    pub letter: u32,
}

/// A talk that was promised.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Talk {
    /// When it was.
    pub on: Option<NaiveDate>,
    /// We answered, or it ended, without one.
    pub left_out: bool,
}

/// Where what was taken back goes on.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Again {
    /// Its reference.
    pub reference: String,
    /// The address of its page.
    pub track_url: String,
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
        let record = case.stage();
        let due = deadlines(&rules, case, ctx.today());
        let late = due.iter().any(|due| due.owed && due.rule.ends_with(".respond") && due.due_on < ctx.today());
        let stored = self.store.history(key).await?;
        let history: Vec<Entry> = stored.iter().filter_map(|entry| serde_json::from_str(&entry.body).ok()).collect();
        let lessons = lessons(case, &history);
        let ways = Ways { case, letters: &letters, rules: &rules, today: ctx.today() };
        let promised = due.into_iter().filter(|due| !lessons.contains(&due.rule));
        let promises = promised.filter_map(|due| Promise::of(due, &ways)).collect();
        let allowed = allowed(&ctx);
        let standing = standing(case, allowed.contains(&"request-review"));
        let wanted = said::wanted(&history).or(case.wanted);
        let again = case.begun_again().map(|reference| Again {
            reference: reference.to_string(),
            track_url: self.settings.track_url(&key.council, reference.as_str(), 0),
        });
        let answers = stage.filter(|_| case.is_open() && rules.has_stages(case));
        let letters_as = |letter| TrackedLetter::of(letter, case, &self.settings.base_url);
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
            wanted: dossier.maybe(wanted).map(str::to_owned),
            wanted_understood: dossier.maybe(case.wanted.filter(|now| Some(*now) != wanted)).map(str::to_owned),
            added: said::all(&dossier, &history),
            definition: dossier.maybe(case.definition).map(str::to_owned),
            points: points(&rules, &dossier),
            on_behalf_of: dossier.contact.on_behalf_of.as_ref().map(|other| other.name.clone()),
            anonymous: case.anonymous,
            reply_by: case.reply_by,
            team: rules.policy.team(&case.team).map_or_else(String::new, |team| team.name.clone()),
            handler: answers.map(|stage| stage.handler_title.clone()),
            decisions: decisions(&rules, case),
            talk: talk(&ctx),
            review_asked_on: record.and_then(|record| record.ask.as_ref()).map(|ask| ask.asked_on),
            again,
            promises,
            letters: letters.iter().map(letters_as).collect(),
            files: own_files(&dossier),
            takes_files: self.files.is_some() && case.is_open() && !is_full(&ctx),
            allowed,
            version: case.version,
            ombudsman: rules.ombudsman(case).cloned(),
            ombudsmen: rules.ombudsmen_of(case).into_iter().cloned().collect(),
        })
    }
}

/// The rules of changes that follow from a lesson: the council owes them to itself, and promised them to nobody.
fn lessons(case: &Case, history: &[Entry]) -> Vec<String> {
    let changes = case.actions.iter().any(|action| action.kind == RemedyKind::PolicyChanged && action.by.is_some());
    let rule = |entry: &Entry| match &entry.event {
        Event::Beside(Beside::Learned { action, .. }) => action.as_ref().map(|action| format!("action.{}", action.n)),
        _ => None,
    };
    history.iter().filter(|_| changes).filter_map(rule).collect()
}

fn decisions(rules: &Rules, case: &Case) -> Vec<Decided> {
    let answered = case.stages.iter().filter_map(|record| Some((record.n, record.response.as_ref()?)));
    answered
        .map(|(stage, response)| Decided {
            stage,
            outcome: response.outcome,
            label: rules
                .policy
                .outcome(response.outcome)
                .map_or_else(|| name_of(response.outcome).replace('-', " "), |outcome| outcome.label.clone()),
            on: response.on,
            letter: response.letter,
        })
        .collect()
}

/// The talk, where the policy promises one at the stage the case is at.
fn talk(ctx: &Context<'_>) -> Option<Talk> {
    let (case, stage) = (ctx.case(), ctx.rules.stage_of(ctx.case())?);
    let record = case.stage()?;
    stage.talk_first.as_ref().filter(|talk| talk.promised && ctx.rules.has_stages(case))?;
    let over = record.response.is_some() || !case.is_open();
    Some(Talk { on: record.spoke_on, left_out: over && record.spoke_on.is_none() })
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
        (_, Some(ClosedAs::NotAccepted | ClosedAs::Spam)) => Standing::NotAccepted,
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
        Standing::Withdrawn => "You took it back. If you change your mind, you can begin it again.",
        Standing::PassedOn => "We passed it to the people it is about.",
        Standing::NotAccepted => {
            "This goes another way. Our letter says why, where it goes, and who can look at that decision."
        }
        Standing::Resolved => "We put it right. Tell us if it is not right.",
        Standing::LegalProceedings => "A court has this, so we cannot decide it. Our letter says what you can do.",
        Standing::Duplicate => "We deal with this under your other reference. Our letter says which.",
    }
}
