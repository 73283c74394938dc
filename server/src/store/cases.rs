//! Cases: how a report is received, and how its reporter finds it again.

use super::bulk::{self, Value};
use super::{Store, StoreError};
use crate::blobs::Stored;
use crate::domain::day::Day;
use crate::domain::deadlines::CaseDays;
use crate::domain::status::{CaseKind, Outcome, Status};
use candor_crypto::record::EntriesDigest;
use candor_crypto::{AccessKeyHash, Grant, PublicKey, SealedEntry, SealedReport};
use sqlx::AnyConnection;
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::HashSet;
use uuid::Uuid;

/// A grant to be stored with a new case.
pub struct NewGrant {
    /// Whom it lets read.
    pub recipient_id: String,
    /// The key it is sealed to.
    pub public_key: PublicKey,
    /// The case's private key, sealed.
    pub grant: Grant,
}

/// An attachment to be stored with what it belongs to. Its content is in object storage already.
pub struct NewAttachment {
    /// Counts from 1 within the case.
    pub number: u32,
    /// What the file is, sealed.
    pub sealed: SealedEntry,
    /// Where its content lies.
    pub content: Stored,
}

/// A report as it is stored: sealed, hashed or coarse, nothing else.
pub struct NewCase {
    /// Random, version 4.
    pub id: Uuid,
    /// By which the reporter will find it.
    pub access: AccessKeyHash,
    /// To which replies are sealed.
    pub mailbox: PublicKey,
    /// To which entries are sealed.
    pub public_key: PublicKey,
    /// Concern or question: they have different deadlines.
    pub kind: CaseKind,
    /// The chosen recipient, if told without being granted.
    pub addressed: Option<String>,
    /// The day it was received.
    pub day: Day,
    /// Its attachments, in order.
    pub attachments: Vec<NewAttachment>,
    /// The sealed report.
    pub report: SealedReport,
    /// Name and contact of a confidential reporter: an entry of its own.
    pub identity: Option<SealedEntry>,
    /// Recognises the same form sent twice; says nothing without the retrieval token.
    pub replay_tag: [u8; 32],
    /// One for each recipient who can read.
    pub grants: Vec<NewGrant>,
    /// Recipients to be told by e-mail.
    pub told: Vec<String>,
    /// The mail batch they wait for, unix seconds.
    pub slot: i64,
}

/// What became of a report that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is stored, durably.
    New,
    /// The same form was stored before (a reload, a double click, an answer that got lost). Nothing was added.
    Again {
        /// The day it was first received.
        day: Day,
    },
    /// Another report holds this access key. Nothing was added; derive another.
    AccessKeyTaken,
    /// There is a case of this id. Nothing was added.
    CaseTaken,
}

/// What the server knows of a case.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub id: Uuid,
    /// To which replies are sealed.
    pub mailbox: PublicKey,
    /// To which entries are sealed.
    pub public_key: PublicKey,
    /// Concern or question.
    pub kind: CaseKind,
    /// Where it stands.
    pub status: Status,
    /// How it ended, coarsely.
    pub outcome: Option<Outcome>,
    /// The day it was received.
    pub received: Day,
    /// The day it was acknowledged, if it was.
    pub acknowledged: Option<Day>,
    /// The last day on which the reporter was told something.
    pub updated: Day,
    /// Grows by one with each change.
    pub revision: i64,
}

impl CaseRow {
    /// What its deadlines are counted from.
    pub fn days(&self) -> CaseDays {
        CaseDays {
            kind: self.kind,
            received: self.received,
            acknowledged: self.acknowledged,
            last_update: Some(self.updated),
            open: self.status.is_open(),
        }
    }

    pub(super) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let outcome: String = row.try_get("outcome")?;
        let acknowledged: i64 = row.try_get("acknowledged_day")?;
        Ok(Self {
            id: parse_id(&row.try_get::<String, _>("id")?)?,
            mailbox: parse_key(&row.try_get::<String, _>("mailbox_public_key")?)?,
            public_key: parse_key(&row.try_get::<String, _>("public_key")?)?,
            kind: CaseKind::parse(&row.try_get::<String, _>("kind")?).ok_or(StoreError::Damaged)?,
            status: Status::parse(&row.try_get::<String, _>("status")?).ok_or(StoreError::Damaged)?,
            outcome: match outcome.as_str() {
                "" => None,
                code => Some(Outcome::parse(code).ok_or(StoreError::Damaged)?),
            },
            received: Day::from_number(row.try_get("received_day")?),
            acknowledged: (acknowledged >= 0).then(|| Day::from_number(acknowledged)),
            updated: Day::from_number(row.try_get("updated_day")?),
            revision: row.try_get("revision")?,
        })
    }
}

pub(super) fn parse_id(text: &str) -> Result<Uuid, StoreError> {
    Uuid::parse_str(text).map_err(|_| StoreError::Damaged)
}

pub(super) fn parse_key(text: &str) -> Result<PublicKey, StoreError> {
    PublicKey::parse(text).map_err(|_| StoreError::Damaged)
}

