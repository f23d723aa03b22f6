//! The pages' words, in every language there is: catalogues in `words/`, a folder a language.
//!
//! A text is named by its place (`journey.kind.title` stands in `journey.toml`) and may have `{names}` in it. A language that has
//! not said something yet says it in English, and the page says that its translation is a draft.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

static CATALOGUES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/words");

/// The language every text is written in first.
pub const FIRST: &str = "en";

/// Every catalogue, read once; one that is broken is empty here, and `Pages::new` says why.
static ALL: LazyLock<BTreeMap<&'static str, Words>> =
    LazyLock::new(|| languages().map(|id| (id, Words::of(id).unwrap_or_default())).collect());

/// One language's texts, by their place.
#[derive(Clone, Debug, Default)]
pub struct Words {
    texts: BTreeMap<String, String>,
}

/// A catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("words/{0}: {1}")]
pub struct WordsError(String, String);

impl Words {
    /// The texts of a language; of one that is not here, none.
    ///
    /// # Errors
    /// When the catalogue is not TOML, or holds something that is no text.
    pub fn of(language: &str) -> Result<Words, WordsError> {
        let mut texts = BTreeMap::new();
        let files = CATALOGUES.get_dir(language).into_iter().flat_map(Dir::files);
        for file in files {
            let wrong = |why: String| WordsError(file.path().display().to_string(), why);
            let area = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let table: toml::Table =
                toml::from_str(file.contents_utf8().unwrap_or_default()).map_err(|error| wrong(error.to_string()))?;
            gather(area, &toml::Value::Table(table), &mut texts)
                .map_err(|place| wrong(format!("{place} is no text")))?;
        }
        Ok(Words { texts })
    }

    /// A text, with its `{names}` filled in; nothing when this language does not have it.
    pub fn say(&self, place: &str, names: &[(&str, &str)]) -> Option<String> {
        self.texts.get(place).map(|text| Words::filled(text, names))
    }

    /// A text's `{names}`, filled in at once: what is put in is never looked through for names itself.
    pub fn filled(text: &str, names: &[(&str, &str)]) -> String {
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let value = after.split_once('}').and_then(|(name, after)| {
                let (_, value) = names.iter().find(|(known, _)| *known == name)?;
                Some((value, after))
            });
            match value {
                Some((value, after)) => {
                    said.push_str(value);
                    rest = after;
                }
                None => {
                    said.push('{');
                    rest = after;
                }
            }
        }
        said.push_str(rest);
        said
    }

    /// Whether a language has a text of its own here.
    pub fn knows(language: &str, place: &str) -> bool {
        ALL.get(language).is_some_and(|words| words.texts.contains_key(place))
    }

    /// A text in a language, or in English where that language does not have it, or its bare place.
    pub fn said(language: &str, place: &str, names: &[(&str, &str)]) -> String {
        let found = [language, FIRST].into_iter().find_map(|id| ALL.get(id)?.say(place, names));
        found.unwrap_or_else(|| place.to_owned())
    }

    /// Every place there is.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

/// The languages there are catalogues for.
pub fn languages() -> impl Iterator<Item = &'static str> {
    CATALOGUES.dirs().filter_map(|folder| folder.path().file_name()?.to_str())
}

fn gather(place: &str, value: &toml::Value, texts: &mut BTreeMap<String, String>) -> Result<(), String> {
    match value {
        toml::Value::String(text) => {
            texts.insert(place.to_owned(), text.clone());
            Ok(())
        }
        toml::Value::Table(table) => {
            table.iter().try_for_each(|(name, inner)| gather(&format!("{place}.{name}"), inner, texts))
        }
        _ => Err(place.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything_that_english_says_and_nothing_else() {
        let first = Words::of(FIRST).unwrap();
        for language in languages() {
            let words = Words::of(language).unwrap();
            let missing: Vec<&str> = first.places().filter(|place| words.say(place, &[]).is_none()).collect();
            let added: Vec<&str> = words.places().filter(|place| first.say(place, &[]).is_none()).collect();
            assert!(missing.is_empty() && added.is_empty(), "{language}: missing {missing:?}, added {added:?}");
        }
    }

    #[test]
    fn a_translation_names_the_same_names() {
        let first = Words::of(FIRST).unwrap();
        let names = |text: &str| {
            let mut found: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            found.sort();
            found
        };
        for language in languages() {
            let words = Words::of(language).unwrap();
            for place in first.places() {
                let (said, meant) = (words.say(place, &[]).unwrap_or_default(), first.say(place, &[]).unwrap());
                assert_eq!(names(&said), names(&meant), "{language}: {place}");
            }
        }
    }
}
