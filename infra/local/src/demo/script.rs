//! The lives that cases have in the demo: one for each state somebody may want to see.

use super::texts::Plot;

/// How feedback comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The resident fills in the form.
    Online,
    /// The same, without a name.
    Nameless,
    /// A letter, logged the day it came.
    Post,
    /// A call, logged the working day after.
    Phone,
}

/// When it comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// So many working days ago.
    Ago(i32),
    /// So that the answer is due in so many working days; negative: was due.
    DueIn(i32),
    /// The day before, whatever day that was.
    Yesterday,
}

/// When something is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// So many working days after it was received.
    After(i32),
    /// So many working days ago.
    Ago(i32),
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// An officer accepts and assigns it, and its owner acknowledges it.
    TakeUp,
    /// The owner puts the answer off.
    Extend,
    /// The resident asks for news.
    Chase,
    /// The owner sends news.
    Update,
    /// The owner answers; what the answer promises is done by the day it names.
    Respond,
    /// The resident asks for the next stage.
    Ask,
    /// An officer gives it to somebody independent, who acknowledges it.
    HandOn,
    /// They answer.
    Last,
    /// They write the answer, which waits for a signature.
    Propose,
    /// The resident takes it back.
    Withdraw,
    /// The acknowledgement bounces.
    Bounce,
}

/// One life.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    /// What kind of story it takes.
    pub(super) plot: Plot,
    /// How it comes in.
    pub(super) way: Way,
    /// When.
    pub(super) received: Received,
    /// What follows.
    pub(super) then: &'static [(Day, Deed)],
}

const fn online(plot: Plot, received: Received, then: &'static [(Day, Deed)]) -> Life {
    Life { plot, way: Way::Online, received, then }
}

use Day::{After, Ago};
use Deed::{Ask, Bounce, Chase, Extend, HandOn, Last, Propose, Respond, TakeUp, Update, Withdraw};

const TAKEN_UP: &[(Day, Deed)] = &[(After(1), TakeUp)];
const ANSWERED: &[(Day, Deed)] = &[(After(1), TakeUp), (After(8), Respond)];

/// Every life. Those that need the most of a story choose theirs first.
pub(super) const LIVES: &[Life] = &[
    // A final answer.
    online(
        Plot::Final,
        Received::Ago(42),
        &[(After(1), TakeUp), (After(8), Respond), (Ago(28), Ask), (Ago(27), HandOn), (Ago(20), Last)],
    ),
    // A final answer that waits for its signature.
    online(
        Plot::Final,
        Received::Ago(25),
        &[(After(1), TakeUp), (After(8), Respond), (Ago(12), Ask), (Ago(11), HandOn), (Ago(1), Propose)],
    ),
    // Stage 2 asked for, and nobody's yet.
    online(Plot::Review, Received::Ago(16), &[(After(1), TakeUp), (After(8), Respond), (Ago(2), Ask)]),
    // Stage 2 in hand.
    online(
        Plot::Review,
        Received::Ago(22),
        &[(After(1), TakeUp), (After(8), Respond), (Ago(8), Ask), (Ago(7), HandOn)],
    ),
    // Two points and two findings.
    online(Plot::Points, Received::Ago(13), ANSWERED),
    // Upheld, and something still to be done.
    online(Plot::Action, Received::Ago(10), ANSWERED),
    // Upheld, and done.
    online(Plot::Action, Received::Ago(30), ANSWERED),
    // The window has passed, or the case was filed.
    online(Plot::Answer, Received::Ago(78), ANSWERED),
    // The window is open.
    online(Plot::Answer, Received::Ago(12), ANSWERED),
    // Put off.
    online(Plot::Longer, Received::DueIn(1), &[(After(1), TakeUp), (Ago(2), Extend)]),
    // News sent.
    online(Plot::News, Received::DueIn(3), &[(After(1), TakeUp), (Ago(2), Chase), (Ago(1), Update)]),
    // Taken back.
    online(Plot::Withdrawn, Received::Ago(10), &[(After(1), TakeUp), (After(4), Withdraw)]),
    // Over twelve months old, and nobody has decided.
    online(Plot::Historic, Received::Ago(4), &[]),
    // About the council as landlord.
    online(Plot::Tenant, Received::Ago(7), TAKEN_UP),
    // Missed, and up the ladder.
    online(Plot::Plain, Received::DueIn(-6), TAKEN_UP),
    // Warned.
    online(Plot::Plain, Received::DueIn(1), TAKEN_UP),
    // In time.
    online(Plot::Plain, Received::Ago(3), TAKEN_UP),
    // On paper, with a letter to print.
    Life { way: Way::Post, ..online(Plot::Plain, Received::Ago(6), TAKEN_UP) },
    // By telephone, the day before it was logged.
    Life { way: Way::Phone, ..online(Plot::Plain, Received::Ago(4), &[(After(2), TakeUp)]) },
    // An acknowledgement that bounced.
    online(Plot::Plain, Received::Ago(2), &[(Ago(1), TakeUp), (Ago(1), Bounce)]),
    // Without a name.
    Life { way: Way::Nameless, ..online(Plot::Nameless, Received::Ago(3), TAKEN_UP) },
    // Untouched.
    online(Plot::Plain, Received::Yesterday, &[]),
    online(Plot::Compliment, Received::Ago(5), &[]),
    online(Plot::Comment, Received::Ago(12), &[]),
];
