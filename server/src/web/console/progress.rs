//! How a case moves along and ends: who may, from where to where, alone or by two.

use super::cases::{NewEntry, decode};
use super::problem::ApiProblem;
use super::session::SignedIn;
use crate::domain::closing::{self, ClosingError};
use crate::domain::day::Day;
use crate::domain::deadlines::unanswered_from;
use crate::domain::permission::{Act, act_of, may};
use crate::domain::recipient::RecipientKind;
use crate::domain::status::{self, Outcome, Status, TransitionError};
use crate::store::{CaseRow, Conclusion, EndState, Holder, Move, Moved};
use crate::web::AppState;
use actix_web::{HttpResponse, web};
use candor_crypto::SealedEntry;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A change of status.
#[derive(Deserialize, ToSchema)]
pub struct StatusChange {
    /// Where the case stands, as last seen.
    pub from: String,
    /// Where it should go.
    pub to: String,
    /// With `concluded`: how it ended.
    pub outcome: Option<String>,
    /// With a status that ends the case: the next note, which says what was done and why.
    #[serde(default)]
    pub conclusion: Option<NewEntry>,
}

/// What came of a change of status that takes two.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// Always true: another reader has to agree first.
    pub waits_for_second: bool,
}

/// An answer to an end that was proposed.
#[derive(Deserialize, ToSchema)]
pub struct EndAnswer {
    /// Whether to end the case so. `false` declines, or takes one's own proposal back.
    pub agree: bool,
    /// The number of the note with the conclusion that was read.
    pub note: u32,
}

/// What may follow in a case, for the recipient who asks.
#[derive(Serialize, ToSchema)]
pub struct NextView {
    /// The statuses that may follow, and that this recipient may choose.
    pub allowed: Vec<String>,
    /// The outcomes that `concluded` can have.
    pub outcomes: Vec<String>,
    /// The first day on which `insufficient_information` can be chosen; absent where the reporter was not asked.
    pub unanswered_from: Option<String>,
    /// Whether two have to agree to an end.
    pub takes_two: bool,
    /// The end that waits for a second reader.
    pub proposed_end: Option<ProposedEndView>,
}

/// An end that waits for a second reader.
#[derive(Serialize, ToSchema)]
pub struct ProposedEndView {
    /// The id of whoever proposed it.
    pub by: String,
    /// The day it was proposed.
    pub day: String,
    /// The status.
    pub status: String,
    /// The outcome.
    pub outcome: Option<String>,
    /// The number of the note with the conclusion.
    pub note: u32,
    /// Whether the recipient who asks may agree.
    pub may_agree: bool,
}

impl NextView {
    pub(super) fn new(state: &AppState, holder: &Holder, case: &CaseRow, end: EndState) -> Self {
        let kind = kind_of(state, holder);
        let allowed = status::allowed(case.kind, case.status);
        let may_move = |status: &Status| kind.is_some_and(|kind| may(kind, act_of(*status)));
        let may_agree = kind.is_some_and(|kind| may(kind, Act::AgreeToEnd));
        Self {
            allowed: allowed
                .iter()
                .filter(|status| may_move(status))
                .map(|each| each.code().to_owned())
                .collect(),
            outcomes: closing::dispositions(Status::Concluded)
                .iter()
                .map(|each| each.code().to_owned())
                .collect(),
            unanswered_from: end.asked.map(|asked| unanswered_from(asked, &state.calendar).iso()),
            takes_two: end.takes_two,
            proposed_end: end.proposed.map(|proposed| ProposedEndView {
                may_agree: may_agree && proposed.by != holder.recipient_id,
                by: proposed.by,
                day: proposed.day.iso(),
                status: proposed.status.code().to_owned(),
                outcome: proposed.outcome.map(|outcome| outcome.code().to_owned()),
                note: proposed.note,
            }),
        }
    }
}

fn kind_of(state: &AppState, holder: &Holder) -> Option<RecipientKind> {
    state.recipients.get(&holder.recipient_id).map(|recipient| recipient.kind)
}

/// Refuses what recipients of this kind may not do.
pub(super) fn require(state: &AppState, holder: &Holder, act: Act) -> Result<(), ApiProblem> {
    let kind = kind_of(state, holder).ok_or(ApiProblem::SignInFirst)?;
    if may(kind, act) { Ok(()) } else { Err(ApiProblem::NotPermitted) }
}

