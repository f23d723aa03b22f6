//! Files, from the page of a case: what came, and a form for one more. Sent after the complaint is safe, straight to
//! the store, so that a file that does not arrive loses nothing.

use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use redress_domain::case::{Actor, CaseFile};
use redress_domain::files::{ENDINGS, OF_THE_PERSON_MAX};
use redress_office::track::Tracked;
use redress_store::CaseKey;
use redress_web::{Problem, sending_to};

use super::page::{known, tracked};
use super::{Asked, ask, open};
use crate::visit::Visit;

/// What the seal of a pass is for.
const PASS: &str = "file-back";

/// The way back from the store to the page, sealed: the store is not to see the key of a case.
#[derive(Debug, Deserialize, Serialize)]
struct Pass {
    reference: String,
    key: String,
    id: String,
}

/// The page.
pub(crate) async fn show(visit: Visit, Path((_, reference)): Path<(String, String)>, uri: Uri) -> Response {
    let asked = Asked::of(&uri);
    let case = match tracked(&visit, &reference, &asked.key).await {
        Err(problem) => return ask::refused(&visit, &reference, &asked.key, &problem),
        Ok(case) => case,
    };
    let office = &visit.intake.office;
    let form = match case.takes_files {
        false => Ok(None),
        true => {
            let key = CaseKey::new(visit.council(), &case.reference);
            office.file_form(&key, &Actor::Resident, |id| way_back(&visit, &case, &asked.key, id)).await
        }
    };
    let form = match form {
        Err(error) => return visit.problem(&Problem::from(error)),
        Ok(form) => form,
    };
    let origin = form.as_ref().map(|form| form.origin.clone());
    let more = json!({
        "form": form,
        "came": asked.came.as_deref().map(|id| came(&case, id)),
        "came_id": asked.came.filter(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit())),
        "endings": ENDINGS.join(","),
        "most": OF_THE_PERSON_MAX,
    });
    let page = visit.page(StatusCode::OK, "resident/files.html", known(&visit, &case, &asked.key, more));
    match origin {
        Some(origin) => sending_to(&origin, page),
        None => page,
    }
}

/// Back from the store.
pub(crate) async fn back(visit: Visit, Path((council, _, pass)): Path<(String, String, String)>) -> Response {
    let pass = visit.intake.office.settings.keys.unseal(PASS, &pass);
    let pass: Option<Pass> = pass.and_then(|pass| serde_json::from_slice(&pass).ok());
    match pass {
        Some(Pass { reference, key, id }) => {
            Redirect::to(&format!("/{council}/track/{reference}/files?key={key}&came={id}")).into_response()
        }
        None => visit.problem(&Problem::not_found("There is nothing at this address.")),
    }
}

/// One of their own files, by way of a link that works for a minute.
pub(crate) async fn open_one(
    visit: Visit,
    Path((council, reference, n)): Path<(String, String, String)>,
    uri: Uri,
) -> Response {
    let asked = Asked::of(&uri);
    let case = match open(&visit.intake, &council, &reference, &asked.key).await {
        Err(problem) => return ask::refused(&visit, &reference, &asked.key, &problem),
        Ok(case) => case,
    };
    let link = match n.parse() {
        Ok(n) => visit.intake.office.file_link(&case, n, CaseFile::is_the_persons).await.map_err(Problem::from),
        Err(_) => Err(Problem::not_found("There is no such file.")),
    };
    match link {
        Ok(link) => Redirect::to(&link).into_response(),
        Err(problem) => visit.problem(&problem),
    }
}

fn way_back(visit: &Visit, case: &Tracked, key: &str, id: &str) -> String {
    let settings = &visit.intake.office.settings;
    let pass = Pass { reference: case.reference.clone(), key: key.to_owned(), id: id.to_owned() };
    let pass = serde_json::to_vec(&pass).ok().and_then(|pass| settings.keys.seal(PASS, &pass)).unwrap_or_default();
    format!("{}/{}/track/{}/came/{pass}", settings.base_url, visit.council(), case.reference)
}

/// What became of the file that just came: nobody has looked into it yet when it is on no list.
fn came(case: &Tracked, id: &str) -> Value {
    match case.files.iter().find(|file| file.id == id) {
        None => json!("checking"),
        Some(file) if file.refused.is_none() => json!("kept"),
        Some(_) => json!("refused"),
    }
}
