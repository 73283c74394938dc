//! What our script sends is sealed before it arrives. The service checks what can be checked from outside, and takes
//! nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor::store::{CaseListing, Holder};
use candor_crypto::open::{Entry, open_entry, open_grant};
use candor_crypto::{PrivateKey, RetrievalToken};
use candor_tests::{SealedReporter, Service};
use serde_json::{Value, json};
use uuid::Uuid;

fn cases_of(service: &Service, id: &str) -> Vec<CaseListing> {
    let holder = Holder { recipient_id: id.to_owned(), public_key: service.public_key(id) };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(service.store.list_cases(&holder, None, 100, 1 << 20))
        .expect("a listing")
}

#[test]
fn a_report_sealed_in_the_browser_is_read_by_the_chair_and_answered_to_its_reporter_alone() {
    let service = Service::start();
    let reporter = SealedReporter::new(&service, "Sealed far away.");
    let confirmation = reporter.send(&service);
    assert_eq!(confirmation.status, 200, "{}", confirmation.text());
    assert_eq!(confirmation.html.matches("<li>…</li>").count(), 12, "the service does not know the words");
    assert_eq!(confirmation.input("words").as_deref(), Some(""));

    let cases = cases_of(&service, "chair");
    assert_eq!((cases.len(), cases_of(&service, "compliance").len()), (1, 0));
    assert_eq!(cases[0].brief.case.id, reporter.case);
    let key =
        open_grant(&cases[0].grant, service.key("chair"), reporter.case).expect("whole").expect("granted");
    let report = cases[0].report.as_ref().expect("a short report").as_bytes();
    let opened = open_entry(report, key.private_key(), reporter.case).expect("whole").expect("its key");
    let Entry::Report { report, .. } = opened else { panic!("not a report") };
    assert_eq!((report.narrative.as_str(), report.sealed_in.as_str()), ("Sealed far away.", "browser"));

    let answer = reporter.check(&service).expect("an answer");
    assert_eq!((answer.case, answer.number, answer.replies.len()), (reporter.case, 1, 0));
    assert!(answer.page.contains("Received"), "the status page");
    let answer = reporter.add(&service, &answer.public_key, 1, "And again.").expect("an answer");
    assert!(answer.number == 2 && answer.page.contains("Your message was added."));
    // The answer that got lost, and a number that is taken by something else.
    assert!(reporter.add(&service, &answer.public_key, 1, "And again.").is_some(), "the same message is one");
    assert!(reporter.add(&service, &answer.public_key, 1, "Another.").is_none(), "a taken number is refused");
}

#[test]
fn what_is_no_sealed_report_for_exactly_these_readers_is_refused_and_nothing_is_stored() {
    let service = Service::start();
    let good = SealedReporter::new(&service, "Never stored.").json;
    let stranger = PrivateKey::generate().public_key();
    let grant_of = |report: &Value, at: usize| report["grants"][at].clone();
    let change = |change: &dyn Fn(&mut Value)| {
        let mut json = good.clone();
        change(&mut json);
        json
    };
    let truncated = |field: &Value, keep: usize| {
        let bytes = STANDARD.decode(field.as_str().expect("base64")).expect("base64");
        json!(STANDARD.encode(&bytes[..bytes.len() - keep]))
    };
    let spoilt = [
        (400, "no JSON", json!("half")),
        (400, "a field too many", change(&|json| json["narrative"] = json!("in clear"))),
        (
            400,
            "text in the place of a seal",
            change(&|json| json["report"] = json!(STANDARD.encode("in clear"))),
        ),
        (400, "one byte cut off the report", change(&|json| json["report"] = truncated(&json["report"], 1))),
        (400, "a report off its bucket", change(&|json| json["report"] = truncated(&json["report"], 64))),
        (400, "a grant as the report", change(&|json| json["report"] = json["grants"][0]["sealed"].clone())),
        (400, "a report as a grant", change(&|json| json["grants"][0]["sealed"] = json["report"].clone())),
        (400, "a short access hash", change(&|json| json["access_hash"] = json!(STANDARD.encode([1; 31])))),
        (400, "a case id that is not random", change(&|json| json["case"] = json!(Uuid::nil()))),
        (400, "a mailbox that is no key", change(&|json| json["mailbox"] = json!("age1nothing"))),
        (409, "nobody granted", change(&|json| json["grants"] = json!([]))),
        (409, "somebody granted twice", change(&|json| json["grants"][1] = grant_of(json, 0))),
        (409, "an unknown recipient", change(&|json| json["grants"][1]["recipient"] = json!("ghost"))),
        (409, "a supervisor granted", change(&|json| json["grants"][1]["recipient"] = json!("supervisor"))),
        (
            409,
            "a key that is not theirs",
            change(&|json| json["grants"][0]["public_key"] = json!(stranger.as_str())),
        ),
        (409, "nobody told", change(&|json| json["told"] = json!([]))),
        (
            409,
            "somebody told who was not chosen",
            change(&|json| json["told"] = json!(["chair", "compliance"])),
        ),
        (409, "addressed to a reader", change(&|json| json["addressed"] = json!("chair"))),
    ];
    for (status, what, json) in spoilt {
        let answer = candor_tests::sealed_reporter::post(&service, "/report", &json);
        assert_eq!(answer.status, status, "{what}: {}", answer.html);
        let body: Value = serde_json::from_str(&answer.html).expect("an explanation");
        assert!(body["title"].as_str().is_some_and(|text| !text.is_empty()), "{what}");
        assert!(!answer.html.contains("Never stored") && !answer.html.contains("in clear"), "{what}");
    }
    assert!(cases_of(&service, "chair").is_empty());
    assert!(cases_of(&service, "alternate").is_empty());
}

#[test]
fn a_taken_case_id_fails_alone_even_among_reports_that_arrive_in_the_same_moment() {
    let service = Service::start();
    let taken = SealedReporter::new(&service, "First.");
    assert_eq!(taken.send(&service).status, 200);
    let fresh_token = || RetrievalToken::generate(&mut rand::rng());
    let submissions: Vec<(u16, SealedReporter)> = (0..24)
        .map(|at| match at % 3 {
            0 => (409, SealedReporter::with(&service, fresh_token(), taken.case, "Second.")),
            1 => (200, SealedReporter::new(&service, "Honest.")),
            // The same thing again, as after an answer that got lost.
            _ => (
                200,
                SealedReporter {
                    token: fresh_token(),
                    json: taken.json.clone(),
                    ..SealedReporter::new(&service, "")
                },
            ),
        })
        .collect();
    std::thread::scope(|scope| {
        for (expected, submission) in &submissions {
            let service = &service;
            scope.spawn(move || assert_eq!(submission.send(service).status, *expected));
        }
    });
    assert_eq!(cases_of(&service, "chair").len(), 1 + 8);
    assert!(taken.check(&service).is_some(), "the first one is still there");
}

#[test]
fn an_access_key_that_opens_nothing_learns_nothing() {
    let service = Service::start();
    assert!(SealedReporter::new(&service, "Never sent.").check(&service).is_none());
    let json = json!({"access_key": STANDARD.encode([7; 32])});
    let answer = candor_tests::sealed_reporter::post(&service, "/check", &json);
    assert_eq!(answer.status, 404);
    assert!(answer.html.contains("\"code\":\"unknown\""));
}