/// Moves the case along. The reporter sees the new status. An end comes with its conclusion; where two have to agree, it
/// waits for the second.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/status", tag = "cases", request_body = StatusChange,
    responses((status = 204), (status = 202, body = Waiting, description = "proposed: another reader has to agree"),
        (status = 403, description = "recipients of your kind may not do that"),
        (status = 409, description = "the case is no longer in `from`, or the number of the note is taken"),
        (status = 422, description = "not in the transition table, the outcome does not fit or comes too soon, or an \
                                      end without its conclusion")))]
pub async fn change_status(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
    change: web::Json<StatusChange>,
) -> Result<HttpResponse, ApiProblem> {
    let (id, change) = (id.into_inner(), change.into_inner());
    let today = state.clock.today();
    let from = Status::parse(&change.from).ok_or(ApiProblem::Malformed)?;
    let to = Status::parse(&change.to).ok_or(ApiProblem::Malformed)?;
    let outcome = match change.outcome.as_deref() {
        None | Some("") => closing::only_disposition(to),
        Some(code) => Some(Outcome::parse(code).ok_or(ApiProblem::Malformed)?),
    };
    let row = state.store.find_case(&holder, id).await?;
    require(&state, &holder, act_of(to))?;
    status::check(row.brief.case.kind, from, to, outcome).map_err(|error| match error {
        TransitionError::NotAllowed { .. } => ApiProblem::NotAllowed,
        TransitionError::OutcomeMissing => ApiProblem::Outcome("say how the case ended"),
        TransitionError::OutcomeUnfit { .. } => {
            ApiProblem::Outcome("this outcome does not belong to this status")
        }
    })?;
    let step = Move { from, to, outcome };
    if to.is_open() {
        state.store.change_status(holder, id, step, today).await?;
        return Ok(HttpResponse::NoContent().finish());
    }
    check_outcome(&state, id, outcome, today).await?;
    let conclusion = change.conclusion.ok_or(ApiProblem::ConclusionMissing)?;
    let conclusion = Conclusion {
        number: conclusion.number,
        sealed: SealedEntry::from_stored(decode(&conclusion.sealed)?).map_err(|_| ApiProblem::NotSealed)?,
        may_agree: state
            .recipients
            .iter()
            .filter(|recipient| may(recipient.kind, Act::AgreeToEnd))
            .map(|recipient| recipient.id.clone())
            .collect(),
    };
    Ok(match state.store.end(holder, id, step, conclusion, today).await? {
        Moved::There => HttpResponse::NoContent().finish(),
        Moved::Proposed => HttpResponse::Accepted().json(Waiting { waits_for_second: true }),
        Moved::TookSecondOff => return Err(ApiProblem::SecondTakenOff),
    })
}

async fn check_outcome(
    state: &AppState,
    case: Uuid,
    outcome: Option<Outcome>,
    today: Day,
) -> Result<(), ApiProblem> {
    let asked = state.store.end_state(case).await?.asked;
    closing::check(outcome, asked, today, &state.calendar).map_err(|error| match error {
        ClosingError::NotAsked => {
            ApiProblem::Outcome("ask the reporter first, and wait 30 days for the answer")
        }
        ClosingError::TooSoon(_) => ApiProblem::Outcome("the reporter was asked and may still answer"),
    })
}

/// Agrees to an end that another reader proposed, or declines it.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/end", tag = "cases", request_body = EndAnswer,
    responses((status = 204), (status = 403, description = "recipients of your kind may not agree"),
        (status = 409, description = "nothing waits any more, it rests on another conclusion, or it is your own")))]
pub async fn answer_end(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
    answer: web::Json<EndAnswer>,
) -> Result<HttpResponse, ApiProblem> {
    let (id, today) = (id.into_inner(), state.clock.today());
    // Whoever cannot read the case is told that there is none, whatever they may elsewhere.
    state.store.find_case(&holder, id).await?;
    if answer.agree {
        require(&state, &holder, Act::AgreeToEnd)?;
        state.store.agree_to_end(holder, id, answer.note, today).await?;
    } else {
        let proposed = state.store.end_state(id).await?.proposed.ok_or(ApiProblem::Changed)?;
        if proposed.by != holder.recipient_id {
            require(&state, &holder, Act::AgreeToEnd)?;
        }
        state.store.decline_end(holder, id, answer.note, today).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Marks that two have to agree to how this case ends, because of what it is about. Nobody takes that off.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/takes-two", tag = "cases", responses((status = 204)))]
pub async fn take_two(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiProblem> {
    state.store.take_two(holder, id.into_inner(), state.clock.today()).await?;
    Ok(HttpResponse::NoContent().finish())
}
