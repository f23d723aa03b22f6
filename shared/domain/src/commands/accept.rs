//! `accept`: it is a complaint, and these are its points.

use crate::case::{Event, Excluded, Point, Status};
use crate::decide::{Context, Decision, Texts};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Accepts feedback as a complaint and splits it into points.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Accept {
    /// Its points; none means the complaint is one point.
    #[schema(required = false)]
    pub points: Vec<NewPoint>,
    /// Our understanding of the complaint (Housing Ombudsman Code 5.6).
    pub definition: Option<String>,
    /// What the person wants.
    pub wanted: Option<String>,
    /// The team that works it; as it stands when left out.
    pub team: Option<String>,
}

/// One point.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct NewPoint {
    /// What it says.
    pub text: String,
    /// Which service it is about.
    pub service: Option<String>,
    /// Who is responsible, when not the council alone (Codes 5.7).
    pub responsible: Option<String>,
    /// A landlord's matter.
    #[schema(required = false)]
    pub tenant: bool,
    /// Outside the policy, while the rest stays in.
    pub excluded: Option<NewExcluded>,
}

/// Why a point is outside the policy.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct NewExcluded {
    /// An exclusion of the policy, or `other`.
    pub reason: String,
    /// What shows it; the person reads it.
    pub evidence: Option<String>,
}

impl Accept {
    pub(super) fn read(fields: &mut Fields) -> Option<Accept> {
        let points = fields.list("points", NewPoint::read);
        Some(Accept {
            points,
            definition: fields.text("definition"),
            wanted: fields.text("wanted"),
            team: fields.line("team"),
        })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        if case.status == Status::New && ctx.rules.has_stages(case) {
            return Ok(());
        }
        Err(Refusal::not_allowed("It has been accepted already, or is no complaint.", "Codes 2.1"))
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let policy = &ctx.rules.policy;
        let team = self.team.unwrap_or_else(|| ctx.case().team.clone());
        if policy.team(&team).is_none() {
            return Err(unknown_team(ctx, "team", &team));
        }
        for (n, point) in self.points.iter().enumerate() {
            point.check(ctx, &format!("points.{n}."))?;
        }
        if !self.points.is_empty() && self.points.iter().all(|point| point.excluded.is_some()) {
            return Err(Refusal::field("points", "are all outside the policy: use `not-accepted` for the whole"));
        }
        let mut texts = Texts::after(ctx.case());
        let whole = self.points.is_empty();
        let mut points: Vec<Point> = (1u32..).zip(self.points).map(|(n, point)| point.keep(n, &mut texts)).collect();
        let definition = texts.add_some(self.definition);
        if whole {
            let text = definition.unwrap_or(ctx.case().about);
            points.push(Point {
                n: 1,
                text,
                service: None,
                responsible: None,
                tenant: ctx.case().tenant,
                excluded: None,
            });
        }
        let wanted = texts.add_some(self.wanted);
        Ok(Decision::of(Event::Accepted { points, definition, wanted, team }).with_texts(texts))
    }
}

impl NewPoint {
    pub(super) fn read(point: &mut Fields) -> Option<NewPoint> {
        let text = point.required_text("text", "Enter what this point is");
        let (service, responsible) = (point.line("service"), point.line("responsible"));
        let tenant = point.yes("tenant");
        let excluded = point.object("excluded", NewExcluded::read);
        Some(NewPoint { text: text?, service, responsible, tenant, excluded })
    }

    /// That its service and its exclusion are the policy's.
    pub(super) fn check(&self, ctx: &Context<'_>, path: &str) -> Result<(), Refusal> {
        if let Some(service) = self.service.as_ref().filter(|id| ctx.rules.policy.service(id).is_none()) {
            return Err(unknown_service(ctx, &format!("{path}service"), service));
        }
        match &self.excluded {
            Some(excluded) => excluded.check(ctx, &format!("{path}excluded.reason")),
            None => Ok(()),
        }
    }

    pub(super) fn keep(self, n: u32, texts: &mut Texts) -> Point {
        Point {
            n,
            text: texts.add(self.text),
            service: self.service,
            responsible: texts.add_some(self.responsible),
            tenant: self.tenant,
            excluded: self.excluded.map(|excluded| excluded.keep(texts)),
        }
    }
}

impl NewExcluded {
    pub(super) fn read(fields: &mut Fields) -> Option<NewExcluded> {
        let reason = fields.line("reason");
        if reason.is_none() {
            fields.error("reason", "Select why this point is outside the policy");
        }
        let evidence = fields.text("evidence");
        Some(NewExcluded { reason: reason?, evidence })
    }

    pub(super) fn check(&self, ctx: &Context<'_>, field: &str) -> Result<(), Refusal> {
        super::not_accepted::exclusion(ctx, field, &self.reason).map(|_| ())
    }

    pub(super) fn keep(self, texts: &mut Texts) -> Excluded {
        Excluded { reason: self.reason, evidence: texts.add_some(self.evidence) }
    }
}

pub(super) fn unknown_team(ctx: &Context<'_>, field: &str, id: &str) -> Refusal {
    let known: Vec<&str> = ctx.rules.policy.teams.iter().map(|team| team.id.as_str()).collect();
    Refusal::field(field, format!("“{id}” is not a team of this council; its teams are {}", known.join(", ")))
}

pub(super) fn unknown_service(ctx: &Context<'_>, field: &str, id: &str) -> Refusal {
    let known: Vec<&str> = ctx.rules.policy.services.iter().map(|service| service.id.as_str()).collect();
    Refusal::field(field, format!("“{id}” is not a service of this council; its services are {}", known.join(", ")))
}
