//! Signatures of what the reporter adds.

use candor_crypto::{AttachmentInfo, Identity, RetrievalToken};
use serde_json::{Value, json};

use crate::{CASE, Made, OTHER_CASE, base64, hex, token, vector};

const TEXT: &str = "It happened again on Tuesday: caf\u{e9}, \u{1f4a1}.";

/// The signed bytes, written out a second time for those who implement them anew.
fn signed_bytes(kind: &str, number: u32, fields: &[&str]) -> Vec<u8> {
    let mut bytes = b"candor/v1 sign\0".to_vec();
    bytes.extend(kind.as_bytes());
    bytes.push(0);
    bytes.extend(CASE.as_bytes());
    bytes.extend(number.to_be_bytes());
    for field in fields {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    bytes
}

pub fn make() -> Made {
    good()?;
    bad()
}

fn good() -> Made {
    let key = token().signing_key();
    let hex_token = hex(token().as_bytes());
    vector(
        "sign-message",
        "Ed25519 is deterministic: the same message gives the same signature.",
        "sign",
        &json!({ "token": hex_token, "kind": "message", "case": CASE, "number": 1, "fields": [TEXT] }),
        &json!({
            "signed_bytes": hex(&signed_bytes("message", 1, &[TEXT])),
            "signature": key.sign_message(CASE, 1, TEXT),
        }),
    )?;
    let mut identity = Identity::default();
    identity.name = "Robin Example".to_owned();
    identity.contact = "robin@example.org".to_owned();
    let fields = [identity.name.as_str(), identity.contact.as_str()];
    vector(
        "sign-identity",
        "Name and contact are signed as two fields.",
        "sign",
        &json!({ "token": hex_token, "kind": "identity", "case": CASE, "number": 0, "fields": fields }),
        &json!({
            "signed_bytes": hex(&signed_bytes("identity", 0, &fields)),
            "signature": key.sign_identity(CASE, 0, &identity),
        }),
    )?;
    let mut info = AttachmentInfo::default();
    info.name = "invoice.pdf".to_owned();
    info.media_type = "application/pdf".to_owned();
    info.size = 5;
    info.sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824".to_owned();
    info.cleaned = vec!["author".to_owned(), "dates".to_owned()];
    let fields = ["invoice.pdf", "application/pdf", "5", info.sha256.as_str(), "author", "dates"];
    vector(
        "sign-attachment",
        "Name, media type, size in decimal digits, SHA-256, then each item of `cleaned`.",
        "sign",
        &json!({ "token": hex_token, "kind": "attachment", "case": CASE, "number": 2, "fields": fields }),
        &json!({
            "signed_bytes": hex(&signed_bytes("attachment", 2, &fields)),
            "signature": key.sign_attachment(CASE, 2, &info),
        }),
    )
}

fn bad() -> Made {
    let key = token().signing_key();
    let speaker = key.verifying_key();
    let signature = key.sign_message(CASE, 1, TEXT);
    let verify = |name: &str, what: &str, change: &dyn Fn(&mut Value), valid: bool| {
        let mut input = json!({
            "speaker": speaker, "case": CASE, "number": 1, "text": TEXT, "signature": signature,
        });
        change(&mut input);
        vector(name, what, "verify_message", &input, &json!({ "valid": valid }))
    };
    verify("signature-good", "The reporter wrote this message.", &|_| (), true)?;
    verify("signature-other-case", "Signed for another case.", &|v| v["case"] = json!(OTHER_CASE), false)?;
    verify("signature-other-number", "Signed as another message.", &|v| v["number"] = json!(2), false)?;
    verify(
        "signature-other-text",
        "One letter differs.",
        &|v| v["text"] = json!(TEXT.replace("Tue", "Thu")),
        false,
    )?;
    verify("signature-empty-text", "The text was taken away.", &|v| v["text"] = json!(""), false)?;
    let other = RetrievalToken::from_bytes([9; 16]).signing_key();
    verify(
        "signature-other-speaker",
        "Another token's key.",
        &|v| v["speaker"] = json!(other.verifying_key()),
        false,
    )?;
    let mut identity = Identity::default();
    identity.name = TEXT.to_owned();
    verify(
        "signature-other-kind",
        "A signature of an identity is none of a message.",
        &|v| v["signature"] = json!(key.sign_identity(CASE, 1, &identity)),
        false,
    )?;

    let bytes = *signature.as_bytes();
    let mut flipped = bytes;
    flipped[40] ^= 1;
    verify(
        "signature-flipped-bit",
        "One bit of the signature differs.",
        &|v| v["signature"] = json!(base64(&flipped)),
        false,
    )?;
    verify("signature-zeros", "All zeros.", &|v| v["signature"] = json!(base64(&[0; 64])), false)?;
    let unreduced = add_group_order(&bytes);
    verify(
        "signature-unreduced",
        "S is raised by the group order: the same equation, but not canonical.",
        &|v| v["signature"] = json!(base64(&unreduced)),
        false,
    )?;
    // The neutral point as key, R = the neutral point, S = 0: the equation holds for every text.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut always = [0; 64];
    always[0] = 1;
    verify(
        "signature-small-order-key",
        "A key of small order, for which this signature fits every text unless verification is strict.",
        &|v| {
            v["speaker"] = json!(base64(&neutral));
            v["signature"] = json!(base64(&always));
        },
        false,
    )?;
    verify(
        "signature-impossible-key",
        "32 bytes that are no point of the curve.",
        &|v| v["speaker"] = json!(base64(&[2; 32])),
        false,
    )
}

/// S + L in the second half, L = 2^252 + 27742317777372353535851937790883648493, little-endian.
fn add_group_order(signature: &[u8; 64]) -> [u8; 64] {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut sum = *signature;
    let mut carry = 0_u16;
    for (byte, order) in sum[32..].iter_mut().zip(ORDER) {
        carry += u16::from(*byte) + u16::from(order);
        [*byte, _] = carry.to_le_bytes();
        carry >>= 8;
    }
    sum
}
