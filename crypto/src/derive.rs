//! What a retrieval token is turned into: HKDF-SHA256(ikm = token (16 bytes), salt = `candor/v1`,
//! info = purpose), 32 bytes each.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::keys::PrivateKey;
use crate::signature::SigningKey;

/// Ties every derived key to this protocol and its version.
const SALT: &[u8] = b"candor/v1";

fn derive(token: &[u8; 16], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut output = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(SALT), token)
        .expand(purpose, output.as_mut())
        .expect("HKDF-SHA256 gives up to 8,160 bytes, 32 are asked for");
    output
}

pub(crate) fn access_key(token: &[u8; 16]) -> AccessKey {
    AccessKey(*derive(token, b"access"))
}

pub(crate) fn mailbox_key(token: &[u8; 16]) -> PrivateKey {
    PrivateKey::from_secret(&derive(token, b"mailbox"))
}

pub(crate) fn signing_key(token: &[u8; 16]) -> SigningKey {
    SigningKey::from_seed(&derive(token, b"sign"))
}

pub(crate) fn replay_tag(token: &[u8; 16], content: &[u8]) -> [u8; 32] {
    let key = derive(token, b"replay");
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_ref()).expect("HMAC takes keys of any length");
    mac.update(content);
    mac.finalize().into_bytes().into()
}

/// access key = HKDF-SHA256(token, salt `candor/v1`, info `access`), 32 bytes.
///
/// Proves "I hold the token" without revealing it. It is a secret: no `Debug`, wiped when dropped.
///
/// ```
/// use candor_crypto::{AccessKey, RetrievalToken};
/// let token = RetrievalToken::from_bytes([7; 16]);
/// let again = AccessKey::from_bytes(*token.access_key().as_bytes());
/// assert_eq!(again.hash(), token.access_key().hash());
/// ```
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct AccessKey([u8; 32]);

impl AccessKey {
    /// The access key with these 32 bytes, as a browser sends it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// access hash = SHA-256(access key), 32 bytes.
    pub fn hash(&self) -> AccessKeyHash {
        AccessKeyHash(Sha256::digest(self.0).into())
    }
}

/// access hash = SHA-256(access key), 32 bytes: what the server stores, unique a case.
///
/// Not a secret in the sense that it opens nothing, but it names a case: keep it out of logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccessKeyHash([u8; 32]);

impl AccessKeyHash {
    /// The hash with these 32 bytes, as it was stored.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}
