//! Key files.

use candor_crypto::keyfile;
use serde_json::{Value, json};

use crate::{DAY, Made, chair, refused, stranger, vector};

pub fn make() -> Made {
    let key = chair();
    let plain = keyfile::plain(&key, DAY);
    let opened = json!({ "answer": "opened", "public_key": key.public_key() });
    let read = |name: &str, what: &str, file: &str, passphrase: Option<&str>, expect: &Value| {
        let input = json!({ "file": file, "passphrase": passphrase });
        vector(name, what, "read_keyfile", &input, expect)
    };
    read("keyfile-plain", "An identity file as age-keygen writes it.", &plain, None, &opened)?;
    read("keyfile-bare", "The private key alone.", &key.expose(), None, &opened)?;
    read(
        "keyfile-windows",
        "Line ends of another system, and empty lines.",
        &plain.replace('\n', "\r\n\r\n"),
        None,
        &opened,
    )?;

    let protected = String::from_utf8(keyfile::protect(&key, "correct horse", Some(10)))?;
    read(
        "keyfile-protected",
        "Protected by a passphrase (work factor 10, to keep tests quick).",
        &protected,
        Some("correct horse"),
        &opened,
    )?;
    read(
        "keyfile-wrong-passphrase",
        "Another passphrase.",
        &protected,
        Some("Correct horse"),
        &refused("wrong_passphrase"),
    )?;
    read("keyfile-no-passphrase", "Nobody answered.", &protected, None, &refused("needs_passphrase"))?;
    let third_line = protected.lines().nth(5).ok_or("too short")?;
    let cut = protected.replace(&format!("{third_line}\n"), "");
    read("keyfile-cut", "A line is missing in the middle.", &cut, Some("correct horse"), &refused("broken"))?;

    let no_key_file = refused("not_a_key_file");
    read("keyfile-empty", "An empty file.", "", None, &no_key_file)?;
    read("keyfile-comments-only", "Comments alone.", "# created: 2026-11-23\n", None, &no_key_file)?;
    read(
        "keyfile-public-key",
        "The public key was chosen by mistake.",
        key.public_key().as_str(),
        None,
        &no_key_file,
    )?;
    read(
        "keyfile-ssh",
        "An SSH key.",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        None,
        &no_key_file,
    )?;
    read(
        "keyfile-hardware",
        "A hardware key's stub.",
        "AGE-PLUGIN-YUBIKEY-1QQPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQG\n",
        None,
        &refused("other_kind_of_key"),
    )?;
    let two = format!("{}{}", *plain, *keyfile::plain(&stranger(), DAY));
    read("keyfile-two-keys", "Two keys in one file.", &two, None, &refused("several_keys"))
}
