//! Standard base64 with padding (RFC 4648 section 4), for bytes inside JSON.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// base64 of `bytes`.
pub(crate) fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// Exactly `N` bytes from base64; `None` for any other length, alphabet or missing padding.
pub(crate) fn from_base64<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut room = [0; 96];
    let length = BASE64_STANDARD.decode_slice(text, &mut room).ok()?;
    room.get(..length)?.try_into().ok()
}

/// Lower-case hexadecimal of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes any text");
        text
    })
}
