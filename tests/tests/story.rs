//! The main job, end to end, through the pages and the store: report, seal, route, check back, decrypt, reply.

use candor::domain::day::Day;
use candor::domain::status::Status;
use candor::store::{Holder, Move};
use candor_crypto::open::{Entry, open_entry, open_grant};
use candor_crypto::{Envelope, Reply, ReporterKeys, seal_reply};
use candor_tests::{Reporter, Service};

fn holder(service: &Service, id: &str) -> Holder {
    Holder { recipient_id: id.to_owned(), public_key: service.public_key(id) }
}

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

/// From `Received`, where every case begins.
fn to(to: Status) -> Move {
    Move { from: Status::Received, to, outcome: None }
}

#[test]
fn a_report_reaches_the_chair_and_the_answer_reaches_the_reporter() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);

    // The reporter writes, and is shown twelve words.
    let confirmation = reporter.submit(&[
        ("category", "accounting"),
        ("chosen", "compliance"),
        ("narrative", "Sales were booked\r\nbefore they were made."),
        ("when", "In October"),
        ("identity", "anonymous"),
    ]);
    let words = confirmation.words();

    // The chair reads it with a key that the service has never seen.
    let chair = holder(&service, "chair");
    let cases = block(service.store.list_cases(&chair, None, 10, 1 << 20)).expect("a listing");
    assert_eq!(cases.len(), 1);
    let case = &cases[0];
    let id = case.brief.case.id;
    let case_key =
        open_grant(&case.grant, service.key("chair"), id).expect("a whole grant").expect("the chair's grant");
    let report = case.report.as_ref().expect("a short report comes with the listing");
    let opened =
        open_entry(report.as_bytes(), case_key.private_key(), id).expect("a whole entry").expect("its key");
    let Entry::Report { report, reporter: ReporterKeys { speaker, .. }, .. } = opened else {
        panic!("not a report")
    };
    assert_eq!(report.narrative, "Sales were booked\nbefore they were made.");
    assert_eq!(report.category, "accounting");
    assert_eq!(report.when, "In October");
    assert_eq!(report.chosen, "compliance");
    assert!(!report.confidential);

    // Accounting belongs to the committee alone: the Compliance Office is told, but holds no grant.
    let compliance = holder(&service, "compliance");
    assert!(block(service.store.list_cases(&compliance, None, 10, 0)).expect("a listing").is_empty());
    assert_eq!(block(service.store.addressed_days("compliance", 10)).expect("days").len(), 1);

    // The chair moves it along and replies.
    let day = Day::from_number(20_781);
    block(service.store.mark_opened(chair.clone(), id, day)).expect("a mark");
    block(service.store.change_status(chair.clone(), id, to(Status::Acknowledged), day))
        .expect("an allowed transition");
    let envelope = Envelope { case: id, number: 1, day: day.iso() };
    let reply = Reply {
        recipient: "chair".to_owned(),
        title: "Audit Committee chair".to_owned(),
        text: "Which <b>contracts</b> were they?".to_owned(),
        attachments: Vec::new(),
    };
    let sealed = seal_reply(&envelope, &reply, &case.brief.case.public_key, &case.brief.case.mailbox)
        .expect("a sealed reply");
    block(service.store.add_reply(chair.clone(), id, 1, sealed, Vec::new(), day)).expect("a stored reply");

    // The reporter comes back with the words, typed carelessly, and finds status and reply.
    let careless = words.to_uppercase().replacen(' ', "  ", 3).replacen(' ', "-", 1);
    let status = reporter.check(&careless);
    assert_eq!(status.status, 200, "{}", status.text());
    assert!(status.text().contains("Acknowledged"), "{}", status.text());
    assert!(
        status.html.contains("Which &#60;b&#62;contracts")
            || status.html.contains("Which &lt;b&gt;contracts")
    );
    assert!(!status.text().contains("booked"), "a status page must never show what was reported");

    // The reporter answers; the answer is provably the same person's.
    let added = reporter.add_message(&status, &words, "The two from the north.");
    assert_eq!(added.status, 200, "{}", added.text());
    let entries = block(service.store.entries(id)).expect("entries");
    let message = entries.iter().find(|entry| entry.kind == "message").expect("a message");
    let opened =
        open_entry(message.sealed.as_bytes(), case_key.private_key(), id).expect("whole").expect("its key");
    assert_eq!(opened.is_from(&speaker), Some(true));
    let Entry::Message { text, .. } = opened else { panic!("not a message") };
    assert_eq!(*text, "The two from the north.");
}

