//! Reminders, and who is told of a case that nobody opens. Each is written down with its notices, once.

use super::bulk;
use super::entries::{insert_event, next_position};
use super::outbox;
use super::{Holder, Store, StoreError};
use crate::domain::Day;
use candor_crypto::PublicKey;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

impl Store {
    /// Everybody who holds a grant of a case, with the key that it is sealed to.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn readers_of(&self, case: Uuid) -> Result<Vec<Holder>, StoreError> {
        let rows = sqlx::query(
            "SELECT recipient_id, public_key FROM grants WHERE case_id = $1 ORDER BY recipient_id, public_key",
        )
        .bind(case.to_string())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let public_key: String = row.try_get("public_key")?;
                Ok(Holder {
                    recipient_id: row.try_get("recipient_id")?,
                    public_key: PublicKey::parse(&public_key).map_err(|_| StoreError::Damaged)?,
                })
            })
            .collect()
    }

    /// Writes down that these recipients are reminded, and the notices that do it. Answers whether this is new: of several
    /// servers one does it. A reminder that is known already is left out, and so is a recipient who reads no longer.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn remind(
        &self,
        case: Uuid,
        reminders: Vec<String>,
        recipients: Vec<String>,
        day: Day,
    ) -> Result<bool, StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let mut new = false;
                    for detail in reminders {
                        if !has_event(connection, &id, "reminded", &detail).await? {
                            new = true;
                            let position = next_position(connection, &id).await?;
                            insert_event(
                                connection,
                                &id,
                                position,
                                day.number(),
                                "reminded",
                                "service",
                                &detail,
                                None,
                            )
                            .await?;
                        }
                    }
                    if new {
                        tell(connection, &id, &recipients).await?;
                    }
                    Ok(new)
                })
            })
            .await
    }

    /// Tells a further recipient that a case waits, unless they were told or somebody has opened it meanwhile. Answers
    /// whether they are told now.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn tell_next(&self, case: Uuid, recipient: String, day: Day) -> Result<bool, StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let opened = sqlx::query(
                        "SELECT position FROM events WHERE case_id = $1 AND kind = 'opened' LIMIT 1",
                    )
                    .bind(&id)
                    .fetch_optional(&mut *connection)
                    .await?;
                    if opened.is_some() || has_event(connection, &id, "told", &recipient).await? {
                        return Ok(false);
                    }
                    let position = next_position(connection, &id).await?;
                    insert_event(
                        connection,
                        &id,
                        position,
                        day.number(),
                        "told",
                        "service",
                        &recipient,
                        None,
                    )
                    .await?;
                    tell(connection, &id, &[recipient]).await?;
                    Ok(true)
                })
            })
            .await
    }
}

async fn has_event(
    connection: &mut AnyConnection,
    case: &str,
    kind: &str,
    detail: &str,
) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT position FROM events WHERE case_id = $1 AND kind = $2 AND detail = $3 LIMIT 1")
            .bind(case.to_owned())
            .bind(kind.to_owned())
            .bind(detail.to_owned())
            .fetch_optional(connection)
            .await?;
    Ok(row.is_some())
}

/// Writes the notices of those who can still read the case. They may go at once: no reporter's doing decides when a day
/// begins.
async fn tell(connection: &mut AnyConnection, case: &str, recipients: &[String]) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    for recipient in recipients {
        let grant =
            sqlx::query("SELECT case_id FROM grants WHERE case_id = $1 AND recipient_id = $2 LIMIT 1")
                .bind(case.to_owned())
                .bind(recipient.clone())
                .fetch_optional(&mut *connection)
                .await?;
        if grant.is_some() {
            rows.push(outbox::notice_row(recipient, 0));
        }
    }
    bulk::insert(connection, outbox::INSERT, "", rows).await?;
    Ok(())
}
