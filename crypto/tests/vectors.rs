//! Reads every file in `tests/vectors` and holds this crate to it.
#![allow(clippy::format_collect, reason = "a few short strings")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use candor_crypto::open::{
    Entry, KeyfileError, OpenError, open_challenge, open_content, open_entry, open_grant, read_keyfile,
};
use candor_crypto::{
    AccessKey, AttachmentInfo, Grant, Identity, KeyError, PrivateKey, PublicKey, RetrievalToken, SealedEntry,
    SealedReply, SealedReport, ShapeError, Signature, SpeakerKey, TokenError, padding, shape,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

struct Vector {
    name: String,
    input: Value,
}

impl Vector {
    fn text(&self, field: &str) -> &str {
        self.input[field].as_str().unwrap()
    }

    fn get<T: DeserializeOwned>(&self, field: &str) -> T {
        serde_json::from_value(self.input[field].clone()).unwrap()
    }

    fn sealed(&self) -> Vec<u8> {
        BASE64_STANDARD.decode(self.text("sealed")).unwrap()
    }

    fn key(&self) -> PrivateKey {
        PrivateKey::parse(self.text("private_key")).unwrap()
    }

    fn token(&self) -> RetrievalToken {
        RetrievalToken::from_bytes(unhex(self.text("token")).try_into().unwrap())
    }
}

#[test]
fn every_vector_holds() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut counts = BTreeMap::<String, usize>::new();
    let mut failures = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let vector: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let name = vector["name"].as_str().unwrap().to_owned();
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), name);
        assert!(vector["what"].as_str().unwrap().ends_with('.'), "{name}");
        let operation = vector["operation"].as_str().unwrap();
        *counts.entry(operation.to_owned()).or_default() += 1;
        let found = run(operation, &Vector { name: name.clone(), input: vector["input"].clone() });
        if found != vector["expect"] {
            failures.push(format!("{name}: expected {}, found {found}", vector["expect"]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    for (operation, at_least) in [
        ("open_entry", 60),
        ("parse_token", 20),
        ("verify_message", 10),
        ("from_stored", 20),
        ("open_grant", 10),
        ("open_challenge", 8),
        ("open_content", 8),
        ("read_keyfile", 10),
    ] {
        assert!(counts[operation] >= at_least, "vectors are missing: {operation}");
    }
}

fn run(operation: &str, vector: &Vector) -> Value {
    match operation {
        "token_to_words" => json!({ "words": *vector.token().phrase() }),
        "parse_token" => parse_token(vector),
        "access_key" => json!({ "access_key": hex(vector.token().access_key().as_bytes()) }),
        "access_hash" => {
            let key = AccessKey::from_bytes(unhex(vector.text("access_key")).try_into().unwrap());
            json!({ "access_hash": hex(key.hash().as_bytes()) })
        }
        "mailbox_key" => {
            let key = vector.token().mailbox_key();
            json!({ "private_key": *key.expose(), "public_key": key.public_key() })
        }
        "speaker_key" => json!({ "speaker": vector.token().signing_key().verifying_key() }),
        "replay_tag" => {
            let tag = vector.token().replay_tag(vector.text("content").as_bytes());
            json!({ "replay_tag": hex(&tag) })
        }
        "bucket" => {
            let lengths: Vec<u64> = vector.get("lengths");
            json!({ "buckets": lengths.into_iter().map(padding::bucket).collect::<Vec<_>>() })
        }
        "parse_public_key" => match PublicKey::parse(vector.text("text")) {
            Ok(key) => json!({ "answer": "parsed", "public_key": key }),
            Err(error) => refused(key_error(error)),
        },
        "parse_private_key" => match PrivateKey::parse(vector.text("text")) {
            Ok(key) => json!({ "answer": "parsed", "public_key": key.public_key() }),
            Err(error) => refused(key_error(error)),
        },
        "sign" => sign(vector),
        "verify_message" => {
            let speaker: SpeakerKey = vector.get("speaker");
            let signature: Signature = vector.get("signature");
            let (case, number) = (vector.get("case"), vector.get("number"));
            json!({ "valid": speaker.verify_message(case, number, vector.text("text"), &signature) })
        }
        "open_entry" => entry(vector),
        "open_grant" => grant(vector),
        "open_challenge" => answer(
            open_challenge(&vector.sealed(), &vector.key()),
            |secret| json!({ "answer": "opened", "secret": BASE64_STANDARD.encode(*secret) }),
        ),
        "open_content" => {
            let info: AttachmentInfo = vector.get("info");
            let mut content = Vec::new();
            let opened = open_content(&vector.sealed()[..], &vector.key(), &info, &mut content);
            let whole = answer(opened, |_| json!({ "answer": "opened", "content": hex(&content) }));
            #[cfg(feature = "async")]
            assert_eq!(futures_executor::block_on(open_streamed(vector)), whole, "{}: streamed", vector.name);
            whole
        }
        "from_stored" => from_stored(vector),
        "read_keyfile" => {
            let passphrase: Option<String> = vector.get("passphrase");
            match read_keyfile(vector.text("file").as_bytes(), || passphrase.map(Zeroizing::new)) {
                Ok(key) => json!({ "answer": "opened", "public_key": key.public_key() }),
                Err(error) => refused(keyfile_error(error)),
            }
        }
        other => panic!("{}: unknown operation {other}", vector.name),
    }
}

/// The same content, opened as it streams by.
#[cfg(feature = "async")]
async fn open_streamed(vector: &Vector) -> Value {
    use candor_crypto::open::ContentOpener;
    let (sealed, info) = (vector.sealed(), vector.get("info"));
    let opened = async {
        let Some(mut opener) = ContentOpener::begin(&sealed[..], &vector.key(), &info).await? else {
            return Ok(None);
        };
        let mut content = Vec::new();
        while let Some(piece) = opener.next().await? {
            content.extend_from_slice(&piece);
        }
        Ok(Some(content))
    };
    answer(opened.await, |content| json!({ "answer": "opened", "content": hex(&content) }))
}

fn parse_token(vector: &Vector) -> Value {
    match RetrievalToken::parse(vector.text("typed")) {
        Ok(token) => json!({ "answer": "parsed", "token": hex(token.as_bytes()) }),
        Err(TokenError::WordCount { found }) => {
            json!({ "answer": "error", "error": "word_count", "found": found })
        }
        Err(TokenError::UnknownWord { position }) => {
            json!({ "answer": "error", "error": "unknown_word", "position": position })
        }
        Err(TokenError::Checksum) => refused("checksum"),
    }
}

/// The signed bytes are built here from the written rule, not by the crate.
fn sign(vector: &Vector) -> Value {
    let (case, number): (Uuid, u32) = (vector.get("case"), vector.get("number"));
    let fields: Vec<String> = vector.get("fields");
    let kind = vector.text("kind");
    let mut bytes = b"candor/v1 sign\0".to_vec();
    bytes.extend(kind.as_bytes());
    bytes.push(0);
    bytes.extend(case.as_bytes());
    bytes.extend(number.to_be_bytes());
    for field in &fields {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    let key = vector.token().signing_key();
    let (signature, verified) = match kind {
        "message" => {
            let signature = key.sign_message(case, number, &fields[0]);
            let speaker = key.verifying_key();
            (signature, speaker.verify_message(case, number, &fields[0], &signature))
        }
        "identity" => {
            let identity = Identity { name: fields[0].clone(), contact: fields[1].clone() };
            let signature = key.sign_identity(case, number, &identity);
            let speaker = key.verifying_key();
            (signature, speaker.verify_identity(case, number, &identity, &signature))
        }
        _ => {
            let info = AttachmentInfo {
                name: fields[0].clone(),
                media_type: fields[1].clone(),
                size: fields[2].parse().unwrap(),
                sha256: fields[3].clone(),
                cleaned: fields[4..].to_vec(),
            };
            let signature = key.sign_attachment(case, number, &info);
            let speaker = key.verifying_key();
            (signature, speaker.verify_attachment(case, number, &info, &signature))
        }
    };
    assert!(verified, "{}", vector.name);
    let independent = ed25519_dalek::VerifyingKey::from_bytes(key.verifying_key().as_bytes())
        .unwrap()
        .verify_strict(&bytes, &ed25519_dalek::Signature::from_bytes(signature.as_bytes()));
    assert!(independent.is_ok(), "{}", vector.name);
    json!({ "signed_bytes": hex(&bytes), "signature": signature })
}

fn entry(vector: &Vector) -> Value {
    let opened = open_entry(&vector.sealed(), &vector.key(), vector.get("case"));
    answer(opened, |entry| {
        let envelope = entry.envelope();
        let mut found = json!({
            "candor": 1, "kind": entry.kind(), "case": envelope.case, "number": envelope.number,
            "day": envelope.day,
        });
        match &entry {
            Entry::Report { report, reporter, .. } => {
                found["speaker"] = json!(reporter.speaker);
                found["mailbox"] = json!(reporter.mailbox);
                found["body"] = json!(report);
            }
            Entry::Identity { identity, signature, .. } => {
                found["signature"] = json!(signature);
                found["body"] = json!(identity);
            }
            Entry::Message { text, signature, .. } => {
                found["signature"] = json!(signature);
                found["body"] = json!({ "text": **text });
            }
            Entry::Reply { reply, .. } => found["body"] = json!(reply),
            Entry::Note { note, .. } => found["body"] = json!(note),
            Entry::Attachment { info, signature, .. } => {
                found["signature"] = json!(signature);
                found["body"] = json!(info);
            }
            _ => panic!("{}: a kind without vectors", vector.name),
        }
        let mut found = json!({ "answer": "opened", "entry": found });
        if vector.input.get("speaker").is_some() {
            found["from_reporter"] = json!(entry.is_from(&vector.get("speaker")));
        }
        found
    })
}

fn grant(vector: &Vector) -> Value {
    let grant = match Grant::from_stored(vector.sealed()) {
        Ok(grant) => grant,
        Err(error) => return shape_refused(error),
    };
    answer(open_grant(&grant, &vector.key(), vector.get("case")), |key| {
        json!({
            "answer": "opened",
            "private_key": *key.expose(),
            "public_key": key.public_key(),
        })
    })
}

fn from_stored(vector: &Vector) -> Value {
    let sealed = vector.sealed();
    let checked = match vector.text("type") {
        "report" => SealedReport::from_stored(sealed.clone()).map(SealedReport::into_bytes),
        "entry" => SealedEntry::from_stored(sealed.clone()).map(SealedEntry::into_bytes),
        "reply" => SealedReply::from_stored(sealed.clone()).map(SealedReply::into_bytes),
        "grant" => Grant::from_stored(sealed.clone()).map(Grant::into_bytes),
        other => panic!("{}: unknown type {other}", vector.name),
    };
    match checked {
        Ok(bytes) => {
            assert_eq!(bytes, sealed, "{}", vector.name);
            let shape = shape(&bytes).unwrap();
            json!({
                "answer": "accepted",
                "x25519_stanzas": shape.x25519_stanzas,
                "plaintext_length": shape.plaintext_length,
            })
        }
        Err(error) => shape_refused(error),
    }
}

fn answer<T>(opened: Result<Option<T>, OpenError>, show: impl FnOnce(T) -> Value) -> Value {
    match opened {
        Ok(Some(opened)) => show(opened),
        Ok(None) => json!({ "answer": "not_mine" }),
        Err(error) => refused(open_error(&error)),
    }
}

fn refused(error: &str) -> Value {
    json!({ "answer": "error", "error": error })
}

fn shape_refused(error: ShapeError) -> Value {
    match error {
        ShapeError::NotAgeFile => refused("not_age_file"),
        ShapeError::ForeignStanza => refused("foreign_stanza"),
        ShapeError::Length => refused("length"),
        ShapeError::TooLong => refused("too_long"),
        ShapeError::StanzaCount { found } => {
            json!({ "answer": "error", "error": "stanza_count", "found": found })
        }
    }
}

fn open_error(error: &OpenError) -> &'static str {
    match error {
        OpenError::NotAgeFile => "not_age_file",
        OpenError::Broken => "broken",
        OpenError::TooLong => "too_long",
        OpenError::NotJson => "not_json",
        OpenError::Padding => "padding",
        OpenError::Version { .. } => "version",
        OpenError::Kind => "kind",
        OpenError::Case => "case",
        OpenError::Content => "content",
        OpenError::ContentMismatch => "content_mismatch",
        _ => "io",
    }
}

fn key_error(error: KeyError) -> &'static str {
    match error {
        KeyError::PublicKey => "public_key",
        KeyError::WeakPublicKey => "weak_public_key",
        KeyError::PrivateKey => "private_key",
    }
}

fn keyfile_error(error: KeyfileError) -> &'static str {
    match error {
        KeyfileError::NotAKeyFile => "not_a_key_file",
        KeyfileError::NeedsPassphrase => "needs_passphrase",
        KeyfileError::WrongPassphrase => "wrong_passphrase",
        KeyfileError::TooMuchWork => "too_much_work",
        KeyfileError::Broken => "broken",
        KeyfileError::OtherKindOfKey => "other_kind_of_key",
        KeyfileError::SeveralKeys => "several_keys",
        _ => "unknown",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap()).collect()
}
