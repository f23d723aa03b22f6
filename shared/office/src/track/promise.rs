//! A promise, as the person it was made to may read it.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::long_date;
use redress_domain::deadline::{Deadline, DeadlineState};

/// A promise to the resident.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Promise {
    /// Which: `stage-1.respond`.
    pub rule: String,
    /// What it is, by name: a page has words for it in its own language.
    pub about: &'static str,
    /// What it is, in words.
    pub what: &'static str,
    /// The date.
    pub due_on: NaiveDate,
    /// The nearer date that is aimed at, where the policy has one.
    pub target_on: Option<NaiveDate>,
    /// What a letter said, when it has moved since.
    pub promised_on: Option<NaiveDate>,
    /// When it was kept.
    pub met_on: Option<NaiveDate>,
    /// Whether it was kept.
    pub state: DeadlineState,
    /// Why this date, in a sentence.
    pub why: String,
    /// What was counted: `10 working days`; absent where an officer named the date.
    pub amount: Option<String>,
    /// From which day.
    pub from_on: NaiveDate,
    /// What was on that day, in words.
    pub from_event: String,
    /// The holidays that did not count; weekends go without saying.
    pub skipped: Vec<String>,
    /// The date may still move.
    pub provisional: bool,
    /// The person's own to use, and not the council's to keep.
    pub yours: bool,
}

impl Promise {
    /// The deadline in the resident's words; nothing where it was not promised to them.
    pub(super) fn of(deadline: Deadline) -> Option<Promise> {
        let (about, what) = about(&deadline.rule)?;
        let skipped = skipped(&deadline);
        let explain = deadline.explain;
        let amount = explain.amount.map(|amount| amount.to_string());
        Some(Promise {
            rule: deadline.rule,
            about,
            what,
            due_on: deadline.due_on,
            target_on: deadline.target_on,
            promised_on: deadline.promised_on,
            met_on: deadline.met_on,
            state: deadline.state,
            why: why(amount.as_deref(), explain.from_on, &explain.from_event, &skipped),
            amount,
            from_on: explain.from_on,
            from_event: explain.from_event,
            skipped,
            provisional: deadline.provisional,
            yours: matches!(about, "request" | "refer-by"),
        })
    }
}

fn about(rule: &str) -> Option<(&'static str, &'static str)> {
    let (stage, what) = rule.split_once('.')?;
    let review = stage == "stage-2";
    Some(match what {
        "acknowledge" if review => ("acknowledge-review", "We acknowledge your request for a review"),
        "acknowledge" => ("acknowledge", "We acknowledge your complaint"),
        "respond" if review => ("respond-review", "We answer your request for a review"),
        "respond" => ("respond", "We answer your complaint"),
        "update" => ("update", "We tell you how it stands"),
        "request" => ("request", "You can ask for a review"),
        "refer-by" => ("refer-by", "You can go to the Housing Ombudsman"),
        "done" if stage == "service-request" => ("done", "We deal with your request"),
        _ if stage == "action" => ("action", "We do what we promised to put things right"),
        _ => return None,
    })
}

fn why(amount: Option<&str>, from: NaiveDate, event: &str, skipped: &[String]) -> String {
    let Some(amount) = amount else { return format!("This is the date we gave you ({event}).") };
    let counted = format!("We count {amount} from {} ({event}).", long_date(from));
    match skipped.split_last() {
        None => counted,
        Some((last, [])) => format!("{counted} Weekends and {last} are not working days."),
        Some((last, rest)) => format!("{counted} Weekends, {} and {last} are not working days.", rest.join(", ")),
    }
}

fn skipped(deadline: &Deadline) -> Vec<String> {
    let days = deadline.explain.days.iter();
    let off = days.filter(|day| !day.counted && day.why != "Saturday" && day.why != "Sunday");
    off.map(|day| day.why.clone()).collect()
}
