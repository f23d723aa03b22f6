//! What can be done to a case: one command a file, all in one shape.
//!
//! A command is read from what was sent, checked against role and policy, and
//! decides: `decide(context) -> decision | refusal`. The list of commands allowed
//! now is the same checks, asked for each.

mod accept;
mod acknowledge;
mod assign;
mod bounced;
mod close;
mod complete_action;
mod extend;
mod message;
mod note;
mod permit;
mod printed;
mod request_review;
mod respond;
mod update;
mod withdraw;

use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

pub use accept::{Accept, NewPoint};
pub use acknowledge::Acknowledge;
pub use assign::{Assign, NewOwner};
pub use bounced::Bounced;
pub use close::Close;
pub use complete_action::CompleteAction;
pub use extend::Extend;
pub use message::Message;
pub use note::Note;
pub use printed::Printed;
pub use request_review::RequestReview;
pub use respond::{NewFinding, NewRemedy, Respond};
pub use update::{Update, update_letter};
pub use withdraw::Withdraw;

use crate::decide::{Context, Decision};
use crate::input::Fields;
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
    /// Give it to somebody.
    Assign, "assign", "Assign";
    /// Tell the person what we understood and by when they hear.
    Acknowledge, "acknowledge", "Acknowledge";
    /// Put the answer off, with a reason.
    Extend, "extend", "Extend";
    /// Send news.
    Update, "update", "Send an update";
    /// Answer.
    Respond, "respond", "Respond";
    /// Ask for the next stage.
    RequestReview, "request-review", "Record a request for a review";
    /// An action promised was done.
    CompleteAction, "complete-action", "Complete an action";
    /// The person takes it back.
    Withdraw, "withdraw", "Withdraw";
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

/// The commands this person may give now.
pub fn allowed(ctx: &Context<'_>) -> Vec<&'static str> {
    TABLE
        .iter()
        .filter(|row| permit::permit(ctx, row.name).is_ok() && (row.allowed)(ctx).is_ok())
        .map(|row| row.name)
        .collect()
}
