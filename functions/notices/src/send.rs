//! Claim, send, settle.

use redress_domain::case::Actor;
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
        let came = match self.mail(key, &claimed) {
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
    fn mail(&self, key: &CaseKey, claimed: &Claimed) -> Option<Mail> {
        let settings = &self.office.settings;
        let deployment = settings.deployment.council.get(&key.council)?;
        let rules = settings.library.present(&key.council)?;
        let (to, subject, words, kind) = match &claimed.outgoing {
            Outgoing::Letter(_, letter) => {
                let kind = redress_domain::case::name_of(letter.kind);
                (letter.to.clone()?, &letter.subject, &letter.words, kind)
            }
            Outgoing::Staff(mail) => {
                let about = redress_domain::case::name_of(mail.about);
                (
                    deployment.address(mail.to, &mail.team).to_owned(),
                    &mail.subject,
                    &mail.words,
                    format!("staff-{about}"),
                )
            }
        };
        Some(Mail {
            from: deployment.from.clone(),
            to,
            reply_to: deployment.reply_to.clone(),
            subject: subject.clone(),
            text: plain(words),
            html: html(words, &rules.policy.council, &settings.base_url),
            tags: vec![
                ("council", key.council.clone()),
                ("kind", kind),
                ("attempt", format!("{}_{}_{}", key.reference, claimed.id, claimed.attempt)),
            ],
        })
    }
}
