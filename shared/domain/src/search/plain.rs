//! Words as they are compared: without case, accents, apostrophes or a plural's s.

/// A longer word is cut: nobody types more of it.
const WORD_MAX: usize = 30;

/// A telephone number has at least this many digits, and at most as many as there can be.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Somebody's numbers: two at most.
const PHONES_MAX: usize = 2;

/// Words that are in every case, and so find none.
const STOP: &[&str] = &[
    "about",
    "after",
    "again",
    "all",
    "also",
    "although",
    "always",
    "and",
    "another",
    "any",
    "are",
    "asked",
    "away",
    "back",
    "because",
    "been",
    "before",
    "being",
    "both",
    "but",
    "came",
    "can",
    "cannot",
    "case",
    "come",
    "complaint",
    "complain",
    "could",
    "council",
    "day",
    "dear",
    "did",
    "didnt",
    "does",
    "doesnt",
    "doing",
    "done",
    "dont",
    "down",
    "during",
    "each",
    "even",
    "ever",
    "every",
    "first",
    "for",
    "from",
    "get",
    "getting",
    "give",
    "given",
    "going",
    "got",
    "had",
    "has",
    "hasnt",
    "have",
    "havent",
    "having",
    "her",
    "here",
    "him",
    "his",
    "how",
    "however",
    "into",
    "isnt",
    "its",
    "itself",
    "just",
    "know",
    "last",
    "like",
    "made",
    "make",
    "many",
    "may",
    "month",
    "more",
    "most",
    "much",
    "must",
    "myself",
    "need",
    "never",
    "next",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "off",
    "once",
    "one",
    "only",
    "other",
    "our",
    "out",
    "over",
    "own",
    "please",
    "put",
    "said",
    "same",
    "say",
    "see",
    "she",
    "should",
    "since",
    "some",
    "still",
    "such",
    "take",
    "than",
    "thank",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "this",
    "those",
    "though",
    "three",
    "through",
    "time",
    "told",
    "too",
    "two",
    "under",
    "until",
    "upon",
    "use",
    "used",
    "very",
    "want",
    "was",
    "wasnt",
    "way",
    "week",
    "well",
    "went",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "without",
    "wont",
    "would",
    "year",
    "yet",
    "you",
    "your",
    "yours",
];

/// What stands before or after a name, and is none.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "prof", "cllr", "councillor", "esq"];

/// The words of a text that may tell one case from another.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    split(text).map(|word| singular(&word)).filter(|word| tells(word))
}

/// The same of one word that somebody looks for; nothing when it is in every case.
pub(super) fn word(text: &str) -> Option<String> {
    words(text).next()
}

/// Whether a word is in every case; it may be somebody's name all the same.
pub(super) fn is_common(word: &str) -> bool {
    STOP.contains(&word)
}

/// The words of a name.
pub fn name_words(name: &str) -> impl Iterator<Item = String> + '_ {
    split(name).filter(|word| word.chars().count() > 1 && !TITLES.contains(&word.as_str()))
}

/// The words of a line of an address, a house's number among them.
pub(super) fn street_words(line: &str) -> impl Iterator<Item = String> + '_ {
    let line = ending_postcode(line).map_or(line, |(before, _)| before);
    split(line).filter(|word| word.chars().count() > 2 || word.chars().any(|c| c.is_ascii_digit()))
}

/// A whole line, with one space between its words.
pub(super) fn line(text: &str) -> String {
    let text = ending_postcode(text).map_or(text, |(before, _)| before);
    split(text).collect::<Vec<_>>().join(" ")
}

/// An e-mail address.
pub(super) fn email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Telephone numbers, in digits as they are dialled here.
pub fn phone_numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    let pieces = text.split(|c: char| !(c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c)));
    pieces.filter_map(phone).take(PHONES_MAX)
}

fn phone(text: &str) -> Option<String> {
    // “+44 (0)1530 …” is written by careful people, and the 0 is not dialled after 44.
    let digits: String = text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let abroad = text.trim_start().starts_with('+') || digits.starts_with("00");
    let national = digits.trim_start_matches("00").strip_prefix("44").filter(|_| abroad);
    let number = national.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    DIGITS.contains(&number.len()).then_some(number)
}

