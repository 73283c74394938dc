//! Bad input gets a clear page and the right status code; what was typed stays, and nothing is stored.

use candor::store::Holder;
use candor_tests::{Page, Reporter, Service};

/// What is typed into a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

fn stored(service: &Service) -> usize {
    let chair = Holder { recipient_id: "chair".to_owned(), public_key: service.public_key("chair") };
    let listing = service.store.list_cases(&chair, None, 100, 0);
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(listing)
        .expect("a listing")
        .len()
}

fn refused(page: &Page, status: u16, kept: &str, place: &str) {
    assert_eq!(page.status, status, "{place}: {}", page.text());
    assert!(page.html.contains(kept), "{place}: what was typed is gone");
    assert!(page.html.contains("<h1"), "{place}: not a page");
    let text = page.text();
    for inner in ["sqlx", "SQLITE", "panicked", "StoreError", "{ "] {
        assert!(!text.contains(inner), "{place}: shows an inner error");
    }
}

#[test]
fn each_fault_of_a_report_is_named_and_nothing_is_stored() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let long = "x".repeat(100_001);
    let long_where = "y".repeat(1_001);
    let rows: [(&str, Fields<'_>, &str); 10] = [
        ("nothing written", &[("narrative", "  \r\n "), ("when", "Kept answer")], "Kept answer"),
        ("too long", &[("narrative", &long), ("when", "Kept answer")], &long),
        ("short answer too long", &[("narrative", "Kept"), ("where", &long_where)], &long_where),
        ("unknown category", &[("narrative", "Kept narrative"), ("category", "gossip")], "Kept narrative"),
        ("unknown recipient", &[("narrative", "Kept narrative"), ("chosen", "nobody")], "Kept narrative"),
        (
            "unknown person concerned",
            &[("narrative", "Kept narrative"), ("concerns", "nobody")],
            "Kept narrative",
        ),
        (
            "excluded and chosen at once",
            &[("narrative", "Kept narrative"), ("concerns", "compliance"), ("chosen", "compliance")],
            "Kept narrative",
        ),
        ("counsel chosen", &[("narrative", "Kept narrative"), ("chosen", "counsel")], "Kept narrative"),
        (
            "confidential without a name",
            &[("narrative", "Kept narrative"), ("identity", "confidential")],
            "Kept narrative",
        ),
        (
            "everybody excluded",
            &[
                ("narrative", "Kept narrative"),
                ("concerns", "chair"),
                ("concerns", "alternate"),
                ("concerns", "counsel"),
            ],
            "Kept narrative",
        ),
    ];
    for (fault, fields, kept) in rows {
        let page = reporter.submit(fields);
        refused(&page, 422, kept, fault);
        assert!(page.html.contains("role=\"alert\""), "{fault}: no error summary");
        assert!(page.html.contains("aria-describedby"), "{fault}: no message beside the field");
    }
    assert_eq!(stored(&service), 0);
    let whole = "x".repeat(100_000);
    reporter.submit(&[("narrative", &whole)]).words();
    let emoji = "\u{1f512}".repeat(100_000);
    reporter.submit(&[("narrative", &emoji)]).words();
    assert_eq!(stored(&service), 2, "exactly the limit is no fault, whatever the characters");
}

#[test]
fn forms_that_no_browser_sends_are_refused_kindly() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let urlencoded = "application/x-www-form-urlencoded";
    let rows: [(&str, &str, &[u8], u16, &str); 4] = [
        ("invalid UTF-8", urlencoded, b"narrative=Kept+text+%ff%fe", 400, "Kept text"),
        ("repeated field", urlencoded, b"narrative=Kept+text&narrative=other", 400, "Kept text"),
        ("plain text", "text/plain", b"narrative=x", 415, ""),
        ("no type", "", b"narrative=x", 415, ""),
    ];
    for (fault, content_type, body, status, kept) in rows {
        refused(&reporter.post_raw("/report", content_type, body), status, kept, fault);
    }
    // JSON is what our script sends: it is told so in JSON.
    let answer = reporter.post_raw("/report", "application/json", b"{\"narrative\":\"x\"}");
    assert_eq!(answer.status, 400);
    assert!(answer.html.contains("\"code\":\"malformed\""), "{}", answer.html);
    let many = (0..10_000).map(|n| format!("f{n}=x")).collect::<Vec<_>>().join("&");
    refused(&reporter.post_raw("/report", urlencoded, many.as_bytes()), 400, "", "10,000 fields");
    let huge = format!("narrative={}", "x".repeat(4 * 1024 * 1024));
    refused(&reporter.post_raw("/report", urlencoded, huge.as_bytes()), 413, "", "oversized");
    assert_eq!(stored(&service), 0);
}

#[test]
fn addresses_and_methods_that_do_not_exist_get_a_page_too() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    refused(&reporter.get("/nothing/here?q=secret"), 404, "", "unknown address");
    refused(&reporter.get("/check/message"), 405, "", "wrong method");
}

#[test]
fn words_that_open_nothing_look_alike_and_typing_errors_are_named_by_position() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let words = reporter.submit(&[("narrative", "A concern.")]).words();
    let list: Vec<&str> = words.split(' ').collect();

    let mut typo = list.clone();
    typo[4] = "qqqq";
    let page = reporter.check(&typo.join(" "));
    refused(&page, 422, &typo.join(" "), "a wrong word");
    assert!(page.text().contains('5'), "the fifth word is to be named: {}", page.text());

    let page = reporter.check(&list[..11].join(" "));
    refused(&page, 422, &list[..11].join(" "), "eleven words");
    assert!(page.text().contains("11"), "{}", page.text());

    refused(&reporter.check(""), 422, "", "nothing typed");

    // Right by their checksum, unknown here.
    let stranger = candor_crypto::RetrievalToken::from_bytes([7; 16]).phrase();
    let unknown = reporter.check(&stranger);
    refused(&unknown, 404, &stranger, "unknown words");
}
