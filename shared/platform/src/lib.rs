#![doc = include_str!("../README.md")]

mod account;
mod client_secrets;
mod clock;
mod deployment;
mod keys;
mod library;
mod logs;
pub mod metrics;
mod seal;
mod settings;

pub use account::{Account, account};
pub use client_secrets::ClientSecrets;
pub use clock::Clock;
pub use deployment::{CouncilDeployment, Deployment, DeploymentError};
pub use keys::{Keys, SecretTooShort, random};
pub use library::{Library, LibraryError, Source};
pub use logs::{start_logs, start_terminal_logs};
pub use metrics::{Metric, Metrics};
pub use settings::{Missing, Settings};
