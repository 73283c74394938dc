//! Entries that do not open, or not as what they claim.

use candor_crypto::seal_challenge;
use serde_json::{Value, json};

use crate::entries::sealed_report;
use crate::{CASE, DAY, Made, OTHER_CASE, age, base64, case_key, not_mine, padded, refused, token, vector};

fn entry(name: &str, what: &str, sealed: &[u8], expect: &Value) -> Made {
    let input = json!({
        "sealed": base64(sealed), "private_key": *case_key().expose(), "case": CASE,
    });
    vector(name, what, "open_entry", &input, expect)
}

/// A well-formed note, changed, padded and well sealed: only what is inside is wrong.
fn inside(name: &str, what: &str, change: &dyn Fn(&mut Value), error: &Value) -> Made {
    let mut note = json!({
        "candor": 1, "kind": "note", "case": CASE, "number": 4, "day": DAY,
        "body": { "recipient": "chair", "title": "Chair", "text": "Ask finance." },
    });
    change(&mut note);
    let sealed = age(&padded(&note.to_string()), &case_key().public_key())?;
    entry(name, what, &sealed, error)
}

pub fn make() -> Made {
    damaged()?;
    wrong_inside()?;
    wrong_conclusions()?;
    wrong_text()
}

fn damaged() -> Made {
    let good = sealed_report()?;
    let header_end = candor_crypto::shape(&good)?.header_length;
    let flip = |place: usize| {
        let mut bytes = good.clone();
        bytes[place] ^= 1;
        bytes
    };
    let broken = refused("broken");
    let no_age_file = refused("not_age_file");
    entry("report-cut-body", "The last byte is missing.", &good[..good.len() - 1], &broken)?;
    entry("report-cut-half", "Half of the body is missing.", &good[..header_end + 2048], &broken)?;
    entry("report-cut-header", "Cut off inside the header.", &good[..header_end - 10], &no_age_file)?;
    entry("report-appended", "One byte was added at the end.", &[&good[..], b"\0"].concat(), &broken)?;
    entry("report-flipped-body", "One bit of the body differs.", &flip(header_end + 100), &broken)?;
    entry(
        "report-flipped-nonce",
        "One bit of the nonce between header and body differs.",
        &flip(header_end + 3),
        &broken,
    )?;
    entry("report-flipped-tag", "One bit of the last byte differs.", &flip(good.len() - 1), &broken)?;
    entry("report-flipped-version", "The first line is not that of age version 1.", &flip(20), &no_age_file)?;

    // The first character of the header's MAC: another letter of the alphabet, so still base64.
    let mac = header_end - 44;
    let mut other_mac = good.clone();
    other_mac[mac] = if good[mac] == b'A' { b'B' } else { b'A' };
    entry("report-changed-mac", "The header's MAC differs.", &other_mac, &broken)?;

    let stanza = good.windows(10).position(|window| window == b"-> X25519 ").ok_or("no stanza")?;
    let wrapped_key = stanza + 10 + 43 + 1;
    let mut other_stanza = good.clone();
    other_stanza[wrapped_key] = if good[wrapped_key] == b'A' { b'B' } else { b'A' };
    entry(
        "report-changed-stanza",
        "The wrapped file key differs: it looks like somebody else's.",
        &other_stanza,
        &not_mine(),
    )?;

    entry("entry-empty", "Nothing at all.", b"", &no_age_file)?;
    entry("entry-not-age", "Not an age file.", &padded("{\"candor\":1}"), &no_age_file)?;
    let recipient: age::x25519::Recipient = case_key().public_key().as_str().parse()?;
    let armored = age::encrypt_and_armor(&recipient, b"{}")?;
    entry("entry-armored", "Entries are binary; an armored file is none.", armored.as_bytes(), &no_age_file)?;
    let mut by_passphrase = age::scrypt::Recipient::new("secret".into());
    by_passphrase.set_work_factor(2);
    entry(
        "entry-by-passphrase",
        "Sealed with a passphrase.",
        &age::encrypt(&by_passphrase, b"{}")?,
        &not_mine(),
    )
}

