//! The trail, read back: of a day, of a case, of a person. Always a Query, newest first, a page at a time.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use redress_domain::calendar::{local_date, start_of_day};
use redress_domain::case::Case;
use redress_domain::reading::Reading;

use super::AuditRow;
use crate::attribute::{Item, body, item, s, text};
use crate::key::instant;
use crate::{CaseKey, Store, StoreError};

/// Days looked at for one page, where neither a case nor a person is asked for.
const DAYS_MAX: u32 = 31;

/// Rows looked at for one page, where both are.
const READ_MAX: usize = 500;

/// Which part of the trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// Of one case.
    pub reference: Option<String>,
    /// Of one person: opaque.
    pub actor: Option<String>,
}

/// From when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The first day; nothing for the beginning of a case's or a person's trail.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: NaiveDate,
}

/// Some rows, newest first, and where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// The place to go on from; nothing at the end.
    pub next: Option<String>,
}

/// One partition of the table or of an index.
struct Partition {
    index: Option<&'static str>,
    attribute: &'static str,
    pk: String,
}

/// The trail between two places, the later one excluded.
struct Span {
    from: String,
    before: String,
}

impl Store {
    /// A page of the trail, newest first, from the place that the page before gave.
    ///
    /// # Errors
    /// When the table or an index cannot be read.
    pub async fn trail(
        &self,
        council: &str,
        trail: &Trail,
        within: &Within,
        before: Option<&str>,
        limit: usize,
    ) -> Result<TrailPage, StoreError> {
        let from = within.from.map_or_else(|| " ".to_owned(), |day| instant(start_of_day(day)));
        let end = within.to.succ_opt().map_or_else(|| "~".to_owned(), |day| instant(start_of_day(day)));
        let before = before.filter(|before| **before < *end).map_or(end, str::to_owned);
        if before < from {
            return Ok(TrailPage { rows: Vec::new(), next: None });
        }
        let span = Span { from, before };
        match Partition::of(council, trail) {
            Some(partition) => self.trail_of(&partition, trail, span, limit).await,
            None => self.trail_by_day(council, within, span, limit).await,
        }
    }

    /// Who may read these cases; those that are not there are left out.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn readings(
        &self,
        council: &str,
        references: impl IntoIterator<Item = &String>,
    ) -> Result<BTreeMap<String, Reading>, StoreError> {
        let keys = references.into_iter().map(|reference| item(&CaseKey::new(council, reference).pk(), "CASE"));
        let mut found = BTreeMap::new();
        for item in self.get_keys(keys.collect()).await? {
            let case: Case = body(&item)?;
            found.insert(case.reference.to_string(), Reading::of(&case));
        }
        Ok(found)
    }

    /// One partition, until the page is full.
    async fn trail_of(
        &self,
        partition: &Partition,
        trail: &Trail,
        mut span: Span,
        limit: usize,
    ) -> Result<TrailPage, StoreError> {
        let (mut rows, mut read) = (Vec::new(), 0);
        loop {
            let (found, more) = self.trail_page(partition, &span, limit).await?;
            for (place, row) in found {
                read += 1;
                span.before = place;
                if trail.actor.as_ref().is_none_or(|actor| *actor == row.actor) {
                    rows.push(row);
                }
                if rows.len() == limit {
                    return Ok(TrailPage { rows, next: Some(span.before) });
                }
            }
            if !more || read >= READ_MAX {
                return Ok(TrailPage { rows, next: more.then_some(span.before) });
            }
        }
    }

    /// Day after day, backwards, until the page is full or enough days were looked at.
    async fn trail_by_day(
        &self,
        council: &str,
        within: &Within,
        mut span: Span,
        limit: usize,
    ) -> Result<TrailPage, StoreError> {
        let mut rows: Vec<AuditRow> = Vec::new();
        let mut day = place_on(&span.before).unwrap_or(within.to);
        let first = within.from.unwrap_or(within.to);
        for _ in 0..=DAYS_MAX {
            if day < first {
                return Ok(TrailPage { rows, next: None });
            }
            let partition = Partition { index: None, attribute: "pk", pk: day_pk(council, day) };
            let (found, more) = self.trail_page(&partition, &span, limit - rows.len()).await?;
            for (place, row) in found {
                span.before = place;
                rows.push(row);
            }
            if more || rows.len() == limit {
                return Ok(TrailPage { rows, next: Some(span.before) });
            }
            span.before = instant(start_of_day(day));
            day = day.pred_opt().unwrap_or(first);
        }
        Ok(TrailPage { rows, next: (day >= first).then_some(span.before) })
    }

    async fn trail_page(
        &self,
        partition: &Partition,
        span: &Span,
        limit: usize,
    ) -> Result<(Vec<(String, AuditRow)>, bool), StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.cases)
            .set_index_name(partition.index.map(str::to_owned))
            .key_condition_expression("#pk = :pk AND sk BETWEEN :from AND :before")
            .expression_attribute_names("#pk", partition.attribute)
            .expression_attribute_values(":pk", s(&partition.pk))
            .expression_attribute_values(":from", s(&span.from))
            .expression_attribute_values(":before", s(&span.before))
            .scan_index_forward(false)
            // One more, since BETWEEN takes its end in and the page before has shown it.
            .limit(i32::try_from(limit).unwrap_or(i32::MAX).saturating_add(1))
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        let more = page.last_evaluated_key().is_some();
        let one = |item: &Item| Some((text(item, "sk")?.to_owned(), body(item)));
        let found = page.items().iter().filter_map(one).filter(|(place, _)| *place != span.before);
        let found: Vec<(String, AuditRow)> =
            found.map(|(place, row)| Ok((place, row?))).collect::<Result<_, StoreError>>()?;
        let over = found.len() > limit;
        Ok((found.into_iter().take(limit).collect(), more || over))
    }
}

