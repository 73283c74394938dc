//! Cases, as recipients read and handle them. Everything of content comes and goes sealed.

use super::contents;
use super::index::{CaseBriefView, parse_cursor, position_of};
use super::problem::ApiProblem;
use super::progress::{NextView, require};
use super::session::{RecipientView, SignedIn};
use crate::domain::calendar::WorkingDays;
use crate::domain::day::Day;
use crate::domain::permission::Act;
use crate::store::{CaseListing, StoreError};
use crate::web::AppState;
use actix_web::{HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_crypto::{SealedEntry, SealedReply};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The most cases on one page of a listing.
const LARGEST_PAGE: u32 = 200;
/// The same where long reports come too.
const LARGEST_WHOLE_PAGE: u32 = 50;
/// Reports whose sealed size is at most this come with the listing, in bytes.
const REPORT_IN_LISTING: u32 = 16 * 1024;

/// Who is signed in, and what surrounds them.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// The signed-in recipient.
    pub recipient: RecipientView,
    /// The organisation's name.
    pub organisation: String,
    /// Today, in the organisation's time zone.
    pub today: String,
    /// Every recipient, so that ids in reports and events can be shown as titles.
    pub recipients: Vec<RecipientView>,
    /// Days on which something was addressed to this recipient that the committee has to release first.
    pub addressed: Vec<String>,
    /// How notices leave: smtp, or folder or memory where no mail server is configured.
    pub mail: String,
    /// The most files that go with one reply.
    pub most_files: usize,
    /// The largest file that goes with a reply, in bytes.
    pub largest_file: u64,
}

/// What the server knows of a case, with what opens it.
#[derive(Serialize, ToSchema)]
pub struct CaseSummary {
    /// What is not sealed.
    #[serde(flatten)]
    pub brief: CaseBriefView,
    /// Age public key of the case: entries are sealed to it.
    pub public_key: String,
    /// Age public key of the reporter's mailbox: replies are sealed to it too.
    pub mailbox_public_key: String,
    /// The case's private key, sealed to this recipient: an age file in base64.
    pub grant: String,
    /// The sealed report in base64; absent from listings when it is long.
    pub report: Option<String>,
}

/// One page of a listing.
#[derive(Serialize, ToSchema)]
pub struct CasePage {
    /// Newest day first.
    pub cases: Vec<CaseSummary>,
    /// To be handed back as `after` for the next page; absent on the last.
    pub next: Option<String>,
}

/// Which page of the listing.
#[derive(Deserialize, IntoParams)]
pub struct PageQuery {
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 200; 100 if absent.
    pub limit: Option<u32>,
    /// Whether long reports come too; then a page has at most 50 cases.
    #[serde(default)]
    pub whole: bool,
}

/// Cases whose sealed parts are asked for.
#[derive(Deserialize, ToSchema)]
pub struct Wanted {
    /// At most 50.
    pub cases: Vec<Uuid>,
}

/// One sealed entry.
#[derive(Serialize, ToSchema)]
pub struct EntryView {
    /// report, identity, message, reply, note or attachment.
    pub kind: String,
    /// Counts within its kind.
    pub number: u32,
    /// Orders entries and events of one case.
    pub position: i64,
    /// The day it was written.
    pub day: String,
    /// An age file in base64.
    pub sealed: String,
}

/// Something that happened to a case, without content.
#[derive(Serialize, ToSchema)]
pub struct EventView {
    /// Orders entries and events of one case.
    pub position: i64,
    /// The day it happened.
    pub day: String,
    /// received, told, opened, status, reply, message, note, missed, reminded, takes_two, end_proposed, end_declined or
    /// ended_alone.
    pub kind: String,
    /// A recipient's id, `reporter` or `service`.
    pub actor: String,
    /// The status reached or proposed (with its outcome after a colon), or the recipient told.
    pub detail: String,
}

/// A whole case.
#[derive(Serialize, ToSchema)]
pub struct CaseView {
    /// What the server knows.
    pub case: CaseSummary,
    /// All entries, in order.
    pub entries: Vec<EntryView>,
    /// All events, in order.
    pub events: Vec<EventView>,
    /// What may follow.
    #[serde(flatten)]
    pub next: NextView,
}

/// A sealed entry to be added.
#[derive(Deserialize, ToSchema)]
pub struct NewEntry {
    /// One more than the last of its kind.
    pub number: u32,
    /// An age file in base64: a reply is sealed to the case and the mailbox, a note to the case.
    pub sealed: String,
    /// For a reply: what `/uploads` answered for its files, in the order in which the reply names them.
    #[serde(default)]
    pub contents: Vec<String>,
}

/// Who is signed in.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/me", tag = "cases", responses((status = 200, body = Me)))]
pub async fn me(state: web::Data<AppState>, SignedIn(holder): SignedIn) -> Result<HttpResponse, ApiProblem> {
    let view = |recipient: &crate::domain::recipient::Recipient| RecipientView {
        id: recipient.id.clone(),
        title: recipient.title.clone(),
        kind: recipient.kind.code().to_owned(),
    };
    let recipient = state.recipients.get(&holder.recipient_id).map(view).ok_or(ApiProblem::SignInFirst)?;
    let addressed = state.store.addressed_days(&holder.recipient_id, LARGEST_PAGE).await?;
    Ok(HttpResponse::Ok().json(Me {
        recipient,
        organisation: state.site.organisation.clone(),
        today: state.clock.today().iso(),
        recipients: state.recipients.iter().map(view).collect(),
        addressed: addressed.into_iter().map(Day::iso).collect(),
        mail: state.mail_transport.to_owned(),
        most_files: state.most_files,
        largest_file: state.largest_file,
    }))
}

