//! Metrics: lines of the log from which CloudWatch reads numbers (its embedded metric format), so that no function
//! needs a client or a permission for them. Numbers only: nothing of a case, a council or a person.

use std::io::Write as _;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

/// Where our metrics are found in CloudWatch.
pub const NAMESPACE: &str = "Redress";

/// What tells one deployment's metrics from another's in the same account.
pub const DIMENSION: &str = "Stack";

/// A number that an alarm of `infra/aws/template.yaml` watches, or its dashboard shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// How long the first thing that is still due after a sweep has been waiting.
    SweepLagSeconds,
    /// How long the oldest letter has waited that nobody has settled.
    OldestUnsettledLetterSeconds,
    /// What a sweep could not do.
    SweepFailures,
    /// What a sweep settled and sent on its way again.
    SweepDone,
    /// How far ahead the bank holidays are known, of the calendar that ends first.
    CalendarHorizonDays,
    /// Entries of the history that somebody changed or removed.
    HistoryChanged,
}

impl Metric {
    /// All there are.
    pub const ALL: [Metric; 6] = [
        Metric::SweepLagSeconds,
        Metric::OldestUnsettledLetterSeconds,
        Metric::SweepFailures,
        Metric::SweepDone,
        Metric::CalendarHorizonDays,
        Metric::HistoryChanged,
    ];

    /// Its name, as alarms have it.
    pub fn name(self) -> &'static str {
        match self {
            Metric::SweepLagSeconds => "SweepLagSeconds",
            Metric::OldestUnsettledLetterSeconds => "OldestUnsettledLetterSeconds",
            Metric::SweepFailures => "SweepFailures",
            Metric::SweepDone => "SweepDone",
            Metric::CalendarHorizonDays => "CalendarHorizonDays",
            Metric::HistoryChanged => "HistoryChanged",
        }
    }

    fn unit(self) -> &'static str {
        match self {
            Metric::SweepLagSeconds | Metric::OldestUnsettledLetterSeconds => "Seconds",
            Metric::SweepFailures | Metric::SweepDone | Metric::HistoryChanged => "Count",
            Metric::CalendarHorizonDays => "None",
        }
    }
}

/// Where metrics are told: on standard output under a stack's name, or nowhere.
#[derive(Clone, Debug, Default)]
pub struct Metrics {
    stack: Option<String>,
}

impl Metrics {
    /// Under the name that `REDRESS_METRICS` gives; where it gives none, as on the laptop, nowhere.
    pub fn from_environment() -> Metrics {
        Metrics { stack: std::env::var("REDRESS_METRICS").ok().filter(|stack| !stack.is_empty()) }
    }

    /// Tells these numbers as of `now`.
    pub fn tell(&self, now: DateTime<Utc>, numbers: &[(Metric, i64)]) {
        let Some(stack) = &self.stack else { return };
        // In one write, so that no line of the log comes between. A log that cannot be written to ends no sweep.
        let _written = std::io::stdout().write_all(format!("{}\n", line(stack, now, numbers)).as_bytes());
    }
}

/// The line that tells these numbers.
pub fn line(stack: &str, now: DateTime<Utc>, numbers: &[(Metric, i64)]) -> Value {
    let metrics: Vec<Value> =
        numbers.iter().map(|(metric, _)| json!({"Name": metric.name(), "Unit": metric.unit()})).collect();
    let mut line = Map::new();
    line.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": now.timestamp_millis(),
            "CloudWatchMetrics": [{"Namespace": NAMESPACE, "Dimensions": [[DIMENSION]], "Metrics": metrics}],
        }),
    );
    line.insert(DIMENSION.to_owned(), json!(stack));
    line.extend(numbers.iter().map(|(metric, number)| (metric.name().to_owned(), json!(number))));
    Value::Object(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_cloudwatch_needs_and_nothing_else() {
        let now = DateTime::from_timestamp_millis(1_774_000_800_000).unwrap();
        let line = line("redress", now, &[(Metric::SweepLagSeconds, 12), (Metric::SweepFailures, 0)]);
        let whole = json!({
            "_aws": {
                "Timestamp": 1_774_000_800_000u64,
                "CloudWatchMetrics": [{
                    "Namespace": "Redress",
                    "Dimensions": [["Stack"]],
                    "Metrics": [
                        {"Name": "SweepLagSeconds", "Unit": "Seconds"}, {"Name": "SweepFailures", "Unit": "Count"}
                    ],
                }],
            },
            "Stack": "redress",
            "SweepLagSeconds": 12,
            "SweepFailures": 0,
        });
        assert_eq!(line, whole);
    }

    #[test]
    fn no_two_metrics_have_one_name() {
        let mut names: Vec<&str> = Metric::ALL.iter().map(|metric| metric.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Metric::ALL.len());
    }
}
