//! A case as staff see it: the contract's `Case`.

mod beside;
mod complaint;
mod file;
mod history;
mod letter;
mod people;
mod told;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use redress_domain::case::{
    Actor, Case, Channel, Class, ClosedAs, Contact, Entry, FeedbackKind, Link, Reference, ReplyBy, Status,
};
use redress_domain::commands::allowed;
use redress_domain::deadline::{Deadline, deadlines, next_due};
use redress_domain::decide::{Context, Dossier};
use redress_domain::rules::{Ombudsman, Rules};
use redress_store::{CaseKey, Letter};

pub(crate) use beside::ombudsman_name;
pub use beside::{AskView, EnquiryView, OmbudsmanView, RepresentativeView, RestrictionView};
pub use complaint::{ActionView, ExcludedView, FindingView, MatterView, PointView, ResponseView, StageView};
pub use file::FileView;
pub(crate) use file::own_files;
pub use history::HistoryLine;
pub use letter::LetterView;
use people::Directory;
pub use people::{CoverView, Person, ReadersView, Somebody};

use crate::person::Earlier;
use crate::tasks::{Task, tasks};
use crate::{Done, Office, OfficeError};

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
    pub stages: Vec<StageView>,
    pub channel: Channel,
    pub received_at: DateTime<Utc>,
    pub received_on: NaiveDate,
    pub logged_at: DateTime<Utc>,
    pub policy: PolicyView,
    pub calendar: String,
    pub service: Option<String>,
    pub team: String,
    pub owner: Option<Person>,
    pub cover: Option<CoverView>,
    /// Who works on it beside the owner: people, teams, other bodies.
    pub with: Vec<String>,
    pub tenant: bool,
    pub anonymous: bool,
    pub contact: Contact,
    pub representative: Option<RepresentativeView>,
    pub reply_by: ReplyBy,
    /// When what helps the person is looked at again.
    pub adjustments_review: Option<NaiveDate>,
    pub about: String,
    pub matter: MatterView,
    pub wanted: Option<String>,
    pub definition: Option<String>,
    pub class: Option<Class>,
    pub points: Vec<PointView>,
    pub responses: Vec<ResponseView>,
    pub proposal: Option<ResponseView>,
    pub actions: Vec<ActionView>,
    pub asks: Vec<AskView>,
    pub restrictions: Vec<RestrictionView>,
    pub letters: Vec<LetterView>,
    /// Files that were added, and those that came and were not kept.
    pub files: Vec<FileView>,
    pub deadlines: Vec<Deadline>,
    pub next_due: Option<NextDue>,
    pub links: Vec<Link>,
    /// What the same person, or somebody at the same home, brought before; only where the case is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Vec<Earlier>>,
    /// Of those, how many this reader may not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier_hidden: Option<usize>,
    pub ombudsman: Option<OmbudsmanView>,
    /// Every Ombudsman behind it: two where some points are a landlord's matter and some are not.
    pub ombudsmen: Vec<Ombudsman>,
    pub history: Vec<HistoryLine>,
    pub version: u32,
    pub allowed: Vec<&'static str>,
    pub flags: Vec<String>,
    pub tasks: Vec<Task>,
    /// Not to be destroyed for now.
    pub held: bool,
    /// Only some people may read it.
    pub restricted: bool,
    pub readers: Option<ReadersView>,
    /// The people it is about, who are kept from it.
    pub about_staff: Vec<Somebody>,
}

/// The policy a case was opened under.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct PolicyView {
    pub council: String,
    pub version: u32,
}

/// What is owed next.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[expect(missing_docs, reason = "the contract's names say it")]
pub struct NextDue {
    pub rule: String,
    pub due_on: NaiveDate,
}

impl Office {
    /// A case as staff see it. Whether this person may read it is the door's to ask, before this.
    ///
    /// # Errors
    /// When there is no such case, or it cannot be read.
    pub async fn view(&self, key: &CaseKey, by: &Actor) -> Result<CaseView, OfficeError> {
        let (rules, dossier, _) = self.load(key).await?;
        self.view_of(key, rules, dossier, by).await
    }

