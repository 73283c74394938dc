//! Files sent by a browser that runs no scripts: sealed as they come, looked at before they go, never asked for twice.

use candor::store::{ContentName, Holder, SealedItem};
use candor_crypto::open::{Entry, open_content, open_entry, open_grant};
use candor_crypto::{AttachmentInfo, PrivateKey};
use candor_tests::service::Setup;
use candor_tests::{Page, Reporter, Service};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use uuid::Uuid;

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn corpus(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../clean/corpus");
    std::fs::read(folder.join(name)).expect("a file of the corpus")
}

/// A file as the chair gets it.
struct Received {
    info: AttachmentInfo,
    content: Vec<u8>,
}

/// What the chair finds attached to the only case there is.
fn received(service: &Service) -> Vec<Received> {
    let holder = Holder { recipient_id: "chair".to_owned(), public_key: service.public_key("chair") };
    let cases = block(service.store.list_cases(&holder, None, 10, 0)).expect("a listing");
    assert_eq!(cases.len(), 1, "one report is one case");
    let id = cases[0].brief.case.id;
    let key = open_grant(&cases[0].grant, service.key("chair"), id).expect("whole").expect("granted");
    let entries = block(service.store.entries(id)).expect("entries");
    let attachments = entries.iter().filter(|entry| entry.kind == "attachment");
    attachments.map(|entry| open_file(service, &holder, id, entry, key.private_key())).collect()
}

fn open_file(
    service: &Service,
    holder: &Holder,
    case: Uuid,
    entry: &SealedItem,
    key: &PrivateKey,
) -> Received {
    let Some(Entry::Attachment { info, .. }) =
        open_entry(entry.sealed.as_bytes(), key, case).expect("a whole entry")
    else {
        panic!("not an attachment")
    };
    let blob = block(service.store.find_content(holder, case, ContentName::attachment(entry.number)))
        .expect("a content");
    let sealed = std::fs::read(service.data_dir().join("blobs").join(blob.to_string())).expect("on disk");
    let mut content = Vec::new();
    assert_eq!(open_content(sealed.as_slice(), key, &info, &mut content).expect("whole"), Some(info.size));
    Received { info, content }
}

/// Sends what came back with the form, with the boxes of `keep` ticked.
fn send_again(reporter: &Reporter, page: &Page, path: &str, fields: &[(&str, &str)], keep: &[&str]) -> Page {
    let kept = page.input("kept").expect("the files came back with the form");
    let mut all = fields.to_vec();
    all.push(("kept", &kept));
    all.extend(keep.iter().map(|number| ("keep", *number)));
    all.push(("clean", "yes"));
    reporter.post_with_files(path, &all, &[("", b"")])
}

#[test]
fn a_photo_is_shown_with_what_it_tells_and_goes_without_it() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let form = reporter.get("/report").input("form").expect("a hidden value");
    let fields = [("form", form.as_str()), ("narrative", "See the photo."), ("clean", "yes")];
    let photo = corpus("photo-phone.jpg");
    let page =
        reporter.post_with_files("/report", &fields, &[("IMG_0042.jpg", &photo), ("notes.txt", b"plain")]);
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains("Look at your files before you send"), "{text}");
    assert!(
        text.contains("IMG_0042.jpg") && text.contains("the place") && text.contains("camera or device"),
        "{text}"
    );
    assert!(page.html.contains("See the photo."), "what was typed is still there");

    let fields = &fields[..2];
    let confirmation = send_again(&reporter, &page, "/report", fields, &["1", "2"]);
    let words = confirmation.words();
    let files = received(&service);
    assert_eq!(files.len(), 2);
    assert_eq!(files[0].info.name, "IMG_0042.jpg");
    assert!(files[0].info.cleaned.iter().any(|code| code == "place"), "{:?}", files[0].info.cleaned);
    assert!(candor_clean::inspect(&files[0].content).traces.is_empty(), "nothing is left in it");
    assert_eq!(
        (files[1].info.name.as_str(), files[1].content.as_slice()),
        ("notes.txt", b"plain".as_slice())
    );

    // The button pressed once more: the same report, the same words.
    assert_eq!(send_again(&reporter, &page, "/report", fields, &["1", "2"]).words(), words);
    assert_eq!(received(&service).len(), 2);
}

