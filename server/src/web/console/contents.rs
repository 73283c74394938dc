//! The sealed contents of attachments, for recipients who may read the case.

use super::problem::ApiProblem;
use super::session::SignedIn;
use crate::web::AppState;
use actix_web::body::SizedStream;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

/// The sealed content of an attachment: an age file to the case's public key, followed inside the seal by zeros up to
/// its bucket. What it is stands in the entry of kind `attachment` with the same number.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases/{id}/attachments/{number}", tag = "cases",
    responses((status = 200, content_type = "application/octet-stream", description = "an age file, streamed"),
        (status = 404, description = "none, or not yours: both look the same")))]
pub async fn content(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    path: web::Path<(Uuid, u32)>,
) -> Result<HttpResponse, ApiProblem> {
    let (case, number) = path.into_inner();
    let blob = state.store.find_content(&holder, case, number).await?;
    let content = state.blobs.read(blob).await.map_err(|_| ApiProblem::Unavailable)?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .body(SizedStream::new(content.length, content.bytes)))
}
