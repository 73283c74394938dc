//! What is the same for everyone: compressed once, sent as it is.

use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// Something that is the same for everyone, compressed once.
pub struct Prepared {
    content_type: &'static str,
    plain: Bytes,
    gzip: Bytes,
}

impl Prepared {
    /// Compresses `content` as well as it can be.
    pub fn new(content_type: &'static str, content: impl Into<Bytes>) -> Self {
        let plain = content.into();
        Self { content_type, gzip: gzip(&plain, Compression::best()), plain }
    }

    /// A page.
    pub fn page(html: String) -> Self {
        Self::new(HTML, html)
    }

    /// Sends it, compressed if the browser takes that.
    pub fn send(&self, request: &HttpRequest) -> HttpResponse {
        self.send_as(HttpResponse::Ok(), request)
    }

    /// Sends it with the status and headers of `response`.
    pub fn send_as(&self, mut response: HttpResponseBuilder, request: &HttpRequest) -> HttpResponse {
        response.content_type(self.content_type);
        if takes_gzip(request) {
            response.insert_header(ContentEncoding::Gzip).body(self.gzip.clone())
        } else {
            response.body(self.plain.clone())
        }
    }
}

/// Whether the browser takes gzip.
pub(super) fn takes_gzip(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|coding| coding.trim().split(';').next() == Some("gzip")))
}

/// Compresses.
pub(super) fn gzip(content: &[u8], level: Compression) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 3 + 64), level);
    // Writing to memory does not fail.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default().into()
}
