//! Checking on a report with the words alone, and adding to it.

use super::answer::{error, page};
use super::form::Form;
use super::pages::{
    CheckPage, ErrorKind, ErrorPage, HistoryEvent, HistoryLine, KeptText, Notice, Page, ReplyView,
    StatusPage, TokenProblem,
};
use super::sealing::seal_further_message;
use crate::domain::deadlines::Deadlines;
use crate::domain::report::{Problem, check_message, normalise_newlines};
use crate::domain::status::{Outcome, Status};
use crate::store::{CaseRow, EventRow, MessageAdded, SealedItem, StoreError};
use crate::web::AppState;
use crate::web::flood;
use crate::web::texts::Texts;
use actix_web::{HttpRequest, HttpResponse, web};
use candor_crypto::open::{Entry, open_entry};
use candor_crypto::{PrivateKey, RetrievalToken};

/// What a check-back found.
struct Found {
    token: RetrievalToken,
    case: CaseRow,
    events: Vec<EventRow>,
    replies: Vec<SealedItem>,
}

/// What a status page says beside what was found.
#[derive(Default)]
struct Extra<'a> {
    draft: &'a str,
    problem: Option<Problem>,
    notice: Option<Notice>,
    just_added: bool,
}

/// `POST /check`
pub async fn look_up(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<AppState>,
) -> HttpResponse {
    let form = match Form::read(&request, payload).await {
        Ok(form) => form,
        Err(fault) => return error(&state.site, fault.into()),
    };
    let Ok(_turn) = flood::sender(&request).look_up().await else {
        return error(&state.site, ErrorKind::Busy);
    };
    match find(&state, form.value("words")).await {
        Ok(found) => status_page(&state, &found, &Extra::default()),
        Err(refusal) => refusal.answer(&state, form.value("words")),
    }
}

/// `POST /check/message`
pub async fn add_message(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<AppState>,
) -> HttpResponse {
    let form = match Form::read(&request, payload).await {
        Ok(form) => form,
        Err(fault) => return error(&state.site, fault.into()),
    };
    let sender = flood::sender(&request);
    let Ok(_turn) = sender.look_up().await else {
        return lost_way(&state, form.value("message"), ErrorKind::Busy);
    };
    let Ok(found) = find(&state, form.value("words")).await else {
        return lost_way(&state, form.value("message"), ErrorKind::NotStored);
    };
    let draft = form.value("message");
    let extra = |notice| Extra { draft, notice: Some(notice), ..Extra::default() };
    if let Some(fault) = form.fault {
        return status_page(&state, &found, &extra(fault.into()));
    }
    let text = normalise_newlines(draft);
    if let Err(problem) = check_message(&text) {
        return status_page(&state, &found, &Extra { draft, problem: Some(problem), ..Extra::default() });
    }
    if sender.message(form.body().len()).is_err() {
        return status_page(&state, &found, &extra(Notice::Busy));
    }
    // Without a number the page is not ours; the next one is as good a guess as any.
    let number = form.value("number").parse().unwrap_or_else(|_| next_number(&found));
    let sealed = seal_further_message(
        found.case.id,
        &found.case.public_key,
        number,
        &text,
        &found.token,
        state.clock.today(),
        state.mail_slot(),
    );
    let Ok(message) = sealed else { return status_page(&state, &found, &extra(Notice::NotSealed)) };
    match state.store.add_message(message).await {
        Ok(MessageAdded::New | MessageAdded::Again) => {
            state.wake_outbox.notify_one();
            // If the second look fails, the first one serves: the message is stored, and the page says so.
            let found = find(&state, &found.token.phrase()).await.unwrap_or(found);
            status_page(&state, &found, &Extra { just_added: true, ..Extra::default() })
        }
        Ok(MessageAdded::NumberTaken) => match find(&state, &found.token.phrase()).await {
            Ok(found) => status_page(&state, &found, &extra(Notice::Overtaken)),
            Err(_) => status_page(&state, &found, &extra(Notice::NotStored)),
        },
        Ok(MessageAdded::Full) => status_page(&state, &found, &extra(Notice::Full)),
        Err(StoreError::NotFound) => lost_way(&state, draft, ErrorKind::NotStored),
        Err(_) => status_page(&state, &found, &extra(Notice::NotStored)),
    }
}

/// For a message whose case cannot be found (any more): what was typed is shown, so that it can be copied.
fn lost_way(state: &AppState, draft: &str, kind: ErrorKind) -> HttpResponse {
    let kept = vec![KeptText { field: "message", text: draft }];
    page(kind.status_code(), ErrorPage { texts: Texts::default(), site: &state.site, kind, kept }.html())
}

