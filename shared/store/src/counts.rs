//! How the day stands for some teams: a count of each, which stops at a limit.

use aws_sdk_dynamodb::types::Select;
use chrono::NaiveDate;

use crate::attribute::s;
use crate::key::queue_pk;
use crate::{Store, StoreError};

/// How many open cases are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DueCounts {
    /// Before today.
    pub overdue: i32,
    /// Today.
    pub today: i32,
}

impl Store {
    /// Counts the open cases of these teams that are due, of each team at most `limit`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub async fn count_due(
        &self,
        council: &str,
        teams: &[String],
        today: NaiveDate,
        limit: i32,
    ) -> Result<DueCounts, StoreError> {
        let mut counts = DueCounts::default();
        let (day, end) = (format!("{today}"), format!("{today}~"));
        for team in teams {
            counts.overdue += self.count_between(&queue_pk(council, team), " ", &day, limit).await?;
            counts.today += self.count_between(&queue_pk(council, team), &day, &end, limit).await?;
        }
        Ok(counts)
    }

    async fn count_between(&self, queue: &str, from: &str, to: &str, limit: i32) -> Result<i32, StoreError> {
        let counted = self
            .client
            .query()
            .table_name(&self.cases)
            .index_name("queue")
            .key_condition_expression("queue_pk = :queue AND queue_sk BETWEEN :from AND :to")
            .expression_attribute_values(":queue", s(queue))
            .expression_attribute_values(":from", s(from))
            .expression_attribute_values(":to", s(to))
            .select(Select::Count)
            .limit(limit)
            .send()
            .await
            .map_err(|error| StoreError::of(&error))?;
        Ok(counted.count())
    }
}
