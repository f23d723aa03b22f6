//! Letters that did not arrive, or wait for a hand.

use redress_domain::case::{ReplyBy, name_of};
use redress_domain::decide::Context;

use super::{Task, task};

pub(super) fn all(ctx: &Context<'_>, found: &mut Vec<Task>) {
    let case = ctx.case();
    for letter in case.letters.iter().filter(|letter| letter.bounced && letter.again.is_none()) {
        let replaced = case
            .letters
            .iter()
            .any(|later| later.n > letter.n && later.kind == letter.kind && later.stage == letter.stage);
        if !replaced {
            let kind = name_of(letter.kind).replace('-', " ");
            let what = format!("Letter {} ({kind}) did not arrive: reach the person another way", letter.n);
            found.push(task(what, None, letter.on));
        }
    }
    let on_paper = case.letters.iter().filter(|letter| letter.by == ReplyBy::Post && !letter.printed);
    for letter in on_paper.filter(|letter| !letter.bounced && letter.again.is_none()) {
        found.push(task(format!("Print and post letter {}", letter.n), None, letter.on));
    }
    if let Some(latest) = case.letters.last().filter(|letter| letter.by == ReplyBy::Phone && case.is_open()) {
        let what = format!("Telephone the person and tell them what letter {} says", latest.n);
        found.push(task(what, None, latest.on));
    }
}
