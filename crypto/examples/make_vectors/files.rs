//! Contents of attachments, and the shape of sealed bytes.

use age::Encryptor;
use candor_crypto::{AttachmentInfo, CaseKey, Reply, seal_content, seal_reply};
use serde_json::{Value, json};
use std::io::Write as _;

use crate::entries::{envelope, sealed_report};
use crate::{CASE, Made, age, base64, case_key, chair, hex, not_mine, padded, refused, stranger, vector};

pub fn make() -> Made {
    contents()?;
    shapes()
}

fn contents() -> Made {
    let to = case_key().public_key();
    let content = b"hello";
    let mut sealed = Vec::new();
    let summary = seal_content(&content[..], &to, &mut sealed)?;
    let mut info = AttachmentInfo::default();
    info.name = "hello.txt".to_owned();
    info.media_type = "text/plain".to_owned();
    info.size = summary.size;
    info.sha256 = summary.sha256_hex();
    let good = json!({
        "sealed": base64(&sealed), "private_key": *case_key().expose(), "info": info,
    });
    let opened = json!({ "answer": "opened", "content": hex(content) });
    let open = |name: &str, what: &str, change: &dyn Fn(&mut Value), expect: &Value| {
        let mut input = good.clone();
        change(&mut input);
        vector(name, what, "open_content", &input, expect)
    };
    open("content", "Five bytes of content, padded with zeros to 4096.", &|_| (), &opened)?;
    open(
        "content-other-key",
        "A key it is not sealed to.",
        &|v| v["private_key"] = json!(*stranger().expose()),
        &not_mine(),
    )?;
    let mismatch = refused("content_mismatch");
    open(
        "content-other-hash",
        "Another content than the one described.",
        &|v| v["info"]["sha256"] = json!("00".repeat(32)),
        &mismatch,
    )?;
    open(
        "content-larger",
        "More was described than is there.",
        &|v| v["info"]["size"] = json!(5000),
        &mismatch,
    )?;
    open(
        "content-smaller",
        "Less was described: what follows is not padding.",
        &|v| v["info"]["size"] = json!(4),
        &refused("padding"),
    )?;
    let cut = &sealed[..sealed.len() - 1];
    open(
        "content-cut",
        "The last byte is missing.",
        &|v| v["sealed"] = json!(base64(cut)),
        &refused("broken"),
    )?;
    let spaces = age(&padded("hello"), &to)?;
    open(
        "content-spaces",
        "Padded with spaces in place of zeros.",
        &|v| v["sealed"] = json!(base64(&spaces)),
        &refused("padding"),
    )?;

    let mut sealed = Vec::new();
    let summary = seal_content(&b""[..], &to, &mut sealed)?;
    info.size = 0;
    info.sha256 = summary.sha256_hex();
    let input = json!({
        "sealed": base64(&sealed), "private_key": *case_key().expose(), "info": info,
    });
    vector(
        "content-empty",
        "An empty file.",
        "open_content",
        &input,
        &json!({ "answer": "opened", "content": "" }),
    )
}

