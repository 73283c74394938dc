//! A leaf: a commitment that can be opened in part, and reveals nothing until then.

use std::fmt;

use rand::CryptoRng;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Hash;

const CASE: &[u8] = b"candor/v1 record case\0";
const ENTRIES: &[u8] = b"candor/v1 record entries\0";
const LEAF: &[u8] = b"candor/v1 record leaf\0";
const SALT: &[u8] = b"candor/v1 record salt\0";
const INNER_SALT: &[u8] = b"candor/v1 record inner salt\0";

/// hash = SHA-256(`bytes`).
pub fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// case tag = SHA-256(`candor/v1 record case` 00 ‖ case id, 16 bytes): names a case to those who know its id, and to
/// nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaseTag(pub Hash);

impl CaseTag {
    /// The tag of a case.
    pub fn of(case: Uuid) -> Self {
        Self(Sha256::new().chain_update(CASE).chain_update(case.as_bytes()).finalize().into())
    }
}

/// entries digest = SHA-256(`candor/v1 record entries` 00 ‖ for each sealed entry that came with an event, in the order
/// of kind and number: kind ‖ 00 ‖ number (4 bytes, big-endian) ‖ SHA-256(sealed bytes)).
#[derive(Default)]
pub struct EntriesDigest {
    entries: Vec<(String, u32, Hash)>,
}

impl EntriesDigest {
    /// Adds an entry; the order in which they are added does not matter.
    pub fn add(&mut self, kind: &str, number: u32, sealed: &[u8]) {
        self.entries.push((kind.to_owned(), number, hash(sealed)));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The digest; `None` where there is no entry.
    pub fn finish(mut self) -> Option<Hash> {
        if self.entries.is_empty() {
            return None;
        }
        self.entries.sort_unstable();
        let mut digest = Sha256::new_with_prefix(ENTRIES);
        for (kind, number, sealed) in &self.entries {
            digest.update(kind.as_bytes());
            digest.update([0]);
            digest.update(number.to_be_bytes());
            digest.update(sealed);
        }
        Some(digest.finalize().into())
    }
}

/// What hides one leaf: 16 random bytes, from which two salts follow that tell nothing of each other. With one the leaf is
/// opened, with the other what within it is meant for few.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LeafSecret([u8; 16]);

impl LeafSecret {
    /// A fresh one.
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// As it was stored.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// To be stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// salt = the first 16 bytes of SHA-256(`candor/v1 record salt` 00 ‖ secret): for the whole leaf.
    pub fn salt(&self) -> [u8; 16] {
        self.derive(SALT)
    }

    /// inner salt = the same with `candor/v1 record inner salt`: for what is committed to within the leaf.
    pub fn inner_salt(&self) -> [u8; 16] {
        self.derive(INNER_SALT)
    }

    fn derive(&self, tag: &[u8]) -> [u8; 16] {
        let digest: Hash = Sha256::new().chain_update(tag).chain_update(self.0).finalize().into();
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest[..16]);
        salt
    }
}

impl fmt::Debug for LeafSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LeafSecret")
    }
}

/// commitment = SHA-256(`candor/v1 record leaf` 00 ‖ salt, 16 bytes ‖ text). It is the leaf's data in the tree.
pub fn commit(salt: [u8; 16], text: &str) -> Hash {
    Sha256::new().chain_update(LEAF).chain_update(salt).chain_update(text.as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_of_entries_knows_their_kind_number_and_bytes_and_not_the_order_they_came_in() {
        let digest = |entries: &[(&str, u32, &[u8])]| {
            let mut digest = EntriesDigest::default();
            for (kind, number, sealed) in entries {
                digest.add(kind, *number, sealed);
            }
            digest.finish()
        };
        let both = digest(&[("report", 0, b"a"), ("attachment", 1, b"b")]);
        assert_eq!(both, digest(&[("attachment", 1, b"b"), ("report", 0, b"a")]));
        for other in [
            digest(&[("report", 0, b"b"), ("attachment", 1, b"a")]),
            digest(&[("report", 0, b"a"), ("attachment", 2, b"b")]),
            digest(&[("report", 0, b"a"), ("message", 1, b"b")]),
            digest(&[("report", 0, b"a")]),
            digest(&[]),
        ] {
            assert_ne!(both, other);
        }
    }

    #[test]
    fn a_commitment_follows_salt_and_text_and_the_two_salts_differ() {
        let secret = LeafSecret::from_bytes([7; 16]);
        assert_ne!(secret.salt(), secret.inner_salt());
        assert_eq!(commit(secret.salt(), "a"), commit(secret.salt(), "a"));
        assert_ne!(commit(secret.salt(), "a"), commit(secret.salt(), "b"));
        assert_ne!(commit(secret.salt(), "a"), commit(secret.inner_salt(), "a"));
    }
}
