//! Files both ways, with the built program: what a reporter sends reaches the chair's folder, what the chair sends with a
//! reply reaches the reporter, with scripts and without, byte for byte.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_crypto::open::{Entry, open_answer, open_content, open_entry};
use candor_crypto::{PrivateKey, RetrievalToken, seal_content};
use candor_tests::Reporter;
use candor_tests::desk::{Desk, age_decrypt, text};
use serde_json::json;
use std::path::Path;

/// Bytes that look like no text, longer than several pieces of a sealed file.
fn content(length: u32) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

struct Sent {
    desk: Desk,
    reporter: Reporter,
    words: String,
    id: String,
    film: Vec<u8>,
}

/// A report with a file, answered by a reply with two.
fn sent() -> Sent {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    let form = reporter.get("/report").input("form").expect("a form value");
    let film = content(300_001);
    let fields = [("form", form.as_str()), ("narrative", "It is on film.")];
    // Without `clean`, nothing is looked into and nothing has to be looked at.
    let words = reporter.post_with_files("/report", &fields, &[("film.bin", &film)]);
    let words = if words.status == 200 && words.input("words").is_some() {
        words.words()
    } else {
        let kept = words.input("kept").expect("the form comes back with its file");
        let again = [fields[0], fields[1], ("kept", kept.as_str()), ("keep", "1")];
        reporter.post_with_files("/report", &again, &[]).words()
    };
    let id = desk.list("chair")[0]["id"].as_str().expect("an id").to_owned();
    let folder = desk.folder.path();
    std::fs::write(folder.join("Statement to sign.pdf"), content(1_234_567)).expect("written");
    std::fs::write(folder.join("nothing.txt"), "").expect("written");
    let answer = desk.case_text(
        "chair",
        &[
            "reply",
            &id,
            "--text",
            "Please read this.",
            "--attach",
            text(&folder.join("Statement to sign.pdf")),
            "--attach",
            text(&folder.join("nothing.txt")),
        ],
    );
    assert!(answer.contains("Reply 1"), "{answer}");
    Sent { desk, reporter, words, id, film }
}

#[test]
fn without_scripts_the_words_alone_save_what_came_with_a_reply() {
    let Sent { desk, reporter, words, .. } = sent();
    let page = reporter.check(&words);
    let shown = page.text();
    assert!(shown.contains("Statement to sign.pdf 1.1 MB") && shown.contains("nothing.txt 0"), "{shown}");
    let save = |reply, part| {
        reporter.post("/check/file", &[("words", words.as_str()), ("reply", reply), ("part", part)])
    };
    let file = save("1", "1");
    assert_eq!(file.status, 200, "{}", file.text());
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename*=UTF-8''Statement%20to%20sign.pdf")
    );
    assert_eq!(file.header("content-type"), Some("application/octet-stream"));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    assert!(file.bytes == content(1_234_567));
    assert_eq!((save("1", "2").status, save("1", "2").bytes.len()), (200, 0));
    for (reply, part) in [("1", "3"), ("1", "0"), ("2", "1")] {
        assert_eq!(save(reply, part).status, 404, "{reply}/{part}");
    }
    assert_eq!(save("x", "1").status, 400);
    let stranger = RetrievalToken::from_bytes([9; 16]).phrase();
    let stranger = [("words", stranger.as_str()), ("reply", "1"), ("part", "1")];
    let refused = reporter.post("/check/file", &stranger);
    assert!(refused.status != 200 && !refused.html.contains("Statement"), "{}", refused.status);

    // A byte of the content changed on the disk: the browser sees a broken download, never a whole one.
    let blob = desk.sql("SELECT blob FROM contents WHERE kind = 'reply' AND part = 1");
    let path = desk.folder.path().join("data/blobs").join(blob);
    let mut sealed = std::fs::read(&path).expect("on disk");
    sealed[700_000] ^= 1;
    std::fs::write(&path, sealed).expect("written");
    assert!(save("1", "1").bytes.len() < 1_234_567);
}

#[test]
fn our_script_gets_the_file_sealed_and_opens_it_with_the_mailbox_key() {
    let Sent { desk, reporter, words, .. } = sent();
    let token = RetrievalToken::parse(&words).expect("words");
    let access_key = STANDARD.encode(token.access_key().as_bytes());
    let post = |path, json: serde_json::Value| {
        reporter.post_raw(path, "application/json", json.to_string().as_bytes())
    };
    let page = post("/check", json!({ "access_key": access_key }));
    let answer = open_answer(&page.bytes, &token.mailbox_key()).expect("whole").expect("ours");
    let places = answer.page.matches("action=\"/check/file\"").count();
    assert!(places == 2 && !answer.page.contains("Statement"), "a place for each file, and no name");
    let reply = STANDARD.decode(&answer.replies[0]).expect("base64");
    let Ok(Some(Entry::Reply { reply, .. })) = open_entry(&reply, &token.mailbox_key(), answer.case) else {
        panic!("not a reply")
    };
    let sealed = post("/check/file", json!({ "access_key": access_key, "reply": 1, "part": 1 }));
    assert!(sealed.bytes.starts_with(b"age-encryption.org/v1\n"));
    let mut opened = Vec::new();
    let info = &reply.attachments[0];
    open_content(sealed.bytes.as_slice(), &token.mailbox_key(), info, &mut opened).expect("whole");
    assert!(info.name == "Statement to sign.pdf" && opened == content(1_234_567));
    let none = post("/check/file", json!({ "access_key": access_key, "reply": 1, "part": 3 }));
    assert!(none.status == 404 && none.html.contains("cannot be opened"), "{}", none.html);
    drop(desk);
}

