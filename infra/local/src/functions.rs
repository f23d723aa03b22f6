//! The six functions, each with clients that sign under its own name.

use axum::Router;
use serde_json::Value;

use redress_acknowledgement::Acknowledgement;
use redress_casework::Casework;
use redress_deadlines::Deadlines;
use redress_intake::Intake;
use redress_mail::Mailer;
use redress_notices::{Bus, Notices};
use redress_office::Office;
use redress_office::heads::Heads;
use redress_platform::{Account, Clock, Settings};
use redress_store::Store;
use redress_transitions::Transitions;

use crate::permissions::caller::{laptop, signer};
use crate::wires::Wires;

/// The functions, as Lambda would run them.
pub(crate) struct Functions {
    /// The laptop's own.
    pub(crate) office: Office,
    intake: Router,
    transitions: Router,
    casework: Router,
    acknowledgement: Acknowledgement,
    pub(crate) deadlines: Deadlines,
    notices: Notices,
}

impl Functions {
    /// Opens them all.
    pub(crate) fn open(settings: &Settings, clock: &Clock, wires: &Wires) -> Result<Functions, String> {
        let opened = |account: Account| {
            let store = Store::new(&account.at(&wires.database), settings);
            Office::open(store, settings.clone(), clock.clone()).map_err(|error| error.to_string())
        };
        let office = |name: &str| -> Result<Office, String> {
            let files = crate::files::Store::client(name, &wires.files.0, &wires.files.1)?;
            Ok(opened(signer(name))?.with_files(Some(files)))
        };
        let own = signer("notices").at(&wires.services);
        let mailer = Mailer::new(own.clone()).with_configuration_set(&wires.configuration_set);
        let heads = Heads::new(crate::files::Store::client("notices", &wires.files.0, &wires.files.2)?);
        let notices = Notices::open(office("notices")?, mailer, Bus::new(&own, &settings.bus)).with_heads(heads);
        Ok(Functions {
            office: opened(laptop())?,
            intake: Intake::open(office("intake")?)?.router(),
            transitions: Transitions::open(office("transitions")?)?.router(),
            casework: Casework::open(office("casework")?)?.router(),
            acknowledgement: Acknowledgement::open(office("acknowledgement")?),
            deadlines: Deadlines::open(office("deadlines")?),
            notices,
        })
    }

    /// The router of a function that answers over HTTP.
    pub(crate) fn router(&self, name: &str) -> Option<Router> {
        match name {
            "intake" => Some(self.intake.clone()),
            "transitions" => Some(self.transitions.clone()),
            "casework" => Some(self.casework.clone()),
            _ => None,
        }
    }

    /// Runs a function on an event.
    pub(crate) async fn invoke(&self, name: &str, event: Value) -> Result<Value, String> {
        let answered = match name {
            "acknowledgement" => self.acknowledgement.handle(event).await,
            "deadlines" => self.deadlines.handle(event).await,
            "notices" => self.notices.handle(event).await,
            _ => return Err(format!("{name} takes no events")),
        };
        answered.map_err(|error| error.to_string())
    }
}
