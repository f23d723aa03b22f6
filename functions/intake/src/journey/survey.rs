//! The equality questions: voluntary, asked when the complaint is safe, and kept with no way back to it.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::key::in_fours;
use redress_store::DraftState;
use redress_web::Problem;
use redress_web::body::Sent;

use super::page::address;
use super::saved::{Content, Kept, Saved};
use super::send::went;
use crate::equality::{OFFERED, keep};
use crate::visit::Visit;

/// The questions, and why they are asked.
pub(super) fn page(visit: &Visit, content: &Content) -> Response {
    let questions: Vec<Value> =
        OFFERED.iter().map(|(question, answers)| json!({"name": question, "answers": answers})).collect();
    // Shown before anything is asked: whoever stops here has what they need to come back.
    let reference = content.became.as_ref().map(|became| became.reference.as_str()).unwrap_or_default();
    let key = visit.intake.office.settings.keys.tracking_key(visit.council(), reference, 0);
    let more = json!({
        "step": "equality",
        "reference": reference,
        "key": in_fours(&key),
        "action": address(visit, "equality", false),
        "questions": questions,
        "errors": [],
    });
    visit.page(StatusCode::OK, "resident/journey/equality.html", more)
}

/// Keeps what was answered, or nothing where it was skipped, and goes to the page that follows the case.
pub(super) async fn take(visit: &Visit, saved: Saved, sent: &Sent) -> Result<Response, Problem> {
    let content = Content { became: saved.content.became.clone(), ..Content::default() };
    if saved.state != DraftState::Sent {
        return Ok(went(visit, &content));
    }
    // The draft is closed first: sent twice, the answers are counted once.
    let first = saved.keep(visit, DraftState::Done, &content).await? == Kept::Yes;
    if first && !sent.aside.contains_key("_skip") {
        let mut answers: Vec<(String, String)> = OFFERED
            .iter()
            .filter_map(|(question, offered)| {
                let said = sent.value.get(question)?.as_str()?;
                offered.contains(&said).then(|| ((*question).to_owned(), said.to_owned()))
            })
            .collect();
        if let Some(became) = content.became.as_ref().filter(|_| !answers.is_empty()) {
            answers.push(("kind".to_owned(), became.kind.clone()));
            answers.extend(became.service_group.iter().map(|group| ("service_group".to_owned(), group.clone())));
        }
        // Answers that could not be kept are no reason to stop anyone: they were voluntary, and the log says it.
        let _kept = keep(&visit.intake, visit.council(), answers).await;
    }
    Ok(went(visit, &content))
}
