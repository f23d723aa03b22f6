//! What somebody said of a file, as S3 gives it back: what is not ASCII comes as RFC 2047 writes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The words in the value of a header.
pub(crate) fn decoded(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let mut words = String::new();
    let mut rest: &str = &text;
    while let Some((before, after)) = rest.split_once("=?") {
        let Some((word, next)) = encoded(after) else {
            words.push_str(before);
            words.push_str("=?");
            rest = after;
            continue;
        };
        // White space between two encoded words only parts them.
        if words.is_empty() || !before.trim().is_empty() {
            words.push_str(before);
        }
        words.push_str(&word);
        rest = next;
    }
    words.push_str(rest);
    words
}

/// An encoded word after its `=?`, and what follows it.
fn encoded(text: &str) -> Option<(String, &str)> {
    let mut parts = text.splitn(3, '?');
    let (charset, how, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (word, next) = rest.split_once("?=")?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let bytes = match how {
        "B" | "b" => STANDARD.decode(word).ok()?,
        "Q" | "q" => quoted(word)?,
        _ => return None,
    };
    Some((String::from_utf8_lossy(&bytes).into_owned(), next))
}

fn quoted(word: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'_' => b' ',
            b'=' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were_said() {
        for (value, words) in [
            ("photo.pdf", "photo.pdf"),
            ("=?UTF-8?B?w6lyYWJsZS5wZGY=?=", "érable.pdf"),
            ("=?UTF-8?Q?=C3=A9rable_1.pdf?=", "érable 1.pdf"),
            ("=?UTF-8?Q?=C3=A9?= =?UTF-8?Q?=C3=A8.pdf?=", "éè.pdf"),
            ("a =? b.pdf", "a =? b.pdf"),
            ("=?latin1?Q?x?=", "=?latin1?Q?x?="),
            ("", ""),
        ] {
            assert_eq!(decoded(value.as_bytes()), words);
        }
    }
}
