//! Entering the events of days that have ended.

use super::{bytes, count, digest, number};
use crate::domain::record::{Batch, Content, Entry, NewLeaf, RecordedEvent};
use crate::domain::{CaseKind, Day};
use crate::store::bulk::{self, Value};
use crate::store::cases::parse_id;
use crate::store::entries::{insert_event, next_position};
use crate::store::{Store, StoreError, outbox};
use candor_crypto::record::{CaseTag, Hash, RecordSignature, nodes_to_grow};
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many nodes one statement reads.
const NODES_AT_ONCE: usize = 16;

/// What a leaf is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKey {
    /// An event, by its case and position.
    Event(String, i64),
    /// The erasure of a case.
    Erasure(CaseTag),
}

impl Store {
    /// Everything that is not in the record and happened on `until` or before.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn events_to_enter(&self, until: Day) -> Result<Vec<Entry<EventKey>>, StoreError> {
        let events = sqlx::query(
            "SELECT case_id, position, day, kind, actor, detail, entries_digest FROM events \
             WHERE leaf < 0 AND day <= $1",
        )
        .bind(until.number())
        .fetch_all(&self.readers)
        .await?;
        let erasures =
            sqlx::query("SELECT case_tag, day, leaves FROM record_erasures WHERE leaf < 0 AND day <= $1")
                .bind(until.number())
                .fetch_all(&self.readers)
                .await?;
        let events = events.iter().map(|row| {
            let case: String = row.try_get("case_id")?;
            let position = row.try_get("position")?;
            let event = RecordedEvent {
                case: CaseTag::of(parse_id(&case)?),
                position,
                day: Day::from_number(row.try_get("day")?),
                kind: row.try_get("kind")?,
                actor: row.try_get("actor")?,
                detail: row.try_get("detail")?,
                entries: digest(row, "entries_digest")?,
            };
            Ok(Entry { key: EventKey::Event(case, position), content: Content::Event(event) })
        });
        let erasures = erasures.iter().map(|row| {
            let erasure = super::erasing::read_erasure(row)?;
            Ok(Entry { key: EventKey::Erasure(erasure.case), content: Content::Erasure(erasure) })
        });
        events.chain(erasures).collect()
    }

    /// The nodes that a tree of `size` leaves needs to grow.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn nodes_to_grow(&self, size: u64) -> Result<BTreeMap<u64, Hash>, StoreError> {
        self.nodes(&nodes_to_grow(size)).await
    }

    /// These nodes of the tree, as far as they are there.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn nodes(&self, numbers: &[u64]) -> Result<BTreeMap<u64, Hash>, StoreError> {
        let mut nodes = BTreeMap::new();
        for some in numbers.chunks(NODES_AT_ONCE) {
            // Few different statements: places that are left over ask for a number that no node has.
            let mut query = sqlx::query(
                "SELECT number, hash FROM record_nodes WHERE number IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
                 $11, $12, $13, $14, $15, $16)",
            );
            for at in 0..NODES_AT_ONCE {
                query = query.bind(some.get(at).map_or(-1, |node| number(*node)));
            }
            for row in query.fetch_all(&self.readers).await? {
                nodes.insert(count(&row, "number")?.ok_or(StoreError::Damaged)?, bytes(&row, "hash")?);
            }
        }
        Ok(nodes)
    }

    /// Enters what one day adds, in one durable transaction. With `mail`, the auditor's notice is written in it too.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody else has closed this day, or something has happened since `batch` was made
    /// that belongs to it; then nothing was entered.
    pub async fn enter(
        &self,
        batch: Batch<EventKey>,
        signature: RecordSignature,
        mail: bool,
    ) -> Result<(), StoreError> {
        self.writes.run(move |connection| Box::pin(insert_batch(connection, batch, signature, mail))).await
    }

    /// Cases that may owe something, or did so after `since`: those that are open, and those that were told something
    /// since. In pages, ascending, after the case `after`.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn cases_that_may_owe(
        &self,
        since: Day,
        after: Uuid,
        limit: u32,
    ) -> Result<Vec<(Uuid, CaseKind)>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, kind FROM cases WHERE id > $1 AND (updated_day > $2 \
             OR status NOT IN ('concluded', 'answered', 'passed')) ORDER BY id LIMIT $3",
        )
        .bind(after.to_string())
        .bind(since.number())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        let case = |row: &AnyRow| {
            let kind = CaseKind::parse(row.try_get("kind")?).ok_or(StoreError::Damaged)?;
            Ok((parse_id(row.try_get("id")?)?, kind))
        };
        rows.iter().map(case).collect()
    }

    /// Writes down that a case missed deadlines by the end of `day`, each once.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be written.
    pub async fn note_missed(&self, case: Uuid, missed: Vec<String>, day: Day) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    for detail in missed {
                        let noted = sqlx::query(
                            "SELECT position FROM events WHERE case_id = $1 AND kind = 'missed' AND detail = $2",
                        )
                        .bind(&id)
                        .bind(&detail)
                        .fetch_optional(&mut *connection)
                        .await?;
                        if noted.is_none() {
                            let position = next_position(connection, &id).await?;
                            insert_event(connection, &id, position, day.number(), "missed", "service", &detail, None)
                                .await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }
}

async fn insert_batch(
    connection: &mut AnyConnection,
    batch: Batch<EventKey>,
    signature: RecordSignature,
    mail: bool,
) -> Result<(), StoreError> {
    let Batch { leaves, nodes, head } = batch;
    let mut places = Vec::new();
    let mut rows: Vec<[Value; 3]> = Vec::with_capacity(leaves.len());
    for NewLeaf { number, secret, commitment, key } in leaves {
        let number = super::number(number);
        rows.push([number.into(), secret.as_bytes().to_vec().into(), commitment.to_vec().into()]);
        match key {
            Some(EventKey::Event(case, position)) => {
                places.push([case.into(), position.into(), number.into()]);
            }
            Some(EventKey::Erasure(case)) => {
                sqlx::query("UPDATE record_erasures SET leaf = $1 WHERE case_tag = $2 AND leaf < 0")
                    .bind(number)
                    .bind(case.0.to_vec())
                    .execute(&mut *connection)
                    .await?;
            }
            None => {}
        }
    }
    let day = head.day.number();
    let row: [Value; 5] = [
        day.into(),
        number(head.size).into(),
        head.root.to_vec().into(),
        head.previous.to_vec().into(),
        signature.0.to_vec().into(),
    ];
    bulk::insert(
        connection,
        "INSERT INTO record_heads (day, size, root, previous, signature)",
        "",
        vec![row],
    )
    .await?;
    bulk::insert(connection, "INSERT INTO record_leaves (number, secret, commitment)", "", rows).await?;
    let nodes = nodes.into_iter().map(|(node, hash)| [number(node).into(), hash.to_vec().into()]);
    bulk::insert(
        connection,
        "INSERT INTO record_nodes (number, hash)",
        "",
        nodes.collect::<Vec<[Value; 2]>>(),
    )
    .await?;
    bulk::place_events(connection, places).await?;
    let left = sqlx::query(
        "SELECT (SELECT COUNT(*) FROM events WHERE leaf < 0 AND day <= $1) \
         + (SELECT COUNT(*) FROM record_erasures WHERE leaf < 0 AND day <= $1) AS waiting",
    )
    .bind(day)
    .fetch_one(&mut *connection)
    .await?;
    if count(&left, "waiting")? != Some(0) {
        return Err(StoreError::Conflict);
    }
    if mail {
        bulk::insert(connection, outbox::INSERT, "", vec![outbox::head_row(head.day)]).await?;
    }
    Ok(())
}
