//! What a hundred reports leave behind in a service that goes on: nothing, neither in its memory nor in any file. The
//! same search finds something where the allocator does not wipe, so it can be believed.

use candor_tests::wire::Wire;
use candor_tests::{Program, Reporter, program, residue};
use std::io::{Cursor, ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const REPORTERS: usize = 10;
const REPORTS_EACH: usize = 10;

/// What is planted in one report: the answers, the hidden form value, the twelve words.
struct Planted {
    typed: Vec<String>,
    secrets: [String; 2],
}

/// A photo with a comment.
fn photo(comment: &str) -> Vec<u8> {
    let photo = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../clean/corpus/photo-phone.jpg"));
    let photo = photo.expect("a photo of the corpus");
    let length = u16::try_from(comment.len() + 2).expect("short").to_be_bytes();
    [&photo[..2], &[0xff, 0xfe], &length, comment.as_bytes(), &photo[2..]].concat()
}

/// A document in which a word stands in the text, as the author, and in the name of its last part: readers of archives begin at the end.
fn document(word: &str) -> Vec<u8> {
    const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("word/document.xml", format!("<w:document><w:t>{word}</w:t></w:document>")),
        (
            "docProps/core.xml",
            format!("<cp:coreProperties><dc:creator>{word}</dc:creator></cp:coreProperties>"),
        ),
        (&format!("word/media/{word}.txt"), word.to_owned()),
    ];
    for (name, content) in parts {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, stored).expect("memory");
        archive.write_all(content.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// Sends a report with a text and a second file, in which words are planted: in both, and in a name.
fn send_with_files(
    reporter: &Reporter,
    fields: &[(&str, &str)],
    planted: &[String],
    (second, content): (&str, Vec<u8>),
) -> String {
    let text = format!("{}\n", planted[0]).repeat(500);
    let name = format!("{}.txt", planted[2]);
    let files = [(name.as_str(), text.as_bytes()), (second, content.as_slice())];
    let mut fields = fields.to_vec();
    fields.push(("clean", "yes"));
    let page = reporter.post_with_files("/report", &fields, &files);
    let kept = page.input("kept").expect("the form came back with its files");
    fields.extend([("kept", kept.as_str()), ("keep", "1"), ("keep", "2")]);
    reporter.post_with_files("/report", &fields, &[]).words()
}

fn send_reports(url: &str, reporter_number: usize) -> Vec<Planted> {
    let reporter = Reporter::at(url);
    let send = |number: usize| {
        let tag = reporter_number * REPORTS_EACH + number;
        let fields = ["narrative", "when", "where", "who_else_knows", "how_you_know", "name", "contact"];
        let mut typed: Vec<String> = fields
            .iter()
            .map(|field| format!("zebrafinch{tag:03}quokka{}", field.replace('_', "")))
            .collect();
        let form = reporter.get("/report").input("form").expect("a form value");
        let answers = typed.clone();
        let mut sent: Vec<(&str, &str)> =
            fields.into_iter().zip(answers.iter().map(String::as_str)).collect();
        sent.extend([("form", form.as_str()), ("identity", "confidential")]);
        let words = if number.is_multiple_of(2) {
            reporter.post("/report", &sent).words()
        } else {
            typed.extend(["file", "inside", "name"].map(|part| format!("zebrafinch{tag:03}quokka{part}")));
            let second = match number % 4 {
                1 => ("photo.jpg", photo(&typed[8])),
                _ => ("letter.docx", document(&typed[8])),
            };
            send_with_files(&reporter, &sent, &typed[7..], second)
        };
        let status = reporter.check(&words);
        let message = format!("zebrafinch{tag:03}quokkamessage");
        assert_eq!(reporter.add_message(&status, &words, &message).status, 200);
        typed.push(message);
        Planted { typed, secrets: [form, words] }
    };
    (0..REPORTS_EACH).map(send).collect()
}

/// Sends the reports, several at once, so that each has a place of its own in whatever is kept for reuse.
fn report_all(url: &str) -> Vec<Planted> {
    std::thread::scope(|scope| {
        let reporters: Vec<_> =
            (0..REPORTERS).map(|number| scope.spawn(move || send_reports(url, number))).collect();
        reporters.into_iter().flat_map(|reporter| reporter.join().expect("reports")).collect()
    })
}

fn wait_for_mail(data: &Path) {
    let patience = Instant::now() + Duration::from_secs(20);
    let arrived = || std::fs::read_dir(data.join("mail")).is_ok_and(|mut mail| mail.next().is_some());
    while !arrived() {
        assert!(Instant::now() < patience, "no mail was written");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The memory of a service; `None` where not even its own account may look.
fn memory(program: &Program) -> Option<Vec<Vec<u8>>> {
    match residue::memory(program.id()) {
        Ok(regions) => Some(regions),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_hundred_reports_leave_nothing_in_memory_or_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("demo");
    let program = Program::demo(&data, &[]);
    let planted = report_all(&program.url);
    assert_eq!(planted.len(), 100);
    wait_for_mail(&data);
    let all = || planted.iter().flat_map(|planted| planted.typed.iter().chain(&planted.secrets));
    let known = ["Audit Committee alternate".to_owned()];
    // Data folder, database, journal, mail, and the log beside the folder.
    let files = residue::files(folder.path());
    assert_eq!(residue::found(&files, all()), [""; 0]);
    assert!(!residue::found(&files, &known).is_empty(), "the search finds what is there");
    // Connections that are kept open for a while hold what they last read.
    let patience = Instant::now() + Duration::from_secs(30);
    while let Some(regions) = memory(&program) {
        assert!(!residue::found(&regions, &known).is_empty(), "the search finds what is there");
        let left = residue::found(&regions, all());
        if left.is_empty() {
            break;
        }
        assert!(Instant::now() < patience, "{} of {} are left: {left:?}", left.len(), all().count());
        std::thread::sleep(Duration::from_millis(500));
    }
    assert_eq!(residue::found(&residue::files(folder.path()), all()), [""; 0]);
    program.kill();
}

#[test]
fn the_same_search_finds_reports_where_the_allocator_does_not_wipe() {
    let folder = tempfile::tempdir().expect("a folder");
    let unwiped = Path::new(env!("CARGO_BIN_EXE_candor-unwiped"));
    let program = Program::demo_of(unwiped, &folder.path().join("demo"), &[], &[]);
    let planted = report_all(&program.url);
    // Long after the last connection has ended, and everything of it was freed.
    std::thread::sleep(Duration::from_secs(8));
    if let Some(regions) = memory(&program) {
        let left = residue::found(&regions, planted.iter().flat_map(|planted| &planted.typed));
        let all: usize = planted.iter().map(|planted| planted.typed.len()).sum();
        println!("{} of {all} planted words are left without wiping", left.len());
        assert!(!left.is_empty(), "the search of the other test proves nothing");
    }
    assert!(program::path() != unwiped, "the wiping program is the one that is tested");
    program.kill();
}

#[test]
fn no_address_of_a_reporter_is_left_in_memory_once_others_have_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    let traces: Vec<_> = (0..20)
        .flat_map(|number| {
            let address = std::net::Ipv4Addr::new(127, 66, 77, 88);
            let mut wire = Wire::open(&program.url, address.into()).expect("a connection");
            let answer = wire.form("/report", &format!("narrative=Report+{number}.")).expect("an answer");
            assert_eq!(answer.status, 200);
            wire.traces()
        })
        .collect();
    // Each thread's stack keeps the address of its newest connection until the next one comes.
    for _ in 0..16 {
        assert_eq!(Reporter::at(&program.url).get("/healthz").status, 200);
    }
    let patience = Instant::now() + Duration::from_secs(30);
    while let Some(regions) = memory(&program) {
        let left = traces.iter().filter(|trace| residue::holds(&regions, trace)).count();
        if left == 0 {
            break;
        }
        assert!(Instant::now() < patience, "{left} addresses are left");
        std::thread::sleep(Duration::from_millis(500));
    }
    program.kill();
}

#[test]
fn a_document_that_nobody_can_read_leaves_nothing_on_the_stack_of_a_thread() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    let word = "zebrafinch000quokkadocument";
    // Looked through from its end, piece by piece, and given up before anything else is called.
    let file = [b"PK\x03\x04".as_slice(), &word.as_bytes().repeat(400)].concat();
    let page =
        Reporter::at(&program.url).post_with_files("/report", &[("clean", "yes")], &[("a.docx", &file)]);
    assert!(page.input("kept").is_some(), "the form came back with its file");
    // The connection keeps what it read until it ends, some seconds later. Threads that clean files end after ten.
    let patience = Instant::now() + Duration::from_secs(8);
    while let Some(regions) = memory(&program) {
        if !residue::holds(&regions, word.as_bytes()) {
            break;
        }
        assert!(Instant::now() < patience, "some of the document is left");
        std::thread::sleep(Duration::from_millis(500));
    }
    program.kill();
}
