#![doc = include_str!("../README.md")]

mod bus;
mod index;
mod send;
mod word;

use serde_json::Value;

use redress_mail::Mailer;
use redress_office::Office;
use redress_platform::{Account, account};
use redress_store::stream::{Failures, is_batch, records};

pub use bus::{Bus, ENDPOINT_VARIABLE as BUS_ENDPOINT_VARIABLE};

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Notices {
    office: Office,
    mailer: Mailer,
    bus: Bus,
}

impl Notices {
    /// Opens it at an office.
    pub fn open(office: Office, mailer: Mailer, bus: Bus) -> Notices {
        Notices { office, mailer, bus }
    }

    /// Opens it from the environment.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn from_environment() -> Result<Notices, String> {
        let office = Office::from_environment()?;
        let account: Account = account(None);
        let mailer = Mailer::new(account.client(redress_mail::ENDPOINT_VARIABLE));
        let bus = Bus::new(&account.client(BUS_ENDPOINT_VARIABLE), &office.settings.bus);
        Ok(Notices::open(office, mailer, bus))
    }

    /// A batch of either stream, or an event of SES.
    ///
    /// # Errors
    /// When an event of SES could not be dealt with; it comes again.
    pub async fn handle(&self, event: Value) -> Result<Value, lambda_runtime::Error> {
        if !is_batch(&event) {
            self.word(&event).await?;
            return Ok(Value::Null);
        }
        let mut failures = Failures::default();
        for record in records(&event) {
            let done = match record.out {
                // The morning's mail is the sweep's to wake.
                Some(_) if record.not_before.is_some_and(|at| at > self.office.clock.now()) => Ok(()),
                Some(id) if record.gathered => self.gather(&record.key, id).await,
                Some(id) => self.send(&record.key, id).await,
                None => self.happened(&record).await,
            };
            if let Err(error) = done {
                tracing::error!(case = %record.key, item = record.sk, %error, "a notice failed");
                failures.add(&record);
            }
        }
        Ok(failures.answer())
    }
}
