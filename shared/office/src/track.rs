//! A case as its resident sees it: what was promised, what came, what they can do now.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::case::{Actor, Case, ClosedAs, FeedbackKind, ReplyBy, Status};
use redress_domain::commands::allowed;
use redress_domain::deadline::{Deadline, deadlines};
use redress_domain::decide::Context;
use redress_domain::letter::LetterKind;
use redress_domain::rules::Ombudsman;
use redress_store::CaseKey;

use crate::{Office, OfficeError};

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
    /// The same in a sentence.
    pub says: String,
    /// At which stage.
    pub stage: u8,
    /// What the council calls that stage.
    pub stage_name: String,
    /// When it was received.
    pub received_on: NaiveDate,
    /// What they wrote.
    pub about: String,
    /// Our understanding of it.
    pub definition: Option<String>,
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
}

/// A promise to the resident.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Promise {
    /// Which: `stage-1.respond`.
    pub rule: String,
    /// What it is, in words.
    pub what: String,
    /// The date.
    pub due_on: NaiveDate,
    /// What a letter said, when it has moved since.
    pub promised_on: Option<NaiveDate>,
    /// When it was kept.
    pub met_on: Option<NaiveDate>,
    /// Whether it was kept.
    pub state: redress_domain::deadline::DeadlineState,
    /// Why this date, in a sentence.
    pub why: String,
    /// The date may still move.
    pub provisional: bool,
}

/// A letter to the resident.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrackedLetter {
    /// From 1.
    pub n: u32,
    /// Which letter.
    pub kind: LetterKind,
    /// How it went.
    pub channel: ReplyBy,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// The day it was issued.
    pub on: Option<NaiveDate>,
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
        let ctx = Context { rules: &rules, dossier: &dossier, actor: &Actor::Resident, now: self.clock.now(), fresh: None };
        let stage = rules.stage_of(case);
        let promises = deadlines(&rules, case, local_date(ctx.now)).into_iter().filter_map(promise).collect();
        Ok(Tracked {
            reference: case.reference.to_string(),
            council: rules.policy.council.name.clone(),
            kind: case.kind,
            status: case.status,
            says: says(case),
            stage: case.stage_n(),
            stage_name: stage.map_or_else(String::new, |stage| stage.name.clone()),
            received_on: case.received_on,
            about: dossier.text(case.about).to_owned(),
            definition: dossier.maybe(case.definition).map(str::to_owned),
            team: rules.policy.team(&case.team).map_or_else(String::new, |team| team.name.clone()),
            promises,
            letters: letters
                .into_iter()
                .map(|letter| TrackedLetter {
                    n: letter.n,
                    kind: letter.body.kind,
                    channel: letter.body.by,
                    subject: letter.body.subject,
                    text: redress_letters::plain(&letter.body.words),
                    on: letter.queued_at.map(local_date),
                })
                .collect(),
            allowed: allowed(&ctx),
            version: case.version,
            ombudsman: rules.ombudsman(case).cloned(),
        })
    }
}

/// Where it stands, without fobbing anyone off.
fn says(case: &Case) -> String {
    let closed = case.closed.as_ref().map(|closed| closed.how);
    match (case.status, closed) {
        (Status::New, _) => "We have it, and somebody will look at it.",
        (Status::Open, _) if case.stage_n() > 1 => "We are looking at your complaint again.",
        (Status::Open, _) => "We are looking into it.",
        (Status::Answered, _) => "We have answered. You can ask for a review.",
        (Status::Closed, Some(ClosedAs::Withdrawn)) => "You took it back. You can write to us if that changes.",
        (Status::Closed, Some(ClosedAs::PassedOn)) => "We passed it to the people concerned.",
        (Status::Closed, Some(ClosedAs::Answered)) => "We have answered.",
        (Status::Closed, _) => "It is closed. Our last letter says why.",
    }
    .to_owned()
}

/// The deadlines a resident was promised, in their words.
fn promise(deadline: Deadline) -> Option<Promise> {
    let (stage, rule) = deadline.rule.split_once('.')?;
    let review = stage == "stage-2";
    let what = match rule {
        "acknowledge" if review => "We acknowledge your request for a review",
        "acknowledge" => "We acknowledge your complaint",
        "respond" if review => "We answer your request for a review",
        "respond" => "We answer your complaint",
        "update" => "We tell you how it stands",
        "request" => "You can ask for a review",
        "refer-by" => "You can go to the Housing Ombudsman",
        _ if stage == "action" => "We do what we promised to put things right",
        _ => return None,
    };
    let explain = &deadline.explain;
    let why = match &explain.amount {
        Some(amount) => format!(
            "{amount} from {}, when {}. {}",
            redress_domain::calendar::long_date(explain.from_on),
            explain.from_event,
            skipped(&deadline)
        ),
        None => format!("The date we gave you, because {}.", explain.from_event),
    };
    Some(Promise {
        rule: deadline.rule,
        what: what.to_owned(),
        due_on: deadline.due_on,
        promised_on: deadline.promised_on,
        met_on: deadline.met_on,
        state: deadline.state,
        why: why.trim().to_owned(),
        provisional: deadline.provisional,
    })
}

/// The holidays that were not counted; weekends go without saying.
fn skipped(deadline: &Deadline) -> String {
    let off: Vec<&str> = deadline
        .explain
        .days
        .iter()
        .filter(|day| !day.counted && day.why != "Saturday" && day.why != "Sunday")
        .map(|day| day.why.as_str())
        .collect();
    if off.is_empty() { String::new() } else { format!("Weekends and {} are not working days.", off.join(", ")) }
}
