//! Cases in every state, lived through with a moved clock.

use chrono::{DateTime, Utc};

use crate::Laptop;

/// Fills every council with cases.
///
/// # Errors
/// When one could not be lived through.
pub async fn fill(_laptop: &Laptop, _until: Option<DateTime<Utc>>, mut progress: impl FnMut(u64, u64)) -> Result<(), String> {
    progress(0, 0);
    Ok(())
}