#[test]
fn a_form_that_is_sent_twice_makes_one_case_and_shows_the_same_words() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let form = reporter.get("/report").input("form").expect("a hidden field");
    let fields = [("form", form.as_str()), ("narrative", "Sent by a double click.")];
    let first = reporter.post("/report", &fields).words();
    let again = reporter.post("/report", &fields).words();
    assert_eq!(first, again);
    let other = reporter
        .post("/report", &[("form", form.as_str()), ("narrative", "Another text in the old form.")])
        .words();
    assert_ne!(first, other, "a different report must get words of its own");
    let cases = block(service.store.list_cases(&holder(&service, "chair"), None, 10, 0)).expect("a listing");
    assert_eq!(cases.len(), 2);
    assert_eq!(reporter.check(&first).status, 200);
    assert_eq!(reporter.check(&other).status, 200);
}

#[test]
fn a_message_that_is_sent_twice_is_stored_once_and_an_overtaken_one_keeps_its_text() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let words = reporter.submit(&[("narrative", "A concern.")]).words();
    let status = reporter.check(&words);
    assert_eq!(reporter.add_message(&status, &words, "More.").status, 200);
    assert_eq!(reporter.add_message(&status, &words, "More.").status, 200, "a reload is no error");
    let overtaken = reporter.add_message(&status, &words, "From an old tab.");
    assert_eq!(overtaken.status, 409);
    assert!(overtaken.html.contains("From an old tab."), "what was typed stays");
    assert_eq!(reporter.add_message(&overtaken, &words, "From an old tab.").status, 200);
    let id = block(service.store.list_cases(&holder(&service, "chair"), None, 1, 0)).expect("a listing")[0]
        .brief
        .case
        .id;
    let messages =
        block(service.store.entries(id)).expect("entries").into_iter().filter(|e| e.kind == "message");
    assert_eq!(messages.count(), 2);
}

#[test]
fn a_confidential_reporters_name_is_an_entry_of_its_own() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    reporter
        .submit(&[
            ("narrative", "I can be asked."),
            ("identity", "confidential"),
            ("name", "A clerk of the northern office"),
            ("contact", "extension 12"),
        ])
        .words();
    let cases =
        block(service.store.list_cases(&holder(&service, "alternate"), None, 1, 1 << 20)).expect("a listing");
    let id = cases[0].brief.case.id;
    let key = open_grant(&cases[0].grant, service.key("alternate"), id).expect("whole").expect("a grant");
    let entries = block(service.store.entries(id)).expect("entries");
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["identity", "report"]);
    let opened =
        open_entry(entries[0].sealed.as_bytes(), key.private_key(), id).expect("whole").expect("its key");
    let Entry::Identity { identity, .. } = opened else { panic!("not an identity") };
    assert_eq!(identity.name, "A clerk of the northern office");
    let opened =
        open_entry(entries[1].sealed.as_bytes(), key.private_key(), id).expect("whole").expect("its key");
    let Entry::Report { report, .. } = opened else { panic!("not a report") };
    assert!(report.confidential);
}

#[test]
fn a_question_is_asked_on_its_own_page_and_answered() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let words =
        reporter.ask(&[("narrative", "May I accept a fountain pen?"), ("chosen", "compliance")]).words();
    let compliance = holder(&service, "compliance");
    let cases = block(service.store.list_cases(&compliance, None, 1, 1 << 20)).expect("a listing");
    let id = cases[0].brief.case.id;
    assert_eq!(cases[0].brief.case.kind.code(), "question");
    let day = Day::from_number(20_780);
    block(service.store.change_status(compliance, id, to(Status::Answered), day)).expect("allowed");
    let status = reporter.check(&words);
    assert!(status.text().contains("Answered"), "{}", status.text());
}

#[test]
fn a_form_copied_to_another_site_cannot_choose_the_words() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let known = candor_crypto::RetrievalToken::from_bytes([7; 16]);
    let body = "form=BwcHBwcHBwcHBwcHBwcHBw&narrative=Typed+on+a+copied+page.";
    let from_elsewhere = reporter.post_from("cross-site", "/report", body).words();
    assert_ne!(from_elsewhere, *known.phrase());
    let from_here = reporter.post_from("same-origin", "/report", body).words();
    assert_eq!(from_here, *known.phrase());
}
