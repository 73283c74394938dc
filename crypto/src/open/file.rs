//! Reading age files.

use std::io::{self, BufRead, Read};

use age::stream::StreamReader;
use age::{DecryptError, Decryptor};
use zeroize::Zeroizing;

use super::error::OpenError;
use crate::keys::PrivateKey;

/// The plaintext as a stream, `None` if it is not sealed to `key`.
pub(super) fn reader<R: BufRead>(sealed: R, key: &PrivateKey) -> Result<Option<StreamReader<R>>, OpenError> {
    let decryptor = Decryptor::new_buffered(sealed).map_err(|error| match error {
        DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => OpenError::Io(error),
        _ => OpenError::NotAgeFile,
    })?;
    if decryptor.is_scrypt() {
        return Ok(None);
    }
    match decryptor.decrypt(std::iter::once(key.as_identity())) {
        Ok(reader) => Ok(Some(reader)),
        Err(DecryptError::NoMatchingKeys) => Ok(None),
        Err(DecryptError::InvalidHeader) => Err(OpenError::NotAgeFile),
        Err(_) => Err(OpenError::Broken),
    }
}

/// The whole plaintext, `None` if it is not sealed to `key`. At most `limit` bytes.
pub(super) fn decrypt(
    sealed: &[u8],
    key: &PrivateKey,
    limit: u64,
) -> Result<Option<Zeroizing<Vec<u8>>>, OpenError> {
    let Some(reader) = reader(sealed, key)? else {
        return Ok(None);
    };
    // The plaintext is shorter than the file, so this room is enough and is never moved.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(sealed.len()));
    // Reading memory cannot fail, so any error comes from a seal that does not hold.
    reader.take(limit + 1).read_to_end(&mut plaintext).map_err(|_| OpenError::Broken)?;
    if plaintext.len() as u64 > limit {
        return Err(OpenError::TooLong);
    }
    Ok(Some(plaintext))
}
