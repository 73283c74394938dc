//! Files that came with a reply, for the reporter who has the words.

use super::answer::error;
use super::body::read_whole;
use super::check::{find, open_reply};
use super::form::Form;
use super::pages::ErrorKind;
use super::posted::is_json;
use super::sealed;
use crate::blobs::{BlobError, Content};
use crate::domain::file_name;
use crate::store::StoreError;
use crate::web::AppState;
use crate::web::flood;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use actix_web::{HttpRequest, HttpResponse, web};
use candor_crypto::open::{ContentOpener, OpenError};
use candor_crypto::{AttachmentInfo, PrivateKey};
use futures_util::io::AsyncBufRead;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use std::io;
use uuid::Uuid;

/// `POST /check/file`: the file, opened here as it streams by, or sealed where our script opens it.
pub async fn save(request: HttpRequest, payload: web::Payload, state: web::Data<AppState>) -> HttpResponse {
    let body = match read_whole(&request, payload).await {
        Ok(body) => body,
        Err(fault) => return error(&state.site, fault.into()),
    };
    if is_json(&request) {
        return sealed::reply_file(&request, &state, &body).await;
    }
    let form = Form::parse(body);
    let turn = flood::sender(&request).look_up().await;
    if turn.is_err() {
        return error(&state.site, ErrorKind::Busy);
    }
    let (token, found) = match find(&state, form.value("words")).await {
        Ok(found) => found,
        Err(refusal) => return refusal.answer(&state, form.value("words")),
    };
    drop(turn);
    let place = (form.value("reply").parse::<u32>(), form.value("part").parse::<u32>());
    let (Ok(number), Ok(part)) = place else { return error(&state.site, ErrorKind::Malformed) };
    let mailbox = token.mailbox_key();
    let reply = found.replies.iter().find(|reply| reply.number == number);
    let opened = reply.and_then(|reply| open_reply(found.case.id, reply, &mailbox));
    let info = opened.as_ref().and_then(|reply| reply.attachments.get((part as usize).checked_sub(1)?));
    let Some(info) = info else { return error(&state.site, ErrorKind::FileUnreadable) };
    match open(&state, found.case.id, (number, part), info, &mailbox).await {
        Ok(pieces) => HttpResponse::Ok()
            // Never shown in this window: whatever it is, the browser saves it.
            .content_type("application/octet-stream")
            .insert_header(to_be_saved_as(&info.name))
            .body(SizedStream::new(info.size, pieces)),
        Err(kind) => error(&state.site, kind),
    }
}

/// The sealed content of a file that came with a reply.
///
/// # Errors
/// [`ErrorKind::FileUnreadable`] where there is none, [`ErrorKind::Unavailable`] where storage cannot be read.
pub async fn sealed_content(
    state: &AppState,
    case: Uuid,
    (number, part): (u32, u32),
) -> Result<Content, ErrorKind> {
    let blob = state.store.find_reply_file(case, number, part).await.map_err(|error| match error {
        StoreError::NotFound => ErrorKind::FileUnreadable,
        _ => ErrorKind::Unavailable,
    })?;
    state.blobs.read(blob).await.map_err(|error| match error {
        BlobError::Missing => ErrorKind::FileUnreadable,
        BlobError::Unavailable | BlobError::Foreign => ErrorKind::Unavailable,
    })
}

async fn open(
    state: &AppState,
    case: Uuid,
    place: (u32, u32),
    info: &AttachmentInfo,
    mailbox: &PrivateKey,
) -> Result<impl Stream<Item = Result<web::Bytes, OpenError>> + 'static, ErrorKind> {
    let content = sealed_content(state, case, place).await?;
    let sealed = content.bytes.map_err(|_| io::Error::from(io::ErrorKind::Other)).boxed().into_async_read();
    match ContentOpener::begin(sealed, mailbox, info).await {
        Ok(Some(opener)) => Ok(pieces_of(opener)),
        Err(OpenError::Io(_)) => Err(ErrorKind::Unavailable),
        Ok(None) | Err(_) => Err(ErrorKind::FileUnreadable),
    }
}

/// An error in the middle breaks the connection off: the browser then says that the file did not arrive whole.
fn pieces_of<R: AsyncBufRead + Unpin + 'static>(
    opener: ContentOpener<R>,
) -> impl Stream<Item = Result<web::Bytes, OpenError>> + 'static {
    stream::try_unfold(opener, |mut opener| async move {
        let piece = opener.next().await?;
        Ok(piece.map(|mut piece| (web::Bytes::from(std::mem::take(&mut *piece)), opener)))
    })
}

fn to_be_saved_as(name: &str) -> ContentDisposition {
    let value = file_name::to_save(name).into_bytes();
    let name = ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::FilenameExt(name)],
    }
}
