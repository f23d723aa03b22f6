//! Letters that did not arrive, or wait for a hand.

use redress_domain::calendar::long_date;
use redress_domain::case::name_of;
use redress_domain::decide::Context;

use super::{Task, task};

pub(super) fn all(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    for letter in case.undelivered() {
        let kind = name_of(letter.kind).replace('-', " ");
        let what = format!("Letter {} ({kind}) did not arrive: reach the person another way", letter.n);
        found.push(task(what, None, letter.on).by("reissue"));
    }
    // Closed or not: a letter that tells somebody it is closed is owed to them like any other.
    for letter in case.letters.iter().filter(|letter| letter.is_to_post()) {
        found.push(task(format!("Print and post letter {}", letter.n), None, letter.on).by("printed"));
    }
    let untold: Vec<_> = case.letters.iter().filter(|letter| letter.is_to_tell()).collect();
    if let Some(first) = untold.first() {
        let numbers: Vec<String> = untold.iter().map(|letter| letter.n.to_string()).collect();
        let (letters, say) = if untold.len() == 1 { ("letter", "says") } else { ("letters", "say") };
        let what = format!("Telephone the person and tell them what {letters} {} {say}", numbers.join(", "));
        found.push(task(format!("{what}. Record the conversation"), None, first.on).by("record-contact"));
    }
}

/// What the person wrote on the page of their case, or asked to have added.
pub(super) fn unheard(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    let Some(since) = case.unheard_since.filter(|_| case.destroyed_on.is_none()) else { return };
    let wrote = long_date(since);
    let what = if case.is_open() {
        format!("Read what the person wrote on {wrote}, and record what you did about it")
    } else {
        format!(
            "The person wrote on {wrote}, after the case was closed: read it, tell them what follows, and record it"
        )
    };
    found.push(task(what, None, since));
}
