//! Reading padded JSON.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::error::OpenError;
use crate::payload::PROTOCOL_VERSION;

/// The JSON object without the spaces after it.
pub(super) fn unpad(plaintext: &[u8]) -> Result<&[u8], OpenError> {
    if plaintext.first() != Some(&b'{') || std::str::from_utf8(plaintext).is_err() {
        return Err(OpenError::NotJson);
    }
    let mut values = serde_json::Deserializer::from_slice(plaintext).into_iter::<IgnoredAny>();
    let Some(Ok(_)) = values.next() else {
        return Err(OpenError::NotJson);
    };
    let (json, padding) = plaintext.split_at(values.byte_offset());
    if padding.iter().all(|byte| *byte == b' ') { Ok(json) } else { Err(OpenError::Padding) }
}

/// Whether this version of the protocol wrote it. Asked before anything else is read: another
/// version may mean other things by the same names.
pub(super) fn check_version(json: &[u8]) -> Result<(), OpenError> {
    #[derive(Deserialize)]
    struct Version {
        candor: u64,
    }
    let found = parse::<Version>(json)?.candor;
    if found == u64::from(PROTOCOL_VERSION) { Ok(()) } else { Err(OpenError::Version { found }) }
}

/// serde's errors may quote what they found, so they stop here.
pub(super) fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, OpenError> {
    serde_json::from_slice(json).map_err(|_| OpenError::Content)
}
