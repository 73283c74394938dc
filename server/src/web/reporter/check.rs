//! Checking on a report with the words alone, and adding to it.

use super::answer::{error, page_of_one_size};
use super::files::{Chosen, FilesForPage, Target};
use super::pages::{CheckPage, ErrorKind, ErrorPage, KeptText, Notice, Page, ReplyFile, TokenProblem};
use super::posted::Posted;
use super::sealed;
use super::sealing::{FurtherMessage, seal_further_message};
use super::status::{self, Extra, Found, next_number};
use crate::domain::file_name;
use crate::domain::report::{check_message, normalise_newlines};
use crate::store::{MessageAdded, SealedItem, StoreError};
use crate::web::AppState;
use crate::web::flood;
use crate::web::texts::Texts;
use actix_web::{HttpRequest, HttpResponse, web};
use candor_crypto::open::{Entry, open_entry};
use candor_crypto::{PrivateKey, Reply, RetrievalToken};
use uuid::Uuid;

/// `POST /check`
pub async fn look_up(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<AppState>,
) -> HttpResponse {
    let form = match Posted::read(&request, payload, &state, Target::Message).await {
        Ok(Posted::Typed(form, _)) => form,
        Ok(Posted::Sealed(body)) => return sealed::look_up(&request, &state, &body).await,
        Err(fault) => return error(&state.site, fault.into()),
    };
    let Ok(_turn) = flood::sender(&request).look_up().await else {
        return error(&state.site, ErrorKind::Busy);
    };
    match find(&state, form.value("words")).await {
        Ok((token, found)) => status_page(&state, &token, &found, Extra::default()),
        Err(refusal) => refusal.answer(&state, form.value("words")),
    }
}

/// `POST /check/message`
pub async fn add_message(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<AppState>,
) -> HttpResponse {
    let (form, files) = match Posted::read(&request, payload, &state, Target::Message).await {
        Ok(Posted::Typed(form, files)) => (form, files),
        Ok(Posted::Sealed(body)) => return sealed::add_message(&request, &state, &body).await,
        Err(fault) => return error(&state.site, fault.into()),
    };
    let sender = flood::sender(&request);
    let Ok(_turn) = sender.look_up().await else {
        return lost_way(&state, form.value("message"), ErrorKind::Busy);
    };
    let Ok((token, found)) = find(&state, form.value("words")).await else {
        return lost_way(&state, form.value("message"), ErrorKind::NotStored);
    };
    let draft = form.value("message");
    let shown = FilesForPage::new(&files);
    let kept = || Extra { draft, files: Some(shown.view(&state)), ..Extra::default() };
    let extra = |notice| Extra { notice: Some(notice), ..kept() };
    if let Some(fault) = form.fault {
        return status_page(&state, &token, &found, extra(fault.into()));
    }
    let text = normalise_newlines(draft);
    if let Err(problem) = check_message(&text) {
        return status_page(&state, &token, &found, Extra { problem: Some(problem), ..kept() });
    }
    if sender.message(form.body().len()).is_err() {
        return status_page(&state, &token, &found, extra(Notice::Busy));
    }
    // Without a number the page is not ours; the next one is as good a guess as any.
    let number = form.value("number").parse().unwrap_or_else(|_| next_number(&found));
    if !files.problems.is_empty() {
        return status_page(&state, &token, &found, kept());
    }
    if files.to_look_at {
        return status_page(&state, &token, &found, extra(Notice::LookAtFiles));
    }
    let message = FurtherMessage {
        case: found.case.id,
        case_key: &found.case.public_key,
        number,
        first_attachment: found.next_attachment,
        text: &text,
        day: state.clock.today(),
        slot: state.mail_slot(),
    };
    let Some(attached) = files.attach(&state.blobs).await else {
        return status_page(&state, &token, &found, extra(Notice::NotStored));
    };
    let sealed = seal_further_message(&message, &attached, &token);
    let Ok(message) = sealed else { return status_page(&state, &token, &found, extra(Notice::NotSealed)) };
    match state.store.add_message(message).await {
        Ok(MessageAdded::New | MessageAdded::Again) => {
            state.wake_outbox.notify_one();
            // If the second look fails, the first one serves: the message is stored, and the page says so.
            let found =
                status::find(&state, &token.access_key().hash()).await.ok().flatten().unwrap_or(found);
            status_page(&state, &token, &found, Extra { just_added: true, ..Extra::default() })
        }
        Ok(MessageAdded::NumberTaken) => match status::find(&state, &token.access_key().hash()).await {
            Ok(Some(found)) => status_page(&state, &token, &found, extra(Notice::Overtaken)),
            _ => status_page(&state, &token, &found, extra(Notice::NotStored)),
        },
        Ok(MessageAdded::Full) => status_page(&state, &token, &found, extra(Notice::Full)),
        Err(StoreError::NotFound) => lost_way(&state, draft, ErrorKind::NotStored),
        // The only thing that two messages can be at odds about is an upload.
        Err(StoreError::Conflict) => {
            let mut without = Chosen::default();
            without.forget_sent();
            let shown = FilesForPage::new(&without);
            let extra = Extra { draft, files: Some(shown.view(&state)), ..Extra::default() };
            status_page(&state, &token, &found, extra)
        }
        Err(_) => status_page(&state, &token, &found, extra(Notice::NotStored)),
    }
}

