//! What the recipients' API answers when it cannot do what was asked: `application/problem+json` (RFC 9457).

use crate::store::StoreError;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

/// A fixed answer per variant; nothing of the inner error is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiProblem {
    /// No session, or it ended.
    #[error("Your session has ended or never began. Sign in with your key.")]
    SignInFirst,
    /// The challenge was not answered rightly, or too late, or twice.
    #[error(
        "The answer to the challenge is wrong, was used before or came too late. Ask for a new challenge."
    )]
    WrongAnswer,
    /// The key is real but belongs to nobody here.
    #[error("This key is not registered here. Ask the operator to add its public key to the configuration.")]
    KeyNotRegistered,
    /// Not an `age1…` public key.
    #[error("That is not an age public key. It begins with age1 and is 62 characters long.")]
    NotAPublicKey,
    /// No such case for this recipient.
    #[error("There is no such case, or your key does not open it.")]
    NotFound,
    /// Somebody else was faster.
    #[error("The case changed while you worked. Load it again and repeat what you did.")]
    Changed,
    /// The transition table does not have it.
    #[error("The case cannot go from its present status to that one.")]
    NotAllowed,
    /// A closing status without outcome, or an outcome where none belongs.
    #[error("This status needs a fitting outcome: {0}.")]
    Outcome(&'static str),
    /// The permission table does not have it.
    #[error("Recipients of your kind may not do that. Leave it to the committee.")]
    NotPermitted,
    /// Nobody who may end the case would be left to read it.
    #[error(
        "Nobody would be left who can bring this case to its end. Release it to somebody else on the committee first."
    )]
    NobodyLeft,
    /// Somebody who left a case does not come back to it.
    #[error("They were taken off this case or stepped aside. That is for good.")]
    LeftForGood,
    /// Whoever takes the second pair of eyes off does not end the case alone.
    #[error(
        "Two have to agree to how this case ends, and you took somebody off it. Release it to somebody else who may agree, \
         such as outside counsel."
    )]
    SecondTakenOff,
    /// A release to a key that is not configured for that recipient.
    #[error("The service does not know this recipient by that key. Load the page again.")]
    NotTheirKey,
    /// A key in use is not put out of it by a slip.
    #[error(
        "This key is still in the configuration. First the operator takes it out, or puts another in its place."
    )]
    StillConfigured,
    /// An end without the note that says what was done and why.
    #[error("A case ends with a conclusion: send the note that says what was done and why.")]
    ConclusionMissing,
    /// A body or query that does not fit.
    #[error("The request does not have the form that /api/v1/openapi.json describes.")]
    Malformed,
    /// Sealed bytes that are no age file for this case.
    #[error("What was sent is not a sealed entry of the right shape.")]
    NotSealed,
    /// A file over the limit.
    #[error("This file is larger than is taken here.")]
    TooLarge,
    /// More files than go with one reply.
    #[error("These are more files than go with one reply here.")]
    TooManyFiles,
    /// A file that broke off.
    #[error("The file did not arrive whole. Nothing of it was kept. Send it again.")]
    Incomplete,
    /// A reply names a content that was never sent, or too long ago.
    #[error("A file of this reply is not here any more. Send it again.")]
    UploadGone,
    /// Sent by another site's page.
    #[error("This address answers to its own pages and to the command line only.")]
    CrossSite,
    /// Too many challenges were asked for within the minute.
    #[error("Too many are signing in at once. Nothing was changed. Try again in a minute.")]
    Busy,
    /// The database or the disk.
    #[error(
        "The service cannot store or read at the moment. Nothing was changed. Try again in a few minutes."
    )]
    Unavailable,
}

/// The body of an error answer.
#[derive(Serialize, ToSchema)]
pub struct ProblemBody {
    /// Stable code.
    pub code: &'static str,
    /// The HTTP status again.
    pub status: u16,
    /// One sentence: what is wrong and what to do.
    pub title: String,
}

impl ApiProblem {
    fn code(self) -> &'static str {
        match self {
            Self::SignInFirst => "sign_in_first",
            Self::WrongAnswer => "wrong_answer",
            Self::KeyNotRegistered => "key_not_registered",
            Self::NotAPublicKey => "not_a_public_key",
            Self::NotFound => "not_found",
            Self::Changed => "changed",
            Self::NotAllowed => "not_allowed",
            Self::Outcome(_) => "outcome",
            Self::NotPermitted => "not_permitted",
            Self::NobodyLeft => "nobody_left",
            Self::LeftForGood => "left_for_good",
            Self::SecondTakenOff => "second_taken_off",
            Self::NotTheirKey => "not_their_key",
            Self::StillConfigured => "still_configured",
            Self::ConclusionMissing => "conclusion_missing",
            Self::Malformed => "malformed",
            Self::NotSealed => "not_sealed",
            Self::TooLarge => "too_large",
            Self::TooManyFiles => "too_many_files",
            Self::Incomplete => "incomplete",
            Self::UploadGone => "upload_gone",
            Self::CrossSite => "cross_site",
            Self::Busy => "busy",
            Self::Unavailable => "unavailable",
        }
    }
}

impl From<StoreError> for ApiProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict => Self::Changed,
            _ => Self::Unavailable,
        }
    }
}

impl ResponseError for ApiProblem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignInFirst | Self::WrongAnswer => StatusCode::UNAUTHORIZED,
            Self::KeyNotRegistered | Self::CrossSite | Self::NotPermitted => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Changed
            | Self::UploadGone
            | Self::NobodyLeft
            | Self::LeftForGood
            | Self::StillConfigured
            | Self::SecondTakenOff => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Incomplete => StatusCode::REQUEST_TIMEOUT,
            Self::NotAPublicKey
            | Self::NotAllowed
            | Self::Outcome(_)
            | Self::ConclusionMissing
            | Self::NotTheirKey
            | Self::TooManyFiles
            | Self::NotSealed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if *self == Self::Busy {
            response.insert_header((RETRY_AFTER, "60"));
        }
        response.content_type("application/problem+json").json(ProblemBody {
            code: self.code(),
            status: self.status_code().as_u16(),
            title: self.to_string(),
        })
    }
}
