//! What a person must now do on a case: derived, never stored.

mod dates;
mod letters;
mod others;
mod people;

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::case::Status;
use redress_domain::deadline::Deadline;
use redress_domain::decide::Context;

/// Something a person must now do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Task {
    /// What, in a sentence.
    pub what: String,
    /// By when, where there is a date.
    pub due_on: Option<NaiveDate>,
    /// Since when.
    pub since: NaiveDate,
    /// The command that does it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<&'static str>,
    /// It is a question to ask oneself before something is decided, and never a bar.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub prompt: bool,
}

impl Task {
    fn by(self, command: &'static str) -> Task {
        Task { command: Some(command), ..self }
    }
}

/// Everything a person must now do, most pressing first, each once.
pub(crate) fn tasks(ctx: &Context<'_>, deadlines: &[Deadline]) -> Vec<Task> {
    let mut found = Vec::new();
    people::first(ctx, &mut found);
    letters::unheard(ctx, &mut found);
    letters::all(ctx, &mut found);
    decisions(ctx, &mut found);
    people::all(ctx, &mut found);
    dates::all(ctx, deadlines, &mut found);
    others::all(ctx, deadlines, &mut found);
    let mut once: Vec<Task> = Vec::new();
    for task in found {
        if once.iter().all(|earlier| earlier.what != task.what) {
            once.push(task);
        }
    }
    once
}

/// What waits for somebody to decide.
fn decisions(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    if case.status == Status::New && ctx.rules.has_stages(case) {
        found.push(task("Decide whether to accept it as a complaint", None, case.received_on).by("accept"));
        // Each is a prompt for whoever decides, and none is a bar.
        for asked in &ctx.rules.policy.triage {
            let own = case.service.as_ref();
            if asked.services.is_empty() || own.is_some_and(|own| asked.services.contains(own)) {
                found.push(Task { prompt: true, ..task(&asked.asks, None, case.received_on) });
            }
        }
    }
    if let Some(record) = case.stage().filter(|record| record.ask.as_ref().is_some_and(|ask| ask.late)) {
        found.push(
            task("The review was asked for late: decide whether to go on with it", None, record.from).by("discretion"),
        );
    }
    if let Some(record) = case.stage().filter(|record| record.proposal.is_some()) {
        let since = record.proposed_on.unwrap_or(record.from);
        found.push(task("Sign off the answer, or send it back", None, since).by("sign-off"));
    }
}

fn task(what: impl Into<String>, due_on: Option<NaiveDate>, since: NaiveDate) -> Task {
    Task { what: what.into(), due_on, since, command: None, prompt: false }
}
