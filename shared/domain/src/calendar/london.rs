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

/// A moment as a person types it: London's civil time, or with an offset. A date alone is its start.
pub fn parse_moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = text.parse::<DateTime<chrono::FixedOffset>>() {
        return Some(at.with_timezone(&Utc));
    }
    let civil = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    civil.map(local_instant).or_else(|| text.parse().ok().map(start_of_day))
}

/// A length as ISO 8601 writes it, in weeks, days, hours and minutes: `P3D`, `P1DT2H`.
pub fn parse_duration(text: &str) -> Option<TimeDelta> {
    let mut rest = text.strip_prefix('P')?;
    let mut minutes = 0i64;
    let mut time = false;
    let mut parts = 0;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T').filter(|_| !time) {
            (rest, time) = (after, true);
            continue;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let unit = after.chars().next()?;
        let each = match (unit, time) {
            ('W', false) => 7 * 24 * 60,
            ('D', false) => 24 * 60,
            ('H', true) => 60,
            ('M', true) => 1,
            _ => return None,
        };
        minutes = minutes.checked_add(number.parse::<i64>().ok()?.checked_mul(each)?)?;
        rest = after.get(1..)?;
        parts += 1;
    }
    if parts == 0 { None } else { TimeDelta::try_minutes(minutes) }
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
    fn a_duration_is_read_as_iso_8601_writes_it() {
        assert_eq!(parse_duration("P3D"), Some(TimeDelta::days(3)));
        assert_eq!(parse_duration("P1DT2H30M"), Some(TimeDelta::minutes(24 * 60 + 150)));
        for wrong in ["", "P", "PT", "3D", "P3", "P3X", "PTD", "P99999999999999999999D"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_moment_is_london_time_unless_it_says_otherwise() {
        assert_eq!(parse_moment("2026-06-01T09:00"), Some(at("2026-06-01T08:00:00Z")));
        assert_eq!(parse_moment("2026-06-01T09:00:00+00:00"), Some(at("2026-06-01T09:00:00Z")));
        assert_eq!(parse_moment("2026-06-01"), Some(at("2026-05-31T23:00:00Z")));
        assert_eq!(parse_moment("tomorrow"), None);
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
