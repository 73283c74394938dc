//! Attachments: what they are, sealed as an entry; what is in them, streamed.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::age_file;
use crate::encoding::hex;
use crate::error::SealError;
use crate::keys::PublicKey;
use crate::padding;
use crate::payload::{AttachmentInfo, Envelope, Payload, kind};
use crate::seal::seal;
use crate::sealed::SealedEntry;
use crate::shape::CHUNK;
use crate::signature::SigningKey;

/// sealed attachment info = age(pad(JSON with kind `attachment`, `signature`), to the case key).
///
/// # Errors
/// [`SealError::Day`]; [`SealError::TooLong`].
pub fn seal_attachment_info(
    envelope: &Envelope,
    info: &AttachmentInfo,
    by: &SigningKey,
    to: &PublicKey,
) -> Result<SealedEntry, SealError> {
    let signature = by.sign_attachment(envelope.case, envelope.number, info);
    let payload = Payload::new(kind::ATTACHMENT, envelope, info).signed(signature);
    seal(&payload, &[to]).map(SealedEntry::sealed)
}

/// What was learnt about a content while it was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentSummary {
    /// Length of the content in bytes.
    pub size: u64,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Length in bytes with the zeros that pad it: bucket(size).
    pub padded: u64,
}

impl ContentSummary {
    /// SHA-256 of the content as 64 lower-case hexadecimal digits, as [`AttachmentInfo`] has it.
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }
}

/// sealed content = age(content ‖ zero bytes up to bucket(size), to the case key).
///
/// Streamed in pieces of 64 KiB: memory does not grow with the content.
///
/// # Errors
/// [`SealError::Io`] if reading or writing fails; what was written is then worthless.
pub fn seal_content<R: Read, W: Write>(
    mut content: R,
    to: &PublicKey,
    out: W,
) -> Result<ContentSummary, SealError> {
    let mut writer = age_file::writer(&[to], out)?;
    let mut piece = Zeroizing::new(vec![0; CHUNK]);
    let mut hash = Sha256::new();
    let mut size = 0_u64;
    loop {
        let length = match content.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        hash.update(&piece[..length]);
        writer.write_all(&piece[..length])?;
        size += length as u64;
    }
    let padded = padding::bucket(size);
    io::copy(&mut io::repeat(0).take(padded - size), &mut writer)?;
    writer.finish()?.flush()?;
    Ok(ContentSummary { size, sha256: hash.finalize().into(), padded })
}
