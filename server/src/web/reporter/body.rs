//! Reading what was posted, whole and bounded in size and time.

use actix_web::http::header;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use std::time::Duration;
use zeroize::Zeroizing;

/// The most a form may weigh, in bytes: the longest allowed text, percent-encoded, fits several times.
pub const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// The longest a form may take to arrive. A slow line is no fault; an endless one is.
const SLOWEST_BODY: Duration = Duration::from_mins(5);

/// Why a body could not be read as a form at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Neither a form nor JSON.
    #[error("not a form")]
    WrongType,
    /// Over [`LARGEST_BODY`].
    #[error("too large")]
    TooLarge,
    /// It broke off or took too long.
    #[error("did not arrive whole")]
    Incomplete,
}

/// What a body says it is, without parameters and in small letters.
pub fn media_type(request: &HttpRequest) -> String {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// Reads a form or JSON whole.
///
/// # Errors
/// [`BodyError`] where there is nothing to keep.
pub async fn read_whole(
    request: &HttpRequest,
    mut payload: web::Payload,
) -> Result<Zeroizing<Vec<u8>>, BodyError> {
    // Of other types, the memory that they take is not counted as they arrive.
    if !matches!(media_type(request).as_str(), "application/x-www-form-urlencoded" | "application/json") {
        return Err(BodyError::WrongType);
    }
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok())
        .unwrap_or(0);
    if announced > LARGEST_BODY {
        return Err(BodyError::TooLarge);
    }
    // Room for all of it at once, so that growing leaves no copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(announced.max(4096)));
    let arrival = async {
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| BodyError::Incomplete)?;
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(BodyError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(())
    };
    tokio::time::timeout(SLOWEST_BODY, arrival).await.map_err(|_| BodyError::Incomplete)??;
    Ok(body)
}
