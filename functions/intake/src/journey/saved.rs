//! A draft between two pages: kept in the table, found by the id in the browser's cookie.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use redress_platform::random;
use redress_store::{DRAFT_MAX, Draft, DraftState};
use redress_web::Problem;

use super::answers::Answers;
use crate::visit::Visit;

/// Holds the draft's id, and nothing of the person.
const COOKIE: &str = "__Host-redress-draft";
const A_DAY_S: u32 = 86_400;

/// What stands in a draft.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Content {
    /// While it is open.
    #[serde(default)]
    pub(crate) answers: Answers,
    /// Once it is a case: then the answers are no longer here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) became: Option<Became>,
}

/// The case a draft became, and what the equality answers may know of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Became {
    pub(crate) reference: String,
    pub(crate) kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) service_group: Option<String>,
}

/// A draft that was found.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) id: String,
    pub(crate) state: DraftState,
    pub(crate) content: Content,
    forget_at: DateTime<Utc>,
}

/// What became of keeping a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Yes,
    /// It is more than a draft can hold.
    TooLarge,
    /// Another request was first, and has sent it on.
    MovedOn,
}

impl Saved {
    /// Begins a draft.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub(crate) async fn begin(visit: &Visit) -> Result<Saved, Problem> {
        let id: String = random::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
        let content = Content::default();
        let draft = Draft::new(written(&content)?, visit.intake.office.clock.now());
        let store = &visit.intake.office.store;
        store.keep_draft(visit.council(), &id, None, &draft).await.map_err(ours)?;
        Ok(Saved { id, state: DraftState::Open, content, forget_at: draft.forget_at })
    }

    /// The draft that a browser's cookie names at this council, if there still is one.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub(crate) async fn of(visit: &Visit, headers: &HeaderMap) -> Result<Option<Saved>, Problem> {
        let Some(id) = cookie(headers) else { return Ok(None) };
        let office = &visit.intake.office;
        let found = office.store.draft(visit.council(), id, office.clock.now()).await.map_err(ours)?;
        Ok(found.and_then(|draft| {
            let content = serde_json::from_str(&draft.body).ok()?;
            Some(Saved { id: id.to_owned(), state: draft.state, content, forget_at: draft.forget_at })
        }))
    }

    /// Keeps other content in its place.
    ///
    /// # Errors
    /// When the table cannot be written.
    pub(crate) async fn keep(&self, visit: &Visit, state: DraftState, content: &Content) -> Result<Kept, Problem> {
        let body = written(content)?;
        if body.len() > DRAFT_MAX {
            return Ok(Kept::TooLarge);
        }
        let draft = Draft { state, body, forget_at: self.forget_at };
        let store = &visit.intake.office.store;
        let kept = store.keep_draft(visit.council(), &self.id, Some(self.state), &draft).await.map_err(ours)?;
        Ok(if kept { Kept::Yes } else { Kept::MovedOn })
    }

    /// An answer that gives the browser this draft.
    pub(crate) fn on(&self, mut response: Response) -> Response {
        let cookie = format!("{COOKIE}={}; Path=/; Max-Age={A_DAY_S}; Secure; HttpOnly; SameSite=Lax", self.id);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let named = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut ids = named.filter(|(name, _)| *name == COOKIE).map(|(_, id)| id);
    ids.find(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn written(content: &Content) -> Result<String, Problem> {
    serde_json::to_string(content).map_err(|_| Problem::ours())
}

fn ours(error: redress_store::StoreError) -> Problem {
    Problem::from(redress_office::OfficeError::from(error))
}
