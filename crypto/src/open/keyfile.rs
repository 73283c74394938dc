//! Reading key files.

use std::io::Read;

use age::armor::ArmoredReader;
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, scrypt};
use zeroize::Zeroizing;

use super::error::KeyfileError;
use crate::keyfile::MAX_WORK_FACTOR;
use crate::keys::PrivateKey;

/// More than any key file has, in bytes.
const LIMIT: usize = 64 * 1024;

/// The private key in a key file: an age identity file, plain or protected by a passphrase
/// (armored or binary). `passphrase` is asked only where one is needed; `None` means nobody
/// answered.
///
/// # Errors
/// [`KeyfileError`].
pub fn read_keyfile(
    bytes: &[u8],
    passphrase: impl FnOnce() -> Option<Zeroizing<String>>,
) -> Result<PrivateKey, KeyfileError> {
    if bytes.len() > LIMIT {
        return Err(KeyfileError::NotAKeyFile);
    }
    if is_age_file(bytes) { read_identity(&unprotect(bytes, passphrase)?) } else { read_identity(bytes) }
}

fn is_age_file(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    start.starts_with(b"age-encryption.org/") || start.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----")
}

fn unprotect(
    bytes: &[u8],
    passphrase: impl FnOnce() -> Option<Zeroizing<String>>,
) -> Result<Zeroizing<Vec<u8>>, KeyfileError> {
    let armored = ArmoredReader::new(bytes.trim_ascii_start());
    let decryptor = Decryptor::new_buffered(armored).map_err(|_| KeyfileError::Broken)?;
    if !decryptor.is_scrypt() {
        return Err(KeyfileError::NotAKeyFile);
    }
    let passphrase = passphrase().ok_or(KeyfileError::NeedsPassphrase)?;
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.as_str()));
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    let reader =
        decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(|error| match error {
            DecryptError::ExcessiveWork { .. } => KeyfileError::TooMuchWork,
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                KeyfileError::WrongPassphrase
            }
            _ => KeyfileError::Broken,
        })?;
    // The plaintext is shorter than the file, so this room is enough and is never moved.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(bytes.len()));
    reader.take(LIMIT as u64).read_to_end(&mut plaintext).map_err(|_| KeyfileError::Broken)?;
    Ok(plaintext)
}

fn read_identity(file: &[u8]) -> Result<PrivateKey, KeyfileError> {
    let text = std::str::from_utf8(file).map_err(|_| KeyfileError::NotAKeyFile)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut keys = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = keys.next().ok_or(KeyfileError::NotAKeyFile)?;
    let key = PrivateKey::parse(line).map_err(|_| {
        let other = line.starts_with("AGE-PLUGIN-") || line.starts_with("AGE-SECRET-KEY-PQ-");
        if other { KeyfileError::OtherKindOfKey } else { KeyfileError::NotAKeyFile }
    })?;
    match keys.next() {
        None => Ok(key),
        Some(_) => Err(KeyfileError::SeveralKeys),
    }
}
