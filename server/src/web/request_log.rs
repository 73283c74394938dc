//! What is logged of requests. Recipients' requests: method, route pattern, status, duration. Reporters' requests: not
//! one by one, since a line with a time would say when somebody reported; they are counted, and the counts are logged
//! once a day. Never an address, an agent, a path, a query, a body or an id: see docs/logging.md.

use crate::telemetry::Tally;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::{Error, web};
use std::time::Instant;

/// Logs or counts one request.
///
/// # Errors
/// Whatever the handler answered.
pub async fn record(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let method = known(request.method());
    let tally = request.app_data::<web::Data<Tally>>().cloned();
    let response = next.call(request).await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let status = response.status().as_u16();
    if route.starts_with("/api/") || route.starts_with("/console") {
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(method, route, status, milliseconds, "request");
    } else if let Some(tally) = tally {
        tally.count(&format!("{method} {route}"), status);
    }
    Ok(response)
}

/// The method's name if it is one of the usual ones: a client may send any word, and no client's words are logged.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
