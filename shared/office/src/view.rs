//! A case as staff see it: the contract's `Case`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;

use redress_domain::calendar::local_date;
use redress_domain::case::{
    Actor, Case, Channel, ClosedAs, Contact, Entry, FeedbackKind, Finding, Link, OutcomeId, Reference, RemedyKind,
    ReplyBy, Status,
};
use redress_domain::commands::allowed;
use redress_domain::deadline::{Deadline, deadlines, next_due};
use redress_domain::decide::{Context, Dossier};
use redress_domain::letter::{LetterKind, Part};
use redress_domain::roles::Role;
use redress_domain::rules::{Ombudsman, Rules};
use redress_store::{CaseKey, Colleague, Letter};

use crate::tasks::{Task, tasks};
use crate::{Office, OfficeError};

/// A case, whole.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct CaseView {
    #[schema(value_type = String)]
    pub reference: Reference,
    pub council: String,
    pub kind: FeedbackKind,
    pub status: Status,
    pub closed_as: Option<ClosedAs>,
    pub stage: u8,
    pub channel: Channel,
    pub received_at: DateTime<Utc>,
    pub received_on: NaiveDate,
    pub logged_at: DateTime<Utc>,
    pub policy: PolicyView,
    pub calendar: String,
    pub service: Option<String>,
    pub team: String,
    pub owner: Option<Person>,
    pub tenant: bool,
    pub anonymous: bool,
    pub contact: Contact,
    pub reply_by: ReplyBy,
    pub about: String,
    pub wanted: Option<String>,
    pub definition: Option<String>,
    pub points: Vec<PointView>,
    pub responses: Vec<ResponseView>,
    pub proposal: Option<ResponseView>,
    pub actions: Vec<ActionView>,
    pub letters: Vec<LetterView>,
    pub deadlines: Vec<Deadline>,
    pub next_due: Option<NextDue>,
    pub links: Vec<Link>,
    pub ombudsman: Option<Ombudsman>,
    pub history: Vec<HistoryLine>,
    pub version: u32,
    pub allowed: Vec<&'static str>,
    pub flags: Vec<String>,
    pub tasks: Vec<Task>,
    pub restricted: bool,
}

/// The policy a case was opened under.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct PolicyView {
    pub council: String,
    pub version: u32,
}

/// A member of staff.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct Person {
    pub id: String,
    pub name: Option<String>,
    pub role: Role,
}

/// A point and its words.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct PointView {
    pub n: u32,
    pub text: String,
    pub service: Option<String>,
    pub responsible: Option<String>,
    pub tenant: bool,
}

/// The answer of a stage.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct ResponseView {
    pub stage: u8,
    pub on: NaiveDate,
    pub by: String,
    pub outcome: OutcomeId,
    pub findings: Vec<FindingView>,
}

/// The decision on a point.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct FindingView {
    pub point: u32,
    pub outcome: OutcomeId,
    pub reason: String,
    pub references: Option<String>,
}

/// What was promised as a remedy.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct ActionView {
    pub n: u32,
    pub kind: RemedyKind,
    pub what: String,
    pub owner: Option<String>,
    pub by: Option<NaiveDate>,
    /// In pounds.
    pub amount: Option<String>,
    pub done_on: Option<NaiveDate>,
}

/// A letter and its way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct LetterView {
    pub n: u32,
    pub kind: LetterKind,
    pub stage: u8,
    pub to: Option<String>,
    pub channel: ReplyBy,
    pub parts: Vec<Part>,
    pub subject: String,
    pub text: String,
    pub queued_at: Option<DateTime<Utc>>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub bounced_at: Option<DateTime<Utc>>,
    pub printed_at: Option<DateTime<Utc>>,
}

/// What is owed next.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct NextDue {
    pub rule: String,
    pub due_on: NaiveDate,
}

/// One line of the history.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct HistoryLine {
    pub n: u32,
    pub at: DateTime<Utc>,
    /// `resident`, `system`, or the name of a member of staff as far as it is known.
    pub by: String,
    pub role: Option<Role>,
    /// What happened: the event's type.
    pub what: String,
    /// The event, with its texts in words.
    #[schema(value_type = Object)]
    pub event: Value,
}

impl Office {
    /// A case as this person may see it.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be read.
    pub async fn view(&self, key: &CaseKey, by: &Actor) -> Result<CaseView, OfficeError> {
        let (rules, dossier, _) = self.load(key).await?;
        let rules = self.as_it_was(rules, &dossier.case).await?;
        let letters = self.store.letters(key, 1..dossier.case.next_letter()).await?;
        let stored = self.store.history(key).await?;
        let entries: Vec<Entry> = stored.iter().filter_map(|entry| serde_json::from_str(&entry.body).ok()).collect();
        let mut ids: Vec<String> = entries.iter().filter_map(|entry| entry.by.staff_id().map(str::to_owned)).collect();
        ids.extend(dossier.case.owner.iter().map(|owner| owner.id.clone()));
        ids.sort();
        ids.dedup();
        let names = self.store.colleagues(&key.council, ids).await?;
        let ctx = Context { rules: &rules, dossier: &dossier, actor: by, now: self.clock.now(), fresh: None };
        Ok(show(&ctx, letters, entries, &names))
    }
}

