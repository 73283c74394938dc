//! The index of a recipient's cases: a line each, nothing sealed, so that a console has all of them at once and opens
//! what is looked at first.

use super::problem::ApiProblem;
use super::session::SignedIn;
use crate::domain::calendar::WorkingDays;
use crate::domain::day::Day;
use crate::domain::deadlines::Deadlines;
use crate::store::{CaseBrief, CaseRow, Cursor, Progress};
use crate::web::AppState;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The most cases on one page of the index.
const LARGEST_PAGE: u32 = 1000;

/// What the server knows of a case.
#[derive(Serialize, ToSchema)]
pub struct CaseBriefView {
    /// The case.
    pub id: Uuid,
    /// concern or question.
    pub kind: String,
    /// Where it stands.
    pub status: String,
    /// How it ended, if it did.
    pub outcome: Option<String>,
    /// The day it was received.
    pub received: String,
    /// The day it was acknowledged.
    pub acknowledged: Option<String>,
    /// The last day on which the reporter was told something.
    pub updated: String,
    /// The day by which it should be acknowledged.
    pub acknowledge_target: String,
    /// The last day to acknowledge.
    pub acknowledge_by: String,
    /// The last day to give feedback.
    pub feedback_by: String,
    /// The last day for the next update, while the case is open.
    pub update_by: Option<String>,
    /// The last day to answer, for a question.
    pub answer_by: Option<String>,
    /// Whether this recipient has opened the case before.
    pub opened: bool,
    /// Messages that the reporter added since this recipient last opened the case.
    pub unread: i64,
    /// Messages that the reporter added.
    pub messages: i64,
    /// Replies to the reporter.
    pub replies: i64,
    /// Grows by one with each change.
    pub revision: i64,
}

impl CaseBriefView {
    /// With its deadlines, by the working days of `calendar`.
    pub fn new(brief: CaseBrief, calendar: &WorkingDays) -> Self {
        let case = brief.case;
        let deadlines = Deadlines::new(case.days(), calendar);
        Self {
            id: case.id,
            kind: case.kind.code().to_owned(),
            status: case.status.code().to_owned(),
            outcome: case.outcome.map(|outcome| outcome.code().to_owned()),
            received: case.received.iso(),
            acknowledged: case.acknowledged.map(Day::iso),
            updated: case.updated.iso(),
            acknowledge_target: deadlines.acknowledge_target.iso(),
            acknowledge_by: deadlines.acknowledge_by.iso(),
            feedback_by: deadlines.feedback_by.iso(),
            update_by: deadlines.update_by.map(Day::iso),
            answer_by: deadlines.answer_by.map(Day::iso),
            opened: brief.opened,
            unread: brief.unread,
            messages: brief.messages,
            replies: brief.replies,
            revision: case.revision,
        }
    }
}

/// One page of the index.
#[derive(Serialize, ToSchema)]
pub struct IndexPage {
    /// Open cases: the longest waiting first. Closed cases: the newest first.
    pub cases: Vec<CaseBriefView>,
    /// To be handed back as `after` for the next page; absent on the last.
    pub next: Option<String>,
}

/// Which cases of the index.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Those on which work is owed.
    Open,
    /// Those that ended.
    Closed,
}

/// Which page of the index.
#[derive(Deserialize, IntoParams)]
pub struct IndexQuery {
    /// open or closed.
    #[param(value_type = String)]
    pub progress: Wanted,
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 1000; 1000 if absent.
    pub limit: Option<u32>,
}

/// A line for each open case (the longest waiting first) or closed case (the newest first) of the signed-in recipient.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases/index", tag = "cases", params(IndexQuery),
    responses((status = 200, body = IndexPage)))]
pub async fn index(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    query: web::Query<IndexQuery>,
) -> Result<HttpResponse, ApiProblem> {
    let after = query.after.as_deref().map(parse_cursor).transpose()?;
    let limit = query.limit.unwrap_or(LARGEST_PAGE).clamp(1, LARGEST_PAGE);
    let progress = match query.progress {
        Wanted::Open => Progress::Open,
        Wanted::Closed => Progress::Closed,
    };
    let mut rows = state.store.index_cases(&holder, progress, after.as_ref(), limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| position_of(&row.case));
    Ok(HttpResponse::Ok().json(IndexPage {
        cases: rows.into_iter().map(|row| CaseBriefView::new(row, &state.calendar)).collect(),
        next,
    }))
}

/// What is handed back as `after` for the cases that follow this one.
pub(super) fn position_of(case: &CaseRow) -> String {
    format!("{}:{}", case.received.iso(), case.id)
}

/// Reads `after`.
///
/// # Errors
/// [`ApiProblem::Malformed`] if it is not what [`position_of`] writes.
pub(super) fn parse_cursor(text: &str) -> Result<Cursor, ApiProblem> {
    let (day, id) = text.split_once(':').ok_or(ApiProblem::Malformed)?;
    Ok(Cursor {
        day: day.parse().map_err(|_| ApiProblem::Malformed)?,
        id: Uuid::parse_str(id).map_err(|_| ApiProblem::Malformed)?.to_string(),
    })
}
