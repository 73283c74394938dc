//! Sealing entries: JSON, padded with spaces to its bucket, as an age file.

use serde::Serialize;
use zeroize::Zeroizing;

use crate::age_file::{self, Counter};
use crate::error::SealError;
use crate::keys::PublicKey;
use crate::padding;
use crate::payload::{Envelope, Identity, MessageBody, Note, Payload, Reply, Report, ReporterKeys, kind};
use crate::sealed::{SealedEntry, SealedReply, SealedReport};
use crate::signature::SigningKey;

/// The longest payload that is sealed, after padding, in bytes (4 MiB). A report at its limits
/// stays below 2 MiB even if every character needs an escape.
pub const MAX_PAYLOAD: u64 = 4 * 1024 * 1024;

/// sealed report = age(pad(JSON with kind `report`, number 0, `speaker`, `mailbox`), to the case key).
///
/// # Errors
/// [`SealError::Number`] unless the number is 0; [`SealError::Day`]; [`SealError::TooLong`].
pub fn seal_report(
    envelope: &Envelope,
    report: &Report,
    reporter: &ReporterKeys,
    to: &PublicKey,
) -> Result<SealedReport, SealError> {
    require_first(envelope)?;
    let payload = Payload::new(kind::REPORT, envelope, report).of(reporter);
    seal(&payload, &[to]).map(SealedReport::sealed)
}

/// sealed identity = age(pad(JSON with kind `identity`, number 0, `signature`), to the case key).
///
/// # Errors
/// [`SealError::Number`] unless the number is 0; [`SealError::Day`]; [`SealError::TooLong`].
pub fn seal_identity(
    envelope: &Envelope,
    identity: &Identity,
    by: &SigningKey,
    to: &PublicKey,
) -> Result<SealedEntry, SealError> {
    require_first(envelope)?;
    let signature = by.sign_identity(envelope.case, envelope.number, identity);
    let payload = Payload::new(kind::IDENTITY, envelope, identity).signed(signature);
    seal(&payload, &[to]).map(SealedEntry::sealed)
}

/// sealed message = age(pad(JSON with kind `message`, `signature`), to the case key).
///
/// # Errors
/// [`SealError::Day`]; [`SealError::TooLong`].
pub fn seal_message(
    envelope: &Envelope,
    text: &str,
    by: &SigningKey,
    to: &PublicKey,
) -> Result<SealedEntry, SealError> {
    let signature = by.sign_message(envelope.case, envelope.number, text);
    let body = MessageBody { text };
    let payload = Payload::new(kind::MESSAGE, envelope, &body).signed(signature);
    seal(&payload, &[to]).map(SealedEntry::sealed)
}

/// sealed reply = age(pad(JSON with kind `reply`), to the case key and the mailbox key).
///
/// # Errors
/// [`SealError::Day`]; [`SealError::TooLong`].
pub fn seal_reply(
    envelope: &Envelope,
    reply: &Reply,
    case_key: &PublicKey,
    mailbox: &PublicKey,
) -> Result<SealedReply, SealError> {
    let payload = Payload::new(kind::REPLY, envelope, reply);
    seal(&payload, &[case_key, mailbox]).map(SealedReply::sealed)
}

/// sealed note = age(pad(JSON with kind `note`), to the case key).
///
/// # Errors
/// [`SealError::Day`]; [`SealError::TooLong`].
pub fn seal_note(envelope: &Envelope, note: &Note, to: &PublicKey) -> Result<SealedEntry, SealError> {
    let payload = Payload::new(kind::NOTE, envelope, note);
    seal(&payload, &[to]).map(SealedEntry::sealed)
}

fn require_first(envelope: &Envelope) -> Result<(), SealError> {
    if envelope.number == 0 { Ok(()) } else { Err(SealError::Number) }
}

pub(crate) fn seal<B: Serialize>(payload: &Payload<'_, B>, to: &[&PublicKey]) -> Result<Vec<u8>, SealError> {
    if !is_day(payload.day) {
        return Err(SealError::Day);
    }
    age_file::encrypt(to, &padded_json(payload)?)
}

/// JSON followed by spaces up to the bucket of an entry.
fn padded_json<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, SealError> {
    pad_to(value, MAX_PAYLOAD, padding::bucket)
}

/// JSON followed by spaces up to its bucket, which is at most `limit`.
pub(crate) fn pad_to<T: Serialize>(
    value: &T,
    limit: u64,
    bucket: fn(u64) -> u64,
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    // Written twice, the first time only counted: a buffer that grows would leave plaintext in
    // the memory it came from.
    let mut counter = Counter::default();
    serde_json::to_writer(&mut counter, value).map_err(|_| SealError::Encryption)?;
    let length = bucket(counter.0 as u64);
    if length > limit {
        return Err(SealError::TooLong { length, limit });
    }
    let length = usize::try_from(length).map_err(|_| SealError::Encryption)?;
    let mut json = Zeroizing::new(Vec::with_capacity(length));
    serde_json::to_writer(&mut *json, value).map_err(|_| SealError::Encryption)?;
    json.resize(length, b' ');
    Ok(json)
}

fn is_day(day: &str) -> bool {
    day.len() == 10
        && day.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
