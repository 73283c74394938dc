//! Opening a sign-in challenge.

use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::error::OpenError;
use super::file;
use super::json::{check_version, parse, unpad};
use crate::challenge::CHALLENGE_LENGTH;
use crate::encoding::from_base64;
use crate::keys::PrivateKey;
use crate::payload::kind;

/// More than any challenge has.
const LIMIT: u64 = 4096;

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
struct Challenge {
    secret: String,
}

/// The 32 secret bytes of a challenge.
///
/// Only the secret of a well-formed challenge comes out, so that a server cannot have a grant or
/// an entry opened under the name of signing in.
///
/// # Errors
/// [`OpenError`]; [`OpenError::Content`] for a secret that is not 32 bytes.
pub fn open_challenge(
    bytes: &[u8],
    key: &PrivateKey,
) -> Result<Option<Zeroizing<[u8; CHALLENGE_LENGTH]>>, OpenError> {
    let Some(plaintext) = file::decrypt(bytes, key, LIMIT)? else {
        return Ok(None);
    };
    let json = unpad(&plaintext)?;
    check_version(json)?;
    if parse::<Kind>(json)?.kind != kind::CHALLENGE {
        return Err(OpenError::Kind);
    }
    let challenge: Challenge = parse(json)?;
    from_base64(&challenge.secret).map(|secret| Some(Zeroizing::new(secret))).ok_or(OpenError::Content)
}
