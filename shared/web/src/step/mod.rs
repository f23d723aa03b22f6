//! The page of one command on one case: read by `casework`, and shown again by `transitions` with everything that
//! was typed when it cannot be taken as it is.

mod correct;
mod known;
mod typed;

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use redress_domain::calendar::local_date;
use redress_domain::commands::{Row, TABLE};
use redress_office::view::HistoryLine;
use redress_office::{Office, OfficeError, Preview, WhyNot};
use redress_platform::random;
use redress_store::{AnswerPlace, CaseKey, UnsentAnswer};

use crate::{Identity, Problem};

pub use correct::{corrected, place};
pub use known::known;
pub use typed::{Typed, plainly, said, sentence};

/// Colleagues a list of people offers.
const COLLEAGUES_MAX: i32 = 300;

/// Commands that name a member of staff.
const NAMES_STAFF: [&str; 4] = ["assign", "transfer", "cover", "about-staff"];

/// Commands that send the person a letter, which can be looked at first.
const WRITES: [&str; 24] = [
    "acknowledge",
    "appoint-external",
    "ask",
    "cannot-deliver",
    "clarify",
    "close",
    "complete-action",
    "correct",
    "decline-review",
    "discretion",
    "extend",
    "not-accepted",
    "pass-on",
    "propose-response",
    "raise-complaint",
    "reissue",
    "request-review",
    "resolve",
    "respond",
    "restrict",
    "review-restriction",
    "send-link",
    "update",
    "withdraw",
];

/// Commands that cannot be taken back by another one.
const ENDS: [&str; 3] = ["close", "withdraw", "not-accepted"];

/// Commands whose words take an afternoon, and are kept while they are written.
pub const ANSWERS: [&str; 2] = ["respond", "propose-response"];

/// A command on a case, and who looks at its page. That they may read the case, and that it is written down, is the
/// function's to see to before this.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// Where the case is.
    pub office: &'a Office,
    /// Who looks.
    pub identity: &'a Identity,
    /// On which case.
    pub key: &'a CaseKey,
    /// Which command.
    pub row: &'static Row,
}

/// What the page shows beside the case.
#[derive(Debug, Default)]
pub struct Shown {
    /// What was typed.
    pub typed: Typed,
    /// The version of the case that was seen; the present one where nobody has seen any.
    pub seen: Option<u32>,
    /// The letters as they would go.
    pub preview: Option<Preview>,
    /// Why it was refused, where no field is at fault.
    pub problem: Option<Problem>,
    /// The answer that is kept, or was kept by somebody else meanwhile.
    pub place: AnswerPlace,
    /// Somebody else kept another answer since.
    pub overtaken: bool,
    /// The answer was kept just now.
    pub kept: bool,
    /// The first case of the campaign, whose answer the form begins with.
    pub shared_from: Option<String>,
    /// Where the browser goes afterwards, when not to the case.
    pub back: Option<String>,
}

/// The command as its page names it.
#[derive(Debug, Serialize)]
struct Named {
    name: &'static str,
    label: &'static str,
    writes: bool,
    ends: bool,
    answers: bool,
}

/// The command of a name.
///
/// # Errors
/// 404 when there is none.
pub fn row(name: &str) -> Result<&'static Row, Problem> {
    TABLE
        .iter()
        .find(|row| row.name == name)
        .ok_or_else(|| Problem::not_found("There is no such thing to do on a case."))
}

/// What a form sends with it, so that a second click is the same request.
pub fn once() -> String {
    random::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Step<'_> {
    /// What the page is made from, and its status when nothing else is wrong: 200, or why the command cannot be given.
    ///
    /// # Errors
    /// When the case or its policy cannot be read.
    pub async fn page(&self, shown: Shown) -> Result<(StatusCode, Value), Problem> {
        let by = self.identity.actor();
        let case = self.office.view(self.key, &by).await?;
        let rules = self.office.settings.library.rules(&self.key.council, case.policy.version);
        let rules = rules.ok_or_else(|| Problem::not_found("The policy of this case is not here."))?;
        let allowed = case.allowed.contains(&self.row.name);
        let why = if allowed { None } else { self.why(&by).await? };
        let status = match &why {
            None => StatusCode::OK,
            Some(why) if why.cites.is_none() => StatusCode::FORBIDDEN,
            Some(_) => StatusCode::CONFLICT,
        };
        let seen = shown.seen.unwrap_or(case.version);
        // What somebody else is writing is for those who may answer.
        let kept = shown.place.answer.as_ref().filter(|kept| allowed && kept.stage == case.stage);
        let shared_from = shown.shared_from.filter(|_| kept.is_none());
        let typed = match kept.and_then(|kept| serde_json::from_str::<Value>(&kept.typed).ok()) {
            Some(kept) if !shown.typed.is_sent() => Typed::kept(&kept),
            _ => shown.typed,
        };
        let others: Vec<&HistoryLine> = case.history.iter().filter(|line| line.n > seen).collect();
        let page = json!({
            "id": self.key.council,
            "council": rules.policy.council,
            "policy": known(&rules),
            "stage": rules.policy.stage(case.stage),
            "me": self.identity.me_at(&rules.roles),
            "command": self.named(),
            "allowed": allowed,
            "why": why,
            "others": others,
            "written": if allowed { Vec::new() } else { typed.words() },
            "form": typed,
            "colleagues": self.colleagues().await?,
            "preview": shown.preview,
            "problem": shown.problem,
            "draft": self.draft(kept, shown.overtaken).await?,
            "draft_version": shown.place.version,
            "kept": shown.kept,
            "shared_from": shared_from,
            "key": once(),
            "back": shown.back,
            "today": local_date(self.office.clock.now()),
            "case": case,
        });
        Ok((status, page))
    }

    fn named(&self) -> Named {
        let name = self.row.name;
        Named {
            name,
            label: self.row.label,
            writes: WRITES.contains(&name),
            ends: ENDS.contains(&name),
            answers: ANSWERS.contains(&name),
        }
    }

    async fn why(&self, by: &redress_domain::case::Actor) -> Result<Option<WhyNot>, Problem> {
        let refused = self.office.why_not(self.key, by).await?;
        Ok(refused.into_iter().find(|refused| refused.name == self.row.name))
    }

    /// Whom a form about staff offers, by name.
    async fn colleagues(&self) -> Result<Vec<Value>, Problem> {
        if !NAMES_STAFF.contains(&self.row.name) {
            return Ok(Vec::new());
        }
        let found = self.office.store.directory(&self.key.council, None, COLLEAGUES_MAX).await;
        let (found, _) = found.map_err(OfficeError::from)?;
        let mut people: Vec<_> = found.into_iter().collect();
        people.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        Ok(people.into_iter().map(|(id, one)| json!({"id": id, "name": one.name, "role": one.role})).collect())
    }

    /// The kept answer: whose, when, and, where it overtook somebody, its words.
    async fn draft(&self, kept: Option<&UnsentAnswer>, overtaken: bool) -> Result<Option<Value>, Problem> {
        let Some(kept) = kept else { return Ok(None) };
        let names = self.office.store.colleagues(&self.key.council, vec![kept.by.clone()]).await;
        let names = names.map_err(OfficeError::from)?;
        let by = names.get(&kept.by).map_or("Somebody", |colleague| colleague.name.as_str());
        let typed: Value = serde_json::from_str(&kept.typed).unwrap_or_default();
        let words = if overtaken { Typed::sent(&typed).words() } else { Vec::new() };
        Ok(Some(
            json!({"by": by, "own": kept.by == self.identity.id, "at": kept.at, "words": words, "overtaken": overtaken}),
        ))
    }
}
