//! Where a case stands: what is read of it, and the page made of that. Both ways of checking back share it.

use super::pages::{FilesView, HistoryEvent, HistoryLine, Notice, ReplyFile, ReplyView, StatusPage};
use crate::domain::closing::only_disposition;
use crate::domain::day::Day;
use crate::domain::deadlines::Deadlines;
use crate::domain::record::missed::Missed;
use crate::domain::report::Problem;
use crate::domain::status::{Outcome, Status};
use crate::store::{CaseRow, EventRow, SealedItem, StoreError};
use crate::web::AppState;
use crate::web::texts::Texts;
use candor_crypto::AccessKeyHash;
use std::collections::HashMap;

/// What a check-back found.
pub struct Found {
    /// The case.
    pub case: CaseRow,
    /// What happened to it, in order.
    pub events: Vec<EventRow>,
    /// The replies, sealed, oldest first.
    pub replies: Vec<SealedItem>,
    /// How many files came with each reply that has any, by its number.
    pub reply_files: HashMap<u32, u32>,
    /// The number that the reporter's next attachment has.
    pub next_attachment: u32,
    /// The day at whose end the receipt was entered in the record.
    pub recorded: Option<Day>,
}

/// What a status page says beside what was found.
#[derive(Default)]
pub struct Extra<'a> {
    /// What was typed into the message field.
    pub draft: &'a str,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// Why the form came back.
    pub notice: Option<Notice>,
    /// Whether a message was stored just now.
    pub just_added: bool,
    /// The files that came with a form that comes back.
    pub files: Option<FilesView<'a>>,
}

/// The case that an access key opens; `None` if there is none.
///
/// # Errors
/// [`StoreError`] if the database cannot be read.
pub async fn find(state: &AppState, access: &AccessKeyHash) -> Result<Option<Found>, StoreError> {
    let Some(case) = state.store.find_by_access(access).await? else { return Ok(None) };
    let events = state.store.events(case.id).await?;
    let (replies, reply_files) = if events.iter().any(|event| event.kind == "reply") {
        (state.store.replies(case.id).await?, state.store.count_reply_files(case.id).await?)
    } else {
        Default::default()
    };
    let next_attachment = state.store.next_attachment(case.id).await?;
    let recorded = match events.first().and_then(|event| event.leaf) {
        Some(leaf) => state.store.day_of_leaf(leaf).await?,
        None => None,
    };
    Ok(Some(Found { case, events, replies, reply_files, next_attachment, recorded }))
}

impl Found {
    /// A reply as the page shows it. Who replied is what the sign-in says; the title inside the seal (`sealed_title`) is
    /// whatever its writer put there, and serves only where the writer is no longer configured.
    pub fn reply_view(
        &self,
        state: &AppState,
        reply: &SealedItem,
        sealed_title: &str,
        text: String,
        files: Vec<ReplyFile>,
    ) -> ReplyView {
        let event = self.events.iter().find(|event| event.position == reply.position);
        let writer = event.and_then(|event| state.recipients.get(&event.actor));
        let title = writer.map_or(sealed_title, |writer| &writer.title).to_owned();
        ReplyView { number: reply.number, day: reply.day, title, text, files }
    }
}

/// The number that the reporter's next message has.
pub fn next_number(found: &Found) -> u32 {
    let messages = found.events.iter().filter(|event| event.kind == "message").count();
    u32::try_from(messages).unwrap_or(u32::MAX - 1) + 1
}

/// The page. `replies` has `None` for each that could not be opened.
pub fn status_page<'a>(
    state: &'a AppState,
    found: &Found,
    phrase: &'a str,
    replies: Vec<Option<ReplyView>>,
    extra: Extra<'a>,
) -> StatusPage<'a> {
    let Found { case, events, .. } = found;
    StatusPage {
        texts: Texts::default(),
        site: &state.site,
        phrase,
        kind: case.kind,
        status: case.status,
        outcome: case.outcome,
        received: case.received,
        today: state.clock.today(),
        deadlines: Deadlines::new(case.days(), &state.calendar),
        history: events.iter().filter_map(|event| history_line(state, event)).collect(),
        unreadable_replies: replies.iter().filter(|reply| reply.is_none()).count(),
        replies: replies.into_iter().flatten().collect(),
        own_messages: events.iter().filter(|event| event.kind == "message").map(|event| event.day).collect(),
        message_draft: extra.draft,
        message_problem: extra.problem,
        notice: extra.notice,
        next_number: next_number(found),
        just_added: extra.just_added,
        recorded: found.recorded,
        files: extra.files.unwrap_or_else(|| FilesView::empty(state.most_files, state.largest_file)),
    }
}

fn history_line(state: &AppState, event: &EventRow) -> Option<HistoryLine> {
    let happened = match event.kind.as_str() {
        "received" => HistoryEvent::Received,
        "opened" => HistoryEvent::Opened,
        "status" => {
            let (status, outcome) = event.detail.split_once(':').unwrap_or((&event.detail, ""));
            let status = Status::parse(status)?;
            // Where an end says its disposition already, it is not said twice.
            let outcome = Outcome::parse(outcome).filter(|_| only_disposition(status).is_none());
            HistoryEvent::Status(status, outcome)
        }
        "reply" => HistoryEvent::Reply {
            title: state
                .recipients
                .get(&event.actor)
                .map(|recipient| recipient.title.clone())
                .unwrap_or_default(),
        },
        "message" => HistoryEvent::OwnMessage,
        "missed" => HistoryEvent::Missed(Missed::parse(&event.detail)?),
        _ => return None,
    };
    Some(HistoryLine { day: event.day, event: happened })
}
