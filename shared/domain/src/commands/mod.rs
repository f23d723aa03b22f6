//! What can be done to a case: one command a file, all in one shape.
//!
//! A command is read from what was sent, checked against role and policy, and
//! decides: `decide(context) -> decision | refusal`. The list of commands allowed
//! now is the same checks, asked for each.

mod about_staff;
mod accept;
mod acknowledge;
mod add_point;
mod adjustments;
mod answer;
mod appoint_external;
mod ask;
mod ask_answered;
mod assign;
mod bounced;
mod cannot_deliver;
mod change_contact;
mod clarify;
mod classify;
mod close;
mod complain_again;
mod complete_action;
mod correct;
mod cover;
mod decline_review;
mod discretion;
mod extend;
mod hand_over;
mod hold;
mod learn;
mod letter_returned;
mod link;
mod message;
mod not_accepted;
mod note;
mod ombudsman_complied;
mod ombudsman_decision;
mod ombudsman_enquiry;
mod ombudsman_replied;
mod pass_on;
mod permit;
mod printed;
mod propose_response;
mod raise;
mod raise_complaint;
mod raise_risk;
mod raise_service_request;
mod received_on;
mod record_contact;
mod reissue;
mod request_review;
mod resolve;
mod respond;
mod restrict;
mod restrict_reading;
mod review_restriction;
mod send_link;
mod set_representative;
mod sign_off;
mod transfer;
mod update;
mod withdraw;

use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

pub use about_staff::{AboutStaff, Colleague};
pub use accept::{Accept, NewExcluded, NewPoint};
pub use acknowledge::Acknowledge;
pub use add_point::AddPoint;
pub use adjustments::Adjustments;
pub use answer::{Answer, NewFinding, NewRemedy};
pub use appoint_external::AppointExternal;
pub use ask::Ask;
pub use ask_answered::AskAnswered;
pub use assign::{Assign, NewOwner};
pub use bounced::Bounced;
pub use cannot_deliver::CannotDeliver;
pub use change_contact::ChangeContact;
pub use clarify::Clarify;
pub use classify::Classify;
pub use close::Close;
pub use complain_again::ComplainAgain;
pub use complete_action::CompleteAction;
pub use correct::Correct;
pub use cover::Cover;
pub use decline_review::DeclineReview;
pub use discretion::{Choice, Discretion};
pub use extend::Extend;
pub use hand_over::HandOver;
pub use hold::Hold;
pub use learn::Learn;
pub use letter_returned::LetterReturned;
pub use link::Link;
pub use message::Message;
pub use not_accepted::{NotAccepted, OutsidePoint, Route};
pub use note::Note;
pub use ombudsman_complied::OmbudsmanComplied;
pub use ombudsman_decision::OmbudsmanDecision;
pub use ombudsman_enquiry::OmbudsmanEnquiry;
pub use ombudsman_replied::OmbudsmanReplied;
pub use pass_on::PassOn;
pub use printed::Printed;
pub use propose_response::ProposeResponse;
pub use raise_complaint::RaiseComplaint;
pub use raise_risk::RaiseRisk;
pub use raise_service_request::RaiseServiceRequest;
pub use received_on::ReceivedOn;
pub use record_contact::RecordContact;
pub use reissue::Reissue;
pub use request_review::RequestReview;
pub use resolve::Resolve;
pub use respond::Respond;
pub use restrict::Restrict;
pub use restrict_reading::RestrictReading;
pub use review_restriction::{ReviewRestriction, Verdict};
pub use send_link::SendLink;
pub use set_representative::SetRepresentative;
pub use sign_off::SignOff;
pub use transfer::Transfer;
pub use update::{Update, update_letter};
pub use withdraw::Withdraw;

use crate::decide::{Context, Decision};
use crate::input::Fields;
use crate::letter::LetterOrder;
use crate::refusal::{FieldError, Refusal};

