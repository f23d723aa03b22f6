//! Claim, send, settle.

use redress_domain::case::{Actor, name_of};
use redress_domain::commands::{Bounced, Command};
use redress_letters::{html, plain};
use redress_mail::{Mail, Sending};
use redress_office::{Act, OfficeError};
use redress_store::{CaseKey, Claimed, OutId, Outgoing, Settlement};

use crate::Notices;

impl Notices {
    /// Sends an outbox item, if it is ours to send now.
    pub(crate) async fn send(&self, key: &CaseKey, id: OutId) -> Result<(), OfficeError> {
        let store = &self.office.store;
        let Some(claimed) = store.claim(key, id, self.office.clock.now()).await? else { return Ok(()) };
        let came = match self.mail(key, &claimed).await? {
            None => Sending::Rejected("NoAddress".to_owned()),
            Some(mail) => self.mailer.send(mail).await,
        };
        let settlement = match &came {
            Sending::Accepted(message) => Settlement::Sent(message.clone()),
            Sending::Rejected(_) => Settlement::Rejected,
            Sending::Throttled => Settlement::Throttled,
            Sending::Unknown(_) => Settlement::Unknown,
        };
        store.settle(key, &claimed, &settlement, self.office.clock.now()).await?;
        let why = match &came {
            Sending::Accepted(_) => "accepted",
            Sending::Throttled => "throttled",
            Sending::Rejected(code) | Sending::Unknown(code) => code.as_str(),
        };
        tracing::info!(case = %key, out = %id, attempt = claimed.attempt, came = why, "mail");
        if let (Settlement::Rejected, Outgoing::Letter(letter, _)) = (&settlement, &claimed.outgoing) {
            self.bounced(key, *letter).await?;
        }
        Ok(())
    }

    /// Puts a mail to staff into the digest of its morning.
    pub(crate) async fn gather(&self, key: &CaseKey, id: OutId) -> Result<(), OfficeError> {
        self.office.store.join_digest(key, id, self.office.clock.now()).await?;
        Ok(())
    }

    /// A letter that did not arrive makes work for staff.
    pub(crate) async fn bounced(&self, key: &CaseKey, letter: u32) -> Result<(), OfficeError> {
        self.office.store.note_letter(key, letter, "bounced_at", self.office.clock.now()).await?;
        let command = Command::Bounced(Bounced { letter });
        let act = Act { key, command, by: &Actor::System, seen: None, request: None };
        match self.office.act(act).await {
            // Said once already: each event counts once.
            Ok(_) | Err(OfficeError::Refused { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The mail, or nothing when there is no address for it.
    async fn mail(&self, key: &CaseKey, claimed: &Claimed) -> Result<Option<Mail>, OfficeError> {
        let settings = &self.office.settings;
        let Some(deployment) = settings.deployment.council.get(&key.council) else { return Ok(None) };
        let Some(rules) = settings.library.present(&key.council) else { return Ok(None) };
        let (to, subject, words, kind) = match &claimed.outgoing {
            Outgoing::Letter(_, letter) => {
                let Some(to) = letter.to.clone() else { return Ok(None) };
                (to, letter.subject.clone(), letter.words.clone(), name_of(letter.kind))
            }
            Outgoing::Staff(mail) => {
                let to = deployment.address(mail.to, &mail.team).to_owned();
                (to, mail.subject.clone(), mail.words.clone(), format!("staff-{}", name_of(mail.about)))
            }
            Outgoing::Digest(digest) => {
                let words = self.office.digest(&rules, digest).await?;
                let to = deployment.address(digest.to, &digest.team).to_owned();
                (to, words.subject, words.body, "digest".to_owned())
            }
        };
        Ok(Some(Mail {
            from: deployment.from.clone(),
            to,
            reply_to: deployment.reply_to.clone(),
            subject,
            text: plain(&words),
            html: html(&words, &rules.policy.council, &settings.base_url),
            tags: vec![
                ("council", key.council.clone()),
                ("kind", kind),
                ("attempt", format!("{}_{}_{}", key.reference, claimed.id, claimed.attempt)),
            ],
        }))
    }
}