fn show(ctx: &Context<'_>, letters: Vec<Letter>, entries: Vec<Entry>, names: &BTreeMap<String, Colleague>) -> CaseView {
    let (rules, dossier): (&Rules, &Dossier) = (ctx.rules, ctx.dossier);
    let case: &Case = &dossier.case;
    let deadlines = deadlines(rules, case, local_date(ctx.now));
    let text = |n: u32| dossier.text(n).to_owned();
    CaseView {
        reference: case.reference.clone(),
        council: case.council.clone(),
        kind: case.kind,
        status: case.status,
        closed_as: case.closed.as_ref().map(|closed| closed.how),
        stage: case.stage_n(),
        channel: case.channel,
        received_at: case.received_at,
        received_on: case.received_on,
        logged_at: case.logged_at,
        policy: PolicyView { council: case.council.clone(), version: case.policy },
        calendar: rules.calendar.name.clone(),
        service: case.service.clone(),
        team: case.team.clone(),
        owner: case.owner.as_ref().map(|owner| Person {
            id: owner.id.clone(),
            name: names.get(&owner.id).map(|known| known.name.clone()),
            role: owner.role,
        }),
        tenant: case.tenant,
        anonymous: case.anonymous,
        contact: dossier.contact.clone(),
        reply_by: case.reply_by,
        about: text(case.about),
        wanted: case.wanted.map(text),
        definition: case.definition.map(text),
        points: case
            .points
            .iter()
            .map(|point| PointView {
                n: point.n,
                text: text(point.text),
                service: point.service.clone(),
                responsible: point.responsible.map(text),
                tenant: point.tenant,
            })
            .collect(),
        responses: responses(dossier),
        proposal: case.stage().and_then(|stage| Some((stage.n, stage.proposal.as_deref()?))).map(
            |(stage, proposal)| ResponseView {
                stage,
                on: local_date(ctx.now),
                by: proposal.by.clone(),
                outcome: proposal.outcome,
                findings: findings(dossier, &proposal.findings),
            },
        ),
        actions: case
            .actions
            .iter()
            .map(|action| ActionView {
                n: action.n,
                kind: action.kind,
                what: text(action.what),
                owner: action.owner.clone(),
                by: action.by,
                amount: action.pence.map(|pence| format!("{}.{:02}", pence / 100, pence % 100)),
                done_on: action.done_on,
            })
            .collect(),
        letters: letters.into_iter().map(letter_view).collect(),
        next_due: next_due(&deadlines).map(|next| NextDue { rule: next.rule.clone(), due_on: next.due_on }),
        links: links(case),
        ombudsman: rules.ombudsman(case).cloned(),
        history: entries.into_iter().rev().map(|entry| history_line(dossier, entry, names)).collect(),
        version: case.version,
        allowed: allowed(ctx),
        flags: case.flags.clone(),
        tasks: tasks(rules, case, &deadlines),
        deadlines,
        restricted: false,
    }
}

fn responses(dossier: &Dossier) -> Vec<ResponseView> {
    let answered = dossier.case.stages.iter().filter_map(|stage| Some((stage.n, stage.response.as_ref()?)));
    answered
        .map(|(stage, response)| ResponseView {
            stage,
            on: response.on,
            by: response.by.clone(),
            outcome: response.outcome,
            findings: findings(dossier, &response.findings),
        })
        .collect()
}

fn findings(dossier: &Dossier, findings: &[Finding]) -> Vec<FindingView> {
    findings
        .iter()
        .map(|finding| FindingView {
            point: finding.point,
            outcome: finding.outcome,
            reason: dossier.text(finding.reason).to_owned(),
            references: dossier.maybe(finding.references).map(str::to_owned),
        })
        .collect()
}

/// The cases that belong with it; the one the person named comes first.
fn links(case: &Case) -> Vec<Link> {
    let named = case
        .previous
        .iter()
        .map(|reference| Link { reference: reference.clone(), why: "named-by-resident".to_owned() });
    named.chain(case.links.iter().cloned()).collect()
}

/// A letter as anyone who may read it sees it.
pub(crate) fn letter_view(letter: Letter) -> LetterView {
    LetterView {
        n: letter.n,
        kind: letter.body.kind,
        stage: letter.body.stage,
        to: letter.body.to,
        channel: letter.body.by,
        parts: letter.body.parts,
        text: redress_letters::plain(&letter.body.words),
        subject: letter.body.subject,
        queued_at: letter.queued_at,
        accepted_at: letter.accepted_at,
        delivered_at: letter.delivered_at,
        bounced_at: letter.bounced_at,
        printed_at: letter.printed_at,
    }
}

/// The fields of an event that are numbers of texts.
const TEXTS: [&str; 17] = [
    "route",
    "offered",
    "comment",
    "alternative",
    "referred",
    "text",
    "reason",
    "good_reason",
    "late_reason",
    "definition",
    "wanted",
    "evidence",
    "reasons",
    "about",
    "what",
    "references",
    "responsible",
];

fn history_line(dossier: &Dossier, entry: Entry, names: &BTreeMap<String, Colleague>) -> HistoryLine {
    let mut event = serde_json::to_value(&entry.event).unwrap_or_default();
    let what = event.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    in_words(&mut event, dossier);
    let by = match &entry.by {
        Actor::Resident => "resident".to_owned(),
        Actor::System => "system".to_owned(),
        Actor::Staff { id, .. } => names.get(id).map_or_else(|| id.clone(), |known| known.name.clone()),
    };
    HistoryLine { n: entry.n, at: entry.at, by, role: entry.by.role(), what, event }
}

/// Puts the words in where an event has their number.
fn in_words(value: &mut Value, dossier: &Dossier) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                let n = inner.as_u64().and_then(|n| u32::try_from(n).ok());
                match n.filter(|_| TEXTS.contains(&name.as_str())) {
                    Some(n) => *inner = Value::String(dossier.text(n).to_owned()),
                    None => in_words(inner, dossier),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| in_words(item, dossier)),
        _ => {}
    }
}
