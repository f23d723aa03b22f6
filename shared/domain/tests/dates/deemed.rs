//! When our own letters count as received.

use proptest::prelude::*;
use redress_domain::calendar::{Sent, deemed_received};
use redress_domain::length::Length;
use redress_domain::policy::Deemed;

use crate::given::{calendar, day};

fn any_deemed() -> impl Strategy<Value = Deemed> {
    (0i32..6, 0i32..6).prop_map(|(first, more)| Deemed {
        first_class: Length::working_days(first),
        second_class: Length::working_days(first + more),
        ..Deemed::default()
    })
}

const WAYS: [Sent; 3] = [Sent::Email, Sent::FirstClass, Sent::SecondClass];

proptest! {
    #[test]
    fn no_letter_is_received_before_it_was_sent(calendar in calendar(), deemed in any_deemed(), sent in day()) {
        for way in WAYS {
            prop_assert!(deemed_received(&calendar, &deemed, sent, way) >= sent, "{way:?}");
        }
    }

    #[test]
    fn a_letter_is_received_on_a_working_day(calendar in calendar(), sent in day()) {
        for way in WAYS {
            prop_assert!(calendar.is_working(deemed_received(&calendar, &Deemed::default(), sent, way)));
        }
    }

    #[test]
    fn sent_later_it_is_not_received_earlier(calendar in calendar(), deemed in any_deemed(), sent in day(), later in 0u64..30) {
        for way in WAYS {
            let first = deemed_received(&calendar, &deemed, sent, way);
            prop_assert!(first <= deemed_received(&calendar, &deemed, sent + chrono::Days::new(later), way));
        }
    }

    #[test]
    fn second_class_is_never_the_faster(calendar in calendar(), deemed in any_deemed(), sent in day()) {
        let by = |way| deemed_received(&calendar, &deemed, sent, way);
        prop_assert!(by(Sent::FirstClass) <= by(Sent::SecondClass));
    }

    #[test]
    fn post_of_some_days_is_never_faster_than_e_mail(calendar in calendar(), sent in day()) {
        let by = |way| deemed_received(&calendar, &Deemed::default(), sent, way);
        prop_assert!(by(Sent::Email) < by(Sent::FirstClass));
    }
}
