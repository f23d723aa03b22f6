//! What must hold of every date, whoever counts it: properties over every nation's
//! calendar and invented ones, and the same dates counted by somebody else.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says why")]

mod closures;
mod counting;
mod cut_off;
mod deemed;
mod explained;
mod given;
mod lengths;
mod ministry;
mod months;
mod mornings;
mod naive;
mod numpy;
mod policies;