/// The postcode a line ends with, and what stands before it.
pub(super) fn ending_postcode(text: &str) -> Option<(&str, String)> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ".,".contains(c));
    let space = |text: &str| text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let last = space(text);
    let one = last.unwrap_or(0);
    if let Some(code) = postcode(text.get(one..)?) {
        return Some((text.get(..one)?, code));
    }
    let two = space(text.get(..last?)?.trim_end()).unwrap_or(0);
    Some((text.get(..two)?, postcode(text.get(two..)?)?))
}

/// A postcode: `WV8 1PX`, however it is spaced.
pub(super) fn postcode(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    if !code.is_ascii() || !(5..=7).contains(&code.len()) {
        return None;
    }
    let (outward, inward) = code.split_at(code.len() - 3);
    let letters = outward.chars().take_while(char::is_ascii_lowercase).count();
    let mut district = outward.chars().skip(letters);
    let outward = (1..=2).contains(&letters)
        && district.next().is_some_and(|c| c.is_ascii_digit())
        && district.all(|c| c.is_ascii_alphanumeric());
    let mut inward = inward.chars();
    let inward = inward.next().is_some_and(|c| c.is_ascii_digit()) && inward.all(|c| c.is_ascii_lowercase());
    (outward && inward).then_some(code)
}

/// The words of a text, in lower case, without accents and apostrophes.
pub(super) fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || is_apostrophe(c) || is_accent(c))).filter_map(|piece| {
        let kept = piece.chars().filter(|c| !is_apostrophe(*c) && !is_accent(*c));
        let mut word = String::new();
        for letter in kept.flat_map(char::to_lowercase).take(WORD_MAX) {
            match unaccented(letter) {
                Some(plain) => word.push_str(plain),
                // What some letters become in lower case is a letter and an accent.
                None if is_accent(letter) => {}
                None => word.push(letter),
            }
        }
        (!word.is_empty()).then_some(word)
    })
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

/// An accent that stands after its letter, as some keyboards and all of one maker's computers write it.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The letter without its accent: the languages of these islands and of their neighbours.
fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// A bin is found by bins.
fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with(['s', 'u', 'i']) => one.to_owned(),
        _ => word.to_owned(),
    }
}

fn tells(word: &str) -> bool {
    let long = word.chars().count();
    let digit = word.chars().any(|c| c.is_ascii_digit());
    (long > 2 || (long == 2 && digit)) && !STOP.contains(&word) && !TITLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(found: impl Iterator<Item = String>) -> Vec<String> {
        found.collect()
    }

    #[test]
    fn a_text_is_its_words_without_what_every_case_says() {
        let text = "The green bins were NOT collected on 3 Mondays, 12a Mill Lane’s bins.";
        assert_eq!(all(words(text)), ["green", "bin", "collected", "monday", "12a", "mill", "lane", "bin"]);
        assert_eq!(word("the"), None);
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        assert_eq!(all(name_words("Mrs Siân O’Neill-Łukasz")), ["sian", "oneill", "lukasz"]);
        assert_eq!(all(name_words("sia\u{302}n O'NEILL")), ["sian", "oneill"]);
        assert_eq!(all(name_words("Ng Wei J.")), ["ng", "wei"]);
    }

    #[test]
    fn a_phone_number_is_the_same_at_home_and_from_abroad() {
        for written in ["01530 454545", "+44 1530 454545", "+44 (0)1530 454 545", "0044-1530-454545"] {
            assert_eq!(all(phone_numbers(written)), ["01530454545"], "{written}");
        }
        assert_eq!(all(phone_numbers("01530 454545 or 07700 900123, evenings")), ["01530454545", "07700900123"]);
        assert_eq!(all(phone_numbers("ask at 12")), Vec::<String>::new());
    }

    #[test]
    fn a_postcode_is_seen_at_the_end_of_a_line() {
        assert_eq!(ending_postcode("Codsall, WV8 1PX."), Some(("Codsall,", "wv81px".to_owned())));
        assert_eq!(ending_postcode("le673fj"), Some(("", "le673fj".to_owned())));
        assert_eq!(ending_postcode("SW1A 2AA"), Some(("", "sw1a2aa".to_owned())));
        for other in ["", "12 Mill Lane", "M25", "W1", "A1 road 12ab", "ŵŵ8 1ŷŷ"] {
            assert_eq!(ending_postcode(other), None, "{other}");
        }
    }
}
