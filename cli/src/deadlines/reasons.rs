//! Why a date is what it is, in sentences for the person who has to defend it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use redress_domain::calendar::{local_time, long_date};
use redress_domain::deadline::Deadline;
use redress_domain::length::Unit;
use redress_domain::rules::Rules;

/// What holds for all dates: when it came, and which days are off.
pub(super) fn beginning(rules: &Rules, received: DateTime<Utc>) -> Vec<String> {
    let local = local_time(received);
    let hour = match local.time() {
        NaiveTime::MIN => String::new(),
        time => format!(" at {}", time.format("%H:%M")),
    };
    let mut lines = vec![format!("Received on {}{hour}.", with_day(local.date()))];
    let from = rules.clock_from(received);
    if let Some(cut_off) = rules.policy.policy.cut_off.filter(|_| from != local.date()) {
        lines.push(format!(
            "What comes from {} on counts from the next day: {}.",
            cut_off.format("%H:%M"),
            with_day(from)
        ));
    }
    let calendar = &rules.calendar;
    let (name, version, known) = (&calendar.name, calendar.version, long_date(calendar.horizon));
    lines.push(format!("Bank holidays: calendar {name}, version {version}, known up to {known}."));
    lines
}

/// What the date is for, how it was counted, and who says so.
pub(super) fn explain(rules: &Rules, deadline: &Deadline) -> Vec<String> {
    let explain = &deadline.explain;
    let due = with_day(deadline.due_on);
    let mut lines = vec![match meaning(&deadline.rule) {
        Some(meaning) => format!("{due}: {meaning}."),
        None => format!("{due}."),
    }];
    match explain.amount {
        Some(amount) => {
            lines.push(format!("{amount}, counted from {}: {}.", with_day(explain.from_on), explain.from_event));
        }
        None => lines.push(format!("Set, not counted: {}.", explain.from_event)),
    }
    if let Some(first) = explain.days.iter().find(|day| day.counted) {
        lines.push(format!("Day 1 is {}.", with_day(first.date)));
    }
    if explain.days.iter().any(|day| is_weekend(&day.why)) {
        lines.push("Not counted: Saturdays and Sundays.".to_owned());
    }
    for day in explain.days.iter().filter(|day| !day.counted && !is_weekend(&day.why)) {
        lines.push(format!("Not counted: {}, {}.", with_day(day.date), day.why));
    }
    if explain.amount.is_some_and(|amount| amount.unit != Unit::WorkingDays)
        && let Some(why) = rules.calendar.day_off(deadline.due_on)
    {
        lines.push(format!("This is a day off ({why}). The policy does not move it to a working day."));
    }
    if let Some(target) = deadline.target_on {
        lines.push(format!("We aim to do it sooner, by {}.", with_day(target)));
    }
    if deadline.provisional {
        let known = long_date(rules.calendar.horizon);
        lines.push(format!("Provisional: bank holidays after {known} are not announced yet, so it may still move."));
    }
    lines.push(if deadline.in_policy {
        format!("The policy says so under “{}”.", explain.cites)
    } else {
        format!("The policy itself does not say so. See “{}”.", explain.cites)
    });
    lines
}

/// What happens, or should have happened, by the date of a rule.
fn meaning(rule: &str) -> Option<&'static str> {
    Some(match rule.split_once('.')?.1 {
        "acknowledge" => "the last day to acknowledge it",
        "respond" => "the last day to answer it",
        "update" => "the next news is due, unless it is answered before",
        "request" => "the last day to ask for the next stage",
        "file" => "the answered case is filed. The next stage can still be asked for",
        "hand-over" => "the last day to hand it to the organisation that runs this stage",
        "twelve-weeks" => "both stages together should be finished",
        _ => return None,
    })
}

fn is_weekend(why: &str) -> bool {
    ["Saturday", "Sunday"].contains(&why)
}

fn with_day(date: NaiveDate) -> String {
    format!("{} {}", date.format("%A"), long_date(date))
}
