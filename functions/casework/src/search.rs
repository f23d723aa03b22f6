//! Search: one box for a reference, a name, an address, an e-mail, a phone number and words of what it is about,
//! open or closed. The page is asked by POST alone, since a name must not stand in an address.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use redress_domain::case::{ClosedAs, Reference};
use redress_domain::refusal::FieldError;
use redress_domain::rules::Rules;
use redress_domain::search::{Sought, seek};
use redress_office::OfficeError;
use redress_store::{FOUND_READ_MAX, Known, Summary};
use redress_web::{Identity, Problem};

use crate::filter::Filter;
use crate::{Casework, cursor};

/// Cases of a page of what was found.
const FOUND_MAX: usize = 50;

/// Nobody types more into one box.
const TYPED_MAX: usize = 200;

/// What a place in what was found begins with: it is none in any other list.
const FOUND: &str = "found:";

/// A case that was found.
#[derive(Debug, Serialize)]
pub(crate) struct Hit {
    #[serde(flatten)]
    pub(crate) line: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_as: Option<ClosedAs>,
    /// By what: its name, its address, its words.
    found_by: Vec<&'static str>,
}

/// What was found, newest first.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Hits {
    pub(crate) cases: Vec<Hit>,
    pub(crate) next: Option<String>,
    /// Those left out, since this person may not read them.
    pub(crate) hidden: usize,
    /// So much was read without filling the page that something more should be said to narrow it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stopped: bool,
    /// The reference has a slip of the pen in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    slip: bool,
    /// Words that were not looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<String>,
}

pub(crate) async fn page(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
) -> Response {
    let made = async {
        let identity = identity?;
        casework.may_list(&council, &identity)?;
        let rules = casework.rules(&council).await?;
        Ok::<_, Problem>(casework.search_page(&rules, &identity, StatusCode::OK, json!({"errors": []})))
    };
    made.await.unwrap_or_else(|problem| casework.pages.problem(&problem))
}

pub(crate) async fn sent(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    headers: HeaderMap,
    identity: Result<Identity, Problem>,
    body: Body,
) -> Response {
    let made = async {
        let identity = identity?;
        casework.may_list(&council, &identity)?;
        let sent = identity.form(&council, &headers, body).await?;
        let said = |name: &str| sent.value.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let (q, after) = (said("q"), said("cursor"));
        let rules = casework.rules(&council).await?;
        let found = casework.search(&council, &q, Some(&after), None, &identity).await;
        match found {
            Ok(hits) => {
                let lines = hits.cases.iter().map(|hit| &hit.line);
                let names = casework.names(&council, lines).await?;
                let said = json!({"errors": [], "q": q, "hits": hits, "later": !after.is_empty(), "names": names});
                Ok(casework.search_page(&rules, &identity, StatusCode::OK, said))
            }
            Err(problem) if !problem.errors.is_empty() => {
                let said = json!({"errors": problem.errors, "q": q});
                Ok(casework.search_page(&rules, &identity, problem.status(), said))
            }
            Err(problem) => Err::<_, Problem>(problem),
        }
    };
    made.await.unwrap_or_else(|problem| casework.pages.problem(&problem))
}

impl Casework {
    /// What somebody looks for, found and written down as searched before it is told; never the words themselves.
    /// Of what is found, `filter` may narrow it further.
    ///
    /// # Errors
    /// 422 when there is nothing to look for.
    pub(crate) async fn search(
        &self,
        council: &str,
        q: &str,
        after: Option<&str>,
        filter: Option<&Filter>,
        identity: &Identity,
    ) -> Result<Hits, Problem> {
        self.may_list(council, identity)?;
        let rules = self.office.present(council)?;
        let prefix = &rules.policy.policy.reference_prefix;
        let sought = understood(q, prefix)?;
        let keys = &self.office.settings.keys;
        let after = cursor::given(keys, council, after)?;
        let mut hits = Hits { slip: sought.slip, left_out: sought.left_out.clone(), ..Hits::default() };
        if let Some((reference, why)) = named(&sought) {
            let found = self.office.store.known(council, &[reference.to_string()]).await.map_err(OfficeError::from)?;
            for known in found {
                hits.take(known, vec![why], filter, identity);
            }
        }
        let own = sought.reference.as_ref().is_some_and(|reference| reference.as_str().starts_with(prefix.as_str()));
        if !own && !sought.slip && hits.cases.is_empty() && hits.hidden == 0 {
            let after =
                after.as_deref().map(|place| place.strip_prefix(FOUND).ok_or_else(not_given_out)).transpose()?;
            self.find(council, &sought, after, filter, identity, &mut hits).await?;
        }
        if let Some(place) = &mut hits.next {
            *place = cursor::sign(keys, council, &format!("{FOUND}{place}"));
        }
        self.shown(identity, "search", "cases", hits.cases.len()).await?;
        Ok(hits)
    }

