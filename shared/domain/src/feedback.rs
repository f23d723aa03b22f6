//! What a resident sends, read into a case's first event.

mod dates;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::calendar::local_date;
use crate::case::{
    Actor, Address, Channel, Contact, Event, FeedbackKind, Link, Matter, OnBehalfOf, Received, Reference, ReplyBy,
    Representative, SUSPECTED_SPAM,
};
use crate::decide::{Decision, StaffMail, StaffMatter, Texts};
use crate::input::Fields;
use crate::letter::{LetterKind, LetterOrder, Part};
use crate::policy::{Course, Mailbox, MatterDate, Policy, RunsFrom, Stage};
use crate::refusal::Refusal;
use crate::rules::Rules;

use dates::Dates;

/// The longest e-mail address there can be.
const EMAIL_MAX: usize = 254;

/// Feedback, read and well formed.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Feedback {
    /// `complaint`, `comment` or `compliment`.
    pub kind: FeedbackKind,
    /// What happened, in the person's words.
    pub about: String,
    /// The service concerned: an id of the council's list.
    pub service: Option<String>,
    /// The day it happened.
    pub happened_on: Option<NaiveDate>,
    /// The day the person knew.
    pub aware_on: Option<NaiveDate>,
    /// The day they first told the council.
    pub first_reported_on: Option<NaiveDate>,
    /// Which of the three dates are known to the month only: each is then the last day of it, or today.
    #[schema(required = false)]
    pub approximate: Vec<String>,
    /// Why it comes late.
    pub late_reason: Option<String>,
    /// What they want to happen.
    pub wanted: Option<String>,
    /// Name, addresses, adjustments, and for whom they write.
    #[serde(flatten)]
    pub contact: Contact,
    /// How they want to be answered.
    #[schema(required = false)]
    pub reply_by: ReplyBy,
    /// Without a name.
    #[schema(required = false)]
    pub anonymous: bool,
    /// About the council as their landlord.
    #[schema(required = false)]
    pub tenant: bool,
    /// An earlier case.
    #[schema(value_type = Option<String>)]
    pub previous_reference: Option<Reference>,
    /// How it came in; staff only.
    pub channel: Option<Channel>,
    /// When it first reached anyone; staff only.
    pub received_at: Option<DateTime<Utc>>,
    /// Who at the council was told first; staff only.
    pub reported_by: Option<String>,
    /// What the door noticed. Nobody can send it.
    #[serde(skip)]
    #[schema(ignore)]
    pub noticed: Noticed,
}

/// What the door noticed about feedback, beside what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Its words say somebody may be in danger.
    pub danger: bool,
    /// It came as a machine would send it: it is set aside until somebody has looked, and never dropped.
    pub spam: bool,
}

impl Feedback {
    /// Reads what was sent. Only staff say how and when it came in.
    pub fn read(fields: &mut Fields, policy: &Policy, by: &Actor, now: DateTime<Utc>) -> Option<Feedback> {
        let staff = matches!(by, Actor::Staff { .. });
        let kind = read_kind(fields, policy);
        let about = fields.required_text("about", "Enter what happened");
        let service = fields.line("service");
        if let Some(id) = service.as_ref().filter(|id| policy.service(id).is_none()) {
            let known: Vec<&str> = policy.services.iter().map(|service| service.id.as_str()).collect();
            fields.error(
                "service",
                format!("“{id}” is not a service of this council; its services are {}", known.join(", ")),
            );
        }
        let today = local_date(now);
        let Dates { happened_on, aware_on, first_reported_on, approximate } = Dates::read(fields, today);
        let late_reason = fields.text("late_reason");
        let wanted = fields.text("wanted");
        let anonymous = fields.yes("anonymous");
        let contact = read_contact(fields);
        let channel = fields.word("channel");
        let way = usual_way(policy, &contact, channel);
        let reply_by = read_reply_by(fields, policy, &contact, (way, anonymous, staff));
        let tenant = fields.yes("tenant");
        let previous_reference = read_previous(fields);
        let received_at = fields.instant("received_at");
        let reported_by = fields.line("reported_by");
        if !staff {
            for field in ["channel", "received_at", "reported_by"] {
                if fields.has(field) {
                    fields.error(field, "is for staff, who say how and when feedback reached them");
                }
            }
        }
        if received_at.is_some_and(|at| at > now) {
            fields.error("received_at", "must be now or in the past");
        }
        Some(Feedback {
            kind: kind?,
            about: about?,
            service,
            happened_on,
            aware_on,
            first_reported_on,
            approximate,
            late_reason,
            wanted,
            contact,
            reply_by,
            anonymous,
            tenant,
            previous_reference,
            channel,
            received_at,
            reported_by,
            noticed: Noticed::default(),
        })
    }

