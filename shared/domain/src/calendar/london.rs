//! Instants at the edges, civil dates in Europe/London inside.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;

use super::Calendar;

/// Staff mail goes out at this hour of a working day.
const MORNING_HOUR: u32 = 8;

/// The civil date in London at an instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// The civil time in London at an instant.
pub fn local_time(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&London).naive_local()
}

/// The instant of a civil time in London. Of two, the first; of none (the hour
/// lost in March), the one an hour later.
pub fn local_instant(local: NaiveDateTime) -> DateTime<Utc> {
    match London.from_local_datetime(&local).earliest() {
        Some(instant) => instant.with_timezone(&Utc),
        None => (local - TimeDelta::hours(1)).and_utc() + TimeDelta::hours(1),
    }
}

/// Local midnight at the start of a day: from here on the day before is past.
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    local_instant(date.and_time(NaiveTime::MIN))
}

/// 08:00 of the next working day: the first such moment at or after `at`.
pub fn next_morning(calendar: &Calendar, at: DateTime<Utc>) -> DateTime<Utc> {
    let hour = NaiveTime::from_hms_opt(MORNING_HOUR, 0, 0).unwrap_or(NaiveTime::MIN);
    let morning = |date: NaiveDate| local_instant(date.and_time(hour));
    let today = calendar.working_on_or_after(local_date(at));
    if morning(today) >= at {
        return morning(today);
    }
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    morning(calendar.working_on_or_after(tomorrow))
}

/// A date as a letter writes it: `5 June 2026`.
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%B %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_late_in_june_is_the_next_day_in_london() {
        assert_eq!(local_date(at("2026-06-30T23:15:00Z")), "2026-07-01".parse().unwrap());
    }

    #[test]
    fn midnight_knows_summer_time() {
        assert_eq!(start_of_day("2026-07-01".parse().unwrap()), at("2026-06-30T23:00:00Z"));
        assert_eq!(start_of_day("2026-12-01".parse().unwrap()), at("2026-12-01T00:00:00Z"));
    }

    #[test]
    fn the_hour_that_is_lost_in_march_still_has_an_instant() {
        let lost: NaiveDateTime = "2026-03-29T01:30:00".parse().unwrap();
        assert_eq!(local_instant(lost), at("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn staff_mail_waits_for_eight_of_the_next_working_day() {
        let calendar = Calendar::of("none", []);
        assert_eq!(next_morning(&calendar, at("2026-04-07T23:00:00Z")), at("2026-04-08T07:00:00Z"));
        assert_eq!(next_morning(&calendar, at("2026-04-08T09:00:00Z")), at("2026-04-09T07:00:00Z"));
        assert_eq!(next_morning(&calendar, at("2026-04-10T09:00:00Z")), at("2026-04-13T07:00:00Z"));
    }

    #[test]
    fn a_long_date_is_written_as_people_write_it() {
        assert_eq!(long_date("2026-06-05".parse().unwrap()), "5 June 2026");
    }
}
