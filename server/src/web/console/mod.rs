//! The recipients' side: sign-in by key, and the JSON interface that the command line and the console work through.
//! It shares nothing with the reporter's side but the store.

pub mod access;
pub mod cases;
mod contents;
pub mod index;
pub mod keys;
pub mod pages;
pub mod problem;
pub mod progress;
pub mod session;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderValue;
use actix_web::middleware::{Next, from_fn};
use actix_web::{Error, HttpResponse, web};
use problem::ApiProblem;
use utoipa::OpenApi;

/// The largest body the interface takes, in bytes: a sealed reply of the greatest length, in base64.
const LARGEST_BODY: usize = 2 * 1024 * 1024;

/// The interface, described from the code itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Candor: recipients' interface",
        description = "Everything of content is sealed with age before it comes here. Sign in by key challenge; \
                       the session is a cookie. Errors are application/problem+json."
    ),
    paths(
        session::challenge,
        session::begin,
        session::end,
        cases::me,
        cases::list,
        cases::sealed,
        index::index,
        cases::show,
        cases::reply,
        cases::note,
        progress::change_status,
        progress::answer_end,
        progress::take_two,
        access::readers,
        access::release,
        access::to_hand_over,
        access::step_aside,
        access::take_off,
        keys::keys,
        keys::revoke,
        contents::attachment,
        contents::reply_file,
        contents::upload
    )
)]
pub struct Interface;

/// The routes below `/console` and `/api/v1`.
pub fn routes(config: &mut web::ServiceConfig) {
    config.configure(pages::routes).service(
        web::scope("/api/v1")
            .wrap(from_fn(refuse_cross_site))
            .app_data(
                web::JsonConfig::default()
                    .limit(LARGEST_BODY)
                    .error_handler(|_, _| ApiProblem::Malformed.into()),
            )
            .app_data(web::QueryConfig::default().error_handler(|_, _| ApiProblem::Malformed.into()))
            .app_data(web::PathConfig::default().error_handler(|_, _| ApiProblem::NotFound.into()))
            .route("/openapi.json", web::get().to(describe))
            .route("/challenges", web::post().to(session::challenge))
            .route("/sessions", web::post().to(session::begin))
            .route("/sessions/current", web::delete().to(session::end))
            .route("/me", web::get().to(cases::me))
            .route("/cases", web::get().to(cases::list))
            .route("/cases/index", web::get().to(index::index))
            .route("/cases/sealed", web::post().to(cases::sealed))
            .route("/cases/{id}", web::get().to(cases::show))
            .route("/cases/{id}/attachments/{number}", web::get().to(contents::attachment))
            .route("/cases/{id}/replies/{number}/files/{part}", web::get().to(contents::reply_file))
            .route("/uploads", web::post().to(contents::upload))
            .route("/cases/{id}/replies", web::post().to(cases::reply))
            .route("/cases/{id}/notes", web::post().to(cases::note))
            .route("/cases/{id}/status", web::post().to(progress::change_status))
            .route("/cases/{id}/end", web::post().to(progress::answer_end))
            .route("/cases/{id}/takes-two", web::post().to(progress::take_two))
            .route("/cases/{id}/readers", web::get().to(access::readers))
            .route("/cases/{id}/step-aside", web::post().to(access::step_aside))
            .route("/cases/{id}/take-off", web::post().to(access::take_off))
            .route("/grants", web::post().to(access::release))
            .route("/keys", web::get().to(keys::keys))
            .route("/keys/revoke", web::post().to(keys::revoke))
            .route("/handover", web::get().to(access::to_hand_over))
            .default_service(web::to(|| async { Err::<HttpResponse, _>(ApiProblem::NotFound) })),
    );
}

async fn describe() -> HttpResponse {
    HttpResponse::Ok().json(Interface::openapi())
}

/// Browsers say where a request comes from (Fetch Metadata); another site's page is refused before anything is done.
/// The command line sends no such header.
async fn refuse_cross_site(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => next.call(request).await,
        Some(_) => Err(ApiProblem::CrossSite.into()),
    }
}