/// One command, as the table has it.
pub struct Row {
    /// Its name at the door.
    pub name: &'static str,
    /// What it does, in the words of its button.
    pub label: &'static str,
    /// The schema of its body, for the OpenAPI document.
    pub schema: fn() -> Schemas,
    /// Reads its body.
    read: fn(&mut Fields) -> Option<Command>,
    /// Whether the case's state allows it; role and stage are checked for all alike.
    allowed: fn(&Context<'_>) -> Result<(), Refusal>,
}

/// A schema, and those it refers to by name.
pub type Schemas = (RefOr<Schema>, Vec<(String, RefOr<Schema>)>);

fn schemas<T: ToSchema>() -> Schemas {
    let mut named = Vec::new();
    T::schemas(&mut named);
    (T::schema(), named)
}

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $label:literal;)*) => {
        /// A command, read and well formed.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Command {
            $($(#[$doc])* $variant($variant),)*
        }

        /// Every command, in the order in which a case meets them.
        pub const TABLE: &[Row] = &[$(Row {
            name: $name,
            label: $label,
            schema: schemas::<$variant>,
            read: |fields| $variant::read(fields).map(Command::$variant),
            allowed: $variant::allowed,
        },)*];

        impl Command {
            /// Its name at the door.
            pub fn name(&self) -> &'static str {
                match self { $(Command::$variant(_) => $name,)* }
            }

            fn decide(self, ctx: &Context<'_>) -> Result<Decision, Refusal> {
                match self { $(Command::$variant(command) => command.decide(ctx),)* }
            }
        }
    };
}

commands! {
    /// It is a complaint, and these are its points.
    Accept, "accept", "Accept as a complaint";
    /// It is outside the policy.
    NotAccepted, "not-accepted", "Do not accept";
    /// It is for somebody else, or for the people concerned.
    PassOn, "pass-on", "Pass on";
    /// Something is to be done beside it.
    RaiseServiceRequest, "raise-service-request", "Raise a service request";
    /// It is a complaint of its own.
    RaiseComplaint, "raise-complaint", "Raise a complaint";
    /// It was put right at first contact.
    Resolve, "resolve", "Resolve at first contact";
    /// Decide on something late.
    Discretion, "discretion", "Decide on lateness";
    /// Give it to somebody.
    Assign, "assign", "Assign";
    /// Another team or service has it.
    Transfer, "transfer", "Transfer";
    /// Somebody acts for the owner.
    Cover, "cover", "Cover for the owner";
    /// What it is about, for the figures.
    Classify, "classify", "Classify";
    /// Tell the person what we understood and by when they hear.
    Acknowledge, "acknowledge", "Acknowledge";
    /// Something new belongs to it.
    AddPoint, "add-point", "Add a point";
    /// The person is asked what is not clear.
    Clarify, "clarify", "Ask the person";
    /// Somebody else is asked for their part.
    Ask, "ask", "Ask somebody else";
    /// They answered.
    AskAnswered, "ask-answered", "Record an answer";
    /// Put the answer off, with a reason.
    Extend, "extend", "Extend";
    /// Send news.
    Update, "update", "Send an update";
    /// Write the answer for somebody else to sign.
    ProposeResponse, "propose-response", "Propose a response";
    /// Sign the answer off.
    SignOff, "sign-off", "Sign off";
    /// Answer.
    Respond, "respond", "Respond";
    /// Ask for the next stage.
    RequestReview, "request-review", "Record a request for a review";
    /// The review goes to whoever runs it.
    HandOver, "hand-over", "Hand over";
    /// Somebody from outside supports the review.
    AppointExternal, "appoint-external", "Appoint external support";
    /// Do not open the next stage.
    DeclineReview, "decline-review", "Decline the review";
    /// An action promised was done.
    CompleteAction, "complete-action", "Complete an action";
    /// An action promised cannot be done.
    CannotDeliver, "cannot-deliver", "Say that an action cannot be delivered";
    /// Something was learnt.
    Learn, "learn", "Record a lesson";
    /// An Ombudsman asks.
    OmbudsmanEnquiry, "ombudsman-enquiry", "Record an Ombudsman’s enquiry";
    /// An Ombudsman was answered.
    OmbudsmanReplied, "ombudsman-replied", "Record the reply to the Ombudsman";
    /// An Ombudsman decided.
    OmbudsmanDecision, "ombudsman-decision", "Record an Ombudsman’s decision";
    /// What an Ombudsman wanted was done.
    OmbudsmanComplied, "ombudsman-complied", "Record compliance";
    /// A letter arrived later.
    ReceivedOn, "received-on", "Record when a letter arrived";
    /// A letter came back.
    LetterReturned, "letter-returned", "Record a returned letter";
    /// A letter goes again.
    Reissue, "reissue", "Send a letter again";
    /// The person lost the way to their own page.
    SendLink, "send-link", "Send the tracking link again";
    /// Put right what was written down wrong.
    Correct, "correct", "Correct";
    /// Link another case.
    Link, "link", "Link a case";
    /// Somebody spoke with the person.
    RecordContact, "record-contact", "Record a conversation";
    /// What helps the person.
    Adjustments, "adjustments", "Record adjustments";
    /// The person is reached another way.
    ChangeContact, "change-contact", "Change contact details";
    /// Somebody speaks for the person.
    SetRepresentative, "set-representative", "Set a representative";
    /// Whom it is about among staff.
    AboutStaff, "about-staff", "Name the staff it is about";
    /// Only some may read it.
    RestrictReading, "restrict-reading", "Restrict reading";
    /// How the person may reach us is limited.
    Restrict, "restrict", "Restrict contact";
    /// That limit is looked at again.
    ReviewRestriction, "review-restriction", "Review a restriction";
    /// Somebody may be in danger.
    RaiseRisk, "raise-risk", "Raise a risk";
    /// Not to be destroyed for now.
    Hold, "hold", "Hold or release";
    /// The person takes it back.
    Withdraw, "withdraw", "Withdraw";
    /// The person has changed their mind about taking it back.
    ComplainAgain, "complain-again", "Begin again";
    /// Close it for another reason.
    Close, "close", "Close";
    /// Remember something.
    Note, "note", "Add a note";
    /// The person writes again.
    Message, "message", "Add information";
    /// A letter on paper went out.
    Printed, "printed", "Mark a letter as posted";
    /// A letter did not arrive.
    Bounced, "bounced", "Record a bounced letter";
}