    async fn find(
        &self,
        council: &str,
        sought: &Sought,
        after: Option<&str>,
        filter: Option<&Filter>,
        identity: &Identity,
        hits: &mut Hits,
    ) -> Result<(), Problem> {
        let terms: Vec<_> = sought.terms.iter().map(|term| term.any.clone()).collect();
        let store = &self.office.store;
        let matches = store.find(council, &terms, after, FOUND_MAX).await.map_err(OfficeError::from)?;
        let references: Vec<String> = matches.found.iter().map(|found| found.reference.clone()).collect();
        for known in store.known(council, &references).await.map_err(OfficeError::from)? {
            let found = matches.found.iter().find(|found| found.reference == known.line.reference.as_str());
            let why = found.map(|found| found.why.iter().map(|class| class.label()).collect()).unwrap_or_default();
            hits.take(known, why, filter, identity);
        }
        hits.next = matches.next;
        hits.stopped = matches.stopped;
        Ok(())
    }

    fn search_page(&self, rules: &Rules, identity: &Identity, status: StatusCode, said: Value) -> Response {
        let policy = &rules.policy;
        let mut context = json!({
            "id": policy.policy.council,
            "council": policy.council,
            "policy": {"teams": policy.teams, "services": policy.services},
            "me": self.me(identity),
            "prefix": policy.policy.reference_prefix,
            "read_max": FOUND_READ_MAX,
            "today": self.today(),
        });
        if let (Value::Object(context), Value::Object(said)) = (&mut context, said) {
            context.extend(said);
        }
        self.pages.with_status(status, "staff/search.html", context)
    }
}

impl Hits {
    /// Takes a case that fits: shown to whoever may read it, and counted for the rest.
    fn take(&mut self, known: Known, why: Vec<&'static str>, filter: Option<&Filter>, identity: &Identity) {
        let Known { line, closed_as, case } = known;
        // What is left of a destroyed case says nothing of a person, and is found by its reference alone.
        let destroyed = case.destroyed_on.is_some() && why != [REFERENCE];
        if destroyed || filter.is_some_and(|filter| !filter.takes(&line) || !filter.is_theirs(&line)) {
            return;
        }
        match line.reading.permits(&identity.actor()) {
            Ok(()) => self.cases.push(Hit { line, closed_as, found_by: why }),
            Err(_) => self.hidden += 1,
        }
    }
}

/// That a case was found by its reference.
const REFERENCE: &str = "reference";

/// The one case that was named, and how well.
fn named(sought: &Sought) -> Option<(&Reference, &'static str)> {
    let exact = sought.reference.as_ref().map(|reference| (reference, REFERENCE));
    exact.or_else(|| Some((sought.nearest.as_ref()?, "reference, but for its last letter")))
}

/// What was typed, as something that can be looked for.
fn understood(q: &str, prefix: &str) -> Result<Sought, Problem> {
    let wrong = |message: String| Problem::fields(vec![FieldError { field: "q".to_owned(), message }]);
    if q.trim().is_empty() {
        return Err(wrong("Enter what to look for: a reference, a name, an address or a few words".to_owned()));
    }
    if q.chars().count() > TYPED_MAX {
        return Err(wrong(format!("What to look for must be {TYPED_MAX} characters or fewer")));
    }
    let sought = seek(q, prefix);
    if sought.terms.is_empty() && sought.reference.is_none() && !sought.slip {
        return Err(wrong(
            "These words are in too many cases to find one by: add a name, or what it is about".to_owned(),
        ));
    }
    Ok(sought)
}

fn not_given_out() -> Problem {
    let message = "is not one this search gave out".to_owned();
    Problem::fields(vec![FieldError { field: "cursor".to_owned(), message }])
}
