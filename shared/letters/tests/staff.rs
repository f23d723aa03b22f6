//! Mail to staff says which case and what about, and nothing about the person.

mod common;

use common::{day, press};
use redress_domain::decide::{StaffMail, StaffMatter};
use redress_domain::policy::Mailbox;
use redress_letters::specimen::BASE;
use redress_letters::{StaffEnvelope, plain};

const MATTERS: [StaffMatter; 19] = [
    StaffMatter::New,
    StaffMatter::PassedOn,
    StaffMatter::Assigned,
    StaffMatter::Warned,
    StaffMatter::Missed,
    StaffMatter::Escalated,
    StaffMatter::ReviewRequested,
    StaffMatter::Bounced,
    StaffMatter::Messaged,
    StaffMatter::Withdrawn,
    StaffMatter::Risk,
    StaffMatter::Proposed,
    StaffMatter::SentBack,
    StaffMatter::Returned,
    StaffMatter::HandedOver,
    StaffMatter::Asked,
    StaffMatter::Ombudsman,
    StaffMatter::Review,
    StaffMatter::Covered,
];

#[test]
fn every_matter() {
    let url = format!("{BASE}/staff/westminster/cases/WCC-7QK4-2F9T");
    let envelope = StaffEnvelope {
        council_id: "westminster",
        council: "Westminster City Council",
        reference: "WCC-7QK4-2F9T",
        url: &url,
        team: "Environment and city management",
    };
    let all = MATTERS.map(|about| {
        let dated = matches!(about, StaffMatter::Warned | StaffMatter::Missed | StaffMatter::Escalated);
        let mail = match dated {
            true => StaffMail::of_date(Mailbox::Team, about, "stage-1.respond", day("2026-06-15")),
            false => StaffMail::new(Mailbox::Team, about),
        };
        let words = press().staff(&mail, &envelope).unwrap();
        format!("Subject: {}\n\n{}", words.subject, plain(&words.body))
    });
    insta::assert_snapshot!(all.join("\n=====\n\n"));
}