#[test]
fn what_cannot_be_looked_into_is_named_and_the_reporter_decides() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let fields = [("narrative", "Two files."), ("clean", "yes")];
    let page = reporter.post_with_files(
        "/report",
        &fields,
        &[("tape.bin", &[1, 2, 3, 0, 255]), ("old.doc", &corpus("letter.doc"))],
    );
    assert!(page.text().contains("This kind of file cannot be looked into."), "{}", page.text());
    assert!(page.text().contains("This old kind of Office file cannot be cleaned."), "{}", page.text());
    send_again(&reporter, &page, "/report", &fields[..1], &["1"]).words();
    let files = received(&service);
    assert_eq!(files.len(), 1, "the one that was not ticked stayed behind");
    assert_eq!(files[0].info.name, "tape.bin");
}

#[test]
fn a_form_that_comes_back_brings_its_files_along() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let page = reporter.post_with_files(
        "/report",
        &[("narrative", " "), ("clean", "yes")],
        &[("zebrafinch/list.csv", b"a,b\r\n1,2\r\n")],
    );
    assert_eq!(page.status, 422);
    assert!(
        page.html.contains("list.csv") && !page.html.contains("zebrafinch"),
        "the name, without the path"
    );
    let fields = [("narrative", "Now with words."), ("neutral_names", "yes")];
    send_again(&reporter, &page, "/report", &fields, &["1"]).words();
    let files = received(&service);
    assert_eq!(
        (files[0].info.name.as_str(), files[0].content.as_slice()),
        ("file 1.csv", b"a,b\r\n1,2\r\n".as_slice())
    );
}

#[test]
fn a_file_that_is_too_large_or_one_too_many_is_named_and_the_others_are_kept() {
    let storage = "largest_file_mib = 1\nmost_files = 2\n".to_owned();
    let service = Service::start_with(Setup { storage, ..Setup::default() });
    let reporter = Reporter::at(&service.url);
    let fields = [("narrative", "Many files."), ("clean", "yes")];
    let large = vec![7; 1_048_577];
    let page = reporter.post_with_files(
        "/report",
        &fields,
        &[("film.mp4", &large), ("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")],
    );
    assert_eq!(page.status, 422);
    let text = page.text();
    assert!(text.contains("“film.mp4” is too large") && text.contains("The first 2 were kept"), "{text}");
    assert!(page.html.contains("a.txt") && page.html.contains("b.txt") && !page.html.contains("c.txt"));
    send_again(&reporter, &page, "/report", &fields[..1], &["1", "2"]).words();
    assert_eq!(received(&service).len(), 2);
}

#[test]
fn files_come_with_messages_too_and_follow_those_of_the_report() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let words = reporter
        .post_with_files("/report", &[("narrative", "First."), ("clean", "yes")], &[("one.txt", b"1")])
        .words();
    let fields = [("words", words.as_str()), ("number", "1"), ("message", "Second."), ("clean", "yes")];
    let page = reporter.post_with_files("/check/message", &fields, &[("two.txt", b"2")]);
    assert!(page.text().contains("Your message was added."), "{}", page.text());
    let photo = corpus("photo-phone.jpg");
    let fields = [("words", words.as_str()), ("number", "2"), ("message", "Third."), ("clean", "yes")];
    let page = reporter.post_with_files("/check/message", &fields, &[("three.jpg", &photo)]);
    assert!(page.text().contains("Look at your files before you send"), "{}", page.text());
    let page = send_again(&reporter, &page, "/check/message", &fields[..3], &["1"]);
    assert!(page.text().contains("Your message was added."), "{}", page.text());
    let files = received(&service);
    let names: Vec<_> = files.iter().map(|file| file.info.name.clone()).collect();
    assert_eq!(names, ["one.txt", "two.txt", "three.jpg"]);
    assert_eq!(files[0].info.cleaned, ["nothing_found"], "that it was looked into is said, too");
    assert!(files[2].info.cleaned.len() > 1);
}

