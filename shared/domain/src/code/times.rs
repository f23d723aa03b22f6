//! Checks of times: how long until it is acknowledged, answered, put off; how old a matter may be.

use super::check::{Moment, What};
use super::judge::{Looked, View};
use super::span::{never_longer, sum};
use crate::length::Length;
use crate::policy::{MatterDate, RunsFrom, Stage};

/// A time is no longer than the Code's.
pub(super) fn length_at_most(
    view: &View<'_>,
    of: Moment,
    length: Length,
    from: Option<RunsFrom>,
    plus: Option<Length>,
) -> Looked {
    let Some(stage) = view.policy.stage(of.stage) else { return no_stage(view, of.stage) };
    match of.what {
        What::Acknowledge => {
            let entry = &stage.acknowledge;
            limited(Limit {
                what: "acknowledged within",
                found: entry.within,
                most: length,
                in_policy: entry.in_policy,
                cites: &entry.cites,
            })
        }
        What::Extend => {
            let entry = &stage.extend;
            limited(Limit {
                what: "put off by at most",
                found: entry.at_most,
                most: length,
                in_policy: entry.in_policy,
                cites: &entry.cites,
            })
        }
        What::Respond => answered(view, stage, length, from, plus),
    }
}

struct Limit<'a> {
    what: &'a str,
    found: Length,
    most: Length,
    in_policy: bool,
    cites: &'a str,
}

fn limited(limit: Limit<'_>) -> Looked {
    let Limit { what, found, most, in_policy, cites } = limit;
    let says = format!("{what} {found}");
    if !never_longer(found, most) {
        return Looked::weaker(format!("the Code has {most}"), says, cites);
    }
    if in_policy {
        Looked::met(says, cites)
    } else {
        Looked::not_stated(format!("nothing; Redress keeps {found}"), cites)
    }
}

/// The Code counts an answer from the acknowledgement. A policy that counts from receipt has the
/// time for the acknowledgement besides.
fn answered(view: &View<'_>, stage: &Stage, length: Length, from: Option<RunsFrom>, plus: Option<Length>) -> Looked {
    let entry = &stage.respond;
    let counted = match entry.runs_from {
        RunsFrom::Received => "receipt",
        RunsFrom::Acknowledged => "the acknowledgement",
    };
    let longer = plus.filter(|_| entry.runs_from == RunsFrom::Received && from == Some(RunsFrom::Acknowledged));
    let most = longer.and_then(|plus| sum(length, plus)).unwrap_or(length);
    let aim = entry.target.map_or_else(String::new, |target| format!(", aiming at {target}"));
    let says = format!("answered within {} of {counted}{aim}", entry.within);
    if !never_longer(entry.within, most) {
        let code = match longer {
            Some(plus) => format!("the Code comes to {most} at most, {plus} to acknowledge and {length} to answer"),
            None => format!("the Code has {length}"),
        };
        return Looked::weaker(code, says, &entry.cites);
    }
    if view.is_own(&entry.cites) {
        Looked::met(says, &entry.cites)
    } else {
        Looked::not_stated(format!("nothing; Redress keeps {}", entry.within), &entry.cites)
    }
}

/// Somebody whose answer is late is told so.
pub(super) fn told_when_late(view: &View<'_>, n: u8) -> Looked {
    let Some(stage) = view.policy.stage(n) else { return no_stage(view, n) };
    let updates = stage.update.as_ref();
    if let Some(update) = updates.filter(|update| view.is_own(&update.cites)) {
        let often = if update.in_policy { format!("every {}", update.every) } else { "without an interval".to_owned() };
        return Looked::met(format!("stage {n}: news until the answer, {often}"), &update.cites);
    }
    match (stage.late.notice, view.is_own(&stage.late.cites)) {
        (true, true) => Looked::met(format!("stage {n}: told when it is late"), &stage.late.cites),
        (true, false) => Looked::not_stated(format!("stage {n}: nothing; Redress tells the person"), &stage.late.cites),
        (false, _) => Looked::weaker(
            format!("stage {n}: the Code has the person told why and until when"),
            format!("stage {n}: no word when it is late"),
            &stage.late.cites,
        ),
    }
}

/// News comes at an interval until the answer.
pub(super) fn updated_regularly(view: &View<'_>, n: u8) -> Looked {
    let Some(stage) = view.policy.stage(n) else { return no_stage(view, n) };
    match &stage.update {
        Some(update) if update.in_policy => Looked::met(format!("stage {n}: every {}", update.every), &update.cites),
        Some(update) => {
            Looked::not_stated(format!("stage {n}: no interval; Redress keeps {}", update.every), &update.cites)
        }
        None => Looked::not_stated(format!("stage {n}: no interval"), &stage.late.cites),
    }
}

/// The answer goes in writing.
pub(super) fn answered_in_writing(view: &View<'_>, n: u8) -> Looked {
    let Some(stage) = view.policy.stage(n) else { return no_stage(view, n) };
    match stage.answer_by.as_ref().filter(|rule| rule.writing) {
        Some(rule) if view.is_own(&rule.cites) => {
            Looked::met(format!("stage {n}: the answer goes in writing"), &rule.cites)
        }
        _ => Looked::not_stated(
            format!("stage {n}: not how the answer goes; Redress writes every answer"),
            &view.policy.policy.title,
        ),
    }
}

/// A complaint may come at least this long after the matter.
pub(super) fn time_limit_at_least(view: &View<'_>, least: Length, from: MatterDate) -> Looked {
    let Some(limit) = &view.policy.time_limit else {
        return Looked::met("no time limit, so nobody is too late", &view.policy.policy.title);
    };
    let day = |date| match date {
        MatterDate::Happened => "the day it happened",
        MatterDate::Aware => "the day the person knew",
    };
    let says = format!("{} from {}", limit.within, day(limit.runs_from));
    let mut hows = Vec::new();
    if !never_longer(least, limit.within) {
        hows.push(format!("the Code has {least}"));
    }
    if limit.runs_from == MatterDate::Happened && from == MatterDate::Aware {
        hows.push(format!("the Code also counts from {}", day(from)));
    }
    if !hows.is_empty() {
        return Looked::weaker(hows.join(", and "), says, &limit.cites);
    }
    if view.is_own(&limit.cites) {
        Looked::met(says, &limit.cites)
    } else {
        Looked::not_stated(format!("nothing; Redress keeps {says}"), &limit.cites)
    }
}

/// The policy ends before the stage that is asked about.
pub(super) fn no_stage(view: &View<'_>, n: u8) -> Looked {
    Looked::not_stated(format!("there is no stage {n}"), &view.policy.policy.title)
}
