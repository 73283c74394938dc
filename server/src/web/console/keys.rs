//! Which keys open what, and putting one out of use.

use super::problem::ApiProblem;
use super::progress::require;
use super::session::SignedIn;
use crate::domain::permission::Act;
use crate::store::Holder;
use crate::web::AppState;
use actix_web::{HttpResponse, web};
use candor_crypto::PublicKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A key that opens cases which the recipient who asks can read.
#[derive(Serialize, ToSchema)]
pub struct KeyView {
    /// Whose it is: the recipient's id.
    pub recipient: String,
    /// The age public key.
    pub public_key: String,
    /// Whether it is the one that is configured for this recipient. Any other is of no use here but to whoever has the
    /// stored files.
    pub current: bool,
    /// How many of these cases it opens.
    pub cases: i64,
}

/// Who can read what.
#[derive(Serialize, ToSchema)]
pub struct KeyReport {
    /// By recipient. Cases that the recipient who asks cannot read do not count.
    pub keys: Vec<KeyView>,
}

/// A key to put out of use.
#[derive(Deserialize, ToSchema)]
pub struct Revocation {
    /// Whose: the recipient's id.
    pub recipient: String,
    /// The age public key.
    pub public_key: String,
}

/// What is left of a key that was put out of use.
#[derive(Serialize, ToSchema)]
pub struct Revoked {
    /// Cases that nobody could read without it. It still opens them: hand them over first.
    pub left: i64,
}

fn is_current(state: &AppState, holder: &Holder) -> bool {
    let recipient = state.recipients.get(&holder.recipient_id);
    recipient.is_some_and(|recipient| recipient.public_key.as_ref() == Some(&holder.public_key))
}

/// Who can read what, as far as the recipient who asks can read it.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(get, path = "/api/v1/keys", tag = "cases", responses((status = 200, body = KeyReport)))]
pub async fn keys(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
) -> Result<HttpResponse, ApiProblem> {
    let in_use = state.store.keys_in_use(&holder).await?;
    let keys = in_use.into_iter().map(|key| KeyView {
        current: is_current(&state, &key.holder),
        recipient: key.holder.recipient_id,
        public_key: key.holder.public_key.as_str().to_owned(),
        cases: key.cases,
    });
    Ok(HttpResponse::Ok().json(KeyReport { keys: keys.collect() }))
}

/// Puts a key out of use that the operator has taken out of the configuration: its grants go.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/keys/revoke", tag = "cases", request_body = Revocation,
    responses((status = 200, body = Revoked), (status = 403, description = "recipients of your kind may not do that"),
        (status = 409, description = "the key is still configured"), (status = 422, description = "not a public key")))]
pub async fn revoke(
    state: web::Data<AppState>,
    SignedIn(holder): SignedIn,
    request: web::Json<Revocation>,
) -> Result<HttpResponse, ApiProblem> {
    require(&state, &holder, Act::Revoke)?;
    let Revocation { recipient, public_key } = request.into_inner();
    let public_key = PublicKey::parse(&public_key).map_err(|_| ApiProblem::NotAPublicKey)?;
    let key = Holder { recipient_id: recipient, public_key };
    if is_current(&state, &key) {
        return Err(ApiProblem::StillConfigured);
    }
    let current = state.recipients.iter().filter_map(|recipient| {
        Some(Holder { recipient_id: recipient.id.clone(), public_key: recipient.public_key.clone()? })
    });
    let left = state.store.revoke(holder, key, current.collect(), state.clock.today()).await?;
    Ok(HttpResponse::Ok().json(Revoked { left }))
}