#[test]
fn an_export_holds_the_files_of_both_sides_sealed_and_decrypt_saves_them_whole() {
    let Sent { desk, id, film, .. } = sent();
    let export = desk.folder.path().join("export");
    desk.case_text("chair", &["export", &id, "--output", text(&export)]);
    let case_key = desk.folder.path().join("case.key");
    std::fs::write(&case_key, age_decrypt(Path::new(&desk.key("chair")), &export.join("grant.age")))
        .expect("written");
    let padded = age_decrypt(&case_key, &export.join("content-1.age"));
    let (whole, zeros) = padded.split_at(film.len());
    assert!(whole == film && zeros.iter().all(|byte| *byte == 0), "stock age opens it, zeros follow");

    let files = desk.folder.path().join("opened");
    let arguments = ["decrypt", "--identity", &desk.key("chair"), "--files", text(&files), text(&export)];
    let decrypted = candor_tests::desk::succeed(&arguments);
    assert!(decrypted.contains("film.bin") && decrypted.contains("Statement to sign.pdf"), "{decrypted}");
    for (name, expected) in [
        ("reporter/film.bin", film),
        ("replies/Statement to sign.pdf", content(1_234_567)),
        ("replies/nothing.txt", Vec::new()),
    ] {
        assert!(std::fs::read(files.join(name)).expect("saved") == expected, "{name}");
    }

    // Swapped contents are noticed, and nothing of them is saved.
    std::fs::copy(export.join("reply-1-content-1.age"), export.join("content-1.age")).expect("swapped");
    let again = desk.folder.path().join("again");
    let output = candor_tests::program::run(&[
        "decrypt",
        "--identity",
        &desk.key("chair"),
        "--files",
        text(&again),
        text(&export),
    ]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("content-1.age"));
    assert!(!again.join("reporter/film.bin").exists() && again.join("replies/nothing.txt").exists());
}

#[test]
fn a_case_says_whose_each_file_is_and_what_it_came_with() {
    let Sent { desk, reporter, words, id, .. } = sent();
    let fields = [("words", words.as_str()), ("number", "1"), ("message", "And a list."), ("clean", "yes")];
    let added = reporter.post_with_files("/check/message", &fields, &[("list.csv", b"a,b")]);
    assert!(added.text().contains("Your message"), "{}", added.text());
    let shown = desk.case_text("chair", &["show", &id]);
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    let at = |line: &str| {
        lines
            .iter()
            .position(|found| found.split_once("  ").map_or(*found, |(_, rest)| rest).starts_with(line))
            .unwrap_or_else(|| panic!("{line}: {shown}"))
    };
    let film = at("File 1 of the reporter, from the same reporter");
    assert_eq!((lines[film + 1], lines[film + 5]), ("| film.bin", "came with        the report"), "{shown}");
    assert_eq!(lines[film + 4], "removed from it  nothing: look for hidden data before you pass it on");
    let statement = lines.iter().position(|line| *line == "File 1 of this reply").expect("a heading");
    assert!(at("Reply 1 to the reporter") < statement, "{shown}");
    assert_eq!(lines[statement + 1], "| Statement to sign.pdf");
    let (message, list) = (at("Message 1"), at("File 2 of the reporter"));
    assert!(message < list, "a file stands after the message that it came with: {shown}");
    assert!(lines[list + 4].ends_with("no hidden data was found"), "{shown}");
    assert_eq!((lines[list + 1], lines[list + 5]), ("| list.csv", "came with        message 1"), "{shown}");
}

#[test]
fn what_cannot_go_with_a_reply_is_said_before_anything_is_sent() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter.submit(&[("narrative", "Paid twice.")]).words();
    let id = desk.list("chair")[0]["id"].as_str().expect("an id").to_owned();
    let in_folder = |name| desk.folder.path().join(name);
    let [folder, small, large] = ["statements", "small.txt", "large.bin"].map(in_folder);
    std::fs::create_dir(&folder).expect("made");
    std::fs::write(&small, "small").expect("written");
    // A hole: a byte more than is taken, and nothing on the disk.
    let length = 250 * 1024 * 1024 + 1;
    std::fs::File::create(&large).and_then(|file| file.set_len(length)).expect("made");
    let refused = |files: &[&Path], code: i32, because: &[&str]| {
        let mut arguments = vec!["reply", &id, "--text", "Please read this."];
        arguments.extend(files.iter().flat_map(|file| ["--attach", text(file)]));
        let output = desk.case("chair", &arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(!said.contains("Sealing and sending"), "{said}");
        for word in because {
            assert!(said.contains(word), "{word}: {said}");
        }
    };
    refused(&[&small, &folder], 3, &["statements is a folder"]);
    refused(&[&small, &in_folder("none.txt")], 3, &["none.txt cannot be read"]);
    refused(&[small.as_path(); 21], 1, &["20 files go with a reply at most", "21"]);
    refused(&[&small, &large], 1, &["large.bin is too large", "250 MiB"]);
    assert_eq!(std::fs::read_dir(desk.folder.path().join("data/blobs")).expect("a folder").count(), 0);
}

#[test]
fn nobody_leaves_files_for_replies_without_signing_in() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    let mut sealed = Vec::new();
    seal_content(&b"from nobody"[..], &PrivateKey::generate().public_key(), &mut sealed).expect("sealed");
    let refused = reporter.post_raw("/api/v1/uploads", "application/octet-stream", &sealed);
    assert_eq!(refused.status, 401, "nobody is signed in");
    assert_eq!(std::fs::read_dir(desk.folder.path().join("data/blobs")).expect("a folder").count(), 0);
}
