//! Files: sealed before they are stored, on disk before they are accepted, and gone where they were never claimed.

use candor::store::{ContentName, Holder};
use candor_crypto::open::{Entry, open_content, open_entry, open_grant};
use candor_crypto::{PrivateKey, seal_content};
use candor_tests::sealed_reporter::{post, upload};
use candor_tests::{Program, SealedReporter, Service};
use std::time::{Duration, Instant};

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

/// What lies in object storage, half-written uploads included.
fn stored_files(service: &Service) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(service.data_dir().join("blobs"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_file_that_was_sealed_in_the_browser_reaches_the_chair_whole() {
    let service = Service::start();
    let content: Vec<u8> =
        (0..1_500_000_u32).flat_map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    let mut reporter = SealedReporter::new(&service, "With two files.");
    reporter.attach(&service, "ledger.xlsx", &content);
    reporter.attach(&service, "note.txt", b"");
    assert_eq!(reporter.send(&service).status, 200);
    assert_eq!(reporter.check(&service).expect("an answer").attachment, 3);

    let holder = Holder { recipient_id: "chair".to_owned(), public_key: service.public_key("chair") };
    let case = block(service.store.find_case(&holder, reporter.case)).expect("the case");
    let key = open_grant(&case.grant, service.key("chair"), reporter.case).expect("whole").expect("granted");
    let entries = block(service.store.entries(reporter.case)).expect("entries");
    let entry =
        entries.iter().find(|entry| entry.kind == "attachment" && entry.number == 1).expect("the file");
    let opened = open_entry(entry.sealed.as_bytes(), key.private_key(), reporter.case).expect("whole");
    let Some(Entry::Attachment { info: attachment, .. }) = opened else { panic!("not an attachment") };
    assert_eq!((attachment.name.as_str(), attachment.size), ("ledger.xlsx", 6_000_000));

    let blob = block(service.store.find_content(&holder, reporter.case, ContentName::attachment(1)))
        .expect("a content");
    let sealed = std::fs::read(service.data_dir().join("blobs").join(blob.to_string())).expect("on disk");
    let mut read = Vec::new();
    open_content(sealed.as_slice(), key.private_key(), &attachment, &mut read).expect("whole");
    assert!(read == content);

    let stranger =
        Holder { recipient_id: "compliance".to_owned(), public_key: service.public_key("compliance") };
    assert!(
        block(service.store.find_content(&stranger, reporter.case, ContentName::attachment(1))).is_err(),
        "no grant, no file"
    );
}

#[test]
fn what_is_no_sealed_file_is_refused_and_leaves_nothing_behind() {
    let service = Service::start();
    let key = PrivateKey::generate().public_key();
    let mut good = Vec::new();
    seal_content(vec![7; 70_000].as_slice(), &key, &mut good).expect("sealed");
    for (what, sealed) in [
        ("nothing", Vec::new()),
        ("plain text", b"in clear".repeat(1_000)),
        ("cut short", good[..good.len() - 1].to_vec()),
        ("cut in its header", good[..100].to_vec()),
        ("one byte too many", [good.as_slice(), b"x"].concat()),
        (
            "a header without end",
            [b"age-encryption.org/v1\n".as_slice(), &b"-> X25519 AAAA\n".repeat(10_000)].concat(),
        ),
    ] {
        assert_eq!(upload(&service, &sealed).status, 400, "{what}");
    }
    wait_until("refused uploads are removed", || stored_files(&service).is_empty());
    assert_eq!(upload(&service, &good).status, 200);
    let stored = stored_files(&service);
    assert_eq!(stored.len(), 1);
    // The clock of the test stands at noon.
    for path in [stored[0].as_path(), stored[0].parent().expect("a folder")] {
        let told = std::fs::metadata(path).and_then(|file| file.modified()).expect("a time");
        let seconds = told.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        assert_eq!(seconds, 20_780 * 86_400, "the day and nothing finer");
    }
}

#[test]
fn an_upload_belongs_to_one_report_and_one_that_is_gone_is_asked_for_again() {
    let service = Service::start();
    let mut first = SealedReporter::new(&service, "First.");
    let name = first.attach(&service, "a.txt", b"once");
    assert_eq!(first.send(&service).status, 200);
    assert_eq!(first.send(&service).status, 200, "the same report again is the same report");

    let mut second = SealedReporter::new(&service, "Second.");
    second.attach(&service, "b.txt", b"twice");
    second.json["attachments"][0]["upload"] = name.into();
    let answer = second.send(&service);
    assert_eq!(answer.status, 409);
    assert!(answer.html.contains("\"code\":\"upload\""), "{}", answer.html);

    second.json["attachments"][0]["upload"] = "6f1a5f0e-0f5c-4b0e-9d53-2a1f0d6b8c11".into();
    assert_eq!(second.send(&service).status, 409, "never uploaded");
    second.json["attachments"][0]["upload"] = "../candor.sqlite".into();
    assert_eq!(post(&service, "/report", &second.json).status, 400, "no name at all");
}

#[test]
fn an_upload_that_may_be_swept_away_any_moment_cannot_be_claimed_any_more() {
    let service = Service::start();
    let mut reporter = SealedReporter::new(&service, "Written over a long weekend.");
    reporter.attach(&service, "a.txt", b"old");
    service.clock.pass(2 * 24 * 60 * 60);
    assert_eq!(reporter.send(&service).status, 409, "asked for again, rather than lost after the answer");
}

#[test]
fn a_description_that_no_file_needs_is_refused_and_all_of_a_case_are_bounded_together() {
    let service = Service::start();
    let mut reporter = SealedReporter::new(&service, "Long names.");
    reporter.attach(&service, &"n".repeat(3_000), b"a long name");
    assert_eq!(reporter.send(&service).status, 200);
    let mut reporter = SealedReporter::new(&service, "Longer names.");
    reporter.attach(&service, &"n".repeat(30_000), b"no name");
    assert_eq!(reporter.send(&service).status, 400);
}

#[test]
fn when_a_file_is_fetched_the_disk_does_not_say() {
    use std::os::unix::fs::MetadataExt;
    let service = Service::start();
    let mut reporter = SealedReporter::new(&service, "A file.");
    reporter.attach(&service, "a.txt", b"content");
    let file = stored_files(&service).pop().expect("a file");
    std::fs::read(&file).expect("readable");
    let metadata = file.metadata().expect("metadata");
    assert!(metadata.atime() > metadata.ctime(), "far ahead, so that reading leaves it alone");
    assert_eq!((metadata.atime_nsec(), metadata.mtime() % 86_400), (0, 0));
}

#[test]
fn what_nobody_claims_within_a_day_is_swept_away_and_what_a_report_names_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let service = Service::start();
    let mut reporter = SealedReporter::new(&service, "Claimed.");
    let claimed = reporter.attach(&service, "a.txt", b"kept");
    assert_eq!(reporter.send(&service).status, 200);
    SealedReporter::new(&service, "Never sent.").attach(&service, "b.txt", b"gone");
    assert_eq!(stored_files(&service).len(), 2);
    let blobs = candor::blobs::Blobs::local(&service.data_dir(), std::sync::Arc::new(service.clock.clone()))
        .expect("the same folder");
    assert_eq!(block(candor::jobs::sweep::run_once(&service.store, &blobs, 0)).expect("a sweep"), 0);
    assert_eq!(block(candor::jobs::sweep::run_once(&service.store, &blobs, i64::MAX)).expect("a sweep"), 1);
    let names: Vec<_> =
        stored_files(&service).iter().map(|path| path.file_name().unwrap_or_default().to_owned()).collect();
    assert_eq!(names, [claimed.as_str()]);
    drop(folder);
}

#[test]
fn a_start_on_another_database_touches_no_file_of_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("demo");
    let program = Program::demo(&data, &["--sample"]);
    let blobs = || std::fs::read_dir(data.join("blobs")).expect("the folder").count();
    let before = blobs();
    assert!(before > 0, "samples have files");
    program.kill();
    let output = std::process::Command::new(candor_tests::program::path())
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .env("CANDOR_DATABASE__URL", format!("sqlite:{}", folder.path().join("other.sqlite").display()))
        .output()
        .expect("it runs");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("belong to another database"), "{said}");
    assert_eq!(blobs(), before);
}
