//! An accepted report is never lost: every token that was shown opens its case after the server was killed, and where
//! the disk is full no token is shown.

use candor_tests::{Program, Reporter};
use std::process::Command;
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

#[test]
fn every_token_that_was_shown_opens_its_case_after_kill_9() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut shown_in_all = 0;
    for round in 0..10u64 {
        let program = Program::demo(&data, &[]);
        let url = program.url.clone();
        let shown = Arc::new(Mutex::new(Vec::new()));
        let start = Arc::new(Barrier::new(33));
        let clients: Vec<_> = (0..32)
            .map(|client| {
                let (url, shown, start) = (url.clone(), shown.clone(), start.clone());
                std::thread::spawn(move || {
                    let reporter = Reporter::at(&url);
                    start.wait();
                    for number in 0..7 {
                        let text = format!("Report {number} of client {client}.");
                        let Some(page) = reporter.try_post("/report", &[("narrative", &text)]) else {
                            return;
                        };
                        if page.status == 200
                            && let Some(words) = page.input("words")
                        {
                            shown.lock().expect("not poisoned").push(words);
                        }
                    }
                })
            })
            .collect();
        start.wait();
        // Somewhere within the 224 submissions, each time at another moment.
        std::thread::sleep(Duration::from_millis(40 + round * 35));
        program.kill();
        for client in clients {
            client.join().expect("a client");
        }
        let shown = shown.lock().expect("not poisoned");
        shown_in_all += shown.len();
        let program = Program::demo(&data, &[]);
        let reporter = Reporter::at(&program.url);
        for words in shown.iter() {
            assert_eq!(
                reporter.check(words).status,
                200,
                "round {round}: words that were shown open nothing"
            );
        }
        program.kill();
    }
    assert!(
        shown_in_all > 100,
        "only {shown_in_all} reports were accepted: the test killed too early to mean anything"
    );
    println!("{shown_in_all} reports accepted in 10 rounds, all there");
}

#[test]
fn thirty_two_reporters_at_once_get_thirty_two_cases() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let program = Program::demo(&data, &[]);
    let start = Arc::new(Barrier::new(32));
    let clients: Vec<_> = (0..32)
        .map(|client| {
            let (url, start) = (program.url.clone(), start.clone());
            std::thread::spawn(move || {
                let reporter = Reporter::at(&url);
                start.wait();
                (0..10)
                    .map(|number| {
                        reporter.submit(&[("narrative", &format!("Report {number} of {client}."))]).words()
                    })
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let words: Vec<String> =
        clients.into_iter().flat_map(|client| client.join().expect("a client")).collect();
    let distinct: std::collections::BTreeSet<_> = words.iter().collect();
    assert_eq!(distinct.len(), 320, "two reporters were given the same words");
    let reporter = Reporter::at(&program.url);
    for words in &words {
        assert_eq!(reporter.check(words).status, 200);
    }
}

/// A folder on a small file system, gone again when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .status()
            .expect("mount runs");
        assert!(
            mounted.success(),
            "this test mounts a small file system; run it as root or in a user namespace"
        );
        Self(folder)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn on_a_full_disk_no_token_is_shown_and_the_text_is_kept() {
    let disk = SmallDisk::mount("2m");
    let data = disk.0.path().join("data");
    // Without the limit that ends reports long before the disk is full.
    let program = Program::demo_with(&data, &[("CANDOR_LIMITS__FREE_DISK_MIB", "0")]);
    let reporter = Reporter::at(&program.url);
    let text = format!("A long report. {}", "It goes on. ".repeat(3_000));
    let mut shown = Vec::new();
    let refused = loop {
        let page = reporter.submit(&[("narrative", &text)]);
        if page.status != 200 {
            break page;
        }
        shown.push(page.words());
        assert!(shown.len() < 1000, "the disk never filled");
    };
    assert_eq!(refused.status, 503);
    assert!(refused.html.contains("A long report. It goes on."), "the text is gone");
    assert!(refused.input("words").is_none(), "a token for a report that was not stored");
    assert!(
        refused.text().contains("not accepted") || refused.text().contains("not stored"),
        "{}",
        refused.text()
    );
    let alive = reporter.get("/");
    assert_eq!(alive.status, 200, "the service goes on");
    for words in &shown {
        assert_eq!(reporter.check(words).status, 200, "a report that was accepted before is gone");
    }
}

#[test]
fn before_the_disk_is_full_new_reports_end_and_all_else_goes_on() {
    let disk = SmallDisk::mount("10m");
    let data = disk.0.path().join("data");
    let program = Program::demo_with(&data, &[("CANDOR_LIMITS__FREE_DISK_MIB", "4")]);
    let reporter = Reporter::at(&program.url);
    let text = format!("A long report. {}", "It goes on. ".repeat(3_000));
    let mut shown = Vec::new();
    let refused = loop {
        let page = reporter.submit(&[("narrative", &text)]);
        if page.status != 200 {
            break page;
        }
        shown.push(page.words());
        assert!(shown.len() < 1000, "the limit never held");
    };
    assert!(shown.len() > 5, "only {} reports on ten megabytes", shown.len());
    assert_eq!(refused.status, 503);
    assert!(refused.html.contains("A long report. It goes on."), "the text is gone");
    for words in &shown[..3] {
        let status = reporter.check(words);
        let page = reporter.add_message(&status, words, "Further to what I wrote.");
        assert_eq!(page.status, 200, "a message must have room where a report has none");
    }
    let log = std::fs::read_to_string(&program.log).expect("a log");
    assert!(!log.contains("database error"), "{log}");
}

#[test]
fn with_the_database_locked_by_another_program_no_token_is_shown_and_the_text_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let program = Program::demo(&data, &[]);
    let reporter = Reporter::at(&program.url);
    let before = reporter.submit(&[("narrative", "Before.")]).words();
    let mut other = Command::new("sqlite3")
        .arg(data.join("candor.sqlite"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("sqlite3 is installed (apt-get install sqlite3)");
    let mut input = other.stdin.take().expect("its input");
    std::io::Write::write_all(&mut input, b"BEGIN EXCLUSIVE;\nSELECT 'held';\n").expect("written");
    let mut line = String::new();
    std::io::BufRead::read_line(
        &mut std::io::BufReader::new(other.stdout.take().expect("its output")),
        &mut line,
    )
    .expect("an answer");
    assert_eq!(line.trim(), "held");
    let refused = reporter.submit(&[("narrative", "While it is locked.")]);
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.html.contains("While it is locked."));
    drop(input);
    other.wait().expect("it ended");
    assert_eq!(reporter.check(&before).status, 200);
    // The page that came back can simply be sent again.
    let form = refused.input("form").expect("its hidden field");
    reporter.post("/report", &[("form", &form), ("narrative", "While it is locked.")]).words();
}
