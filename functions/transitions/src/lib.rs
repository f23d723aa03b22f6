#![doc = include_str!("../README.md")]

mod command;

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
        let verifier = Verifier::new(office.settings.deployment.clone(), office.clock.clone(), fetch);
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
            .route("/staff/{council}/cases/{reference}/{command}", post(command::page))
            .fallback(redress_web::not_found)
            .with_state(self);
        redress_web::compressed(routes)
    }
}

impl FromRef<Transitions> for Verifier {
    fn from_ref(transitions: &Transitions) -> Verifier {
        transitions.verifier.clone()
    }
}
