//! Deletes uploads whose report was never sent.

use crate::blobs::{BlobError, Blobs, UNCLAIMED};
use crate::clock::Clock;
use crate::store::{Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

const EVERY: Duration = Duration::from_hours(1);

/// Why a sweep ended early; the next one goes on.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// Object storage.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes every blob that was written before `before` (unix seconds) and that no case names. Answers how many.
///
/// # Errors
/// [`SweepError`]; what was deleted by then stays deleted.
pub async fn run_once(store: &Store, blobs: &Blobs, before: i64) -> Result<usize, SweepError> {
    let mut deleted = 0;
    for blob in blobs.older_than(before).await? {
        if !store.names_blob(blob).await? {
            blobs.delete(blob).await?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Runs at once and every hour until `stop` turns true.
pub async fn run_forever(store: Store, blobs: Blobs, clock: Arc<dyn Clock>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = run_once(&store, &blobs, clock.unix_seconds() - UNCLAIMED).await {
            tracing::warn!(%error, "uploads could not be swept; the next round tries again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}
