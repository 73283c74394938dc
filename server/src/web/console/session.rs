//! Signing in with the key (DESIGN section 4): the server seals a random secret to the recipient's public key; whoever
//! brings it back holds the private key. No passwords; the private key never comes near the server.

use super::problem::ApiProblem;
use crate::store::{Holder, StoreError};
use crate::web::AppState;
use crate::web::flood;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use candor_crypto::PublicKey;
use rand::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::future::Future;
use std::pin::Pin;
use utoipa::ToSchema;
use zeroize::Zeroizing;

/// How long a challenge may be answered, in seconds.
const CHALLENGE_SECONDS: i64 = 120;
/// How long a session may idle, in seconds.
const IDLE_SECONDS: i64 = 30 * 60;
/// How long a session may last however busy it is, in seconds.
const LONGEST_SECONDS: i64 = 12 * 3600;
/// The session's idle time is written down at most this often, in seconds: reading should not cost a write each time.
const EXTEND_EVERY_SECONDS: i64 = 60;

/// The `__Host-` prefix makes browsers hold the cookie to this very origin (RFC 6265bis, section 4.1.3.2).
pub const COOKIE: &str = "__Host-candor-session";

/// A request for a challenge.
#[derive(Deserialize, ToSchema)]
pub struct ChallengeRequest {
    /// The recipient's public key, `age1…`.
    pub public_key: String,
}

/// A challenge.
#[derive(Serialize, ToSchema)]
pub struct Challenge {
    /// To be sent back with the answer.
    pub challenge: String,
    /// An age file (base64), sealed to the public key. Its JSON holds the secret.
    pub sealed: String,
    /// Seconds in which it may be answered, once.
    pub expires_in: i64,
}

/// The answer to a challenge.
#[derive(Deserialize, ToSchema)]
pub struct ChallengeAnswer {
    /// The challenge.
    pub challenge: String,
    /// The 32-byte secret that was sealed, in base64.
    pub answer: String,
}

/// A recipient as recipients see each other.
#[derive(Serialize, ToSchema)]
pub struct RecipientView {
    /// Short name, as in the configuration.
    pub id: String,
    /// What people read.
    pub title: String,
    /// committee, compliance, supervisor, counsel or investigator.
    pub kind: String,
}

/// A session that began.
#[derive(Serialize, ToSchema)]
pub struct SessionBegun {
    /// Whose it is.
    pub recipient: RecipientView,
    /// Seconds it may idle.
    pub idle_seconds: i64,
}

/// Asks for a challenge. Any well-formed public key gets one, so that this says nothing about who is a recipient.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/challenges", tag = "sign-in", request_body = ChallengeRequest,
    responses((status = 200, body = Challenge), (status = 422, description = "not a public key"),
        (status = 503, description = "too many at once; see Retry-After")))]
pub async fn challenge(
    from: HttpRequest,
    state: web::Data<AppState>,
    request: web::Json<ChallengeRequest>,
) -> Result<HttpResponse, ApiProblem> {
    let key = PublicKey::parse(request.public_key.trim()).map_err(|_| ApiProblem::NotAPublicKey)?;
    flood::sender(&from).sign_in().map_err(|_| ApiProblem::Busy)?;
    let mut secret = Zeroizing::new([0u8; 32]);
    crate::randomness::system().fill_bytes(secret.as_mut_slice());
    let id = uuid::Builder::from_random_bytes(rand::random()).into_uuid().to_string();
    let now = state.clock.unix_seconds();
    let sealed = candor_crypto::seal_challenge(&secret, &key).map_err(|_| ApiProblem::Unavailable)?;
    state
        .store
        .add_challenge(
            id.clone(),
            key,
            Sha256::digest(secret.as_slice()).into(),
            now,
            now + CHALLENGE_SECONDS,
        )
        .await?;
    Ok(HttpResponse::Ok().json(Challenge {
        challenge: id,
        sealed: STANDARD.encode(sealed),
        expires_in: CHALLENGE_SECONDS,
    }))
}

