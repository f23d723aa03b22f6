//! Which template files there are: the shared ones, and a council's own in their place.

use redress_domain::case::name_of;
use redress_domain::letter::LetterKind;

use crate::error::LetterError;

/// The template of mail to staff.
pub(crate) const STAFF: &str = "staff";

/// The template of the morning's digest.
pub(crate) const DIGEST: &str = "digest";

/// The shared template of a name.
pub(crate) fn shared(name: &str) -> String {
    format!("letters/{name}.txt")
}

/// A council's own template of a name.
pub(crate) fn own(council: &str, name: &str) -> String {
    format!("{council}/letters/{name}.txt")
}

/// Every name that a template is looked for by.
pub(crate) fn names() -> Vec<String> {
    LetterKind::ALL.into_iter().map(name_of).chain([STAFF, DIGEST].map(str::to_owned)).collect()
}

/// Whether a file would ever be used. One that begins with `_` is for others to build on.
///
/// # Errors
/// A file of any other name: a slip in it would silently send the shared letter instead.
pub(crate) fn check_name(file: &str) -> Result<(), LetterError> {
    let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".txt")).unwrap_or(file);
    if stem.starts_with('_') || names().iter().any(|name| name == stem) {
        return Ok(());
    }
    Err(LetterError::Unknown { file: file.to_owned(), known: names().join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_file_name_is_told_with_the_names_there_are() {
        assert!(check_name("westminster/letters/response.txt").is_ok());
        assert!(check_name("letters/_base.txt").is_ok());
        let error = check_name("westminster/letters/respons.txt").unwrap_err().to_string();
        assert!(error.contains("acknowledgement, passed-on"), "{error}");
    }
}
