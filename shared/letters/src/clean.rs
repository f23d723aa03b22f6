//! Text that came from outside, made harmless without changing a word of it.

/// The lines of a text: line breaks of every kind end one, what cannot be seen is dropped.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let breaks = |c: char| matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let joined = text.replace("\r\n", "\n").replace('\r', "\n");
    joined.split(breaks).map(|line| visible(line).trim_end().to_owned()).collect()
}

/// The text on one line, single spaces between its words.
pub(crate) fn line(text: &str) -> String {
    lines(text).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines without empty ones before the first and after the last word.
pub(crate) fn trimmed_lines(text: &str) -> Vec<String> {
    let mut found = lines(text);
    while found.last().is_some_and(String::is_empty) {
        found.pop();
    }
    let empty = found.iter().take_while(|line| line.is_empty()).count();
    found.split_off(empty)
}

fn visible(text: &str) -> String {
    text.chars().filter_map(|c| if c == '\t' { Some(' ') } else { Some(c).filter(|c| !is_hidden(*c)) }).collect()
}

/// Controls, and the marks that turn the direction of everything after them: a word
/// must not be able to rearrange our own. Joiners stay, because scripts and emoji need them.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_is_one() {
        assert_eq!(lines("a\r\nb\rc\u{2028}d\u{85}e"), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn what_cannot_be_seen_goes_and_every_script_stays() {
        assert_eq!(line("a\0\u{1b}[31mb \u{202e}שלום\tمرحبا 👩\u{200d}🚒"), "a[31mb שלום مرحبا 👩\u{200d}🚒");
    }

    #[test]
    fn a_text_begins_and_ends_with_words() {
        assert_eq!(trimmed_lines("\n\n a\n\nb \n\n"), [" a", "", "b"]);
        assert!(trimmed_lines(" \n").is_empty());
    }
}
