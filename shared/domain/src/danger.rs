//! Words of danger: feedback that says one of them is not left to wait its turn.

use serde::Deserialize;

/// The phrases, as `policies/danger.toml` lists them.
#[derive(Clone, Debug, Default)]
pub struct Danger {
    /// Each as [`plain`] makes it.
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    danger: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(rename = "of")]
    _of: String,
    phrases: Vec<String>,
}

impl Danger {
    /// Reads the list.
    ///
    /// # Errors
    /// A sentence with line and column, or the phrase that has no words.
    pub fn read(text: &str) -> Result<Danger, String> {
        let file: File = toml::from_str(text).map_err(|error| format!("danger.toml: {error}"))?;
        let phrases: Vec<String> =
            file.danger.iter().flat_map(|group| &group.phrases).map(|said| plain(said)).collect();
        if phrases.iter().any(|phrase| phrase.trim().is_empty()) {
            return Err("danger.toml: a phrase has no words, and would be found in every text".to_owned());
        }
        Ok(Danger { phrases })
    }

    /// Whether any of these texts says somebody may be in danger.
    pub fn is_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        texts.into_iter().map(plain).any(|text| self.phrases.iter().any(|phrase| text.contains(phrase.as_str())))
    }
}

/// Only words, in lower case, one space before and after each: a phrase is found as whole words and as nothing else.
fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    words.push(' ');
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn danger() -> Danger {
        Danger::read("[[danger]]\nof = \"x\"\nphrases = [\"he hits\", \"gas leak\", \"can't breathe\"]").unwrap()
    }

    #[test]
    fn a_phrase_is_found_however_it_is_written() {
        for text in ["He  hits\nme.", "There is a GAS-LEAK!", "I can’t breathe", "(cant breathe)"] {
            assert!(danger().is_in([text]), "{text}");
        }
    }

    #[test]
    fn part_of_a_word_is_another_word() {
        for text in ["The hits keep coming", "gas leakage report", "", "the hitset"] {
            assert!(!danger().is_in([text]), "{text}");
        }
    }

    #[test]
    fn a_phrase_without_words_is_no_phrase() {
        assert!(Danger::read("[[danger]]\nof = \"x\"\nphrases = [\"...\"]").is_err());
        assert!(Danger::read("danger = 1").unwrap_err().contains("danger.toml"));
    }
}
