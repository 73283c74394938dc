//! The answer to a check-back from a browser that opens it itself: sealed to the reporter's mailbox.

use serde::Serialize;
use uuid::Uuid;

use crate::error::SealError;
use crate::keys::PublicKey;
use crate::padding;
use crate::payload::{PROTOCOL_VERSION, kind};
use crate::seal::pad_to;

/// What a check-back is answered with.
pub struct Answer<'a> {
    /// The case.
    pub case: Uuid,
    /// The case's public key, to which a further message is sealed.
    pub case_key: &'a PublicKey,
    /// The number that the reporter's next message has.
    pub number: u32,
    /// The number that the reporter's next attachment has.
    pub attachment: u32,
    /// The status page, without the text of any reply; or the file that was asked for, if it is text.
    pub page: &'a str,
    /// The replies as they are stored, oldest first: age files that the mailbox opens.
    pub replies: &'a [&'a [u8]],
}

#[derive(Serialize)]
struct Payload<'a> {
    candor: u32,
    kind: &'static str,
    case: Uuid,
    public_key: &'a PublicKey,
    number: u32,
    attachment: u32,
    page: &'a str,
    replies: Vec<String>,
}

/// answer = age(pad(JSON with kind `answer`), to the mailbox key), padded to
/// [`answer_bucket`](padding::answer_bucket): news and no news are of one length.
///
/// # Errors
/// [`SealError::Encryption`] if age refuses, which it does not for keys that parsed.
pub fn seal_answer(answer: &Answer<'_>, mailbox: &PublicKey) -> Result<Vec<u8>, SealError> {
    let payload = Payload {
        candor: PROTOCOL_VERSION,
        kind: kind::ANSWER,
        case: answer.case,
        public_key: answer.case_key,
        number: answer.number,
        attachment: answer.attachment,
        page: answer.page,
        replies: answer.replies.iter().map(|reply| crate::encoding::base64(reply)).collect(),
    };
    crate::age_file::encrypt(&[mailbox], &pad_to(&payload, u64::MAX, padding::answer_bucket)?)
}
