//! The same complaint from many people: how each of their cases stands, and the words of the answer to the first of
//! them for the answers to the others. Each is looked at, and sent, by itself.

use serde_json::{Value, json};

use redress_domain::case::{CAMPAIGN, CAMPAIGN_CASE, name_of};
use redress_domain::reading::Reading;
use redress_office::OfficeError;
use redress_office::view::CaseView;
use redress_store::{CaseKey, Known, Summary};
use redress_web::step::{ANSWERS, Typed};
use redress_web::{Identity, Problem};

use crate::Casework;

/// Of the cases of a campaign, so many are listed; how many there are is always said.
const LISTED_MAX: usize = 100;

/// What the page of an answer begins with.
#[derive(Debug, Default)]
pub(crate) struct Begun {
    /// The words that were shared.
    pub(crate) typed: Typed,
    /// The case they come from.
    pub(crate) from: Option<String>,
}

impl Casework {
    /// The cases of the campaign of which this is the first, as far as this reader may see them; nothing where it is
    /// the first of none.
    pub(crate) async fn campaign(&self, view: &CaseView, identity: &Identity) -> Result<Option<Value>, Problem> {
        let theirs = view.links.iter().filter(|link| link.why == CAMPAIGN_CASE);
        let references: Vec<String> = theirs.map(|link| link.reference.to_string()).collect();
        if references.is_empty() {
            return Ok(None);
        }
        let store = &self.office.store;
        let known = store.known(&identity.council, &references).await.map_err(OfficeError::from)?;
        let by = identity.actor();
        let (shown, hidden): (Vec<Known>, Vec<Known>) =
            known.into_iter().partition(|known| Reading::of(&known.case).permits(&by).is_ok());
        let mut states: Vec<(String, usize)> = Vec::new();
        for known in &shown {
            let state = name_of(known.line.status);
            match states.iter_mut().find(|(name, _)| *name == state) {
                Some((_, n)) => *n += 1,
                None => states.push((state, 1)),
            }
        }
        let lines: Vec<&Summary> = shown.iter().map(|known| &known.line).take(LISTED_MAX).collect();
        let names = self.names(&identity.council, lines.iter().copied()).await?;
        self.shown(identity, "list", "campaign", lines.len()).await?;
        Ok(Some(json!({
            "many": references.len(),
            "states": states,
            "hidden": hidden.len(),
            "cases": lines,
            "names": names,
            "unlisted": shown.len().saturating_sub(LISTED_MAX),
        })))
    }

    /// The answer to the first case of a campaign, or what is written of it, for one of the others.
    pub(crate) async fn shared_answer(&self, key: &CaseKey, identity: &Identity, name: &str) -> Result<Begun, Problem> {
        if !ANSWERS.contains(&name) {
            return Ok(Begun::default());
        }
        let case = self.office.store.case(key).await.map_err(OfficeError::from)?;
        let Some((first, stage)) = case.and_then(|(case, _)| Some((case.campaign()?.to_string(), case.stage_n())))
        else {
            return Ok(Begun::default());
        };
        // What they may not read they are not shown, and their own page opens all the same.
        let Ok(first) = self.reads(&key.council, &first, identity, CAMPAIGN).await else { return Ok(Begun::default()) };
        let view = self.office.view(&first, &identity.actor()).await?;
        let typed = match answered(&view, stage) {
            Some(answer) => Some(answer),
            None => self.office.store.unsent_answer(&first).await.map_err(OfficeError::from)?.answer.and_then(|kept| {
                let typed = (kept.stage == stage).then_some(kept.typed)?;
                serde_json::from_str(&typed).ok()
            }),
        };
        let Some(typed) = typed else { return Ok(Begun::default()) };
        Ok(Begun { typed: Typed::kept(&typed), from: Some(first.reference) })
    }
}

/// An answer as its form has it.
fn answered(view: &CaseView, stage: u8) -> Option<Value> {
    let response = view.responses.iter().find(|response| response.stage == stage)?;
    let remedies: Vec<Value> = view
        .actions
        .iter()
        .map(|action| {
            json!({"kind": action.kind, "what": action.what, "owner": action.owner, "by": action.by, "amount": action.amount})
        })
        .collect();
    let said = view.history.iter().rev().find(|line| line.what == "responded");
    let text = said.and_then(|line| line.event.get("text")).and_then(Value::as_str);
    Some(json!({"outcome": response.outcome, "findings": response.findings, "remedies": remedies, "text": text}))
}
