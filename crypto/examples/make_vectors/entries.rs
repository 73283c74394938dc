//! Entries that open.

use candor_crypto::{
    AttachmentInfo, Conclusion, Envelope, Identity, Note, Reply, Report, RetrievalToken,
    seal_attachment_info, seal_identity, seal_message, seal_note, seal_reply, seal_report,
};
use serde_json::{Value, json};

use crate::{CASE, DAY, Made, age, base64, case_key, not_mine, padded, stranger, token, vector};

pub fn envelope(number: u32) -> Envelope {
    Envelope { case: CASE, number, day: DAY.to_owned() }
}

pub fn report() -> Report {
    let mut report = Report::default();
    report.kind = "concern".to_owned();
    report.category = "accounting".to_owned();
    report.narrative = "The same invoice was paid twice.\nIt says \"caf\u{e9}\" \u{1f4a1}.".to_owned();
    report.when = "March".to_owned();
    report.where_ = "Leeds".to_owned();
    report.who_else_knows = "nobody".to_owned();
    report.how_you_know = "I saw both payments".to_owned();
    report.how_many_know = "two or three".to_owned();
    report.concerns = vec!["compliance".to_owned()];
    report.language = "en".to_owned();
    report.sealed_in = "server".to_owned();
    report
}

pub fn sealed_report() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let sealed = seal_report(&envelope(0), &report(), &token().reporter_keys(), &case_key().public_key())?;
    Ok(sealed.into_bytes())
}

fn input(sealed: &[u8]) -> Value {
    json!({ "sealed": base64(sealed), "private_key": *case_key().expose(), "case": CASE })
}

fn opened(kind: &str, number: u32, more: Value, body: Value) -> Value {
    let mut entry = json!({ "candor": 1, "kind": kind, "case": CASE, "number": number, "day": DAY });
    if let (Value::Object(entry), Value::Object(more)) = (&mut entry, more) {
        entry.extend(more);
        entry.insert("body".to_owned(), body);
    }
    json!({ "answer": "opened", "entry": entry })
}

pub fn make() -> Made {
    reports()?;
    by_the_reporter()?;
    by_recipients()
}

fn reports() -> Made {
    let reporter = token().reporter_keys();
    let keys = json!({ "speaker": reporter.speaker, "mailbox": reporter.mailbox });
    let sealed = sealed_report()?;
    vector(
        "report-concern",
        "A report opens with the case key.",
        "open_entry",
        &input(&sealed),
        &opened("report", 0, keys.clone(), json!(report())),
    )?;
    let mut other = input(&sealed);
    other["private_key"] = json!(*stranger().expose());
    vector("report-other-key", "A key it is not sealed to.", "open_entry", &other, &not_mine())?;

    let mut question = Report::default();
    question.kind = "question".to_owned();
    question.category = "question".to_owned();
    question.narrative = "May I accept a gift?".to_owned();
    let sealed = seal_report(&envelope(0), &question, &reporter, &case_key().public_key())?;
    vector(
        "report-question",
        "A question, with nothing but the narrative answered.",
        "open_entry",
        &input(sealed.as_bytes()),
        &opened("report", 0, keys.clone(), json!(question)),
    )?;

    let mut long = Report::default();
    long.kind = "concern".to_owned();
    long.category = "legal".to_owned();
    long.narrative = "0123456789abcdef".repeat(400);
    let sealed = seal_report(&envelope(0), &long, &reporter, &case_key().public_key())?;
    vector(
        "report-long",
        "Longer than the smallest bucket: 6,400 characters are padded to 6,912 bytes.",
        "open_entry",
        &input(sealed.as_bytes()),
        &opened("report", 0, keys.clone(), json!(long)),
    )?;

    let newer = json!({
        "candor": 1, "kind": "report", "case": CASE, "number": 0, "day": DAY,
        "speaker": reporter.speaker, "mailbox": reporter.mailbox, "colour": { "later": ["versions", "may", "add"] },
        "body": { "kind": "concern", "category": "other_policy", "narrative": "Short.", "mood": 3 },
    });
    let mut known = Report::default();
    known.kind = "concern".to_owned();
    known.category = "other_policy".to_owned();
    known.narrative = "Short.".to_owned();
    vector(
        "report-unknown-fields",
        "Fields that are not known are ignored; answers that are missing are empty.",
        "open_entry",
        &input(&age(&padded(&newer.to_string()), &case_key().public_key())?),
        &opened("report", 0, keys.clone(), json!(known)),
    )
}

