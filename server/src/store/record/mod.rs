//! The record in the database: heads, what is entered, what a proof needs, what is erased, and reading it all to check it.

mod entering;
mod erasing;
mod heads;
mod proving;
mod reader;

pub use entering::EventKey;
pub use proving::ProvableEvent;
pub use reader::RecordReader;

use super::StoreError;
use crate::domain::record::audit::StoredLeaf;
use candor_crypto::record::{Hash, LeafSecret};
use sqlx::Row;
use sqlx::any::AnyRow;

/// A column of exactly `N` bytes.
fn bytes<const N: usize>(row: &AnyRow, column: &str) -> Result<[u8; N], StoreError> {
    row.try_get::<Vec<u8>, _>(column)?.try_into().map_err(|_| StoreError::Damaged)
}

/// A column that holds a digest, or nothing.
fn digest(row: &AnyRow, column: &str) -> Result<Option<Hash>, StoreError> {
    let stored: Vec<u8> = row.try_get(column)?;
    match stored.len() {
        0 => Ok(None),
        _ => Ok(Some(stored.try_into().map_err(|_| StoreError::Damaged)?)),
    }
}

/// A number that is not negative; `None` for -1, which stands for none.
pub(super) fn count(row: &AnyRow, column: &str) -> Result<Option<u64>, StoreError> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).ok())
}

fn leaf(row: &AnyRow) -> Result<StoredLeaf, StoreError> {
    Ok(StoredLeaf {
        secret: LeafSecret::from_bytes(bytes(row, "secret")?),
        commitment: bytes(row, "commitment")?,
    })
}

/// As the database keeps it; no tree has so many leaves that it would not fit.
fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
