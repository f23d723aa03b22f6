#![doc = include_str!("../README.md")]

mod accessibility;
mod equality;
mod feedback;
mod form;
mod health;
mod home;
mod journey;
mod language;
mod spam;
mod track;
mod visit;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};

use redress_office::Office;
use redress_web::{Fetch, Pages, Verifier, compressed, trail, with_way_in};

/// The function, with what it needs.
#[derive(Clone, Debug)]
pub struct Intake {
    office: Office,
    pages: Pages,
    verifier: Verifier,
}

impl Intake {
    /// Opens it at an office.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub fn open(office: Office) -> Result<Intake, String> {
        let pages = Pages::new().map_err(|error| error.to_string())?;
        let fetch = Fetch::new().map_err(|error| error.to_string())?;
        let verifier = Verifier::new(&office.settings, office.clock.clone(), fetch);
        Ok(Intake { office, pages, verifier })
    }

    /// Opens it from the environment, with the connection warm.
    ///
    /// # Errors
    /// A sentence that says what is missing.
    pub async fn from_environment() -> Result<Intake, String> {
        let office = Office::from_environment()?;
        if let Err(error) = office.store.warm_up().await {
            tracing::warn!(%error, "the table is not there yet");
        }
        Intake::open(office)
    }

    /// Its routes, as the template has them.
    pub fn router(self) -> Router {
        let routes = Router::new()
            .route("/", get(home::councils))
            .route("/health", get(health::health))
            .route("/api/openapi.json", get(home::openapi))
            .route("/assets/{*name}", get(home::asset))
            .route("/{council}", get(home::council))
            .route("/{council}/feedback", get(journey::start).post(form::send))
            .route("/{council}/feedback/{step}", get(journey::show).post(journey::take))
            .route("/staff/{council}/new", get(form::staff_form).post(form::staff_log))
            .route("/{council}/accessibility", get(accessibility::show))
            .route("/{council}/privacy", get(home::privacy))
            .route("/{council}/{nothing}", get(home::nothing_here))
            .route("/{council}/track", get(track::ask::show).post(track::ask::find))
            .route("/{council}/track/lost", get(track::ask::lost).post(track::ask::send_again))
            .route("/{council}/track/{reference}", get(track::page::show))
            .route("/{council}/track/{reference}/save", get(track::save::show))
            .route("/{council}/track/{reference}/files", get(track::files::show))
            .route("/{council}/track/{reference}/files/{n}", get(track::files::open_one))
            .route("/{council}/track/{reference}/came/{pass}", get(track::files::back))
            .route("/{council}/track/{reference}/{action}", get(track::step::show).post(track::step::send))
            .route("/api/{council}/feedback", post(feedback::receive))
            .route("/api/{council}/equality", post(equality::receive))
            .route("/api/{council}/track/{reference}", get(track::read))
            .route("/api/{council}/track/{reference}/{action}", post(track::act))
            .fallback(home::nothing_here)
            .with_state(self.clone());
        compressed(with_way_in(trail::watched(routes, &self.office, &self.verifier)))
    }
}

impl FromRef<Intake> for Verifier {
    fn from_ref(intake: &Intake) -> Verifier {
        intake.verifier.clone()
    }
}
