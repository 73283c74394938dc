//! What the serving process gives up before it serves, and what is left in its memory, seen from outside.

use candor_tests::{Program, Reporter};
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

fn line<'a>(text: &'a str, start: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(start)).unwrap_or_default()
}

#[test]
fn the_process_gives_up_core_dumps_and_privileges_and_says_what_it_reaches() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    let read =
        |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", program.id())).expect("readable");
    assert_eq!(line(&read("status"), "NoNewPrivs:").trim_end(), "NoNewPrivs:\t1");
    let limit: Vec<String> =
        line(&read("limits"), "Max core file size").split_whitespace().map(ToOwned::to_owned).collect();
    assert_eq!(limit[4..6], ["0", "0"]);
    let log = std::fs::read_to_string(&program.log).expect("a log");
    assert!(log.contains("the process has confined itself memory_private=true"), "{log}");
    program.kill();
}

/// Everything that can be read of a process's memory.
fn memory(process: u32) -> std::io::Result<Vec<Vec<u8>>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps"))?;
    let mut memory = File::open(format!("/proc/{process}/mem"))?;
    let mut regions = Vec::new();
    for region in maps.lines().filter(|line| line.contains(" rw")) {
        let Some((start, end)) = region.split_whitespace().next().and_then(|range| range.split_once('-'))
        else {
            continue;
        };
        let address = |text| u64::from_str_radix(text, 16).expect("an address");
        let mut bytes = vec![0; usize::try_from(address(end) - address(start)).expect("a length")];
        if memory.seek(SeekFrom::Start(address(start))).is_ok() && memory.read_exact(&mut bytes).is_ok() {
            regions.push(bytes);
        }
    }
    Ok(regions)
}

fn holds(regions: &[Vec<u8>], word: &str) -> bool {
    regions.iter().any(|region| memchr::memmem::find(region, word.as_bytes()).is_some())
}

#[test]
fn nothing_of_a_report_is_left_in_memory_once_it_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    // At once, so that each has a place of its own in whatever is kept for reuse.
    let secrets: Vec<[String; 3]> = std::thread::scope(|scope| {
        let reporters: Vec<_> = (0..20)
            .map(|number| {
                let url = &program.url;
                scope.spawn(move || {
                    let reporter = Reporter::at(url);
                    let form = reporter.get("/report").input("form").expect("a form value");
                    let canary = format!("zebrafinch{number:02}quokka");
                    let fields = [("form", form.as_str()), ("narrative", canary.as_str())];
                    let words = reporter.post("/report", &fields).words();
                    let status = reporter.post("/check", &[("words", words.as_str())]);
                    assert_eq!(status.status, 200);
                    [canary, form, words]
                })
            })
            .collect();
        reporters.into_iter().map(|reporter| reporter.join().expect("a report")).collect()
    });
    // Connections that are kept open for a while hold what they last read.
    let patience = Instant::now() + Duration::from_secs(30);
    loop {
        let regions = match memory(program.id()) {
            Ok(regions) => regions,
            // Not even an account of the same name may look: that is the promise.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => break,
            Err(error) => panic!("{error}"),
        };
        assert!(holds(&regions, "Audit Committee alternate"), "the search finds what is there");
        let left: Vec<_> = secrets.iter().flatten().filter(|secret| holds(&regions, secret)).collect();
        if left.is_empty() {
            break;
        }
        assert!(Instant::now() < patience, "{} of {} are left: {left:?}", left.len(), 3 * secrets.len());
        std::thread::sleep(Duration::from_millis(500));
    }
    program.kill();
}
