#![doc = include_str!("../README.md")]

mod bus;
mod files;
mod heads;
mod index;
mod send;
mod word;

use serde_json::Value;

use redress_mail::Mailer;
use redress_office::Office;
use redress_office::heads::Heads;
use redress_platform::{Account, Metric, Metrics, account};
use redress_store::stream::{is_batch, records};

pub use files::Scanning;

pub use bus::{Bus, ENDPOINT_VARIABLE as BUS_ENDPOINT_VARIABLE};

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Notices {
    office: Office,
    mailer: Mailer,
    bus: Bus,
    heads: Option<Heads>,
    scanning: Scanning,
    metrics: Metrics,
}

impl Notices {
    /// Opens it at an office.
    pub fn open(office: Office, mailer: Mailer, bus: Bus) -> Notices {
        let (scanning, metrics) = (Scanning::default(), Metrics::default());
        Notices { office, mailer, bus, heads: None, scanning, metrics }
    }

    /// The same with a bucket to anchor histories in.
    #[must_use]
    pub fn with_heads(self, heads: Heads) -> Notices {
        Notices { heads: Some(heads), ..self }
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
        let (scanning, metrics) = (Scanning::from_environment(), Metrics::from_environment());
        let heads = Heads::from_environment()?;
        Ok(Notices { heads, scanning, metrics, ..Notices::open(office, mailer, bus) })
    }

    /// A batch of either stream, or an event of SES, of S3 or of a scan.
    ///
    /// # Errors
    /// When an event could not be dealt with, and comes again; or when the event is neither.
    pub async fn handle(&self, event: Value) -> Result<Value, lambda_runtime::Error> {
        if !is_batch(&event) {
            match event.get("source").and_then(Value::as_str) {
                Some("aws.ses") => self.word(&event).await?,
                Some(files::STORE) => self.came(&event).await?,
                Some(files::SCAN) => self.scanned(&event).await?,
                _ => return Err("neither a batch of a stream nor word of SES, S3 or a scan".into()),
            }
            return Ok(Value::Null);
        }
        let (records, mut failures) = records(&event)?;
        let mut history_changed = 0;
        for record in &records {
            let done = match record.out {
                // The morning's mail is the sweep's to wake.
                Some(_) if record.not_before.is_some_and(|at| at > self.office.clock.now()) => Ok(()),
                Some(id) if record.gathered => self.gather(&record.key, id).await,
                Some(id) => self.send(&record.key, id).await,
                // Nobody may do this, and no retry undoes it: somebody has to be told.
                None if record.changed => {
                    tracing::error!(case = %record.key, item = record.sk, "an entry of the history was changed or removed");
                    history_changed += 1;
                    Ok(())
                }
                None => self.happened(record).await,
            };
            if let Err(error) = done {
                tracing::error!(case = %record.key, item = record.sk, %error, "a notice failed");
                failures.add(record);
            }
        }
        self.anchor(&records, &mut failures).await;
        if history_changed > 0 {
            self.metrics.tell(self.office.clock.now(), &[(Metric::HistoryChanged, history_changed)]);
        }
        Ok(failures.answer())
    }
}