impl Partition {
    /// The narrowest index that answers; none where the days themselves are asked for.
    fn of(council: &str, trail: &Trail) -> Option<Partition> {
        match (&trail.reference, &trail.actor) {
            (Some(reference), _) => Some(Partition {
                index: Some("audit-case"),
                attribute: "audit_case_pk",
                pk: case_pk(council, reference),
            }),
            (None, Some(actor)) => Some(Partition {
                index: Some("audit-actor"),
                attribute: "audit_actor_pk",
                pk: actor_pk(council, actor),
            }),
            (None, None) => None,
        }
    }
}

/// The trail of a day.
pub(super) fn day_pk(council: &str, day: NaiveDate) -> String {
    format!("A#{council}#{day}")
}

/// The trail of a case.
pub(super) fn case_pk(council: &str, reference: &str) -> String {
    format!("AC#{council}#{reference}")
}

/// The trail of a person.
pub(super) fn actor_pk(council: &str, actor: &str) -> String {
    format!("AP#{council}#{actor}")
}

/// The day on which a place stands.
fn place_on(place: &str) -> Option<NaiveDate> {
    let at: DateTime<Utc> = place.split('#').next()?.parse().ok()?;
    Some(local_date(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_summer_stands_on_its_london_day() {
        let day = NaiveDate::from_ymd_opt(2026, 7, 2);
        assert_eq!(place_on("2026-07-01T23:30:00.000Z#abc"), day);
        assert_eq!(place_on("2026-07-01T23:00:00.000Z"), day);
        assert_eq!(place_on("nowhere"), None);
    }

    #[test]
    fn a_case_is_asked_for_before_a_person_and_a_person_before_the_days() {
        let trail = |reference: Option<&str>, actor: Option<&str>| Trail {
            reference: reference.map(str::to_owned),
            actor: actor.map(str::to_owned),
        };
        let of = |trail: Trail| Partition::of("westminster", &trail).map(|partition| partition.pk);
        assert_eq!(of(trail(Some("WCC-1"), Some("u-1"))).as_deref(), Some("AC#westminster#WCC-1"));
        assert_eq!(of(trail(None, Some("u-1"))).as_deref(), Some("AP#westminster#u-1"));
        assert_eq!(of(trail(None, None)), None);
    }
}
