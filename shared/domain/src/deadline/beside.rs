//! The dates beside the stages: a service's work, people asked, an Ombudsman's wait, what is to be looked at again.

use chrono::NaiveDate;

use super::{Deadline, Draft, Maker};
use crate::case::StageRecord;
use crate::policy::Stage;
use crate::timer::split;

/// What a service was asked for, by when it is done.
pub(super) fn request(maker: &Maker<'_>) -> Option<Deadline> {
    let kind = maker.rules.policy.kind(maker.case.kind)?;
    let first = maker.case.stages.first()?;
    let done = maker.case.closed.as_ref().map(|closed| closed.on);
    let draft = Draft {
        rule: "service-request.done".to_owned(),
        counted: maker.rules.count(first.from, kind.done_within?),
        from_event: maker.asked(first),
        cites: kind.cites.clone(),
        in_policy: kind.in_policy,
    };
    Some(Deadline { promised_on: first.promised, ..maker.make(draft, done) })
}

/// A review that another organisation runs is with them by then.
pub(super) fn hand_over(maker: &Maker<'_>, stage: &Stage, record: &StageRecord) -> Option<Deadline> {
    let organisation = maker.rules.policy.organisation(record.organisation.as_deref()?)?;
    let answered = record.response.as_ref().map(|response| response.first_on);
    let draft = Draft {
        rule: format!("stage-{}.hand-over", stage.n),
        counted: maker.rules.count(record.from, organisation.hand_over_within),
        from_event: maker.asked(record),
        cites: organisation.cites.clone(),
        in_policy: false,
    };
    Some(maker.make(draft, record.handed_over_on.or(answered)))
}

/// A warning, and no promise: nobody is told that it was missed. The policy says after how long; usually 12 weeks.
pub(super) fn twelve_weeks(maker: &Maker<'_>) -> Option<Deadline> {
    let case = maker.case;
    let second = case.stages.get(1)?;
    let answered = second.response.as_ref().map(|response| response.first_on);
    let draft = Draft {
        rule: "complaint.twelve-weeks".to_owned(),
        counted: maker.rules.count(case.received_on, maker.rules.policy.watch.long_case),
        from_event: "the complaint was received".to_owned(),
        cites: "LGSCO: 12 weeks for the whole of a complaints procedure".to_owned(),
        in_policy: false,
    };
    Some(Deadline { owed: false, ..maker.make(draft, answered) })
}

/// What was asked of others, what is to be looked at again, and what an Ombudsman waits for.
pub(super) fn all(maker: &Maker<'_>, found: &mut Vec<Deadline>) {
    let case = maker.case;
    for asked in &case.asks {
        let (what, cites) = ("they were asked", "Codes 5.4: the council stays responsible for what others do for it");
        found.push(set(maker, &format!("ask.{}", asked.n), (asked.on, asked.by), (what, cites), asked.answered_on));
    }
    if let Some(review) = case.adjustments_review {
        let (what, cites) = ("what helps the person was written down", "Codes 5.6");
        let made = set(maker, "adjustments.review", (case.received_on, review), (what, cites), None);
        // A reminder: the command that looks at them again sets another day.
        found.push(Deadline { owed: false, ..made });
    }
    for restriction in &case.restrictions {
        let (what, cites) = ("how the person may reach us was limited", "Codes 5.14");
        let on = restriction.until.map_or(restriction.review_on, |until| until.min(restriction.review_on));
        let rule = format!("restriction.{}", restriction.n);
        found.push(set(maker, &rule, (restriction.from, on), (what, cites), restriction.ended_on));
    }
    for enquiry in &case.enquiries {
        let Some(by) = enquiry.reply_by else { continue };
        let (what, cites) = ("the Ombudsman asked", "the Ombudsman's own letter");
        let done = enquiry.replied_on.or(enquiry.decided_on);
        found.push(set(maker, "ombudsman.reply", (enquiry.received_on, by), (what, cites), done));
    }
}

/// A day that somebody named.
fn set(
    maker: &Maker<'_>,
    rule: &str,
    (from, date): (NaiveDate, NaiveDate),
    (from_event, cites): (&str, &str),
    met_on: Option<NaiveDate>,
) -> Deadline {
    let draft = Draft {
        rule: rule.to_owned(),
        counted: maker.given(from, date),
        from_event: from_event.to_owned(),
        cites: cites.to_owned(),
        in_policy: false,
    };
    maker.make(draft, met_on)
}

/// A date that only reminds staff: warned of once, never missed.
pub(crate) fn only_reminds(rule: &str) -> bool {
    matches!(split(rule).0, "complaint.twelve-weeks" | "adjustments.review")
}
