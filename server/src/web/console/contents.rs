//! The sealed contents of files, for recipients who may read the case, and those that they send with replies.

use super::problem::ApiProblem;
use super::session::SignedIn;
use crate::blobs::{BlobError, BlobId, Stored};
use crate::store::ContentName;
use crate::web::AppState;
use crate::web::arrival::{ArrivalError, Limit, Upload, brings_content, receive};
use crate::web::flood::{self, Passing};
use actix_web::body::SizedStream;
use actix_web::{HttpRequest, HttpResponse, web};
use uuid::Uuid;

/// The case's key and the mailbox's.
const KEYS_OF_REPLY: usize = 2;

/// The sealed content of an attachment: an age file to the case's public key, followed inside the seal by zeros up to
/// its bucket. What it is stands in the entry of kind `attachment` with the same number.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases/{id}/attachments/{number}", tag = "cases",
    responses((status = 200, content_type = "application/octet-stream", description = "an age file, streamed"),
        (status = 404, description = "none, or not yours: both look the same")))]
pub async fn attachment(
    state: web::Data<AppState>,
    signed_in: SignedIn,
    path: web::Path<(Uuid, u32)>,
) -> Result<HttpResponse, ApiProblem> {
    let (case, number) = path.into_inner();
    stream(&state, signed_in, case, ContentName::attachment(number)).await
}

/// The same of a file that came with a reply; `part` counts from 1. What it is stands in the reply.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases/{id}/replies/{number}/files/{part}", tag = "cases",
    responses((status = 200, content_type = "application/octet-stream", description = "an age file, streamed"),
        (status = 404, description = "none, or not yours: both look the same")))]
pub async fn reply_file(
    state: web::Data<AppState>,
    signed_in: SignedIn,
    path: web::Path<(Uuid, u32, u32)>,
) -> Result<HttpResponse, ApiProblem> {
    let (case, number, part) = path.into_inner();
    stream(&state, signed_in, case, ContentName::reply_file(number, part)).await
}

async fn stream(
    state: &AppState,
    SignedIn(holder): SignedIn,
    case: Uuid,
    name: ContentName,
) -> Result<HttpResponse, ApiProblem> {
    let blob = state.store.find_content(&holder, case, name).await?;
    let content = state.blobs.read(blob).await.map_err(|_| ApiProblem::Unavailable)?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .body(SizedStream::new(content.length, content.bytes)))
}

/// Takes the content of a file that a reply is to bring: an age file to the case's public key and to the mailbox's, padded
/// inside the seal with zeros up to its bucket. The reply that names it has to follow within a day.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/uploads", tag = "cases",
    request_body(content_type = "application/octet-stream"),
    responses((status = 200, body = Upload), (status = 413, description = "larger than is taken"),
        (status = 422, description = "not sealed as it has to be")))]
pub async fn upload(
    state: web::Data<AppState>,
    SignedIn(_): SignedIn,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, ApiProblem> {
    if !brings_content(&request) {
        return Err(ApiProblem::Malformed);
    }
    let limit = Limit::for_files(state.largest_file);
    let room = flood::sender(&request).file(limit.expected(&request)).map_err(|_| ApiProblem::Unavailable)?;
    let stored =
        receive(&state.blobs, payload, limit, KEYS_OF_REPLY, room, Passing::nothing(&request)).await?;
    Ok(HttpResponse::Ok().json(Upload::from(stored)))
}

/// Looks for the contents that a reply names.
///
/// # Errors
/// [`ApiProblem::TooManyFiles`], [`ApiProblem::UploadGone`] where one is not there.
pub(super) async fn claim(state: &AppState, uploads: &[String]) -> Result<Vec<Stored>, ApiProblem> {
    if uploads.len() > state.most_files {
        return Err(ApiProblem::TooManyFiles);
    }
    let mut claimed = Vec::with_capacity(uploads.len());
    for upload in uploads {
        let id = BlobId::parse(upload).ok_or(ApiProblem::Malformed)?;
        let length = state.blobs.claimable(id).await.map_err(|error| match error {
            BlobError::Missing => ApiProblem::UploadGone,
            BlobError::Unavailable | BlobError::Foreign => ApiProblem::Unavailable,
        })?;
        claimed.push(Stored { id, length });
    }
    Ok(claimed)
}

impl From<ArrivalError> for ApiProblem {
    fn from(error: ArrivalError) -> Self {
        match error {
            ArrivalError::TooLarge => Self::TooLarge,
            ArrivalError::Incomplete => Self::Incomplete,
            ArrivalError::NotSealed => Self::NotSealed,
            ArrivalError::NoRoom | ArrivalError::NotStored => Self::Unavailable,
        }
    }
}
