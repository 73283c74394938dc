//! Which keys open what: seen by a reader, and put out of use when one is lost or retired.

use super::access::readers;
use super::entries::{insert_event, next_position};
use super::{Holder, Store, StoreError};
use crate::domain::Day;
use candor_crypto::PublicKey;
use sqlx::{AnyConnection, Row};

/// A key that opens cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyInUse {
    /// Whose it is, and which.
    pub holder: Holder,
    /// How many cases it opens, of those that the asker can read.
    pub cases: i64,
}

impl Store {
    /// The keys that open cases which `holder` can read, with how many each. Nothing of other cases is counted: from a
    /// difference somebody could tell that there are cases about them.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn keys_in_use(&self, holder: &Holder) -> Result<Vec<KeyInUse>, StoreError> {
        let rows = sqlx::query(
            "SELECT o.recipient_id, o.public_key, COUNT(*) AS cases FROM grants g \
             JOIN grants o ON o.case_id = g.case_id WHERE g.recipient_id = $1 AND g.public_key = $2 \
             GROUP BY o.recipient_id, o.public_key ORDER BY o.recipient_id, o.public_key",
        )
        .bind(holder.recipient_id.clone())
        .bind(holder.public_key.as_str().to_owned())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let public_key: String = row.try_get("public_key")?;
                let public_key = PublicKey::parse(&public_key).map_err(|_| StoreError::Damaged)?;
                let holder = Holder { recipient_id: row.try_get("recipient_id")?, public_key };
                Ok(KeyInUse { holder, cases: row.try_get("cases")? })
            })
            .collect()
    }

    /// Takes a key out of use: its grants go, wherever they are, but for cases that only it opens, and its sessions end.
    /// `current` are the keys that are in use now. Answers how many of the cases that `by` can read are left to it.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written; then nothing was changed.
    pub async fn revoke(
        &self,
        by: Holder,
        key: Holder,
        current: Vec<Holder>,
        day: Day,
    ) -> Result<i64, StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let held =
                        sqlx::query("SELECT case_id FROM grants WHERE recipient_id = $1 AND public_key = $2")
                            .bind(key.recipient_id.clone())
                            .bind(key.public_key.as_str().to_owned())
                            .fetch_all(&mut *connection)
                            .await?;
                    let mut left = 0;
                    for row in held {
                        let case: String = row.try_get("case_id")?;
                        let readers = readers(connection, &case).await?;
                        if readers.iter().any(|reader| current.iter().any(|each| is(each, reader))) {
                            take(connection, &case, &key, &by, day).await?;
                        } else if readers.iter().any(|reader| is(&by, reader)) {
                            left += 1;
                        }
                    }
                    sqlx::query("DELETE FROM sessions WHERE recipient_id = $1 AND public_key = $2")
                        .bind(key.recipient_id.clone())
                        .bind(key.public_key.as_str().to_owned())
                        .execute(&mut *connection)
                        .await?;
                    Ok(left)
                })
            })
            .await
    }
}

async fn take(
    connection: &mut AnyConnection,
    case: &str,
    key: &Holder,
    by: &Holder,
    day: Day,
) -> Result<(), StoreError> {
    let position = next_position(connection, case).await?;
    let (actor, whose) = (&by.recipient_id, &key.recipient_id);
    insert_event(connection, case, position, day.number(), "revoked", actor, whose, None).await?;
    sqlx::query("DELETE FROM grants WHERE case_id = $1 AND recipient_id = $2 AND public_key = $3")
        .bind(case.to_owned())
        .bind(key.recipient_id.clone())
        .bind(key.public_key.as_str().to_owned())
        .execute(connection)
        .await?;
    Ok(())
}

fn is(holder: &Holder, reader: &(String, String)) -> bool {
    holder.recipient_id == reader.0 && holder.public_key.as_str() == reader.1
}
