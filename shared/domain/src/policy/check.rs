//! What a policy file can say that is well written and still cannot be meant.

mod closures;
mod found;
mod header;
mod lengths;
mod names;
mod says;
mod stages;
mod twice;
mod units;
mod watch;

use super::Policy;
pub(super) use found::Found;

/// Everything that cannot be meant.
pub(super) fn check(policy: &Policy) -> Vec<Found> {
    let mut found = Vec::new();
    header::check(policy, &mut found);
    twice::check(policy, &mut found);
    names::check(policy, &mut found);
    stages::check(policy, &mut found);
    lengths::check(policy, &mut found);
    units::check(policy, &mut found);
    watch::check(policy, &mut found);
    closures::check(policy, &mut found);
    says::check(policy, &mut found);
    found
}

#[cfg(test)]
mod tests;
