//! The data and the guides: every policy loads, every letter can be written, every guide names what there is.

use redress_letters::Press;
use redress_platform::{Library, Source};
use redress_tidy::{House, guides, hold};

#[test]
fn every_policy_loads() {
    let library = Library::load(&Source::Packed).unwrap_or_else(|error| panic!("{error}"));
    let councils: Vec<&str> = library.councils().collect();
    let texts = House::here().texts();
    let folders = texts.iter().filter_map(|text| text.path.strip_prefix("policies/")?.strip_suffix("/v1.toml"));
    let folders: Vec<&str> = folders.collect();
    assert!(folders.len() >= 5, "the policies were not found");
    for folder in folders {
        assert!(councils.contains(&folder), "policies/{folder}/v1.toml:1: was not packed in");
        assert!(library.present(folder).is_some(), "policies/{folder}/v1.toml:1: names what is not there");
    }
}

#[test]
fn every_letter_compiles_and_can_be_written() {
    let library = Library::load(&Source::Packed).unwrap_or_else(|error| panic!("{error}"));
    let press = Press::new(library.templates()).unwrap_or_else(|error| panic!("{error}"));
    let wrong: Vec<String> = press.proof().iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_letter_that_names_what_is_not_there_is_found() {
    let library = Library::load(&Source::Packed).unwrap_or_else(|error| panic!("{error}"));
    let broken = library.templates().map(|(file, text)| {
        let text = if file == "letters/receipt.txt" { format!("{text}\n{{{{ recieved_on }}}}\n") } else { text };
        (file, text)
    });
    let found = Press::new(broken).map(|press| press.proof());
    assert!(!matches!(found, Ok(wrong) if wrong.is_empty()));
}

#[test]
fn the_guides_name_files_links_and_tests_that_there_are() {
    let house = House::here();
    let pages = guides::of(&house);
    assert!(pages.iter().any(|page| page.path == "ARCHITECTURE.md"), "the guides were not found");
    hold(guides::guides(&pages, &house.sources(), |path| house.has(path)));
}
