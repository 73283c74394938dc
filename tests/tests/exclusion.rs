//! The accused, when they are a recipient, must not learn that the report exists.

use candor::store::Holder;
use candor_crypto::open::open_grant;
use candor_tests::service::Setup;
use candor_tests::{Reporter, Service};

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

fn listing(service: &Service, id: &str) -> Vec<candor::store::CaseListing> {
    let holder = Holder { recipient_id: id.to_owned(), public_key: service.public_key(id) };
    block(service.store.list_cases(&holder, None, 100, 1 << 20)).expect("a listing")
}

fn mails(service: &Service) -> Vec<String> {
    // The outbox works on its own; give it the time it takes.
    for _ in 0..100 {
        if block(service.store.next_notice_due()).expect("the outbox").is_none() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    service.mailer.sent().iter().map(|notice| notice.to().to_owned()).collect()
}

#[test]
fn an_excluded_chair_gets_no_grant_no_mail_no_listing_and_no_count() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    reporter
        .submit(&[
            ("concerns", "chair"),
            ("category", "management_fraud"),
            ("narrative", "It is about the chair."),
        ])
        .words();
    assert!(listing(&service, "chair").is_empty());
    assert!(block(service.store.addressed_days("chair", 10)).expect("days").is_empty());
    let alternate = listing(&service, "alternate");
    assert_eq!(alternate.len(), 1);
    let id = alternate[0].brief.case.id;
    assert!(open_grant(&alternate[0].grant, service.key("alternate"), id).expect("whole").is_some());
    assert!(
        open_grant(&alternate[0].grant, service.key("chair"), id).expect("whole").is_none(),
        "the chair's key must open no grant of it"
    );
    let chair = Holder { recipient_id: "chair".to_owned(), public_key: service.public_key("chair") };
    assert!(block(service.store.find_case(&chair, id)).is_err());
    assert_eq!(mails(&service), ["alternate@example.com"]);

    // A second report, not about the chair: the chair sees one case, as if there had only ever been one.
    reporter.submit(&[("category", "management_fraud"), ("narrative", "It is about a manager.")]).words();
    assert_eq!(listing(&service, "chair").len(), 1);
    assert_eq!(listing(&service, "alternate").len(), 2);
}

#[test]
fn with_the_whole_committee_excluded_outside_counsel_reads() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    reporter
        .submit(&[
            ("concerns", "chair"),
            ("concerns", "alternate"),
            ("category", "accounting"),
            ("narrative", "Both."),
        ])
        .words();
    assert!(listing(&service, "chair").is_empty());
    assert!(listing(&service, "alternate").is_empty());
    assert_eq!(listing(&service, "counsel").len(), 1);
    assert_eq!(mails(&service), ["counsel@example.com"]);
}

#[test]
fn a_report_that_nobody_could_read_is_refused_and_nothing_is_stored() {
    let service = Service::start_with(Setup {
        recipients: vec![
            ("chair", "committee", "Audit Committee chair", true),
            ("compliance", "compliance", "Compliance Office", true),
        ],
        ..Setup::default()
    });
    let reporter = Reporter::at(&service.url);
    let refused = reporter.submit(&[
        ("concerns", "chair"),
        ("category", "accounting"),
        ("narrative", "About the only one."),
    ]);
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("About the only one."), "what was typed stays");
    assert!(listing(&service, "chair").is_empty());
    assert!(listing(&service, "compliance").is_empty());
}

#[test]
fn without_any_key_the_forms_are_closed_before_anyone_types() {
    let service = Service::start_with(Setup {
        recipients: vec![("chair", "committee", "Audit Committee chair", false)],
        ..Setup::default()
    });
    let reporter = Reporter::at(&service.url);
    for path in ["/report", "/ask"] {
        let page = reporter.get(path);
        assert_eq!(page.status, 503);
        assert!(page.input("form").is_none());
        assert_eq!(reporter.post(path, &[("narrative", "Too early.")]).status, 503);
    }
}
