//! Who can read a case: released to somebody else, handed over to a new key, taken off, stepped aside.

use super::cases::{NewEntry, decode};
use super::problem::ApiProblem;
use super::progress::require;
use super::session::{RecipientView, SignedIn};
use crate::domain::Recipient;
use crate::domain::permission::{Act, may};
use crate::store::{Departure, Holder, Leaving, Release, Released, StoreError};
use crate::web::AppState;
use actix_web::{HttpResponse, web};
use candor_crypto::{Grant, PublicKey, SealedEntry};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The most cases that are released with one request.
const MOST_AT_ONCE: usize = 100;
/// Cases on one page of those to hand over.
const PAGE: u32 = 500;

/// Somebody to whom a case can be released.
#[derive(Serialize, ToSchema)]
pub struct Candidate {
    /// Who.
    #[serde(flatten)]
    pub recipient: RecipientView,
    /// The age public key that grants for them are sealed to.
    pub public_key: String,
}

/// Who can read a case, and what the recipient who asks may change about it.
#[derive(Serialize, ToSchema)]
pub struct ReadersView {
    /// Those who can read it, in the order of the configuration.
    pub readers: Vec<RecipientView>,
    /// Those to whom it can be released. The service does not know whom the report is about: whoever releases has to look.
    pub candidates: Vec<Candidate>,
    /// Whether the recipient who asks may release it.
    pub may_release: bool,
    /// Whether the recipient who asks may take others off.
    pub may_take_off: bool,
}

/// Grants for one recipient.
#[derive(Deserialize, ToSchema)]
pub struct NewGrants {
    /// Whose.
    pub recipient: String,
    /// The key that they are sealed to; the one that is configured for this recipient.
    pub public_key: String,
    /// At most 100.
    pub grants: Vec<NewGrant>,
}

/// The key of one case, sealed to somebody else.
#[derive(Deserialize, ToSchema)]
pub struct NewGrant {
    /// The case.
    pub case: Uuid,
    /// An age file in base64.
    pub sealed: String,
}

/// What came of grants.
#[derive(Serialize, ToSchema)]
pub struct GrantsGiven {
    /// How many are new.
    pub given: usize,
    /// The cases that this recipient left, for good.
    pub left: Vec<Uuid>,
}

/// Who is taken off, and why.
#[derive(Deserialize, ToSchema)]
pub struct TakeOff {
    /// Whom.
    pub recipient: String,
    /// The next note, which says why.
    pub reason: NewEntry,
}

/// Which page of the cases to hand over.
#[derive(Deserialize, IntoParams)]
pub struct HandoverQuery {
    /// To whom.
    pub recipient: String,
    /// The last case of the page before.
    pub after: Option<Uuid>,
}

/// Cases to hand over.
#[derive(Serialize, ToSchema)]
pub struct HandoverPage {
    /// The key that grants are to be sealed to.
    pub public_key: String,
    /// Cases that the recipient who asks can read and the other cannot, ascending; at most 500.
    pub cases: Vec<Uuid>,
}

fn view(recipient: &Recipient) -> RecipientView {
    RecipientView {
        id: recipient.id.clone(),
        title: recipient.title.clone(),
        kind: recipient.kind.code().to_owned(),
    }
}

fn holder_of(recipient: &Recipient) -> Option<Holder> {
    Some(Holder { recipient_id: recipient.id.clone(), public_key: recipient.public_key.clone()? })
}

/// The recipients who can bring a case to its end, if they can read it.
fn may_end(state: &AppState) -> Vec<Holder> {
    state
        .recipients
        .iter()
        .filter(|recipient| may(recipient.kind, Act::Conclude))
        .filter_map(holder_of)
        .collect()
}

/// Who can read a case.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/cases/{id}/readers", tag = "cases",
    responses((status = 200, body = ReadersView), (status = 404, description = "none, or not yours: both look the same")))]
pub async fn readers(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiProblem> {
    let id = id.into_inner();
    state.store.find_case(&holder, id).await?;
    let holders = state.store.readers_of(id).await?;
    let departed = state.store.departed(id).await?;
    let reads = |recipient: &Recipient| {
        holders.iter().any(|known| {
            known.recipient_id == recipient.id && Some(&known.public_key) == recipient.public_key.as_ref()
        })
    };
    let candidate = |recipient: &Recipient| {
        let public_key = recipient.public_key.as_ref()?.as_str().to_owned();
        let open = !reads(recipient) && !departed.contains(&recipient.id);
        open.then(|| Candidate { recipient: view(recipient), public_key })
    };
    Ok(HttpResponse::Ok().json(ReadersView {
        readers: state.recipients.iter().filter(|recipient| reads(recipient)).map(view).collect(),
        candidates: state.recipients.iter().filter_map(candidate).collect(),
        may_release: require(&state, &holder, Act::Release).is_ok(),
        may_take_off: require(&state, &holder, Act::TakeOff).is_ok(),
    }))
}

/// Gives another recipient what opens cases. They are told by e-mail that something waits.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/grants", tag = "cases", request_body = NewGrants,
    responses((status = 200, body = GrantsGiven), (status = 400, description = "more than 100 grants"),
        (status = 403, description = "recipients of your kind may not release cases"),
        (status = 404, description = "a case is none, or not yours; nothing of it was given"),
        (status = 409, description = "the only one is a case that this recipient left"),
        (status = 422, description = "not a grant, or not the key that is configured for this recipient")))]
