//! The head of the record at the end of a day, signed: what is published and mailed.

use candor_crypto::record::{Hash, RecordKey, RecordPublicKey, RecordSignature, from_hex, hash, to_hex};
use uuid::Uuid;

use crate::domain::Day;

const HEAD: &str = "candor record head 1";

/// How the record stood when a day had ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Whose record it is.
    pub installation: Uuid,
    /// The day that had ended.
    pub day: Day,
    /// How many leaves there are.
    pub size: u64,
    /// The root of the tree.
    pub root: Hash,
    /// The digest of the head before: none can be taken out of the row. Zeros for the first.
    pub previous: Hash,
}

impl Head {
    /// The text that is signed. Lines are short enough for any mail.
    pub fn text(&self) -> String {
        let Self { installation, day, size, root, previous } = self;
        format!(
            "{HEAD}\ninstallation {installation}\nday {day}\nsize {size}\nroot {}\nprevious {}\n",
            to_hex(root),
            to_hex(previous)
        )
    }

    /// Reads exactly what [`Head::text`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let head = Self::read(&mut lines)?;
        (head.text() == text).then_some(head)
    }

    fn read<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        if lines.next()? != HEAD {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        Some(Self {
            installation: value("installation")?.parse().ok()?,
            day: value("day")?.parse().ok()?,
            size: value("size")?.parse().ok()?,
            root: from_hex(value("root")?)?,
            previous: from_hex(value("previous")?)?,
        })
    }

    /// The root as it is shown.
    pub fn root_hex(&self) -> String {
        to_hex(&self.root)
    }

    /// The digest by which the next head names this one: SHA-256 of its text.
    pub fn digest(&self) -> Hash {
        hash(self.text().as_bytes())
    }

    /// Signs it.
    pub fn sign(self, key: &RecordKey) -> SignedHead {
        let signature = key.sign(&self.text());
        SignedHead { head: self, signature }
    }
}

/// A head with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// What is signed.
    pub head: Head,
    /// By whom.
    pub signature: RecordSignature,
}

impl SignedHead {
    /// Whether the holder of `key` signed it.
    pub fn is_signed_by(&self, key: &RecordPublicKey) -> bool {
        key.verify(&self.head.text(), &self.signature)
    }

    /// The signature as it is shown: two halves, since mail does not keep long lines whole.
    pub fn signature_halves(&self) -> [String; 2] {
        let (first, second) = self.signature.0.split_at(32);
        [to_hex(first), to_hex(second)]
    }

    /// As it is published and mailed: the signed text, then the signature.
    pub fn text(&self) -> String {
        let [first, second] = self.signature_halves();
        format!("{}signature {first}\n          {second}\n", self.head.text())
    }

    /// Every head that stands in a text: in a mail, in a copy of the published list. What stands around them, and marks of
    /// quotation before the lines, do not count.
    pub fn find_all(text: &str) -> Vec<Self> {
        let lines: Vec<&str> =
            text.lines().map(|line| line.trim_start_matches(['>', ' ']).trim_end()).collect();
        (0..lines.len()).filter_map(|at| Self::read(&lines[at..])).collect()
    }

    fn read(lines: &[&str]) -> Option<Self> {
        let mut lines = lines.iter().copied();
        let head = Head::read(&mut lines)?;
        let first = lines.next()?.strip_prefix("signature ")?;
        let second = lines.next()?;
        let signature = RecordSignature(from_hex(&format!("{first}{second}"))?);
        Some(Self { head, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            installation: Uuid::nil(),
            day: "2026-11-24".parse().unwrap(),
            size: 128,
            root: [1; 32],
            previous: [0; 32],
        }
    }

    #[test]
    fn a_head_is_found_in_a_mail_that_quotes_it_and_verifies() {
        let key = RecordKey::generate(&mut rand::rng());
        let signed = head().sign(&key);
        let text = signed.text();
        assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 76), "{text}");
        let quoted: String = text.lines().flat_map(|line| ["> ", line, "\r\n"]).collect();
        let found = SignedHead::find_all(&format!("Hello,\n\n{quoted}\nand again\n\n{text}\n-- \nx"));
        assert_eq!(found, [signed.clone(), signed]);
        assert!(found[0].is_signed_by(&key.public_key()));
    }

    #[test]
    fn a_head_with_anything_changed_is_not_signed() {
        let key = RecordKey::generate(&mut rand::rng());
        let signed = head().sign(&key);
        let day = signed.head.day.plus_days(1);
        let others = [
            Head { installation: Uuid::max(), ..head() },
            Head { day, ..head() },
            Head { size: 64, ..head() },
            Head { root: [2; 32], ..head() },
            Head { previous: [1; 32], ..head() },
        ];
        for head in others {
            let other = SignedHead { head, signature: signed.signature };
            assert!(!other.is_signed_by(&key.public_key()), "{other:?}");
            assert_ne!(other.head.digest(), signed.head.digest());
        }
    }
}
