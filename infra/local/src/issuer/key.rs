//! The issuer's Ed25519 key: made at the first start, then found again.

use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openidconnect::core::CoreEdDsaPrivateSigningKey;
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::Value;

use super::IssuerError;

/// What stands before the 32 bytes of an Ed25519 key in PKCS#8.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// The key in the file, or a new one, which is put there.
pub(super) fn have(file: Option<&Path>) -> Result<CoreEdDsaPrivateSigningKey, IssuerError> {
    let Some(file) = file else {
        return read(&make()?);
    };
    match std::fs::read_to_string(file) {
        Ok(pem) => read(&pem),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let pem = make()?;
            keep(file, &pem)?;
            read(&pem)
        }
        Err(error) => Err(error.into()),
    }
}

/// The key, named after its public half, so that another key has another name.
fn read(pem: &str) -> Result<CoreEdDsaPrivateSigningKey, IssuerError> {
    let key = |id| CoreEdDsaPrivateSigningKey::from_ed25519_pem(pem, id).map_err(IssuerError::Key);
    let public =
        serde_json::to_value(key(None)?.as_verification_key()).map_err(|error| IssuerError::Key(error.to_string()))?;
    let name = public.get("x").and_then(Value::as_str).unwrap_or_default();
    key(Some(JsonWebKeyId::new(name.chars().take(16).collect())))
}

fn make() -> Result<String, IssuerError> {
    let mut der = [0; 48];
    let (head, secret) = der.split_at_mut(PKCS8.len());
    head.copy_from_slice(&PKCS8);
    getrandom::fill(secret).map_err(|error| IssuerError::Key(error.to_string()))?;
    let text = STANDARD.encode(der);
    Ok(format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n"))
}

/// For the owner's eyes only: whoever has the key is whomever they like.
pub(crate) fn keep(file: &Path, pem: &str) -> std::io::Result<()> {
    let half = file.with_extension("half");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&half)?.write_all(pem.as_bytes())?;
    std::fs::rename(half, file)
}
