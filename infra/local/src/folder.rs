//! A data folder opened without the service, for tools that only look.

use std::path::Path;

use redress_office::heads::Anchored;
use redress_platform::{Library, Source};
use redress_store::Store;

use crate::LocalError;
use crate::dynamo::{Embedded, Place};
use crate::permissions::caller::laptop;

/// A folder's tables, as long as this lives.
pub struct Opened {
    /// The tables.
    pub store: Store,
    /// What was anchored of its histories: in a folder without a lock, so it shows a mistake and no forger.
    pub anchored: Anchored,
    _database: Embedded,
}

/// Opens a folder that has data in it.
///
/// # Errors
/// When it has none, or is of another version.
pub fn open(folder: &Path) -> Result<Opened, LocalError> {
    if crate::laptop::is_new(folder) {
        let why = std::io::Error::new(std::io::ErrorKind::NotFound, "no data of this service is in it");
        return Err(LocalError::Io(folder.display().to_string(), why));
    }
    let template = crate::template::embedded()?;
    let database = Embedded::open(&Place::Folder(folder.to_owned()), &template)?;
    let library = Library::load(&Source::Packed).map_err(|error| LocalError::Policies(error.to_string()))?;
    let settings = crate::laptop::settings(Some(folder), String::new(), template.bus.clone(), library)?;
    let store = Store::new(&laptop().at(database.endpoint()), &settings);
    let anchored = crate::files::anchored(&folder.join(crate::laptop::FILES), database.gate());
    let anchored = anchored.map_err(LocalError::Function)?;
    Ok(Opened { store, anchored, _database: database })
}
