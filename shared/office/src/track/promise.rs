//! A promise, as the person it was made to may read it.

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::calendar::long_date;
use redress_domain::case::Case;
use redress_domain::deadline::{Deadline, DeadlineState};
use redress_domain::letter::LetterKind;
use redress_domain::rules::Rules;
use redress_store::Letter;

use super::letter::{LetterState, way};

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
    /// Of a stage before the present one.
    pub earlier: bool,
    /// How the letter goes that keeps it, where it goes on paper or is told on the telephone.
    pub way: Option<Way>,
}

/// How far the letter got that keeps a promise. What is written is not yet with the person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Way {
    /// How far.
    pub state: LetterState,
    /// When it went.
    pub on: Option<NaiveDate>,
    /// After the date that was promised, or still not gone when it has passed.
    pub late: bool,
}

/// What the letters of a case say about its promises.
pub(super) struct Ways<'a> {
    pub(super) case: &'a Case,
    pub(super) letters: &'a [Letter],
    pub(super) rules: &'a Rules,
    pub(super) today: NaiveDate,
}

impl Ways<'_> {
    /// How the letter goes that keeps a promise, if somebody has to carry or to read it.
    fn of(&self, rule: &str, due_on: NaiveDate) -> Option<Way> {
        let (stage, what) = self.stage(rule)?;
        let record = self.case.stage_record(stage)?;
        let answer = record.response.as_ref().map(|response| response.letter);
        let of_kind = |kind| self.case.letters.iter().rfind(|mark| mark.stage == stage && mark.kind == kind);
        let n = match what {
            "acknowledge" => of_kind(LetterKind::Acknowledgement).map(|mark| mark.n).or(answer)?,
            "respond" => answer?,
            _ => return None,
        };
        let (state, on) = way(self.letters.iter().find(|letter| letter.n == n)?, self.case);
        let late = on.unwrap_or(self.today) > due_on;
        use LetterState::{Posted, ToPost, ToTell, Told};
        matches!(state, ToPost | Posted | ToTell | Told).then_some(Way { state, on, late })
    }

    /// Which stage a rule is of, and what it promises there.
    fn stage<'r>(&self, rule: &'r str) -> Option<(u8, &'r str)> {
        let (stage, what) = rule.split_once('.')?;
        Some((stage.strip_prefix("stage-")?.parse().ok()?, what))
    }

    /// Whether a rule is of a stage that is over: what led to the present one is, too.
    fn is_earlier(&self, rule: &str) -> bool {
        let now = self.case.stage_n();
        self.stage(rule).is_some_and(|(n, what)| n < now || (n == now && now > 1 && what == "request"))
    }

    /// How often there is news once the answer is late.
    fn every(&self, rule: &str) -> Option<String> {
        let (n, _) = self.stage(rule)?;
        self.rules.policy.stage(n)?.update.as_ref().map(|update| update.every.to_string())
    }
}

impl Promise {
    /// The deadline in the resident's words; nothing where it was not promised to them.
    pub(super) fn of(deadline: Deadline, ways: &Ways<'_>) -> Option<Promise> {
        let (about, what) = about(&deadline.rule)?;
        let only_late = about == "update" && deadline.explain.from_event == "the answer was due";
        let (about, what) =
            if only_late { ("update-late", "If we are late, we tell you how it stands") } else { (about, what) };
        let skipped = skipped(&deadline);
        let (earlier, way) = (ways.is_earlier(&deadline.rule), ways.of(&deadline.rule, deadline.due_on));
        let explain = deadline.explain;
        let amount = match only_late {
            true => ways.every(&deadline.rule),
            false => explain.amount.map(|amount| amount.to_string()),
        };
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
            earlier,
            way,
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
        Some((last, rest)) => {
            let days: Vec<&str> = ["weekends"].into_iter().chain(rest.iter().map(String::as_str)).collect();
            format!("{counted} We do not count {} or {last}.", days.join(", "))
        }
    }
}

fn skipped(deadline: &Deadline) -> Vec<String> {
    let days = deadline.explain.days.iter();
    let off = days.filter(|day| !day.counted && day.why != "Saturday" && day.why != "Sunday");
    off.map(|day| day.why.clone()).collect()
}
