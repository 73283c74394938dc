//! What scripts and recipients rely on: the built program's commands against a running service, and Debian's own `age`
//! against what it exports.

use candor_crypto::RetrievalToken;
use candor_tests::desk::{Desk, age_decrypt, succeed, text};
use candor_tests::{Program, Reporter, program};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[test]
fn the_chair_works_a_case_from_the_command_line_and_stock_age_opens_its_export() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    let words = reporter
        .submit(&[
            ("category", "disclosure"),
            ("narrative", "The figures were changed.\nBidi \u{202e}trick, \u{1b}[31mred."),
        ])
        .words();
    let listed = desk.list("chair");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["report"]["category"], "disclosure");
    assert_eq!(listed[0]["opened"], false);
    // A long report is there whole too, and listing it is not opening it.
    let long = "A very long story. ".repeat(5_000);
    reporter.submit(&[("narrative", &long)]).words();
    let both = desk.list("chair");
    let listed_long =
        both.iter().find(|case| case["report"]["narrative"] == long.as_str()).expect("the long report");
    assert_eq!(listed_long["opened"], false);
    let id = listed[0]["id"].as_str().expect("an id").to_owned();

    let shown = desk.case_text("chair", &["show", &id[..8]]);
    assert!(shown.contains("The figures were changed."), "{shown}");
    assert!(
        !shown.contains('\u{1b}') && !shown.contains('\u{202e}'),
        "control characters of a report reach the terminal"
    );

    desk.case_text("chair", &["status", &id, "acknowledged"]);
    desk.case_text("chair", &["note", &id, "--text", "Ask the controller."]);
    desk.case_text("chair", &["reply", &id, "--text", "Which figures?"]);
    let status = reporter.check(&words);
    assert!(status.text().contains("Which figures?"), "{}", status.text());
    assert!(!status.text().contains("controller"), "a note must never reach the reporter");
    assert_eq!(reporter.add_message(&status, &words, "Those of the north.").status, 200);
    let shown = desk.case_text("chair", &["show", &id]);
    assert!(shown.contains("Those of the north.") && shown.contains("Ask the controller."), "{shown}");

    let refused = desk.case("chair", &["status", &id, "concluded", "--measure", "warned", "--text", "So."]);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("assessing"),
        "a refusal names what is allowed"
    );

    let export = desk.folder.path().join("export");
    desk.case_text("chair", &["export", &id, "--output", text(&export)]);
    let case_key = desk.folder.path().join("case.key");
    std::fs::write(&case_key, age_decrypt(Path::new(&desk.key("chair")), &export.join("grant.age")))
        .expect("written");
    for (file, word) in [
        ("report.age", "The figures were changed."),
        ("message-1.age", "Those of the north."),
        ("reply-1.age", "Which figures?"),
        ("note-1.age", "Ask the controller."),
    ] {
        let json: Value =
            serde_json::from_slice(&age_decrypt(&case_key, &export.join(file))).expect("valid JSON");
        assert_eq!(json["case"], id.as_str());
        assert!(json["body"].to_string().contains(word), "{file}: {json}");
    }
    let decrypted = succeed(&["decrypt", "--identity", &desk.key("chair"), text(&export)]);
    assert!(decrypted.contains("The figures were changed."), "{decrypted}");
}

#[test]
fn a_reply_is_sealed_to_the_mailbox_that_the_report_names_or_not_at_all() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    let words = reporter.submit(&[("narrative", "Paid twice.")]).words();
    let id = desk.list("chair")[0]["id"].as_str().expect("an id").to_owned();
    desk.case_text("chair", &["reply", &id, "--text", "Which month was it?"]);
    let nothing_sent = |because: &str| {
        let refused = desk.case("chair", &["reply", &id, "--text", "Who else knows?"]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{said}");
        assert!(said.contains("Nothing was sent") && said.contains(because), "{said}");
        assert!(said.contains("tell the committee") || said.contains("Tell the committee"), "{said}");
        assert_eq!(desk.sql("SELECT count(*) FROM entries WHERE kind = 'reply'"), "1");
    };

    let kept = desk.sql("SELECT mailbox_public_key FROM cases");
    let other = RetrievalToken::from_bytes([7; 16]).mailbox_key().public_key();
    desk.sql(&format!("UPDATE cases SET mailbox_public_key = '{other}'"));
    nothing_sent("names another mailbox");
    let shown = desk.case("chair", &["show", &id]);
    assert!(shown.status.success(), "the case can still be read");
    assert!(String::from_utf8_lossy(&shown.stderr).contains("warning: the service names another mailbox"));

    // Somebody else's report in the place of this one.
    desk.sql(&format!("UPDATE cases SET mailbox_public_key = '{kept}'"));
    reporter.submit(&[("narrative", "Another.")]).words();
    desk.sql(&format!(
        "UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE kind = 'report' AND case_id <> '{id}') \
         WHERE kind = 'report' AND case_id = '{id}'"
    ));
    nothing_sent("cannot be opened");
    assert!(!reporter.check(&words).text().contains("Who else knows?"));
}

