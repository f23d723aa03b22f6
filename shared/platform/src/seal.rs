//! Sealed: given to somebody to keep, who can neither read it nor change it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::{Keys, random};

impl Keys {
    /// Bytes under a seal that only this deployment can break, and only for the same purpose. Nothing where they
    /// cannot be sealed at all.
    pub fn seal(&self, purpose: &str, bytes: &[u8]) -> Option<String> {
        // A nonce by chance is safe for far more seals than a council's staff will ever ask for (2^32).
        let nonce = random::<NONCE_LEN>();
        let mut sealed = bytes.to_vec();
        let tag = Nonce::assume_unique_for_key(nonce);
        self.sealing(purpose)?.seal_in_place_append_tag(tag, Aad::from(purpose), &mut sealed).ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// What is under a seal; nothing when it is none of ours, was changed, or is for another purpose.
    pub fn unseal(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut rest = rest.to_vec();
        let opened = self.sealing(purpose)?.open_in_place(nonce, Aad::from(purpose), &mut rest).ok()?;
        Some(opened.to_vec())
    }

    fn sealing(&self, purpose: &str) -> Option<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, &self.mac("seal", &[purpose])).ok()?;
        Some(LessSafeKey::new(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(b"a secret for tests only").unwrap()
    }

    #[test]
    fn what_is_sealed_is_opened_again_and_says_nothing_meanwhile() {
        let sealed = keys().seal("session", b"Maya Patel").unwrap();
        assert_eq!(keys().unseal("session", &sealed).unwrap(), b"Maya Patel");
        assert_ne!(keys().seal("session", b"Maya Patel").unwrap(), sealed, "the same is never sealed alike");
        assert!(!URL_SAFE_NO_PAD.decode(&sealed).unwrap().windows(4).any(|four| four == b"Maya"));
    }

    #[test]
    fn another_secret_another_purpose_and_any_change_open_nothing() {
        let sealed = keys().seal("session", b"Maya Patel").unwrap();
        assert!(Keys::new(b"another secret, for tests").unwrap().unseal("session", &sealed).is_none());
        assert!(keys().unseal("sign-in", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(keys().unseal("session", std::str::from_utf8(&changed).unwrap()).is_none(), "at {at}");
        }
        for wrong in ["", "AAAA", "not base64!", &sealed[..20]] {
            assert!(keys().unseal("session", wrong).is_none(), "{wrong}");
        }
    }
}