impl Command {
    /// Whether it opens a case of its own beside the one it is given on.
    pub fn raises_a_case(&self) -> bool {
        matches!(self, Command::RaiseComplaint(_) | Command::RaiseServiceRequest(_) | Command::ComplainAgain(_))
    }
}

/// Reads a command by its name; nothing when there is none of that name.
pub fn read(name: &str, body: Value) -> Option<Result<Command, Vec<FieldError>>> {
    let row = TABLE.iter().find(|row| row.name == name)?;
    let mut fields = Fields::of(body);
    let command = (row.read)(&mut fields);
    Some(fields.finish(command))
}

/// Decides a command: who may, whether it may now, and what then happens.
///
/// # Errors
/// Which rule refuses, or which fields cannot be taken.
pub fn decide(ctx: &Context<'_>, command: Command) -> Result<Decision, Refusal> {
    let name = command.name();
    let row = TABLE.iter().find(|row| row.name == name);
    permit::permit(ctx, name)?;
    if let Some(row) = row {
        (row.allowed)(ctx)?;
    }
    command.decide(ctx)
}

/// The letters a command would make, for showing them before it is given: those it sends, and the one that a
/// proposed answer would become.
///
/// # Errors
/// As [`decide`].
pub fn letters(ctx: &Context<'_>, command: Command) -> Result<Vec<LetterOrder>, Refusal> {
    let proposed = match &command {
        Command::ProposeResponse(proposed) => Some(proposed.clone()),
        _ => None,
    };
    let decided = decide(ctx, command)?;
    match proposed {
        Some(proposed) => Ok(vec![proposed.letter(ctx)?]),
        None => Ok(decided.letters),
    }
}

/// The commands this person may give now.
pub fn allowed(ctx: &Context<'_>) -> Vec<&'static str> {
    TABLE
        .iter()
        .filter(|row| permit::permit(ctx, row.name).is_ok() && (row.allowed)(ctx).is_ok())
        .map(|row| row.name)
        .collect()
}

/// Why this person may not give a command now; nothing when they may.
pub fn refusal(ctx: &Context<'_>, name: &str) -> Option<Refusal> {
    let row = TABLE.iter().find(|row| row.name == name)?;
    permit::permit(ctx, row.name).and_then(|()| (row.allowed)(ctx)).err()
}
