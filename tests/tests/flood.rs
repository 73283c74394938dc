//! A flood uses up neither memory nor disk nor patience for everybody, and nobody is counted by name: the service tells
//! connections apart by address for an hour, and here 127.0.0.1 and 127.0.0.2 stand for two of them.

use candor_tests::service::Setup;
use candor_tests::wire::{OTHER, USUAL, Wire};
use candor_tests::{Page, Program, Reporter, SealedReporter, Service};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

fn service_with(limits: &str) -> Service {
    let usual = Setup::default();
    Service::start_with(Setup { settings: format!("{}[limits]\n{limits}\n", usual.settings), ..usual })
}

#[test]
fn a_flood_from_one_address_does_not_stop_a_reporter_from_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    let (over, flooded) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let flood: Vec<_> = (0..200)
        .map(|_| {
            let (url, over, flooded) = (program.url.clone(), over.clone(), flooded.clone());
            std::thread::spawn(move || {
                let mut wire = Wire::open(&url, USUAL).expect("a connection");
                while !over.load(Ordering::Relaxed) {
                    let answer = wire.form("/report", "narrative=Flood.").expect("an answer");
                    assert!(matches!(answer.status, 200 | 503), "{}", answer.head);
                    flooded.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    while flooded.load(Ordering::Relaxed) < 400 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut wire = Wire::open(&program.url, OTHER).expect("a connection");
    let mut slowest = Duration::ZERO;
    for number in 0..20 {
        let begun = Instant::now();
        let answer = wire.form("/report", &format!("narrative=Report+{number}.")).expect("an answer");
        assert_eq!(answer.status, 200, "report {number}");
        slowest = slowest.max(begun.elapsed());
    }
    over.store(true, Ordering::Relaxed);
    for sender in flood {
        sender.join().expect("every request of the flood was answered, too");
    }
    println!(
        "{} requests of the flood; the slowest report took {slowest:?}",
        flooded.load(Ordering::Relaxed)
    );
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
}

fn refused_with_its_text(page: &Page, text: &str) {
    assert_eq!(page.status, 503);
    assert!(page.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()));
    assert!(page.html.contains(text), "the text is gone");
    assert!(page.input("words").is_none() || page.input("number").is_some(), "words for what was not stored");
    let shown = page.text();
    assert!(
        shown.contains("Nothing was stored") && shown.contains("a few minutes"),
        "not the notice that was meant"
    );
}

#[test]
fn where_the_database_has_grown_to_its_limit_reports_keep_their_text_and_all_else_goes_on() {
    let service = service_with("database_mib = 2");
    let reporter = Reporter::at(&service.url);
    let text = format!("A flood of text. {}", "It goes on. ".repeat(1_000));
    let mut words = Vec::new();
    let refused = loop {
        let page = reporter.submit(&[("narrative", &text), ("where", "On the second floor.")]);
        if page.status != 200 {
            break page;
        }
        words.push(page.words());
        assert!(words.len() < 1_000, "the limit never held");
    };
    refused_with_its_text(&refused, "A flood of text. It goes on.");
    assert!(refused.html.contains("On the second floor."));
    let form = refused.input("form").expect("the form can be sent again");

    // Somebody who has sent nothing yet still finds room.
    let mut wire = Wire::open(&service.url, OTHER).expect("a connection");
    assert_eq!(wire.form("/report", "narrative=The+first+of+mine.").expect("an answer").status, 200);

    // What belongs to reports there are goes on, for the flooding address, too.
    for words in [&words[0], words.last().expect("some")] {
        let status = reporter.check(words);
        assert_eq!(status.status, 200);
        assert_eq!(reporter.add_message(&status, words, "Further to what I wrote.").status, 200);
    }
    assert_eq!(reporter.get("/").status, 200);

    // The same form again, and by and by the last of the room goes, too.
    refused_with_its_text(&reporter.post("/report", &[("form", &form), ("narrative", "Again.")]), "Again.");
    let long = format!("narrative={}", "x".repeat(90_000));
    let last =
        (0..100).map(|_| wire.form("/report", &long).expect("an answer")).find(|answer| answer.status != 200);
    assert_eq!(last.expect("the limit is a limit for all").status, 503);
}

#[test]
fn where_messages_have_no_room_either_they_keep_their_text() {
    let service = service_with("database_mib = 2");
    let reporter = Reporter::at(&service.url);
    let words = reporter.submit(&[("narrative", "A report.")]).words();
    let text = format!("More. {}", "And more. ".repeat(8_000));
    let refused = loop {
        let status = reporter.check(&words);
        assert_eq!(status.status, 200);
        let page = reporter.add_message(&status, &words, &text);
        if page.status != 200 {
            break page;
        }
    };
    refused_with_its_text(&refused, "More. And more.");
    assert_eq!(reporter.check(&words).status, 200);
}

#[test]
fn behind_one_address_whoever_does_some_work_has_a_turn_of_their_own() {
    let service = service_with("reports_per_minute = 20\nwork_bits = 8");
    let flooded =
        (0..40).filter(|_| SealedReporter::new(&service, "Flood.").send(&service).status == 200).count();
    assert!((10..20).contains(&flooded), "{flooded} of 20: the last are shared out");

    let mut reporter = SealedReporter::new(&service, "In the middle of it.");
    let refused = reporter.send(&service);
    assert_eq!(refused.status, 503);
    let answer: serde_json::Value = serde_json::from_str(&refused.html).expect("JSON");
    let challenge = answer["work"]["challenge"].as_str().expect("work is offered");
    let challenge: Vec<u8> = (0..32)
        .step_by(2)
        .map(|at| u8::from_str_radix(&challenge[at..at + 2], 16).expect("hexadecimal"))
        .collect();
    let access_hash = reporter.token.access_key().hash();
    let fits = |nonce: &u32| {
        let hash = Sha256::new().chain_update(&challenge).chain_update(access_hash.as_bytes());
        hash.chain_update(nonce.to_le_bytes()).finalize()[0] == 0
    };
    let nonce = (0..1 << 20).find(fits).expect("one in 256 does");
    let wrong = (0..1 << 20).find(|nonce| !fits(nonce)).expect("most do not");

    reporter.json["work"] = wrong.into();
    assert_eq!(reporter.send(&service).status, 503, "no work");
    reporter.json["work"] = nonce.into();
    assert_eq!(reporter.send(&service).status, 200);
    let mut other = SealedReporter::new(&service, "With somebody else's work.");
    other.json["work"] = nonce.into();
    assert_eq!(other.send(&service).status, 503);

    // Without scripts nobody is asked for any.
    let page = Reporter::at(&service.url).submit(&[("narrative", "Typed in.")]);
    refused_with_its_text(&page, "Typed in.");
    assert!(!page.html.contains("\"challenge\""));
}

#[test]
fn challenges_run_out_for_the_one_who_asks_for_all_of_them_and_not_for_a_recipient() {
    let service = service_with("sign_ins_per_minute = 50");
    let body = format!("{{\"public_key\":\"{}\"}}", service.public_key("chair").as_str());
    let mut flood = Wire::open(&service.url, USUAL).expect("a connection");
    let refused = (0..60)
        .map(|_| flood.json("/api/v1/challenges", &body).expect("an answer"))
        .find(|answer| answer.status != 200)
        .expect("the limit holds");
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert_eq!(refused.header("retry-after"), Some("60"));
    assert!(refused.body.contains("\"busy\""), "{}", refused.body);
    let mut recipient = Wire::open(&service.url, OTHER).expect("a connection");
    assert_eq!(recipient.json("/api/v1/challenges", &body).expect("an answer").status, 200);
    service.clock.pass(60);
    assert_eq!(flood.json("/api/v1/challenges", &body).expect("an answer").status, 200);
}

/// Resident memory of a process, in MiB.
fn memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("readable");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).expect("a number") / 1024
}

#[test]
fn two_hundred_slow_senders_take_bounded_memory_and_stop_nobody() {
    const SENT: usize = 1024 * 1024;
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    Reporter::at(&program.url).submit(&[("narrative", "Before.")]).words();
    let idle = memory(program.id());
    let piece = [b'x'; 16 * 1024];
    let slow: Vec<_> = (0..200)
        .map(|_| {
            let url = program.url.clone();
            std::thread::spawn(move || {
                let mut wire = Wire::open(&url, USUAL).expect("a connection");
                wire.begin_form("/report", 4 * SENT).expect("sent");
                // Whoever is sent away may notice while sending.
                for _ in 0..SENT / piece.len() {
                    if wire.send(&piece).is_err() {
                        break;
                    }
                }
                wire
            })
        })
        .collect();
    let slow: Vec<_> = slow.into_iter().map(|sender| sender.join().expect("a sender")).collect();
    let grown = memory(program.id()).saturating_sub(idle);
    println!(
        "{} slow senders with {} MiB: memory grew by {grown} MiB",
        slow.len(),
        (slow.len() * SENT) >> 20
    );
    assert!(grown < 64, "memory grew by {grown} MiB");
    // While they all hang on, others are served, from the same address, too.
    for address in [USUAL, OTHER] {
        let begun = Instant::now();
        let mut wire = Wire::open(&program.url, address).expect("a connection");
        let long = format!("narrative={}", "x".repeat(100_000));
        assert_eq!(wire.form("/report", &long).expect("an answer").status, 200);
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
    drop(slow);
}

#[test]
fn no_more_forms_arrive_at_once_than_configured_and_the_slowest_is_told_so() {
    let service = service_with("arriving_forms = 16");
    let mut slow: Vec<_> = (0..17)
        .map(|_| {
            let mut wire = Wire::open(&service.url, USUAL).expect("a connection");
            wire.begin_form("/report", 1_000).expect("sent");
            wire.send(b"narrative=slow").expect("sent");
            // One after the other, so that it is known which came first.
            std::thread::sleep(Duration::from_millis(20));
            wire
        })
        .collect();
    let answer = slow[0].answer().expect("an answer");
    assert_eq!(answer.status, 408, "{}", answer.head);
    assert!(answer.body.contains("copy it before you try again"), "{}", answer.body);
    let last = slow.last_mut().expect("the last one");
    last.send(&[b'x'; 986]).expect("sent");
    assert_eq!(last.answer().expect("an answer").status, 200);
}

#[test]
fn whoever_opens_all_connections_keeps_nobody_else_out() {
    let service = service_with("connections = 64");
    // They say nothing, and hang on.
    let idle: Vec<_> = (0..64).map(|_| Wire::open(&service.url, USUAL).expect("a connection")).collect();
    std::thread::sleep(Duration::from_millis(500));
    let kept = idle.iter().filter(|wire| !wire.has_ended()).count();
    assert_eq!(kept, 48, "three quarters of all places, and no more");
    let mut wire = Wire::open(&service.url, OTHER).expect("a connection");
    assert_eq!(wire.form("/report", "narrative=A+report.").expect("an answer").status, 200);
}

#[test]
fn uploads_that_hang_or_lie_about_their_type_take_bounded_memory() {
    const SENT: usize = 2 * 1024 * 1024;
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    Reporter::at(&program.url).submit(&[("narrative", "Before.")]).words();
    let idle = memory(program.id());
    let piece = [b'x'; 16 * 1024];
    // It begins as it should.
    let mut sealed = Vec::new();
    let key = candor_crypto::PrivateKey::generate().public_key();
    candor_crypto::seal_content(b"a film".as_slice(), &key, &mut sealed).expect("sealed");
    for (path, media_type) in [
        ("/upload", "application/octet-stream"),
        ("/check/file", "multipart/form-data; boundary=b"),
        ("/check/file", "application/octet-stream"),
    ] {
        let slow: Vec<_> = (0..150)
            .map(|_| {
                let mut wire = Wire::open(&program.url, USUAL).expect("a connection");
                wire.begin(path, media_type, 2 * SENT).expect("sent");
                if path == "/upload" {
                    let _ = wire.send(&sealed);
                }
                for _ in 0..SENT / piece.len() {
                    if wire.send(&piece).is_err() {
                        break;
                    }
                }
                wire
            })
            .collect();
        // What was sent is still being read.
        std::thread::sleep(Duration::from_secs(1));
        let grown = memory(program.id()).saturating_sub(idle);
        println!("{path} as {media_type}: memory grew by {grown} MiB");
        assert!(grown < 200, "{path} as {media_type}: memory grew by {grown} MiB");
        drop(slow);
    }
}
