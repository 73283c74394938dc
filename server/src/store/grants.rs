//! What a recipient may see: exactly the cases whose grant is sealed to the key they signed in with.

use super::cases::CaseRow;
use super::entries::read_item;
use super::{SealedItem, Store, StoreError};
use crate::domain::day::Day;
use candor_crypto::{Grant, PublicKey, SealedEntry};
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

/// A signed-in recipient: role and key. A grant counts only for the key it is sealed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The recipient's id.
    pub recipient_id: String,
    /// The key they proved to hold.
    pub public_key: PublicKey,
}

/// Where a page of a listing ended: listings run from the newest day to the oldest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The last day shown.
    pub day: Day,
    /// The last case shown; ids are random, so the order within a day tells nothing.
    pub id: String,
}

/// One line of a recipient's listing, without anything sealed.
pub struct CaseBrief {
    /// The case.
    pub case: CaseRow,
    /// Whether this recipient has opened the case before.
    pub opened: bool,
    /// How many messages the reporter added since this recipient last opened the case.
    pub unread: i64,
    /// How many messages the reporter has added.
    pub messages: i64,
    /// How many replies there are.
    pub replies: i64,
}

/// The same with what is sealed.
pub struct CaseListing {
    /// What is not sealed.
    pub brief: CaseBrief,
    /// The case's private key, sealed to this recipient.
    pub grant: Grant,
    /// The sealed report, unless it is longer than the listing asked for.
    pub report: Option<SealedEntry>,
}

/// Which cases an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Work is still owed.
    Open,
    /// Concluded, answered or passed.
    Closed,
}

/// What every listing reads of a case; `$1` is the recipient.
macro_rules! brief {
    () => {
        "SELECT c.*, \
         (SELECT COALESCE(MAX(o.position), -1) FROM events o WHERE o.case_id = c.id AND o.kind = 'opened' AND o.actor = $1) \
         AS last_opened, \
         (SELECT COUNT(*) FROM entries u WHERE u.case_id = c.id AND u.kind = 'message' AND u.position > \
         (SELECT COALESCE(MAX(p.position), -1) FROM events p WHERE p.case_id = c.id AND p.kind = 'opened' AND p.actor = $1)) \
         AS unread, \
         (SELECT COUNT(*) FROM entries m WHERE m.case_id = c.id AND m.kind = 'message') AS messages, \
         (SELECT COUNT(*) FROM entries r WHERE r.case_id = c.id AND r.kind = 'reply') AS replies"
    };
}

/// What a listing with sealed parts reads of each case; `$1` to `$4` are recipient, public key, longest report and the
/// empty blob.
macro_rules! listing {
    ($rest:literal) => {
        concat!(
            brief!(),
            ", g.sealed AS grant_sealed, \
             CASE WHEN LENGTH(e.sealed) <= $3 THEN e.sealed ELSE $4 END AS report_sealed \
             FROM grants g JOIN cases c ON c.id = g.case_id \
             JOIN entries e ON e.case_id = c.id AND e.kind = 'report' AND e.number = 0 \
             WHERE g.recipient_id = $1 AND g.public_key = $2 ",
            $rest
        )
    };
}

/// What the index reads; `$1` to `$5` are recipient, public key, the last day and case shown, and the limit.
macro_rules! index {
    ($closed:literal, $rest:literal) => {
        concat!(
            brief!(),
            " FROM grants g JOIN cases c ON c.id = g.case_id WHERE g.recipient_id = $1 AND g.public_key = $2 \
             AND c.status ",
            $closed,
            " ('concluded', 'answered', 'passed') AND ",
            $rest,
            " LIMIT $5"
        )
    };
}

