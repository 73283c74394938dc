//! How pages are sent.

use super::pages::{ErrorKind, ErrorPage, Page, Site};
use crate::web::AppState;
use crate::web::prepared::{HTML, gzip, takes_gzip};
use crate::web::texts::Texts;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentEncoding, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, web};
use candor_crypto::padding::answer_bucket;
use flate2::Compression;

/// When to try again what does not work just now, in seconds. The same for all, so that it says nothing.
const LATER_SECONDS: &str = "120";

/// Sends a page that was made for this one request. It may hold what a person typed, so it is not compressed: the
/// length of a compressed page says something of its content (RFC 7457, section 2.6).
pub fn page(status: u16, html: String) -> HttpResponse {
    let mut response =
        HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if status == 503 {
        response.insert_header((RETRY_AFTER, LATER_SECONDS));
    }
    response.content_type(HTML).body(html)
}

/// Sends a page about a case, filled up with a comment of spaces to the length that such pages have
/// ([`answer_bucket`]): whoever watches the connection cannot tell a reply from none.
pub fn page_of_one_size(status: u16, mut html: String) -> HttpResponse {
    const COMMENT: [&str; 2] = ["<!--", "-->\n"];
    let length = html.len() + COMMENT[0].len() + COMMENT[1].len();
    let full = usize::try_from(answer_bucket(length as u64)).unwrap_or(length);
    html.reserve_exact(full - html.len());
    html.push_str(COMMENT[0]);
    html.extend(std::iter::repeat_n(' ', full - length));
    html.push_str(COMMENT[1]);
    page(status, html)
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
