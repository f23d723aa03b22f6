//! Tells the code of a Rust file from its comments and strings.

use std::ops::Range;

use crate::Literal;

/// A file's code, with comments and the insides of strings made blank, byte for byte.
pub(crate) struct Blanked {
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal>,
}

/// Blanks comments and strings.
pub(crate) fn blank(text: &str) -> Blanked {
    let bytes = text.as_bytes();
    let mut spaces: Vec<Range<usize>> = Vec::new();
    let mut literals = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = if rest.starts_with(b"//") {
            at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
        } else if rest.starts_with(b"/*") {
            at + comment(rest)
        } else if let Some((inner, len)) = string(bytes, at) {
            literals.push(Literal { at, value: text[inner.clone()].to_owned() });
            spaces.push(inner);
            at += len;
            continue;
        } else if bytes[at] == b'\'' {
            at + character(&text[at..])
        } else {
            at += 1;
            continue;
        };
        spaces.push(at..end);
        at = end;
    }
    Blanked { code: without(text, &spaces), literals }
}

/// The text with these ranges made blank; lines stay where they are.
pub(crate) fn without(text: &str, spaces: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for byte in spaces.iter().flat_map(|range| range.clone()) {
        if bytes[byte] != b'\n' {
            bytes[byte] = b' ';
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The length of a block comment, which may hold others.
fn comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// What stands in a string that begins here, and the length of the whole.
fn string(bytes: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    if bytes[at] == b'"' {
        let mut end = at + 1;
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        return Some((at + 1..end, end + 1 - at));
    }
    if bytes[at] != b'r' || (at > 0 && is_word(bytes[at - 1]) && bytes[at - 1] != b'b') {
        return None;
    }
    let marks = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
    let open = at + 1 + marks;
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', marks)).collect();
    let inner = bytes[open + 1..].windows(close.len()).position(|window| window == close)?;
    let end = open + 1 + inner;
    Some((open + 1..end, end + close.len() - at))
}

/// The length of a character, or of the mark of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[3.min(rest.len())..].find('\'').map_or(1, |end| end + 4),
        Some(_) => chars.next().filter(|(_, next)| *next == '\'').map_or(1, |(end, _)| end + 1),
        None => 1,
    }
}

/// Whether a byte can stand in a name.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_no_code() {
        let blanked = blank("a(\"b // c\"); // d\n/* e /* f */ g */ h('\"', 'i', '\\'', r#\"j\"k\"#) &'l m");
        let words: Vec<&str> =
            blanked.code.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        assert_eq!(words, ["a", "h", "r", "l", "m"]);
        let values: Vec<&str> = blanked.literals.iter().map(|literal| literal.value.as_str()).collect();
        assert_eq!(values, ["b // c", "j\"k"]);
    }

    #[test]
    fn lines_stay_where_they_are() {
        let blanked = blank("\"a\nb\" c // “d”\ne");
        assert_eq!(blanked.code.lines().count(), 3);
        assert!(blanked.code.ends_with("\ne"));
    }
}