#[test]
fn a_hidden_field_that_was_tampered_with_brings_no_file_of_anybody_else() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    for kept in ["x", "eyJjYXNlIjoiIn0", &"A".repeat(50_000)] {
        let page = reporter.post_with_files(
            "/report",
            &[("narrative", "Mine."), ("kept", kept), ("keep", "1")],
            &[],
        );
        assert_eq!(page.status, 422);
        assert!(page.text().contains("not here any more"), "{}", page.text());
    }
}

/// A photo of about `length` bytes: one that tells a lot, with comments before its picture.
fn large_photo(length: usize) -> Vec<u8> {
    let photo = corpus("photo-phone.jpg");
    let mut large = photo[..2].to_vec();
    while large.len() + photo.len() < length {
        large.extend_from_slice(&[0xff, 0xfe, 0xff, 0xff]);
        large.extend(std::iter::repeat_n(b'x', 0xfffd));
    }
    large.extend_from_slice(&photo[2..]);
    large
}

#[test]
fn more_photos_than_fit_into_memory_at_once_go_through_one_after_the_other() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let form = reporter.get("/report").input("form").expect("a form value");
    let photo = large_photo(5_000_000);
    let files: Vec<(&str, &[u8])> = (0..8).map(|_| ("photo.jpg", photo.as_slice())).collect();
    let fields = [("form", form.as_str()), ("clean", "yes"), ("narrative", "Eight photos.")];
    let page = reporter.post_with_files("/report", &fields, &files);
    assert!(page.text().contains("Look at your files"), "{}: {}", page.status, page.text());
    // Once more in what our script is told.
    assert_eq!(page.html.matches("the place").count(), 8 + 1, "all of them were cleaned");
    let larger = large_photo(23_000_000);
    let page = reporter.post_with_files("/report", &fields, &[("photo.jpg", &larger)]);
    assert!(page.text().contains("too large to be looked into here"), "{}: {}", page.status, page.text());
}

#[test]
fn slow_senders_do_not_keep_others_from_having_their_files_cleaned() {
    let service = Service::start();
    let address = service.url.strip_prefix("http://").expect("plain");
    let photo = corpus("photo-phone.jpg");
    let slow: Vec<TcpStream> = (0..8)
        .map(|_| {
            let head = format!(
                "POST /report HTTP/1.1\r\nHost: {address}\r\nContent-Type: multipart/form-data; boundary=b\r\n\
                 Content-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"clean\"\r\n\r\nyes\r\n\
                 --b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n\r\n"
            );
            let mut stream = TcpStream::connect(address).expect("a connection");
            stream.write_all(head.as_bytes()).expect("sent");
            stream.write_all(&large_photo(100_000)).expect("sent");
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    let reporter = Reporter::at(&service.url);
    let form = reporter.get("/report").input("form").expect("a form value");
    let fields = [("form", form.as_str()), ("clean", "yes"), ("narrative", "Quick.")];
    let begun = Instant::now();
    let page = reporter.post_with_files("/report", &fields, &[("photo.jpg", &photo)]);
    assert!(page.text().contains("the place"), "{}", page.text());
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    drop(slow);
}

#[test]
fn a_file_that_was_taken_as_it_is_does_not_go_along_once_hidden_data_is_to_be_removed() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let form = reporter.get("/report").input("form").expect("a form value");
    let photo = corpus("photo-phone.jpg");
    let fields = [("form", form.as_str()), ("narrative", "See the photo.")];
    let page = reporter.post_with_files("/report", &fields, &[("photo.jpg", &photo)]);
    assert!(page.text().contains("hidden data was not removed"), "{}", page.text());
    let kept = page.input("kept").expect("the file comes back with the form");
    let now = [fields[0], fields[1], ("clean", "yes"), ("kept", kept.as_str()), ("keep", "1")];
    let page = reporter.post_with_files("/report", &now, &[]);
    assert_eq!(page.status, 422, "not sent behind their back");
    assert!(page.text().contains("Please choose it again, or tick it"), "{}", page.text());
    assert!(!page.html.contains("value=\"1\" checked"), "it is not ticked");
    // Who ticks it again has read that.
    let kept = page.input("kept").expect("the file is still there");
    let again = [fields[0], fields[1], ("clean", "yes"), ("kept", kept.as_str()), ("keep", "1")];
    assert_eq!(reporter.post_with_files("/report", &again, &[]).words().split(' ').count(), 12);
}

#[test]
fn a_message_that_is_sent_again_with_one_more_file_is_not_taken_for_sent() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let words = reporter.submit(&[("narrative", "First.")]).words();
    let fields = [("words", words.as_str()), ("number", "1"), ("message", "The same words.")];
    assert_eq!(reporter.post_with_files("/check/message", &fields, &[]).status, 200);
    assert_eq!(reporter.post_with_files("/check/message", &fields, &[]).status, 200, "the same again");
    let page = reporter.post_with_files("/check/message", &fields, &[("list.bin", b"\x00\x01")]);
    let kept = page.input("kept").expect("the form comes back with the file");
    let again = [fields[0], fields[1], fields[2], ("kept", kept.as_str()), ("keep", "1")];
    let page = reporter.post_with_files("/check/message", &again, &[]);
    assert_eq!(page.status, 409, "{}", page.text());
    assert!(page.html.contains("list.bin") && page.html.contains("The same words."));
}

