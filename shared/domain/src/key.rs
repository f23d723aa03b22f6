//! A person's key to their own case, as people handle it.

/// In groups of four, as it is read out, printed and typed.
pub fn in_fours(key: &str) -> String {
    let symbols: Vec<char> = key.chars().collect();
    symbols.chunks(4).map(String::from_iter).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_in_groups_of_four() {
        assert_eq!(in_fours("majg01234567890abcdefghjkmnpqrst"), "majg 0123 4567 890a bcde fghj kmnp qrst");
        assert_eq!(in_fours("abcde"), "abcd e");
        assert_eq!(in_fours(""), "");
    }
}
