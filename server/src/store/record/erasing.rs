//! What stays of a case in the record when it is erased.

use super::{bytes, count};
use crate::domain::Day;
use crate::domain::record::Erasure;
use crate::store::{Store, StoreError};
use candor_crypto::record::CaseTag;
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

pub(super) fn read_erasure(row: &AnyRow) -> Result<Erasure, StoreError> {
    let leaves: String = row.try_get("leaves")?;
    Ok(Erasure {
        case: CaseTag(bytes(row, "case_tag")?),
        day: Day::from_number(row.try_get("day")?),
        leaves: leaves
            .split_whitespace()
            .map(|number| number.parse().map_err(|_| StoreError::Damaged))
            .collect::<Result<_, _>>()?,
    })
}

impl Store {
    /// Deletes a case with all that belongs to it. Its leaves stay in the record; what they said is gone, and that it was
    /// erased on `day` is entered in its turn. The contents of its files are swept away later, since no row names them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such case.
    pub async fn erase(&self, case: Uuid, day: Day) -> Result<(), StoreError> {
        self.writes.run(move |connection| Box::pin(erase(connection, case, day))).await
    }
}

async fn erase(connection: &mut AnyConnection, case: Uuid, day: Day) -> Result<(), StoreError> {
    let id = case.to_string();
    let rows = sqlx::query("SELECT leaf FROM events WHERE case_id = $1 AND leaf >= 0 ORDER BY leaf")
        .bind(&id)
        .fetch_all(&mut *connection)
        .await?;
    let leaves = rows.iter().filter_map(|row| count(row, "leaf").transpose()).collect::<Result<_, _>>()?;
    let erasure = Erasure { case: CaseTag::of(case), day, leaves };
    for leaf in &erasure.leaves {
        // Without its secret a leaf cannot be opened, not even by somebody who kept what it said.
        sqlx::query("UPDATE record_leaves SET secret = $1 WHERE number = $2")
            .bind(vec![0_u8; 16])
            .bind(super::number(*leaf))
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("INSERT INTO record_erasures (case_tag, day, leaves) VALUES ($1, $2, $3)")
        .bind(erasure.case.0.to_vec())
        .bind(day.number())
        .bind(erasure.numbers())
        .execute(&mut *connection)
        .await?;
    let gone = sqlx::query("DELETE FROM cases WHERE id = $1").bind(&id).execute(&mut *connection).await?;
    if gone.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}
