//! The language of a resident's page: the one they chose on this page, else the one they chose before, else
//! the council's first. Only languages of the council's own list count.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::{Value, json};

use redress_domain::policy::Policy;
use redress_web::{FIRST, Words, languages};

/// Remembers the choice. It says nothing about the person, so it needs no sealing.
const COOKIE: &str = "redress-lang";
const A_YEAR_S: u32 = 31_536_000;

/// The language of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// Like `cy`.
    pub(crate) id: String,
    /// When it was chosen just now: what makes the browser remember it.
    pub(crate) set_cookie: Option<HeaderValue>,
}

impl Language {
    /// Of a request to a council: `query` is the address's query as it came.
    pub(crate) fn of(headers: &HeaderMap, query: Option<&str>, policy: &Policy) -> Language {
        Language::among(&policy.council.languages, headers, query)
    }

    /// One of these languages; what is on the list but has no catalogue does not count.
    pub(crate) fn among(spoken: &[String], headers: &HeaderMap, query: Option<&str>) -> Language {
        let known = |id: &&str| languages().any(|there| there == *id) && spoken.iter().any(|own| own == id);
        if let Some(id) = chosen(query).filter(known) {
            let cookie = format!("{COOKIE}={id}; Path=/; Max-Age={A_YEAR_S}; SameSite=Lax; HttpOnly");
            return Language { id: id.to_owned(), set_cookie: HeaderValue::from_str(&cookie).ok() };
        }
        let first = || spoken.iter().map(String::as_str).find(known).unwrap_or(FIRST);
        let id = remembered(headers).filter(known).unwrap_or_else(first);
        Language { id: id.to_owned(), set_cookie: None }
    }

    /// A page's answer, with the choice to remember when there is one.
    pub(crate) fn on(&self, mut response: Response) -> Response {
        if let Some(cookie) = &self.set_cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        response
    }

    /// These languages, each by its own name: what the page's switch is made of.
    pub(crate) fn choices(spoken: &[String]) -> Value {
        let known = spoken.iter().filter(|id| languages().any(|there| there == id.as_str()));
        known.map(|id| json!({"id": id, "name": Words::said(id, "page.language", &[])})).collect()
    }
}

fn chosen(query: Option<&str>) -> Option<&str> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang="))
}

fn remembered(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> Vec<String> {
        vec!["en".to_owned(), "cy".to_owned()]
    }

    fn with(cookie: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))])
    }

    #[test]
    fn a_language_chosen_on_the_page_is_remembered() {
        let language = Language::among(&both(), &HeaderMap::new(), Some("key=1&lang=cy"));
        assert_eq!(language.id, "cy");
        let cookie = language.set_cookie.unwrap();
        assert!(cookie.to_str().unwrap().starts_with("redress-lang=cy; "), "{cookie:?}");
    }

    #[test]
    fn the_one_chosen_before_holds_until_another_is_chosen() {
        assert_eq!(Language::among(&both(), &with("a=b; redress-lang=cy"), None).id, "cy");
        assert_eq!(Language::among(&both(), &with("redress-lang=cy"), Some("lang=en")).id, "en");
    }

    #[test]
    fn a_language_the_council_does_not_have_is_not_given() {
        let english = ["en".to_owned()];
        assert_eq!(Language::among(&english, &with("redress-lang=cy"), Some("lang=cy")).id, "en");
        assert_eq!(Language::among(&both(), &HeaderMap::new(), Some("lang=../../x")).id, "en");
    }
}
