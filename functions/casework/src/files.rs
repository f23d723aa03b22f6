//! Files of a case: what there is, a form that adds one, and the link that opens one, written down before it goes out.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use redress_domain::files::{DESCRIPTION_MAX, ENDINGS, OF_STAFF_MAX};
use redress_office::view::FileView;
use redress_web::{Identity, Problem, sending_to};

use crate::Casework;

/// What the store adds to the address it sends a browser back to: under which key the file lies.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    key: Option<String>,
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path((council, reference)): Path<(String, String)>,
    back: Result<Query<Back>, QueryRejection>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        let key = casework.reads(&council, &reference, &identity, "read").await?;
        let by = identity.actor();
        let case = casework.office.view(&key, &by).await?;
        let added = case.files.iter().filter(|file| file.by.is_some() && file.refused.is_none()).count();
        let may = case.allowed.contains(&"note") && added < OF_STAFF_MAX;
        let at = format!("{}/staff/{council}/cases/{}/files", casework.office.settings.base_url, case.reference);
        let form = match may {
            true => casework.office.file_form(&key, &by, |_| at).await?,
            false => None,
        };
        let origin = form.as_ref().map(|form| form.origin.clone());
        let back = back.map(|Query(back)| back).unwrap_or_default();
        let context = json!({
            "id": council,
            "council": casework.office.present(&council)?.policy.council,
            "me": casework.me(&identity),
            "came": back.key.map(|key| came(&case.files, &key)),
            "case": {"reference": case.reference, "kind": case.kind, "files": case.files},
            "form": form,
            "endings": ENDINGS.join(","),
            "most": OF_STAFF_MAX,
            "full": added >= OF_STAFF_MAX,
            "describe_max": DESCRIPTION_MAX,
        });
        Ok((context, origin))
    };
    match made.await {
        Ok((context, origin)) => {
            let page = casework.pages.page("staff/files.html", context);
            match origin {
                Some(origin) => sending_to(&origin, page),
                None => page,
            }
        }
        Err(problem) => casework.pages.problem(&problem),
    }
}

/// A file, by way of a link that works for a minute: that somebody opened it is written down before they have it.
pub(crate) async fn one(
    State(casework): State<Casework>,
    Path((council, reference, n)): Path<(String, String, String)>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let key = casework.reads(&council, &reference, &identity?, "file").await?;
        let n = n.parse().map_err(|_| Problem::not_found("There is no such file."))?;
        Ok::<_, Problem>(casework.office.file_link(&key, n, |_| true).await?)
    };
    match made.await {
        Ok(link) => Redirect::to(&link).into_response(),
        Err(problem) => casework.pages.problem(&problem),
    }
}

/// What became of the file that just came: nobody has looked into it yet when it is on no list.
fn came(files: &[FileView], key: &str) -> &'static str {
    match files.iter().find(|file| key.ends_with(&format!("/{}", file.id))) {
        None => "checking",
        Some(file) if file.refused.is_none() => "kept",
        Some(_) => "refused",
    }
}
