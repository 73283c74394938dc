//! Who can read a case, after the rules decided it: released to somebody else, taken off it, stepped aside.

use super::entries::{insert_entry, insert_event, next_position_for};
use super::{Holder, Store, StoreError, bulk, endings, outbox};
use crate::domain::Day;
use candor_crypto::record::EntriesDigest;
use candor_crypto::{Grant, SealedEntry};
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

/// A grant that a reader made for somebody else.
pub struct Release {
    /// The case.
    pub case: Uuid,
    /// Its private key, sealed to whoever gets it.
    pub grant: Grant,
}

/// What came of giving somebody a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// They can read the case now.
    Given,
    /// They could before.
    Known,
    /// They left the case, and do not come back to it.
    Left,
}

/// What came of taking somebody off a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// They cannot read it any more.
    Gone,
    /// Nobody would be left who can bring it to its end.
    NobodyLeft,
}

/// Why somebody leaves a case.
pub enum Leaving {
    /// Of their own will.
    Aside,
    /// Somebody else takes them off, for a reason in a note.
    TakenOff {
        /// Who.
        recipient: String,
        /// The number of the note.
        number: u32,
        /// The note.
        reason: SealedEntry,
    },
}

impl Store {
    /// Gives `to` what opens these cases, as far as `holder` can read them, and tells them once if that is new to them.
    /// Answers for each case; [`StoreError::NotFound`] stands for one that `holder` cannot read.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written; then nothing was given.
    pub async fn release(
        &self,
        holder: Holder,
        to: Holder,
        releases: Vec<Release>,
        day: Day,
        slot: i64,
    ) -> Result<Vec<Result<Released, StoreError>>, StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let mut outcomes = Vec::with_capacity(releases.len());
                    for release in releases {
                        outcomes.push(match give(connection, &holder, &to, release, day).await {
                            Err(error) if error.is_fault() => return Err(error),
                            outcome => outcome,
                        });
                    }
                    if outcomes.contains(&Ok(Released::Given)) {
                        let notice = outbox::notice_row(&to.recipient_id, slot);
                        bulk::insert(connection, outbox::INSERT, "", vec![notice]).await?;
                    }
                    Ok(outcomes)
                })
            })
            .await
    }

    /// Ends the access of a recipient to a case, for good. `may_end` are the recipients who could bring it to its end, with
    /// the keys that they have now: one of them has to be left.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder`, or whoever is to be taken off, cannot read the case;
    /// [`StoreError::Conflict`] if the number of the note is taken.
    pub async fn leave(
        &self,
        holder: Holder,
        case: Uuid,
        leaving: Leaving,
        may_end: Vec<Holder>,
        day: Day,
    ) -> Result<Departure, StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    check_reads(connection, &id, &holder).await?;
                    let by = &holder.recipient_id;
                    let who = match &leaving {
                        Leaving::Aside => by.clone(),
                        Leaving::TakenOff { recipient, .. } => recipient.clone(),
                    };
                    let readers = readers(connection, &id).await?;
                    if !readers.iter().any(|reader| reader.0 == who) {
                        return Err(StoreError::NotFound);
                    }
                    let stays = |(id, key): &(String, String)| {
                        let ends =
                            |each: &Holder| each.recipient_id == *id && each.public_key.as_str() == key;
                        *id != who && may_end.iter().any(ends)
                    };
                    if !readers.iter().any(stays) {
                        return Ok(Departure::NobodyLeft);
                    }
                    let position = next_position_for(connection, &id, &holder).await?;
                    let (kind, digest) = match leaving {
                        Leaving::Aside => ("stepped_aside", None),
                        Leaving::TakenOff { number, reason, .. } => {
                            let mut digest = EntriesDigest::default();
                            digest.add("note", number, reason.as_bytes());
                            insert_entry(connection, &id, "note", number, position, day, &[], reason).await?;
                            ("taken_off", digest.finish())
                        }
                    };
                    insert_event(connection, &id, position, day.number(), kind, by, &who, digest).await?;
                    sqlx::query("DELETE FROM grants WHERE case_id = $1 AND recipient_id = $2")
                        .bind(&id)
                        .bind(&who)
                        .execute(&mut *connection)
                        .await?;
                    endings::void_of(connection, &id, &who).await?;
                    Ok(Departure::Gone)
                })
            })
            .await
    }

    /// The ids of those who left a case.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn departed(&self, case: Uuid) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT detail FROM events WHERE case_id = $1 AND kind IN ('taken_off', 'stepped_aside')",
        )
        .bind(case.to_string())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok(row.try_get("detail")?)).collect()
    }

    /// Cases that `holder` can read and `other` cannot, and has not left; in pages, ascending, after the case `after`.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn cases_to_hand_over(
        &self,
        holder: &Holder,
        other: &Holder,
        after: Uuid,
        limit: u32,
    ) -> Result<Vec<Uuid>, StoreError> {
        let rows = sqlx::query(
            "SELECT g.case_id FROM grants g WHERE g.recipient_id = $1 AND g.public_key = $2 AND g.case_id > $3 \
             AND NOT EXISTS (SELECT 1 FROM grants o WHERE o.case_id = g.case_id AND o.recipient_id = $4 AND o.public_key = $5) \
             AND NOT EXISTS (SELECT 1 FROM events e WHERE e.case_id = g.case_id \
             AND e.kind IN ('taken_off', 'stepped_aside') AND e.detail = $4) ORDER BY g.case_id LIMIT $6",
        )
        .bind(holder.recipient_id.clone())
        .bind(holder.public_key.as_str().to_owned())
        .bind(after.to_string())
        .bind(other.recipient_id.clone())
        .bind(other.public_key.as_str().to_owned())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| super::cases::parse_id(row.try_get("case_id")?)).collect()
    }
}

