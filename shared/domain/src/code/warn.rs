//! Facts of a policy that time has overtaken.

use chrono::NaiveDate;
use serde::Serialize;

use super::Codes;
use crate::calendar::long_date;
use crate::policy::Policy;

/// Something in a policy that is no longer so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What.
    pub message: String,
    /// Where it stands.
    pub cites: String,
}

/// What time has overtaken, on this day.
pub fn warnings(codes: &Codes, policy: &Policy, today: NaiveDate) -> Vec<Warning> {
    let header = &policy.policy;
    let mut found = Vec::new();
    if let Some(by) = header.review_by.filter(|by| *by < today) {
        let message = format!("it was to be looked at again by {}", long_date(by));
        found.push(Warning { message, cites: header.title.clone() });
    }
    let routes = &policy.ombudsman;
    for regime in &codes.regimes {
        let named = routes.general == regime.ombudsman || routes.landlord.as_ref() == Some(&regime.ombudsman);
        if named && header.from < regime.from {
            let message = format!(
                "it is older than the {}: in force since {}, the Code since {}",
                regime.name,
                long_date(header.from),
                long_date(regime.from)
            );
            found.push(Warning { message, cites: header.title.clone() });
        }
    }
    for obsolete in &codes.obsolete {
        if let Some(cites) = standing(policy, &obsolete.words) {
            found.push(Warning { message: obsolete.says.clone(), cites });
        }
    }
    found
}

/// The first heading that any of these words stands under, in a reading or in the Ombudsman's route.
fn standing(policy: &Policy, words: &[String]) -> Option<String> {
    let has = |text: &str| words.iter().any(|word| text.to_lowercase().contains(&word.to_lowercase()));
    let reading = policy.readings.iter().find(|reading| has(&reading.question) || has(&reading.choice));
    let heading = reading.and_then(|reading| reading.cites.first());
    heading.or(Some(&policy.ombudsman.cites).filter(|cites| has(cites))).cloned()
}