/// Answers a challenge and begins a session.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(post, path = "/api/v1/sessions", tag = "sign-in", request_body = ChallengeAnswer,
    responses((status = 200, body = SessionBegun, description = "sets the session cookie"),
        (status = 401, description = "wrong, used or expired answer"),
        (status = 403, description = "the key is held, but belongs to no recipient here")))]
pub async fn begin(
    state: web::Data<AppState>,
    request: web::Json<ChallengeAnswer>,
) -> Result<HttpResponse, ApiProblem> {
    let now = state.clock.unix_seconds();
    let (key, expected) = match state.store.take_challenge(request.challenge.clone(), now).await {
        Err(StoreError::NotFound) => return Err(ApiProblem::WrongAnswer),
        other => other?,
    };
    let answer = Zeroizing::new(STANDARD.decode(request.answer.trim()).map_err(|_| ApiProblem::WrongAnswer)?);
    // Hashes of random secrets are compared: how long that takes tells nothing about the secret.
    if <[u8; 32]>::from(Sha256::digest(answer.as_slice())) != expected {
        return Err(ApiProblem::WrongAnswer);
    }
    let recipient = state
        .recipients
        .iter()
        .find(|recipient| recipient.public_key.as_ref() == Some(&key))
        .ok_or(ApiProblem::KeyNotRegistered)?;
    let mut token = Zeroizing::new([0u8; 32]);
    crate::randomness::system().fill_bytes(token.as_mut_slice());
    let holder = Holder { recipient_id: recipient.id.clone(), public_key: key };
    state
        .store
        .begin_session(
            Sha256::digest(token.as_slice()).into(),
            holder,
            now,
            now + IDLE_SECONDS,
            now + LONGEST_SECONDS,
        )
        .await?;
    let cookie = session_cookie(&URL_SAFE_NO_PAD.encode(token.as_slice()));
    Ok(HttpResponse::Ok().cookie(cookie).json(SessionBegun {
        recipient: RecipientView {
            id: recipient.id.clone(),
            title: recipient.title.clone(),
            kind: recipient.kind.code().to_owned(),
        },
        idle_seconds: IDLE_SECONDS,
    }))
}

/// Ends the session.
///
/// # Errors
/// [`ApiProblem`].
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "sign-in", responses((status = 204)))]
pub async fn end(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, ApiProblem> {
    if let Some(hash) = presented(&request) {
        state.store.end_session(hash).await?;
    }
    let mut cookie = session_cookie("");
    cookie.make_removal();
    Ok(HttpResponse::NoContent().cookie(cookie).finish())
}

fn session_cookie(value: &str) -> Cookie<'static> {
    Cookie::build(COOKIE, value.to_owned())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

fn presented(request: &HttpRequest) -> Option<[u8; 32]> {
    let cookie = request.cookie(COOKIE)?;
    let token = Zeroizing::new(URL_SAFE_NO_PAD.decode(cookie.value()).ok()?);
    Some(Sha256::digest(token.as_slice()).into())
}

/// A handler that takes this runs for signed-in recipients alone.
pub struct SignedIn(pub Holder);

impl FromRequest for SignedIn {
    type Error = ApiProblem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiProblem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let hash = presented(request);
        let state = request.app_data::<web::Data<AppState>>().cloned();
        Box::pin(async move {
            let state = state.ok_or(ApiProblem::Unavailable)?;
            let hash = hash.ok_or(ApiProblem::SignInFirst)?;
            let now = state.clock.unix_seconds();
            let (holder, idle_until) =
                state.store.find_session(hash, now).await?.ok_or(ApiProblem::SignInFirst)?;
            // A key that was replaced or a recipient who was removed is signed out at once.
            let known = state
                .recipients
                .get(&holder.recipient_id)
                .and_then(|recipient| recipient.public_key.as_ref());
            if known != Some(&holder.public_key) {
                return Err(ApiProblem::SignInFirst);
            }
            if idle_until < now + IDLE_SECONDS - EXTEND_EVERY_SECONDS {
                state.store.extend_session(hash, now + IDLE_SECONDS).await?;
            }
            Ok(Self(holder))
        })
    }
}