async fn give(
    connection: &mut AnyConnection,
    holder: &Holder,
    to: &Holder,
    release: Release,
    day: Day,
) -> Result<Released, StoreError> {
    let id = release.case.to_string();
    check_reads(connection, &id, holder).await?;
    let left = sqlx::query(
        "SELECT position FROM events WHERE case_id = $1 AND kind IN ('taken_off', 'stepped_aside') AND detail = $2 LIMIT 1",
    )
    .bind(&id)
    .bind(to.recipient_id.clone())
    .fetch_optional(&mut *connection)
    .await?;
    if left.is_some() {
        return Ok(Released::Left);
    }
    let given = sqlx::query(
        "INSERT INTO grants (case_id, recipient_id, public_key, received_day, sealed) \
         SELECT id, $2, $3, received_day, $4 FROM cases WHERE id = $1 ON CONFLICT DO NOTHING",
    )
    .bind(&id)
    .bind(to.recipient_id.clone())
    .bind(to.public_key.as_str().to_owned())
    .bind(release.grant.as_bytes().to_vec())
    .execute(&mut *connection)
    .await?;
    if given.rows_affected() == 0 {
        return Ok(Released::Known);
    }
    // What was addressed to them has been released.
    sqlx::query("UPDATE cases SET addressed_to = '' WHERE id = $1 AND addressed_to = $2")
        .bind(&id)
        .bind(to.recipient_id.clone())
        .execute(&mut *connection)
        .await?;
    let by = &holder.recipient_id;
    let position = next_position_for(connection, &id, holder).await?;
    insert_event(connection, &id, position, day.number(), "granted", by, &to.recipient_id, None).await?;
    Ok(Released::Given)
}

/// Asks whether `holder` can read a case, before anything is written: positions are taken only where an event follows.
pub(super) async fn check_reads(
    connection: &mut AnyConnection,
    case: &str,
    holder: &Holder,
) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT case_id FROM grants WHERE case_id = $1 AND recipient_id = $2 AND public_key = $3",
    )
    .bind(case.to_owned())
    .bind(holder.recipient_id.clone())
    .bind(holder.public_key.as_str().to_owned())
    .fetch_optional(connection)
    .await?;
    row.map(|_| ()).ok_or(StoreError::NotFound)
}

/// Ids and public keys of those who hold a grant.
pub(super) async fn readers(
    connection: &mut AnyConnection,
    case: &str,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query("SELECT recipient_id, public_key FROM grants WHERE case_id = $1")
        .bind(case.to_owned())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((row.try_get("recipient_id")?, row.try_get("public_key")?))).collect()
}
