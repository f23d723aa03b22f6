//! References: random Crockford base 32 with a check symbol, like `SSC-7QK4-2F9T`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Random symbols before the check symbol.
const SYMBOLS: u32 = 7;

/// Crockford's modulus: a prime above 32, so that one wrong symbol, or two
/// neighbours swapped, never has the same check symbol.
const MODULUS: u64 = 37;

/// A case's reference. Says nothing about the person, the matter or the day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// What was typed is no reference.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a reference: it looks like SSC-7QK4-2F9T, and a typing mistake shows in its last letter")]
pub struct NotAReference(String);

impl Reference {
    /// A reference from 35 random bits. Of Crockford's 37 check symbols five are
    /// no letters or digits; a number that would need one has no reference.
    pub fn from_random(prefix: &str, random: u64) -> Option<Reference> {
        let number = random % 32u64.pow(SYMBOLS);
        let check = symbol(number % MODULUS)?;
        let mut symbols: Vec<char> =
            (0..SYMBOLS).rev().filter_map(|place| symbol(number / 32u64.pow(place) % 32)).collect();
        symbols.push(check);
        let (left, right) = symbols.split_at(4);
        let text = |half: &[char]| half.iter().collect::<String>();
        Some(Reference(format!("{prefix}-{}-{}", text(left), text(right))))
    }

    /// The reference with the same first symbols as what was typed, whose last one does not fit them.
    pub fn nearest(typed: &str) -> Option<Reference> {
        let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let split = plain.len().checked_sub(8).filter(|n| plain.is_ascii() && (2..=4).contains(n))?;
        let (prefix, symbols) = plain.split_at(split);
        let digits: Option<Vec<u64>> = symbols.chars().take(7).map(value).collect();
        let number = digits?.iter().fold(0u64, |sum, digit| sum * 32 + digit);
        let letters = prefix.chars().all(|c| c.is_ascii_alphabetic());
        Reference::from_random(&prefix.to_ascii_uppercase(), number).filter(|_| letters)
    }

    /// As written in letters and addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The symbol of a value under 32.
fn symbol(value: u64) -> Option<char> {
    usize::try_from(value).ok().and_then(|at| ALPHABET.get(at)).map(|byte| char::from(*byte))
}

/// The value of a symbol, forgiving the letters people mistake.
fn value(symbol: char) -> Option<u64> {
    let meant = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|byte| char::from(*byte) == meant)?;
    u64::try_from(at).ok()
}

impl FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Reference, NotAReference> {
        let wrong = || NotAReference(text.chars().take(40).collect());
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let split = plain.len().checked_sub(8).filter(|n| (2..=4).contains(n)).ok_or_else(wrong)?;
        if !plain.is_ascii() {
            return Err(wrong());
        }
        let (prefix, symbols) = plain.split_at(split);
        if !prefix.chars().all(|c| c.is_ascii_alphabetic()) {
            return Err(wrong());
        }
        let values: Option<Vec<u64>> = symbols.chars().map(value).collect();
        let values = values.ok_or_else(wrong)?;
        let (check, digits) = values.split_last().ok_or_else(wrong)?;
        let number = digits.iter().fold(0u64, |sum, digit| sum * 32 + digit);
        if number % MODULUS != *check {
            return Err(wrong());
        }
        Reference::from_random(&prefix.to_ascii_uppercase(), number).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Reference {
    type Error = NotAReference;

    fn try_from(text: String) -> Result<Reference, NotAReference> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references() -> impl Iterator<Item = Reference> {
        (0..2_000u64).filter_map(|n| Reference::from_random("SSC", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    #[test]
    fn a_reference_reads_back_however_it_is_typed() {
        for reference in references() {
            let typed = reference.as_str().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(typed.parse::<Reference>().unwrap(), reference);
        }
    }

    #[test]
    fn one_wrong_symbol_is_always_seen() {
        for reference in references().take(100) {
            for at in [4, 5, 6, 7, 9, 10, 11, 12] {
                for symbol in ALPHABET {
                    let mut bytes = reference.as_str().as_bytes().to_vec();
                    if bytes[at] == *symbol {
                        continue;
                    }
                    bytes[at] = *symbol;
                    let typed = String::from_utf8(bytes).unwrap();
                    assert!(typed.parse::<Reference>().is_err(), "{typed} for {reference}");
                }
            }
        }
    }

    #[test]
    fn two_neighbours_swapped_are_always_seen() {
        for reference in references().take(300) {
            for at in [4, 5, 6, 9, 10] {
                let mut bytes = reference.as_str().as_bytes().to_vec();
                bytes.swap(at, at + 1);
                let typed = String::from_utf8(bytes).unwrap();
                assert!(typed == reference.as_str() || typed.parse::<Reference>().is_err());
            }
        }
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        for text in ["", "SSC", "SSC-0000-000U", "S-0000-0000", "SSC-7QK4-2F9!", "ÀÀÀÀÀÀ-7QK4-2F9T"] {
            assert!(text.parse::<Reference>().is_err(), "{text}");
        }
    }
}