impl Store {
    /// Stores a report with everything that belongs to it, in one durable transaction: when this answers
    /// [`Received::New`], it survives a power cut.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a content belongs to another report already; otherwise the database's fault. Then
    /// nothing was stored.
    pub async fn receive(&self, case: NewCase) -> Result<Received, StoreError> {
        if case.attachments.is_empty() {
            return self.writes.receive(case).await;
        }
        // An upload can be named by two reports; the second must fail alone.
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let received = insert_cases(connection, std::slice::from_ref(&case)).await?;
                    received.first().copied().ok_or(StoreError::Damaged)
                })
            })
            .await
    }

    /// The case that an access key opens, or `None`: wrong, unknown and erased look the same.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn find_by_access(&self, access: &AccessKeyHash) -> Result<Option<CaseRow>, StoreError> {
        sqlx::query("SELECT * FROM cases WHERE access_hash = $1")
            .bind(access.as_bytes().to_vec())
            .fetch_optional(&self.readers)
            .await?
            .as_ref()
            .map(CaseRow::read)
            .transpose()
    }
}

const INSERT_CASE: &str = "INSERT INTO cases (id, access_hash, mailbox_public_key, public_key, kind, status, \
     addressed_to, received_day, updated_day, revision)";
pub(super) const INSERT_ENTRY: &str =
    "INSERT INTO entries (case_id, kind, number, position, day, replay_tag, sealed)";
const INSERT_GRANT: &str = "INSERT INTO grants (case_id, recipient_id, public_key, received_day, sealed)";
pub(super) const INSERT_CONTENT: &str = "INSERT INTO contents (blob, case_id, kind, number, part, size)";
const INSERT_EVENT: &str = "INSERT INTO events (case_id, position, day, kind, actor, detail, entries_digest)";

/// Inserts reports that arrived together, each table at once. Answers in the order of `cases`.
pub(super) async fn insert_cases(
    connection: &mut AnyConnection,
    cases: &[NewCase],
) -> Result<Vec<Received>, StoreError> {
    // A browser that seals by itself chooses the case's id: one that is taken must fail alone, not with all the others.
    let mut ids = HashSet::with_capacity(cases.len());
    let rows = cases.iter().filter(|case| ids.insert(case.id)).map(case_row).collect();
    let inserted =
        bulk::insert(connection, INSERT_CASE, "ON CONFLICT DO NOTHING RETURNING id, access_hash", rows)
            .await?
            .iter()
            .map(|row| Ok((row.try_get("id")?, row.try_get("access_hash")?)))
            .collect::<Result<HashSet<(String, Vec<u8>)>, sqlx::Error>>()?;
    let mut rest = CaseParts::default();
    let mut received: Vec<Option<Received>> = Vec::with_capacity(cases.len());
    for case in cases {
        let key = (case.id.to_string(), case.access.as_bytes().to_vec());
        // Each row counts once: the same case twice in one group is one case.
        let new = inserted.contains(&key) && ids.remove(&case.id);
        if new {
            rest.add(case);
        }
        received.push(new.then_some(Received::New));
    }
    bulk::insert(connection, INSERT_ENTRY, "", rest.entries).await?;
    bulk::insert(connection, INSERT_CONTENT, "", rest.contents).await?;
    bulk::insert(connection, INSERT_GRANT, "", rest.grants).await?;
    bulk::insert(connection, INSERT_EVENT, "", rest.events).await?;
    bulk::insert(connection, super::outbox::INSERT, "", rest.notices).await?;
    let mut answers = Vec::with_capacity(cases.len());
    for (case, received) in cases.iter().zip(received) {
        answers.push(match received {
            Some(received) => received,
            None => recognise(connection, &case.access, case.replay_tag).await?,
        });
    }
    Ok(answers)
}

/// Stores one report in a transaction of its own, in one trip to SQLite's thread. Fails where its access key is taken,
/// too; then the transaction is still open.
pub(super) async fn insert_alone(
    connection: &mut AnyConnection,
    begin: &str,
    case: &NewCase,
) -> Result<(), StoreError> {
    let mut rest = CaseParts::default();
    rest.add(case);
    let tables = vec![
        bulk::Rows::new(INSERT_CASE, vec![case_row(case)]),
        bulk::Rows::new(INSERT_ENTRY, rest.entries),
        bulk::Rows::new(INSERT_CONTENT, rest.contents),
        bulk::Rows::new(INSERT_GRANT, rest.grants),
        bulk::Rows::new(INSERT_EVENT, rest.events),
        bulk::Rows::new(super::outbox::INSERT, rest.notices),
    ];
    bulk::commit_at_once(connection, begin, tables).await
}

/// What belongs to cases beside their own rows.
#[derive(Default)]
struct CaseParts {
    entries: Vec<[Value; 7]>,
    contents: Vec<[Value; 6]>,
    grants: Vec<[Value; 5]>,
    events: Vec<[Value; 7]>,
    notices: Vec<[Value; 4]>,
}

