//! How far two days are apart, in working days.

use chrono::NaiveDate;

use super::Calendar;

impl Calendar {
    /// The working days after one day, up to and with another; none when that is no later day.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.filter(|day| self.is_working(*day)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_not_between() {
        let easter = [("2026-04-03", "Good Friday"), ("2026-04-06", "Easter Monday")];
        let calendar = Calendar::of("test", easter.map(|(date, why)| (day(date), why.to_owned())));
        for (from, to, between) in [
            ("2026-03-20", "2026-03-20", 0),
            ("2026-03-20", "2026-03-21", 0),
            ("2026-03-20", "2026-03-23", 1),
            ("2026-04-02", "2026-04-07", 1),
            ("2026-04-02", "2026-04-08", 2),
            ("2026-04-08", "2026-04-02", 0),
        ] {
            assert_eq!(calendar.working_days_between(day(from), day(to)), between, "{from} to {to}");
        }
    }
}
