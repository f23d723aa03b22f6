//! A member of staff at a browser: signs in as people do, at their council's issuer and back.

use redress_local::issuer::AUDIENCE;

use crate::{Answer, Client, Resident, World};

/// Somebody who has come as far as their issuer's page.
pub struct Leaving {
    /// Their browser, with what it was given to keep.
    pub browser: Resident,
    /// Where they were led.
    pub url: String,
}

impl World {
    /// A member of staff who is signed in on pages: their client has the session's cookie.
    pub async fn signed_in(&self, council: &str, role: &str, name: &str) -> Client {
        let browser = self.leaving(council, "").await.browser_signed_in(role, name).await;
        browser.browser()
    }

    /// Somebody on the way to their issuer, who wants to go to a page.
    pub async fn leaving(&self, council: &str, to: &str) -> Leaving {
        let browser = Resident::new(&self.nobody);
        let answer = browser.get(&format!("/staff/sign-in?council={council}&to={to}")).await.is(303);
        Leaving { browser, url: answer.location().to_owned() }
    }
}

impl Leaving {
    /// What the service asked of the issuer.
    pub fn asked(&self) -> Vec<(String, String)> {
        let query = self.url.split_once('?').map(|(_, query)| query).unwrap_or_default();
        serde_urlencoded::from_str(query).expect("a query")
    }

    /// Chooses who to be; where that leads, and nothing further.
    pub async fn chooses(&self, role: &str, name: &str) -> String {
        self.sends(&self.asked(), &[("role", role), ("name", name)]).await.is(303).location().to_owned()
    }

    /// Sends the issuer's form with something else asked.
    pub async fn sends(&self, asked: &[(String, String)], said: &[(&str, &str)]) -> Answer {
        let path = self.url.split('?').next().unwrap_or_default();
        let asked = asked.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<_> = asked.chain(said.iter().copied()).collect();
        self.browser.form(path, &fields).await
    }

    async fn browser_signed_in(self, role: &str, name: &str) -> Resident {
        let page = self.browser.get(&self.url).await.is(200);
        assert_eq!(page.hidden("client_id"), AUDIENCE);
        let back = self.chooses(role, name).await;
        self.browser.get(&back).await.is(303);
        self.browser
    }
}
