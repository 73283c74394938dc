//! How a case moves along, and how it ends: alone, or once a second reader agreed.

use super::access::check_reads;
use super::entries::{insert_entry, insert_event, next_position_for};
use super::{Holder, Store, StoreError};
use crate::domain::day::Day;
use crate::domain::status::{Outcome, Status};
use candor_crypto::SealedEntry;
use candor_crypto::record::EntriesDigest;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

/// From where to where a case is to go. The caller has asked the transition table.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    /// Where it stands.
    pub from: Status,
    /// Where it goes.
    pub to: Status,
    /// How it ends, if it does.
    pub outcome: Option<Outcome>,
}

/// What ends a case beside its status.
pub struct Conclusion {
    /// The number of the note.
    pub number: u32,
    /// The note, with what was done and why.
    pub sealed: SealedEntry,
    /// The recipients who may agree to an end, whatever cases they read.
    pub may_agree: Vec<String>,
}

/// What came of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// The case is there.
    There,
    /// A second reader has to agree.
    Proposed,
    /// Nobody is left who could agree, and whoever would end the case alone took somebody off it: nothing was changed.
    TookSecondOff,
}

/// An end that waits for a second reader.
#[derive(Debug, Clone)]
pub struct ProposedEnd {
    /// Who proposed it.
    pub by: String,
    /// On which day.
    pub day: Day,
    /// The end.
    pub status: Status,
    /// The disposition.
    pub outcome: Option<Outcome>,
    /// The number of the note with the conclusion.
    pub note: u32,
}

/// What is known of how a case may end.
pub struct EndState {
    /// Whether two have to agree.
    pub takes_two: bool,
    /// The last day on which the reporter was asked.
    pub asked: Option<Day>,
    /// The end that waits.
    pub proposed: Option<ProposedEnd>,
}

