//! Opening the answer to a check-back.

use serde::Deserialize;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::error::OpenError;
use super::file;
use super::json::{check_version, parse, unpad};
use crate::keys::PrivateKey;
use crate::payload::kind;

/// Many times what a case's replies weigh.
const LIMIT: u64 = 256 * 1024 * 1024;

/// What a check-back was answered with.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct OpenedAnswer {
    kind: String,
    /// The case.
    #[zeroize(skip)]
    pub case: Uuid,
    /// The case's public key, `age1…`.
    pub public_key: String,
    /// The number that the reporter's next message has.
    pub number: u32,
    /// The number that the reporter's next attachment has.
    pub attachment: u32,
    /// The status page.
    pub page: String,
    /// The replies, oldest first: base64 of age files that the mailbox opens.
    pub replies: Vec<String>,
}

/// The answer to a check-back, opened with the mailbox key.
///
/// # Errors
/// [`OpenError`].
pub fn open_answer(bytes: &[u8], mailbox: &PrivateKey) -> Result<Option<OpenedAnswer>, OpenError> {
    let Some(plaintext) = file::decrypt(bytes, mailbox, LIMIT)? else {
        return Ok(None);
    };
    let json = unpad(&plaintext)?;
    check_version(json)?;
    let answer: OpenedAnswer = parse(json)?;
    if answer.kind == kind::ANSWER { Ok(Some(answer)) } else { Err(OpenError::Kind) }
}
