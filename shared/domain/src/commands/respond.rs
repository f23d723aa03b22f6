//! `respond`: the answer, point by point.

use chrono::NaiveDate;
use serde_json::json;

use crate::case::{Action, Event, Finding, OutcomeId, RemedyKind, ReplyBy, Response, Status, TextRef};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::refusal::{FieldError, Refusal};

/// Answers the stage.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Respond {
    /// The decision on the whole.
    pub outcome: OutcomeId,
    /// The decision on each point; may be left out when there is one point.
    #[schema(required = false)]
    pub findings: Vec<NewFinding>,
    /// What is put right.
    #[schema(required = false)]
    pub remedies: Vec<NewRemedy>,
    /// The words of the letter.
    pub text: Option<String>,
    /// How the letter goes; as the person asked when left out.
    pub channel: Option<ReplyBy>,
}

/// The decision on a point.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct NewFinding {
    /// The point's number, from 1.
    pub point: u32,
    /// The decision.
    pub outcome: OutcomeId,
    /// Why.
    pub reason: String,
    /// The policies and law it rests on (Codes 6.7).
    pub references: Option<String>,
}

/// A remedy (Codes 7.1 to 7.3).
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct NewRemedy {
    /// What kind.
    pub kind: RemedyKind,
    /// What will be done.
    pub what: String,
    /// Who does it.
    pub owner: Option<String>,
    /// By when; left out when it is done with the letter.
    pub by: Option<NaiveDate>,
    /// How much, in pounds: `25` or `25.50`.
    #[schema(value_type = Option<String>)]
    pub amount: Option<u64>,
}

impl Respond {
    pub(super) fn read(fields: &mut Fields) -> Option<Respond> {
        let outcome = fields.required_word("outcome", "Select the decision");
        let findings = fields.list("findings", |finding| {
            let point = finding.number("point").and_then(|n| u32::try_from(n).ok());
            if point.is_none() {
                finding.error("point", "Enter the number of the point, from 1");
            }
            let outcome = finding.required_word("outcome", "Select the decision on this point");
            let reason = finding.required_text("reason", "Enter the reason for the decision on this point");
            let references = finding.text("references");
            Some(NewFinding { point: point?, outcome: outcome?, reason: reason?, references })
        });
        let remedies = fields.list("remedies", |remedy| {
            let kind = remedy.required_word("kind", "Select the kind of remedy");
            let what = remedy.required_text("what", "Enter what will be done");
            let (owner, by, amount) = (remedy.line("owner"), remedy.date("by"), pence(remedy));
            Some(NewRemedy { kind: kind?, what: what?, owner, by, amount })
        });
        let (text, channel) = (fields.text("text"), fields.word("channel"));
        Some(Respond { outcome: outcome?, findings, remedies, text, channel })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let (stage, record) = ctx.stage()?;
        if ctx.case().status == Status::New {
            return Err(Refusal::not_allowed("It has not been accepted as a complaint yet: `accept` it first.", "Codes 2.1"));
        }
        if ctx.case().status == Status::Open && record.response.is_none() {
            return Ok(());
        }
        Err(Refusal::not_allowed("This stage is answered or the case is closed.", stage.respond.cites.clone()))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let case = ctx.case();
        let (stage, _) = ctx.stage()?;
        let findings = self.point_by_point(ctx)?;
        let by = self.channel.unwrap_or(case.reply_by);
        let mut texts = Texts::after(case);
        let first = case.texts + 1;
        let findings: Vec<Finding> = findings
            .into_iter()
            .map(|finding| Finding {
                point: finding.point,
                outcome: finding.outcome,
                reason: texts.add(finding.reason),
                references: texts.add_some(finding.references),
            })
            .collect();
        let next = case.actions.last().map_or(1, |action| action.n + 1);
        let actions: Vec<Action> = (next..)
            .zip(self.remedies)
            .map(|(n, remedy)| Action {
                n,
                kind: remedy.kind,
                what: texts.add(remedy.what),
                owner: remedy.owner,
                by: remedy.by,
                pence: remedy.amount,
                done_on: None,
            })
            .collect();
        let text = texts.add_some(self.text);
        let last = ctx.rules.is_last_stage(stage.n);
        let decision = Decision::of(Event::Noted { text: 0 }).with_texts(texts);
        let read = |n: TextRef| read(ctx, &decision.texts, first, n);
        let today = ctx.today();
        let response = Response {
            on: today,
            first_on: today,
            by: String::new(),
            outcome: self.outcome,
            findings: findings.clone(),
            by_post: by == ReplyBy::Post,
        };
        let kind = if last { LetterKind::Final } else { LetterKind::Response };
        let letter = LetterOrder::new(kind, stage.n, by)
            .value(Part::Ombudsman, parts::ombudsman(ctx))
            .text(Part::Stage, Some(&stage.name))
            .text(Part::Handler, Some(&stage.handler_title))
            .text(Part::Definition, Some(parts::definition(ctx)))
            .value(Part::Decision, parts::outcome(ctx, self.outcome))
            .value(Part::Findings, parts::findings(ctx, &findings, read))
            .value(Part::Remedies, actions.iter().map(|action| json!({"kind": action.kind, "what": read(action.what), "by": action.by, "pence": action.pence})).collect())
            .text(Part::Words, text.map(read).as_deref())
            .value(Part::NextStep, parts::next_step(ctx, &response))
            .complete()?;
        let event = Event::Responded { outcome: self.outcome, findings, actions, text, by, last };
        Ok(Decision { event, ..decision }.with_letter(letter))
    }

