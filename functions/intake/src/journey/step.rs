//! The questions, one thing a page, in the order they are asked. Which are asked follows from the answers so far.

use chrono::{DateTime, Utc};

use redress_domain::calendar::local_date;
use redress_domain::case::FeedbackKind;
use redress_domain::feedback::is_old;
use redress_domain::policy::{Course, Kind};
use redress_domain::rules::Rules;

use super::answers::Answers;

/// A page with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Kind,
    Whose,
    Other,
    What,
    When,
    Late,
    Wanted,
    Service,
    Home,
    Contact,
    Adjustments,
}

use Step::{Adjustments, Contact, Home, Late, Other, Service, Wanted, What, When, Whose};

impl Step {
    const ALL: [Step; 11] = [Step::Kind, Whose, Other, What, When, Late, Wanted, Service, Home, Contact, Adjustments];

    /// As its address has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Step::Kind => "kind",
            Whose => "whose",
            Other => "other",
            What => "what",
            When => "when",
            Late => "late",
            Wanted => "wanted",
            Service => "service",
            Home => "home",
            Contact => "contact",
            Adjustments => "adjustments",
        }
    }

    /// The step of an address.
    pub(crate) fn of(name: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.name() == name)
    }

    /// What its page asks for, in the page's order.
    pub(crate) fn fields(self) -> &'static [&'static str] {
        match self {
            Step::Kind => &["kind"],
            Whose => &["whose"],
            Other => &["on_behalf_of.name", "on_behalf_of.relationship", "on_behalf_of.authority"],
            What => &["about"],
            When => &[
                "happened_on-day",
                "happened_on-month",
                "happened_on-year",
                "aware_on-day",
                "aware_on-month",
                "aware_on-year",
            ],
            Late => &["late_reason", "first_reported_on-day", "first_reported_on-month", "first_reported_on-year"],
            Wanted => &["wanted"],
            Service => &["service"],
            Home => &["tenant"],
            Contact => &["anonymous", "name", "email", "phone", "address.lines", "address.postcode", "reply_by"],
            Adjustments => &["adjustments"],
        }
    }

    /// Whether an error with this field is this page's. A date is one field to whoever reads it, and three here.
    pub(crate) fn asks(self, field: &str) -> bool {
        self.fields().iter().any(|own| *own == field || own.strip_suffix("-day") == Some(field))
    }

    /// The step that asks for a field.
    pub(crate) fn asking(field: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.asks(field))
    }
}

/// The steps of somebody with these answers. A comment, a compliment or a request for a service needs fewer.
pub(crate) fn path(rules: &Rules, answers: &Answers, now: DateTime<Utc>) -> Vec<Step> {
    let complaint = is_answered(rules, answers);
    let asked = |step: &Step| match step {
        Whose | When | Wanted => complaint,
        Other => complaint && answers.get("whose") == "other",
        Late => complaint && is_late(rules, answers, now),
        // Whose landlord is no council needs no question about it.
        Home => rules.policy.ombudsman.landlord.is_some() && (complaint || is_request(answers)),
        _ => true,
    };
    Step::ALL.into_iter().filter(asked).collect()
}

/// Whether it is looked into and answered, as far as is known yet: other kinds are passed on or done.
pub(crate) fn is_answered(rules: &Rules, answers: &Answers) -> bool {
    let kind = kinds(rules).find(|kind| redress_domain::case::name_of(kind.id) == answers.get("kind"));
    kind.is_none_or(|kind| rules.policy.course(kind.id) == Course::Stages)
}

fn is_request(answers: &Answers) -> bool {
    answers.get("kind") == redress_domain::case::name_of(FeedbackKind::ServiceRequest)
}

/// The kinds a resident is offered: a member's own route is for staff.
pub(crate) fn kinds(rules: &Rules) -> impl Iterator<Item = &Kind> {
    rules.policy.kinds.iter().filter(|kind| kind.id != FeedbackKind::MemberEnquiry)
}

/// The step after this one; nothing when what is left is to check. Whoever came back to change one answer
/// goes on to what they have not been asked yet, and to nothing else.
pub(crate) fn after(path: &[Step], step: Step, answers: &Answers, changing: bool) -> Option<Step> {
    path.iter().copied().find(|next| *next > step && !(changing && answers.was_asked(*next)))
}

/// The step before this one; nothing when that is the start.
pub(crate) fn before(path: &[Step], step: Step) -> Option<Step> {
    path.iter().rev().copied().find(|earlier| *earlier < step)
}

fn is_late(rules: &Rules, answers: &Answers, now: DateTime<Utc>) -> bool {
    let today = local_date(now);
    let on = |field| answers.date(field, today).ok().flatten().map(|day| day.date).filter(|date| *date <= today);
    is_old(rules, on("happened_on"), on("aware_on"), today)
}