#[test]
fn whether_a_name_was_given_is_shown_after_a_first_assessment() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter.submit(&[("narrative", "Paid twice.")]).words();
    let id = desk.list("chair")[0]["id"].as_str().expect("an id").to_owned();
    let anonymous = "reporter is      anonymous";
    desk.case_text("chair", &["note", &id, "--text", "Seen."]);
    let shown = desk.case_text("chair", &["show", &id]);
    assert!(!shown.contains(anonymous) && shown.contains("before a first assessment"), "{shown}");
    let revealed = desk.case_text("chair", &["show", &id, "--reveal-identity"]);
    assert!(revealed.contains(anonymous), "{revealed}");

    let unknown = desk.case("chair", &["note", &id, "--assessment", "trust_it", "--text", "Seen."]);
    assert_eq!(unknown.status.code(), Some(2), "{}", String::from_utf8_lossy(&unknown.stderr));
    desk.case_text("chair", &["note", &id, "--assessment", "ask_first", "--text", "Which invoices?"]);
    let shown = desk.case_text("chair", &["show", &id]);
    assert!(shown.contains(anonymous) && shown.contains("more facts are needed first"), "{shown}");
    let export = desk.folder.path().join("export");
    desk.case_text("chair", &["export", &id, "--output", text(&export)]);
    let decrypted = succeed(&["decrypt", "--identity", &desk.key("chair"), text(&export)]);
    assert!(
        decrypted.contains(anonymous) && decrypted.contains("more facts are needed first"),
        "{decrypted}"
    );
}

#[test]
fn the_excluded_chairs_command_line_shows_nothing_and_says_nothing() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter.submit(&[("concerns", "chair"), ("narrative", "It is about the chair.")]).words();
    assert!(desk.list("chair").is_empty());
    let alternate = desk.list("alternate");
    let id = alternate[0]["id"].as_str().expect("an id").to_owned();
    let export = desk.folder.path().join("export");
    desk.case_text("alternate", &["export", &id, "--output", text(&export)]);
    let refused = program::run(&["decrypt", "--identity", &desk.key("chair"), text(&export)]);
    assert!(!refused.status.success());
    assert!(!String::from_utf8_lossy(&refused.stdout).contains("about the chair"));
    let stock = Command::new("age")
        .args(["-d", "-i", &desk.key("chair"), text(&export.join("grant.age"))])
        .output()
        .expect("Debian's age is installed (apt-get install age)");
    assert!(!stock.status.success(), "the chair's key opened a grant of a report about the chair");
    let there = desk.case("chair", &["show", &id]);
    let nowhere = desk.case("chair", &["show", "00000000-0000-4000-8000-000000000000"]);
    assert_eq!(there.status.code(), nowhere.status.code());
}

#[test]
fn a_made_key_signs_in_nowhere_it_was_not_registered_and_is_never_overwritten() {
    let desk = Desk::open();
    let key = desk.folder.path().join("stranger.key");
    let public_key = succeed(&["keygen", "--plain", "--output", text(&key)]);
    assert!(public_key.trim().starts_with("age1"));
    let again = program::run(&["keygen", "--plain", "--output", text(&key)]);
    assert!(!again.status.success(), "an existing key file must not be overwritten");
    let refused =
        program::run(&["case", "list", "--json", "--server", &desk.program.url, "--identity", text(&key)]);
    assert_eq!(refused.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("does not know this key"));
    let gone =
        program::run(&["case", "list", "--server", "http://127.0.0.1:9", "--identity", &desk.key("chair")]);
    assert_eq!(gone.status.code(), Some(5));
}

#[test]
fn init_writes_a_configuration_that_serves() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("candor.toml");
    let key = folder.path().join("chair.key");
    let public_key = succeed(&["keygen", "--plain", "--output", text(&key)]);
    let recipient = format!(
        "id=chair,kind=committee,title=Audit Committee chair,email=chair@example.com,key={}",
        public_key.trim()
    );
    let data = folder.path().join("data");
    succeed(&[
        "init",
        "--output",
        text(&file),
        "--organisation",
        "Example Corporation",
        "--time-zone",
        "Europe/Berlin",
        "--public-url",
        "https://speak.example.com",
        "--listen",
        "127.0.0.1:0",
        "--data-dir",
        text(&data),
        "--mail-from",
        "reports@example.com",
        "--smtp-host",
        "",
        "--recipient",
        &recipient,
    ]);
    succeed(&["config", "check", "--config", text(&file)]);
    assert!(
        succeed(&["config", "default"]).contains("largest_file_mib = "),
        "every setting can be looked up"
    );
    let service = Program::serve(&file);
    let page = Reporter::at(&service.url).get("/");
    assert_eq!(page.status, 200);
    assert!(
        page.header("strict-transport-security").is_some(),
        "a service under https tells browsers to insist on it"
    );
    succeed(&["healthcheck", "--url", &service.url]);

    let twice = program::run(&["init", "--output", text(&file)]);
    assert!(!twice.status.success(), "an existing configuration must not be overwritten");
    let broken = std::fs::read_to_string(&file).expect("text").replace("listen", "lisen");
    std::fs::write(&file, broken).expect("written");
    let refused = program::run(&["serve", "--config", text(&file)]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("lisen"), "the unknown key is named");
}

#[test]
fn a_second_start_of_the_demonstration_finds_its_data_and_samples_come_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let key = data.join("keys/chair.key");
    let count = |program: &Program| {
        let listed = succeed(&["case", "list", "--json", "--server", &program.url, "--identity", text(&key)]);
        serde_json::from_str::<Vec<Value>>(&listed).expect("JSON").len()
    };
    let program = Program::demo(&data, &["--sample"]);
    let first = count(&program);
    assert!(first >= 10);
    program.kill();
    let program = Program::demo(&data, &["--sample"]);
    assert_eq!(count(&program), first);
}
