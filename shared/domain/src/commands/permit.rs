//! Who may give a command: the table of roles, the policy's handler, independence.

use crate::case::{Actor, Case};
use crate::decide::Context;
use crate::reading::Reading;
use crate::refusal::Refusal;
use crate::roles::Role;

/// What the handler of a stage may do there, whatever the table says of their role.
const HANDLERS: [&str; 6] = ["acknowledge", "extend", "update", "propose-response", "respond", "cannot-deliver"];

/// What is theirs alone once a stage was handed to the organisation that runs it.
const THEIRS: [&str; 6] = ["acknowledge", "extend", "update", "clarify", "appoint-external", "decline-review"];

/// What a resident may do with their tracking key.
const RESIDENTS: [&str; 5] = ["request-review", "withdraw", "complain-again", "message", "send-link"];

/// Whether this person may give this command on this case.
///
/// # Errors
/// A refusal that says who may.
pub(super) fn permit(ctx: &Context<'_>, command: &str) -> Result<(), Refusal> {
    match ctx.actor {
        Actor::System => Ok(()),
        Actor::Resident if RESIDENTS.contains(&command) => Ok(()),
        Actor::Resident => Err(forbidden("Only staff may do this.")),
        Actor::Staff { id, role, .. } => {
            Reading::of(ctx.case()).permits(ctx.actor)?;
            staff(ctx, command, id, *role)
        }
    }
}

fn staff(ctx: &Context<'_>, command: &str, id: &str, role: Role) -> Result<(), Refusal> {
    let case = ctx.case();
    let n = case.stage_n();
    let stage = ctx.rules.policy.stage(n);
    let handles = stage.is_some_and(|stage| stage.handler.contains(&role));
    let by_table = ctx.rules.roles.may(role, command, n);
    let answers = matches!(command, "respond" | "propose-response");
    let may = match (answers, stage) {
        // Who answers is the policy's handler; the complaints manager may stand in.
        (true, Some(_)) => handles || role == Role::ComplaintsManager,
        _ => by_table || (handles && HANDLERS.contains(&command)),
    };
    if !may {
        let whose = stage.filter(|_| answers).map_or_else(String::new, |stage| {
            format!(" At this stage the answer is given by {}.", stage.handler_title)
        });
        return Err(forbidden(format!(
            "The role {} may not give the command `{command}` at stage {n}.{whose}",
            role_name(role)
        )));
    }
    let handed_over = case.stage().is_some_and(|record| record.handed_over_on.is_some());
    if answers || command == "sign-off" || (handed_over && THEIRS.contains(&command)) {
        by_whoever_runs_it(ctx)?;
    }
    if answers { independent(ctx, id) } else { Ok(()) }
}

/// A stage that another organisation runs is answered by its people.
fn by_whoever_runs_it(ctx: &Context<'_>) -> Result<(), Refusal> {
    let case = ctx.case();
    let Some(runs) = case.stage().and_then(|record| record.organisation.as_deref()) else { return Ok(()) };
    if ctx.actor.organisation() == Some(runs) {
        return Ok(());
    }
    let policy = &ctx.rules.policy;
    let name = policy.organisation(runs).map_or(runs, |organisation| organisation.name.as_str());
    Err(forbidden(format!("This stage is run by {name}, and you are not signed in as one of its people.")))
}

/// That nobody owns or signs a case that is about them.
///
/// # Errors
/// When they are one of those it is about.
pub(super) fn not_about(ctx: &Context<'_>, id: &str) -> Result<(), Refusal> {
    if ctx.case().about_staff.iter().any(|about| about == id) {
        return Err(Refusal::not_allowed(
            "The case is about them, or they stand too near to it: somebody else must have it.",
            "Codes 5.4",
        ));
    }
    Ok(())
}

/// Whether this person may have a part in answering the present stage.
///
/// # Errors
/// When they answered the stage this one must be independent of.
pub(super) fn independent(ctx: &Context<'_>, id: &str) -> Result<(), Refusal> {
    let case: &Case = ctx.case();
    let Some(rule) = ctx.rules.stage_of(case).and_then(|stage| stage.different_from.as_ref()) else {
        return Ok(());
    };
    let answered = case.stage_record(rule.stage).and_then(|record| record.response.as_ref());
    if answered.is_some_and(|response| response.by == id) {
        return Err(Refusal::not_allowed(
            format!(
                "Whoever answered stage {} has no part in stage {}: somebody else must.",
                rule.stage,
                case.stage_n()
            ),
            rule.cites.clone(),
        ));
    }
    Ok(())
}

fn role_name(role: Role) -> String {
    crate::case::name_of(role)
}

fn forbidden(why: impl Into<String>) -> Refusal {
    Refusal::Forbidden { why: why.into() }
}