/// Why words led nowhere.
enum Refusal {
    Words(TokenProblem),
    Store,
}

impl Refusal {
    fn answer(&self, state: &AppState, typed: &str) -> HttpResponse {
        match self {
            Self::Words(problem) => {
                let html =
                    CheckPage { texts: Texts::default(), site: &state.site, typed, problem: Some(*problem) }
                        .html();
                page(problem.status_code(), html)
            }
            Self::Store => error(&state.site, ErrorKind::Unavailable),
        }
    }
}

async fn find(state: &AppState, words: &str) -> Result<Found, Refusal> {
    let token = RetrievalToken::parse(words).map_err(|error| Refusal::Words(error.into()))?;
    let case = state
        .store
        .find_by_access(&token.access_key().hash())
        .await
        .map_err(|_| Refusal::Store)?
        .ok_or(Refusal::Words(TokenProblem::Unknown))?;
    let events = state.store.events(case.id).await.map_err(|_| Refusal::Store)?;
    let replies = if events.iter().any(|event| event.kind == "reply") {
        state.store.replies(case.id).await.map_err(|_| Refusal::Store)?
    } else {
        Vec::new()
    };
    Ok(Found { token, case, events, replies })
}

fn next_number(found: &Found) -> u32 {
    let messages = found.events.iter().filter(|event| event.kind == "message").count();
    u32::try_from(messages).unwrap_or(u32::MAX - 1) + 1
}

fn status_page(state: &AppState, found: &Found, extra: &Extra<'_>) -> HttpResponse {
    let Found { token, case, events, replies } = found;
    let mailbox = token.mailbox_key();
    let opened: Vec<Option<ReplyView>> =
        replies.iter().map(|reply| open_reply(state, found, reply, &mailbox)).collect();
    let html = StatusPage {
        texts: Texts::default(),
        site: &state.site,
        phrase: &token.phrase(),
        kind: case.kind,
        status: case.status,
        outcome: case.outcome,
        received: case.received,
        today: state.clock.today(),
        deadlines: Deadlines::new(
            case.received,
            case.acknowledged,
            Some(case.updated),
            case.status.is_open(),
        ),
        history: events.iter().filter_map(|event| history_line(state, event)).collect(),
        unreadable_replies: opened.iter().filter(|reply| reply.is_none()).count(),
        replies: opened.into_iter().flatten().collect(),
        own_messages: events.iter().filter(|event| event.kind == "message").map(|event| event.day).collect(),
        message_draft: extra.draft,
        message_problem: extra.problem,
        notice: extra.notice,
        next_number: next_number(found),
        just_added: extra.just_added,
    }
    .html();
    let status = match (extra.problem, extra.notice) {
        (Some(_), _) => 422,
        (None, Some(notice)) => notice.status_code(),
        (None, None) => 200,
    };
    page(status, html)
}

/// Opens a reply in memory for this one answer. `None` if it cannot be opened, which the page says.
fn open_reply(
    state: &AppState,
    found: &Found,
    reply: &SealedItem,
    mailbox: &PrivateKey,
) -> Option<ReplyView> {
    match open_entry(reply.sealed.as_bytes(), mailbox, found.case.id) {
        Ok(Some(Entry::Reply { reply: content, .. })) => {
            // Who replied is what the sign-in says; the title inside the seal is whatever its writer put there.
            let event = found.events.iter().find(|event| event.position == reply.position);
            let writer = event.and_then(|event| state.recipients.get(&event.actor));
            let title = writer.map_or(&content.title, |writer| &writer.title).clone();
            Some(ReplyView { day: reply.day, title, text: content.text.clone() })
        }
        _ => None,
    }
}

fn history_line(state: &AppState, event: &EventRow) -> Option<HistoryLine> {
    let happened = match event.kind.as_str() {
        "received" => HistoryEvent::Received,
        "opened" => HistoryEvent::Opened,
        "status" => {
            let (status, outcome) = event.detail.split_once(':').unwrap_or((&event.detail, ""));
            HistoryEvent::Status(Status::parse(status)?, Outcome::parse(outcome))
        }
        "reply" => HistoryEvent::Reply {
            title: state
                .recipients
                .get(&event.actor)
                .map(|recipient| recipient.title.clone())
                .unwrap_or_default(),
        },
        "message" => HistoryEvent::OwnMessage,
        _ => return None,
    };
    Some(HistoryLine { day: event.day, event: happened })
}
