//! `GET /api/{council}/letters/print`: letters on paper that wait to be posted, and their print view.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use redress_domain::letter::LetterKind;
use redress_domain::policy::Council;
use redress_domain::reading::Reading;
use redress_letters::{Printable, print, print_all};
use redress_office::OfficeError;
use redress_store::{LetterBody, Paper};
use redress_web::{Identity, Problem};

use crate::{Casework, cursor};

/// Letters of a page: as many as one person folds at a time.
const PAGE: i32 = 100;

/// The print view carries its styles in itself, since it is one file for a printer. It may load nothing, so a style
/// can do no more than look.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/// Where to go on, as the address has it.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Place {
    cursor: Option<String>,
}

/// Letters that wait to be posted, oldest first.
#[derive(Debug, Serialize)]
pub(crate) struct Waiting {
    pub(crate) letters: Vec<Line>,
    pub(crate) next: Option<String>,
    /// Of cases that this person may not read.
    pub(crate) hidden: usize,
    #[serde(skip)]
    bodies: Vec<LetterBody>,
}

/// One of them.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    reference: String,
    n: u32,
    kind: LetterKind,
    stage: u8,
    to: Option<String>,
    subject: String,
    queued_at: Option<DateTime<Utc>>,
    restricted: bool,
}

pub(crate) async fn list(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(place): Query<Place>,
    identity: Identity,
) -> Result<Json<Waiting>, Problem> {
    Ok(Json(casework.to_post(&council, &identity, &place).await?))
}

/// All that wait, or those that were ticked, as one document for the printer.
pub(crate) async fn all(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let given =
            |name: &'static str| asked.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.clone());
        let ticked: BTreeSet<String> = given("letter").collect();
        let waiting = casework.to_post(&council, &identity, &Place { cursor: given("cursor").next() }).await?;
        let chosen = |line: &Line| ticked.is_empty() || ticked.contains(&format!("{}.{}", line.reference, line.n));
        let chosen: Vec<(&Line, &LetterBody)> =
            waiting.letters.iter().zip(&waiting.bodies).filter(|(line, _)| chosen(line)).collect();
        if chosen.is_empty() {
            return Err(Problem::not_found("No letter of these waits to be posted."));
        }
        let cases: BTreeSet<&str> = chosen.iter().map(|(line, _)| line.reference.as_str()).collect();
        for reference in cases {
            casework.note(&identity, "print", Some(reference)).await?;
        }
        let sender = casework.office.present(&council)?.policy.council.clone();
        let letters: Vec<Printable<'_>> = chosen.iter().map(|(_, body)| printable(&sender, body)).collect();
        Ok(print_all(&letters))
    };
    casework.paper(made.await)
}

/// One letter of a case for the printer, however it went out: somebody may want it on paper.
pub(crate) async fn one(
    State(casework): State<Casework>,
    Path((council, reference, n)): Path<(String, String, String)>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let key = casework.reads(&council, &reference, &identity?, "print").await?;
        let found = match n.parse::<u32>() {
            Ok(n) => casework.office.store.letters(&key, [n]).await.map_err(OfficeError::from)?.pop(),
            Err(_) => None,
        };
        let letter = found.ok_or_else(|| Problem::not_found("There is no such letter."))?;
        let sender = casework.office.present(&council)?.policy.council.clone();
        Ok(print(&printable(&sender, &letter.body)))
    };
    casework.paper(made.await)
}

impl Casework {
    /// The list, for whoever posts letters, written down as read.
    pub(crate) async fn to_post(&self, council: &str, identity: &Identity, place: &Place) -> Result<Waiting, Problem> {
        self.may_list(council, identity)?;
        self.may(identity, "printed", "Your role does not post letters.").await?;
        let keys = &self.office.settings.keys;
        let after = cursor::given(keys, council, place.cursor.as_deref())?;
        let page = self.office.store.to_post(council, after.as_deref(), PAGE).await.map_err(OfficeError::from)?;
        let next = page.next.map(|place| cursor::sign(keys, council, &place));
        let mut waiting = Waiting { letters: Vec::new(), next, hidden: 0, bodies: Vec::new() };
        for Paper { case, letter } in page.letters {
            if Reading::of(&case).permits(&identity.actor()).is_err() {
                waiting.hidden += 1;
                continue;
            }
            waiting.letters.push(Line {
                reference: case.reference.to_string(),
                n: letter.n,
                kind: letter.body.kind,
                stage: letter.body.stage,
                to: letter.body.to.clone(),
                subject: letter.body.subject.clone(),
                queued_at: letter.queued_at,
                restricted: case.readers.is_some() || !case.about_staff.is_empty(),
            });
            waiting.bodies.push(letter.body);
        }
        self.shown(identity, "list", "letters to post", waiting.letters.len()).await?;
        Ok(waiting)
    }

    fn paper(&self, made: Result<String, Problem>) -> Response {
        let mut response = match made {
            Ok(document) => Html(document).into_response(),
            Err(problem) => return self.pages.problem(&problem),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }
}

fn printable<'a>(council: &'a Council, letter: &'a LetterBody) -> Printable<'a> {
    Printable { council, to: letter.to.as_deref(), subject: &letter.subject, words: &letter.words }
}
