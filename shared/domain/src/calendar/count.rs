//! Counting: from a day, a length of time, to a day.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Calendar, Counted, Day};
use crate::length::{Length, Unit};
use crate::policy::Deemed;

/// How working days are counted. Named, never implied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// The first working day after the start is day 1.
    #[default]
    NextWorkingDay,
    /// A start on a day off is first moved to the next working day, which is day 0.
    RolledStart,
}

/// What happens to a date that falls on a day off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Roll {
    /// It stays where it is.
    #[default]
    None,
    /// It moves to the next working day.
    Forward,
}

/// Counts `amount` from `from`. Total: an answer beyond what dates can hold stays at its end.
pub fn count(calendar: &Calendar, counting: Counting, roll: Roll, from: NaiveDate, amount: Length) -> Counted {
    let start = match (counting, amount.unit) {
        (Counting::RolledStart, Unit::WorkingDays) => calendar.working_on_or_after(from),
        _ => from,
    };
    let mut days = Vec::new();
    // Counting back passes over the days before the start again, and explains them then.
    if amount.n >= 0 {
        passed_over(calendar, from, start, &mut days);
    }
    let landed = match amount.unit {
        Unit::WorkingDays => working_days(calendar, start, amount.n, &mut days),
        Unit::Days => shift_days(from, i64::from(amount.n)),
        Unit::Weeks => shift_days(from, i64::from(amount.n) * 7),
        Unit::CalendarMonths => shift_months(from, amount.n),
        Unit::Years => shift_months(from, amount.n.saturating_mul(12)),
    };
    let date = match roll {
        Roll::None => landed,
        Roll::Forward => {
            let rolled = calendar.working_on_or_after(landed);
            passed_over(calendar, landed, rolled, &mut days);
            rolled
        }
    };
    let provisional = calendar.is_provisional(date);
    Counted { date, from, amount, counting, days, provisional }
}

/// How a letter went, as far as that decides when it counts as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// By e-mail.
    Email,
    /// By first-class post.
    FirstClass,
    /// By second-class post.
    SecondClass,
}

/// The day a letter sent on `on` counts as received, unless there is evidence of another.
///
/// Post: the working days the policy gives each class. E-mail: the same day if it is a working day, else the next.
pub fn deemed_received(calendar: &Calendar, deemed: &Deemed, on: NaiveDate, sent: Sent) -> NaiveDate {
    let after = |length| count(calendar, Counting::NextWorkingDay, Roll::None, on, length).date;
    match sent {
        Sent::Email => calendar.working_on_or_after(on),
        Sent::FirstClass => after(deemed.first_class),
        Sent::SecondClass => after(deemed.second_class),
    }
}

fn working_days(calendar: &Calendar, start: NaiveDate, n: i32, days: &mut Vec<Day>) -> NaiveDate {
    let direction = n.signum();
    let mut day = start;
    let mut counted = 0;
    while counted != n {
        let next = step(day, direction);
        if next == day {
            break;
        }
        day = next;
        if calendar.is_working(day) {
            counted += direction;
            days.push(Day { date: day, counted: true, why: format!("day {counted}") });
        } else {
            days.push(off_day(calendar, day));
        }
    }
    day
}

/// Explains the days off from one day to just before another.
fn passed_over(calendar: &Calendar, from: NaiveDate, to: NaiveDate, days: &mut Vec<Day>) {
    let mut day = from;
    while day < to {
        days.push(off_day(calendar, day));
        day = step(day, 1);
    }
}

fn off_day(calendar: &Calendar, date: NaiveDate) -> Day {
    let why = calendar.day_off(date).unwrap_or("working day").to_owned();
    Day { date, counted: false, why }
}

/// The neighbouring day, or the same one at the end of what dates can hold.
fn step(day: NaiveDate, direction: i32) -> NaiveDate {
    if direction < 0 { day.pred_opt() } else { day.succ_opt() }.unwrap_or(day)
}

fn shift_days(from: NaiveDate, n: i64) -> NaiveDate {
    let by = Days::new(n.unsigned_abs());
    let (moved, end) =
        if n < 0 { (from.checked_sub_days(by), NaiveDate::MIN) } else { (from.checked_add_days(by), NaiveDate::MAX) };
    moved.unwrap_or(end)
}

