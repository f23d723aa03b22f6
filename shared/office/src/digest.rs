//! The morning's digest in words: what waits for a mailbox, and how the day stands.

use redress_domain::calendar::local_date;
use redress_domain::decide::StaffMail;
use redress_domain::policy::Mailbox;
use redress_domain::rules::Rules;
use redress_letters::{DigestEnvelope, DigestItem, Words};
use redress_store::DigestBody;

use crate::{Office, OfficeError};

/// Open cases are counted up to here.
const COUNT_MAX: i32 = 100;

impl Office {
    /// Writes it. How many cases are due is counted now, up to a hundred of each team.
    ///
    /// # Errors
    /// When the queue cannot be read, or the template cannot be used.
    pub async fn digest(&self, rules: &Rules, digest: &DigestBody) -> Result<Words, OfficeError> {
        let policy = &rules.policy;
        let council = policy.policy.council.as_str();
        let teams: Vec<String> = match digest.to {
            Mailbox::Team => vec![digest.team.clone()],
            Mailbox::ComplaintsManager | Mailbox::ChiefExecutive => {
                policy.teams.iter().map(|team| team.id.clone()).collect()
            }
        };
        let today = local_date(self.clock.now());
        let due = self.store.count_due(council, &teams, today, COUNT_MAX).await?;
        let said = |n: i32| if n >= COUNT_MAX { format!("{COUNT_MAX} or more") } else { n.to_string() };
        let (overdue, due_today) = (said(due.overdue), said(due.today));
        let desk = format!("{}/staff/{council}", self.settings.base_url);
        let items = digest.lines.iter().map(|line| DigestItem {
            reference: line.reference.clone(),
            url: format!("{desk}/cases/{}", line.reference),
            mail: StaffMail {
                to: digest.to,
                about: line.mail.about,
                rule: line.mail.rule.clone(),
                due_on: line.mail.due_on,
            },
        });
        let envelope = DigestEnvelope {
            council_id: council,
            council: &policy.council.name,
            whose: match digest.to {
                Mailbox::Team => policy.team(&digest.team).map_or(digest.team.as_str(), |team| &team.name),
                Mailbox::ComplaintsManager => "Complaints manager",
                Mailbox::ChiefExecutive => "Chief executive\u{2019}s office",
            },
            on: today,
            desk: &desk,
            overdue: &overdue,
            due_today: &due_today,
            more: digest.more,
        };
        Ok(self.press.digest(&items.collect::<Vec<_>>(), &envelope)?)
    }
}
