//! Challenges and sessions of recipients. Secrets are stored hashed.

use super::{Holder, Store, StoreError, cases};
use candor_crypto::PublicKey;
use sqlx::Row;

/// A session that was found valid.
pub type Session = Holder;

impl Store {
    /// Keeps a challenge until `expires_at` (unix seconds) and clears away those that have run out.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn add_challenge(
        &self,
        id: String,
        public_key: PublicKey,
        answer_hash: [u8; 32],
        now: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM challenges WHERE expires_at <= $1")
                        .bind(now)
                        .execute(&mut *connection)
                        .await?;
                    sqlx::query(
                        "INSERT INTO challenges (id, public_key, answer_hash, expires_at) VALUES ($1, $2, $3, $4)",
                    )
                    .bind(id)
                    .bind(public_key.as_str().to_owned())
                    .bind(answer_hash.to_vec())
                    .bind(expires_at)
                    .execute(&mut *connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Uses a challenge up, whether or not the answer is right: the key it was made for, and the hash of its answer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if it is unknown, used or too old.
    pub async fn take_challenge(&self, id: String, now: i64) -> Result<(PublicKey, [u8; 32]), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let row = sqlx::query(
                        "DELETE FROM challenges WHERE id = $1 RETURNING public_key, answer_hash, expires_at",
                    )
                    .bind(id)
                    .fetch_optional(connection)
                    .await?;
                    // A row that has run out is deleted all the same, so this answers Ok and the asker is refused below.
                    row.map(|row| {
                        let hash: Vec<u8> = row.try_get("answer_hash")?;
                        Ok((
                            cases::parse_key(&row.try_get::<String, _>("public_key")?)?,
                            <[u8; 32]>::try_from(hash).map_err(|_| StoreError::Damaged)?,
                            row.try_get::<i64, _>("expires_at")?,
                        ))
                    })
                    .transpose()
                })
            })
            .await?
            .filter(|(_, _, expires_at)| *expires_at > now)
            .map(|(key, hash, _)| (key, hash))
            .ok_or(StoreError::NotFound)
    }

    /// Begins a session and clears away those that have ended.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn begin_session(
        &self,
        token_hash: [u8; 32],
        holder: Holder,
        now: i64,
        idle_until: i64,
        ends_at: i64,
    ) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM sessions WHERE idle_until <= $1 OR ends_at <= $1")
                        .bind(now)
                        .execute(&mut *connection)
                        .await?;
                    sqlx::query(
                        "INSERT INTO sessions (token_hash, recipient_id, public_key, idle_until, ends_at) \
                         VALUES ($1, $2, $3, $4, $5)",
                    )
                    .bind(token_hash.to_vec())
                    .bind(holder.recipient_id)
                    .bind(holder.public_key.as_str().to_owned())
                    .bind(idle_until)
                    .bind(ends_at)
                    .execute(&mut *connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Whose session this is, and until when it may idle; `None` if it has ended.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn find_session(
        &self,
        token_hash: [u8; 32],
        now: i64,
    ) -> Result<Option<(Session, i64)>, StoreError> {
        let row = sqlx::query(
            "SELECT recipient_id, public_key, idle_until FROM sessions WHERE token_hash = $1 AND idle_until > $2 AND ends_at > $2",
        )
        .bind(token_hash.to_vec())
        .bind(now)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            let holder = Holder {
                recipient_id: row.try_get("recipient_id")?,
                public_key: cases::parse_key(&row.try_get::<String, _>("public_key")?)?,
            };
            Ok((holder, row.try_get("idle_until")?))
        })
        .transpose()
    }

    /// Lets a session idle until `idle_until` (unix seconds).
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn extend_session(&self, token_hash: [u8; 32], idle_until: i64) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query("UPDATE sessions SET idle_until = $1 WHERE token_hash = $2")
                        .bind(idle_until)
                        .bind(token_hash.to_vec())
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn end_session(&self, token_hash: [u8; 32]) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
                        .bind(token_hash.to_vec())
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}
