//! Who speaks: what the reporter adds later is signed with a key that only the token gives.

use ed25519_dalek::Signer as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::encoding::{base64, from_base64};
use crate::payload::{AttachmentInfo, Identity};

/// Begins every signed input, so that a signature made here means nothing elsewhere.
const CONTEXT: &[u8] = b"candor/v1 sign\0";

/// The bytes that are signed: context ‖ kind ‖ 0x00 ‖ case id (16 bytes) ‖ number (4 bytes,
/// big-endian) ‖ for each field its length (8 bytes, big-endian) and its UTF-8 bytes.
fn signed_input(case: Uuid, number: u32, kind: &str, fields: &[&str]) -> Zeroizing<Vec<u8>> {
    let length =
        CONTEXT.len() + kind.len() + 1 + 16 + 4 + fields.iter().map(|field| 8 + field.len()).sum::<usize>();
    let mut input = Zeroizing::new(Vec::with_capacity(length));
    input.extend_from_slice(CONTEXT);
    input.extend_from_slice(kind.as_bytes());
    input.push(0);
    input.extend_from_slice(case.as_bytes());
    input.extend_from_slice(&number.to_be_bytes());
    for field in fields {
        input.extend_from_slice(&(field.len() as u64).to_be_bytes());
        input.extend_from_slice(field.as_bytes());
    }
    input
}

fn message_input(case: Uuid, number: u32, text: &str) -> Zeroizing<Vec<u8>> {
    signed_input(case, number, "message", &[text])
}

fn identity_input(case: Uuid, number: u32, identity: &Identity) -> Zeroizing<Vec<u8>> {
    signed_input(case, number, "identity", &[&identity.name, &identity.contact])
}

fn attachment_input(case: Uuid, number: u32, info: &AttachmentInfo) -> Zeroizing<Vec<u8>> {
    let size = Zeroizing::new(info.size.to_string());
    let mut fields: Vec<&str> = vec![&info.name, &info.media_type, &size, &info.sha256];
    fields.extend(info.cleaned.iter().map(String::as_str));
    signed_input(case, number, "attachment", &fields)
}

/// signing key = Ed25519 (RFC 8032) from the seed HKDF-SHA256(token, salt `candor/v1`, info
/// `sign`), 32 bytes.
///
/// No `Debug`, no `Clone`, wiped when dropped.
///
/// ```
/// use candor_crypto::RetrievalToken;
/// let case = uuid::Uuid::nil();
/// let key = RetrievalToken::from_bytes([7; 16]).signing_key();
/// let signature = key.sign_message(case, 1, "It happened again.");
/// assert!(key.verifying_key().verify_message(case, 1, "It happened again.", &signature));
/// assert!(!key.verifying_key().verify_message(case, 2, "It happened again.", &signature));
/// ```
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half, 32 bytes; it travels inside the sealed report.
    pub fn verifying_key(&self) -> SpeakerKey {
        SpeakerKey(self.0.verifying_key().to_bytes())
    }

    /// signature = Ed25519(`candor/v1 sign` 00 `message` 00 ‖ case (16) ‖ number (4, big-endian) ‖
    /// length of text (8, big-endian) ‖ text), 64 bytes.
    pub fn sign_message(&self, case: Uuid, number: u32, text: &str) -> Signature {
        self.sign(&message_input(case, number, text))
    }

    /// As [`sign_message`](Self::sign_message) with kind `identity` and the fields name, contact.
    pub fn sign_identity(&self, case: Uuid, number: u32, identity: &Identity) -> Signature {
        self.sign(&identity_input(case, number, identity))
    }

    /// As [`sign_message`](Self::sign_message) with kind `attachment` and the fields name, media
    /// type, size in decimal digits, SHA-256 in hexadecimal, then each item of `cleaned`.
    pub fn sign_attachment(&self, case: Uuid, number: u32, info: &AttachmentInfo) -> Signature {
        self.sign(&attachment_input(case, number, info))
    }

    fn sign(&self, input: &[u8]) -> Signature {
        Signature(self.0.sign(input).to_bytes())
    }
}

/// speaker key = the Ed25519 public key of the reporter, 32 bytes; base64 in JSON (44 characters).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SpeakerKey([u8; 32]);

impl SpeakerKey {
    /// The key with these 32 bytes. Whether they are a usable key shows when verifying.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether the holder of the token wrote `text` as message `number` of `case`.
    ///
    /// Strict verification: a weak key (small order), a signature whose R is weak or not
    /// canonical, or an S that is not reduced never verifies.
    pub fn verify_message(&self, case: Uuid, number: u32, text: &str, by: &Signature) -> bool {
        self.verify(&message_input(case, number, text), by)
    }

    /// Whether the holder of the token gave this name and contact.
    pub fn verify_identity(&self, case: Uuid, number: u32, identity: &Identity, by: &Signature) -> bool {
        self.verify(&identity_input(case, number, identity), by)
    }

    /// Whether the holder of the token added this attachment.
    pub fn verify_attachment(&self, case: Uuid, number: u32, info: &AttachmentInfo, by: &Signature) -> bool {
        self.verify(&attachment_input(case, number, info), by)
    }

    fn verify(&self, input: &[u8], by: &Signature) -> bool {
        ed25519_dalek::VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            let signature = ed25519_dalek::Signature::from_bytes(&by.0);
            key.verify_strict(input, &signature).is_ok()
        })
    }
}

/// signature = Ed25519 signature, 64 bytes; base64 in JSON (88 characters).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl Signature {
    /// The signature with these 64 bytes. Whether it is one shows when verifying.
    pub fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The 64 bytes.
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

macro_rules! as_base64 {
    ($type:ident, $length:literal) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&base64(&self.0))
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                from_base64(&text)
                    .map(Self)
                    .ok_or_else(|| serde::de::Error::custom(concat!($length, " bytes in base64 expected")))
            }
        }
    };
}

as_base64!(SpeakerKey, 32);
as_base64!(Signature, 64);
