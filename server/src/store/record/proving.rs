//! What the proof of one case is made of.

use super::{count, digest, leaf};
use crate::domain::Day;
use crate::domain::record::RecordedEvent;
use crate::domain::record::audit::StoredLeaf;
use crate::store::{Store, StoreError};
use candor_crypto::record::CaseTag;
use sqlx::Row;
use uuid::Uuid;

/// An event that is in the record, with its leaf.
pub struct ProvableEvent {
    /// What happened.
    pub event: RecordedEvent,
    /// The number of its leaf.
    pub number: u64,
    /// The leaf.
    pub leaf: StoredLeaf,
}

impl Store {
    /// The events of a case that are in the record, in order.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn events_in_record(&self, case: Uuid) -> Result<Vec<ProvableEvent>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.position AS position, e.day AS day, e.kind AS kind, e.actor AS actor, e.detail AS detail, \
             e.entries_digest AS entries_digest, e.leaf AS leaf, l.secret AS secret, l.commitment AS commitment \
             FROM events e JOIN record_leaves l ON l.number = e.leaf WHERE e.case_id = $1 ORDER BY e.position",
        )
        .bind(case.to_string())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let event = RecordedEvent {
                    case: CaseTag::of(case),
                    position: row.try_get("position")?,
                    day: Day::from_number(row.try_get("day")?),
                    kind: row.try_get("kind")?,
                    actor: row.try_get("actor")?,
                    detail: row.try_get("detail")?,
                    entries: digest(row, "entries_digest")?,
                };
                let number = count(row, "leaf")?.ok_or(StoreError::Damaged)?;
                Ok(ProvableEvent { event, number, leaf: leaf(row)? })
            })
            .collect()
    }
}