/// The corresponding date, or the month's last day where there is none (Dodds v Walker, 1981).
fn shift_months(from: NaiveDate, n: i32) -> NaiveDate {
    let by = Months::new(n.unsigned_abs());
    let (moved, end) = if n < 0 {
        (from.checked_sub_months(by), NaiveDate::MIN)
    } else {
        (from.checked_add_months(by), NaiveDate::MAX)
    };
    moved.unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::calendars;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn england() -> Calendar {
        let json = include_str!("../../../../policies/calendars/bank-holidays.json");
        calendars(json).unwrap().into_iter().find(|found| found.name == "england-and-wales").unwrap()
    }

    fn add(counting: Counting, from: &str, amount: &str) -> NaiveDate {
        count(&england(), counting, Roll::None, day(from), amount.parse().unwrap()).date
    }

    #[test]
    fn the_worked_dates_of_the_contract() {
        for (from, n, next, rolled) in [
            ("2026-03-20", 2, "2026-03-24", "2026-03-24"),
            ("2026-03-20", 5, "2026-03-27", "2026-03-27"),
            ("2026-03-20", 10, "2026-04-07", "2026-04-07"),
            ("2026-03-20", 20, "2026-04-21", "2026-04-21"),
            ("2026-03-20", 25, "2026-04-28", "2026-04-28"),
            ("2026-08-22", 5, "2026-08-28", "2026-09-01"),
            ("2026-08-22", 10, "2026-09-07", "2026-09-08"),
        ] {
            let amount = format!("{n} working days");
            assert_eq!(add(Counting::NextWorkingDay, from, &amount), day(next), "{from} + {n}");
            assert_eq!(add(Counting::RolledStart, from, &amount), day(rolled), "{from} + {n} rolled");
        }
    }

    #[test]
    fn a_month_ends_on_the_corresponding_date_or_the_last_day() {
        for (from, amount, to) in [
            ("2026-10-31", "1 calendar month", "2026-11-30"),
            ("2026-01-30", "1 calendar month", "2026-02-28"),
            ("2026-02-28", "1 calendar month", "2026-03-28"),
            ("2028-01-31", "1 calendar month", "2028-02-29"),
            ("2028-02-29", "12 calendar months", "2029-02-28"),
        ] {
            assert_eq!(add(Counting::NextWorkingDay, from, amount), day(to), "{from} + {amount}");
        }
    }

    #[test]
    fn negative_amounts_count_back() {
        assert_eq!(add(Counting::NextWorkingDay, "2026-04-07", "-10 working days"), day("2026-03-20"));
        assert_eq!(add(Counting::RolledStart, "2026-08-22", "-1 working days"), day("2026-08-21"));
    }

    #[test]
    fn a_date_past_the_horizon_is_provisional() {
        let counted =
            count(&england(), Counting::NextWorkingDay, Roll::None, day("2028-12-20"), Length::working_days(10));
        assert!(counted.provisional);
    }

    #[test]
    fn the_explanation_counts_as_many_days_as_the_amount() {
        let counted = count(&england(), Counting::RolledStart, Roll::None, day("2026-08-22"), Length::working_days(5));
        assert_eq!(counted.days.iter().filter(|day| day.counted).count(), 5);
        assert!(counted.days.iter().any(|day| day.why == "Summer bank holiday"));
    }

    #[test]
    fn a_date_that_rolls_says_over_which_days() {
        let month = "1 calendar month".parse().unwrap();
        let counted = count(&england(), Counting::NextWorkingDay, Roll::Forward, day("2026-03-03"), month);
        assert_eq!(counted.date, day("2026-04-07"));
        let why: Vec<&str> = counted.days.iter().map(|day| day.why.as_str()).collect();
        assert_eq!(why, ["Good Friday", "Saturday", "Sunday", "Easter Monday"]);
    }

    #[test]
    fn first_class_post_is_received_on_the_second_working_day_second_class_on_the_fourth() {
        let received = |on, sent| deemed_received(&england(), &Deemed::default(), day(on), sent);
        assert_eq!(received("2026-03-20", Sent::FirstClass), day("2026-03-24"));
        assert_eq!(received("2026-03-20", Sent::SecondClass), day("2026-03-26"));
        // Over Easter: Good Friday, the weekend and Easter Monday do not count.
        assert_eq!(received("2026-04-02", Sent::FirstClass), day("2026-04-08"));
        assert_eq!(received("2026-04-02", Sent::SecondClass), day("2026-04-10"));
        assert_eq!(received("2026-04-04", Sent::FirstClass), day("2026-04-08"));
    }

    #[test]
    fn an_e_mail_is_received_on_its_day_or_on_the_next_working_day() {
        let received = |on| deemed_received(&england(), &Deemed::default(), day(on), Sent::Email);
        assert_eq!(received("2026-04-02"), day("2026-04-02"));
        assert_eq!(received("2026-04-04"), day("2026-04-07"));
    }

    #[test]
    fn the_policy_can_say_otherwise_of_post() {
        let deemed = Deemed { first_class: Length::working_days(3), ..Deemed::default() };
        assert_eq!(deemed_received(&england(), &deemed, day("2026-03-20"), Sent::FirstClass), day("2026-03-25"));
        assert_eq!(deemed_received(&england(), &deemed, day("2026-03-20"), Sent::SecondClass), day("2026-03-26"));
    }
}
