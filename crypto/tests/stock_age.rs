//! Debian's `age` opens what this crate seals, and the other way round.
#![allow(clippy::assigning_clones, reason = "types that wipe themselves are filled field by field")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use candor_crypto::open::{Entry, open_entry, read_keyfile};
use candor_crypto::{
    CaseKey, Envelope, PrivateKey, Reply, Report, RetrievalToken, keyfile, seal_reply, seal_report,
};
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

const CASE: Uuid = Uuid::from_u128(0x6f1a_5f0e_0f5c_4b0e_9d53_2a1f_0d6b_8c11);
const MISSING: &str = "the `age` command is needed: apt-get install age";

fn envelope(number: u32) -> Envelope {
    Envelope { case: CASE, number, day: "2026-11-23".to_owned() }
}

/// `age -d -i <key> <file>`: what comes out, or `None` if age refuses.
fn age_decrypt(key: &Path, file: &Path) -> Option<Vec<u8>> {
    let output = Command::new("age").args(["-d", "-i"]).args([key, file]).output().expect(MISSING);
    output.status.success().then_some(output.stdout)
}

#[test]
fn two_commands_open_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let [chair, stranger] = [(); 2].map(|()| PrivateKey::generate());
    fs::write(path("chair.key"), keyfile::plain(&chair, "2026-11-23").as_bytes()).unwrap();
    fs::write(path("stranger.key"), keyfile::plain(&stranger, "").as_bytes()).unwrap();

    let token = RetrievalToken::from_bytes([7; 16]);
    let case_key = CaseKey::generate(CASE);
    let mut report = Report::default();
    report.kind = "concern".to_owned();
    report.narrative = "Two invoices, \"caf\u{e9}\" \u{1f4a1}.".to_owned();
    let reporter = token.reporter_keys();
    let sealed = seal_report(&envelope(0), &report, &reporter, &case_key.public_key()).unwrap();
    fs::write(path("grant.age"), case_key.grant(&chair.public_key()).unwrap().as_bytes()).unwrap();
    fs::write(path("report.age"), sealed.as_bytes()).unwrap();

    // age -d -i chair.key grant.age > case.key && age -d -i case.key report.age
    let case_file = age_decrypt(&path("chair.key"), &path("grant.age")).unwrap();
    fs::write(path("case.key"), case_file).unwrap();
    let plaintext = age_decrypt(&path("case.key"), &path("report.age")).unwrap();
    assert_eq!(plaintext.len(), 4096);
    let json: Value = serde_json::from_slice(&plaintext).unwrap();
    assert_eq!(json["candor"], 1);
    assert_eq!(json["kind"], "report");
    assert_eq!(json["case"], json!(CASE));
    assert_eq!(json["day"], "2026-11-23");
    assert_eq!(json["speaker"], json!(reporter.speaker));
    assert_eq!(json["mailbox"], json!(reporter.mailbox));
    assert_eq!(json["body"], json!(report));

    assert_eq!(age_decrypt(&path("stranger.key"), &path("grant.age")), None);
    assert_eq!(age_decrypt(&path("chair.key"), &path("report.age")), None);
}

#[test]
fn both_keys_of_a_reply_open_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let case_key = PrivateKey::generate();
    let mailbox = RetrievalToken::from_bytes([7; 16]).mailbox_key();
    let reply = Reply {
        recipient: "chair".to_owned(),
        title: "Chair".to_owned(),
        text: "Which month?".to_owned(),
        attachments: Vec::new(),
    };
    let sealed = seal_reply(&envelope(1), &reply, &case_key.public_key(), &mailbox.public_key());
    fs::write(path("reply.age"), sealed.unwrap().as_bytes()).unwrap();
    for key in [&case_key, &mailbox] {
        fs::write(path("key"), keyfile::plain(key, "2026-11-23").as_bytes()).unwrap();
        let plaintext = age_decrypt(&path("key"), &path("reply.age")).unwrap();
        let json: Value = serde_json::from_slice(&plaintext).unwrap();
        assert_eq!(json["body"], json!(reply));
    }
}

#[test]
fn what_age_seals_is_opened() {
    let key = PrivateKey::generate();
    let text = json!({
        "candor": 1, "kind": "note", "case": CASE, "number": 1, "day": "2026-11-23",
        "body": { "recipient": "chair", "title": "Chair", "text": "By hand." },
    })
    .to_string();
    let public = key.public_key();
    let mut age = Command::new("age")
        .args(["-r", public.as_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect(MISSING);
    let mut stdin = age.stdin.take().unwrap();
    stdin.write_all(text.as_bytes()).unwrap();
    drop(stdin);
    let sealed = age.wait_with_output().unwrap().stdout;
    let Some(Entry::Note { note, .. }) = open_entry(&sealed, &key, CASE).unwrap() else {
        panic!("not a note");
    };
    assert_eq!(note.text, "By hand.");
}

/// age reads a passphrase from a terminal only; `script` gives it one.
fn on_a_terminal(command: &str, typed: &str, folder: &Path) -> bool {
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--command", command, "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the `script` command is needed: apt-get install bsdutils");
    // age empties the terminal's input when it asks, so the answer must not come too early.
    let mut stdin = script.stdin.take().unwrap();
    for line in typed.split_inclusive('\n') {
        std::thread::sleep(std::time::Duration::from_millis(700));
        stdin.write_all(line.as_bytes()).unwrap();
    }
    script.wait().unwrap().success()
}

#[test]
fn age_opens_a_protected_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let key = PrivateKey::generate();
    let protected = keyfile::protect(&key, "correct horse", Some(8));
    fs::write(path("chair.key"), &protected).unwrap();
    let grant = CaseKey::generate(CASE).grant(&key.public_key()).unwrap();
    fs::write(path("grant.age"), grant.as_bytes()).unwrap();
    let opened = on_a_terminal("age -d -i chair.key -o case.key grant.age", "correct horse\n", folder.path());
    assert!(opened, "age does not open a grant with a protected key file");
    let case_file = fs::read(path("case.key")).unwrap();
    assert!(read_keyfile(&case_file, || None).is_ok());
}

#[test]
fn a_key_file_that_age_protected_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let key = PrivateKey::generate();
    fs::write(folder.path().join("plain.key"), keyfile::plain(&key, "").as_bytes()).unwrap();
    let made =
        on_a_terminal("age -p -a -o chair.key plain.key", "correct horse\ncorrect horse\n", folder.path());
    assert!(made, "age does not protect a key file");
    let file = fs::read(folder.path().join("chair.key")).unwrap();
    let read = read_keyfile(&file, || Some(Zeroizing::new("correct horse".to_owned()))).unwrap();
    assert_eq!(read.public_key(), key.public_key());
}
