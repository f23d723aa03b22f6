#![doc = include_str!("../README.md")]

mod answers;
mod attention;
mod attribute;
mod audit;
mod calendar;
mod commit;
mod counter;
mod counts;
mod destroy;
mod drafts;
mod due;
mod equality;
mod error;
mod idempotency;
mod key;
mod ledger;
mod letters;
mod lines;
mod load;
mod outbox;
mod queue;
mod search;
mod staff;
pub mod stream;
mod views;

use aws_sdk_dynamodb::Client;
use aws_types::SdkConfig;
use redress_platform::{Keys, Settings};

pub use answers::{ANSWER_MAX, AnswerPlace, UnsentAnswer};
pub use attention::{Attention, Waits};
pub use audit::{AuditRow, Trail, TrailPage, Within};
pub use calendar::CountedCase;
pub use commit::{Commit, OutLetter, OutStaff};
pub use counts::DueCounts;
pub use drafts::{DRAFT_MAX, Draft, DraftState};
pub use due::{Due, Waiting};
pub use error::StoreError;
pub use idempotency::{Earlier, Idempotency};
pub use key::CaseKey;
pub use ledger::StoredEntry;
pub use letters::{Letter, LetterBody, Paper, PaperPage};
pub use lines::{Lines, Next, Whose};
pub use outbox::{Claimed, DigestBody, DigestLine, OutId, Outgoing, Revived, Settlement, StaffBody};
pub use queue::{NextDue, Page, Summary};
pub use search::{FOUND_READ_MAX, Known, Match, Matches};
pub use staff::Colleague;
pub use views::{SavedView, Shelf};

/// The variable that redirects the client.
pub const ENDPOINT_VARIABLE: &str = "AWS_ENDPOINT_URL_DYNAMODB";

/// The two tables.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    cases: String,
    ledger: String,
    keys: Keys,
}

impl Store {
    /// The tables that the settings name.
    pub fn new(config: &SdkConfig, settings: &Settings) -> Store {
        let own = aws_sdk_dynamodb::config::Builder::from(config)
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
            .build();
        Store {
            client: Client::from_conf(own),
            cases: settings.cases.clone(),
            ledger: settings.ledger.clone(),
            keys: settings.keys.clone(),
        }
    }

    /// One small read, so that the first person does not wait for the connection.
    ///
    /// # Errors
    /// When the table cannot be reached.
    pub async fn warm_up(&self) -> Result<(), StoreError> {
        let probe = CaseKey::new("-", "-");
        self.get(&probe.pk(), "CASE").await.map(|_| ())
    }
}
