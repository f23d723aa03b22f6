//! What is owed to others, or by them: another organisation, somebody who was asked, an Ombudsman, a review.

use redress_domain::calendar::long_date;
use redress_domain::deadline::Deadline;
use redress_domain::decide::Context;

use super::{Task, task};
use crate::view::ombudsman_name;

pub(super) fn all(ctx: &Context<'_>, deadlines: &[Deadline], found: &mut Vec<Task>) {
    hand_over(ctx, deadlines, found);
    asked(ctx, found);
    ombudsmen(ctx, found);
    reviews(ctx, found);
}

fn hand_over(ctx: &Context<'_>, deadlines: &[Deadline], found: &mut Vec<Task>) {
    let Some(record) = ctx.case().stage() else { return };
    let rule = format!("stage-{}.hand-over", record.n);
    let owed = deadlines.iter().find(|deadline| deadline.owed && deadline.rule == rule);
    if let Some((deadline, id)) = owed.zip(record.organisation.as_deref()) {
        let name = ctx.rules.policy.organisation(id).map_or(id, |organisation| &organisation.name);
        let what = format!("Hand the review over to {name}, who run this stage");
        found.push(task(what, Some(deadline.due_on), record.from));
    }
}

fn asked(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    for asked in case.asks.iter().filter(|asked| asked.answered_on.is_none() && case.is_open()) {
        let (whom, on) = (ctx.dossier.text(asked.whom), long_date(asked.on));
        let what = match asked.by < ctx.today() {
            true => format!("Ask {whom} again: they have not answered what you asked on {on}"),
            false => format!("Get the answer of {whom} to what you asked on {on}"),
        };
        found.push(task(what, Some(asked.by), asked.on));
    }
}

fn ombudsmen(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    for enquiry in &case.enquiries {
        let name = ombudsman_name(ctx, &enquiry.body);
        let theirs = ctx.dossier.maybe(enquiry.their_reference);
        let theirs = theirs.map_or_else(String::new, |reference| format!(", their reference {reference}"));
        if enquiry.replied_on.is_none() && enquiry.decided_on.is_none() {
            found.push(task(format!("Answer the {name}{theirs}"), enquiry.reply_by, enquiry.received_on));
        }
        let mut wanted = case.actions.iter().filter(|action| enquiry.actions.contains(&action.n));
        let waits = enquiry.complied_on.is_none() && !enquiry.actions.is_empty();
        if waits && wanted.all(|action| !action.is_open()) {
            let what = format!("Everything is done: show the {name} that it is, and record it{theirs}");
            found.push(task(what, None, enquiry.decided_on.unwrap_or(enquiry.received_on)));
        }
    }
}

fn reviews(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    for limit in case.restrictions.iter().filter(|limit| limit.ended_on.is_none()) {
        let by = limit.until.map_or(limit.review_on, |until| until.min(limit.review_on));
        let what = format!("Review the limit on contact that began on {}", long_date(limit.from));
        found.push(task(what, Some(by), limit.from));
    }
    if let Some(review) = case.adjustments_review.filter(|_| case.is_open()) {
        found.push(task("Ask whether what helps the person is still right", Some(review), case.received_on));
    }
}
