//! When mail to staff goes: at once, or with what the morning brings.

use chrono::{DateTime, Timelike, Utc};

use crate::calendar::{Calendar, local_date, local_time, next_morning};
use crate::decide::StaffMatter;

/// Nobody is written to before this hour, in London.
const FIRST_HOUR: u32 = 8;

/// Nor from this hour on.
const LAST_HOUR: u32 = 18;

/// When a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// Now, by itself.
    AtOnce,
    /// On this morning, with everything else that waits for it.
    Morning(DateTime<Utc>),
}

impl StaffMatter {
    /// When a mail about this goes. A risk to somebody goes day and night. A letter that did not arrive goes at once
    /// in working hours: what was promised with it is not kept until it is sent again. All else waits for the morning,
    /// since a mail for each thing is read by nobody.
    pub fn goes(self, calendar: &Calendar, now: DateTime<Utc>) -> Goes {
        let hour = local_time(now).hour();
        let working = calendar.is_working(local_date(now)) && (FIRST_HOUR..LAST_HOUR).contains(&hour);
        match self {
            StaffMatter::Risk => Goes::AtOnce,
            StaffMatter::Bounced | StaffMatter::Returned if working => Goes::AtOnce,
            _ => Goes::Morning(next_morning(calendar, now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_moment;

    fn goes(matter: StaffMatter, now: &str) -> Goes {
        let calendar = Calendar::of("c", []);
        matter.goes(&calendar, parse_moment(now).unwrap())
    }

    #[test]
    fn only_danger_is_told_at_night_and_what_bounced_waits_for_no_morning_by_day() {
        let monday = Goes::Morning(parse_moment("2026-03-23T08:00").unwrap());
        let tuesday = Goes::Morning(parse_moment("2026-03-24T08:00").unwrap());
        assert_eq!(goes(StaffMatter::Risk, "2026-03-22T03:00"), Goes::AtOnce);
        assert_eq!(goes(StaffMatter::Bounced, "2026-03-22T12:00"), monday);
        assert_eq!(goes(StaffMatter::Bounced, "2026-03-23T07:59"), monday);
        assert_eq!(goes(StaffMatter::Bounced, "2026-03-23T08:00"), Goes::AtOnce);
        assert_eq!(goes(StaffMatter::Bounced, "2026-03-23T18:00"), tuesday);
        assert_eq!(goes(StaffMatter::Missed, "2026-03-23T10:00"), tuesday);
    }
}
