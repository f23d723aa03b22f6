//! Word from S3 that a file has come, and from a scan that it was looked into.
//!
//! Both speak on the account's default bus, as SES does. A notification from the bucket straight to this function
//! would do for the first, but each of the two would have to be made before the other, and a scan speaks on the bus
//! only.

use serde_json::Value;

use redress_domain::case::FileRefusal;
use redress_office::OfficeError;

use crate::Notices;

/// Where S3's events come from.
pub(crate) const STORE: &str = "aws.s3";

/// Where the scan's events come from: GuardDuty Malware Protection for S3.
pub(crate) const SCAN: &str = "aws.guardduty";

/// Whether a file waits for a scan before it is looked into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scanning {
    /// The deployment has no scan.
    #[default]
    Off,
    /// GuardDuty looks first: `REDRESS_SCAN_FILES` is `guardduty`.
    First,
}

impl Scanning {
    /// As the environment says.
    pub fn from_environment() -> Scanning {
        match std::env::var("REDRESS_SCAN_FILES").as_deref() {
            Ok("guardduty") => Scanning::First,
            _ => Scanning::Off,
        }
    }
}

impl Notices {
    /// A file has come to the bucket.
    pub(crate) async fn came(&self, event: &Value) -> Result<(), OfficeError> {
        let object = event.pointer("/detail/object/key").and_then(Value::as_str).unwrap_or_default();
        match self.scanning {
            Scanning::Off => self.office.file_came(object, Ok(())).await,
            Scanning::First => Ok(()),
        }
    }

    /// A scan has looked into a file. Word of a scan that the deployment did not ask for changes nothing.
    pub(crate) async fn scanned(&self, event: &Value) -> Result<(), OfficeError> {
        let said = |place: &str| event.pointer(place).and_then(Value::as_str).unwrap_or_default();
        let found = match said("/detail/scanResultDetails/scanResultStatus") {
            "NO_THREATS_FOUND" => Ok(()),
            "THREATS_FOUND" => Err(FileRefusal::Harmful),
            // A password, or a form it does not know: what nobody could look into is not let in.
            _ => Err(FileRefusal::NotScanned),
        };
        match self.scanning {
            Scanning::Off => Ok(()),
            Scanning::First => self.office.file_came(said("/detail/s3ObjectDetails/objectKey"), found).await,
        }
    }
}
