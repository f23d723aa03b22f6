//! A policy before the Codes: paragraph by paragraph, met, weaker or not stated.

use serde::Serialize;

use super::{Codes, Evidence, Regime, Rule, Severity};
use crate::policy::Policy;

/// What a policy is next to one rule of the Codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The rule's id.
    pub rule: String,
    /// Its paragraphs, under the regimes that apply to this council.
    pub paragraphs: Vec<Paragraph>,
    /// What it asks for.
    pub asks: String,
    /// How we know.
    pub evidence: Evidence,
    /// What the policy is.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What the policy says about it, and under which heading.
    pub says: Vec<Said>,
}

/// A paragraph of one Code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// Whose Code.
    pub regime: String,
    /// Its short name.
    pub short: String,
    /// The number.
    pub paragraph: String,
    /// Its force.
    pub severity: Severity,
}

/// Met, weaker, or not stated; or nothing a machine can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Verdict {
    /// The policy promises at least this.
    Met,
    /// The policy does not say. What the Codes give, Redress keeps all the same.
    NotStated,
    /// The policy promises less.
    Weaker {
        /// How.
        how: String,
    },
    /// It cannot be seen from a policy file.
    NotForMachines {
        /// Why.
        why: String,
    },
}

/// Something the policy says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// In short.
    pub what: String,
    /// The heading it stands under, or the paragraph that fills the gap.
    pub cites: String,
}

/// What a check looks at.
pub(super) struct View<'a> {
    pub(super) codes: &'a Codes,
    pub(super) policy: &'a Policy,
    pub(super) rule: &'a Rule,
}

/// What a check saw.
pub(super) struct Looked {
    verdict: Verdict,
    says: Vec<Said>,
}

/// Every rule that applies to this council, judged, in the order of the Codes.
pub fn judge_policy(codes: &Codes, policy: &Policy) -> Vec<Judgement> {
    codes.rules.iter().filter_map(|rule| judge(&View { codes, policy, rule })).collect()
}

fn judge(view: &View<'_>) -> Option<Judgement> {
    let rule = view.rule;
    let paragraphs = view.codes.paragraphs(rule, |regime| applies(regime, view.policy));
    if paragraphs.is_empty() {
        return None;
    }
    let (verdict, says) = if rule.machine {
        together(rule.checks.iter().map(|check| check.look(view)))
    } else {
        (Verdict::NotForMachines { why: rule.why.clone().unwrap_or_default() }, Vec::new())
    };
    let (asks, evidence) = (rule.says.clone(), rule.evidence);
    Some(Judgement { rule: rule.id.clone(), paragraphs, asks, evidence, verdict, says })
}

/// A Code judges the policies that name its Ombudsman.
fn applies(regime: &Regime, policy: &Policy) -> bool {
    let routes = &policy.ombudsman;
    routes.general == regime.ombudsman || routes.landlord.as_ref() == Some(&regime.ombudsman)
}

/// A rule is as good as the worst of its checks, and shows what those saw.
fn together(all: impl Iterator<Item = Looked>) -> (Verdict, Vec<Said>) {
    let all: Vec<Looked> = all.collect();
    let worst = all.iter().map(|looked| rank(&looked.verdict)).max().unwrap_or(0);
    let hows: Vec<&str> = all
        .iter()
        .filter_map(|looked| match &looked.verdict {
            Verdict::Weaker { how } => Some(how.as_str()),
            _ => None,
        })
        .collect();
    let why = all.iter().find_map(|looked| match &looked.verdict {
        Verdict::NotForMachines { why } => Some(why.clone()),
        _ => None,
    });
    let verdict = match worst {
        3.. => Verdict::Weaker { how: hows.join("; ") },
        2 => Verdict::NotForMachines { why: why.unwrap_or_default() },
        1 => Verdict::NotStated,
        0 => Verdict::Met,
    };
    let mut says: Vec<Said> = Vec::new();
    for said in all.iter().filter(|looked| rank(&looked.verdict) == worst).flat_map(|looked| &looked.says) {
        if !says.contains(said) {
            says.push(said.clone());
        }
    }
    (verdict, says)
}

fn rank(verdict: &Verdict) -> u8 {
    match verdict {
        Verdict::Met => 0,
        Verdict::NotStated => 1,
        Verdict::NotForMachines { .. } => 2,
        Verdict::Weaker { .. } => 3,
    }
}

impl View<'_> {
    /// Whether a citation is the policy's own heading, and not a Code or a default that fills a gap.
    pub(super) fn is_own(&self, cites: &str) -> bool {
        let filled = self.codes.regimes.iter().any(|regime| cites.starts_with(&regime.name));
        !filled
            && !cites.starts_with("Codes ")
            && !cites.starts_with("Redress default")
            && !cites.contains("not in the policy")
    }
}

impl Looked {
    /// The policy promises it, in these words.
    pub(super) fn met(what: impl Into<String>, cites: impl Into<String>) -> Looked {
        Looked { verdict: Verdict::Met, says: vec![Said { what: what.into(), cites: cites.into() }] }
    }

    /// The policy does not say; this is what Redress does.
    pub(super) fn not_stated(what: impl Into<String>, cites: impl Into<String>) -> Looked {
        Looked { verdict: Verdict::NotStated, ..Looked::met(what, cites) }
    }

    /// A policy file cannot show it.
    pub(super) fn unseen(why: impl Into<String>) -> Looked {
        Looked { verdict: Verdict::NotForMachines { why: why.into() }, says: Vec::new() }
    }

    /// The policy promises less.
    pub(super) fn weaker(how: impl Into<String>, what: impl Into<String>, cites: impl Into<String>) -> Looked {
        Looked { verdict: Verdict::Weaker { how: how.into() }, ..Looked::met(what, cites) }
    }
}