    /// The case's beginning: its first event, its texts, and the receipt where one is sent.
    ///
    /// # Errors
    /// When the receipt would not say what it must.
    pub fn receive(self, rules: &Rules, reference: Reference, now: DateTime<Utc>) -> Result<Decision, Refusal> {
        self.raised(rules, reference, now, None)
    }

    /// The same for a case that is raised from another one, which it then names.
    pub(crate) fn raised(
        self,
        rules: &Rules,
        reference: Reference,
        now: DateTime<Utc>,
        raised_from: Option<Link>,
    ) -> Result<Decision, Refusal> {
        let policy = &rules.policy;
        let received_at = self.received_at.unwrap_or(now);
        let received_on = local_date(received_at);
        let from = rules.clock_from(received_at);
        let course = policy.course(self.kind);
        let first = policy.stage(1).filter(|_| course == Course::Stages);
        let promised_acknowledgement = first.map(|stage| rules.count(from, stage.acknowledge.within).date);
        let promised = first.map(|stage| promised_answer(rules, stage, from, promised_acknowledgement));
        let done =
            policy.kind(self.kind).and_then(|kind| kind.done_within).map(|within| rules.count(from, within).date);
        let representative = self.contact.on_behalf_of.as_ref().map(|other| Representative {
            shown: other.authority.as_ref().is_some_and(|right| !policy.representatives.shown.contains(right)),
            authority: other.authority.clone(),
        });
        let of_service = self.service.as_ref().and_then(|id| policy.service(id)).map(|found| found.team.clone());
        let flags = flags(rules, &self, received_on);
        let mut texts = Texts::first();
        let about = texts.add(self.about);
        let wanted = texts.add_some(self.wanted);
        let matter = Matter {
            happened_on: self.happened_on,
            aware_on: self.aware_on,
            first_reported_on: self.first_reported_on,
            approximate: self.approximate,
            late_reason: texts.add_some(self.late_reason),
        };
        let received = Received {
            council: policy.policy.council.clone(),
            reference,
            kind: self.kind,
            channel: self.channel.unwrap_or(Channel::Web),
            received_at,
            policy: policy.policy.version,
            service: self.service,
            team: of_service.unwrap_or_else(|| policy.default_team().to_owned()),
            tenant: self.tenant,
            anonymous: self.anonymous,
            reply_by: self.reply_by,
            about,
            matter,
            previous: self.previous_reference,
            wanted,
            promised_acknowledgement,
            promised: promised.or(done),
            flags,
            clock_from: (from != received_on).then_some(from),
            representative,
            raised_from,
            reported_by: texts.add_some(self.reported_by),
        };
        let tenant = self.tenant;
        let mut decision = Decision {
            contact: Some(self.contact),
            ..Decision::of(Event::Received(Box::new(received))).with_texts(texts)
        };
        if self.noticed.danger {
            decision = decision.with_staff(StaffMail::new(Mailbox::ComplaintsManager, StaffMatter::Risk));
        }
        let Some(stage) = first.filter(|stage| stage.receipt.is_some() || tenant) else {
            return Ok(decision);
        };
        // Set aside: whoever has the reference finds the receipt there, and nobody gets mail they did not ask for.
        let reply_by = if self.noticed.spam { ReplyBy::Track } else { self.reply_by };
        let ombudsman: Vec<_> = rules.ombudsman_for(tenant).into_iter().collect();
        let mut letter = LetterOrder::new(LetterKind::Receipt, 1, reply_by)
            .date(Part::ReceivedOn, received_on)
            .text(Part::Stage, Some(&stage.name))
            .value(Part::Ombudsman, serde_json::json!(ombudsman));
        if let Some((acknowledge, respond)) = promised_acknowledgement.zip(promised) {
            letter = letter.date(Part::AcknowledgeBy, acknowledge).date(Part::RespondBy, respond);
        }
        Ok(decision.with_letter(letter.complete()?))
    }
}

/// What the answer is promised for: where it runs from the acknowledgement, from the last day of that.
fn promised_answer(rules: &Rules, stage: &Stage, from: NaiveDate, acknowledged: Option<NaiveDate>) -> NaiveDate {
    let start = match stage.respond.runs_from {
        RunsFrom::Received => from,
        RunsFrom::Acknowledged => acknowledged.unwrap_or(from),
    };
    rules.count(start, stage.respond.within).date
}

fn read_kind(fields: &mut Fields, policy: &Policy) -> Option<FeedbackKind> {
    let kind =
        fields.required_word("kind", "Select what you want to tell us: a complaint, a comment or a compliment")?;
    if policy.kind(kind).is_none() {
        let taken: Vec<String> = policy.kinds.iter().map(|kind| crate::case::name_of(kind.id)).collect();
        fields.error("kind", format!("{} takes {}", policy.council.name, taken.join(", ")));
        return None;
    }
    Some(kind)
}

