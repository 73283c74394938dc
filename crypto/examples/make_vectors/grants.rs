//! Grants and sign-in challenges.

use candor_crypto::open::open_grant;
use candor_crypto::{CaseKey, GRANT_LENGTH, seal_challenge};
use serde_json::{Value, json};

use crate::entries::sealed_report;
use crate::{
    CASE, Made, OTHER_CASE, age, base64, case_key, chair, not_mine, padded, refused, stranger, vector,
};

pub fn make() -> Made {
    grants()?;
    challenges()
}

fn grants() -> Made {
    let chair = chair();
    let made = CaseKey::generate(CASE);
    let grant = made.grant(&chair.public_key())?;
    let opened = open_grant(&grant, &chair, CASE)?.ok_or("not the chair's")?;
    let input =
        |sealed: &[u8]| json!({ "sealed": base64(sealed), "private_key": *chair.expose(), "case": CASE });
    let expect = json!({
        "answer": "opened",
        "private_key": *opened.expose(),
        "public_key": made.public_key(),
    });
    let try_grant = |name: &str, what: &str, input: &Value, expect: &Value| {
        vector(name, what, "open_grant", input, expect)
    };
    try_grant(
        "grant",
        "The chair's grant gives the private key of the case.",
        &input(grant.as_bytes()),
        &expect,
    )?;
    let mut other = input(grant.as_bytes());
    other["private_key"] = json!(*stranger().expose());
    try_grant("grant-other-key", "Somebody else's grant.", &other, &not_mine())?;
    let mut other = input(grant.as_bytes());
    other["case"] = json!(OTHER_CASE);
    try_grant("grant-other-case", "A grant put in the place of another case's.", &other, &refused("case"))?;
    let mut flipped = grant.as_bytes().to_vec();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    try_grant("grant-flipped", "One bit differs.", &input(&flipped), &refused("broken"))?;

    let key = case_key().expose();
    let good = format!("# candor/v1 case {CASE}\n{}\n", *key);
    let content = refused("content");
    let sealed = |text: &str| {
        assert_eq!(text.len(), GRANT_LENGTH, "shape must not be what refuses it");
        age(text.as_bytes(), &chair.public_key())
    };
    try_grant(
        "grant-no-identity",
        "Well sealed, of the right length, but no private key inside.",
        &input(&sealed(&" ".repeat(GRANT_LENGTH))?),
        &content,
    )?;
    try_grant(
        "grant-spoiled-identity",
        "The private key inside has a wrong letter.",
        &input(&sealed(&good.replacen("KEY-1Q", "KEY-1P", 1).replacen("KEY-1", "KEY-0", 1))?),
        &content,
    )?;
    try_grant(
        "grant-public-key",
        "A public key in place of the private key.",
        &input(&sealed(&good.replace(&**key, &format!("{:<74}", case_key().public_key())))?),
        &content,
    )?;
    try_grant(
        "grant-no-case",
        "The comment names no case.",
        &input(&sealed(&good.replace(&CASE.to_string(), &"x".repeat(36)))?),
        &content,
    )?;
    try_grant(
        "grant-version-2",
        "The comment is that of another version.",
        &input(&sealed(&good.replace("v1", "v2"))?),
        &content,
    )?;
    let report = sealed_report()?;
    try_grant(
        "grant-is-report",
        "A report in place of a grant: too long.",
        &input(&report),
        &refused("length"),
    )?;
    let short = age(key.as_bytes(), &chair.public_key())?;
    try_grant(
        "grant-bare-key",
        "A private key without its comment: too short.",
        &input(&short),
        &refused("length"),
    )
}

fn challenges() -> Made {
    let chair = chair();
    let mut secret = [0; 32];
    for (index, byte) in (0xa0..).zip(secret.iter_mut()) {
        *byte = index;
    }
    let challenge = |name: &str, what: &str, sealed: &[u8], expect: &Value| {
        let input = json!({ "sealed": base64(sealed), "private_key": *chair.expose() });
        vector(name, what, "open_challenge", &input, expect)
    };
    let to = chair.public_key();
    let opened = json!({ "answer": "opened", "secret": base64(&secret) });
    challenge(
        "challenge",
        "A sign-in challenge gives its 32 bytes.",
        &seal_challenge(&secret, &to)?,
        &opened,
    )?;
    challenge(
        "challenge-other-key",
        "Somebody else's challenge.",
        &seal_challenge(&secret, &stranger().public_key())?,
        &not_mine(),
    )?;
    let content = refused("content");
    for (name, what, length) in [
        ("challenge-31-bytes", "The secret is too short.", 31),
        ("challenge-33-bytes", "The secret is too long.", 33),
        ("challenge-empty", "The secret is empty.", 0),
    ] {
        let json = json!({ "candor": 1, "kind": "challenge", "secret": base64(&vec![7; length]) });
        challenge(name, what, &age(json.to_string().as_bytes(), &to)?, &content)?;
    }
    let json = json!({ "candor": 1, "kind": "challenge", "secret": "not base64!" });
    challenge(
        "challenge-not-base64",
        "The secret is not base64.",
        &age(json.to_string().as_bytes(), &to)?,
        &content,
    )?;
    let json = json!({ "candor": 2, "kind": "challenge", "secret": base64(&secret) });
    challenge(
        "challenge-version-2",
        "A later version of the protocol.",
        &age(json.to_string().as_bytes(), &to)?,
        &refused("version"),
    )?;
    let json = json!({ "candor": 1, "kind": "note", "secret": base64(&secret) });
    let not_a_challenge = age(&padded(&json.to_string()), &to)?;
    challenge(
        "challenge-is-note",
        "An entry in place of a challenge: signing in must not open entries.",
        &not_a_challenge,
        &refused("kind"),
    )?;
    let grant = CaseKey::generate(CASE).grant(&to)?;
    challenge(
        "challenge-is-grant",
        "A grant in place of a challenge: signing in must not open grants.",
        grant.as_bytes(),
        &refused("not_json"),
    )
}
