//! A length is written as it is read.

use proptest::prelude::*;
use redress_domain::length::{LENGTH_MAX, Length, Unit};

const UNITS: [Unit; 5] = [Unit::WorkingDays, Unit::Days, Unit::Weeks, Unit::CalendarMonths, Unit::Years];

proptest! {
    #[test]
    fn what_is_written_reads_as_what_it_was(n in -LENGTH_MAX..=LENGTH_MAX, unit in proptest::sample::select(UNITS.to_vec())) {
        let length = Length { n, unit };
        prop_assert_eq!(length.to_string().parse::<Length>(), Ok(length));
        let json = serde_json::to_string(&length).unwrap();
        prop_assert_eq!(serde_json::from_str::<Length>(&json).unwrap(), length);
    }

    #[test]
    fn spaces_and_capitals_do_not_matter(n in -LENGTH_MAX..=LENGTH_MAX, unit in proptest::sample::select(UNITS.to_vec()), space in "[ \t\n]{1,3}") {
        let length = Length { n, unit };
        let written = length.to_string().to_uppercase().replace(' ', &space);
        prop_assert_eq!(format!("{space}{written}{space}").parse::<Length>(), Ok(length));
    }

    #[test]
    fn what_is_read_is_written_so_that_it_reads_the_same(text in "-?[0-9]{1,7} ?(working|calendar)? ?(day|week|month|year|fortnight)s?") {
        if let Ok(length) = text.parse::<Length>() {
            prop_assert_eq!(length.to_string().parse::<Length>(), Ok(length));
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,40}") {
        let read = text.parse::<Length>();
        prop_assert!(read.is_ok() || read.unwrap_err().to_string().contains("10 working days"));
    }

    #[test]
    fn what_could_run_away_is_no_length(n in LENGTH_MAX + 1..=i32::MAX) {
        for far in [format!("{n} days"), format!("-{n} days")] {
            prop_assert!(far.parse::<Length>().is_err());
        }
    }
}
