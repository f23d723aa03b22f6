#![doc = include_str!("../README.md")]

mod case;
mod cursor;
mod desk;
mod filter;
mod page;
mod paper;
mod queue;
mod reading;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;

use redress_office::Office;
use redress_web::{Fetch, Pages, Verifier};

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Casework {
    office: Office,
    pages: Pages,
    verifier: Verifier,
}

impl Casework {
    /// Opens it at an office.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn open(office: Office) -> Result<Casework, String> {
        let pages = Pages::new().map_err(|error| error.to_string())?;
        let fetch = Fetch::new().map_err(|error| error.to_string())?;
        let verifier = Verifier::new(office.settings.deployment.clone(), office.clock.clone(), fetch);
        Ok(Casework { office, pages, verifier })
    }

    /// Opens it from the environment, with the connection warm.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub async fn from_environment() -> Result<Casework, String> {
        let office = Office::from_environment()?;
        if let Err(error) = office.store.warm_up().await {
            tracing::warn!(%error, "the table is not there yet");
        }
        Casework::open(office)
    }

    /// Its routes, as the template has them.
    pub fn router(self) -> Router {
        let routes = Router::new()
            .route("/api/{council}/cases", get(queue::list))
            .route("/api/{council}/cases/{reference}", get(case::read))
            .route("/api/{council}/letters/print", get(paper::list))
            .route("/staff", get(page::home))
            .route("/staff/{council}", get(page::queue))
            .route("/staff/{council}/cases/{reference}", get(page::case))
            .route("/staff/{council}/cases/{reference}/letters/{n}/print", get(paper::one))
            .route("/staff/{council}/print", get(page::print))
            .route("/staff/{council}/print/all", get(paper::all))
            .fallback(redress_web::not_found)
            .with_state(self);
        redress_web::compressed(routes)
    }
}

impl FromRef<Casework> for Verifier {
    fn from_ref(casework: &Casework) -> Verifier {
        casework.verifier.clone()
    }
}
