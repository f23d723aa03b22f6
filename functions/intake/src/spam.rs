//! What was sent as a machine sends it. A suspect is set aside for staff to see, and never dropped.

use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::http::HeaderMap;
use chrono::{DateTime, TimeDelta, Utc};

use redress_platform::Keys;

use crate::Intake;

/// A field that people do not see, and machines fill in.
const TRAP: &str = "_website";

/// When the last page was shown, signed.
const SHOWN: &str = "_shown";

/// Nobody reads their answers through in less.
const READING_S: i64 = 3;

/// More than this from one address in an hour is unusual, even for a library or a family.
const AN_HOUR_MAX: u32 = 10;

/// What a page carries to tell when it was shown to whoever has this draft.
pub(crate) fn shown(keys: &Keys, draft: &str, now: DateTime<Utc>) -> String {
    let at = now.timestamp_millis().to_string();
    format!("{at}.{}", keys.hash("shown", &[draft, &at]))
}

/// Whether the trap was filled in.
pub(crate) fn trapped(aside: &BTreeMap<String, String>) -> bool {
    aside.get(TRAP).is_some_and(|said| !said.trim().is_empty())
}

/// Whether a page was filled in as no person does it: the trap as well, or before anyone can have read it.
pub(crate) fn filled_by_a_machine(
    keys: &Keys,
    draft: &str,
    aside: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> bool {
    let Some(taken) = aside.get(SHOWN).and_then(|said| since(keys, draft, said, now)) else { return true };
    // A clock that stands, as when the service is tried out, can tell of nobody that they were quick.
    let too_fast = taken < TimeDelta::seconds(READING_S) && taken != TimeDelta::zero();
    trapped(aside) || too_fast
}

fn since(keys: &Keys, draft: &str, said: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    let at = said.split_once('.')?.0;
    let shown_at = DateTime::from_timestamp_millis(at.parse().ok()?)?;
    (shown(keys, draft, shown_at) == said).then(|| now - shown_at)
}

/// Whether the address this came from has sent more this hour than people do. Counts it as sent.
pub(crate) async fn too_often(intake: &Intake, council: &str, headers: &HeaderMap) -> bool {
    let Some(source) = source(headers) else { return false };
    match intake.office.store.count(council, &source, intake.office.clock.now()).await {
        Ok(times) => times > AN_HOUR_MAX,
        Err(error) => {
            tracing::warn!(%error, "what one address sends could not be counted");
            false
        }
    }
}

/// The address a request came from, as the gateway saw it: the last that was added. Of IPv6, the network of one home.
fn source(headers: &HeaderMap) -> Option<String> {
    let mut hops = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let last = hops.next_back()?.rsplit(',').next()?.trim();
    match last.parse().ok()? {
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => Some(format!("{:?}", address.segments().get(..4)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_774_000_000_000 + ms).unwrap()
    }

    fn keys() -> Keys {
        Keys::new(b"a secret for tests only").unwrap()
    }

    fn suspect(draft: &str, sent_ms: i64, trap: &str) -> bool {
        let aside =
            BTreeMap::from([(SHOWN.to_owned(), shown(&keys(), "a", at(0))), (TRAP.to_owned(), trap.to_owned())]);
        filled_by_a_machine(&keys(), draft, &aside, at(sent_ms))
    }

    #[test]
    fn whoever_reads_first_and_leaves_the_trap_alone_is_a_person() {
        assert!(!suspect("a", 3_000, " "));
        assert!(suspect("a", 2_999, ""));
        assert!(suspect("a", 60_000, "https://example.com"));
        assert!(suspect("b", 60_000, ""), "another draft's page");
        assert!(filled_by_a_machine(&keys(), "a", &BTreeMap::new(), at(0)), "no page was read at all");
        assert!(!suspect("a", 0, ""), "the clock stands");
    }

    #[test]
    fn a_source_is_the_last_hop_and_a_home_is_one_source() {
        let of = |hops: &'static str| {
            source(&HeaderMap::from_iter([(
                axum::http::HeaderName::from_static("x-forwarded-for"),
                axum::http::HeaderValue::from_static(hops),
            )]))
        };
        assert_eq!(of("10.0.0.1, 203.0.113.9").as_deref(), Some("203.0.113.9"));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_eq!(of("nonsense"), None);
        assert_eq!(source(&HeaderMap::new()), None);
    }
}