impl CaseParts {
    fn add(&mut self, case: &NewCase) {
        let id = case.id.to_string();
        let day = case.day.number();
        let entry = |kind: &str, sealed: &[u8]| -> [Value; 7] {
            let tag = case.replay_tag.to_vec();
            [
                id.clone().into(),
                kind.into(),
                0.into(),
                0.into(),
                day.into(),
                tag.into(),
                sealed.to_vec().into(),
            ]
        };
        self.entries.push(entry("report", case.report.as_bytes()));
        self.entries.extend(case.identity.iter().map(|identity| entry("identity", identity.as_bytes())));
        self.entries.extend(case.attachments.iter().map(|each| attachment_row(&id, each, 0, day)));
        self.contents.extend(case.attachments.iter().map(|each| attachment_content(&id, each)));
        self.grants.extend(case.grants.iter().map(|grant| -> [Value; 5] {
            let (recipient, key) = (grant.recipient_id.as_str(), grant.public_key.as_str());
            let sealed = grant.grant.as_bytes().to_vec();
            [id.clone().into(), recipient.into(), key.into(), day.into(), sealed.into()]
        }));
        let event = |position: i64, kind: &str, actor: &str, detail: &str, digest: Vec<u8>| -> [Value; 7] {
            [
                id.clone().into(),
                position.into(),
                day.into(),
                kind.into(),
                actor.into(),
                detail.into(),
                digest.into(),
            ]
        };
        self.events.push(event(0, "received", "reporter", "", entries_digest(case)));
        let told = (1..).zip(&case.told);
        self.events.extend(told.map(|(position, told)| event(position, "told", "service", told, Vec::new())));
        self.notices.extend(case.told.iter().map(|told| super::outbox::notice_row(told, case.slot)));
    }
}

/// Taken here, where the entries are at hand: what is altered before the day ends is found, too.
fn entries_digest(case: &NewCase) -> Vec<u8> {
    let mut digest = EntriesDigest::default();
    digest.add("report", 0, case.report.as_bytes());
    if let Some(identity) = &case.identity {
        digest.add("identity", 0, identity.as_bytes());
    }
    add_attachments(&mut digest, &case.attachments);
    digest.finish().map(Vec::from).unwrap_or_default()
}

pub(super) fn add_attachments(digest: &mut EntriesDigest, attachments: &[NewAttachment]) {
    for each in attachments {
        digest.add("attachment", each.number, each.sealed.as_bytes());
    }
}

/// The sealed description of an attachment, at the position of what it belongs to.
pub(super) fn attachment_row(case: &str, new: &NewAttachment, position: i64, day: i64) -> [Value; 7] {
    let number = i64::from(new.number);
    let sealed = new.sealed.as_bytes().to_vec();
    [
        case.into(),
        "attachment".into(),
        number.into(),
        position.into(),
        day.into(),
        Vec::new().into(),
        sealed.into(),
    ]
}

/// Where the content of an attachment lies.
pub(super) fn attachment_content(case: &str, new: &NewAttachment) -> [Value; 6] {
    content_row(case, "attachment", new.number, 1, new.content)
}

/// Where a content lies that came with an entry.
pub(super) fn content_row(case: &str, kind: &str, number: u32, part: i64, content: Stored) -> [Value; 6] {
    let length = i64::try_from(content.length).unwrap_or(i64::MAX);
    [
        content.id.to_string().into(),
        case.into(),
        kind.into(),
        i64::from(number).into(),
        part.into(),
        length.into(),
    ]
}

fn case_row(case: &NewCase) -> [Value; 10] {
    let day = case.day.number();
    // The events take the positions from 0 to the number of those told.
    let last_position = i64::try_from(case.told.len()).unwrap_or(i64::MAX);
    [
        case.id.to_string().into(),
        case.access.as_bytes().to_vec().into(),
        case.mailbox.as_str().into(),
        case.public_key.as_str().into(),
        case.kind.code().into(),
        Status::Received.code().into(),
        case.addressed.as_deref().unwrap_or_default().into(),
        day.into(),
        day.into(),
        last_position.into(),
    ]
}

/// Tells a form that was sent twice from a different report under the same access key.
async fn recognise(
    connection: &mut AnyConnection,
    access: &AccessKeyHash,
    replay_tag: [u8; 32],
) -> Result<Received, StoreError> {
    let row = sqlx::query(
        "SELECT c.received_day AS day, e.replay_tag AS tag FROM cases c JOIN entries e ON e.case_id = c.id \
         AND e.kind = 'report' WHERE c.access_hash = $1",
    )
    .bind(access.as_bytes().to_vec())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(Received::CaseTaken) };
    if row.try_get::<Vec<u8>, _>("tag")? == replay_tag {
        Ok(Received::Again { day: Day::from_number(row.try_get("day")?) })
    } else {
        Ok(Received::AccessKeyTaken)
    }
}
