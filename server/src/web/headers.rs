//! The response headers that keep the pages to themselves: nothing is loaded from elsewhere, kept, framed or referred.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};

/// Whether the service is reached over TLS; only then may browsers be told to insist on it (RFC 6797).
#[derive(Debug, Clone)]
pub struct HeaderPolicy {
    /// The public address begins with `https://`.
    pub tls: bool,
    /// The onion address, offered to Tor Browser.
    pub onion_url: Option<HeaderValue>,
}

/// What the reporter's pages may do: load our script, worker, style and icon, talk to this server, nothing else. No inline
/// script, no evaluation; markup and the worker only through the script's one policy.
pub const REPORTER_CSP: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types candor";

const FIXED: [(HeaderName, &str); 9] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// Adds the headers to every answer, whichever handler or error made it.
///
/// # Errors
/// Whatever the handler answered.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let policy = request.app_data::<web::Data<HeaderPolicy>>().cloned();
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    for (name, value) in &FIXED {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(REPORTER_CSP));
    }
    if let Some(policy) = policy {
        if policy.tls {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains"),
            );
        }
        if let Some(onion) = &policy.onion_url {
            headers.insert(HeaderName::from_static("onion-location"), onion.clone());
        }
    }
    Ok(response)
}
