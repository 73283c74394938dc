//! Uploads that end in the middle, because the sender goes away or the server dies: afterwards there is no blob but those
//! of cases, and no row.

use candor_crypto::{PrivateKey, seal_content};
use candor_tests::{Program, Reporter};
use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// More than one part of a blob, so that some of it is on disk before the rest comes.
const LENGTH: usize = 16 * 1024 * 1024;
const BOUNDARY: &str = "----a-boundary-of-our-own";

/// The two ways in which files come.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Sealed by our script, before its report.
    Sealed,
    /// In the clear, with the report, from a browser without scripts.
    Plain,
}

const WAYS: [Way; 2] = [Way::Sealed, Way::Plain];

/// A connection on which the first three quarters of a file were sent, and more is promised.
fn send_most(url: &str, way: Way) -> TcpStream {
    let (path, kind, body) = match way {
        Way::Sealed => {
            let mut sealed = Vec::new();
            seal_content(vec![7; LENGTH].as_slice(), &PrivateKey::generate().public_key(), &mut sealed)
                .expect("sealed");
            ("/upload", "application/octet-stream".to_owned(), sealed)
        }
        Way::Plain => {
            let mut body = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"narrative\"\r\n\r\nNever sent.\r\n\
                 --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\n\r\n"
            )
            .into_bytes();
            body.resize(body.len() + LENGTH, 0xa5);
            body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
            ("/report", format!("multipart/form-data; boundary={BOUNDARY}"), body)
        }
    };
    let address = url.strip_prefix("http://").expect("plain");
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .expect("sent");
    stream.write_all(&body[..body.len() / 4 * 3]).expect("sent");
    stream
}

/// Names of all files in object storage, half-written ones included.
fn stored(data: &Path) -> BTreeSet<String> {
    std::fs::read_dir(data.join("blobs"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

/// Names of the blobs that cases have.
fn named(data: &Path) -> BTreeSet<String> {
    let output = Command::new("sqlite3")
        .args(["-cmd", ".timeout 5000"])
        .arg(data.join("candor.sqlite"))
        .arg("SELECT blob FROM contents")
        .output()
        .expect("sqlite3 is installed (apt-get install sqlite3)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(ToOwned::to_owned).collect()
}

/// A report with a file that was accepted: its blob has to outlive everything here.
fn accepted(program: &Program, data: &Path) -> BTreeSet<String> {
    let reporter = Reporter::at(&program.url);
    let page = reporter.post_with_files(
        "/report",
        &[("narrative", "With a file."), ("clean", "yes")],
        &[("a.txt", b"text")],
    );
    assert_eq!(page.words().split_whitespace().count(), 12);
    let named = named(data);
    assert_eq!((named.len(), stored(data)), (1, named.clone()));
    named
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn after_kill_9_in_the_middle_of_an_upload_there_is_no_blob_and_no_row() {
    for way in WAYS {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let program = Program::demo(&data, &[]);
        let kept = accepted(&program, &data);
        let sender = send_most(&program.url, way);
        wait_until("a part is on disk", || stored(&data).len() > 1);
        program.kill();
        drop(sender);
        assert!(stored(&data).len() > 1, "{way:?}: nothing was left to be removed");

        let program = Program::demo(&data, &[]);
        assert_eq!(stored(&data), kept, "{way:?}");
        assert_eq!(named(&data), kept, "{way:?}");
        program.kill();
    }
}

#[test]
fn a_sender_who_goes_away_in_the_middle_leaves_no_blob_and_no_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let program = Program::demo(&data, &[]);
    let kept = accepted(&program, &data);
    for way in WAYS {
        let sender = send_most(&program.url, way);
        wait_until("a part is on disk", || stored(&data).len() > 1);
        drop(sender);
        wait_until("the half is removed", || stored(&data) == kept);
        assert_eq!(named(&data), kept, "{way:?}");
    }
    assert_eq!(Reporter::at(&program.url).get("/").status, 200, "the service goes on");
}
