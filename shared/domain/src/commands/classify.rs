//! `classify`: what a case is about, for the figures.

use crate::case::{Beside, Class};
use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::refusal::Refusal;

/// Says what a case is about. What is left out stays.
#[derive(Clone, Debug, PartialEq, utoipa::ToSchema)]
pub struct Classify {
    /// Category, theme, ward, whom it affects, tenure.
    #[serde(flatten)]
    pub class: Class,
    /// It raises an equality issue, and is looked at first.
    #[schema(required = false)]
    pub equality: bool,
}

impl Classify {
    pub(super) fn read(fields: &mut Fields) -> Option<Classify> {
        let class = Class {
            category: fields.line("category"),
            theme: fields.line("theme"),
            ward: fields.line("ward"),
            affects: fields.line("affects"),
            tenure: fields.line("tenure"),
        };
        let equality = fields.yes("equality");
        if class == Class::default() && !equality {
            fields
                .error("category", "Enter what it is about: a category, a theme, a ward, whom it affects or a tenure");
        }
        one_of(fields, "affects", class.affects.as_deref(), &["individual", "group"]);
        one_of(fields, "tenure", class.tenure.as_deref(), &["rented", "shared-ownership"]);
        Some(Classify { class, equality })
    }

    pub(super) fn allowed(_ctx: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    pub(super) fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
        let categories = &ctx.rules.policy.categories;
        let unknown = |id: &&String| !categories.iter().any(|category| category.id == **id);
        if self.class.category.as_ref().filter(unknown).is_some() {
            let known: Vec<&str> = categories.iter().map(|category| category.id.as_str()).collect();
            return Err(Refusal::field("category", format!("must be one of {}", known.join(", "))));
        }
        Ok(Decision::of(Beside::Classified { class: self.class, equality: self.equality }))
    }
}

fn one_of(fields: &mut Fields, field: &str, given: Option<&str>, known: &[&str]) {
    if given.is_some_and(|given| !known.contains(&given)) {
        fields.error(field, format!("must be one of {}", known.join(", ")));
    }
}
