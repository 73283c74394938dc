//! The heads of the record.

use super::bytes;
use crate::domain::Day;
use crate::domain::record::{Head, SignedHead};
use crate::store::{Store, StoreError};
use candor_crypto::record::RecordSignature;
use sqlx::Row;
use sqlx::any::AnyRow;

/// What every query for heads reads.
macro_rules! heads {
    ($rest:literal) => {
        concat!(
            "SELECT h.day AS day, h.size AS size, h.root AS root, h.previous AS previous, h.signature AS signature, \
             i.id AS installation FROM record_heads h, installation i ",
            $rest
        )
    };
}
pub(super) use heads;

pub(super) fn read_head(row: &AnyRow) -> Result<SignedHead, StoreError> {
    let size: i64 = row.try_get("size")?;
    let installation: String = row.try_get("installation")?;
    Ok(SignedHead {
        head: Head {
            installation: installation.parse().map_err(|_| StoreError::Damaged)?,
            day: Day::from_number(row.try_get("day")?),
            size: u64::try_from(size).map_err(|_| StoreError::Damaged)?,
            root: bytes(row, "root")?,
            previous: bytes(row, "previous")?,
        },
        signature: RecordSignature(bytes(row, "signature")?),
    })
}

impl Store {
    /// The newest heads, newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn latest_heads(&self, limit: u32) -> Result<Vec<SignedHead>, StoreError> {
        let rows = sqlx::query(heads!("ORDER BY h.day DESC LIMIT $1"))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(read_head).collect()
    }

    /// All heads, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn all_heads(&self) -> Result<Vec<SignedHead>, StoreError> {
        let rows = sqlx::query(heads!("ORDER BY h.day")).fetch_all(&self.readers).await?;
        rows.iter().map(read_head).collect()
    }

    /// The head of a day, if that day was closed.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn head_of_day(&self, day: Day) -> Result<Option<SignedHead>, StoreError> {
        let row =
            sqlx::query(heads!("WHERE h.day = $1")).bind(day.number()).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_head).transpose()
    }

    /// The newest head, if any day was closed.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn last_head(&self) -> Result<Option<SignedHead>, StoreError> {
        Ok(self.latest_heads(1).await?.pop())
    }

    /// The day whose head was the first to cover a leaf.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn day_of_leaf(&self, leaf: u64) -> Result<Option<Day>, StoreError> {
        let row = sqlx::query("SELECT day FROM record_heads WHERE size > $1 ORDER BY size LIMIT 1")
            .bind(super::number(leaf))
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok(Day::from_number(row.try_get("day")?))).transpose()
    }
}
