//! The proof that a report is in the record, for the reporter who has the words.

use super::answer::error;
use super::body::read_whole;
use super::check::find;
use super::form::Form;
use super::pages::ErrorKind;
use super::posted::is_json;
use super::sealed;
use crate::domain::record::Proof;
use crate::domain::record::event::is_shown_to_reporter;
use crate::domain::record::proof::ProvenLeaf;
use crate::store::StoreError;
use crate::web::AppState;
use crate::web::flood;
use actix_web::{HttpRequest, HttpResponse, web};
use candor_crypto::record::{nodes_for_path, path};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Under which name the browser saves it: one that says little.
const FILE: &str = "record.json";

/// `POST /check/record`: the file, or sealed where our script opens it.
pub async fn save(request: HttpRequest, payload: web::Payload, state: web::Data<AppState>) -> HttpResponse {
    let body = match read_whole(&request, payload).await {
        Ok(body) => body,
        Err(fault) => return error(&state.site, fault.into()),
    };
    if is_json(&request) {
        return sealed::record_proof(&request, &state, &body).await;
    }
    let form = Form::parse(body);
    let Ok(_turn) = flood::sender(&request).look_up().await else {
        return error(&state.site, ErrorKind::Busy);
    };
    let found = match find(&state, form.value("words")).await {
        Ok((_, found)) => found,
        Err(refusal) => return refusal.answer(&state, form.value("words")),
    };
    match proof(&state, found.case.id).await {
        Ok(Some(proof)) => HttpResponse::Ok()
            .content_type("application/octet-stream")
            .insert_header(("content-disposition", format!("attachment; filename=\"{FILE}\"")))
            .body(proof.to_file()),
        Ok(None) => error(&state.site, ErrorKind::NotFound),
        Err(_) => error(&state.site, ErrorKind::Unavailable),
    }
}

/// The proof of a case by the newest head, with the events that its reporter is shown; `None` while it is not in the
/// record.
///
/// # Errors
/// [`StoreError`] if the database cannot be read.
pub async fn proof(state: &AppState, case: Uuid) -> Result<Option<Proof>, StoreError> {
    // The head first: what is entered meanwhile is not in its tree, and left out.
    let Some(head) = state.store.last_head().await? else { return Ok(None) };
    let size = head.head.size;
    let events = state.store.events_in_record(case).await?;
    let shown = events.iter().filter(|each| each.number < size && is_shown_to_reporter(&each.event.kind));
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() {
        return Ok(None);
    }
    let needed: BTreeSet<u64> = shown.iter().flat_map(|each| nodes_for_path(size, each.number)).collect();
    let nodes = state.store.nodes(&needed.into_iter().collect::<Vec<_>>()).await?;
    let leaves = shown.iter().map(|each| {
        Ok(ProvenLeaf {
            number: each.number,
            salt: each.leaf.secret.salt(),
            event: each.event.opened(each.leaf.secret),
            path: path(size, each.number, &nodes).ok_or(StoreError::Damaged)?,
        })
    });
    Ok(Some(Proof { head, leaves: leaves.collect::<Result<_, StoreError>>()? }))
}
