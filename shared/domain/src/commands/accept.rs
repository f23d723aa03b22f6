//! `accept`: it is a complaint, and these are its points.

use crate::case::{Event, Point, Status};
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
}

impl Accept {
    pub(super) fn read(fields: &mut Fields) -> Option<Accept> {
        let points = fields.list("points", |point| {
            Some(NewPoint {
                text: point.required_text("text", "Enter what this point is")?,
                service: point.line("service"),
                responsible: point.line("responsible"),
                tenant: point.yes("tenant"),
            })
        });
        Some(Accept {
            points,
            definition: fields.text("definition"),
            wanted: fields.text("wanted"),
            team: fields.line("team"),
        })
    }

    pub(super) fn allowed(ctx: &Context<'_>) -> Result<(), Refusal> {
        let case = ctx.case();
        if case.status == Status::New && !ctx.rules.passes_on(case) {
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
            if let Some(service) = point.service.as_ref().filter(|id| policy.service(id).is_none()) {
                return Err(unknown_service(ctx, &format!("points.{n}.service"), service));
            }
        }
        let mut texts = Texts::after(ctx.case());
        let whole = self.points.is_empty();
        let mut points: Vec<Point> = (1u32..)
            .zip(self.points)
            .map(|(n, point)| Point {
                n,
                text: texts.add(point.text),
                service: point.service,
                responsible: texts.add_some(point.responsible),
                tenant: point.tenant,
            })
            .collect();
        let definition = texts.add_some(self.definition);
        if whole {
            let text = definition.unwrap_or(ctx.case().about);
            points.push(Point { n: 1, text, service: None, responsible: None, tenant: ctx.case().tenant });
        }
        let wanted = texts.add_some(self.wanted);
        Ok(Decision::of(Event::Accepted { points, definition, wanted, team }).with_texts(texts))
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
