//! Writing age files.
//!
//! age keeps the chunk it is about to encrypt (up to 64 KiB of plaintext) in a buffer of its own
//! and frees it without wiping. Nothing here can reach that buffer: a program that seals uses an
//! allocator that wipes what is freed, as `candor` does.

use std::io::{self, Write};

use age::Encryptor;
use age::stream::StreamWriter;

use crate::error::SealError;
use crate::keys::PublicKey;
use crate::shape::{CHUNK, MAX_HEADER, TAG};

/// An age file to `keys` that is written to `out` as plaintext comes in. Call `finish` at the end.
pub(crate) fn writer<W: Write>(keys: &[&PublicKey], out: W) -> Result<StreamWriter<W>, SealError> {
    let encryptor = Encryptor::with_recipients(keys.iter().map(|key| key.as_recipient()))
        .map_err(|_| SealError::Encryption)?;
    Ok(encryptor.wrap_output(out)?)
}

/// The whole of `plaintext` as one binary age file.
pub(crate) fn encrypt(keys: &[&PublicKey], plaintext: &[u8]) -> Result<Vec<u8>, SealError> {
    let tags = (plaintext.len() / CHUNK + 1) * TAG;
    let mut sealed = Vec::with_capacity(MAX_HEADER + plaintext.len() + tags);
    let mut writer = writer(keys, &mut sealed)?;
    writer.write_all(plaintext)?;
    writer.finish()?;
    sealed.shrink_to_fit();
    Ok(sealed)
}

/// Counts what is written to it and keeps nothing.
#[derive(Default)]
pub(crate) struct Counter(pub(crate) usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