    /// A finding for every point, each an outcome the policy has.
    fn point_by_point(&self, ctx: &Context<'_>) -> Result<Vec<NewFinding>, Refusal> {
        let points = &ctx.case().points;
        let mut errors = Vec::new();
        let mut known = |field: String, outcome: OutcomeId| {
            if ctx.rules.policy.outcome(outcome).is_none() {
                let names: Vec<String> = ctx.rules.policy.outcomes.iter().map(|found| crate::case::name_of(found.id)).collect();
                errors.push(FieldError { field, message: format!("must be one of {}", names.join(", ")) });
            }
        };
        known("outcome".to_owned(), self.outcome);
        for (n, finding) in self.findings.iter().enumerate() {
            known(format!("findings.{n}.outcome"), finding.outcome);
        }
        let mut findings = self.findings.clone();
        if let ([point], [], Some(text)) = (points.as_slice(), findings.as_slice(), &self.text) {
            findings.push(NewFinding { point: point.n, outcome: self.outcome, reason: text.clone(), references: None });
        }
        for (n, finding) in self.findings.iter().enumerate() {
            if !points.iter().any(|point| point.n == finding.point) {
                errors.push(FieldError {
                    field: format!("findings.{n}.point"),
                    message: format!("there is no point {}: the complaint has {}", finding.point, points.len()),
                });
            }
        }
        for point in points {
            match findings.iter().filter(|finding| finding.point == point.n).count() {
                1 => {}
                0 => errors.push(FieldError {
                    field: "findings".to_owned(),
                    message: format!("point {} has no finding and reason (Codes 6.7)", point.n),
                }),
                _ => errors.push(FieldError { field: "findings".to_owned(), message: format!("point {} has two findings", point.n) }),
            }
        }
        findings.sort_by_key(|finding| finding.point);
        if errors.is_empty() { Ok(findings) } else { Err(Refusal::Fields(errors)) }
    }
}

/// A text of the case, or one that this decision makes.
fn read(ctx: &Context<'_>, made: &[String], first: TextRef, n: TextRef) -> String {
    let own = n.checked_sub(first).and_then(|at| usize::try_from(at).ok()).and_then(|at| made.get(at));
    own.cloned().unwrap_or_else(|| ctx.dossier.text(n).to_owned())
}

/// Pounds as they are written, in pence.
fn pence(remedy: &mut Fields) -> Option<u64> {
    let text = remedy.amount("amount")?;
    let (pounds, pence) = text.split_once('.').unwrap_or((&text, "00"));
    let read = pounds.parse::<u64>().ok().zip(Some(format!("{pence:0<2}")).filter(|pence| pence.len() == 2)?.parse::<u64>().ok());
    match read.and_then(|(pounds, pence)| pounds.checked_mul(100)?.checked_add(pence)) {
        Some(pence) => Some(pence),
        None => {
            remedy.error("amount", "must be pounds, like 25 or 25.50");
            None
        }
    }
}
