//! `POST /staff/{council}/views`: filters kept under a name, for oneself or for one's team.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};

use redress_domain::refusal::FieldError;
use redress_office::OfficeError;
use redress_store::{SavedView, Shelf};
use redress_web::{Identity, Problem};

use crate::Casework;
use crate::filter::Filters;
use crate::queue::Said;
use crate::queue_page::Shown;

/// A person or a team keeps at most this many.
const VIEWS_MAX: usize = 20;

/// The longest name.
const NAME_MAX: usize = 60;

/// What a form about a view says.
struct Asked {
    name: String,
    team: bool,
    /// The filters of the page it was sent from.
    query: Said,
}

/// Keeps the filters of the page it is sent from.
pub(crate) async fn save(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let made = async {
        let identity = identity?;
        let asked = casework.asked(&council, &identity, &headers, sent).await?;
        let errors = casework.keep(&council, &identity, &asked).await?;
        if errors.is_empty() {
            return Ok(back(&council, &asked.query, "view-saved"));
        }
        let shown = Shown { errors, view: asked.name, ..Shown::default() };
        casework.desk(&council, &asked.query, &identity, shown).await
    };
    made.await.unwrap_or_else(|problem| casework.pages.problem(&problem))
}

/// Takes one away.
pub(crate) async fn remove(
    State(casework): State<Casework>,
    Path(council): Path<String>,
    identity: Result<Identity, Problem>,
    headers: HeaderMap,
    sent: Body,
) -> Response {
    let made = async {
        let identity = identity?;
        let asked = casework.asked(&council, &identity, &headers, sent).await?;
        let shelf = shelf(&identity, asked.team)?;
        casework.office.store.remove_view(&council, &shelf, &asked.name).await.map_err(OfficeError::from)?;
        Ok::<_, Problem>(back(&council, &asked.query, "view-removed"))
    };
    made.await.unwrap_or_else(|problem| casework.pages.problem(&problem))
}

impl Casework {
    /// The views this person has to choose from.
    pub(crate) async fn saved(&self, council: &str, identity: &Identity) -> Result<Value, Problem> {
        let on = async |shelf: Option<Shelf>| {
            let Some(shelf) = shelf else { return Ok(Vec::new()) };
            self.office.store.views(council, &shelf, most()).await.map_err(OfficeError::from)
        };
        let link = |view: SavedView| {
            let href = format!("/staff/{council}?{}", view.query);
            json!({"name": view.name, "href": href})
        };
        let mine = on(Some(Shelf::Person(identity.id.clone()))).await?;
        let team = on(identity.team.clone().map(Shelf::Team)).await?;
        let links = |views: Vec<SavedView>| views.into_iter().map(link).collect::<Vec<Value>>();
        Ok(json!({"mine": links(mine), "team": links(team)}))
    }

    async fn asked(
        &self,
        council: &str,
        identity: &Identity,
        headers: &HeaderMap,
        sent: Body,
    ) -> Result<Asked, Problem> {
        let sent = identity.form(council, headers, sent).await?;
        self.may_list(council, identity)?;
        let text = |name: &str| sent.value.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let query = serde_urlencoded::from_str(&text("query")).unwrap_or_default();
        Ok(Asked { name: text("view"), team: text("shelf") == "team", query })
    }

    /// Keeps it, or says why not.
    async fn keep(&self, council: &str, identity: &Identity, asked: &Asked) -> Result<Vec<FieldError>, Problem> {
        let wrong = |field: &str, message: String| vec![FieldError { field: field.to_owned(), message }];
        let long = asked.name.chars().count() > NAME_MAX;
        if asked.name.is_empty() || long || asked.name.chars().any(char::is_control) {
            let message = match (asked.name.is_empty(), long) {
                (true, _) => "Enter a name for this view".to_owned(),
                (_, true) => format!("The name of a view must be {NAME_MAX} characters or less"),
                _ => "The name of a view must be one line".to_owned(),
            };
            return Ok(wrong("view", message));
        }
        let filters = crate::queue::filters(&asked.query);
        let rules = self.rules(council).await?;
        if let Err(errors) = filters.check(&rules, identity, self.today()) {
            return Ok(errors);
        }
        let shelf = shelf(identity, asked.team)?;
        let store = &self.office.store;
        let views = store.views(council, &shelf, most()).await.map_err(OfficeError::from)?;
        let query = lasting(&filters);
        let namesake = views.iter().find(|view| view.name.to_lowercase() == asked.name.to_lowercase());
        if namesake.is_some_and(|view| view.query == query) {
            return Ok(Vec::new());
        }
        let taken = || wrong("view", format!("There is a view called “{}” already: choose another name", asked.name));
        if namesake.is_some() {
            return Ok(taken());
        }
        if views.len() >= VIEWS_MAX {
            return Ok(wrong("view", format!("There are {VIEWS_MAX} views already: remove one first")));
        }
        let (by, at) = (identity.id.clone(), self.office.clock.now());
        let view = SavedView { name: asked.name.clone(), query, by, at };
        match store.save_view(council, &shelf, &view).await.map_err(OfficeError::from)? {
            true => Ok(Vec::new()),
            false => Ok(taken()),
        }
    }
}

fn most() -> i32 {
    i32::try_from(VIEWS_MAX).unwrap_or(i32::MAX)
}

/// Whose view it is: the reader's, or their team's.
fn shelf(identity: &Identity, team: bool) -> Result<Shelf, Problem> {
    match (&identity.team, team) {
        (_, false) => Ok(Shelf::Person(identity.id.clone())),
        (Some(team), true) => Ok(Shelf::Team(team.clone())),
        (None, true) => {
            Err(Problem::forbidden("You are signed in without a team, so there is none to save a view for."))
        }
    }
}

/// What is kept of the filters: one case is no view, and an empty one is everybody's cases.
fn lasting(filters: &Filters) -> String {
    let query = filters.with("q", "").query();
    if query.is_empty() { "owner=all".to_owned() } else { query }
}

/// To the same list again.
fn back(council: &str, said: &Said, done: &str) -> Response {
    let query = crate::queue::filters(said).query();
    let and = if query.is_empty() { "" } else { "&" };
    Redirect::to(&format!("/staff/{council}?{query}{and}done={done}")).into_response()
}
