//! The outbox: notices written in the transaction of what they announce, and kept until the mail server took them.

use super::bulk::Value;
use super::{Store, StoreError};
use crate::domain::day::Day;

use sqlx::Row;

/// All due notices of one recipient, claimed by one worker until the lease ends. They become one e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Whom to tell; empty for the auditor, who is no recipient.
    pub recipient_id: String,
    /// The rows to finish or to postpone.
    pub row_ids: Vec<String>,
    /// The days whose heads the auditor is to get; none for recipients.
    pub heads: Vec<Day>,
    /// How often sending has failed before.
    pub attempts: i64,
}

/// Inserts notices; [`notice_row`] makes their rows.
pub(super) const INSERT: &str = "INSERT INTO outbox (id, recipient_id, template, slot)";

/// The row of one notice.
pub(super) fn notice_row(recipient: &str, slot: i64) -> [Value; 4] {
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid().to_string();
    [id.into(), recipient.into(), "waiting".into(), slot.into()]
}

/// The row of the auditor's notice of a head. It may go at once: no reporter's doing decides when a day ends.
pub(super) fn head_row(day: Day) -> [Value; 4] {
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid().to_string();
    [id.into(), "".into(), format!("{HEAD}{day}").into(), 0.into()]
}

/// Begins the template of a notice with a head; its day follows.
const HEAD: &str = "head ";

impl Store {
    /// Claims every notice that is due at `now` (unix seconds) until `lease_until`: nobody else gets it before then.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn claim_due_notices(&self, now: i64, lease_until: i64) -> Result<Vec<Claimed>, StoreError> {
        let mut rows = self
            .writes
            .run(move |connection| {
                Box::pin(async move {
                    let rows = sqlx::query(
                        "UPDATE outbox SET leased_until = $1 WHERE slot <= $2 AND next_attempt <= $2 \
                         AND leased_until <= $2 RETURNING recipient_id, template, id, attempts",
                    )
                    .bind(lease_until)
                    .bind(now)
                    .fetch_all(connection)
                    .await?;
                    rows.iter()
                        .map(|row| {
                            let template: String = row.try_get("template")?;
                            let head = template.strip_prefix(HEAD).and_then(|day| day.parse::<Day>().ok());
                            let (recipient, id) = (row.try_get("recipient_id")?, row.try_get("id")?);
                            Ok((recipient, head, id, row.try_get("attempts")?))
                        })
                        .collect::<Result<Vec<(String, Option<Day>, String, i64)>, StoreError>>()
                })
            })
            .await?;
        rows.sort();
        let mut claims: Vec<Claimed> = Vec::new();
        for (recipient_id, head, id, attempts) in rows {
            match claims.last_mut() {
                Some(claim) if claim.recipient_id == recipient_id => {
                    claim.row_ids.push(id);
                    claim.heads.extend(head);
                    claim.attempts = claim.attempts.max(attempts);
                }
                _ => {
                    let heads = head.into_iter().collect();
                    claims.push(Claimed { recipient_id, row_ids: vec![id], heads, attempts });
                }
            }
        }
        Ok(claims)
    }

    /// Forgets notices that the mail server has accepted.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written; the notice is then sent once more after its lease.
    pub async fn finish_notices(&self, row_ids: &[String]) -> Result<(), StoreError> {
        let row_ids = row_ids.to_vec();
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    for id in row_ids {
                        sqlx::query("DELETE FROM outbox WHERE id = $1")
                            .bind(id)
                            .execute(&mut *connection)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Gives claimed notices back, to be tried again at `next_attempt` (unix seconds).
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn postpone_notices(
        &self,
        row_ids: &[String],
        attempts: i64,
        next_attempt: i64,
    ) -> Result<(), StoreError> {
        let row_ids = row_ids.to_vec();
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    for id in row_ids {
                        sqlx::query(
                            "UPDATE outbox SET attempts = $1, next_attempt = $2, leased_until = 0 WHERE id = $3",
                        )
                        .bind(attempts)
                        .bind(next_attempt)
                        .bind(id)
                        .execute(&mut *connection)
                        .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// When the next notice may be sent (unix seconds), or `None` if none waits.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn next_notice_due(&self) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query(
            "SELECT CASE WHEN slot >= next_attempt AND slot >= leased_until THEN slot \
             WHEN next_attempt >= leased_until THEN next_attempt ELSE leased_until END AS due \
             FROM outbox ORDER BY due LIMIT 1",
        )
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(|row| row.try_get("due")).transpose()?)
    }
}