impl Store {
    /// Moves a case along. An end that waited is void then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder` may not read the case, [`StoreError::Conflict`] if it is no longer in `from`.
    pub async fn change_status(
        &self,
        holder: Holder,
        case: Uuid,
        change: Move,
        day: Day,
    ) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let position = next_position_for(connection, &id, &holder).await?;
                    set_status(connection, &id, position, &holder.recipient_id, change, day).await
                })
            })
            .await
    }

    /// Ends a case, with the note that says why; or proposes it, where two have to agree and a second could.
    ///
    /// # Errors
    /// As for [`Store::change_status`]; [`StoreError::Conflict`] also if the number of the note is taken.
    pub async fn end(
        &self,
        holder: Holder,
        case: Uuid,
        change: Move,
        conclusion: Conclusion,
        day: Day,
    ) -> Result<Moved, StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let by = &holder.recipient_id;
                    check_reads(connection, &id, &holder).await?;
                    let Conclusion { number, sealed, may_agree } = conclusion;
                    let takes_two = takes_two(connection, &id).await?;
                    let second = has_second(connection, &id, by, &may_agree).await?;
                    if takes_two && !second && took_off(connection, &id, by).await? {
                        return Ok(Moved::TookSecondOff);
                    }
                    let position = next_position_for(connection, &id, &holder).await?;
                    let mut digest = EntriesDigest::default();
                    digest.add("note", number, sealed.as_bytes());
                    insert_entry(connection, &id, "note", number, position, day, &[], sealed).await?;
                    insert_event(connection, &id, position, day.number(), "note", by, "", digest.finish())
                        .await?;
                    let position = next_position_for(connection, &id, &holder).await?;
                    if takes_two && second {
                        propose(connection, &id, position, by, change, number, day).await?;
                        return Ok(Moved::Proposed);
                    }
                    set_status(connection, &id, position, by, change, day).await?;
                    if takes_two {
                        let position = next_position_for(connection, &id, &holder).await?;
                        insert_event(connection, &id, position, day.number(), "ended_alone", by, "", None)
                            .await?;
                    }
                    Ok(Moved::There)
                })
            })
            .await
    }

    /// Agrees to the end that another reader proposed. `note` is the conclusion that was read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder` may not read the case; [`StoreError::Conflict`] if nothing waits any more, it
    /// rests on another conclusion, or `holder` proposed it.
    pub async fn agree_to_end(
        &self,
        holder: Holder,
        case: Uuid,
        note: u32,
        day: Day,
    ) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let position = next_position_for(connection, &id, &holder).await?;
                    let row = sqlx::query(
                        "SELECT c.status AS from_status, e.proposed_by, e.day, e.status, e.outcome, e.note \
                         FROM endings e JOIN cases c ON c.id = e.case_id WHERE e.case_id = $1",
                    )
                    .bind(&id)
                    .fetch_optional(&mut *connection)
                    .await?
                    .ok_or(StoreError::Conflict)?;
                    let proposed = read_proposed(&row)?;
                    if proposed.by == holder.recipient_id || proposed.note != note {
                        return Err(StoreError::Conflict);
                    }
                    let from = status(&row, "from_status")?;
                    let change = Move { from, to: proposed.status, outcome: proposed.outcome };
                    set_status(connection, &id, position, &holder.recipient_id, change, day).await
                })
            })
            .await
    }

    /// Declines an end that was proposed; whoever proposed it takes it back in the same way.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder` may not read the case; [`StoreError::Conflict`] if nothing waits any more.
    pub async fn decline_end(
        &self,
        holder: Holder,
        case: Uuid,
        note: u32,
        day: Day,
    ) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let position = next_position_for(connection, &id, &holder).await?;
                    let gone = sqlx::query("DELETE FROM endings WHERE case_id = $1 AND note = $2")
                        .bind(&id)
                        .bind(i64::from(note))
                        .execute(&mut *connection)
                        .await?;
                    if gone.rows_affected() == 0 {
                        return Err(StoreError::Conflict);
                    }
                    let by = &holder.recipient_id;
                    insert_event(connection, &id, position, day.number(), "end_declined", by, "", None).await
                })
            })
            .await
    }

    /// Marks that two have to agree to how this case ends. Nobody takes that off.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if `holder` may not read the case.
    pub async fn take_two(&self, holder: Holder, case: Uuid, day: Day) -> Result<(), StoreError> {
        self.writes
            .run(move |connection| {
                Box::pin(async move {
                    let id = case.to_string();
                    let position = next_position_for(connection, &id, &holder).await?;
                    if takes_two(connection, &id).await? {
                        return Ok(());
                    }
                    sqlx::query("UPDATE cases SET takes_two = 1 WHERE id = $1")
                        .bind(&id)
                        .execute(&mut *connection)
                        .await?;
                    let by = &holder.recipient_id;
                    insert_event(connection, &id, position, day.number(), "takes_two", by, "", None).await
                })
            })
            .await
    }

    /// What is known of how a case may end.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn end_state(&self, case: Uuid) -> Result<EndState, StoreError> {
        let id = case.to_string();
        let row = sqlx::query(
            "SELECT takes_two, (SELECT COALESCE(MAX(day), -1) FROM events WHERE case_id = $1 AND kind = 'status' \
             AND detail = $2) AS asked FROM cases WHERE id = $1",
        )
        .bind(&id)
        .bind(Status::QuestionAsked.code())
        .fetch_one(&self.readers)
        .await?;
        let asked: i64 = row.try_get("asked")?;
        let waiting =
            sqlx::query("SELECT proposed_by, day, status, outcome, note FROM endings WHERE case_id = $1")
                .bind(&id)
                .fetch_optional(&self.readers)
                .await?;
        Ok(EndState {
            takes_two: row.try_get::<i64, _>("takes_two")? != 0,
            asked: (asked >= 0).then(|| Day::from_number(asked)),
            proposed: waiting.as_ref().map(read_proposed).transpose()?,
        })
    }
}

async fn set_status(
    connection: &mut AnyConnection,
    case: &str,
    position: i64,
    by: &str,
    change: Move,
    day: Day,
) -> Result<(), StoreError> {
    let Move { from, to, outcome } = change;
    let outcome_code = outcome.map_or("", Outcome::code);
    let changed = sqlx::query(
        "UPDATE cases SET status = $1, outcome = $2, updated_day = $3, acknowledged_day = \
         CASE WHEN acknowledged_day < 0 THEN $4 ELSE acknowledged_day END WHERE id = $5 AND status = $6",
    )
    .bind(to.code())
    .bind(outcome_code)
    .bind(day.number())
    .bind(day.number())
    .bind(case.to_owned())
    .bind(from.code())
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::Conflict);
    }
    void(connection, case).await?;
    insert_event(connection, case, position, day.number(), "status", by, &detail(change), None).await
}

