//! What was typed into the one box of the search.

use super::{Class, Token, name_words, phone_numbers, plain};
use crate::case::Reference;

/// At most this many things are looked for at once; what is typed beyond them narrows nothing.
pub const TERMS_MAX: usize = 6;

/// One thing that must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it was typed.
    pub said: String,
    /// In any of these senses.
    pub any: Vec<Token>,
}

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// One case, by its reference.
    pub reference: Option<Reference>,
    /// The reference has a slip in it: this is the one with its first symbols.
    pub nearest: Option<Reference>,
    /// It looks like a reference of this council, and is none.
    pub slip: bool,
    /// What must all be found, where it is no reference.
    pub terms: Vec<Term>,
    /// What was not looked for, as it is in every case, or one thing too many.
    pub left_out: Vec<String>,
}

/// What was typed, understood. `prefix` is what the council's references begin with.
pub fn seek(typed: &str, prefix: &str) -> Sought {
    let typed = typed.trim();
    let (reference, nearest, slip) = reference(typed, prefix);
    let mut sought = Sought { reference, nearest, slip, ..Sought::default() };
    let mut rest = typed;
    let mut terms = Vec::new();
    if let Some((before, code)) = plain::ending_postcode(typed) {
        terms.push(term(code.to_uppercase(), [Token::new(Class::Postcode, code)]));
        rest = before;
    }
    if let Some(number) = whole_number(rest) {
        terms.push(term(rest.trim().to_owned(), [Token::new(Class::Phone, number)]));
        rest = "";
    }
    for said in rest.split_whitespace() {
        if said.contains('@') {
            let address = plain::email(said.trim_matches(|c: char| "<>(),;".contains(c)));
            terms.push(term(said.to_owned(), [Token::new(Class::Email, address)]));
            continue;
        }
        for piece in plain::split(said) {
            let any = senses(&piece);
            match any.is_empty() {
                true => sought.left_out.push(piece),
                false => terms.push(Term { said: piece, any }),
            }
        }
    }
    if terms.is_empty() {
        // “Will” and “May” are in every case, and are somebody's name.
        let names = sought.left_out.iter().flat_map(|word| name_words(word).filter(|name| plain::is_common(name)));
        terms = names.map(|name| Term { said: name.clone(), any: vec![Token::new(Class::Name, name)] }).collect();
        sought.left_out.retain(|word| terms.iter().all(|term| term.said != *word));
    }
    let mut seen = std::collections::BTreeSet::new();
    terms.retain(|term| seen.insert(term.any.clone()));
    sought.left_out.extend(terms.iter().skip(TERMS_MAX).map(|term| term.said.clone()));
    terms.truncate(TERMS_MAX);
    sought.terms = terms;
    sought
}

fn term(said: String, any: [Token; 1]) -> Term {
    Term { said, any: any.into() }
}

/// A word may be one of a name, of an address, or of what the case is about.
fn senses(word: &str) -> Vec<Token> {
    let number = word.chars().any(|c| c.is_ascii_digit());
    if plain::is_common(word) {
        return Vec::new();
    }
    let name = name_words(word).next().filter(|_| !number).map(|word| Token::new(Class::Name, word));
    let about = plain::word(word).map(|word| Token::new(Class::Word, word));
    let street = plain::street_words(word).next().filter(|_| number || about.is_some());
    name.into_iter().chain(street.map(|word| Token::new(Class::Street, word))).chain(about).collect()
}

/// The number, where nothing but one was typed.
fn whole_number(text: &str) -> Option<String> {
    let all = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
    phone_numbers(text).next().filter(|_| all)
}

/// The reference that was typed, the nearest one, and whether it is one with a slip.
fn reference(typed: &str, prefix: &str) -> (Option<Reference>, Option<Reference>, bool) {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let upper = plain.to_ascii_uppercase();
    let whole = match upper.strip_prefix(prefix) {
        Some(symbols) if symbols.len() == 8 => plain.clone(),
        // Without the council's letters, as people read it out.
        _ if plain.len() == 8 && plain.chars().any(|c| c.is_ascii_digit()) => format!("{prefix}{plain}"),
        _ => return (typed.parse().ok(), None, false),
    };
    if let Ok(reference) = whole.parse::<Reference>() {
        return (Some(reference), None, false);
    }
    let own = upper.starts_with(prefix) && upper.chars().any(|c| c.is_ascii_digit());
    (None, Reference::nearest(&whole), own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(term: &Term) -> Vec<String> {
        term.any.iter().map(|token| format!("{}:{}", token.class.prefix(), token.text)).collect()
    }

    fn looked_for(typed: &str) -> Vec<Vec<String>> {
        seek(typed, "SSC").terms.iter().map(any).collect()
    }

    #[test]
    fn one_box_knows_what_was_typed() {
        assert_eq!(looked_for("Nadia@Example.com"), [["email:nadia@example.com"]]);
        assert_eq!(looked_for("+44 1902 696000"), [["phone:01902696000"]]);
        assert_eq!(looked_for("WV8 1PX"), [["postcode:wv81px"]]);
        assert_eq!(looked_for("bins"), [["name:bins", "street:bins", "word:bin"]]);
        assert_eq!(looked_for("Will"), [["name:will"]]);
        let at_home = [vec!["postcode:wv81px"], vec!["name:mill", "street:mill", "word:mill"]];
        assert_eq!(looked_for("mill wv81px"), at_home);
        assert_eq!(looked_for("4"), [["street:4"]]);
    }

    #[test]
    fn what_finds_nothing_is_said() {
        assert_eq!(looked_for("the roof"), looked_for("roof"));
        assert_eq!(seek("Will Roof", "SSC").left_out, ["will"]);
        let sought = seek("a a Mr", "SSC");
        assert_eq!(
            (sought.terms, sought.left_out),
            (Vec::new(), vec!["a".to_owned(), "a".to_owned(), "mr".to_owned()])
        );
        let sought = seek("apple bread cheese dates eggs figs grapes", "SSC");
        assert_eq!((sought.terms.len(), sought.left_out), (TERMS_MAX, vec!["grapes".to_owned()]));
    }

    #[test]
    fn a_reference_is_known_with_a_slip_in_its_last_letter_too() {
        let right = Reference::from_random("SSC", 0x1234_5678).unwrap();
        let typed = right.as_str();
        assert_eq!(seek(typed, "SSC").reference.as_ref(), Some(&right));
        assert_eq!(seek(&typed[4..].to_lowercase(), "SSC").reference.as_ref(), Some(&right));
        let last = if typed.ends_with('7') { "8" } else { "7" };
        let sought = seek(&format!("{}{last}", &typed[..typed.len() - 1]), "SSC");
        assert_eq!((sought.reference, sought.nearest, sought.slip), (None, Some(right), true));
        assert!(!seek("streetlight", "SSC").slip);
    }
}
