//! An answer that is being written, kept for later and for the colleagues who may answer too. Nothing of it is in
//! the history, and it goes when the answer is sent.

use axum::response::{IntoResponse, Redirect, Response};

use redress_office::OfficeError;
use redress_store::{ANSWER_MAX, CaseKey, UnsentAnswer};
use redress_web::step::Shown;
use redress_web::{FieldProblem, Problem};

use crate::Transitions;
use crate::page::Sent;

impl Sent<'_> {
    /// Keeps what was typed in the place of the draft that was seen; where somebody kept another one since, both stay.
    pub(crate) async fn save(&self) -> Result<Response, Problem> {
        let shown = self.shown().await?;
        let typed = self.value.to_string();
        if typed.len() > ANSWER_MAX {
            let message = format!("A draft may have {} KB. Shorten it, or send it.", ANSWER_MAX / 1024);
            let errors = vec![FieldProblem { field: String::new(), message }];
            let problem = Problem::fields(errors.clone());
            let typed = shown.typed.wrong(errors);
            return self.show(Shown { typed, problem: Some(problem), ..shown }).await;
        }
        if self.refused().await? {
            return self.show(shown).await;
        }
        let stage = self.stage().await?;
        let (by, at) = (self.step.identity.id.clone(), self.step.office.clock.now());
        let answer = UnsentAnswer { stage, by, at, typed };
        let store = &self.step.office.store;
        let done =
            store.keep_answer(self.step.key, self.seen_draft(), Some(&answer)).await.map_err(OfficeError::from)?;
        let place = store.unsent_answer(self.step.key).await.map_err(OfficeError::from)?;
        // The same words sent twice are kept once.
        let kept =
            done || place.answer.as_ref().is_some_and(|other| other.typed == answer.typed && other.by == answer.by);
        self.transitions.know(self.step.identity).await?;
        self.show(Shown { place, kept, overtaken: !kept, ..shown }).await
    }

    /// Takes the draft that was seen away.
    pub(crate) async fn discard(&self) -> Result<Response, Problem> {
        let shown = self.shown().await?;
        if self.refused().await? {
            return self.show(shown).await;
        }
        let done = self.step.office.store.keep_answer(self.step.key, self.seen_draft(), None).await;
        if done.map_err(OfficeError::from)? {
            let key = self.step.key;
            let there = format!("/staff/{}/cases/{}?done=discarded", key.council, key.reference);
            return Ok(Redirect::to(&there).into_response());
        }
        self.show(Shown { overtaken: true, ..shown }).await
    }

    /// Keeps a proposed answer until it is signed off: it may come back to be mended.
    pub(crate) async fn keep_what_was_proposed(&self) {
        let kept = async {
            let (by, at) = (self.step.identity.id.clone(), self.step.office.clock.now());
            let answer = UnsentAnswer { stage: self.stage().await?, by, at, typed: self.value.to_string() };
            let small = answer.typed.len() <= ANSWER_MAX;
            let seen = self.seen_draft();
            if small {
                self.step
                    .office
                    .store
                    .keep_answer(self.step.key, seen, Some(&answer))
                    .await
                    .map_err(OfficeError::from)?;
            }
            Ok::<_, Problem>(())
        };
        // The answer itself is safe: a draft that is not kept is written again from the letter.
        if let Err(problem) = kept.await {
            tracing::warn!(problem = problem.kind, "a proposed answer was not kept as a draft");
        }
    }

    /// Whether this person may not answer now.
    async fn refused(&self) -> Result<bool, Problem> {
        let refused = self.step.office.why_not(self.step.key, &self.step.identity.actor()).await?;
        Ok(refused.iter().any(|refused| refused.name == self.step.row.name))
    }

    async fn stage(&self) -> Result<u8, Problem> {
        let case = self.step.office.store.case(self.step.key).await.map_err(OfficeError::from)?;
        case.map(|(case, _)| case.stage_n()).ok_or_else(|| Problem::from(OfficeError::NoCase))
    }

    fn seen_draft(&self) -> u32 {
        self.aside.get("_draft").and_then(|version| version.parse().ok()).unwrap_or_default()
    }
}

impl Transitions {
    /// Empties the place of the draft once its answer is out. What stays behind is not offered again, and is
    /// destroyed with the case.
    pub(crate) async fn answered(&self, key: &CaseKey) {
        let emptied = async {
            let place = self.office.store.unsent_answer(key).await?;
            match place.answer {
                Some(_) => self.office.store.keep_answer(key, place.version, None).await,
                None => Ok(true),
            }
        };
        if let Err(error) = emptied.await {
            tracing::warn!(%error, "the draft of an answer that was sent is still there");
        }
    }
}
