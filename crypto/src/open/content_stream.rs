//! Opening the content of an attachment as it comes in, for whoever hands it on at the same time.

use std::io;

use age::stream::StreamReader;
use age::{DecryptError, Decryptor};
use futures_util::io::{AsyncBufRead, AsyncReadExt as _};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::OpenError;
use crate::encoding::hex;
use crate::keys::PrivateKey;
use crate::payload::AttachmentInfo;
use crate::shape::CHUNK;

/// A content that is being opened. Memory does not grow with it.
pub struct ContentOpener<R> {
    reader: StreamReader<R>,
    hash: Sha256,
    left: u64,
    sha256: String,
    held: Option<Zeroizing<Vec<u8>>>,
    ended: bool,
}

impl<R: AsyncBufRead + Unpin> ContentOpener<R> {
    /// Begins to open the content that `info` describes; `None` if it is not sealed to `key`.
    ///
    /// # Errors
    /// [`OpenError::NotAgeFile`], [`OpenError::Broken`], [`OpenError::Io`].
    pub async fn begin(
        sealed: R,
        key: &PrivateKey,
        info: &AttachmentInfo,
    ) -> Result<Option<Self>, OpenError> {
        let decryptor = Decryptor::new_async_buffered(sealed).await.map_err(|error| match error {
            DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => OpenError::Io(error),
            _ => OpenError::NotAgeFile,
        })?;
        if decryptor.is_scrypt() {
            return Ok(None);
        }
        let reader = match decryptor.decrypt_async(std::iter::once(key.as_identity())) {
            Ok(reader) => reader,
            Err(DecryptError::NoMatchingKeys) => return Ok(None),
            Err(DecryptError::InvalidHeader) => return Err(OpenError::NotAgeFile),
            Err(_) => return Err(OpenError::Broken),
        };
        Ok(Some(Self {
            reader,
            hash: Sha256::new(),
            left: info.size,
            sha256: info.sha256.clone(),
            held: None,
            ended: false,
        }))
    }

    /// The next piece, `None` after the last.
    ///
    /// The last piece is held back until the whole is known to be what was described: a content that is not, never comes
    /// out complete.
    ///
    /// # Errors
    /// As [`open_content`](super::open_content). Then nothing more comes out.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, OpenError> {
        while !self.ended {
            let mut piece = Zeroizing::new(vec![0; CHUNK]);
            let length = match self.reader.read(&mut piece).await {
                Ok(length) => length,
                Err(error) => match error.kind() {
                    io::ErrorKind::Interrupted => continue,
                    io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                        return Err(OpenError::Broken);
                    }
                    _ => return Err(OpenError::Io(error)),
                },
            };
            if length == 0 {
                self.ended = true;
                let whole = self.left == 0 && hex(&self.hash.finalize_reset()) == self.sha256;
                return match self.held.take() {
                    _ if !whole => Err(OpenError::ContentMismatch),
                    last => Ok(last),
                };
            }
            let content = usize::try_from(self.left).map_or(length, |left| left.min(length));
            if piece[content..length].iter().any(|byte| *byte != 0) {
                return Err(OpenError::Padding);
            }
            piece.truncate(content);
            if content == 0 {
                continue;
            }
            self.hash.update(piece.as_slice());
            self.left -= content as u64;
            if let Some(before) = self.held.replace(piece) {
                return Ok(Some(before));
            }
        }
        Ok(None)
    }
}