/// The cases that the signed-in recipient can read, newest day first.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(PageQuery), responses((status = 200, body = CasePage)))]
pub async fn list(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    query: web::Query<PageQuery>,
) -> Result<HttpResponse, ApiProblem> {
    let after = query.after.as_deref().map(parse_cursor).transpose()?;
    let (largest_page, longest_report) =
        if query.whole { (LARGEST_WHOLE_PAGE, u32::MAX) } else { (LARGEST_PAGE, REPORT_IN_LISTING) };
    let limit = query.limit.unwrap_or(100).clamp(1, largest_page);
    let mut rows = state.store.list_cases(&holder, after.as_ref(), limit + 1, longest_report).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| position_of(&row.brief.case));
    Ok(HttpResponse::Ok().json(CasePage {
        cases: rows.into_iter().map(|row| summarise(row, &state.calendar)).collect(),
        next,
    }))
}

/// The sealed parts of the cases named, long reports included. Cases that are not yours are left out.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/sealed", tag = "cases", request_body = Wanted,
    responses((status = 200, body = CasePage), (status = 400, description = "more than 50 cases")))]
pub async fn sealed(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    wanted: web::Json<Wanted>,
) -> Result<HttpResponse, ApiProblem> {
    if wanted.cases.len() > LARGEST_WHOLE_PAGE as usize {
        return Err(ApiProblem::Malformed);
    }
    let mut cases = Vec::with_capacity(wanted.cases.len());
    for &id in &wanted.cases {
        match state.store.find_case(&holder, id).await {
            Ok(row) => cases.push(summarise(row, &state.calendar)),
            Err(StoreError::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(HttpResponse::Ok().json(CasePage { cases, next: None }))
}

fn summarise(row: CaseListing, calendar: &WorkingDays) -> CaseSummary {
    CaseSummary {
        public_key: row.brief.case.public_key.as_str().to_owned(),
        mailbox_public_key: row.brief.case.mailbox.as_str().to_owned(),
        grant: STANDARD.encode(row.grant.as_bytes()),
        report: row.report.map(|report| STANDARD.encode(report.as_bytes())),
        brief: CaseBriefView::new(row.brief, calendar),
    }
}

/// One case whole. Reading it is an event of the case.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases",
    responses((status = 200, body = CaseView), (status = 404, description = "none, or not yours: both look the same")))]
pub async fn show(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiProblem> {
    let id = id.into_inner();
    state.store.mark_opened(holder.clone(), id, state.clock.today()).await?;
    let row = state.store.find_case(&holder, id).await?;
    let entries = state.store.entries(id).await?;
    let events = state.store.events(id).await?;
    let end = state.store.end_state(id).await?;
    Ok(HttpResponse::Ok().json(CaseView {
        next: NextView::new(&state, &holder, &row.brief.case, end),
        case: summarise(row, &state.calendar),
        entries: entries
            .into_iter()
            .map(|entry| EntryView {
                kind: entry.kind,
                number: entry.number,
                position: entry.position,
                day: entry.day.iso(),
                sealed: STANDARD.encode(entry.sealed.as_bytes()),
            })
            .collect(),
        events: events
            .into_iter()
            .map(|event| EventView {
                position: event.position,
                day: event.day.iso(),
                kind: event.kind,
                actor: event.actor,
                detail: event.detail,
            })
            .collect(),
    }))
}

pub(super) fn decode(sealed: &str) -> Result<Vec<u8>, ApiProblem> {
    STANDARD.decode(sealed.trim()).map_err(|_| ApiProblem::NotSealed)
}

/// Adds a reply, which the reporter reads with the retrieval token.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/replies", tag = "cases", request_body = NewEntry,
    responses((status = 204), (status = 409, description = "the number is taken: load the case again; or a file is gone: send it again")))]
pub async fn reply(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
    entry: web::Json<NewEntry>,
) -> Result<HttpResponse, ApiProblem> {
    require(&state, &holder, Act::Reply)?;
    let sealed = SealedReply::from_stored(decode(&entry.sealed)?).map_err(|_| ApiProblem::NotSealed)?;
    let contents = contents::claim(&state, &entry.contents).await?;
    state
        .store
        .add_reply(holder, id.into_inner(), entry.number, sealed, contents, state.clock.today())
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Adds an internal note, which the reporter never sees.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/notes", tag = "cases", request_body = NewEntry,
    responses((status = 204), (status = 409, description = "the number is taken: load the case again")))]
pub async fn note(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
    entry: web::Json<NewEntry>,
) -> Result<HttpResponse, ApiProblem> {
    require(&state, &holder, Act::Note)?;
    let sealed = SealedEntry::from_stored(decode(&entry.sealed)?).map_err(|_| ApiProblem::NotSealed)?;
    state.store.add_note(holder, id.into_inner(), entry.number, sealed, state.clock.today()).await?;
    Ok(HttpResponse::NoContent().finish())
}