/// Who they are and how they are reached, as they say it.
pub(crate) fn read_contact(fields: &mut Fields) -> Contact {
    let email = fields.line("email");
    if email.as_ref().is_some_and(|email| !is_email(email)) {
        fields.error("email", "Enter an email address in the correct format, like name@example.com");
    }
    Contact {
        name: fields.line("name"),
        email,
        phone: fields.line("phone"),
        address: fields
            .object("address", |address| {
                Some(Address { lines: address.lines("lines"), postcode: address.line("postcode") })
            })
            .filter(|address| !address.lines.is_empty() || address.postcode.is_some()),
        on_behalf_of: fields.object("on_behalf_of", |other| {
            let name = other.line("name");
            if name.is_none() {
                other.error("name", "Enter the name of the person you are writing for");
            }
            // All of it is read before anything is left: what is not read would be said to be no field.
            let (relationship, authority) = (other.line("relationship"), other.line("authority"));
            check_authority(other, authority.as_deref());
            Some(OnBehalfOf { name: name?, relationship, authority })
        }),
        adjustments: fields.text("adjustments"),
    }
}

/// By what right somebody speaks for another: one of the contract's words.
pub(crate) fn check_authority(fields: &mut Fields, authority: Option<&str>) {
    let known = ["consent", "parent", "attorney", "deputy", "personal-representative", "best-interests", "elected"];
    if authority.is_some_and(|word| !known.contains(&word)) {
        fields.error("authority", format!("must be one of {}", known.join(", ")));
    }
}

/// The way to answer whoever asks for none: as the complaint was made where the policy says so, or the first there is.
fn usual_way(policy: &Policy, contact: &Contact, channel: Option<Channel>) -> ReplyBy {
    let rule = policy.stage(1).and_then(|stage| stage.answer_by.as_ref());
    let made = match channel.filter(|_| rule.is_some_and(|rule| rule.as_made)) {
        Some(Channel::Post) => Some(ReplyBy::Post),
        Some(Channel::Phone) => Some(ReplyBy::Phone),
        Some(Channel::Email) => Some(ReplyBy::Email),
        _ => None,
    };
    let ways = made.into_iter().chain([ReplyBy::Email, ReplyBy::Post, ReplyBy::Phone]);
    let mut there = ways.filter(|way| contact.cannot_be_reached(*way).is_none());
    there.next().unwrap_or(ReplyBy::Track)
}

/// How to answer: as they say, or the usual way.
fn read_reply_by(
    fields: &mut Fields,
    policy: &Policy,
    contact: &Contact,
    (first, anonymous, staff): (ReplyBy, bool, bool),
) -> ReplyBy {
    if anonymous && !policy.channels.anonymous && !staff {
        fields.error("anonymous", format!("{} needs a name and a way to answer you", policy.council.name));
    }
    if !anonymous && !staff {
        if contact.name.is_none() {
            fields.error("name", "Enter your full name");
        }
        if first == ReplyBy::Track {
            fields.error(
                "email",
                "Enter an email address, a phone number or a postal address, so that we can answer you",
            );
        }
    }
    let asked = fields.word::<ReplyBy>("reply_by");
    let missing = asked.and_then(|way| contact.cannot_be_reached(way));
    if let Some(message) = missing {
        fields.error("reply_by", message);
    }
    asked.unwrap_or(first)
}

fn read_previous(fields: &mut Fields) -> Option<Reference> {
    let text = fields.line("previous_reference")?;
    match text.parse() {
        Ok(reference) => Some(reference),
        Err(error) => {
            fields.error("previous_reference", format!("{error}"));
            None
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.chars().count() <= EMAIL_MAX
        && !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c))
}

/// Whether a matter is older than the policy's limit on a day. Never a reason to refuse: a reason to ask why.
pub fn is_old(rules: &Rules, happened_on: Option<NaiveDate>, aware_on: Option<NaiveDate>, told_on: NaiveDate) -> bool {
    let Some(limit) = &rules.policy.time_limit else { return false };
    let date = match limit.runs_from {
        MatterDate::Happened => happened_on,
        MatterDate::Aware => aware_on.or(happened_on),
    };
    date.is_some_and(|date| told_on > rules.count(date, limit.within).date)
}

/// What a reader should know at a glance. A date is never a reason to refuse.
fn flags(rules: &Rules, feedback: &Feedback, received_on: NaiveDate) -> Vec<String> {
    let counts = rules.policy.time_limit.as_ref().is_some_and(|limit| limit.report_counts);
    let told_on = feedback.first_reported_on.filter(|_| counts).unwrap_or(received_on);
    let named = [
        ("historic", is_old(rules, feedback.happened_on, feedback.aware_on, told_on)),
        ("vulnerable", feedback.noticed.danger),
        (SUSPECTED_SPAM, feedback.noticed.spam),
    ];
    named.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name.to_owned()).collect()
}
