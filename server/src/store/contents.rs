//! Which blob holds the content of which attachment.

use super::{Holder, Store, StoreError};
use crate::blobs::BlobId;
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Which content of a case is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentName {
    kind: &'static str,
    number: u32,
    part: u32,
}

impl ContentName {
    /// That of a reporter's attachment.
    pub fn attachment(number: u32) -> Self {
        Self { kind: "attachment", number, part: 1 }
    }

    /// That of a file which came with a reply; `part` counts from 1.
    pub fn reply_file(number: u32, part: u32) -> Self {
        Self { kind: "reply", number, part }
    }
}

fn read_blob(row: Option<&AnyRow>) -> Result<BlobId, StoreError> {
    let row = row.ok_or(StoreError::NotFound)?;
    BlobId::parse(row.try_get("blob")?).ok_or(StoreError::Damaged)
}

impl Store {
    /// Where a content lies.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, or `holder` may not read the case: both look the same.
    pub async fn find_content(
        &self,
        holder: &Holder,
        case: Uuid,
        content: ContentName,
    ) -> Result<BlobId, StoreError> {
        let row = sqlx::query(
            "SELECT t.blob AS blob FROM contents t JOIN grants g ON g.case_id = t.case_id \
             WHERE g.recipient_id = $1 AND g.public_key = $2 \
             AND t.case_id = $3 AND t.kind = $4 AND t.number = $5 AND t.part = $6",
        )
        .bind(holder.recipient_id.clone())
        .bind(holder.public_key.as_str().to_owned())
        .bind(case.to_string())
        .bind(content.kind)
        .bind(i64::from(content.number))
        .bind(i64::from(content.part))
        .fetch_optional(&self.readers)
        .await?;
        read_blob(row.as_ref())
    }

    /// Where a file of a reply lies, for the reporter who has found the case by its access key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none.
    pub async fn find_reply_file(&self, case: Uuid, number: u32, part: u32) -> Result<BlobId, StoreError> {
        let row = sqlx::query(
            "SELECT blob FROM contents WHERE case_id = $1 AND kind = 'reply' AND number = $2 AND part = $3",
        )
        .bind(case.to_string())
        .bind(i64::from(number))
        .bind(i64::from(part))
        .fetch_optional(&self.readers)
        .await?;
        read_blob(row.as_ref())
    }

    /// How many files came with each reply of a case; replies without files are left out.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn count_reply_files(&self, case: Uuid) -> Result<HashMap<u32, u32>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, COUNT(*) AS files FROM contents WHERE case_id = $1 AND kind = 'reply' GROUP BY number",
        )
        .bind(case.to_string())
        .fetch_all(&self.readers)
        .await?;
        let whole = |number: i64| u32::try_from(number).map_err(|_| StoreError::Damaged);
        rows.iter().map(|row| Ok((whole(row.try_get("number")?)?, whole(row.try_get("files")?)?))).collect()
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

    /// The name of this database, made at its first start.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read or written.
    pub async fn installation(&self) -> Result<Uuid, StoreError> {
        let fresh = uuid::Builder::from_random_bytes(rand::random()).into_uuid().to_string();
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO installation (id) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM installation)",
                    )
                    .bind(fresh)
                    .execute(&mut *connection)
                    .await?;
                    let row = sqlx::query("SELECT id FROM installation").fetch_one(&mut *connection).await?;
                    Uuid::try_parse(row.try_get("id")?).map_err(|_| StoreError::Damaged)
                })
            })
            .await
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
