#![doc = include_str!("../README.md")]

mod admin;
mod audit;
mod campaign;
mod case;
mod chips;
mod csv;
mod cursor;
mod desk;
mod due;
mod export;
mod files;
mod filter;
mod met;
mod page;
mod paper;
mod person;
mod queue;
mod queue_page;
mod reading;
mod rows;
mod search;
mod sign_in;
mod step;
mod views;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use redress_office::Office;
use redress_web::{Fetch, Pages, Verifier};

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Casework {
    office: Office,
    pages: Pages,
    verifier: Verifier,
    met: met::Met,
}

impl Casework {
    /// Opens it at an office.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn open(office: Office) -> Result<Casework, String> {
        let pages = Pages::new().map_err(|error| error.to_string())?;
        let fetch = Fetch::new().map_err(|error| error.to_string())?;
        let verifier = Verifier::new(&office.settings, office.clock.clone(), fetch);
        Ok(Casework { office, pages, verifier, met: met::Met::default() })
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
            .route("/api/{council}/admin", get(admin::page::api))
            .route("/staff/{council}/admin", get(admin::page::page))
            .route("/api/{council}/audit", get(audit::page::api))
            .route("/staff/{council}/audit", get(audit::page::page))
            .route("/staff/{council}/audit.csv", get(audit::page::csv))
            .route("/staff", get(page::home))
            .route("/staff/sign-in", get(sign_in::begin))
            .route("/staff/callback", get(sign_in::finish))
            .route("/staff/sign-out", post(sign_in::leave))
            .route("/staff/{council}", get(queue_page::page))
            .route("/staff/{council}/cases.csv", get(export::page))
            .route("/staff/{council}/views", post(views::save))
            .route("/staff/{council}/views/remove", post(views::remove))
            .route("/staff/{council}/cases/{reference}/person", get(person::page))
            .route("/staff/{council}/search", get(search::page).post(search::sent))
            .route("/staff/{council}/cases/{reference}", get(page::case))
            .route("/staff/{council}/cases/{reference}/letters/{n}/print", get(paper::one))
            .route("/staff/{council}/cases/{reference}/files", get(files::page))
            .route("/staff/{council}/cases/{reference}/files/{n}", get(files::one))
            .route("/staff/{council}/cases/{reference}/why-not", get(step::why_not))
            .route("/staff/{council}/cases/{reference}/{command}", get(step::page))
            .route("/staff/{council}/keys", get(step::keys))
            .route("/staff/{council}/print", get(page::print))
            .route("/staff/{council}/print/all", get(paper::all))
            .fallback(redress_web::not_found)
            .with_state(self.clone());
        let routes = redress_web::trail::watched(routes, &self.office, &self.verifier);
        redress_web::compressed(redress_web::with_way_in(routes))
    }
}

impl FromRef<Casework> for Verifier {
    fn from_ref(casework: &Casework) -> Verifier {
        casework.verifier.clone()
    }
}
