//! Which blob holds the content of which attachment.

use super::{Holder, Store, StoreError};
use crate::blobs::BlobId;
use sqlx::Row;
use uuid::Uuid;

impl Store {
    /// Where the content of an attachment lies.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, or `holder` may not read the case: both look the same.
    pub async fn find_content(&self, holder: &Holder, case: Uuid, number: u32) -> Result<BlobId, StoreError> {
        let row = sqlx::query(
            "SELECT t.blob AS blob FROM contents t JOIN grants g ON g.case_id = t.case_id \
             WHERE g.recipient_id = $1 AND g.public_key = $2 AND t.case_id = $3 AND t.number = $4",
        )
        .bind(holder.recipient_id.clone())
        .bind(holder.public_key.as_str().to_owned())
        .bind(case.to_string())
        .bind(i64::from(number))
        .fetch_optional(&self.readers)
        .await?
        .ok_or(StoreError::NotFound)?;
        BlobId::parse(row.try_get("blob")?).ok_or(StoreError::Damaged)
    }

    /// The number that the next attachment of a case has.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn next_attachment(&self, case: Uuid) -> Result<u32, StoreError> {
        let row = sqlx::query(
            "SELECT COALESCE(MAX(number), 0) AS last FROM entries WHERE case_id = $1 AND kind = 'attachment'",
        )
        .bind(case.to_string())
        .fetch_one(&self.readers)
        .await?;
        u32::try_from(row.try_get::<i64, _>("last")? + 1).map_err(|_| StoreError::Damaged)
    }

    /// Whether a case holds this blob.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn names_blob(&self, blob: BlobId) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT blob FROM contents WHERE blob = $1")
            .bind(blob.to_string())
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.is_some())
    }
}
