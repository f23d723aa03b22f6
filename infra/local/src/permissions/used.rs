//! Which statement was used for what, written down while tests run: what no test uses is allowed for nothing.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::Matched;
use super::statement::Use;

/// The variable that names the folder to write to; without it nothing is written.
pub const FOLDER: &str = "REDRESS_PERMISSIONS_USED";

/// What was used, in a file of this program's own.
#[derive(Debug, Default)]
pub(super) struct Used {
    file: Option<PathBuf>,
    known: Mutex<BTreeSet<Use>>,
}

impl Used {
    /// Writes to the folder that the environment names, if it names one.
    pub(super) fn from_environment() -> Used {
        let folder = std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        Used {
            file: folder.map(|folder| folder.join(format!("{}.tsv", uuid::Uuid::new_v4()))),
            known: Mutex::default(),
        }
    }

    /// Writes down a use, the first time it is made.
    pub(super) fn note(&self, by: &Matched<'_>) {
        let Some(file) = &self.file else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = by.keys.iter().map(|key| Some((*key).to_owned()));
        let keys: Vec<Option<String>> = if by.keys.is_empty() { vec![None] } else { keys.collect() };
        for key in keys {
            let used = Use {
                of: by.statement.of.clone(),
                sid: by.statement.sid.clone(),
                action: by.action.to_owned(),
                resource: by.resource.to_owned(),
                key,
            };
            if known.contains(&used) {
                continue;
            }
            match write(file, &used) {
                Ok(()) => drop(known.insert(used)),
                Err(error) => tracing::error!(%error, "what was permitted could not be written down"),
            }
        }
    }
}

fn write(file: &Path, used: &Use) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let line = [&used.of, &used.sid, &used.action, &used.resource, used.key.as_ref().unwrap_or(&String::new())]
        .map(String::as_str)
        .join("\t");
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    // One write: several services of one test may have the same file open.
    file.write_all(format!("{line}\n").as_bytes())
}

/// Every use that was written down in a folder.
///
/// # Errors
/// When the folder or a file cannot be read, or holds something else.
pub fn read(folder: &Path) -> std::io::Result<BTreeSet<Use>> {
    let mut uses = BTreeSet::new();
    for file in std::fs::read_dir(folder)? {
        let file = file?.path();
        for line in std::fs::read_to_string(&file)?.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let [of, sid, action, resource, key] = parts[..] else {
                let why = format!("{}: `{line}` is not a use", file.display());
                return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, why));
            };
            let own = |part: &str| part.to_owned();
            let key = Some(own(key)).filter(|key| !key.is_empty());
            uses.insert(Use { of: own(of), sid: own(sid), action: own(action), resource: own(resource), key });
        }
    }
    Ok(uses)
}
