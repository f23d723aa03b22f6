//! What can be looked at in a policy: a closed list, each with its parameters.

use serde::Deserialize;

use super::judge::{Looked, View};
use super::{people, readings, scope, times};
use crate::case::{Channel, OutcomeId};
use crate::length::Length;
use crate::policy::{MatterDate, RunsFrom};

/// One look at a policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum Check {
    /// A time is no longer than this.
    LengthAtMost {
        /// Which: `stage-1.respond`.
        of: Moment,
        /// The longest.
        length: Length,
        /// What the Code counts an answer from.
        from: Option<RunsFrom>,
        /// What is added where the policy already counts from receipt.
        plus: Option<Length>,
    },
    /// Somebody whose answer is late is told so.
    ToldWhenLate {
        /// At which stage.
        stage: u8,
    },
    /// News comes at an interval until the answer.
    UpdatedRegularly {
        /// At which stage.
        stage: u8,
    },
    /// A person acknowledges, and not the system.
    AcknowledgedByPerson {
        /// At which stage.
        stage: u8,
    },
    /// There are no more stages than these.
    StagesAtMost {
        /// How many.
        n: usize,
    },
    /// A next stage can be asked for.
    NextStage {
        /// After which.
        after: u8,
    },
    /// Whoever answered one stage does not answer another.
    AnsweredByAnother {
        /// The later.
        stage: u8,
        /// The earlier.
        than: u8,
    },
    /// A review needs none of a list of grounds.
    NoGroundsListed {
        /// Of which stage's answer.
        after: u8,
    },
    /// A stage is declined for nothing but what the policy excludes.
    DeclinedOnlyByExclusion {
        /// Which stage.
        stage: u8,
    },
    /// A complaint may come at least this long after the matter.
    TimeLimitAtLeast {
        /// The shortest.
        length: Length,
        /// From what the Code counts it.
        from: MatterDate,
    },
    /// The policy says what it does not deal with.
    ExclusionsListed {},
    /// It says that it does not deal with this.
    ExclusionListed {
        /// The exclusion's id.
        id: String,
    },
    /// It does not shut this out.
    NoExclusion {
        /// The exclusion's id.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// No decision is called this.
    NoOutcome {
        /// The outcome.
        id: OutcomeId,
        /// What is wrong with it.
        why: String,
    },
    /// Decisions have these names.
    OutcomesNamed {
        /// The outcomes.
        ids: Vec<OutcomeId>,
    },
    /// Every decision is explained.
    OutcomesDefined {},
    /// These channels are open.
    ChannelsInclude {
        /// Which.
        ids: Vec<Channel>,
    },
    /// A complaint needs no name.
    AnonymousTaken {},
    /// The Ombudsman is named.
    OmbudsmanNamed {},
    /// A landlord names the Ombudsman for its tenants.
    LandlordOmbudsman {
        /// Words of a service that only a landlord has.
        words: Vec<String>,
    },
    /// How long complaints are kept is said.
    RetentionStated {},
    /// A request for a service is recorded apart from complaints, and has a time.
    RequestsRecorded {},
    /// Somebody may act for a person.
    RepresentativesTaken {},
    /// A limit on contact is decided by somebody and looked at again.
    RestrictionsReviewed {},
    /// The answer goes in writing.
    AnsweredInWriting {
        /// At which stage.
        stage: u8,
    },
    /// A stage that somebody else runs is one of the stages, and it is said who that is.
    HandOverNamed {},
    /// No reading of the published words falls short of the paragraph.
    NoReading {
        /// What it means that there is none.
        otherwise: Otherwise,
    },
}

/// What silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// The paragraph is kept unless something in the policy departs from it.
    Met,
    /// The policy would have to say so, and does not.
    NotStated,
    /// Nobody can tell from the file: the rule's `why` says why.
    Unseen,
}

/// A promise of a stage, named as its deadline is: `stage-1.respond`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Which stage.
    pub stage: u8,
    /// Which promise.
    pub what: What,
}

/// A promise that has a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The acknowledgement.
    Acknowledge,
    /// The answer.
    Respond,
    /// The longest an answer is put off.
    Extend,
}

impl Check {
    /// Looks.
    pub(super) fn look(&self, view: &View<'_>) -> Looked {
        match self {
            Check::LengthAtMost { of, length, from, plus } => times::length_at_most(view, *of, *length, *from, *plus),
            Check::ToldWhenLate { stage } => times::told_when_late(view, *stage),
            Check::UpdatedRegularly { stage } => times::updated_regularly(view, *stage),
            Check::TimeLimitAtLeast { length, from } => times::time_limit_at_least(view, *length, *from),
            Check::AcknowledgedByPerson { stage } => people::acknowledged_by_person(view, *stage),
            Check::StagesAtMost { n } => people::stages_at_most(view, *n),
            Check::NextStage { after } => people::next_stage(view, *after),
            Check::AnsweredByAnother { stage, than } => people::answered_by_another(view, *stage, *than),
            Check::NoGroundsListed { after } => people::no_grounds_listed(view, *after),
            Check::DeclinedOnlyByExclusion { stage } => people::declined_only_by_exclusion(view, *stage),
            Check::ExclusionsListed {} => scope::exclusions_listed(view),
            Check::ExclusionListed { id } => scope::exclusion_listed(view, id),
            Check::NoExclusion { id, why } => scope::no_exclusion(view, id, why),
            Check::NoOutcome { id, why } => scope::no_outcome(view, *id, why),
            Check::OutcomesNamed { ids } => scope::outcomes_named(view, ids),
            Check::OutcomesDefined {} => scope::outcomes_defined(view),
            Check::ChannelsInclude { ids } => scope::channels_include(view, ids),
            Check::AnonymousTaken {} => scope::anonymous_taken(view),
            Check::OmbudsmanNamed {} => scope::ombudsman_named(view),
            Check::LandlordOmbudsman { words } => scope::landlord_ombudsman(view, words),
            Check::RetentionStated {} => scope::retention_stated(view),
            Check::RequestsRecorded {} => scope::requests_recorded(view),
            Check::RepresentativesTaken {} => people::representatives_taken(view),
            Check::RestrictionsReviewed {} => people::restrictions_reviewed(view),
            Check::AnsweredInWriting { stage } => times::answered_in_writing(view, *stage),
            Check::HandOverNamed {} => people::hand_over_named(view),
            Check::NoReading { otherwise } => readings::no_reading(view, *otherwise),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || {
            let message = format!(
                "“{text}” is no promise: write it like “stage-1.acknowledge”, “stage-2.respond” or “stage-1.extend”"
            );
            serde::de::Error::custom(message)
        };
        let (stage, what) = text.strip_prefix("stage-").and_then(|rest| rest.split_once('.')).ok_or_else(wrong)?;
        let what = match what {
            "acknowledge" => What::Acknowledge,
            "respond" => What::Respond,
            "extend" => What::Extend,
            _ => return Err(wrong()),
        };
        Ok(Moment { stage: stage.parse().ok().filter(|stage| *stage > 0).ok_or_else(wrong)?, what })
    }
}