async fn propose(
    connection: &mut AnyConnection,
    case: &str,
    position: i64,
    by: &str,
    change: Move,
    note: u32,
    day: Day,
) -> Result<(), StoreError> {
    let stands = sqlx::query("SELECT status FROM cases WHERE id = $1")
        .bind(case.to_owned())
        .fetch_one(&mut *connection)
        .await?;
    if status(&stands, "status")? != change.from {
        return Err(StoreError::Conflict);
    }
    // A later proposal takes the place of an earlier one.
    void(connection, case).await?;
    sqlx::query(
        "INSERT INTO endings (case_id, proposed_by, day, status, outcome, note) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(case.to_owned())
    .bind(by.to_owned())
    .bind(day.number())
    .bind(change.to.code())
    .bind(change.outcome.map_or("", Outcome::code))
    .bind(i64::from(note))
    .execute(&mut *connection)
    .await?;
    insert_event(connection, case, position, day.number(), "end_proposed", by, &detail(change), None).await
}

/// Takes back the end that waits, if one does.
async fn void(connection: &mut AnyConnection, case: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM endings WHERE case_id = $1")
        .bind(case.to_owned())
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// The same, if it was proposed by somebody who leaves the case.
pub(super) async fn void_of(
    connection: &mut AnyConnection,
    case: &str,
    recipient: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM endings WHERE case_id = $1 AND proposed_by = $2")
        .bind(case.to_owned())
        .bind(recipient.to_owned())
        .execute(&mut *connection)
        .await?;
    Ok(())
}

/// The status, and after a colon the disposition, where it has one: as [`super::RecordReader`] compares it.
fn detail(change: Move) -> String {
    let Move { to, outcome, .. } = change;
    match outcome {
        Some(outcome) => format!("{}:{}", to.code(), outcome.code()),
        None => to.code().to_owned(),
    }
}

/// Whether somebody else who may agree to an end can read the case.
async fn has_second(
    connection: &mut AnyConnection,
    case: &str,
    first: &str,
    may_agree: &[String],
) -> Result<bool, StoreError> {
    let rows = sqlx::query("SELECT DISTINCT recipient_id FROM grants WHERE case_id = $1")
        .bind(case.to_owned())
        .fetch_all(&mut *connection)
        .await?;
    for row in rows {
        let reader: String = row.try_get("recipient_id")?;
        if reader != first && may_agree.contains(&reader) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody was taken off a case by `by`.
async fn took_off(connection: &mut AnyConnection, case: &str, by: &str) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT position FROM events WHERE case_id = $1 AND kind = 'taken_off' AND actor = $2 LIMIT 1",
    )
    .bind(case.to_owned())
    .bind(by.to_owned())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

async fn takes_two(connection: &mut AnyConnection, case: &str) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT takes_two FROM cases WHERE id = $1")
        .bind(case.to_owned())
        .fetch_one(&mut *connection)
        .await?;
    Ok(row.try_get::<i64, _>("takes_two")? != 0)
}

fn status(row: &sqlx::any::AnyRow, column: &str) -> Result<Status, StoreError> {
    Status::parse(&row.try_get::<String, _>(column)?).ok_or(StoreError::Damaged)
}

fn read_proposed(row: &sqlx::any::AnyRow) -> Result<ProposedEnd, StoreError> {
    let outcome: String = row.try_get("outcome")?;
    Ok(ProposedEnd {
        by: row.try_get("proposed_by")?,
        day: Day::from_number(row.try_get("day")?),
        status: status(row, "status")?,
        outcome: match outcome.as_str() {
            "" => None,
            code => Some(Outcome::parse(code).ok_or(StoreError::Damaged)?),
        },
        note: u32::try_from(row.try_get::<i64, _>("note")?).map_err(|_| StoreError::Damaged)?,
    })
}
