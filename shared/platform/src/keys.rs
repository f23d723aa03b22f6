//! Keyed hashes: what is looked up without being stored.

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret under this length is refused.
const SECRET_BYTES_MIN: usize = 16;

/// The deployment's secret, for keyed hashes. Never shown, not even for debugging.
#[derive(Clone)]
pub struct Keys {
    secret: Arc<[u8]>,
}

/// A secret that is none.
#[derive(Debug, thiserror::Error)]
#[error("REDRESS_SECRET must be at least {SECRET_BYTES_MIN} characters long")]
pub struct SecretTooShort;

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// From the deployment's secret.
    ///
    /// # Errors
    /// When it is too short to be one.
    pub fn new(secret: &[u8]) -> Result<Keys, SecretTooShort> {
        if secret.len() < SECRET_BYTES_MIN {
            return Err(SecretTooShort);
        }
        Ok(Keys { secret: secret.into() })
    }

    /// A keyed hash for looking something up, in 32 letters and digits.
    /// `purpose` keeps hashes of different things apart.
    pub fn hash(&self, purpose: &str, parts: &[&str]) -> String {
        base32(&self.mac(purpose, parts))
    }

    /// The tracking key of a case: made again whenever it is needed, changed by its generation.
    pub fn tracking_key(&self, council: &str, reference: &str, generation: u32) -> String {
        self.hash("track", &[council, reference, &generation.to_string()])
    }

    /// Whether a tracking key is the case's, taking the same time whatever it is.
    pub fn is_tracking_key(&self, key: &str, council: &str, reference: &str, generation: u32) -> bool {
        let right = self.tracking_key(council, reference, generation);
        let given = key.trim().to_lowercase();
        let differs = right.bytes().zip(given.bytes()).fold(0u8, |differs, (a, b)| differs | (a ^ b));
        right.len() == given.len() && differs == 0
    }

    pub(crate) fn mac(&self, purpose: &str, parts: &[&str]) -> Vec<u8> {
        // HMAC takes a key of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return Vec::new() };
        for part in std::iter::once(&purpose).chain(parts) {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().to_vec()
    }
}

/// Random bytes from the system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Without randomness no reference or salt is safe: nothing may go on.
        tracing::error!(%error, "the system has no randomness");
        std::process::abort();
    }
    bytes
}

/// The first 160 bits, in lower case Crockford base 32.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::with_capacity(32);
    for chunk in bytes.chunks(5).take(4) {
        let five = chunk.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            let symbol = usize::try_from(five >> (place * 5) & 31).unwrap_or(0);
            text.push(char::from(*ALPHABET.get(symbol).unwrap_or(&b'0')));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(b"a secret for tests only").unwrap()
    }

    #[test]
    fn a_tracking_key_opens_its_own_case_and_no_other() {
        let key = keys().tracking_key("westminster", "WCC-1", 0);
        assert_eq!(key.len(), 32);
        assert!(keys().is_tracking_key(&key.to_uppercase(), "westminster", "WCC-1", 0));
        assert!(!keys().is_tracking_key(&key, "westminster", "WCC-1", 1));
        assert!(!keys().is_tracking_key(&key, "westminster", "WCC-2", 0));
        assert!(!keys().is_tracking_key("", "westminster", "WCC-1", 0));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(keys().hash("x", &["ab", "c"]), keys().hash("x", &["a", "bc"]));
    }

    #[test]
    fn a_short_secret_is_refused_and_a_secret_is_never_shown() {
        assert!(Keys::new(b"short").is_err());
        assert_eq!(format!("{:?}", keys()), "Keys(…)");
    }
}