/// For a message whose case cannot be found (any more): what was typed is shown, so that it can be copied.
fn lost_way(state: &AppState, draft: &str, kind: ErrorKind) -> HttpResponse {
    let kept = vec![KeptText { field: "message", text: draft }];
    page_of_one_size(
        kind.status_code(),
        ErrorPage { texts: Texts::default(), site: &state.site, kind, kept }.html(),
    )
}

/// Why words led nowhere.
pub(super) enum Refusal {
    Words(TokenProblem),
    Store,
}

impl Refusal {
    pub(super) fn answer(&self, state: &AppState, typed: &str) -> HttpResponse {
        match self {
            Self::Words(problem) => {
                let html = CheckPage {
                    texts: Texts::default(),
                    site: &state.site,
                    typed,
                    problem: Some(*problem),
                    most_files: state.most_files,
                    largest_file: state.largest_file,
                }
                .html();
                page_of_one_size(problem.status_code(), html)
            }
            Self::Store => error(&state.site, ErrorKind::Unavailable),
        }
    }
}

pub(super) async fn find(state: &AppState, words: &str) -> Result<(RetrievalToken, Found), Refusal> {
    let token = RetrievalToken::parse(words).map_err(|error| Refusal::Words(error.into()))?;
    let found = status::find(state, &token.access_key().hash()).await.map_err(|_| Refusal::Store)?;
    found.map(|found| (token, found)).ok_or(Refusal::Words(TokenProblem::Unknown))
}

fn status_page(state: &AppState, token: &RetrievalToken, found: &Found, extra: Extra<'_>) -> HttpResponse {
    let mailbox = token.mailbox_key();
    let view = |reply| {
        let Reply { title, text, attachments, .. } = &open_reply(found.case.id, reply, &mailbox)?;
        let files = attachments
            .iter()
            .map(|file| ReplyFile { name: file_name::to_save(&file.name), size: file.size });
        Some(found.reply_view(state, reply, title, text.clone(), files.collect()))
    };
    let replies = found.replies.iter().map(view).collect();
    let code = match (extra.problem, extra.notice) {
        (Some(_), _) => 422,
        (None, Some(notice)) => notice.status_code(),
        (None, None) if extra.files.as_ref().is_some_and(|files| !files.problems.is_empty()) => 422,
        (None, None) => 200,
    };
    page_of_one_size(code, status::status_page(state, found, &token.phrase(), replies, extra).html())
}

/// Opens a reply in memory for this one answer. `None` if it cannot be opened, which the page says.
pub(super) fn open_reply(case: Uuid, reply: &SealedItem, mailbox: &PrivateKey) -> Option<Reply> {
    match open_entry(reply.sealed.as_bytes(), mailbox, case) {
        Ok(Some(Entry::Reply { reply, .. })) => Some(reply),
        _ => None,
    }
}
