//! Writes the test vectors to `tests/vectors`:
//! `cargo run -p candor-crypto --features open --example make_vectors`.
//!
//! age ciphertexts differ each time they are made, so a vector that is there already is left as
//! it is. Remove its file to have it made again.
#![allow(clippy::format_collect, reason = "a few short strings")]
#![allow(clippy::assigning_clones, reason = "types that wipe themselves are filled field by field")]

mod entries;
mod files;
mod grants;
mod keyfiles;
mod signatures;
mod spoiled;
mod tokens;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use candor_crypto::{PrivateKey, PublicKey, RetrievalToken};
use serde_json::{Value, json};

type Made = Result<(), Box<dyn Error>>;

/// The case of all vectors.
const CASE: uuid::Uuid = uuid::Uuid::from_u128(0x6f1a_5f0e_0f5c_4b0e_9d53_2a1f_0d6b_8c11);
/// Another case, for what belongs elsewhere.
const OTHER_CASE: uuid::Uuid = uuid::Uuid::from_u128(0x0b7d_3c9a_52e1_4f77_8a60_9c1e_44d2_7f35);
const DAY: &str = "2026-11-23";

/// The reporter's token: bytes 00 to 0f.
fn token() -> RetrievalToken {
    let mut bytes = [0; 16];
    for (index, byte) in (0_u8..).zip(bytes.iter_mut()) {
        *byte = index;
    }
    RetrievalToken::from_bytes(bytes)
}

/// A key pair that is the same in all vectors: the mailbox key of a token of equal bytes.
fn key(byte: u8) -> PrivateKey {
    RetrievalToken::from_bytes([byte; 16]).mailbox_key()
}

/// The case key of all vectors but the grants.
fn case_key() -> PrivateKey {
    key(0xca)
}

/// The chair's key.
fn chair() -> PrivateKey {
    key(0xc4)
}

/// Somebody else's key.
fn stranger() -> PrivateKey {
    key(0x5e)
}

/// Bytes as base64.
fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

/// Bytes as lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Any plaintext as an age file, for what this crate would never seal.
fn age(plaintext: &[u8], to: &PublicKey) -> Result<Vec<u8>, Box<dyn Error>> {
    let recipient: age::x25519::Recipient = to.as_str().parse()?;
    Ok(age::encrypt(&recipient, plaintext)?)
}

/// Text padded with spaces to 4096 bytes.
fn padded(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(4096, b' ');
    bytes
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(format!("{name}.json"))
}

/// Writes one vector, unless it is there.
fn vector(name: &str, what: &str, operation: &str, input: &Value, expect: &Value) -> Made {
    let path = path(name);
    if path.exists() {
        return Ok(());
    }
    let vector = json!({
        "name": name,
        "what": what,
        "operation": operation,
        "input": input,
        "expect": expect,
    });
    fs::write(path, serde_json::to_string_pretty(&vector)? + "\n")?;
    println!("{name}");
    Ok(())
}

/// What is expected where something is refused.
fn refused(error: &str) -> Value {
    json!({ "answer": "error", "error": error })
}

/// What is expected where something is sealed to another key.
fn not_mine() -> Value {
    json!({ "answer": "not_mine" })
}

fn main() -> Made {
    tokens::make()?;
    signatures::make()?;
    entries::make()?;
    spoiled::make()?;
    grants::make()?;
    files::make()?;
    keyfiles::make()
}
