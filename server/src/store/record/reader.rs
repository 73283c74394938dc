//! Reading a database to check it: nothing is changed, and all of it is read as it stood at one moment.

use super::erasing::read_erasure;
use super::heads::{heads, read_head};
use super::{bytes, count, digest, leaf};
use crate::domain::Day;
use crate::domain::record::SignedHead;
use crate::domain::record::audit::{StoredCase, StoredErasure, StoredEvent, StoredLeaf};
use crate::store::{OpenError, StoreError};
use candor_crypto::record::{EntriesDigest, Hash};
use sqlx::any::{AnyConnectOptions, AnyRow};
use sqlx::{AnyConnection, ConnectOptions, Executor, Row};
use std::collections::BTreeMap;
use std::str::FromStr;
use uuid::Uuid;

/// A database that is only read.
pub struct RecordReader {
    connection: AnyConnection,
}

impl RecordReader {
    /// Opens the database at `url` (`sqlite:` and a percent-encoded path). A service may be running on it.
    ///
    /// # Errors
    /// [`OpenError`], with a sentence for the operator.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        if !url.starts_with("sqlite:") {
            return Err(OpenError::UnknownAddress);
        }
        let separator = if url.contains('?') { '&' } else { '?' };
        let mut connection = AnyConnectOptions::from_str(&format!("{url}{separator}mode=ro"))
            .map_err(OpenError::Connect)?
            .disable_statement_logging()
            .connect()
            .await
            .map_err(OpenError::Connect)?;
        connection.execute("BEGIN").await.map_err(OpenError::Connect)?;
        Ok(Self { connection })
    }

    /// The name of the database; `None` if it never had one.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub async fn installation(&mut self) -> Result<Option<Uuid>, StoreError> {
        let row = sqlx::query("SELECT id FROM installation").fetch_optional(&mut self.connection).await?;
        row.map(|row| Uuid::try_parse(row.try_get("id")?).map_err(|_| StoreError::Damaged)).transpose()
    }

    /// All heads, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn heads(&mut self) -> Result<Vec<SignedHead>, StoreError> {
        let rows = sqlx::query(heads!("ORDER BY h.day")).fetch_all(&mut self.connection).await?;
        rows.iter().map(read_head).collect()
    }

    /// How many cases there are.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn case_count(&mut self) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS cases FROM cases").fetch_one(&mut self.connection).await?;
        count(&row, "cases")?.ok_or(StoreError::Damaged)
    }

    /// Ids of cases after `after`, ascending, as they are stored.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn cases(&mut self, after: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query("SELECT id FROM cases WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after.to_owned())
            .bind(i64::from(limit))
            .fetch_all(&mut self.connection)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// Ids that events or entries name and no case has, as they are stored.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn orphans(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT case_id FROM events WHERE case_id NOT IN (SELECT id FROM cases) \
             UNION SELECT DISTINCT case_id FROM entries WHERE case_id NOT IN (SELECT id FROM cases)",
        )
        .fetch_all(&mut self.connection)
        .await?;
        rows.iter().map(|row| Ok(row.try_get("case_id")?)).collect()
    }

    /// A case with all that is stored of it; `None` if its row is damaged.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be read.
    pub async fn case(&mut self, id: &str) -> Result<Option<StoredCase>, StoreError> {
        let row = sqlx::query("SELECT status, outcome, received_day, revision FROM cases WHERE id = $1")
            .bind(id.to_owned())
            .fetch_one(&mut self.connection)
            .await?;
        let (status, outcome): (String, String) = (row.try_get("status")?, row.try_get("outcome")?);
        let Ok(uuid) = Uuid::try_parse(id) else { return Ok(None) };
        let events = sqlx::query(
            "SELECT e.position AS position, e.day AS day, e.kind AS kind, e.actor AS actor, e.detail AS detail, \
             e.entries_digest AS entries_digest, e.leaf AS leaf, \
             COALESCE(l.secret, x'') AS secret, COALESCE(l.commitment, x'') AS commitment \
             FROM events e LEFT JOIN record_leaves l ON l.number = e.leaf WHERE e.case_id = $1 ORDER BY e.position",
        )
        .bind(id.to_owned())
        .fetch_all(&mut self.connection)
        .await?;
        Ok(Some(StoredCase {
            id: uuid,
            received: Day::from_number(row.try_get("received_day")?),
            standing: if outcome.is_empty() { status } else { format!("{status}:{outcome}") },
            revision: row.try_get("revision")?,
            events: events.iter().map(read_event).collect::<Result<_, _>>()?,
            entries: self.entries(id).await?,
        }))
    }

    async fn entries(&mut self, id: &str) -> Result<BTreeMap<i64, (Option<Day>, Hash)>, StoreError> {
        let rows = sqlx::query("SELECT kind, number, position, day, sealed FROM entries WHERE case_id = $1")
            .bind(id.to_owned())
            .fetch_all(&mut self.connection)
            .await?;
        let mut digests: BTreeMap<i64, (Option<Day>, EntriesDigest)> = BTreeMap::new();
        for row in &rows {
            let day = Day::from_number(row.try_get("day")?);
            let number = u32::try_from(row.try_get::<i64, _>("number")?).unwrap_or(u32::MAX);
            let (all, digest) = digests
                .entry(row.try_get("position")?)
                .or_insert_with(|| (Some(day), EntriesDigest::default()));
            *all = all.filter(|all| *all == day);
            digest.add(row.try_get("kind")?, number, &row.try_get::<Vec<u8>, _>("sealed")?);
        }
        let finish = |(position, (day, digest)): (i64, (Option<Day>, EntriesDigest))| {
            digest.finish().map(|digest| (position, (day, digest)))
        };
        Ok(digests.into_iter().filter_map(finish).collect())
    }

    /// All erasures.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn erasures(&mut self) -> Result<Vec<StoredErasure>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.case_tag AS case_tag, r.day AS day, r.leaves AS leaves, r.leaf AS leaf, \
             COALESCE(l.secret, x'') AS secret, COALESCE(l.commitment, x'') AS commitment \
             FROM record_erasures r LEFT JOIN record_leaves l ON l.number = r.leaf",
        )
        .fetch_all(&mut self.connection)
        .await?;
        let read = |row: &AnyRow| {
            Ok(StoredErasure {
                erasure: read_erasure(row)?,
                leaf: count(row, "leaf")?,
                stored_leaf: leaf(row).ok(),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Leaves from number `from` on.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn leaves(&mut self, from: u64, limit: u32) -> Result<Vec<(u64, StoredLeaf)>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, secret, commitment FROM record_leaves WHERE number >= $1 ORDER BY number LIMIT $2",
        )
        .bind(super::number(from))
        .bind(i64::from(limit))
        .fetch_all(&mut self.connection)
        .await?;
        rows.iter().map(|row| Ok((count(row, "number")?.ok_or(StoreError::Damaged)?, leaf(row)?))).collect()
    }

    /// Nodes from number `from` up to before `to`.
    ///
    /// # Errors
    /// [`StoreError`] if they cannot be read.
    pub async fn nodes(&mut self, from: u64, to: u64) -> Result<Vec<(u64, Hash)>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, hash FROM record_nodes WHERE number >= $1 AND number < $2 ORDER BY number",
        )
        .bind(super::number(from))
        .bind(super::number(to))
        .fetch_all(&mut self.connection)
        .await?;
        rows.iter()
            .map(|row| Ok((count(row, "number")?.ok_or(StoreError::Damaged)?, bytes(row, "hash")?)))
            .collect()
    }
}

fn read_event(row: &AnyRow) -> Result<StoredEvent, StoreError> {
    Ok(StoredEvent {
        position: row.try_get("position")?,
        day: Day::from_number(row.try_get("day")?),
        kind: row.try_get("kind")?,
        actor: row.try_get("actor")?,
        detail: row.try_get("detail")?,
        digest: digest(row, "entries_digest")?,
        leaf: count(row, "leaf")?,
        stored_leaf: leaf(row).ok(),
    })
}