impl Store {
    /// A page of the cases that `holder` can read, newest day first. Reports whose sealed size is over `report_limit`
    /// bytes are left out of the page, to be fetched one by one.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn list_cases(
        &self,
        holder: &Holder,
        after: Option<&Cursor>,
        limit: u32,
        report_limit: u32,
    ) -> Result<Vec<CaseListing>, StoreError> {
        let (day, id) = after.map_or((i64::MAX, ""), |cursor| (cursor.day.number(), cursor.id.as_str()));
        let rows = sqlx::query(listing!(
            "AND (g.received_day, g.case_id) < ($5, $6) ORDER BY g.received_day DESC, g.case_id DESC LIMIT $7"
        ))
        .bind(holder.recipient_id.clone())
        .bind(holder.public_key.as_str().to_owned())
        .bind(i64::from(report_limit))
        .bind(Vec::<u8>::new())
        .bind(day)
        .bind(id.to_owned())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read_listing).collect()
    }

    /// A page of the index of cases that `holder` can read, without anything sealed: a thousand lines cost as much as a
    /// few reports. Open cases come with the longest waiting first, since those are due first; closed ones with the
    /// newest first.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn index_cases(
        &self,
        holder: &Holder,
        progress: Progress,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Vec<CaseBrief>, StoreError> {
        let (sql, start) = match progress {
            Progress::Open => (
                index!("NOT IN", "(g.received_day, g.case_id) > ($3, $4) ORDER BY g.received_day, g.case_id"),
                i64::MIN,
            ),
            Progress::Closed => (
                index!(
                    "IN",
                    "(g.received_day, g.case_id) < ($3, $4) ORDER BY g.received_day DESC, g.case_id DESC"
                ),
                i64::MAX,
            ),
        };
        let (day, id) = after.map_or((start, ""), |cursor| (cursor.day.number(), cursor.id.as_str()));
        let rows = sqlx::query(sql)
            .bind(holder.recipient_id.clone())
            .bind(holder.public_key.as_str().to_owned())
            .bind(day)
            .bind(id.to_owned())
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(read_brief).collect()
    }

    /// One case, as `holder` may see it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none or it is not theirs: both look the same.
    pub async fn find_case(&self, holder: &Holder, case: Uuid) -> Result<CaseListing, StoreError> {
        let row = sqlx::query(listing!("AND g.case_id = $5"))
            .bind(holder.recipient_id.clone())
            .bind(holder.public_key.as_str().to_owned())
            .bind(i64::MAX)
            .bind(Vec::<u8>::new())
            .bind(case.to_string())
            .fetch_optional(&self.readers)
            .await?
            .ok_or(StoreError::NotFound)?;
        read_listing(&row)
    }

    /// All entries of a case. Ask [`Store::find_case`] first whether the asker may read it.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn entries(&self, case: Uuid) -> Result<Vec<SealedItem>, StoreError> {
        let rows =
            sqlx::query("SELECT kind, number, position, day, sealed FROM entries WHERE case_id = $1 ORDER BY position, kind")
                .bind(case.to_string())
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(read_item).collect()
    }

    /// The days on which something was addressed to this recipient that they were not granted.
    ///
    /// # Errors
    /// [`StoreError`] if the database cannot be read.
    pub async fn addressed_days(&self, recipient_id: &str, limit: u32) -> Result<Vec<Day>, StoreError> {
        let rows = sqlx::query(
            "SELECT received_day FROM cases WHERE addressed_to = $1 AND addressed_to <> '' \
             ORDER BY received_day DESC, id DESC LIMIT $2",
        )
        .bind(recipient_id.to_owned())
        .bind(i64::from(limit))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok(Day::from_number(row.try_get("received_day")?))).collect()
    }
}

fn read_brief(row: &AnyRow) -> Result<CaseBrief, StoreError> {
    Ok(CaseBrief {
        case: CaseRow::read(row)?,
        opened: row.try_get::<i64, _>("last_opened")? >= 0,
        unread: row.try_get("unread")?,
        messages: row.try_get("messages")?,
        replies: row.try_get("replies")?,
    })
}

fn read_listing(row: &AnyRow) -> Result<CaseListing, StoreError> {
    let report: Vec<u8> = row.try_get("report_sealed")?;
    Ok(CaseListing {
        brief: read_brief(row)?,
        grant: Grant::from_stored(row.try_get("grant_sealed")?)?,
        report: if report.is_empty() { None } else { Some(SealedEntry::from_stored(report)?) },
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::status::Status;

    #[test]
    fn the_index_calls_closed_what_the_domain_calls_closed() {
        let sql = include_str!("grants.rs");
        let closed: Vec<_> =
            Status::ALL.iter().filter(|s| !s.is_open()).map(|s| format!("'{}'", s.code())).collect();
        assert!(sql.contains(&format!("\" ({}) AND \"", closed.join(", "))));
    }
}
