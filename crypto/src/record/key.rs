//! The key that signs the heads of the record.

use std::fmt;

use ed25519_dalek::Signer as _;
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::{from_hex, to_hex};

/// Begins every signed input, so that a signature made here means nothing elsewhere.
const CONTEXT: &[u8] = b"candor/v1 record head\0";
/// Begins the line with the key in its file.
const SECRET_PREFIX: &str = "CANDOR-RECORD-KEY-1-";

/// Why a text is not a key of the record. Carries nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordKeyError {
    /// No line of a key file is a key.
    #[error("not a key of the record (a line that begins with CANDOR-RECORD-KEY-1-)")]
    Secret,
    /// Not 64 lower-case hexadecimal digits.
    #[error("not a public key of the record (64 hexadecimal digits)")]
    Public,
}

/// record key = Ed25519 (RFC 8032) key pair, made once for an installation.
///
/// No `Debug`, no `Clone`, wiped when dropped.
pub struct RecordKey(ed25519_dalek::SigningKey);

impl RecordKey {
    /// A fresh one.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// key file = `# The key that signs …` ⏎ `# public key: <hex>` ⏎ `CANDOR-RECORD-KEY-1-<hex of the seed>` ⏎.
    pub fn to_file(&self) -> Zeroizing<String> {
        // Room for everything at once: a string that grows leaves its old bytes behind.
        let mut file = Zeroizing::new(String::with_capacity(512));
        file.push_str(
            "# The key that signs the heads of this installation's record. Keep it secret.\n# public key: ",
        );
        file.push_str(&self.public_key().to_string());
        file.push('\n');
        file.push_str(SECRET_PREFIX);
        for byte in &*Zeroizing::new(self.0.to_bytes()) {
            for digit in [byte >> 4, byte & 15] {
                file.push(char::from_digit(u32::from(digit), 16).expect("half a byte is one digit"));
            }
        }
        file.push('\n');
        file
    }

    /// Reads what [`RecordKey::to_file`] writes; empty lines and lines that begin with `#` do not count.
    ///
    /// # Errors
    /// [`RecordKeyError::Secret`] for anything else.
    pub fn from_file(text: &str) -> Result<Self, RecordKeyError> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (Some(line), None) = (lines.next(), lines.next()) else { return Err(RecordKeyError::Secret) };
        let seed = line.strip_prefix(SECRET_PREFIX).and_then(from_hex::<32>).map(Zeroizing::new);
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&*seed.ok_or(RecordKeyError::Secret)?)))
    }

    /// The public half, by which anybody can check heads.
    pub fn public_key(&self) -> RecordPublicKey {
        RecordPublicKey(self.0.verifying_key().to_bytes())
    }

    /// signature = Ed25519(`candor/v1 record head` 00 ‖ the text of the head).
    pub fn sign(&self, head: &str) -> RecordSignature {
        RecordSignature(self.0.sign(&signed_input(head)).to_bytes())
    }
}

fn signed_input(head: &str) -> Vec<u8> {
    [CONTEXT, head.as_bytes()].concat()
}

/// The public half of a [`RecordKey`], 32 bytes; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPublicKey([u8; 32]);

impl RecordPublicKey {
    /// Reads 64 lower-case hexadecimal digits; spaces around them are ignored. Whether they are a usable key shows when
    /// verifying.
    ///
    /// # Errors
    /// [`RecordKeyError::Public`] for anything else.
    pub fn parse(text: &str) -> Result<Self, RecordKeyError> {
        from_hex(text.trim()).map(Self).ok_or(RecordKeyError::Public)
    }

    /// Whether the holder of the key signed this head. Strict: weak keys and malleable signatures never verify.
    pub fn verify(&self, head: &str, by: &RecordSignature) -> bool {
        ed25519_dalek::VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            key.verify_strict(&signed_input(head), &ed25519_dalek::Signature::from_bytes(&by.0)).is_ok()
        })
    }
}

impl fmt::Display for RecordPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

/// An Ed25519 signature of a head, 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordSignature(pub [u8; 64]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_file_and_signs_what_it_signed_before() {
        let key = RecordKey::generate(&mut rand::rng());
        let again = RecordKey::from_file(&key.to_file()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        let signature = key.sign("head");
        assert!(again.public_key().verify("head", &signature));
        assert!(!again.public_key().verify("other", &signature));
        assert!(!RecordKey::generate(&mut rand::rng()).public_key().verify("head", &signature));
        assert_eq!(RecordPublicKey::parse(&format!(" {}\n", key.public_key())), Ok(key.public_key()));
    }

    #[test]
    fn files_that_are_no_keys_are_refused() {
        let file = RecordKey::generate(&mut rand::rng()).to_file();
        let line = file.lines().last().unwrap().to_owned();
        for bad in ["", "# nothing\n", &line[1..], &line[..line.len() - 1], &format!("{line}\n{line}\n")] {
            assert_eq!(RecordKey::from_file(bad).err(), Some(RecordKeyError::Secret));
        }
        assert_eq!(RecordPublicKey::parse("00"), Err(RecordKeyError::Public));
    }
}
