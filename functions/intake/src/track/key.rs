//! A key as people give it: typed from paper with spaces and mistaken letters, or pasted with the whole link.

/// As many symbols as a key has.
const SYMBOLS: usize = 32;

/// Those a key is made of: no letter that is taken for a digit.
const ALPHABET: &str = "0123456789abcdefghjkmnpqrstvwxyz";

/// Reference and key from the two fields of the form. A link that was pasted into either fills both.
pub(super) fn given(reference: &str, key: &str) -> (String, String) {
    let linked = [key, reference].into_iter().find_map(linked);
    let (of_link, key_of_link) = linked.unwrap_or_default();
    let is_link = |text: &str| text.contains("key=") || text.contains("://");
    let own =
        |text: &str, linked: String| if is_link(text) || text.is_empty() { linked } else { named(text).to_owned() };
    (own(reference, of_link), own(key, plain(&key_of_link)))
}

/// The reference and the key in a link of ours, as far as they are there.
fn linked(text: &str) -> Option<(String, String)> {
    let (before, after) = text.split_once("/track/").or_else(|| text.split_once("key=").map(|(_, key)| ("", key)))?;
    if before.is_empty() {
        return Some((String::new(), after.to_owned()));
    }
    let reference = after.split(['?', '/', '#']).next().unwrap_or_default().trim();
    let key = after.split_once("key=").map_or("", |(_, key)| key);
    Some((reference.to_owned(), key.to_owned()))
}

/// Without the name it stands under in a letter: `Key: abcd efgh …`.
fn named(text: &str) -> &str {
    text.rsplit_once(':').map_or(text, |(_, value)| value).trim()
}

/// The key in what was given: in small letters, without what parts its groups, mistaken letters as they were meant.
pub(super) fn plain(text: &str) -> String {
    let key = text.split_once("key=").map_or_else(|| named(text), |(_, key)| key);
    let key = key.split(['&', '#']).next().unwrap_or_default();
    let symbols = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    symbols.map(|c| if c == 'o' { '0' } else { c }).map(|c| if matches!(c, 'i' | 'l') { '1' } else { c }).collect()
}

/// Whether it could be a key at all. Says nothing of any case.
pub(super) fn is_key(plain: &str) -> bool {
    plain.chars().count() == SYMBOLS && plain.chars().all(|c| ALPHABET.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "majg01234567890abcdefghjkmnpqrst";

    #[test]
    fn a_key_is_read_however_it_is_typed() {
        for typed in [
            "MAJG 0123 4567 890a bcde fghj kmnp qrst",
            "majg-oi23-4567-89oa-bcde-fghj-kmnp-qrst",
            " Key: majg 0l23 4567 890a bcde fghj kmnp qrst ",
            "https://redress.example/westminster/track/WCC-7QK4-2F9T?key=majg01234567890abcdefghjkmnpqrst&new=1",
            "…/WCC-7QK4-2F9T?key=majg01234567890abcdef\nghjkmnpqrst#letter-2",
        ] {
            assert_eq!(plain(typed), KEY, "{typed}");
        }
        assert!(is_key(KEY) && !is_key(&KEY[1..]) && !is_key(&KEY.replace('a', "u")));
    }

    #[test]
    fn a_link_in_either_field_fills_both() {
        let link = format!("https://redress.example/westminster/track/WCC-7QK4-2F9T?key={KEY}");
        let both = ("WCC-7QK4-2F9T".to_owned(), KEY.to_owned());
        assert_eq!(given(&link, ""), both);
        assert_eq!(given("", &link), both);
        assert_eq!(given(&link, &link), both);
        assert_eq!(given("Reference: WCC-7QK4-2F9T", &link), both);
        assert_eq!(given("tfc adrk 168b", "abc"), ("tfc adrk 168b".to_owned(), "abc".to_owned()));
        assert_eq!(given("", ""), (String::new(), String::new()));
    }
}
