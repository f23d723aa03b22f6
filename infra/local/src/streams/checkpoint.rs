//! How far each subscription has come in its stream, kept in a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The last sequence number delivered to each subscription.
pub(super) struct Checkpoint {
    file: Option<PathBuf>,
    positions: BTreeMap<String, String>,
}

impl Checkpoint {
    /// What the file says. One that cannot be read means starting over, which
    /// delivers again and loses nothing.
    pub(super) fn read(file: Option<PathBuf>) -> Checkpoint {
        let positions = file.as_deref().and_then(|file| {
            let text = std::fs::read(file).ok()?;
            serde_json::from_slice(&text)
                .inspect_err(|error| tracing::warn!(%error, "checkpoint not readable: starting over"))
                .ok()
        });
        Checkpoint { file, positions: positions.unwrap_or_default() }
    }

    pub(super) fn position(&self, subscription: &str) -> Option<&str> {
        self.positions.get(subscription).map(String::as_str)
    }

    /// Notes how far a subscription has come, and writes it down.
    pub(super) fn keep(&mut self, subscription: &str, sequence: &str) {
        if self.position(subscription) == Some(sequence) {
            return;
        }
        self.positions.insert(subscription.to_owned(), sequence.to_owned());
        let Some(file) = self.file.as_deref() else {
            return;
        };
        if let Err(error) = write(file, &self.positions) {
            tracing::warn!(%error, "checkpoint not written: a restart delivers again");
        }
    }
}

/// Writes beside the file and renames, so that there is never half a file.
fn write(file: &Path, positions: &BTreeMap<String, String>) -> std::io::Result<()> {
    let half = file.with_extension("half");
    std::fs::write(&half, serde_json::to_vec_pretty(positions)?)?;
    std::fs::rename(&half, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_found_again_by_the_next_program() {
        let folder = tempfile::tempdir().unwrap();
        let file = Some(folder.path().join("streams.json"));
        Checkpoint::read(file.clone()).keep("a.B", "12");
        let again = Checkpoint::read(file);
        assert_eq!(again.position("a.B"), Some("12"));
        assert_eq!(again.position("a.C"), None);
    }

    #[test]
    fn a_file_that_cannot_be_read_means_starting_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("streams.json");
        std::fs::write(&file, "{\"a.B\": \"1").unwrap();
        assert_eq!(Checkpoint::read(Some(file)).position("a.B"), None);
    }
}
