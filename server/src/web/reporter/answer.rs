//! How pages are sent.

use super::pages::{ErrorKind, ErrorPage, Page, Site};
use crate::web::AppState;
use crate::web::texts::Texts;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const HTML: &str = "text/html; charset=utf-8";

/// Sends a page that was made for this one request. It may hold what a person typed, so it is not compressed: the
/// length of a compressed page says something of its content (RFC 7457, section 2.6).
pub fn page(status: u16, html: String) -> HttpResponse {
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
        .content_type(HTML)
        .body(html)
}

/// Sends a page for what went wrong outside a form.
pub fn error(site: &Site, kind: ErrorKind) -> HttpResponse {
    let html = ErrorPage { texts: Texts::default(), site, kind, kept: Vec::new() }.html();
    page(kind.status_code(), html)
}

/// For addresses that do not exist.
pub async fn not_found(state: web::Data<AppState>) -> HttpResponse {
    error(&state.site, ErrorKind::NotFound)
}

/// For pages asked for in a way they are not offered.
pub async fn method_not_allowed(state: web::Data<AppState>) -> HttpResponse {
    error(&state.site, ErrorKind::MethodNotAllowed)
}

/// Something that is the same for everyone, compressed once.
pub struct Prepared {
    content_type: &'static str,
    plain: Bytes,
    gzip: Bytes,
}

impl Prepared {
    /// Compresses `content` as well as it can be.
    pub fn new(content_type: &'static str, content: String) -> Self {
        Self { content_type, gzip: gzip(content.as_bytes(), Compression::best()), plain: content.into() }
    }

    /// A page.
    pub fn page(html: String) -> Self {
        Self::new(HTML, html)
    }

    /// Sends it, compressed if the browser takes that.
    pub fn send(&self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.content_type(self.content_type);
        if takes_gzip(request) {
            response.insert_header(ContentEncoding::Gzip).body(self.gzip.clone())
        } else {
            response.body(self.plain.clone())
        }
    }
}

/// Sends a page that differs from the next only in random bytes, and holds nothing typed.
pub fn fresh_page(request: &HttpRequest, html: String) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type(HTML);
    if takes_gzip(request) {
        response.insert_header(ContentEncoding::Gzip).body(gzip(html.as_bytes(), Compression::fast()))
    } else {
        response.body(html)
    }
}

fn takes_gzip(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|coding| coding.trim().split(';').next() == Some("gzip")))
}

fn gzip(content: &[u8], level: Compression) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 3 + 64), level);
    // Writing to memory does not fail.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default().into()
}