fn shapes() -> Made {
    let report = sealed_report()?;
    let to = case_key().public_key();
    let mut reply = Reply::default();
    reply.text = "Thank you.".to_owned();
    let reply = seal_reply(&envelope(1), &reply, &to, &chair().public_key())?.into_bytes();
    let shape = |name: &str, what: &str, as_type: &str, sealed: &[u8], expect: &Value| {
        let input = json!({ "type": as_type, "sealed": base64(sealed) });
        vector(name, what, "from_stored", &input, expect)
    };
    let good = |keys: usize, length: usize| json!({ "answer": "accepted", "x25519_stanzas": keys, "plaintext_length": length });
    let keys = |found: usize| json!({ "answer": "error", "error": "stanza_count", "found": found });
    shape("shape-report", "A report is sealed to one key.", "report", &report, &good(1, 4096))?;
    shape("shape-entry", "So is any entry but a reply.", "entry", &report, &good(1, 4096))?;
    shape("shape-reply", "A reply is sealed to two keys.", "reply", &reply, &good(2, 4096))?;
    shape("shape-reply-entry", "A reply is an entry.", "entry", &reply, &good(2, 4096))?;
    let grant = CaseKey::generate(CASE).grant(&chair().public_key())?.into_bytes();
    shape("shape-grant", "A grant has one length.", "grant", &grant, &good(1, candor_crypto::GRANT_LENGTH))?;

    shape(
        "shape-report-two-keys",
        "A report that somebody else could read too.",
        "report",
        &reply,
        &keys(2),
    )?;
    shape("shape-reply-one-key", "A reply that the reporter could not read.", "reply", &report, &keys(1))?;
    shape("shape-grant-two-keys", "A grant to two keys.", "grant", &reply, &keys(2))?;
    let to_three = to_many(3)?;
    shape("shape-three-keys", "An entry to three keys.", "entry", &to_three, &keys(3))?;
    let length = refused("length");
    shape(
        "shape-not-padded",
        "Length not hidden: 18 bytes.",
        "report",
        &age(b"{\"candor\":1,\"a\":1}", &to)?,
        &length,
    )?;
    shape(
        "shape-between-buckets",
        "Padded to 4,100 bytes, which is no bucket.",
        "report",
        &age(&[b' '; 4100], &to)?,
        &length,
    )?;
    shape("shape-cut", "The last byte is missing.", "report", &report[..report.len() - 1], &length)?;
    let header_end = candor_crypto::shape(&report)?.header_length;
    shape("shape-header-only", "A header and nothing after it.", "report", &report[..header_end], &length)?;
    let no_age_file = refused("not_age_file");
    shape(
        "shape-cut-header",
        "Cut off inside the header.",
        "report",
        &report[..header_end - 1],
        &no_age_file,
    )?;
    shape("shape-plaintext", "Not sealed at all.", "report", &padded("{\"candor\":1}"), &no_age_file)?;
    shape("shape-empty", "Nothing.", "report", b"", &no_age_file)?;
    let text = String::from_utf8_lossy(&report[..header_end]).into_owned();
    let respelt =
        |from: &str, to: &str| [text.replacen(from, to, 1).as_bytes(), &report[header_end..]].concat();
    shape("shape-version-2", "Another version of age.", "report", &respelt("/v1\n", "/v2\n"), &no_age_file)?;
    shape(
        "shape-carriage-returns",
        "Line ends of another system.",
        "report",
        &respelt("\n", "\r\n"),
        &no_age_file,
    )?;
    shape(
        "shape-no-keys",
        "Grease alone is no key.",
        "report",
        &respelt("X25519 ", "X25519-grease "),
        &no_age_file,
    )?;
    shape(
        "shape-second-argument",
        "An X25519 stanza with an argument too many.",
        "report",
        &respelt("X25519 ", "X25519 more "),
        &no_age_file,
    )?;
    let foreign = refused("foreign_stanza");
    shape(
        "shape-other-tag",
        "A kind of key that is not used here.",
        "report",
        &respelt("X25519 ", "ssh-ed25519 "),
        &foreign,
    )?;
    let mut by_passphrase = age::scrypt::Recipient::new("secret".into());
    by_passphrase.set_work_factor(2);
    let sealed = age::encrypt(&by_passphrase, &padded("{}"))?;
    shape("shape-passphrase", "Sealed with a passphrase.", "report", &sealed, &foreign)
}

fn to_many(count: u8) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let recipients = (0..count)
        .map(|byte| crate::key(byte).public_key().as_str().parse())
        .collect::<Result<Vec<age::x25519::Recipient>, _>>()?;
    let encryptor = Encryptor::with_recipients(recipients.iter().map(|r| r as &dyn age::Recipient))?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(&padded("{}"))?;
    writer.finish()?;
    Ok(sealed)
}