fn by_the_reporter() -> Made {
    let key = token().signing_key();
    let speaker = key.verifying_key();
    let to = case_key().public_key();
    let said = |name: &str, what: &str, sealed: &[u8], entry: Value, from_reporter: bool| {
        let mut input = input(sealed);
        input["speaker"] = json!(speaker);
        let mut expect = entry;
        expect["from_reporter"] = json!(from_reporter);
        vector(name, what, "open_entry", &input, &expect)
    };

    let mut identity = Identity::default();
    identity.name = "Robin Example".to_owned();
    identity.contact = "robin@example.org".to_owned();
    let sealed = seal_identity(&envelope(0), &identity, &key, &to)?;
    let signature = key.sign_identity(CASE, 0, &identity);
    said(
        "identity",
        "Who a confidential reporter is.",
        sealed.as_bytes(),
        opened("identity", 0, json!({ "signature": signature }), json!(identity)),
        true,
    )?;

    let text = "It happened again.\nThis time on paper.";
    let sealed = seal_message(&envelope(1), text, &key, &to)?;
    let signature = key.sign_message(CASE, 1, text);
    let entry = |signature| opened("message", 1, json!({ "signature": signature }), json!({ "text": text }));
    said("message", "A message of the reporter.", sealed.as_bytes(), entry(signature), true)?;

    let forger = RetrievalToken::from_bytes([9; 16]).signing_key();
    let sealed = seal_message(&envelope(1), text, &forger, &to)?;
    said(
        "message-forged",
        "Well sealed, but signed by somebody else.",
        sealed.as_bytes(),
        entry(forger.sign_message(CASE, 1, text)),
        false,
    )?;

    let moved = json!({ "candor": 1, "kind": "message", "case": CASE, "number": 1, "day": DAY, "signature": key.sign_message(CASE, 7, text), "body": { "text": text } });
    let sealed = age(&padded(&moved.to_string()), &to)?;
    said(
        "message-renumbered",
        "The reporter's message 7, put in again as message 1.",
        &sealed,
        entry(key.sign_message(CASE, 7, text)),
        false,
    )?;

    let mut info = AttachmentInfo::default();
    info.name = "invoice.pdf".to_owned();
    info.media_type = "application/pdf".to_owned();
    info.size = 5;
    info.sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824".to_owned();
    info.cleaned = vec!["author".to_owned(), "dates".to_owned()];
    let sealed = seal_attachment_info(&envelope(2), &info, &key, &to)?;
    let signature = key.sign_attachment(CASE, 2, &info);
    said(
        "attachment-info",
        "What an attachment is.",
        sealed.as_bytes(),
        opened("attachment", 2, json!({ "signature": signature }), json!(info)),
        true,
    )
}

fn by_recipients() -> Made {
    let mut reply = Reply::default();
    reply.recipient = "chair".to_owned();
    reply.title = "Audit Committee chair".to_owned();
    reply.text = "Thank you. Which month was it?".to_owned();
    let mailbox = token().mailbox_key();
    let sealed = seal_reply(&envelope(3), &reply, &case_key().public_key(), &mailbox.public_key())?;
    let expect = opened("reply", 3, json!({}), json!(reply));
    vector(
        "reply-case-key",
        "A reply opens with the case key.",
        "open_entry",
        &input(sealed.as_bytes()),
        &expect,
    )?;
    let mut by_mailbox = input(sealed.as_bytes());
    by_mailbox["private_key"] = json!(*mailbox.expose());
    vector("reply-mailbox-key", "The same way with the mailbox key.", "open_entry", &by_mailbox, &expect)?;
    by_mailbox["private_key"] = json!(*stranger().expose());
    vector("reply-other-key", "And with no other.", "open_entry", &by_mailbox, &not_mine())?;

    let mut info = AttachmentInfo::default();
    info.name = "Statement to sign.pdf".to_owned();
    info.media_type = "application/pdf".to_owned();
    info.size = 5;
    info.sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824".to_owned();
    reply.attachments.push(info);
    let sealed = seal_reply(&envelope(6), &reply, &case_key().public_key(), &mailbox.public_key())?;
    let expect = opened("reply", 6, json!({}), json!(reply));
    vector(
        "reply-with-file",
        "A reply says which files come with it.",
        "open_entry",
        &input(sealed.as_bytes()),
        &expect,
    )?;

    let mut note = Note::default();
    note.recipient = "chair".to_owned();
    note.title = "Audit Committee chair".to_owned();
    note.text = "Ask finance for the ledger.".to_owned();
    let sealed = seal_note(&envelope(4), &note, &case_key().public_key())?;
    vector(
        "note",
        "A note among recipients.",
        "open_entry",
        &input(sealed.as_bytes()),
        &opened("note", 4, json!({}), json!(note)),
    )?;
    for (name, what, assessment) in [
        ("note-assessment", "A note that records a first assessment.", "look_into"),
        ("note-unknown-assessment", "An assessment that is not known is kept as it is.", "of_later_versions"),
    ] {
        note.assessment = assessment.to_owned();
        let sealed = seal_note(&envelope(5), &note, &case_key().public_key())?;
        let expect = opened("note", 5, json!({}), json!(note));
        vector(name, what, "open_entry", &input(sealed.as_bytes()), &expect)?;
    }
    let mut ending = Note::default();
    ending.recipient = "chair".to_owned();
    ending.title = "Audit Committee chair".to_owned();
    ending.text = "The ledger shows it.".to_owned();
    let mut conclusion = Conclusion::default();
    conclusion.status = "concluded".to_owned();
    conclusion.disposition = "substantiated".to_owned();
    conclusion.measures = vec!["books_corrected".to_owned(), "of_later_versions".to_owned()];
    ending.conclusion = Some(conclusion);
    let concluded = seal_note(&envelope(6), &ending, &case_key().public_key())?;
    vector(
        "note-conclusion",
        "A note that says how a case ends. A measure that is not known is kept as it is.",
        "open_entry",
        &input(concluded.as_bytes()),
        &opened("note", 6, json!({}), json!(ending)),
    )?;
    let mut by_mailbox = input(sealed.as_bytes());
    by_mailbox["private_key"] = json!(*mailbox.expose());
    vector(
        "note-mailbox-key",
        "The reporter's mailbox does not open notes.",
        "open_entry",
        &by_mailbox,
        &not_mine(),
    )
}