fn wrong_conclusions() -> Made {
    let content = refused("content");
    inside(
        "note-conclusion-text",
        "A conclusion is an object, or there is none.",
        &|v| v["body"]["conclusion"] = json!("substantiated"),
        &content,
    )?;
    inside(
        "note-conclusion-empty",
        "A conclusion names a disposition.",
        &|v| v["body"]["conclusion"] = json!({ "status": "concluded" }),
        &content,
    )
}

fn wrong_inside() -> Made {
    let content = refused("content");
    let version = refused("version");
    inside(
        "entry-other-case",
        "Swapped in from another case.",
        &|v| v["case"] = json!(OTHER_CASE),
        &refused("case"),
    )?;
    inside("entry-case-not-uuid", "The case id is no UUID.", &|v| v["case"] = json!("first"), &content)?;
    inside("entry-case-missing", "No case id.", &|v| v["case"] = Value::Null, &content)?;
    inside(
        "entry-unknown-kind",
        "A kind that version 1 does not have.",
        &|v| v["kind"] = json!("rumour"),
        &refused("kind"),
    )?;
    inside("entry-kind-capital", "Kinds are lower case.", &|v| v["kind"] = json!("Note"), &refused("kind"))?;
    inside("entry-kind-number", "The kind is not text.", &|v| v["kind"] = json!(3), &content)?;
    inside("entry-version-2", "A later version of the protocol.", &|v| v["candor"] = json!(2), &version)?;
    inside("entry-version-0", "No version of the protocol.", &|v| v["candor"] = json!(0), &version)?;
    inside("entry-version-text", "The version is not a number.", &|v| v["candor"] = json!("1"), &content)?;
    inside("entry-version-missing", "Some other JSON.", &|v| *v = json!({ "text": "hello" }), &content)?;
    inside(
        "entry-later-version-other-fields",
        "A later version is told as such, whatever else it holds.",
        &|v| *v = json!({ "candor": 9, "kind": ["new"] }),
        &version,
    )?;
    inside("entry-number-negative", "Numbers begin at 0.", &|v| v["number"] = json!(-1), &content)?;
    inside(
        "entry-number-too-large",
        "Numbers have 32 bits.",
        &|v| v["number"] = json!(4_294_967_296_u64),
        &content,
    )?;
    inside("entry-number-fraction", "Numbers are whole.", &|v| v["number"] = json!(1.5), &content)?;
    inside("entry-body-missing", "No body.", &|v| v["body"] = Value::Null, &content)?;
    inside(
        "entry-text-missing",
        "A note without text.",
        &|v| v["body"] = json!({ "recipient": "chair", "title": "Chair" }),
        &content,
    )?;
    inside("entry-text-number", "The text is not text.", &|v| v["body"]["text"] = json!(5), &content)?;
    inside(
        "reply-files-text",
        "The files of a reply are a list, or there are none.",
        &|v| {
            v["kind"] = json!("reply");
            v["body"]["attachments"] = json!("one");
        },
        &content,
    )?;

    let reporter = token().reporter_keys();
    let report = |v: &mut Value| {
        v["kind"] = json!("report");
        v["number"] = json!(0);
        v["speaker"] = json!(reporter.speaker);
        v["mailbox"] = json!(reporter.mailbox);
        v["body"] = json!({ "kind": "concern", "category": "legal", "narrative": "Short." });
    };
    let changed = |name: &str, what: &str, change: &dyn Fn(&mut Value)| {
        let both = |v: &mut Value| {
            report(v);
            change(v);
        };
        inside(name, what, &both, &content)
    };
    changed("report-no-speaker", "A report without a speaker key.", &|v| v["speaker"] = Value::Null)?;
    changed("report-short-speaker", "A speaker key of 31 bytes.", &|v| {
        v["speaker"] = json!(base64(&[7; 31]));
    })?;
    changed("report-speaker-hex", "A speaker key in hexadecimal.", &|v| {
        v["speaker"] = json!("07".repeat(32));
    })?;
    changed("report-no-mailbox", "A report without a mailbox.", &|v| {
        v.as_object_mut().map(|fields| fields.remove("mailbox"));
    })?;
    changed("report-mailbox-null", "A report whose mailbox is null.", &|v| v["mailbox"] = Value::Null)?;
    changed("report-mailbox-private", "A private key in place of the mailbox.", &|v| {
        v["mailbox"] = json!(*token().mailbox_key().expose());
    })?;
    changed("report-mailbox-small-order", "A mailbox key of small order.", &|v| {
        v["mailbox"] = json!("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z");
    })?;
    changed("report-number-1", "A report has number 0.", &|v| v["number"] = json!(1))?;
    changed("report-no-narrative", "A report without a narrative.", &|v| {
        v["body"] = json!({ "kind": "concern", "category": "legal" });
    })?;
    let message = |v: &mut Value| {
        v["kind"] = json!("message");
        v["body"] = json!({ "text": "Me again." });
    };
    inside("message-unsigned", "A message without a signature.", &message, &content)?;
    let message = |v: &mut Value| {
        message(v);
        v["signature"] = json!(base64(&[7; 63]));
    };
    inside("message-short-signature", "A signature of 63 bytes.", &message, &content)
}

