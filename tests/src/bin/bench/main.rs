//! `make bench`: what the service does in a second, over a real port, beside the figures it has to hold.
//!
//! The load driver runs on the same cores as the service, so the figures are what one small machine does in all. Raw
//! sockets and prepared requests keep the driver's own share small.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures for people: a rounded number is what is meant"
)]

mod files;

use candor_crypto::{CaseKey, Envelope, PrivateKey, Report, RetrievalToken, seal_report};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

const SECONDS: u64 = 5;

fn main() {
    let program =
        std::env::var_os("CANDOR_BIN").map_or_else(|| PathBuf::from("target/release/candor"), PathBuf::from);
    let folder = tempfile::tempdir().expect("a folder for the data");
    let started = Instant::now();
    let mut service = Service::start(&program, &folder.path().join("data"));
    let first_answer = started.elapsed();
    println!("Load driver and service share {} cores. Database: SQLite, WAL, synchronous=FULL.\n", cores());
    println!("{:<44} {:>12}   at least / at most", "", "measured");
    row("keys, database and first answer", &format!("{} ms", first_answer.as_millis()), "");
    drop(service);
    let started = Instant::now();
    service = Service::start(&program, &folder.path().join("data"));
    row("start to first answer", &format!("{} ms", started.elapsed().as_millis()), "< 300 ms");
    row("memory, idle", &format!("{:.1} MiB", service.memory()), "< 25 MiB");
    let script = script(service.port);
    for path in ["/", "/report", "/ask", "/check", "/assets/reporter.css", &script] {
        let size = Client::open(service.port).exchange(&get(path, true)).len();
        row(&format!("{path} compressed, with headers"), &format!("{:.1} KiB", size as f64 / 1024.0), "");
    }
    let visit: usize = ["/report", "/assets/reporter.css", "/assets/icon.svg"]
        .iter()
        .map(|path| Client::open(service.port).exchange(&get(path, true)).len())
        .sum();
    row("first visit without scripts, complete", &format!("{:.1} KiB", visit as f64 / 1024.0), "< 30 KiB");
    let bundle = Client::open(service.port).exchange(&get(&script, true)).len();
    row("sealing script, complete", &format!("{:.1} KiB", bundle as f64 / 1024.0), "< 80 KiB");

    println!(
        "\n{:<32} {:>8} {:>12} {:>10} {:>10} {:>8}   at least",
        "", "clients", "per second", "p50", "p99", "errors"
    );
    let narrative = "What+happened+was+seen+by+several+people+on+the+second+floor.+".repeat(12);
    let submission = post("/report", &format!("category=accounting&narrative={narrative}"));
    let cpu = service.cpu();
    let mut submitted = 0;
    for (clients, least) in [(1, "1,000"), (8, ""), (32, "2,000; p99 < 30 ms; no error")] {
        submitted +=
            measure(&service, "submission, sealed and durable", clients, &submission, "id=\"words\"", least);
    }
    let each = (service.cpu() - cpu) * 1000.0 / submitted as f64;
    row("processor time of one submission", &format!("{each:.2} ms"), "< 1 ms");
    row("memory, after the load", &format!("{:.1} MiB", service.memory()), "< 64 MiB");
    println!();
    let confirmation = Client::open(service.port).exchange(&submission);
    let words = value(&confirmation, "words").expect("a confirmation carries the words").replace(' ', "+");
    let check = post("/check", &format!("words={words}"));
    for (clients, least) in [(1, ""), (8, ""), (32, "5,000; under 5 ms for the user")] {
        measure(&service, "check-back", clients, &check, "name=\"number\"", least);
    }
    println!();
    for (clients, least) in [(1, ""), (8, ""), (32, "20,000")] {
        measure(&service, "start page", clients, &get("/", true), "200 OK", least);
    }
    drop(service);
    files::measure(&program, folder.path());
    println!("\nOn the same machine in the same run:");
    row("sealing alone, on one core", &format!("{:.0} a second", sealings()), "");
    row("fdatasync of 4 KiB", &format!("{:.0} a second", syncs(folder.path())), "");
}

/// Where the report page finds its script.
fn script(port: u16) -> String {
    let page = Client::open(port).exchange(&get("/report", false));
    let page = String::from_utf8_lossy(&page);
    let path = page.split("type=\"module\" src=\"").nth(1).and_then(|rest| rest.split('"').next());
    path.expect("the report page has its script (make bench builds it)").to_owned()
}

