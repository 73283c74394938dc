//! Inserting many rows with few statements. Each statement is a trip to the database's own thread and back, which costs
//! more than the insert itself; a group of reporters shares them.

use super::StoreError;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

/// A value of one of the three types that the schema has.
pub(super) enum Value {
    Text(String),
    Number(i64),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Rows that go with one statement are a power of two, so that few different statements have to be prepared.
const LARGEST_CHUNK: usize = 32;

/// Inserts `rows` by `insert` (`INSERT INTO t (a, b)`), followed by `then` (`ON CONFLICT …`, `RETURNING …`), and answers
/// what was returned. Neither text may come from outside.
pub(super) async fn insert<const COLUMNS: usize>(
    connection: &mut AnyConnection,
    insert: &'static str,
    then: &'static str,
    rows: Vec<[Value; COLUMNS]>,
) -> Result<Vec<AnyRow>, StoreError> {
    let mut returned = Vec::new();
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    while left > 0 {
        let chunk = LARGEST_CHUNK.min(1 << left.ilog2());
        left -= chunk;
        let mut sql = format!("{insert} VALUES ");
        for row in 0..chunk {
            let separator = if row == 0 { "(" } else { ", (" };
            let places: Vec<String> =
                (1..=COLUMNS).map(|column| format!("${}", row * COLUMNS + column)).collect();
            sql.extend([separator, &places.join(", "), ")"]);
        }
        sql.extend([" ", then]);
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in rows.by_ref().take(chunk).flatten() {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
                Value::Bytes(bytes) => query.bind(bytes),
            };
        }
        returned.extend(query.fetch_all(&mut *connection).await?);
    }
    Ok(returned)
}
