//! A case before the Codes: what was kept, what was not, and what cannot be told from it.

use chrono::NaiveDate;
use serde::Serialize;

use super::case_check::CaseCheck;
use super::{Codes, Paragraph, Rule};
use crate::calendar::long_date;
use crate::case::{Case, FeedbackKind, OutcomeId};
use crate::letter::{LetterKind, Part, required};
use crate::rules::Rules;

/// What a case is next to one rule of the Codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// Its paragraph, in the Code of the Ombudsman that stands behind this case.
    pub paragraph: Paragraph,
    /// What it asks for.
    pub asks: String,
    /// What the case is.
    #[serde(flatten)]
    pub verdict: CaseVerdict,
}

/// Kept, broken, still open; or nothing the case can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum CaseVerdict {
    /// It was so.
    Kept,
    /// It was not so.
    Broken {
        /// What happened instead.
        how: String,
    },
    /// It can still be kept.
    Open,
    /// The case does not hold what would show it.
    Unknown {
        /// What that is.
        why: String,
    },
}

/// Every rule that applies to this case, judged as things stand today.
pub fn judge_case(codes: &Codes, rules: &Rules, case: &Case, today: NaiveDate) -> Vec<Finding> {
    if case.kind != FeedbackKind::Complaint {
        return Vec::new();
    }
    let look = Look { rules, case, today };
    codes.rules.iter().flat_map(|rule| judge(codes, rule, &look)).collect()
}

fn judge(codes: &Codes, rule: &Rule, look: &Look<'_>) -> Vec<Finding> {
    let behind = look.rules.policy.ombudsman_id(look.case.tenant);
    let paragraph = codes.paragraphs(rule, |regime| regime.ombudsman == behind).pop();
    let verdicts = rule.cases.iter().filter_map(|check| look.at(check));
    let finding = |verdict, paragraph| Finding { rule: rule.id.clone(), paragraph, asks: rule.says.clone(), verdict };
    verdicts.filter_map(|verdict| Some(finding(verdict, paragraph.clone()?))).collect()
}

/// What a check looks at.
pub(super) struct Look<'a> {
    pub(super) rules: &'a Rules,
    pub(super) case: &'a Case,
    pub(super) today: NaiveDate,
}

impl Look<'_> {
    /// Nothing, when the check does not apply to this case.
    fn at(&self, check: &CaseCheck) -> Option<CaseVerdict> {
        match check {
            CaseCheck::AcknowledgedWithin { stage, length } => self.acknowledged(*stage, *length),
            CaseCheck::AnsweredWithin { stage, length, plus, extension } => {
                self.answered(*stage, *length, *plus, *extension)
            }
            CaseCheck::ExtendedAtMost { stage, length } => self.extended(*stage, *length),
            CaseCheck::ToldWhenLate { stage } => self.told(*stage),
            CaseCheck::DefinitionSetOut {} => self.defined(),
            CaseCheck::EveryPointAnswered { stage } => self.every_point(*stage),
            CaseCheck::AnsweredByAnother { stage, than } => self.by_another(*stage, *than),
            CaseCheck::NamesOmbudsman { letter } => self.names_ombudsman(*letter),
            CaseCheck::ExcludedPointsTold {} => self.excluded_points(),
            CaseCheck::RestrictionsLookedAtAgain {} => self.restrictions(),
            CaseCheck::ActionsDoneByTheirDate {} => self.actions(),
        }
    }

    fn defined(&self) -> Option<CaseVerdict> {
        let acknowledged = self.case.stages.iter().any(|record| record.acknowledged_on.is_some());
        match (self.case.definition, acknowledged) {
            (Some(_), _) => Some(CaseVerdict::Kept),
            (None, true) => Some(broken("it was acknowledged without our understanding of it".to_owned())),
            (None, false) => self.case.is_open().then_some(CaseVerdict::Open),
        }
    }

    fn every_point(&self, n: u8) -> Option<CaseVerdict> {
        let response = self.case.stage_record(n)?.response.as_ref()?;
        // A review that was declined has a reason of its own, and no findings.
        if response.outcome == OutcomeId::NotInvestigated {
            return None;
        }
        let open: Vec<String> = self
            .case
            .answered_points()
            .filter(|point| !response.findings.iter().any(|finding| finding.point == point.n && finding.reason > 0))
            .map(|point| format!("point {}", point.n))
            .collect();
        if self.case.points.is_empty() {
            return Some(broken("it was answered without being set out in points".to_owned()));
        }
        if open.is_empty() {
            Some(CaseVerdict::Kept)
        } else {
            Some(broken(format!("no finding with a reason for {}", open.join(", "))))
        }
    }

    /// What is outside the policy is no silence: each such point has a reason, and a letter told it.
    fn excluded_points(&self) -> Option<CaseVerdict> {
        let outside: Vec<_> =
            self.case.points.iter().filter_map(|point| Some((point.n, point.excluded.as_ref()?))).collect();
        let (first, _) = outside.first()?;
        if let Some((n, _)) = outside.iter().find(|(_, excluded)| excluded.evidence.is_none()) {
            return Some(broken(format!("nothing shows why point {n} was left out")));
        }
        let telling = [LetterKind::PartNotAccepted, LetterKind::NotAccepted, LetterKind::Response, LetterKind::Final];
        let told = self.case.letters.iter().any(|letter| telling.contains(&letter.kind) && !letter.bounced);
        match (told, self.case.is_open()) {
            (true, _) => Some(CaseVerdict::Kept),
            (false, true) => Some(CaseVerdict::Open),
            (false, false) => Some(broken(format!("no letter said why point {first} was left out"))),
        }
    }

    fn restrictions(&self) -> Option<CaseVerdict> {
        let standing = || self.case.restrictions.iter().filter(|restriction| restriction.ended_on.is_none());
        self.case.restrictions.first()?;
        match standing().find(|restriction| restriction.review_on < self.today) {
            Some(late) => Some(broken(format!("it was to be looked at again by {}", long_date(late.review_on)))),
            None if standing().next().is_some() => Some(CaseVerdict::Open),
            None => Some(CaseVerdict::Kept),
        }
    }

    fn by_another(&self, n: u8, than: u8) -> Option<CaseVerdict> {
        let by = |n| self.case.stage_record(n).and_then(|record| record.response.as_ref()).map(|response| &response.by);
        let (later, earlier) = (by(n)?, by(than)?);
        if later.is_empty() || earlier.is_empty() {
            return Some(unknown("the answer was not a person's".to_owned()));
        }
        if later == earlier {
            Some(broken(format!("the same person answered stages {than} and {n}")))
        } else {
            Some(CaseVerdict::Kept)
        }
    }

    /// A letter is refused without the parts it must have, so one that went has them.
    fn names_ombudsman(&self, kind: LetterKind) -> Option<CaseVerdict> {
        self.case.letters.iter().find(|letter| letter.kind == kind)?;
        if required(kind).iter().any(|(part, _)| *part == Part::Ombudsman) {
            return Some(CaseVerdict::Kept);
        }
        Some(unknown("a letter of this kind need not name the Ombudsman: its words show whether it did".to_owned()))
    }
}

pub(super) fn broken(how: String) -> CaseVerdict {
    CaseVerdict::Broken { how }
}

pub(super) fn unknown(why: String) -> CaseVerdict {
    CaseVerdict::Unknown { why }
}
