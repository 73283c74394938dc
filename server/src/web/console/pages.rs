//! The console's page and files: built from `console/` by Vite, embedded in the program.

use crate::web::prepared::{HTML, Prepared};
use actix_web::guard::{Any, Get, Head};
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use rust_embed::RustEmbed;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What the console may do: run its own scripts and worker, talk to this server, show its own icons. What it opens is
/// hostile text: no inline script or style, no evaluation, scripts only from addresses that one policy vouches for.
/// A worker takes the policy of its own file, so every file is sent with it.
const CONSOLE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
     connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types candor";

/// What Vite wrote. Without it the page says how to build it.
#[derive(RustEmbed)]
#[folder = "../console/dist"]
#[allow_missing = true]
#[include = "index.html"]
#[include = "assets/*"]
struct Dist;

/// The page and its files, read once.
struct Files {
    page: Option<Prepared>,
    assets: HashMap<String, Prepared>,
}

impl Files {
    fn get() -> &'static Self {
        static FILES: OnceLock<Files> = OnceLock::new();
        FILES.get_or_init(|| Self {
            page: Dist::get("index.html").map(|file| Prepared::new(HTML, file.data.into_owned())),
            assets: Dist::iter()
                .filter_map(|name| {
                    let file = Dist::get(&name)?;
                    let short = name.strip_prefix("assets/")?;
                    let content_type = media_type(short)?;
                    Some((short.to_owned(), Prepared::new(content_type, file.data.into_owned())))
                })
                .collect(),
        })
    }
}

/// The media type of a file that Vite writes; `None` for any other, which is not served.
fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

/// The routes of the page and its files.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    let read = || web::route().guard(Any(Get()).or(Head()));
    config
        .route("/console", read().to(page))
        .route("/console/", read().to(page))
        .route("/console/assets/{name}", read().to(asset));
}

fn answer(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header((CONTENT_SECURITY_POLICY, CONSOLE_CSP));
    response
}

/// `GET /console`
async fn page(request: HttpRequest) -> HttpResponse {
    page_or_hint(Files::get().page.as_ref(), &request)
}

/// The page; where it was not built, how to build it.
fn page_or_hint(page: Option<&Prepared>, request: &HttpRequest) -> HttpResponse {
    match page {
        Some(page) => page.send_as(answer(StatusCode::OK), request),
        None => HttpResponse::ServiceUnavailable()
            .content_type(HTML)
            .body(include_str!("../../../templates/console/not_built.html")),
    }
}

/// `GET /console/assets/{name}`
async fn asset(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    match Files::get().assets.get(name.as_str()) {
        Some(file) => file.send_as(answer(StatusCode::OK), &request),
        None => answer(StatusCode::NOT_FOUND).finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::body::to_bytes;
    use actix_web::test::TestRequest;

    #[actix_web::test]
    async fn a_console_that_was_not_built_says_how() {
        let hint = page_or_hint(None, &TestRequest::default().to_http_request());
        assert_eq!(hint.status(), StatusCode::SERVICE_UNAVAILABLE);
        let html = to_bytes(hint.into_body()).await.unwrap();
        let html = std::str::from_utf8(&html).unwrap();
        assert!(
            html.contains("make build")
                && html.contains("npm ci && npm run build".replace('&', "&amp;").as_str())
        );
    }

    #[actix_web::test]
    async fn the_page_and_its_files_come_with_the_consoles_policy() {
        let request = TestRequest::default().to_http_request();
        let page = page_or_hint(Some(&Prepared::page("<p>".to_owned())), &request);
        let missing = asset(request, web::Path::from("../index.html".to_owned())).await;
        assert_eq!((page.status(), missing.status()), (StatusCode::OK, StatusCode::NOT_FOUND));
        for answer in [page, missing] {
            let policy = answer.headers().get(CONTENT_SECURITY_POLICY).unwrap();
            assert_eq!(policy.to_str().unwrap(), CONSOLE_CSP);
        }
    }

    #[test]
    fn only_what_vite_writes_is_served() {
        assert_eq!(media_type("index-1a2b.js"), Some("text/javascript; charset=utf-8"));
        assert_eq!(media_type("index-1a2b.css"), Some("text/css; charset=utf-8"));
        assert_eq!(media_type("index-1a2b.js.map"), None);
        assert_eq!(media_type(".gitignore"), None);
    }
}
