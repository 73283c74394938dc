//! Files that a reporter's browser has sealed.

use super::sealed::Refusal;
use crate::web::AppState;
use crate::web::arrival::{ArrivalError, Limit, Upload, brings_content, receive};
use crate::web::flood::{self, Passing};
use actix_web::{HttpRequest, HttpResponse, web};

/// `POST /upload`: one sealed content. The answer names it; a report or message that is sent within a day can claim it.
pub async fn take(request: HttpRequest, payload: web::Payload, state: web::Data<AppState>) -> HttpResponse {
    if !brings_content(&request) {
        return Refusal::Malformed.answer();
    }
    let limit = Limit::for_files(state.largest_file);
    let Ok(room) = flood::sender(&request).file(limit.expected(&request)) else {
        return Refusal::NoRoomForFiles.answer();
    };
    match receive(&state.blobs, payload, limit, 1, room, Passing::nothing(&request)).await {
        Ok(stored) => HttpResponse::Ok().json(Upload::from(stored)),
        Err(error) => Refusal::from(error).answer(),
    }
}

impl From<ArrivalError> for Refusal {
    fn from(error: ArrivalError) -> Self {
        match error {
            ArrivalError::TooLarge => Self::FileTooLarge,
            ArrivalError::Incomplete => Self::TimedOut,
            ArrivalError::NotSealed => Self::Malformed,
            ArrivalError::NoRoom => Self::NoRoomForFiles,
            ArrivalError::NotStored => Self::NotStored,
        }
    }
}
