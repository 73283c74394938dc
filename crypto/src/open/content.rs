//! Opening the content of an attachment.

use std::io::{self, BufReader, Read, Write};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::OpenError;
use super::file;
use crate::encoding::hex;
use crate::keys::PrivateKey;
use crate::payload::AttachmentInfo;
use crate::shape::CHUNK;

/// Writes the content of an attachment to `out`, without its padding; `Some(size)` in bytes.
///
/// Streamed: what was written is to be kept only if this returns `Ok(Some(_))`.
///
/// # Errors
/// [`OpenError::ContentMismatch`] if size or SHA-256 are not those of `info`;
/// [`OpenError::Padding`] if anything but zeros follows; [`OpenError::Broken`], [`OpenError::Io`].
pub fn open_content<R: Read, W: Write>(
    sealed: R,
    key: &PrivateKey,
    info: &AttachmentInfo,
    mut out: W,
) -> Result<Option<u64>, OpenError> {
    let Some(mut reader) = file::reader(BufReader::with_capacity(CHUNK, sealed), key)? else {
        return Ok(None);
    };
    let mut piece = Zeroizing::new(vec![0; CHUNK]);
    let mut hash = Sha256::new();
    let mut left = info.size;
    loop {
        let length = match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) => match error.kind() {
                io::ErrorKind::Interrupted => continue,
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                    return Err(OpenError::Broken);
                }
                _ => return Err(OpenError::Io(error)),
            },
        };
        let content = usize::try_from(left).map_or(length, |left| left.min(length));
        let (content, padding) = piece[..length].split_at(content);
        if padding.iter().any(|byte| *byte != 0) {
            return Err(OpenError::Padding);
        }
        hash.update(content);
        out.write_all(content).map_err(OpenError::Io)?;
        left -= content.len() as u64;
    }
    out.flush().map_err(OpenError::Io)?;
    if left == 0 && hex(&hash.finalize()) == info.sha256 {
        Ok(Some(info.size))
    } else {
        Err(OpenError::ContentMismatch)
    }
}
