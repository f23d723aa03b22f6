//! The one place where a request of a service here is allowed or denied.

use std::sync::Arc;

use axum::http::HeaderMap;

use super::caller::key_in;
use super::used::Used;
use super::{Ask, Caller, Denied, Permissions};

/// Policies, and a record of which of their statements were used. One is shared by all that stands in for AWS.
#[derive(Clone, Debug)]
pub struct Gate {
    permissions: Arc<Permissions>,
    used: Arc<Used>,
}

/// Why a request is not let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody's key.
    Unknown,
    /// Somebody who may not; AWS's own words for it.
    Denied(String),
}

impl Gate {
    /// A gate that holds to these policies.
    pub fn new(permissions: Permissions) -> Gate {
        Gate { permissions: Arc::new(permissions), used: Arc::new(Used::from_environment()) }
    }

    /// The policies it holds to.
    pub fn permissions(&self) -> &Permissions {
        &self.permissions
    }

    /// Lets a signed request through when everything it asks for is allowed to whoever signed it.
    ///
    /// # Errors
    /// When something is not, which is logged, without any key's value.
    pub fn permit(&self, headers: &HeaderMap, asks: &[Ask]) -> Result<(), Refused> {
        let authorization = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        self.permit_key(key_in(authorization).unwrap_or_default(), asks)
    }

    /// The same, of a request that carries its access key id elsewhere: in a query or in a form.
    ///
    /// # Errors
    /// When something is not allowed.
    pub fn permit_key(&self, key: &str, asks: &[Ask]) -> Result<(), Refused> {
        let caller = Caller::of(key, self.permissions.functions()).ok_or(Refused::Unknown)?;
        for ask in asks {
            match self.permissions.permit(&caller, ask) {
                Ok(permitted) => permitted.by.iter().for_each(|by| self.used.note(by)),
                Err(denied) => {
                    denied.by.iter().for_each(|by| self.used.note(by));
                    return Err(refused(&caller, ask, &denied));
                }
            }
        }
        Ok(())
    }
}

fn refused(caller: &Caller, ask: &Ask, denied: &Denied<'_>) -> Refused {
    let because = match &denied.by {
        None => format!("no identity-based policy allows the {} action", ask.action),
        Some(by) => format!("with an explicit deny in {}", by.statement.sid),
    };
    let (action, resource) = (ask.action.as_str(), ask.resource.as_str());
    let by = denied.by.as_ref().map(|by| by.statement.sid.as_str());
    tracing::warn!(function = caller.function(), action, resource, by, "denied");
    let join = if denied.by.is_none() { "because " } else { "" };
    let user = caller.arn();
    Refused::Denied(format!(
        "User: {user} is not authorized to perform: {action} on resource: {resource} {join}{because}"
    ))
}
