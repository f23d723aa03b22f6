//! Something that cannot be meant, and the places of the file that say it.

use crate::policy::read::Places;

/// Something found.
pub(in crate::policy) struct Found {
    /// Paths, like `stages.0.respond.within`; the first is where it is told.
    paths: Vec<String>,
    message: String,
}

impl Found {
    /// At one place.
    pub(in crate::policy) fn at(path: impl Into<String>, message: impl Into<String>) -> Found {
        Found { paths: vec![path.into()], message: message.into() }
    }

    /// Between two places that cannot both be meant: both are named.
    pub(super) fn between(one: impl Into<String>, other: impl Into<String>, message: impl Into<String>) -> Found {
        Found { paths: vec![one.into(), other.into()], message: message.into() }
    }

    /// Where it starts, and what it says; nothing where it speaks of what was made up to read on.
    pub(in crate::policy) fn say(self, places: &Places<'_>) -> Option<(usize, String)> {
        let starts: Vec<usize> = self.paths.iter().map(|path| places.start(path)).collect::<Option<_>>()?;
        let first = starts.first().copied()?;
        let lines: Vec<usize> = starts.iter().map(|start| places.line(*start)).collect();
        let message = match lines.as_slice() {
            [one, other] => format!("{} (lines {} and {})", self.message, one.min(other), one.max(other)),
            _ => self.message,
        };
        Some((first, message))
    }
}
