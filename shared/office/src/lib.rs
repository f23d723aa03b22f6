#![doc = include_str!("../README.md")]

mod act;
mod calendar;
mod digest;
mod error;
pub mod files;
pub mod heads;
mod index;
pub mod person;
mod preview;
mod publish;
mod receive;
mod send_link;
mod settle;
mod tasks;
pub mod track;
pub mod verify;
pub mod view;
mod vitals;
mod write;

use calendar::{Calendars, KNOWN_FOR};
use chrono::TimeDelta;
use redress_bucket::Bucket;
use redress_letters::{LetterError, Press};
use redress_platform::{Clock, Settings};
use redress_store::Store;

pub use act::{Act, Done};
pub use error::OfficeError;
pub use preview::{LetterPreview, Preview, WhyNot};
pub use publish::{MovedDate, Republished};
pub use settle::SETTLE_MAX;
pub use tasks::Task;
pub use vitals::Vitals;

/// The tables, the templates, the settings and the clock of a deployment.
#[derive(Clone, Debug)]
pub struct Office {
    /// Where cases are.
    pub store: Store,
    /// What the environment says.
    pub settings: Settings,
    /// What time it is.
    pub clock: Clock,
    /// Where files are; nowhere in a deployment that takes none.
    pub(crate) files: Option<Bucket>,
    press: std::sync::Arc<Press>,
    calendars: Calendars,
}

impl Office {
    /// Opens it; every template is compiled here, so that a broken one is found at once.
    ///
    /// # Errors
    /// When a template cannot be used.
    pub fn open(store: Store, settings: Settings, clock: Clock) -> Result<Office, LetterError> {
        let press = std::sync::Arc::new(Press::new(settings.library.templates())?);
        Ok(Office { store, settings, clock, files: None, press, calendars: Calendars::known_for(TimeDelta::zero()) })
    }

    /// Opens it as a Lambda function does, from the environment alone.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn from_environment() -> Result<Office, String> {
        let settings = Settings::from_environment().map_err(|error| error.to_string())?;
        let config = redress_platform::account(None).client(redress_store::ENDPOINT_VARIABLE);
        let store = Store::new(&config, &settings);
        let office = Office::open(store, settings, Clock::real()).map_err(|error| error.to_string())?;
        let files = Bucket::named_in("REDRESS_FILES").map_err(|error| error.to_string())?;
        Ok(Office { calendars: Calendars::known_for(KNOWN_FOR), ..office.with_files(files) })
    }
}
