//! What can be looked at in a case: a closed list, each with its parameters.

use serde::Deserialize;

use crate::length::Length;
use crate::letter::LetterKind;

/// One look at a case. What does not apply to a case says nothing of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum CaseCheck {
    /// It was acknowledged in time.
    AcknowledgedWithin {
        /// At which stage.
        stage: u8,
        /// From receipt.
        length: Length,
    },
    /// It was answered in the Code's time, which a fair extension lengthens.
    AnsweredWithin {
        /// At which stage.
        stage: u8,
        /// From the acknowledgement.
        length: Length,
        /// By when it should have been acknowledged; later counts as then.
        plus: Length,
        /// The longest extension that needs no good reason.
        extension: Length,
    },
    /// It was put off once and no longer than this, or with a good reason.
    ExtendedAtMost {
        /// At which stage.
        stage: u8,
        /// From the date that was due.
        length: Length,
    },
    /// When the answer was late, the person was told.
    ToldWhenLate {
        /// At which stage.
        stage: u8,
    },
    /// Our understanding of the complaint was written down.
    DefinitionSetOut {},
    /// Every point has a finding and a reason.
    EveryPointAnswered {
        /// At which stage.
        stage: u8,
    },
    /// Whoever answered one stage did not answer another.
    AnsweredByAnother {
        /// The later.
        stage: u8,
        /// The earlier.
        than: u8,
    },
    /// A letter of this kind names the Ombudsman.
    NamesOmbudsman {
        /// Which.
        letter: LetterKind,
    },
    /// Whoever complained heard why a point was left out.
    ExcludedPointsTold {},
    /// A limit on contact was looked at again when it should have been.
    RestrictionsLookedAtAgain {},
    /// What was promised as remedy was done by its date.
    ActionsDoneByTheirDate {},
}
