#![doc = include_str!("../README.md")]

mod case;
mod cursor;
mod filter;
mod page;
mod queue;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;

use redress_domain::roles::Reads;
use redress_office::Office;
use redress_store::AuditRow;
use redress_web::{Fetch, Identity, Pages, Problem, Verifier};

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
        Router::new()
            .route("/api/{council}/cases", get(queue::list))
            .route("/api/{council}/cases/{reference}", get(case::read))
            .route("/staff", get(page::home))
            .route("/staff/{council}", get(page::queue))
            .route("/staff/{council}/cases/{reference}", get(page::case))
            .fallback(redress_web::not_found)
            .with_state(self)
    }

    /// Writes down who reads what, before they do. Who may not read at all is written down too.
    async fn audit(&self, identity: &Identity, what: &str, reference: Option<&str>) -> Result<(), Problem> {
        let reads = self.office.settings.library.roles().row(identity.role).map(|row| row.reads);
        let may = matches!(reads, Some(Reads::Cases | Reads::Everything));
        let row = AuditRow {
            at: self.office.clock.now(),
            actor: identity.id.clone(),
            role: identity.role_name(),
            what: if may { what } else { "refused" }.to_owned(),
            reference: reference.map(str::to_owned),
        };
        self.office.store.audit(&identity.council, &row).await.map_err(|error| {
            tracing::error!(%error, "reading could not be audited, so nothing was read");
            Problem::ours()
        })?;
        if may { Ok(()) } else { Err(Problem::forbidden("Your role reads reports, and no cases.")) }
    }
}

impl FromRef<Casework> for Verifier {
    fn from_ref(casework: &Casework) -> Verifier {
        casework.verifier.clone()
    }
}
