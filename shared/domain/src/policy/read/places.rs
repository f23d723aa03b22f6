//! Where things stand in a file.

use toml::Spanned;
use toml::de::DeValue;

/// A file that was read, to find lines in.
pub(in crate::policy) struct Places<'t> {
    text: &'t str,
    root: &'t Spanned<DeValue<'t>>,
}

impl<'t> Places<'t> {
    /// Those of a file.
    pub(super) fn of(text: &'t str, root: &'t Spanned<DeValue<'t>>) -> Places<'t> {
        Places { text, root }
    }

    /// Where the thing at a path starts; of what is not there, where the nearest thing around it does.
    /// Nothing for what the file does not say, because it was made up to read on.
    pub(in crate::policy) fn start(&self, path: &str) -> Option<usize> {
        let (mut here, mut start) = (self.root, 0);
        for step in path.split('.') {
            let found = match here.get_ref() {
                DeValue::Table(table) => table.get_key_value(step).map(|(key, value)| (key.span().start, value)),
                DeValue::Array(array) => {
                    let entry = step.parse::<usize>().ok().and_then(|n| array.get(n));
                    entry.map(|value| (value.span().start, value))
                }
                _ => None,
            };
            let Some((at, value)) = found else { break };
            if value.span().start > self.text.len() {
                return None;
            }
            (here, start) = (value, at);
        }
        Some(start)
    }

    /// The number of the line, from 1.
    pub(in crate::policy) fn line(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or(self.text).matches('\n').count() + 1
    }
}
