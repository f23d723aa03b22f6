//! A check of the published words that the rest of the file cannot hold: its readings.
//!
//! A reading that cites a Code's paragraph records that the published words, taken strictly, fall
//! short of it. Only rules that ask for it are judged so: a reading may cite for another reason.

use super::check::Otherwise;
use super::judge::{Looked, View};

/// No reading of the published words falls short of the paragraph.
pub(super) fn no_reading(view: &View<'_>, otherwise: Otherwise) -> Looked {
    let paragraphs: Vec<String> = view
        .rule
        .regimes
        .iter()
        .filter_map(|(id, numbers)| Some((view.codes.regime(id)?, numbers)))
        .flat_map(|(regime, numbers)| numbers.iter().map(|number| format!("{} {number}", regime.name)))
        .collect();
    let short =
        view.policy.readings.iter().find(|reading| reading.cites.iter().any(|cites| paragraphs.contains(cites)));
    match (short, otherwise) {
        (Some(reading), _) => {
            let own = reading.cites.iter().find(|cites| view.is_own(cites));
            let heading = own.unwrap_or(&view.policy.policy.title);
            Looked::weaker(
                "taken strictly, the published words fall short, and a reading says what is done",
                format!("“{}”", reading.question),
                heading,
            )
        }
        (None, Otherwise::Met) => Looked::met("no reading records otherwise", &view.policy.policy.title),
        (None, Otherwise::NotStated) => {
            Looked::not_stated("nothing; Redress keeps the paragraph", &view.policy.policy.title)
        }
        (None, Otherwise::Unseen) => Looked::unseen(view.rule.why.as_deref().unwrap_or_default()),
    }
}
