//! The rows of the desk, under headings that say when; a column that no row has anything for is left out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use redress_domain::rules::Rules;
use redress_store::Summary;

use crate::due::{Due, said};

/// What a row is said by.
pub(crate) struct Seen<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) names: &'a BTreeMap<String, String>,
    pub(crate) today: NaiveDate,
}

/// Which columns have something in them.
#[derive(Debug, Serialize)]
pub(crate) struct Columns {
    service: bool,
    stage: bool,
    team: bool,
    owner: bool,
    due: bool,
    notes: bool,
}

/// Rows under one heading.
#[derive(Debug, Serialize)]
pub(crate) struct Group<'a> {
    heading: &'static str,
    urgency: Due,
    rows: Vec<Row<'a>>,
}

/// One case.
#[derive(Debug, Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    line: &'a Summary,
    /// When it is due, in words.
    when: Option<String>,
    /// How that is marked, beside the words.
    urgency: Due,
    /// The names of what the line has as ids.
    service_name: Option<&'a str>,
    team_name: &'a str,
    owner_name: Option<&'a str>,
    n: usize,
}

/// The columns that these rows need; whose they are goes without saying where all are the reader's.
pub(crate) fn columns(lines: &[Summary], mine: bool) -> Columns {
    let several = |values: BTreeSet<String>| values.len() > 1;
    Columns {
        service: lines.iter().any(|line| line.service.is_some()),
        stage: several(lines.iter().map(|line| line.stage.to_string()).collect()),
        team: several(lines.iter().map(|line| line.team.clone()).collect()),
        owner: !mine && lines.iter().any(|line| line.owner.is_some()),
        due: lines.iter().any(|line| line.next_due.is_some()),
        notes: lines.iter().any(|line| line.restricted || !line.flags.is_empty() || !line.waits.is_empty()),
    }
}

/// Overdue, due today, this week, later: what will be late comes first. In another order they are one group.
pub(crate) fn groups<'a>(lines: &'a [Summary], seen: &Seen<'a>, by_due_date: bool) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let row = row(line, seen, n);
        let heading = if by_due_date { row.urgency.heading() } else { "By the day received" };
        let urgency = if by_due_date { row.urgency } else { Due::Later };
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { heading, urgency, rows: vec![row] }),
        }
    }
    groups.sort_by_key(|group| group.urgency);
    groups
}

fn row<'a>(line: &'a Summary, seen: &Seen<'a>, n: usize) -> Row<'a> {
    let due_on = line.next_due.as_ref().map(|next| next.due_on);
    let policy = &seen.rules.policy;
    Row {
        line,
        when: due_on.map(|due_on| said(&seen.rules.calendar, seen.today, due_on)),
        urgency: Due::of(seen.today, due_on),
        service_name: line.service.as_ref().map(|id| policy.service(id).map_or(id.as_str(), |found| &found.name)),
        team_name: policy.team(&line.team).map_or(line.team.as_str(), |found| &found.name),
        owner_name: line.owner.as_ref().map(|owner| seen.names.get(&owner.id).unwrap_or(&owner.id).as_str()),
        n,
    }
}
