//! What is kept of a request's head: copies of the few headers that somebody needs, and of the address. All else, the
//! browser's name and whatever a proxy added about its user included, is dropped before any handler runs.
//!
//! The copies matter. Header values and address are views into the buffer that the request was read into, and with it
//! into the first part of its body. The web framework keeps the heads of past requests for reuse, as they were: through
//! them, the words of the last reporters would stay in memory until somebody else comes along.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// The headers that the pages and the interface read. Nothing that they do not read reaches them.
const NEEDED: [HeaderName; 5] = [
    header::ACCEPT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::COOKIE,
    HeaderName::from_static("sec-fetch-site"),
];

/// Replaces the head by copies of what is needed of it.
///
/// # Errors
/// Whatever the handler answered.
pub async fn detach(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let head = request.head_mut();
    head.headers = needed(&head.headers);
    // An address that was read is one that can be read again.
    head.uri = Uri::try_from(head.uri.to_string()).unwrap_or_default();
    let uri = head.uri.clone();
    request.match_info_mut().get_mut().update(&uri);
    next.call(request).await
}

fn needed(all: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::with_capacity(NEEDED.len());
    for name in NEEDED {
        for value in all.get_all(&name) {
            if let Ok(copy) = HeaderValue::from_bytes(value.as_bytes()) {
                kept.append(name.clone(), copy);
            }
        }
    }
    kept
}
