#![doc = include_str!("../README.md")]

mod bulk;
mod command;
mod draft;
mod next;
mod page;
mod retry;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::post;

use redress_office::Office;
use redress_web::{Fetch, Pages, Verifier};

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Transitions {
    office: Office,
    pages: Pages,
    verifier: Verifier,
}

impl Transitions {
    /// Opens it at an office.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn open(office: Office) -> Result<Transitions, String> {
        let pages = Pages::new().map_err(|error| error.to_string())?;
        let fetch = Fetch::new().map_err(|error| error.to_string())?;
        let verifier = Verifier::new(&office.settings, office.clock.clone(), fetch);
        Ok(Transitions { office, pages, verifier })
    }

    /// Opens it from the environment, with the connection warm.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub async fn from_environment() -> Result<Transitions, String> {
        let office = Office::from_environment()?;
        if let Err(error) = office.store.warm_up().await {
            tracing::warn!(%error, "the table is not there yet");
        }
        Transitions::open(office)
    }

    /// Its routes, as the template has them.
    pub fn router(self) -> Router {
        let routes = Router::new()
            .route("/api/{council}/cases/{reference}/{command}", post(command::api))
            .route("/staff/{council}/cases/{reference}/{command}", post(page::page))
            .route("/staff/{council}/admin/retry", post(retry::page))
            .route("/api/{council}/next", post(next::api))
            .route("/staff/{council}/next", post(next::page))
            .route("/api/{council}/assign", post(bulk::api))
            .route("/staff/{council}/assign", post(bulk::page::page))
            .route("/api/{council}/campaign", post(bulk::campaign::api))
            .route("/staff/{council}/campaign", post(bulk::campaign_page::page))
            .fallback(redress_web::not_found)
            .with_state(self.clone());
        let routes = redress_web::trail::watched(routes, &self.office, &self.verifier);
        redress_web::compressed(redress_web::with_way_in(routes))
    }
}

impl FromRef<Transitions> for Verifier {
    fn from_ref(transitions: &Transitions) -> Verifier {
        transitions.verifier.clone()
    }
}
