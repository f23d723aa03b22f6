//! Mail to staff says which case and what about, and nothing about the person.

mod common;

use common::{day, press};
use redress_domain::decide::{StaffMail, StaffMatter};
use redress_domain::policy::Mailbox;
use redress_letters::specimen::BASE;
use redress_letters::{Block, DigestEnvelope, DigestItem, StaffEnvelope, blocks, plain};

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
    let all = StaffMatter::ALL.map(|about| {
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

#[test]
fn a_digest_lists_what_is_most_urgent_first_each_case_with_its_link() {
    let desk = format!("{BASE}/staff/westminster");
    let item = |reference: &str, mail: StaffMail| DigestItem {
        reference: reference.to_owned(),
        url: format!("{desk}/cases/{reference}"),
        mail,
    };
    let missed = StaffMail::of_date(Mailbox::Team, StaffMatter::Missed, "stage-1.respond", day("2026-06-15"));
    let items = [
        item("WCC-7QK4-2F9T", StaffMail::new(Mailbox::Team, StaffMatter::New)),
        item("WCC-8K9M-78PD", missed.clone()),
        item("WCC-6AWN-SS1W", missed),
    ];
    let envelope = DigestEnvelope {
        council_id: "westminster",
        council: "Westminster City Council",
        whose: "Housing",
        on: day("2026-06-16"),
        desk: &desk,
        overdue: "2",
        due_today: "0",
        more: true,
    };
    let words = press().digest(&items, &envelope).unwrap();
    assert_eq!(words.subject, "Housing, 16 June 2026: 2 overdue, 0 due today");
    let blocks = blocks(&words.body);
    let headings: Vec<&str> = blocks
        .iter()
        .filter_map(|block| if let Block::Heading(heading) = block { Some(heading.as_str()) } else { None })
        .collect();
    assert_eq!(headings, ["A date was missed", "New"]);
    for item in &items {
        assert!(blocks.contains(&Block::Url(item.url.clone())), "{}", words.body);
    }
    assert!(plain(&words.body).contains("WCC-8K9M-78PD: the answer at stage 1, 15 June 2026"), "{}", words.body);
    assert!(words.body.contains("There is more than one mail can hold"));
}
