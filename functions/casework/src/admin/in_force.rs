//! What a council works by: teams, services, mailboxes, policies and the calendar, and how far it reaches.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use redress_domain::calendar::local_date;
use redress_domain::policy::Mailbox;
use redress_office::OfficeError;
use redress_web::Problem;

use crate::Casework;

/// A team, its services and where its mail goes.
#[derive(Debug, Serialize)]
pub(super) struct TeamLine {
    id: String,
    name: String,
    /// What has no service of its own goes here.
    default: bool,
    services: Vec<String>,
    mailbox: Option<String>,
    /// It has no mailbox of its own, so the complaints manager's is used.
    borrowed: bool,
}

/// The mailboxes that are not a team's.
#[derive(Debug, Serialize)]
pub(super) struct MailTo {
    from: Option<String>,
    reply_to: Option<String>,
    complaints_manager: Option<String>,
    chief_executive: Option<String>,
    issuer: Option<String>,
}

/// One version of the policy.
#[derive(Debug, Serialize)]
pub(super) struct PolicyInForce {
    version: u32,
    title: String,
    from: NaiveDate,
    review_by: Option<NaiveDate>,
    /// `in-force`, `earlier` or `to-come`.
    state: &'static str,
    review_is_past: bool,
}

/// The calendar that dates are counted by.
#[derive(Debug, Serialize)]
pub(super) struct CalendarInForce {
    name: String,
    version: u32,
    horizon: NaiveDate,
    /// It ends within a year, so that dates promised now may be provisional.
    ends_soon: bool,
    published: Vec<PublishedChange>,
}

/// A change that the council published on top of its nation's calendar.
#[derive(Debug, Serialize)]
pub(super) struct PublishedChange {
    at: DateTime<Utc>,
    add: Vec<(NaiveDate, String)>,
    remove: Vec<NaiveDate>,
}

impl Casework {
    pub(super) fn teams(&self, council: &str) -> Result<Vec<TeamLine>, Problem> {
        let policy = self.office.present(council)?.policy;
        let deployed = self.office.settings.deployment.council.get(council);
        let line = |team: &redress_domain::policy::Team| TeamLine {
            id: team.id.clone(),
            name: team.name.clone(),
            default: team.default,
            services: policy
                .services
                .iter()
                .filter(|service| service.team == team.id)
                .map(|service| service.name.clone())
                .collect(),
            mailbox: deployed.map(|deployed| deployed.address(Mailbox::Team, &team.id).to_owned()),
            borrowed: deployed.is_some_and(|deployed| !deployed.teams.contains_key(&team.id)),
        };
        Ok(policy.teams.iter().map(line).collect())
    }

    pub(super) fn mail_to(&self, council: &str) -> Result<MailTo, Problem> {
        self.office.present(council)?;
        let deployed = self.office.settings.deployment.council.get(council);
        Ok(MailTo {
            from: deployed.map(|deployed| deployed.from.clone()),
            reply_to: deployed.map(|deployed| deployed.reply_to.clone()),
            complaints_manager: deployed.map(|deployed| deployed.complaints_manager.clone()),
            chief_executive: deployed.map(|deployed| deployed.address(Mailbox::ChiefExecutive, "").to_owned()),
            issuer: deployed.map(|deployed| deployed.issuer.clone()),
        })
    }

    pub(super) fn policies(&self, council: &str) -> Vec<PolicyInForce> {
        let today = local_date(self.office.clock.now());
        let library = &self.office.settings.library;
        let present = library.present_on(council, today).map(|rules| rules.policy.policy.version);
        let own = library.policies().map(|(_, policy)| &policy.policy).filter(|header| header.council == council);
        let mut found: Vec<PolicyInForce> = own
            .map(|header| PolicyInForce {
                version: header.version,
                title: header.title.clone(),
                from: header.from,
                review_by: header.review_by,
                state: match present {
                    Some(present) if present == header.version => "in-force",
                    _ if header.from > today => "to-come",
                    _ => "earlier",
                },
                review_is_past: header.review_by.is_some_and(|day| day < today),
            })
            .collect();
        found.sort_by_key(|policy| std::cmp::Reverse(policy.version));
        found
    }

    pub(super) async fn calendar(&self, council: &str) -> Result<CalendarInForce, Problem> {
        let today = local_date(self.office.clock.now());
        let packed = self.office.present(council)?.calendar;
        let published = self.office.store.published(council).await.map_err(OfficeError::from)?;
        let calendar = published.over(&packed);
        let change = |change: &redress_domain::calendar::Change| PublishedChange {
            at: change.at,
            add: change.add.iter().map(|(date, title)| (*date, title.clone())).collect(),
            remove: change.remove.iter().copied().collect(),
        };
        Ok(CalendarInForce {
            name: calendar.name.clone(),
            version: calendar.version,
            horizon: calendar.horizon,
            ends_soon: calendar.ends_soon(today).is_some(),
            published: published.changes().map(change).collect(),
        })
    }
}
