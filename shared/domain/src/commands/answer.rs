//! An answer, point by point: written by `respond` and `propose-response`, sent by `respond` and `sign-off`.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::case::{Action, Event, Finding, OutcomeId, Point, Proposal, RemedyKind, ReplyBy, Response, Status, TextRef};
use crate::decide::{Context, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::parts;
use crate::refusal::{FieldError, Refusal};

/// An answer to the stage.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Answer {
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

impl NewRemedy {
    pub(super) fn read(remedy: &mut Fields) -> Option<NewRemedy> {
        let kind = remedy.required_word("kind", "Select the kind of remedy");
        let what = remedy.required_text("what", "Enter what will be done");
        let (owner, by, amount) = (remedy.line("owner"), remedy.date("by"), pence(remedy));
        Some(NewRemedy { kind: kind?, what: what?, owner, by, amount })
    }

    pub(super) fn keep(self, n: u32, texts: &mut Texts) -> Action {
        Action {
            n,
            kind: self.kind,
            what: texts.add(self.what),
            owner: self.owner,
            by: self.by,
            pence: self.amount,
            done_on: None,
            undeliverable: false,
            approved_by: None,
        }
    }
}

impl Answer {
    pub(super) fn read(fields: &mut Fields) -> Option<Answer> {
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
        let remedies = fields.list("remedies", NewRemedy::read);
        let (text, channel) = (fields.text("text"), fields.word("channel"));
        Some(Answer { outcome: outcome?, findings, remedies, text, channel })
    }

    /// What the answer says, with its texts kept.
    ///
    /// # Errors
    /// When a point has no finding, an outcome is none of the policy's, or an apology is missing.
    pub(super) fn compose(self, ctx: &Context<'_>, by: &str) -> Result<(Proposal, Texts), Refusal> {
        let findings = self.point_by_point(ctx)?;
        self.apologises(ctx)?;
        let channel = self.goes_by(ctx)?;
        let case = ctx.case();
        let mut texts = Texts::after(case);
        let findings = findings
            .into_iter()
            .map(|finding| Finding {
                point: finding.point,
                outcome: finding.outcome,
                reason: texts.add(finding.reason),
                references: texts.add_some(finding.references),
            })
            .collect();
        let next = case.actions.last().map_or(1, |action| action.n + 1);
        let actions = (next..).zip(self.remedies).map(|(n, remedy)| remedy.keep(n, &mut texts)).collect();
        let text = texts.add_some(self.text);
        Ok((Proposal { by: by.to_owned(), outcome: self.outcome, findings, actions, text, channel }, texts))
    }

    /// How the letter goes: in writing where the policy says so and there is a way to write.
    fn goes_by(&self, ctx: &Context<'_>) -> Result<ReplyBy, Refusal> {
        let wanted = self.channel.unwrap_or(ctx.case().reply_by);
        let own = ctx.stage()?.0.answer_by.as_ref().filter(|rule| rule.writing).map(|rule| rule.cites.as_str());
        let rule = own.or(ctx.case().tenant.then_some("Housing Ombudsman Code 6.9"));
        let Some(cites) = rule.filter(|_| wanted == ReplyBy::Phone) else { return Ok(wanted) };
        let contact = &ctx.dossier.contact;
        match (self.channel, contact.email.is_some(), contact.address.is_some()) {
            (Some(_), ..) => Err(Refusal::field(
                "channel",
                format!("must be email, post or track: this answer goes in writing ({cites})"),
            )),
            (None, true, _) => Ok(ReplyBy::Email),
            (None, false, true) => Ok(ReplyBy::Post),
            // Nothing to write to: it is read out, and stands in writing on the tracking page.
            (None, false, false) => Ok(ReplyBy::Phone),
        }
    }

    /// We apologise where we were wrong: the policy says so.
    fn apologises(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        let decided = [self.outcome].into_iter().chain(self.findings.iter().map(|finding| finding.outcome));
        let mut owed = decided.filter_map(|id| ctx.rules.policy.outcome(id)).filter(|outcome| outcome.apology);
        let given = self.remedies.iter().any(|remedy| remedy.kind == RemedyKind::Apology);
        match owed.next() {
            Some(outcome) if !given => Err(Refusal::field(
                "remedies",
                format!("must have an apology: the outcome is {} ({})", outcome.label.to_lowercase(), outcome.cites),
            )),
            _ => Ok(()),
        }
    }

    /// A finding for every point, each an outcome the policy has.
    fn point_by_point(&self, ctx: &Context<'_>) -> Result<Vec<NewFinding>, Refusal> {
        let points: Vec<&Point> = ctx.case().answered_points().collect();
        let mut errors = Vec::new();
        let mut known = |field: String, outcome: OutcomeId| {
            if outcome == OutcomeId::NotInvestigated {
                let message = "is not an answer: `decline-review` decides that, with a ground of the policy".to_owned();
                errors.push(FieldError { field, message });
            } else if ctx.rules.policy.outcome(outcome).is_none() {
                let names: Vec<String> =
                    ctx.rules.policy.outcomes.iter().map(|found| crate::case::name_of(found.id)).collect();
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
                    message: format!("there is no point {} to answer: there are {}", finding.point, numbers(&points)),
                });
            }
        }
        for point in &points {
            match findings.iter().filter(|finding| finding.point == point.n).count() {
                1 => {}
                0 => errors.push(FieldError {
                    field: "findings".to_owned(),
                    message: format!("point {} has no finding and reason (Codes 6.7)", point.n),
                }),
                _ => errors.push(FieldError {
                    field: "findings".to_owned(),
                    message: format!("point {} has two findings", point.n),
                }),
            }
        }
        findings.sort_by_key(|finding| finding.point);
        if errors.is_empty() { Ok(findings) } else { Err(Refusal::Fields(errors)) }
    }
}

