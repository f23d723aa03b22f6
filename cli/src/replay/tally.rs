//! What a replay found, rule by rule.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use redress_domain::calendar::long_date;
use redress_domain::case::Reference;
use redress_domain::replayed::{How, Kept, Replayed};

/// Faults that are told one by one; beyond, they are counted.
const FAULTS_TOLD: usize = 20;

/// The figures of a replay.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tally {
    cases: usize,
    rules: BTreeMap<String, Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<Changed>,
    faults: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    told: Vec<String>,
}

/// One promise over all cases.
#[derive(Debug, Default, Serialize)]
struct Row {
    before: Count,
    after: Count,
    earlier: usize,
    later: usize,
}

/// How a promise was kept.
#[derive(Debug, Default, Serialize)]
struct Count {
    in_time: usize,
    late: usize,
    open: usize,
    void: usize,
}

/// A promise that would have gone otherwise.
#[derive(Debug, Serialize)]
struct Changed {
    reference: Reference,
    #[serde(flatten)]
    replayed: Replayed,
}

impl Tally {
    /// How many cases were replayed.
    pub(super) fn cases(&self) -> usize {
        self.cases
    }

    /// Whether every history could be read.
    pub(super) fn is_whole(&self) -> bool {
        self.faults == 0
    }

    /// A history that cannot be replayed.
    pub(super) fn wrong(&mut self, why: &str) {
        self.faults += 1;
        if self.told.len() < FAULTS_TOLD {
            self.told.push(why.to_owned());
        }
    }

    /// One case.
    pub(super) fn add(&mut self, reference: &Reference, promises: &[Replayed], list: bool) {
        self.cases += 1;
        for replayed in promises {
            let row = self.rules.entry(replayed.rule.clone()).or_default();
            row.before.add(replayed.before);
            row.after.add(replayed.after);
            let (before, after) = (replayed.before.map(|kept| kept.due_on), replayed.after.map(|kept| kept.due_on));
            if let (Some(before), Some(after)) = (before, after) {
                row.earlier += usize::from(after < before);
                row.later += usize::from(after > before);
            }
            if list && replayed.before != replayed.after {
                self.changed.push(Changed { reference: reference.clone(), replayed: replayed.clone() });
            }
        }
    }

    /// With what another worker found.
    pub(super) fn join(&mut self, other: Tally) {
        self.cases += other.cases;
        self.faults += other.faults;
        self.told.extend(other.told);
        self.told.truncate(FAULTS_TOLD);
        self.changed.extend(other.changed);
        self.changed.sort_by(|a, b| (&a.reference, &a.replayed.rule).cmp(&(&b.reference, &b.replayed.rule)));
        for (rule, row) in other.rules {
            let own = self.rules.entry(rule).or_default();
            own.before.join(&row.before);
            own.after.join(&row.after);
            own.earlier += row.earlier;
            own.later += row.later;
        }
    }

    /// In words and columns.
    pub(super) fn says(&self, council: &str) -> String {
        let mut says = format!("{} cases of {council}\n\n", self.cases);
        let heading = ["promise", "in time", "late", "to come", "in time", "late", "to come", "earlier", "later"];
        let _ = writeln!(says, "{:<22} {:^26} {:^26} {:^17}", "", "as it was", "under this policy", "dates that move");
        let [promise, columns @ ..] = heading;
        let _ = write!(says, "{promise:<22}");
        columns.iter().for_each(|column| {
            let _ = write!(says, " {column:>8}");
        });
        says.push('\n');
        for (rule, row) in &self.rules {
            let _ = write!(says, "{rule:<22}");
            let figures = [row.before.in_time, row.before.late, row.before.open];
            let figures = figures.into_iter().chain([row.after.in_time, row.after.late, row.after.open]);
            figures.chain([row.earlier, row.later]).for_each(|figure| {
                let _ = write!(says, " {figure:>8}");
            });
            says.push('\n');
        }
        for Changed { reference, replayed } in &self.changed {
            let (was, would) = (told(replayed.before), told(replayed.after));
            let _ = writeln!(says, "{reference} {}: {was}; under this policy {would}", replayed.rule);
        }
        for fault in &self.told {
            let _ = writeln!(says, "not replayed: {fault}");
        }
        if self.faults > self.told.len() {
            let _ = writeln!(says, "and {} more that could not be replayed", self.faults - self.told.len());
        }
        says
    }
}

impl Count {
    fn add(&mut self, kept: Option<Kept>) {
        match kept.map(|kept| kept.how) {
            Some(How::InTime) => self.in_time += 1,
            Some(How::Late) => self.late += 1,
            Some(How::Open) => self.open += 1,
            Some(How::Void) => self.void += 1,
            None => {}
        }
    }

    fn join(&mut self, other: &Count) {
        self.in_time += other.in_time;
        self.late += other.late;
        self.open += other.open;
        self.void += other.void;
    }
}

fn told(kept: Option<Kept>) -> String {
    let Some(Kept { due_on, how }) = kept else { return "not promised".to_owned() };
    let how = match how {
        How::InTime => "in time",
        How::Late => "late",
        How::Open => "to come",
        How::Void => "no longer owed",
    };
    format!("due {}, {how}", long_date(due_on))
}
