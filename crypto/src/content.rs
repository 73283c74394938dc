//! Contents of attachments, piece by piece: sealed here, or checked where a browser has sealed them.

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use age::stream::StreamWriter;
use sha2::{Digest, Sha256};

use crate::age_file;
use crate::attachment::ContentSummary;
use crate::error::{SealError, ShapeError};
use crate::keys::PublicKey;
use crate::padding;
use crate::shape::{self, MAX_HEADER};

/// A piece of a sealed content. Only this crate makes one: by sealing, or from bytes that continue a sealed file.
pub struct SealedPiece(Vec<u8>);

impl SealedPiece {
    /// The bytes, owned.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Seals a content as it comes in: age(content ‖ zero bytes up to bucket(size), to the keys).
///
/// Memory does not grow with the content: each call gives what is sealed by then.
pub struct ContentSealer {
    writer: StreamWriter<Spout>,
    spout: Spout,
    hash: Sha256,
    size: u64,
}

impl ContentSealer {
    /// Begins a content that is sealed to `keys`.
    ///
    /// # Errors
    /// [`SealError`] if age refuses, which it does not for keys that parsed.
    pub fn new(keys: &[&PublicKey]) -> Result<Self, SealError> {
        let spout = Spout::default();
        let writer = age_file::writer(keys, spout.clone())?;
        Ok(Self { writer, spout, hash: Sha256::new(), size: 0 })
    }

    /// Seals the next bytes.
    ///
    /// # Errors
    /// [`SealError::Io`], which writing to memory does not give.
    pub fn seal(&mut self, content: &[u8]) -> Result<SealedPiece, SealError> {
        self.hash.update(content);
        self.size += content.len() as u64;
        self.writer.write_all(content)?;
        Ok(self.spout.take())
    }

    /// Ends the content: what is left to come of it, and what it was.
    pub fn finish(self) -> (Ending, ContentSummary) {
        let padded = padding::bucket(self.size);
        let summary = ContentSummary { size: self.size, sha256: self.hash.finalize().into(), padded };
        (Ending { writer: Some(self.writer), spout: self.spout, padding: padded - self.size }, summary)
    }
}

/// What is padded with.
static ZEROS: [u8; shape::CHUNK] = [0; shape::CHUNK];

/// The last pieces of a content: its padding, which is as large as a file where the content is, and what ends it.
pub struct Ending {
    // `None` once all has come.
    writer: Option<StreamWriter<Spout>>,
    spout: Spout,
    /// Zero bytes still to come.
    padding: u64,
}

impl Iterator for Ending {
    type Item = Result<SealedPiece, SealError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut writer = self.writer.take()?;
        let length = usize::try_from(self.padding).map_or(shape::CHUNK, |left| left.min(shape::CHUNK));
        let written = if length > 0 {
            let written = writer.write_all(&ZEROS[..length]);
            self.writer = Some(writer);
            self.padding -= length as u64;
            written
        } else {
            writer.finish().and_then(|mut spout| spout.flush())
        };
        Some(written.map(|()| self.spout.take()).map_err(SealError::from))
    }
}

/// Where age writes to, and where pieces are taken from.
#[derive(Clone, Default)]
struct Spout(Arc<Mutex<Vec<u8>>>);

impl Spout {
    fn take(&self) -> SealedPiece {
        SealedPiece(mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Write for Spout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Checks a content that was sealed elsewhere, as it comes in: an age header with X25519 keys, and a body whose plaintext
/// is a bucket long. Keeps the header and nothing of the body.
pub struct ContentChecker {
    keys: usize,
    head: Vec<u8>,
    header_length: Option<usize>,
    length: u64,
}

impl ContentChecker {
    /// For a content that is sealed to so many `keys`: a reporter's to one, a reply's to two.
    pub fn new(keys: usize) -> Self {
        Self { keys, head: Vec::new(), header_length: None, length: 0 }
    }

    /// Checks the next bytes and gives them back as sealed.
    ///
    /// # Errors
    /// [`ShapeError`] as soon as the bytes cannot become a content that is sealed to so many keys.
    pub fn check(&mut self, bytes: Vec<u8>) -> Result<SealedPiece, ShapeError> {
        self.length += bytes.len() as u64;
        if self.header_length.is_none() {
            let room = MAX_HEADER.saturating_sub(self.head.len());
            self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
            match shape::header(&self.head) {
                Ok(header) if header.x25519_stanzas == self.keys => self.header_length = Some(header.length),
                Ok(header) => return Err(ShapeError::StanzaCount { found: header.x25519_stanzas }),
                // It may only not be whole yet.
                Err(error) if self.head.len() >= MAX_HEADER => return Err(error),
                Err(ShapeError::ForeignStanza) => return Err(ShapeError::ForeignStanza),
                Err(_) => {}
            }
        }
        Ok(SealedPiece(bytes))
    }

    /// How long the whole is, in bytes, once nothing more comes.
    ///
    /// # Errors
    /// [`ShapeError`] if it broke off or its plaintext is not a bucket long.
    pub fn finish(self) -> Result<u64, ShapeError> {
        let header_length = self.header_length.ok_or(ShapeError::NotAgeFile)?;
        let plaintext = shape::plaintext_length(self.length - header_length as u64)?;
        if padding::is_bucket(plaintext) { Ok(self.length) } else { Err(ShapeError::Length) }
    }
}