fn row(what: &str, figure: &str, bound: &str) {
    println!("{what:<44} {figure:>12}   {bound}");
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn get(path: &str, gzip: bool) -> Vec<u8> {
    let coding = if gzip { "Accept-Encoding: gzip\r\n" } else { "" };
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{coding}\r\n").into_bytes()
}

fn post(path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn value(page: &[u8], name: &str) -> Option<String> {
    let page = String::from_utf8_lossy(page);
    let tag = page.split('<').find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
    Some(tag.split("value=\"").nth(1)?.split('"').next()?.to_owned())
}

/// Runs `clients` at once for [`SECONDS`], prints a row and answers how many requests were served.
fn measure(service: &Service, what: &str, clients: usize, request: &[u8], proof: &str, least: &str) -> u64 {
    let errors = Arc::new(AtomicU64::new(0));
    let start = Arc::new(Barrier::new(clients));
    let runs: Vec<_> = (0..clients)
        .map(|_| {
            let (errors, start, request, proof, port) =
                (errors.clone(), start.clone(), request.to_vec(), proof.as_bytes().to_vec(), service.port);
            std::thread::spawn(move || {
                let mut client = Client::open(port);
                // The first answer is looked into; later ones are known by their status alone.
                let answer = client.exchange(&request);
                assert!(
                    answer.windows(proof.len()).any(|window| window == proof),
                    "not the page that was meant"
                );
                start.wait();
                let end = Instant::now() + Duration::from_secs(SECONDS);
                let mut times = Vec::new();
                while Instant::now() < end {
                    let begun = Instant::now();
                    let answer = client.exchange(&request);
                    times.push(begun.elapsed());
                    if !answer.starts_with(b"HTTP/1.1 200") {
                        errors.fetch_add(1, Ordering::Relaxed);
                    }
                }
                times
            })
        })
        .collect();
    let mut times: Vec<Duration> = runs.into_iter().flat_map(|run| run.join().expect("a client")).collect();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!(
        "{what:<32} {clients:>8} {:>12} {:>7.2} ms {:>7.2} ms {:>8}   {least}",
        times.len() as u64 / SECONDS,
        at(0.5),
        at(0.99),
        errors.load(Ordering::Relaxed)
    );
    times.len() as u64
}

/// One connection that is kept open.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    fn open(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the service is there");
        stream.set_nodelay(true).expect("a socket option");
        Self { stream: BufReader::with_capacity(64 * 1024, stream) }
    }

    /// Sends a part of a request.
    fn send(&mut self, part: &[u8]) {
        self.stream.get_mut().write_all(part).expect("sent");
    }

    /// Sends a request and reads its whole answer, head and body.
    fn exchange(&mut self, request: &[u8]) -> Vec<u8> {
        self.stream.get_mut().write_all(request).expect("sent");
        let mut answer = Vec::with_capacity(32 * 1024);
        let mut length = 0;
        loop {
            let line_start = answer.len();
            self.stream.read_until(b'\n', &mut answer).expect("an answer");
            let line = &answer[line_start..];
            if line == b"\r\n" || line.is_empty() {
                break;
            }
            let text = String::from_utf8_lossy(line).to_ascii_lowercase();
            if let Some(number) = text.strip_prefix("content-length:") {
                length = number.trim().parse().expect("a length");
            }
        }
        let head = answer.len();
        answer.resize(head + length, 0);
        self.stream.read_exact(&mut answer[head..]).expect("a whole body");
        answer
    }
}

struct Service {
    child: Child,
    port: u16,
}

impl Service {
    fn start(program: &Path, data: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("target/release/candor is built (make bench builds it)");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let port = lines
            .find_map(|line| line.ok()?.strip_prefix("listening on http://127.0.0.1:")?.parse().ok())
            .expect("it serves");
        std::thread::spawn(move || lines.for_each(drop));
        Client::open(port).exchange(&get("/", false));
        Self { child, port }
    }

    /// Resident memory in MiB.
    fn memory(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// The most resident memory that it has had, in MiB.
    fn highest_memory(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let line = status.lines().find(|line| line.starts_with(field)).expect("its memory");
        line.split_whitespace().nth(1).expect("a number").parse::<f64>().expect("kB") / 1024.0
    }

    /// Processor time used so far, in seconds (Linux counts in hundredths).
    fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("a process");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
        (fields[11].parse::<f64>().expect("user") + fields[12].parse::<f64>().expect("system")) / 100.0
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How often a second 4 KiB reach the disk: no durable store can commit more often.
fn syncs(folder: &Path) -> f64 {
    let mut file = std::fs::File::create(folder.join("sync")).expect("a file");
    let (begun, mut count) = (Instant::now(), 0.0);
    while begun.elapsed() < Duration::from_secs(1) {
        file.write_all(&[0; 4096]).expect("written");
        file.sync_data().expect("synced");
        count += 1.0;
    }
    count / begun.elapsed().as_secs_f64()
}

/// How many reports one core seals a second with nothing else to do: a report, two grants and what follows from the
/// token, as a submission in the accounting category needs them.
fn sealings() -> f64 {
    let readers = [PrivateKey::generate().public_key(), PrivateKey::generate().public_key()];
    let mut report = Report::default();
    report.narrative = "What happened was seen by several people on the second floor. ".repeat(12);
    let (begun, mut count) = (Instant::now(), 0.0);
    while begun.elapsed() < Duration::from_secs(1) {
        let token = RetrievalToken::generate(&mut rand::rng());
        let id = uuid::Uuid::new_v4();
        let case_key = CaseKey::generate(id);
        let envelope = Envelope { case: id, number: 0, day: "2026-11-23".to_owned() };
        seal_report(&envelope, &report, &token.reporter_keys(), &case_key.public_key())
            .expect("a sealed report");
        for reader in &readers {
            case_key.grant(reader).expect("a grant");
        }
        let _ = (token.access_key().hash(), token.mailbox_key().public_key());
        count += 1.0;
    }
    count / begun.elapsed().as_secs_f64()
}
