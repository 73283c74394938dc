//! The sign-in challenge: whoever can open it holds the private key.

use zeroize::Zeroizing;

use crate::age_file;
use crate::encoding::base64;
use crate::error::SealError;
use crate::keys::PublicKey;
use crate::payload::kind;

/// Length of the secret in bytes.
pub const CHALLENGE_LENGTH: usize = 32;

/// challenge = age(`{"candor":1,"kind":"challenge","secret":"<base64 of 32 bytes>"}`, to the
/// recipient's public key). Every challenge seals the same number of bytes: no padding.
///
/// `secret` comes from the caller's CSPRNG, is used once and expires soon.
///
/// # Errors
/// [`SealError`] if age refuses, which it does not for keys that parsed.
pub fn seal_challenge(secret: &[u8; CHALLENGE_LENGTH], to: &PublicKey) -> Result<Vec<u8>, SealError> {
    let encoded = Zeroizing::new(base64(secret));
    let mut json = Zeroizing::new(String::with_capacity(128));
    for part in [r#"{"candor":1,"kind":""#, kind::CHALLENGE, r#"","secret":""#, &encoded, r#""}"#] {
        json.push_str(part);
    }
    age_file::encrypt(&[to], json.as_bytes())
}
