//! The shape of an age file, read without any key.
//!
//! Stricter than age itself: only what this protocol writes passes. Source of the format:
//! <https://c2sp.org/age>.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;

use crate::error::ShapeError;

/// The longest header that is accepted, in bytes. Two keys and one grease stanza take under 700.
pub const MAX_HEADER: usize = 2048;
/// Plaintext bytes in a full chunk of an age body.
pub(crate) const CHUNK: usize = 64 * 1024;
/// Length of the Poly1305 tag that ends each chunk.
pub(crate) const TAG: usize = 16;
/// Length of the nonce between header and body.
const NONCE: u64 = 16;

const VERSION_LINE: &[u8] = b"age-encryption.org/v1";
/// Base64 characters of 32 bytes without padding.
const CHARS_OF_32: usize = 43;
/// Base64 characters in a full line of a stanza body.
const FULL_LINE: usize = 64;

/// What an age file shows to everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// How many X25519 public keys it is sealed to. Grease stanzas, which age adds at random so
    /// that readers learn to ignore them, are not counted.
    pub x25519_stanzas: usize,
    /// Length of the header in bytes, its last line end included.
    pub header_length: usize,
    /// Length of what is sealed, in bytes, padding included.
    pub plaintext_length: u64,
}

/// Reads the shape of a binary age file.
///
/// # Errors
/// [`ShapeError::NotAgeFile`] for a header that is not well-formed or over [`MAX_HEADER`];
/// [`ShapeError::ForeignStanza`] for a stanza that is neither X25519 nor grease;
/// [`ShapeError::Length`] for a body length that no plaintext gives.
///
/// ```
/// use candor_crypto::{CaseKey, PrivateKey, shape};
/// let grant = CaseKey::generate(uuid::Uuid::nil()).grant(&PrivateKey::generate().public_key())?;
/// assert_eq!(shape(grant.as_bytes())?.x25519_stanzas, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn shape(bytes: &[u8]) -> Result<Shape, ShapeError> {
    let Header { x25519_stanzas, length } = header(bytes)?;
    Ok(Shape {
        x25519_stanzas,
        header_length: length,
        plaintext_length: plaintext_length((bytes.len() - length) as u64)?,
    })
}

/// The header of an age file.
pub(crate) struct Header {
    pub(crate) x25519_stanzas: usize,
    pub(crate) length: usize,
}

/// Reads the header at the start of `bytes`.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, ShapeError> {
    let mut lines = Lines { bytes, offset: 0 };
    if lines.next()? != VERSION_LINE {
        return Err(ShapeError::NotAgeFile);
    }
    let mut x25519_stanzas = 0;
    loop {
        let line = lines.next()?;
        if let Some(mac) = line.strip_prefix(b"--- ") {
            require(is_32_bytes(mac))?;
            break;
        }
        let arguments = line.strip_prefix(b"-> ").ok_or(ShapeError::NotAgeFile)?;
        if read_stanza(arguments, &mut lines)? {
            x25519_stanzas += 1;
        }
    }
    if x25519_stanzas == 0 {
        return Err(ShapeError::NotAgeFile);
    }
    Ok(Header { x25519_stanzas, length: lines.offset })
}

/// How many X25519 public keys an age file is sealed to.
///
/// # Errors
/// As [`shape`].
pub fn stanza_count(bytes: &[u8]) -> Result<usize, ShapeError> {
    shape(bytes).map(|shape| shape.x25519_stanzas)
}

/// One stanza; `true` for X25519, `false` for grease.
fn read_stanza(arguments: &[u8], lines: &mut Lines<'_>) -> Result<bool, ShapeError> {
    let mut arguments = arguments.split(|byte| *byte == b' ');
    let tag = arguments.next().unwrap_or_default();
    require(is_visible(tag))?;
    if tag == b"X25519" {
        let share = arguments.next().unwrap_or_default();
        require(is_32_bytes(share) && arguments.next().is_none())?;
        require(is_32_bytes(lines.next()?))?;
        return Ok(true);
    }
    if !tag.ends_with(b"-grease") {
        return Err(ShapeError::ForeignStanza);
    }
    require(arguments.all(is_visible))?;
    loop {
        let line = lines.next()?;
        require(line.len() <= FULL_LINE && BASE64_STANDARD_NO_PAD.decode(line).is_ok())?;
        if line.len() < FULL_LINE {
            return Ok(false);
        }
    }
}

/// body = nonce (16) ‖ chunks of 65,536 bytes, the last shorter, each followed by a tag (16).
pub(crate) fn plaintext_length(after_header: u64) -> Result<u64, ShapeError> {
    const CHUNK: u64 = self::CHUNK as u64;
    const TAG: u64 = self::TAG as u64;
    let body = after_header.checked_sub(NONCE).ok_or(ShapeError::Length)?;
    let full_chunks = body / (CHUNK + TAG);
    let last = match body % (CHUNK + TAG) {
        0 if full_chunks > 0 => 0,
        // An empty last chunk stands alone or not at all.
        rest if rest > TAG || (rest == TAG && full_chunks == 0) => rest - TAG,
        _ => return Err(ShapeError::Length),
    };
    Ok(full_chunks * CHUNK + last)
}

fn is_32_bytes(text: &[u8]) -> bool {
    let mut bytes = [0; 33];
    text.len() == CHARS_OF_32 && BASE64_STANDARD_NO_PAD.decode_slice(text, &mut bytes) == Ok(32)
}

fn is_visible(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_graphic)
}

fn require(condition: bool) -> Result<(), ShapeError> {
    if condition { Ok(()) } else { Err(ShapeError::NotAgeFile) }
}

/// The lines of a header, each without its line feed.
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a [u8], ShapeError> {
        let end = self.bytes.len().min(MAX_HEADER);
        let rest = self.bytes.get(self.offset..end).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n').ok_or(ShapeError::NotAgeFile)?;
        self.offset += length + 1;
        Ok(&rest[..length])
    }
}
