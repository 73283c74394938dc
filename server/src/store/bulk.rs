//! Inserting many rows with few statements. Each statement is a trip to the database's own thread and back, which costs
//! more than the insert itself; a group of reporters shares them.

use super::StoreError;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

type AnyQuery = Query<'static, Any, AnyArguments>;

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
        let mut sql = statement(insert, chunk, COLUMNS, 0);
        sql.extend([" ", then]);
        let query = bind(sqlx::query(AssertSqlSafe(sql)), rows.by_ref().take(chunk).flatten());
        returned.extend(query.fetch_all(&mut *connection).await?);
    }
    Ok(returned)
}

/// Gives events their leaves: `(case, position, leaf)` each.
///
/// # Errors
/// [`StoreError::Conflict`] if one is gone or has its leaf already.
pub(super) async fn place_events(
    connection: &mut AnyConnection,
    places: Vec<[Value; 3]>,
) -> Result<(), StoreError> {
    let mut left = places.len();
    let mut places = places.into_iter();
    while left > 0 {
        let chunk = LARGEST_CHUNK.min(1 << left.ilog2());
        left -= chunk;
        let sql = format!(
            "UPDATE events SET leaf = v.column3 FROM ({}) AS v \
             WHERE events.case_id = v.column1 AND events.position = v.column2 AND events.leaf < 0",
            statement("", chunk, 3, 0)
        );
        let query = bind(sqlx::query(AssertSqlSafe(sql)), places.by_ref().take(chunk).flatten());
        if query.execute(&mut *connection).await?.rows_affected() != chunk as u64 {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

/// Rows for one table: `INSERT INTO t (a, b)`, and their values one row after the other.
pub(super) struct Rows {
    insert: &'static str,
    columns: usize,
    values: Vec<Value>,
}

impl Rows {
    /// Rows to be inserted by `insert`, which may not come from outside.
    pub(super) fn new<const COLUMNS: usize>(insert: &'static str, rows: Vec<[Value; COLUMNS]>) -> Self {
        Self { insert, columns: COLUMNS, values: rows.into_iter().flatten().collect() }
    }
}

/// Inserts into several tables and commits, all in one trip to SQLite's own thread. If it fails, the transaction is
/// still open, and to be rolled back.
pub(super) async fn commit_at_once(
    connection: &mut AnyConnection,
    begin: &str,
    tables: Vec<Rows>,
) -> Result<(), StoreError> {
    let mut sql = format!("{begin};");
    let mut values = Vec::new();
    for Rows { insert, columns, values: more } in tables {
        if !more.is_empty() {
            // SQLite numbers the values of all statements of a text through.
            sql.extend([statement(insert, more.len() / columns, columns, values.len()).as_str(), ";"]);
            values.extend(more);
        }
    }
    sql.push_str("COMMIT");
    bind(sqlx::query(AssertSqlSafe(sql)), values).execute(connection).await?;
    Ok(())
}

/// `INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)`, counting on from `values_before`.
fn statement(insert: &str, rows: usize, columns: usize, values_before: usize) -> String {
    let row = |row: usize| {
        let first = values_before + row * columns + 1;
        let places: Vec<String> = (first..first + columns).map(|place| format!("${place}")).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{insert} VALUES {}", rows.join(", "))
}

fn bind(query: AnyQuery, values: impl IntoIterator<Item = Value>) -> AnyQuery {
    values.into_iter().fold(query, |query, value| match value {
        Value::Text(text) => query.bind(text),
        Value::Number(number) => query.bind(number),
        Value::Bytes(bytes) => query.bind(bytes),
    })
}
