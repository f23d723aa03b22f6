//! What is owed to the person, each by its date.

use redress_domain::calendar::long_date;
use redress_domain::deadline::{Deadline, DeadlineState};
use redress_domain::decide::Context;
use redress_domain::policy::By;

use super::{Task, task};

pub(super) fn all(ctx: &Context<'_>, deadlines: &[Deadline], found: &mut Vec<Task>) {
    for deadline in deadlines.iter().filter(|deadline| deadline.owed) {
        // A later date than the one promised changes nothing for the person: what was promised stands.
        if let Some(promised) = deadline.promised_on.filter(|promised| deadline.due_on < *promised) {
            let (from, to) = (long_date(promised), long_date(deadline.due_on));
            let what = format!("The promised date moved from {from} to {to}: tell them");
            found.push(task(what, Some(deadline.due_on), deadline.explain.from_on));
        }
        if let Some(what) = owed(ctx, deadline) {
            let task = task(what, Some(deadline.due_on), deadline.explain.from_on);
            found.push(Task { command: command(deadline), ..task });
        }
    }
}

/// The command that does what is owed.
fn command(deadline: &Deadline) -> Option<&'static str> {
    match deadline.rule.rsplit_once('.')? {
        ("service-request", "done") => Some("resolve"),
        ("action", _) => Some("complete-action"),
        (_, "acknowledge") => Some("acknowledge"),
        (_, "respond") => Some("respond"),
        (_, "update") => Some("update"),
        _ => None,
    }
}

fn owed(ctx: &Context<'_>, deadline: &Deadline) -> Option<String> {
    let (of, what) = deadline.rule.rsplit_once('.')?;
    let says = match (of, what) {
        ("service-request", "done") => "Do what was asked for, and tell the person",
        ("action", n) => return Some(remedy(ctx, n)),
        (_, "acknowledge") => "Acknowledge it",
        (_, "respond") if deadline.state == DeadlineState::Missed => "Answer it; the date has passed",
        (_, "respond") => "Answer it",
        // Where the system sends the news, nobody has to.
        (_, "update") if !sends_news(ctx) => "Send an update",
        _ => return None,
    };
    Some(says.to_owned())
}

fn remedy(ctx: &Context<'_>, n: &str) -> String {
    let action = ctx.case().actions.iter().find(|action| action.n.to_string() == n);
    let what = action.map_or("", |action| ctx.dossier.text(action.what));
    format!("Do remedy {n}: {}", what.trim_end_matches('.'))
}

/// Whether the policy has the system send news at this stage.
fn sends_news(ctx: &Context<'_>) -> bool {
    let update = ctx.rules.stage_of(ctx.case()).and_then(|stage| stage.update.as_ref());
    update.is_some_and(|update| update.by == By::System)
}
