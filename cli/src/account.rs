//! The account that the environment names: commands for whoever operates a service on AWS.

use anyhow::{Result, anyhow};

use redress_office::Office;

/// The office of that service, with the variables that its functions have.
pub(crate) fn office() -> Result<Office> {
    Office::from_environment().map_err(|why| {
        anyhow!("{why}\nThis command works on a service on AWS, with the variables of its functions. In the project’s folder:\n  eval \"$(infra/aws/environment STACK)\"")
    })
}

/// Something that waits for the network.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
