//! Made-up letters of a council, to look at: every kind, at each stage where it occurs, with the dates that the
//! council's own policy gives. Nobody in them is real.

mod dates;
mod index;
mod order;
mod person;

use chrono::NaiveDate;
use redress_domain::case::{Contact, name_of};
use redress_domain::letter::{LetterKind, LetterOrder};
use redress_domain::rules::Rules;

use crate::context::Envelope;
use crate::error::LetterError;
use crate::press::{Press, Words};
use crate::templates;

pub use dates::Dates;
pub use index::index;
pub use order::{order, outcome};
pub use person::{addressee, person, representative};

/// The service's address in specimens.
pub const BASE: &str = "https://redress.example";

/// The person's own page in specimens.
pub const TRACK: &str = "https://redress.example/council/track/XXX-7QK4-2F9T?key=majg5z2kx6hxpw0139abcdefghjkmnpq";

/// A made-up letter.
#[derive(Clone, Debug)]
pub struct Specimen {
    /// Which letter.
    pub kind: LetterKind,
    /// At which stage.
    pub stage: u8,
    /// The day on it.
    pub on: NaiveDate,
    /// The letter.
    pub words: Words,
}

impl Specimen {
    /// A name for its files: `update-stage-2`.
    pub fn name(&self) -> String {
        format!("{}-stage-{}", name_of(self.kind), self.stage)
    }
}

/// The stages of a policy at which a kind of letter occurs.
pub fn stages(rules: &Rules, kind: LetterKind) -> Vec<u8> {
    let all = rules.policy.stages.iter().map(|stage| stage.n);
    all.filter(|n| match kind {
        LetterKind::PassedOn
        | LetterKind::ServiceRequest
        | LetterKind::NotAccepted
        | LetterKind::PartNotAccepted
        | LetterKind::Forwarded
        | LetterKind::Resolved
        | LetterKind::Link => *n == 1,
        LetterKind::Response => !rules.is_last_stage(*n),
        LetterKind::Final | LetterKind::ExternalSupport => rules.is_last_stage(*n),
        _ => true,
    })
    .collect()
}

/// Every letter of a council, in the order in which a person may meet them.
///
/// # Errors
/// A template that cannot be used, or a letter that does not say what it must.
pub fn specimens(press: &Press, rules: &Rules) -> Result<Vec<Specimen>, LetterError> {
    let all = LetterKind::ALL.into_iter().flat_map(|kind| stages(rules, kind).into_iter().map(move |n| (kind, n)));
    all.map(|(kind, stage)| {
        let on = Dates::of(rules, stage).written(kind);
        let words = letter(press, rules, order(rules, kind, stage), &person(), on)?;
        Ok(Specimen { kind, stage, on, words })
    })
    .collect()
}

/// The letter that is made from such an order, to somebody, on a day.
///
/// # Errors
/// A template that cannot be used, or a letter that does not say what it must.
pub fn letter(
    press: &Press,
    rules: &Rules,
    order: LetterOrder,
    to: &Contact,
    on: NaiveDate,
) -> Result<Words, LetterError> {
    let file = templates::shared(&name_of(order.kind));
    let order = order.complete().map_err(|refusal| LetterError::Shape { file, message: refusal.to_string() })?;
    let policy = &rules.policy;
    let envelope = Envelope {
        council: &policy.council,
        council_id: &policy.policy.council,
        policy_title: &policy.policy.title,
        reference: &format!("{}-7QK4-2F9T", policy.policy.reference_prefix),
        contact: to,
        track_url: Some(TRACK),
        on,
    };
    press.letter(&order, &envelope)
}