pub async fn release(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    new: web::Json<NewGrants>,
) -> Result<HttpResponse, ApiProblem> {
    require(&state, &holder, Act::Release)?;
    let new = new.into_inner();
    if new.grants.is_empty() || new.grants.len() > MOST_AT_ONCE {
        return Err(ApiProblem::Malformed);
    }
    let public_key = PublicKey::parse(&new.public_key).map_err(|_| ApiProblem::NotAPublicKey)?;
    let to = state.recipients.get(&new.recipient).and_then(holder_of).ok_or(ApiProblem::NotTheirKey)?;
    if to.public_key != public_key {
        return Err(ApiProblem::NotTheirKey);
    }
    let cases: Vec<_> = new.grants.iter().map(|grant| grant.case).collect();
    let releases = new.grants.iter().map(|grant| {
        let sealed = Grant::from_stored(decode(&grant.sealed)?).map_err(|_| ApiProblem::NotSealed)?;
        Ok(Release { case: grant.case, grant: sealed })
    });
    let releases = releases.collect::<Result<Vec<_>, ApiProblem>>()?;
    let (today, slot) = (state.clock.today(), state.mail_slot());
    let outcomes = state.store.release(holder, to, releases, today, slot).await?;
    if outcomes.contains(&Ok(Released::Given)) {
        state.wake_outbox.notify_one();
    }
    if outcomes.contains(&Err(StoreError::NotFound)) {
        return Err(ApiProblem::NotFound);
    }
    if outcomes == [Ok(Released::Left)] {
        return Err(ApiProblem::LeftForGood);
    }
    let left = cases.iter().zip(&outcomes).filter(|(_, outcome)| **outcome == Ok(Released::Left));
    Ok(HttpResponse::Ok().json(GrantsGiven {
        given: outcomes.iter().filter(|outcome| **outcome == Ok(Released::Given)).count(),
        left: left.map(|(case, _)| *case).collect(),
    }))
}

/// The cases that somebody else is still to get: a new chair, an alternate, a new key. What was handed over is not listed
/// any more, so that whoever was interrupted goes on by asking again.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/handover", tag = "cases", params(HandoverQuery),
    responses((status = 200, body = HandoverPage), (status = 403, description = "recipients of your kind may not release cases"),
        (status = 422, description = "no such recipient, or none with a key")))]
pub async fn to_hand_over(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    query: web::Query<HandoverQuery>,
) -> Result<HttpResponse, ApiProblem> {
    require(&state, &holder, Act::Release)?;
    let to = state.recipients.get(&query.recipient).and_then(holder_of).ok_or(ApiProblem::NotTheirKey)?;
    let after = query.after.unwrap_or(Uuid::nil());
    let cases = state.store.cases_to_hand_over(&holder, &to, after, PAGE).await?;
    Ok(HttpResponse::Ok().json(HandoverPage { public_key: to.public_key.as_str().to_owned(), cases }))
}

/// Leaves a case, for good: the recipient who asks cannot read it any more.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/step-aside", tag = "cases",
    responses((status = 204), (status = 404, description = "none, or not yours: both look the same"),
        (status = 409, description = "nobody would be left who can bring the case to its end")))]
pub async fn step_aside(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiProblem> {
    leave(&state, holder, id.into_inner(), Leaving::Aside).await
}

/// Takes another recipient off a case, for good.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/cases/{id}/take-off", tag = "cases", request_body = TakeOff,
    responses((status = 204), (status = 403, description = "recipients of your kind may not do that"),
        (status = 404, description = "none, or not yours, or they cannot read it"),
        (status = 409, description = "the number of the note is taken, or nobody would be left who can bring the case to its end")))]
pub async fn take_off(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    id: web::Path<Uuid>,
    request: web::Json<TakeOff>,
) -> Result<HttpResponse, ApiProblem> {
    let id = id.into_inner();
    // Whoever cannot read the case is told that there is none, whatever they may elsewhere.
    state.store.find_case(&holder, id).await?;
    require(&state, &holder, Act::TakeOff)?;
    let TakeOff { recipient, reason } = request.into_inner();
    let number = reason.number;
    let reason = SealedEntry::from_stored(decode(&reason.sealed)?).map_err(|_| ApiProblem::NotSealed)?;
    leave(&state, holder, id, Leaving::TakenOff { recipient, number, reason }).await
}

async fn leave(
    state: &AppState,
    holder: Holder,
    case: Uuid,
    leaving: Leaving,
) -> Result<HttpResponse, ApiProblem> {
    let today = state.clock.today();
    match state.store.leave(holder, case, leaving, may_end(state), today).await? {
        Departure::Gone => Ok(HttpResponse::NoContent().finish()),
        Departure::NobodyLeft => Err(ApiProblem::NobodyLeft),
    }
}