#[test]
fn another_sites_copy_of_the_form_cannot_choose_the_key_of_the_case() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    // Whoever made the other site has a form of ours, with a key that they know.
    let theirs = reporter.post_with_files("/report", &[], &[("bait.txt", b"bait")]);
    let kept = theirs.input("kept").expect("a key of theirs");
    let fields = [("narrative", ""), ("kept", kept.as_str()), ("keep", "1")];
    let page = reporter.post_with_files_from("cross-site", "/report", &fields, &[]);
    assert!(page.text().contains("not here any more"), "{}", page.text());
    assert_eq!(page.input("kept"), None, "nothing of theirs comes back");
    let page = reporter.post_with_files_from("cross-site", "/report", &fields, &[("mine.txt", b"mine")]);
    assert_ne!(page.input("kept"), Some(kept), "a case of its own");
}

#[test]
fn a_form_that_is_changed_after_it_was_sent_is_another_report_and_says_which_files_it_lacks() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let form = reporter.get("/report").input("form").expect("a hidden value");
    let files = [("one.bin", b"\x00one".as_slice()), ("two.bin", b"\x00two".as_slice())];
    let fields = [("form", form.as_str()), ("narrative", "Two files.")];
    let asked = [fields[0], fields[1], ("clean", "yes")];
    let page = reporter.post_with_files("/report", &asked, &files);
    let words = send_again(&reporter, &page, "/report", &fields, &["1"]).words();
    assert_eq!(received(&service).len(), 1);
    // Back, and the second ticked as well: not the same report, and never confirmed without its file.
    let more = send_again(&reporter, &page, "/report", &fields, &["1", "2"]);
    assert!(more.text().contains("went with a report that you have sent already"), "{}", more.text());
    assert!(more.html.contains("Two files."), "what was typed is still there");
    assert_eq!(received(&service).len(), 1);
    // Chosen again, it goes as a second report.
    let form = more.input("form").expect("a hidden value");
    let fields = [("form", form.as_str()), ("narrative", "Two files.")];
    let asked = [fields[0], fields[1], ("clean", "yes")];
    let second = reporter.post_with_files("/report", &asked, &files);
    let second = send_again(&reporter, &second, "/report", &fields, &["1", "2"]);
    assert_ne!(second.words(), words);
}
