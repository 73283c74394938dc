//! Contents that arrive sealed: streamed to object storage as they come, checked on the way, never whole in memory.

use crate::blobs::{BlobError, Blobs, Stored};
use crate::web::flood::{FileRoom, Passing};
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use candor_crypto::{ContentChecker, MAX_HEADER, padding};
use futures_util::StreamExt;
use serde::Serialize;
use std::time::{Duration, Instant};
use utoipa::ToSchema;

/// What a content that was taken is called until a report, message or reply claims it.
#[derive(Serialize, ToSchema)]
pub struct Upload {
    /// Random. It goes away unless it is claimed within a day.
    pub upload: String,
}

impl From<Stored> for Upload {
    fn from(stored: Stored) -> Self {
        Self { upload: stored.id.to_string() }
    }
}

/// Why a content was not taken. Nothing of it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArrivalError {
    /// Larger than is taken.
    #[error("larger than is taken")]
    TooLarge,
    /// It broke off, or took too long.
    #[error("did not arrive whole")]
    Incomplete,
    /// Not an age file to as many keys as it should be, or one whose length is no bucket.
    #[error("not a sealed content")]
    NotSealed,
    /// There is no room for it now.
    #[error("there is no room for it now")]
    NoRoom,
    /// Object storage cannot be written.
    #[error("cannot be stored")]
    NotStored,
}

impl From<BlobError> for ArrivalError {
    fn from(_: BlobError) -> Self {
        Self::NotStored
    }
}

/// Whether a request says that it brings a sealed content.
pub fn brings_content(request: &HttpRequest) -> bool {
    let media_type = request.headers().get(header::CONTENT_TYPE);
    media_type.is_some_and(|value| value.as_bytes() == b"application/octet-stream")
}

/// How long a content may be that arrives sealed: a file of `largest` bytes.
#[derive(Clone, Copy)]
pub struct Limit(u64);

impl Limit {
    /// For files of at most `largest` bytes. A sealed file has more than its plaintext, at most: the header, and 16 bytes
    /// for each started piece of 64 KiB.
    pub fn for_files(largest: u64) -> Self {
        let padded = padding::bucket(largest);
        Self(padded + (padded / 65_536 + 2) * 16 + MAX_HEADER as u64)
    }

    /// How long the content of `request` can become, in bytes: room for the whole is asked for at once, where it is known
    /// how large it will be.
    pub fn expected(self, request: &HttpRequest) -> u64 {
        let announced = request.headers().get(header::CONTENT_LENGTH);
        let announced: Option<u64> = announced.and_then(|value| value.to_str().ok()?.parse().ok());
        announced.map_or(self.0, |length| length.min(self.0))
    }
}

/// Takes a content that is sealed to so many `keys`. When this answers, the content survives a power cut.
///
/// # Errors
/// [`ArrivalError`].
pub async fn receive(
    blobs: &Blobs,
    mut payload: web::Payload,
    limit: Limit,
    keys: usize,
    mut room: FileRoom,
    mut memory: Passing,
) -> Result<Stored, ArrivalError> {
    let mut checker = ContentChecker::new(keys);
    let mut blob = blobs.begin().await?;
    let patience = Patience::begin();
    let mut received = 0;
    loop {
        let wait = patience.left(received).ok_or(ArrivalError::Incomplete)?;
        let arrived = tokio::time::timeout(wait, payload.next()).await;
        let Some(piece) = arrived.map_err(|_| ArrivalError::Incomplete)? else { break };
        let piece = piece.map_err(|_| ArrivalError::Incomplete)?;
        received += piece.len() as u64;
        if received > limit.0 {
            return Err(ArrivalError::TooLarge);
        }
        room.take(piece.len()).map_err(|_| ArrivalError::NoRoom)?;
        let sealed = checker.check(piece.to_vec()).map_err(|_| ArrivalError::NotSealed)?;
        blob.write(sealed).await?;
        if !memory.takes(blob.buffered()).await {
            return Err(ArrivalError::Incomplete);
        }
    }
    checker.finish().map_err(|_| ArrivalError::NotSealed)?;
    Ok(blob.finish().await?)
}

/// How long an upload may take: five minutes, and a second for each 2 KiB that came. A slow line is no fault; an endless
/// one is.
pub struct Patience {
    started: Instant,
}

impl Patience {
    const AT_LEAST: Duration = Duration::from_mins(5);
    const BYTES_A_SECOND: u64 = 2 * 1024;
    const SILENCE: Duration = Duration::from_mins(1);

    /// Begins to count.
    pub fn begin() -> Self {
        Self { started: Instant::now() }
    }

    /// How long to wait for the next piece; `None` when it has taken too long.
    pub fn left(&self, received: u64) -> Option<Duration> {
        let allowed = Self::AT_LEAST + Duration::from_secs(received / Self::BYTES_A_SECOND);
        let left = allowed.checked_sub(self.started.elapsed())?;
        Some(left.min(Self::SILENCE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_file_of_the_largest_size_is_within_the_limit() {
        let key = candor_crypto::PrivateKey::generate().public_key();
        for length in [0, 4_096, 100_000, 1_000_000] {
            let mut sealed = Vec::new();
            candor_crypto::seal_content(vec![7; length].as_slice(), &key, &mut sealed).unwrap();
            let limit = Limit::for_files(length as u64).0;
            assert!((sealed.len() as u64) <= limit && limit < sealed.len() as u64 + 4_096, "{length}");
        }
    }
}
