//! What can be wrong with a template, said to the person who writes templates.

/// A template that is missing or cannot be used. Holds nothing of a letter's content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// A kind of letter has no shared template.
    #[error("{file}: there is no such template, and every council needs it")]
    Missing {
        /// The file that should be there.
        file: String,
    },
    /// A file that no letter would ever use.
    #[error("{file}: no letter has this name; the names are {known}")]
    Unknown {
        /// The file.
        file: String,
        /// The names there are.
        known: String,
    },
    /// The template does not compile, or names something that is not there.
    #[error("{file}:{line}: {message}")]
    Template {
        /// The file, which may be one that the letter's own file builds on.
        file: String,
        /// From 1; 0 when it cannot be told.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// What the template made is no letter.
    #[error("{file}: {message}")]
    Shape {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
}

impl LetterError {
    /// The file it is about, by its place under the folder of policies.
    pub fn file(&self) -> &str {
        match self {
            LetterError::Missing { file }
            | LetterError::Unknown { file, .. }
            | LetterError::Template { file, .. }
            | LetterError::Shape { file, .. } => file,
        }
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> String {
        let said = self.to_string();
        let place = self.line().map_or_else(String::new, |line| format!(":{line}"));
        said.strip_prefix(&format!("{}{place}: ", self.file())).map_or_else(|| said.clone(), str::to_owned)
    }

    /// The line, from 1, where it can be told.
    pub fn line(&self) -> Option<usize> {
        match self {
            LetterError::Template { line, .. } => Some(*line).filter(|line| *line > 0),
            _ => None,
        }
    }

    /// From the engine's error: the innermost place it names is where the mistake stands.
    pub(crate) fn of(file: &str, error: &minijinja::Error) -> LetterError {
        let mut found = error;
        while let Some(inner) = std::error::Error::source(found).and_then(|inner| inner.downcast_ref()) {
            found = inner;
        }
        LetterError::Template {
            file: found.name().unwrap_or(file).to_owned(),
            line: found.line().unwrap_or(0),
            message: match found.detail() {
                Some(detail) => format!("{}: {detail}", found.kind()),
                None => found.kind().to_string(),
            },
        }
    }
}
