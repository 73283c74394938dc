//! Contents that arrive sealed: streamed to object storage as they come, checked on the way, never whole in memory.

use super::sealed::Refusal;
use crate::blobs::{BlobError, Blobs, Stored};
use crate::web::AppState;
use crate::web::flood;
use crate::web::reporter::pages::Notice;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use candor_crypto::{ContentChecker, MAX_HEADER, padding};
use futures_util::StreamExt;
use serde::Serialize;
use std::time::{Duration, Instant};

/// What a sealed file has beside its plaintext, at most: the header, and 16 bytes for each started piece of 64 KiB.
fn sealed_length(plaintext: u64) -> u64 {
    let padded = padding::bucket(plaintext);
    padded + (padded / 65_536 + 2) * 16 + MAX_HEADER as u64
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

#[derive(Serialize)]
struct Taken {
    upload: String,
}

/// `POST /upload`: one sealed content. The answer names it; a report or message that is sent within a day can claim it.
pub async fn take(request: HttpRequest, payload: web::Payload, state: web::Data<AppState>) -> HttpResponse {
    let sealed = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes() == b"application/octet-stream");
    if !sealed {
        return Refusal::Malformed.answer();
    }
    // Room for the whole is asked for at once, where it is known how large it will be.
    let limit = sealed_length(state.largest_file);
    let announced = announced(&request).map_or(limit, |length: u64| length.min(limit));
    if flood::sender(&request).file(announced).is_err() {
        return Refusal::Notice(Notice::Busy).answer();
    }
    match receive(&state.blobs, payload, limit).await {
        Ok(stored) => HttpResponse::Ok().json(Taken { upload: stored.id.to_string() }),
        Err(refusal) => refusal.answer(),
    }
}

fn announced(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn receive(blobs: &Blobs, mut payload: web::Payload, limit: u64) -> Result<Stored, Refusal> {
    let mut checker = ContentChecker::default();
    let mut blob = blobs.begin().await.map_err(refuse)?;
    let patience = Patience::begin();
    let mut received = 0;
    loop {
        let wait = patience.left(received).ok_or(Refusal::TimedOut)?;
        let Some(piece) = tokio::time::timeout(wait, payload.next()).await.map_err(|_| Refusal::TimedOut)?
        else {
            break;
        };
        let piece = piece.map_err(|_| Refusal::TimedOut)?;
        received += piece.len() as u64;
        if received > limit {
            return Err(Refusal::FileTooLarge);
        }
        let sealed = checker.check(piece.to_vec()).map_err(|_| Refusal::Malformed)?;
        blob.write(sealed).await.map_err(refuse)?;
    }
    checker.finish().map_err(|_| Refusal::Malformed)?;
    blob.finish().await.map_err(refuse)
}

fn refuse(_: BlobError) -> Refusal {
    Refusal::NotStored
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
            let limit = sealed_length(length as u64);
            assert!((sealed.len() as u64) <= limit && limit < sealed.len() as u64 + 4_096, "{length}");
        }
    }
}
