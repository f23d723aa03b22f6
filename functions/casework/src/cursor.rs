//! The place to go on from, signed so that nobody can make one up.

use redress_domain::refusal::FieldError;
use redress_platform::Keys;
use redress_web::Problem;

/// Letters and digits of the signature that are kept: 80 bits.
const SIGNATURE: usize = 16;

/// A place in a list, as an address may carry it.
pub(crate) fn sign(keys: &Keys, council: &str, place: &str) -> String {
    let signature = keys.hash("cursor", &[council, place]);
    format!("{place}~{}", signature.get(..SIGNATURE).unwrap_or_default()).replace('#', "_")
}

/// The place, if the signature holds.
fn open(keys: &Keys, council: &str, cursor: &str) -> Option<String> {
    let (place, _) = cursor.rsplit_once('~')?;
    let place = place.replace('_', "#");
    (sign(keys, council, &place) == cursor).then_some(place)
}

/// The place that an address gives, if it gives one.
pub(crate) fn given(keys: &Keys, council: &str, cursor: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(signed) = cursor.filter(|cursor| !cursor.is_empty()) else { return Ok(None) };
    let message = "is not one this list gave out".to_owned();
    let wrong = || Problem::fields(vec![FieldError { field: "cursor".to_owned(), message }]);
    open(keys, council, signed).ok_or_else(wrong).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_at_its_own_council_only() {
        let keys = Keys::new(b"a secret for tests only").unwrap();
        let cursor = sign(&keys, "westminster", "2026-04-07#WCC-7QK4-2F9T");
        assert_eq!(open(&keys, "westminster", &cursor).unwrap(), "2026-04-07#WCC-7QK4-2F9T");
        assert_eq!(open(&keys, "lichfield", &cursor), None);
        assert_eq!(open(&keys, "westminster", "2026-04-07_x~0000"), None);
    }
}