    /// The same, just after a command and as it left the case: what the command read is not read again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn view_after(&self, key: &CaseKey, done: Done, by: &Actor) -> Result<CaseView, OfficeError> {
        match done.known {
            Some((rules, dossier)) => self.view_of(key, rules, dossier, by).await,
            None => self.view(key, by).await,
        }
    }

    async fn view_of(
        &self,
        key: &CaseKey,
        rules: Rules,
        dossier: Dossier,
        by: &Actor,
    ) -> Result<CaseView, OfficeError> {
        let rules = self.as_it_was(rules, &dossier.case).await?;
        let letters = self.store.letters(key, 1..dossier.case.next_letter()).await?;
        let stored = self.store.history(key).await?;
        let mut entries: Vec<Entry> =
            stored.iter().filter_map(|entry| serde_json::from_str(&entry.body).ok()).collect();
        // Somebody may have been here since the case was read.
        entries.retain(|entry| entry.n <= dossier.case.version);
        let ids = people::everybody(&dossier.case, &entries);
        let names = Directory(self.store.colleagues(&key.council, ids).await?);
        let ctx = Context { rules: &rules, dossier: &dossier, actor: by, now: self.clock.now(), fresh: None };
        Ok(show(&ctx, letters, entries, &names))
    }
}

fn show(ctx: &Context<'_>, letters: Vec<Letter>, entries: Vec<Entry>, names: &Directory) -> CaseView {
    let (rules, dossier) = (ctx.rules, ctx.dossier);
    let case: &Case = &dossier.case;
    let deadlines = deadlines(rules, case, ctx.today());
    let text = |n: u32| dossier.text(n).to_owned();
    CaseView {
        reference: case.reference.clone(),
        council: case.council.clone(),
        kind: case.kind,
        status: case.status,
        closed_as: case.closed.as_ref().map(|closed| closed.how),
        stage: case.stage_n(),
        stages: complaint::stages(ctx),
        channel: case.channel,
        received_at: case.received_at,
        received_on: case.received_on,
        logged_at: case.logged_at,
        policy: PolicyView { council: case.council.clone(), version: case.policy },
        calendar: rules.calendar.name.clone(),
        service: case.service.clone(),
        team: case.team.clone(),
        owner: case.owner.as_ref().map(|owner| names.person(owner)),
        cover: case.cover.as_ref().map(|cover| names.cover(cover)),
        with: names.names(&case.with),
        tenant: case.tenant,
        anonymous: case.anonymous,
        contact: dossier.contact.clone(),
        representative: beside::representative(ctx),
        reply_by: case.reply_by,
        adjustments_review: case.adjustments_review,
        about: text(case.about),
        matter: complaint::matter(ctx),
        wanted: case.wanted.map(text),
        definition: case.definition.map(text),
        class: case.class.clone(),
        points: complaint::points(ctx),
        responses: complaint::responses(ctx),
        proposal: complaint::proposal(ctx),
        actions: complaint::actions(ctx, names),
        asks: beside::asks(ctx),
        restrictions: beside::restrictions(ctx, names),
        letters: letters.into_iter().map(|found| letter::letter(case, found)).collect(),
        next_due: next_due(&deadlines).map(|next| NextDue { rule: next.rule.clone(), due_on: next.due_on }),
        files: file::files(dossier, Some(names)),
        links: links(case),
        earlier: None,
        earlier_hidden: None,
        ombudsman: beside::ombudsman(ctx),
        ombudsmen: rules.ombudsmen_of(case).into_iter().cloned().collect(),
        history: entries.into_iter().rev().map(|entry| history::line(dossier, entry, names)).collect(),
        version: case.version,
        allowed: allowed(ctx),
        flags: case.flags.clone(),
        tasks: tasks(ctx, &deadlines),
        deadlines,
        held: case.held,
        restricted: case.readers.is_some() || !case.about_staff.is_empty(),
        readers: case.readers.as_ref().map(|readers| names.readers(readers)),
        about_staff: case.about_staff.iter().map(|id| names.somebody(id)).collect(),
    }
}

/// The cases that belong with it; the one the person named comes first.
fn links(case: &Case) -> Vec<Link> {
    let named = case
        .previous
        .iter()
        .map(|reference| Link { reference: reference.clone(), why: "named-by-resident".to_owned() });
    named.chain(case.links.iter().cloned()).collect()
}