fn wrong_text() -> Made {
    let to = case_key().public_key();
    let note = json!({
        "candor": 1, "kind": "note", "case": CASE, "number": 4, "day": DAY,
        "body": { "recipient": "chair", "title": "Chair", "text": "Ask finance." },
    })
    .to_string();
    let sealed = |plaintext: &[u8]| age(plaintext, &to);
    let with = |text: &str| padded(&format!("{note}{text}"));
    let padding = refused("padding");
    let no_json = refused("not_json");
    entry("padding-line-end", "A line end among the spaces.", &sealed(&with("  \n"))?, &padding)?;
    entry("padding-zero", "A zero byte among the spaces.", &sealed(&with("  \0"))?, &padding)?;
    entry("padding-text", "Something is hidden in the padding.", &sealed(&with(" psst"))?, &padding)?;
    entry("padding-second-object", "A second object after the first.", &sealed(&with("{}"))?, &padding)?;
    entry("json-none", "Plain text.", &sealed(&padded("It happened again."))?, &no_json)?;
    entry("json-only-spaces", "Padding and nothing else.", &sealed(&padded(""))?, &no_json)?;
    entry("json-nothing", "An age file of nothing.", &sealed(b"")?, &no_json)?;
    entry("json-cut", "The object does not end.", &sealed(&padded(&note[..note.len() - 1]))?, &no_json)?;
    entry("json-array", "An array.", &sealed(&padded("[1]"))?, &no_json)?;
    entry(
        "json-space-before",
        "The object begins at the first byte.",
        &sealed(&padded(&format!(" {note}")))?,
        &no_json,
    )?;
    entry(
        "json-mark-before",
        "No byte order mark.",
        &sealed(&padded(&format!("\u{feff}{note}")))?,
        &no_json,
    )?;
    let mut not_utf8 = padded(&note);
    let place = note.find("finance").ok_or("no text")?;
    not_utf8[place] = 0xff;
    entry("json-not-utf8", "A byte that is not UTF-8.", &sealed(&not_utf8)?, &no_json)?;
    let challenge = seal_challenge(&[7; 32], &to)?;
    entry("entry-is-challenge", "A sign-in challenge in place of an entry.", &challenge, &refused("kind"))?;
    let grant = age(format!("# candor/v1 case {CASE}\n{}\n", *case_key().expose()).as_bytes(), &to)?;
    entry("entry-is-grant", "A grant in place of an entry.", &grant, &no_json)
}
