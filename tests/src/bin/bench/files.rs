//! Large files: how fast they are taken in either way, beside the `age` command on the same file, and what memory it costs.

use super::{Client, Service, row};
use candor_crypto::{PrivateKey, seal_content};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const MIB: usize = 1024 * 1024;
/// The largest file that is taken by default, in MiB.
const SIZE: usize = 250;

/// Measures and prints.
pub(super) fn measure(program: &Path, folder: &Path) {
    let plain = folder.join("plain");
    write_noise(&plain);
    let key = PrivateKey::generate().public_key();
    let begun = Instant::now();
    let age =
        Command::new("age").args(["-r", key.as_str(), "-o"]).arg(folder.join("by-age")).arg(&plain).status();
    assert!(age.is_ok_and(|status| status.success()), "the age command is there");
    let by_age = begun.elapsed().as_secs_f64();
    File::open(folder.join("by-age")).and_then(|file| file.sync_all()).expect("synced");
    let synced = begun.elapsed().as_secs_f64();

    println!("\nA file of {SIZE} MiB:");
    let speed = |seconds: f64| format!("{:.0} MiB/s", SIZE as f64 / seconds);
    row("the age command", &speed(by_age), "");
    row("the age command, and then on the disk", &speed(synced), "");

    let service = Service::start(program, &folder.join("files"));
    let idle = service.memory();
    let boundary = "----bench";
    let before = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"narrative\"\r\n\r\nA film.\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"files\"; filename=\"film.mp4\"\r\n\r\n"
    );
    let after = format!("\r\n--{boundary}--\r\n");
    let kind = format!("multipart/form-data; boundary={boundary}");
    let (typed, answer) = send(&service, "/report", &kind, before.as_bytes(), &plain, after.as_bytes());
    assert!(answer.contains("film.mp4"), "the form comes back with its file");
    row("sent without scripts, sealed by the service", &speed(typed), "");
    row("  of the speed of age", &format!("{:.2}", by_age / typed), "0.7");
    row("  of age and the disk", &format!("{:.2}", synced / typed), "");

    let sealed = folder.join("sealed");
    let out = BufWriter::new(File::create(&sealed).expect("a file"));
    seal_content(File::open(&plain).expect("the file"), &key, out).expect("sealed");
    let (taken, answer) = send(&service, "/upload", "application/octet-stream", b"", &sealed, b"");
    assert!(answer.contains("\"upload\""), "{answer}");
    row("sent by the script, sealed before", &speed(taken), "");
    row("memory, grown by at most", &format!("{:.1} MiB", service.highest_memory() - idle), "< 32 MiB");
}

fn write_noise(path: &Path) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..SIZE * MIB / 8 {
        // Xorshift: nothing here may compress.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        file.write_all(&state.to_le_bytes()).expect("written");
    }
}

/// Posts a file between two texts; answers the seconds that it took, and the body of the answer.
fn send(
    service: &Service,
    path: &str,
    kind: &str,
    before: &[u8],
    file: &Path,
    after: &[u8],
) -> (f64, String) {
    let mut file = File::open(file).expect("the file");
    let length = before.len() as u64 + file.metadata().expect("its length").len() + after.len() as u64;
    let begun = Instant::now();
    let mut client = Client::open(service.port);
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    );
    client.send(head.as_bytes());
    client.send(before);
    let mut piece = vec![0; MIB];
    loop {
        match file.read(&mut piece).expect("read") {
            0 => break,
            read => client.send(&piece[..read]),
        }
    }
    let answer = client.exchange(after);
    (begun.elapsed().as_secs_f64(), String::from_utf8_lossy(&answer).into_owned())
}
