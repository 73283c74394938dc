//! Checking on a report by its access key, and adding what was sealed in the browser. The token stays there; the answer
//! is sealed to the mailbox that only the token opens.

use super::Refusal;
use super::attachments::{SubmittedAttachment, claim};
use super::fields::{Bytes, Fixed};
use crate::store::{MessageAdded, NewMessage, StoreError};
use crate::web::AppState;
use crate::web::flood;
use crate::web::reporter::pages::{ErrorKind, Notice, Page, ReplyFile};
use crate::web::reporter::record_proof::proof;
use crate::web::reporter::reply_file::sealed_content;
use crate::web::reporter::status::{Extra, Found, find, next_number, status_page};
use actix_web::body::SizedStream;
use actix_web::{HttpRequest, HttpResponse};
use candor_crypto::{AccessKey, Answer, SealedReport, seal_answer};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookUp {
    access_key: Fixed<32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    access_key: Fixed<32>,
    number: u32,
    replay_tag: Fixed<32>,
    sealed: Bytes,
    #[serde(default)]
    attachments: Vec<SubmittedAttachment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    access_key: Fixed<32>,
    reply: u32,
    part: u32,
}

/// Answers with the status page, sealed to the mailbox.
pub async fn look_up(request: &HttpRequest, state: &AppState, body: &[u8]) -> HttpResponse {
    let Ok(LookUp { access_key }) = serde_json::from_slice(body) else {
        return Refusal::Malformed.answer();
    };
    let Ok(_turn) = flood::sender(request).look_up().await else {
        return Refusal::Busy.answer();
    };
    match find_sealed(state, access_key).await {
        Ok((_, found)) => sealed_page(state, &found, Extra::default()),
        Err(refusal) => refusal.answer(),
    }
}

/// Stores a message, and answers with the status page that says so.
pub async fn add_message(request: &HttpRequest, state: &AppState, body: &[u8]) -> HttpResponse {
    let Ok(Message { access_key, number, replay_tag, sealed, attachments }) = serde_json::from_slice(body)
    else {
        return Refusal::Malformed.answer();
    };
    // A message is sealed to one key, as a report is.
    let Ok(sealed) = SealedReport::from_stored(sealed.0) else {
        return Refusal::Malformed.answer();
    };
    let sender = flood::sender(request);
    let Ok(_turn) = sender.look_up().await else {
        return Refusal::Busy.answer();
    };
    let (key, found) = match find_sealed(state, access_key).await {
        Ok(found) => found,
        Err(refusal) => return refusal.answer(),
    };
    if sender.message(body.len()).is_err() {
        return Refusal::Notice(Notice::Busy).answer();
    }
    let attachments = match claim(attachments, state.most_files, &state.blobs).await {
        Ok(attachments) => attachments,
        Err(refusal) => return refusal.answer(),
    };
    let message = NewMessage {
        case: found.case.id,
        number,
        day: state.clock.today(),
        sealed: sealed.into(),
        replay_tag: replay_tag.0,
        attachments,
        slot: state.mail_slot(),
    };
    match state.store.add_message(message).await {
        Ok(MessageAdded::New | MessageAdded::Again) => {
            state.wake_outbox.notify_one();
            // If the second look fails, the first one serves: the message is stored, and the page says so.
            let found = find(state, &key.hash()).await.ok().flatten().unwrap_or(found);
            sealed_page(state, &found, Extra { just_added: true, ..Extra::default() })
        }
        Ok(MessageAdded::NumberTaken) => Refusal::Notice(Notice::Overtaken).answer(),
        Ok(MessageAdded::Full) => Refusal::Notice(Notice::Full).answer(),
        Err(StoreError::NotFound) => Refusal::Unknown.answer(),
        Err(StoreError::Conflict) => Refusal::UploadGone.answer(),
        Err(_) => Refusal::Notice(Notice::NotStored).answer(),
    }
}

/// Answers with the sealed content of a file that came with a reply.
pub async fn reply_file(request: &HttpRequest, state: &AppState, body: &[u8]) -> HttpResponse {
    let Ok(File { access_key, reply, part }) = serde_json::from_slice(body) else {
        return Refusal::Malformed.answer();
    };
    let turn = flood::sender(request).look_up().await;
    if turn.is_err() {
        return Refusal::Busy.answer();
    }
    let found = match find_sealed(state, access_key).await {
        Ok((_, found)) => found,
        Err(refusal) => return refusal.answer(),
    };
    drop(turn);
    match sealed_content(state, found.case.id, (reply, part)).await {
        Ok(content) => HttpResponse::Ok()
            .content_type("application/octet-stream")
            .body(SizedStream::new(content.length, content.bytes)),
        Err(ErrorKind::FileUnreadable) => Refusal::FileUnreadable.answer(),
        Err(_) => Refusal::Unavailable.answer(),
    }
}

/// Answers with the proof that the case is in the record, sealed to the mailbox as a status page is.
pub async fn record_proof(request: &HttpRequest, state: &AppState, body: &[u8]) -> HttpResponse {
    let Ok(LookUp { access_key }) = serde_json::from_slice(body) else {
        return Refusal::Malformed.answer();
    };
    let Ok(_turn) = flood::sender(request).look_up().await else {
        return Refusal::Busy.answer();
    };
    let found = match find_sealed(state, access_key).await {
        Ok((_, found)) => found,
        Err(refusal) => return refusal.answer(),
    };
    match proof(state, found.case.id).await {
        Ok(Some(proof)) => sealed_answer(&found, &proof.to_file(), &[]),
        Ok(None) | Err(_) => Refusal::Unavailable.answer(),
    }
}

async fn find_sealed(state: &AppState, access_key: Fixed<32>) -> Result<(AccessKey, Found), Refusal> {
    let key = AccessKey::from_bytes(access_key.0);
    match find(state, &key.hash()).await {
        Ok(Some(found)) => Ok((key, found)),
        Ok(None) => Err(Refusal::Unknown),
        Err(_) => Err(Refusal::Unavailable),
    }
}

fn sealed_page(state: &AppState, found: &Found, extra: Extra<'_>) -> HttpResponse {
    // The script opens the replies and puts their text where it belongs.
    let replies = found.replies.iter().map(|reply| {
        let files = found.reply_files.get(&reply.number).map_or(0, |files| *files as usize);
        Some(found.reply_view(state, reply, "", String::new(), vec![ReplyFile::default(); files]))
    });
    let html = status_page(state, found, "", replies.collect(), extra).html();
    let replies: Vec<&[u8]> = found.replies.iter().map(|reply| reply.sealed.as_bytes()).collect();
    sealed_answer(found, &html, &replies)
}

fn sealed_answer(found: &Found, page: &str, replies: &[&[u8]]) -> HttpResponse {
    let answer = Answer {
        case: found.case.id,
        case_key: &found.case.public_key,
        number: next_number(found),
        attachment: found.next_attachment,
        page,
        replies,
    };
    match seal_answer(&answer, &found.case.mailbox) {
        Ok(sealed) => HttpResponse::Ok().content_type("application/octet-stream").body(sealed),
        Err(_) => Refusal::Unavailable.answer(),
    }
}
