//! The record of what happened to cases: a Merkle tree after RFC 6962 over commitments that reveal nothing, with heads
//! that are signed. docs/record.md writes the formats out.

mod key;
mod leaf;
mod tree;

pub use key::{RecordKey, RecordKeyError, RecordPublicKey, RecordSignature};
pub use leaf::{CaseTag, EntriesDigest, LeafSecret, commit, hash};
pub use tree::{GrowingTree, Path, is_included, node_hash_of_leaf, nodes_for_path, nodes_to_grow, path};

/// SHA-256, 32 bytes.
pub type Hash = [u8; 32];

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    crate::encoding::hex(bytes)
}

/// Exactly `N` bytes from `2 N` lower-case hexadecimal digits; `None` for anything else: each value has one spelling.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_one_spelling_in_hexadecimal() {
        assert_eq!(from_hex(&to_hex(&[0, 0x7f, 0xff])), Some([0, 0x7f, 0xff]));
        for other in ["", "007f", "007fFF", "007ff", "007fff00", "+07fff", "0x7fff"] {
            assert_eq!(from_hex::<3>(other), None, "{other}");
        }
    }
}
