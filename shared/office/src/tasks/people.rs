//! What the person, and how they are met, asks of staff.

use redress_domain::case::{Channel, ReplyBy, Status};
use redress_domain::decide::Context;

use super::{Task, task};

/// What comes before everything else.
pub(super) fn first(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    if !case.is_open() {
        return;
    }
    if case.flags.iter().any(|flag| flag == "equality") {
        found.push(task("Look at this one first: it raises an equality issue", None, case.received_on));
    }
    if case.channel == Channel::Social && !is_reached(ctx) {
        found.push(task("Make private contact with the person. Answer nothing in public", None, case.received_on));
    }
}

pub(super) fn all(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    let unshown = case.representative.as_ref().filter(|found| !found.shown && case.is_open());
    if let Some(representative) = unshown {
        let right = representative.authority.as_deref().unwrap_or("not said yet").replace('-', " ");
        let what = format!("Ask for what shows the representative’s right to act ({right}). Work on meanwhile");
        found.push(task(what, None, case.received_on));
    }
    let (Some(stage), Some(record)) = (ctx.rules.stage_of(case), case.stage()) else { return };
    let answered = record.response.is_some() || record.spoke_on.is_some();
    if let Some(talk) = stage.talk_first.as_ref().filter(|_| case.status == Status::Open && !answered) {
        let what = if talk.promised {
            "Talk with the person before anything else: the policy promises it. Record what was said, or why you \
             could not"
        } else {
            "Think about talking with the person first, and record what was said"
        };
        found.push(task(what, None, record.from));
    }
}

/// Whether the person can be reached by anything but the page they wrote on.
fn is_reached(ctx: &Context<'_>) -> bool {
    let contact = &ctx.dossier.contact;
    [ReplyBy::Email, ReplyBy::Post, ReplyBy::Phone].into_iter().any(|way| contact.cannot_be_reached(way).is_none())
}
