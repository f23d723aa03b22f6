//! The words of the demo: stories as `infra/local/demo` has them.

use chrono::NaiveDate;
use serde::Deserialize;

use redress_domain::calendar::long_date;
use redress_domain::case::{FeedbackKind, OnBehalfOf, OutcomeId, RemedyKind};
use redress_domain::length::Length;
use redress_domain::rules::Rules;

const FILES: [(&str, &str); 8] = [
    ("children.toml", include_str!("../../demo/children.toml")),
    ("leisure.toml", include_str!("../../demo/leisure.toml")),
    ("grants.toml", include_str!("../../demo/grants.toml")),
    ("planning.toml", include_str!("../../demo/planning.toml")),
    ("streets.toml", include_str!("../../demo/streets.toml")),
    ("housing.toml", include_str!("../../demo/housing.toml")),
    ("money.toml", include_str!("../../demo/money.toml")),
    ("anything.toml", include_str!("../../demo/anything.toml")),
];

/// What somebody brought, and what a good officer made of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// Words in the name of a service it can be about; none: of any.
    pub(super) fits: Vec<String>,
    #[serde(default = "complaint")]
    pub(super) kind: FeedbackKind,
    pub(super) about: String,
    pub(super) wanted: Option<String>,
    pub(super) adjustments: Option<String>,
    pub(super) on_behalf_of: Option<OnBehalfOf>,
    /// About the council as landlord.
    #[serde(default)]
    pub(super) tenant: bool,
    /// From somebody who does not give their name.
    #[serde(default)]
    pub(super) nameless: bool,
    /// It happened so many days before it was written.
    pub(super) ago: Option<u64>,
    /// Or so many months.
    pub(super) months: Option<u32>,
    /// Why it comes late.
    pub(super) late: Option<String>,
    /// The officer's understanding.
    pub(super) understood: Option<String>,
    /// A note on the file.
    pub(super) note: Option<String>,
    /// Why the answer will take longer.
    pub(super) longer: Option<String>,
    /// The resident asks for news.
    pub(super) asks: Option<String>,
    /// The news.
    pub(super) news: Option<String>,
    /// Why they take it back.
    pub(super) withdraws: Option<String>,
    #[serde(default)]
    pub(super) points: Vec<PointTold>,
    pub(super) answer: Option<Answer>,
    pub(super) review: Option<Review>,
    pub(super) last: Option<Answer>,
}

/// One of several points, with its finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PointTold {
    pub(super) text: String,
    pub(super) outcome: OutcomeId,
    pub(super) reason: String,
}

/// An answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub(super) outcome: OutcomeId,
    pub(super) reason: String,
    pub(super) references: Option<String>,
    #[serde(default)]
    pub(super) remedies: Vec<RemedyTold>,
    /// What shows that the promises were kept.
    pub(super) done: Option<String>,
}

/// A remedy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemedyTold {
    pub(super) kind: RemedyKind,
    pub(super) what: String,
    /// In so many working days; without: with the letter.
    pub(super) within: Option<i32>,
    /// In pounds.
    pub(super) amount: Option<String>,
}

/// Why somebody asks for the next stage.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Review {
    pub(super) reasons: String,
    pub(super) wanted: Option<String>,
}

/// What a life needs of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plot {
    Plain,
    Longer,
    News,
    Answer,
    Points,
    Action,
    Review,
    Final,
    Withdrawn,
    Historic,
    Tenant,
    Nameless,
    Compliment,
    Comment,
}

impl Story {
    /// Whether it has what a plot needs, and nothing that belongs to another alone.
    pub(super) fn suits(&self, plot: Plot) -> bool {
        match plot {
            Plot::Compliment => return self.kind == FeedbackKind::Compliment,
            Plot::Comment => return self.kind == FeedbackKind::Comment,
            _ if self.kind != FeedbackKind::Complaint || self.understood.is_none() => return false,
            Plot::Tenant => return self.tenant,
            Plot::Historic => return self.late.is_some(),
            Plot::Withdrawn => return self.withdraws.is_some(),
            Plot::Nameless => return self.nameless,
            _ if self.nameless || self.tenant || self.late.is_some() || self.withdraws.is_some() => return false,
            _ => {}
        }
        let answered = self.points.is_empty() && self.answer.is_some();
        match plot {
            Plot::Longer => self.longer.is_some(),
            Plot::News => self.news.is_some(),
            Plot::Answer => answered && self.review.is_none() && !self.promises(),
            Plot::Points => !self.points.is_empty(),
            Plot::Action => answered && self.promises(),
            Plot::Review => answered && self.review.is_some(),
            Plot::Final => answered && self.last.is_some(),
            _ => true,
        }
    }

    /// Whether its answer promises something for a later day, and can show that it was done.
    fn promises(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| {
            answer.done.is_some()
                && answer.outcome == OutcomeId::Upheld
                && answer.remedies.iter().any(|remedy| remedy.within.is_some())
        })
    }

    /// Whether it can be about a service of this name.
    pub(super) fn fits(&self, name: &str) -> bool {
        self.fits.iter().any(|word| name.contains(word.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    story: Vec<Story>,
}

/// All stories, in the order of their files.
pub(super) fn stories() -> Result<Vec<Story>, String> {
    let mut all = Vec::new();
    for (name, text) in FILES {
        let file: File = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        all.extend(file.story);
    }
    Ok(all)
}

/// A text written on `today`: `{-4}` and `{+5}` become dates, in working days.
pub(super) fn dated(text: &str, rules: &Rules, today: NaiveDate) -> String {
    let mut made = String::new();
    let mut rest = text.trim();
    while let Some((before, after)) = rest.split_once('{') {
        made.push_str(before);
        let inside = after.split_once('}').and_then(|(n, rest)| Some((n.parse().ok()?, rest)));
        let Some((n, after)) = inside else {
            made.push('{');
            rest = after;
            continue;
        };
        made.push_str(&long_date(rules.count(today, Length::working_days(n)).date));
        rest = after;
    }
    made + rest
}

const fn complaint() -> FeedbackKind {
    FeedbackKind::Complaint
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_promised_for_a_day_can_be_shown_to_be_done() {
        for story in stories().unwrap() {
            for answer in story.answer.iter().chain(&story.last) {
                let dated = answer.remedies.iter().any(|remedy| remedy.within.is_some());
                assert!(!dated || answer.done.is_some(), "{}", story.about);
            }
        }
    }

    #[test]
    fn whoever_was_right_has_an_apology() {
        for answer in stories().unwrap().iter().filter_map(|story| story.answer.as_ref()) {
            let apology = answer.remedies.iter().any(|remedy| remedy.kind == RemedyKind::Apology);
            assert!(apology || answer.outcome == OutcomeId::NotUpheld, "{}", answer.reason);
        }
    }

    #[test]
    fn every_plot_has_a_story_for_any_council() {
        let all = stories().unwrap();
        let any = |plot: Plot| all.iter().any(|story| story.fits.is_empty() && story.suits(plot));
        for life in super::super::script::LIVES.iter().filter(|life| life.plot != Plot::Tenant) {
            assert!(any(life.plot), "{:?}", life.plot);
        }
    }
}