/// The letter that carries an answer, complete. `made` are the texts that are kept only now.
///
/// # Errors
/// What it does not say, by paragraph.
pub(super) fn letter(ctx: &Context<'_>, answer: &Proposal, made: &[String]) -> Result<LetterOrder, Refusal> {
    let (stage, record) = ctx.stage()?;
    let first = ctx.case().texts + 1;
    let read = |n: TextRef| {
        let own = n.checked_sub(first).and_then(|at| usize::try_from(at).ok()).and_then(|at| made.get(at));
        own.cloned().unwrap_or_else(|| ctx.dossier.text(n).to_owned())
    };
    let today = ctx.today();
    let response = Response {
        on: today,
        first_on: today,
        by: String::new(),
        outcome: answer.outcome,
        findings: answer.findings.clone(),
        received_on: None,
        letter: 0,
        by_post: answer.channel == ReplyBy::Post,
        posted_on: None,
        second_class: false,
    };
    let remedies = answer
        .actions
        .iter()
        .map(|action| json!({"kind": action.kind, "what": read(action.what), "by": action.by, "pence": action.pence}));
    let left_out = stage.talk_first.as_ref().is_some_and(|talk| talk.promised) && record.spoke_on.is_none();
    let kind = if ctx.rules.is_last_stage(stage.n) { LetterKind::Final } else { LetterKind::Response };
    LetterOrder::new(kind, stage.n, answer.channel)
        .value(Part::Ombudsman, parts::ombudsman(ctx))
        .text(Part::Stage, Some(&stage.name))
        .text(Part::Handler, Some(&stage.handler_title))
        .text(Part::Definition, Some(parts::definition(ctx)))
        .value(Part::Decision, parts::outcome(ctx, answer.outcome))
        .value(Part::Findings, parts::findings(ctx, &answer.findings, read))
        .value(Part::Points, parts::points(ctx, |point| point.excluded.is_some()))
        .value(Part::Remedies, remedies.collect())
        .text(Part::Words, answer.text.map(read).as_deref())
        .value(Part::NextStep, parts::next_step(ctx, &response))
        .value(Part::Talk, if left_out { json!(true) } else { Value::Null })
        .complete()
}

/// What happened when an answer goes out.
pub(super) fn responded(answer: Proposal, answered_by: Option<String>, last: bool) -> Event {
    let Proposal { outcome, findings, actions, text, channel, .. } = answer;
    Event::Responded { outcome, findings, actions, text, by: channel, answered_by, last }
}

/// Whether the stage can be answered now.
///
/// # Errors
/// When it is not accepted yet, answered, or closed.
pub(super) fn answerable(ctx: &Context<'_>) -> Result<(), Refusal> {
    let (stage, record) = ctx.stage()?;
    if ctx.case().status == Status::New {
        return Err(Refusal::not_allowed(
            "It has not been accepted as a complaint yet: `accept` it first.",
            "Codes 2.1",
        ));
    }
    if ctx.case().status == Status::Open && record.response.is_none() {
        return Ok(());
    }
    Err(Refusal::not_allowed("This stage is answered or the case is closed.", stage.respond.cites.clone()))
}

fn numbers(points: &[&Point]) -> String {
    points.iter().map(|point| point.n.to_string()).collect::<Vec<_>>().join(", ")
}

/// Pounds as they are written, in pence.
fn pence(remedy: &mut Fields) -> Option<u64> {
    let text = remedy.amount("amount")?;
    let (pounds, pence) = text.split_once('.').unwrap_or((&text, "00"));
    let read = pounds
        .parse::<u64>()
        .ok()
        .zip(Some(format!("{pence:0<2}")).filter(|pence| pence.len() == 2)?.parse::<u64>().ok());
    match read.and_then(|(pounds, pence)| pounds.checked_mul(100)?.checked_add(pence)) {
        Some(pence) => Some(pence),
        None => {
            remedy.error("amount", "must be pounds, like 25 or 25.50");
            None
        }
    }
}
