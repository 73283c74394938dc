//! Nobody forgets a case: readers are reminded of what is owed, and where nobody opens a case the next one is told; by the
//! e-mail that says nothing, and never anybody who cannot read it.

use candor::clock::Clock;
use candor::domain::calendar::WorkingDays;
use candor::domain::status::Status;
use candor::domain::{Recipient, RecipientKind, Recipients};
use candor::jobs::Outcome;
use candor::jobs::reminders::Reminders;
use candor::store::{Holder, Move};
use candor_tests::records::{DAY, block};
use candor_tests::service::Setup;
use candor_tests::{Reporter, Service};
use uuid::Uuid;

fn service() -> Service {
    let settings = "[mail]\ninterval_minutes = 0\nfrom = \"reports@example.com\"\ntransport = \"memory\"\nreminders = false\n";
    Service::start_with(Setup {
        recipients: vec![
            ("chair", "committee", "Audit Committee chair", true),
            ("alternate", "committee", "Audit Committee alternate", true),
            ("second-alternate", "committee", "Second alternate", true),
            ("compliance", "compliance", "Compliance Office", true),
            ("counsel", "counsel", "Outside counsel", true),
        ],
        settings: settings.to_owned(),
        ..Setup::default()
    })
}

fn recipients(service: &Service) -> Recipients {
    let recipient = |id: &str, kind| Recipient {
        id: id.to_owned(),
        kind,
        title: id.to_owned(),
        email: format!("{id}@example.com"),
        public_key: Some(service.public_key(id)),
        choosable: true,
        reads: false,
    };
    Recipients::new(vec![
        recipient("chair", RecipientKind::Committee),
        recipient("alternate", RecipientKind::Committee),
        recipient("second-alternate", RecipientKind::Committee),
        recipient("compliance", RecipientKind::Compliance),
        recipient("counsel", RecipientKind::Counsel),
    ])
}

/// Lets days pass one by one, running the job twice on each, as two servers do. Answers who was mailed on which day, as
/// `4 alternate`, counted from the first.
fn mailed(service: &Service, days: i64) -> Vec<String> {
    let (recipients, calendar) = (recipients(service), WorkingDays::default());
    let job = Reminders { store: &service.store, recipients: &recipients, calendar: &calendar };
    // What came with the report has left.
    while block(service.store.next_notice_due()).expect("the outbox").is_some() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let mut mailed = Vec::new();
    for _ in 0..days {
        service.clock.pass(DAY);
        let today = service.clock.today();
        block(job.run_once(today)).expect("a round");
        assert_eq!(block(job.run_once(today)).expect("a second round"), Outcome::Nothing);
        let claimed = block(service.store.claim_due_notices(service.clock.unix_seconds(), i64::MAX));
        for notices in claimed.expect("notices") {
            block(service.store.finish_notices(&notices.row_ids)).expect("finished");
            mailed.push(format!(
                "{} {}",
                today.days_since("2026-11-23".parse().expect("a day")),
                notices.recipient_id
            ));
        }
    }
    mailed
}

fn only_case(service: &Service, id: &str) -> Uuid {
    let holder = Holder { recipient_id: id.to_owned(), public_key: service.public_key(id) };
    let listed = block(service.store.list_cases(&holder, None, 10, 0)).expect("a listing");
    assert_eq!(listed.len(), 1);
    listed[0].brief.case.id
}

#[test]
fn a_case_about_the_chair_that_nobody_opens_reaches_one_alternate_after_the_other_and_never_the_chair() {
    let service = service();
    let reporter = Reporter::at(&service.url);
    let words = reporter.submit(&[("narrative", "The chair signs alone."), ("concerns", "chair")]).words();
    assert_eq!(
        mailed(&service, 15),
        [
            // The aim to acknowledge, to the one who was told.
            "2 alternate",
            // Three working days have passed; and the deadline comes near, for both who know by then.
            "4 alternate",
            "4 second-alternate",
            // The deadline has passed, and a week later it still has.
            "8 alternate",
            "8 second-alternate",
            "15 alternate",
            "15 second-alternate",
        ]
    );
    let events = block(service.store.events(only_case(&service, "alternate"))).expect("events");
    let told: Vec<_> = events
        .iter()
        .filter(|event| matches!(event.kind.as_str(), "told" | "reminded"))
        .map(|event| event.detail.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "alternate",
            "acknowledge_target:2026-11-25",
            "second-alternate",
            "acknowledge:2026-11-30",
            "acknowledge:2026-11-30:1",
            "acknowledge:2026-11-30:2",
        ]
    );
    let page = reporter.check(&words).text();
    assert!(!page.contains("reminded") && !page.contains("acknowledge_target"), "{page}");
}

#[test]
fn whoever_handles_a_case_is_reminded_until_it_is_done_and_nobody_once_it_has_ended() {
    let service = service();
    Reporter::at(&service.url).submit(&[("narrative", "A gift was not declared."), ("chosen", "compliance")]);
    let case = only_case(&service, "compliance");
    let compliance =
        Holder { recipient_id: "compliance".to_owned(), public_key: service.public_key("compliance") };
    block(service.store.mark_opened(compliance.clone(), case, service.clock.today())).expect("opened");
    let step = |from, to| {
        let change = Move { from, to, outcome: None };
        block(service.store.change_status(compliance.clone(), case, change, service.clock.today()))
            .expect("moved");
    };
    step(Status::Received, Status::Acknowledged);
    // Seven days before the update of the 23rd of December; nobody else has anything to do with it.
    assert_eq!(mailed(&service, 29), ["23 compliance"]);
    step(Status::Acknowledged, Status::Investigating);
    assert_eq!(mailed(&service, 20), Vec::<String>::new());
    // The update is late: the committee reads the case, too, and is told.
    assert_eq!(
        mailed(&service, 12),
        ["52 compliance", "60 alternate", "60 chair", "60 compliance", "60 second-alternate"]
    );
    step(Status::Investigating, Status::Passed);
    assert_eq!(mailed(&service, 60), Vec::<String>::new());
}
