//! Who can read a case after the rules decided it: released, handed over, taken off, stepped aside; through the built
//! program's commands.

use candor::clock::Clock;
use candor::store::{Holder, Release, Released};
use candor_crypto::PrivateKey;
use candor_tests::desk::Desk;
use candor_tests::records::{block, sql};
use candor_tests::{Reporter, Service, program};
use std::process::Output;

fn said(output: &Output) -> String {
    assert!(!output.status.success(), "refused");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn first_case(desk: &Desk, id: &str) -> String {
    desk.list(id)[0]["id"].as_str().expect("an id").to_owned()
}

fn verified(desk: &Desk) -> bool {
    let database = desk.folder.path().join("data/candor.sqlite");
    let key =
        std::fs::read_to_string(desk.folder.path().join("data/record.key")).expect("the key of the record");
    let key = candor_crypto::record::RecordKey::from_file(&key).expect("a key").public_key().to_string();
    let output =
        program::run(&["log", "verify", "--key", &key, "--database", database.to_str().expect("a path")]);
    String::from_utf8_lossy(&output.stdout).contains("Nothing is wrong.")
}

#[test]
fn the_committee_releases_a_case_to_the_office_that_it_was_addressed_to_and_never_to_whom_it_is_about() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter
        .submit(&[
            ("category", "accounting"),
            ("narrative", "The chair books early."),
            ("concerns", "chair"),
            ("chosen", "compliance"),
        ])
        .words();
    assert!(desk.list("compliance").is_empty());
    let case = first_case(&desk, "alternate");
    let readers = desk.case_text("alternate", &["readers", &case]);
    assert!(readers.contains("alternate") && readers.contains("compliance"), "{readers}");
    assert!(!readers.contains("chair"), "the chair is nobody to whom it could be released: {readers}");

    let refused = said(&desk.case("alternate", &["release", &case, "--to", "chair"]));
    assert!(refused.contains("The report is about Audit Committee chair"), "{refused}");
    let released = desk.case_text("alternate", &["release", &case, "--to", "compliance"]);
    assert!(released.contains("Compliance Office can read case"), "{released}");
    let shown = desk.case_text("compliance", &["show", &case]);
    assert!(
        shown.contains("The chair books early.") && shown.contains("released to Compliance Office"),
        "{shown}"
    );
    assert_eq!(desk.sql("SELECT count(*) FROM cases WHERE addressed_to <> ''"), "0");
    let again = said(&desk.case("alternate", &["release", &case, "--to", "compliance"]));
    assert!(again.contains("can read this case already"), "{again}");
    let beyond = said(&desk.case("compliance", &["release", &case, "--to", "supervisor-finance"]));
    assert!(beyond.contains("Leave it to the committee"), "{beyond}");
    assert!(desk.list("chair").is_empty());
    assert!(verified(&desk));
}

#[test]
fn whoever_is_taken_off_or_steps_aside_has_lost_the_case_for_good() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    let words = reporter.submit(&[("narrative", "Gifts."), ("chosen", "compliance")]).words();
    let case = first_case(&desk, "compliance");
    for step in ["acknowledged", "assessing"] {
        desk.case_text("compliance", &["status", &case, step]);
    }
    let office = |arguments: &[&str]| said(&desk.case("compliance", arguments));
    assert!(office(&["take-off", &case, "chair", "--text", "No."]).contains("Leave it to the committee"));
    let off = ["take-off", &case, "compliance", "--text", "Worked with the person it is about."];
    desk.case_text("chair", &off);
    let nobody = office(&["show", "00000000-0000-4000-8000-000000000000"]);
    assert_eq!(office(&["show", &case]), nobody, "as if there were no such case");
    assert!(desk.list("compliance").is_empty());
    let back = said(&desk.case("alternate", &["release", &case, "--to", "compliance"]));
    assert!(back.contains("were taken off it, or stepped aside"), "{back}");
    let shown = desk.case_text("alternate", &["show", &case]);
    assert!(shown.contains("Worked with the person it is about."), "{shown}");
    assert!(shown.contains("Compliance Office taken off by Audit Committee chair"), "{shown}");

    // An end that was proposed goes with whoever proposed it.
    desk.case_text("chair", &["status", &case, "investigating"]);
    desk.sql("UPDATE cases SET takes_two = 1");
    let end = ["concluded", "--outcome", "substantiated", "--measure", "trained", "--text", "Seen."];
    desk.case_text("chair", &[&["status", case.as_str()], &end[..]].concat());
    assert!(desk.case_text("chair", &["step-aside", &case]).contains("You have left case"));
    assert_eq!(desk.sql("SELECT count(*) FROM endings"), "0");
    assert!(desk.list("chair").is_empty());
    // The last who could end it stays.
    let last = said(&desk.case("alternate", &["step-aside", &case]));
    assert!(last.contains("Nobody would be left who can bring this case to its end"), "{last}");
    assert!(desk.case_text("alternate", &["show", &case]).contains("Gifts."));
    let page = reporter.check(&words).text();
    assert!(!page.contains("taken off") && !page.contains("stepped"), "{page}");
    assert!(verified(&desk));
}

#[test]
fn whoever_takes_the_second_pair_of_eyes_off_does_not_end_the_case_alone() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter.submit(&[("category", "accounting"), ("narrative", "Booked early.")]).words();
    let case = first_case(&desk, "chair");
    desk.case_text("chair", &["take-off", &case, "alternate", "--text", "In the way."]);
    desk.case_text("chair", &["status", &case, "assessing"]);
    let end =
        ["concluded", "--outcome", "not_substantiated", "--measure", "none_needed", "--text", "Nothing."];
    let refused = said(&desk.case("chair", &[&["status", case.as_str()], &end[..]].concat()));
    assert!(refused.contains("you took somebody off it"), "{refused}");
    assert_eq!(
        desk.sql("SELECT count(*) FROM entries WHERE kind = 'note'"),
        "1",
        "the reason of taking off alone"
    );
    assert!(verified(&desk));
}

#[test]
fn a_handover_gives_what_is_missing_less_what_is_about_them_and_goes_on_where_it_was_stopped() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    for number in 0..3 {
        reporter.submit(&[("narrative", &format!("Concern {number}."))]).words();
    }
    reporter.submit(&[("narrative", "About the office."), ("concerns", "compliance")]).words();
    let long = "A long report. ".repeat(3_000);
    reporter.submit(&[("narrative", &long)]).words();
    // What an earlier run got through.
    let release = |case: &serde_json::Value| {
        let case = case["id"].as_str().expect("an id");
        desk.case("chair", &["release", case, "--to", "compliance"]).status.success()
    };
    assert!(desk.list("chair").iter().any(release), "one is not about them");
    let said = desk.case_text("chair", &["handover", "--to", "compliance"]);
    assert!(said.contains("Compliance Office can read 3 more cases now."), "{said}");
    assert!(said.contains("1 are about them and were left out"), "{said}");
    assert_eq!(desk.list("compliance").len(), 4);
    let again = desk.case_text("chair", &["handover", "--to", "compliance"]);
    assert!(again.contains("can read 0 more cases now"), "{again}");
    assert!(verified(&desk));
}

#[test]
fn a_key_that_is_lost_is_put_out_of_use_but_for_what_nobody_else_could_read() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    for number in 0..2 {
        reporter.submit(&[("narrative", &format!("Concern {number}."))]).words();
    }
    let holder = |id: &str, key| Holder { recipient_id: id.to_owned(), public_key: key };
    let chair = holder("chair", service.public_key("chair"));
    let listed = block(service.store.list_cases(&chair, None, 10, 0)).expect("a listing");
    let cases: Vec<_> = listed.iter().map(|case| case.brief.case.id).collect();
    // The alternate had another key before, which opens both; one of them by now opens with nothing else.
    let old = PrivateKey::generate().public_key();
    let release = |to: Holder| {
        let releases =
            listed.iter().map(|case| Release { case: case.brief.case.id, grant: case.grant.clone() });
        block(service.store.release(chair.clone(), to, releases.collect(), service.clock.today(), 0))
    };
    let given = release(holder("alternate", old.clone())).expect("given");
    assert_eq!(given, [Ok(Released::Given), Ok(Released::Given)]);
    let database = service.data_dir().join("candor.sqlite");
    let current = service.public_key("alternate");
    sql(
        &database,
        &format!("DELETE FROM grants WHERE case_id = '{}' AND public_key = '{}'", cases[0], current.as_str()),
    );

    let key = service.roles.iter().find(|role| role.id == "chair").expect("a role").key_file.clone();
    let chair = |arguments: &[&str]| {
        let all =
            [&["case"], arguments, &["--server", &service.url, "--identity", key.to_str().expect("a path")]];
        program::run(&all.concat())
    };
    let text = |output: Output| String::from_utf8(output.stdout).expect("text");
    let report = text(chair(&["keys"]));
    assert!(report.contains("Audit Committee alternate  2 cases  (not in use)"), "{report}");
    assert!(report.contains("Audit Committee alternate  1 case\n"), "{report}");
    assert!(said(&chair(&["revoke", current.as_str()])).contains("still in the configuration"));
    assert!(said(&chair(&["revoke", "age1nobody"])).contains("No case that you can read"));
    sql(&database, &format!("DELETE FROM grants WHERE case_id = '{}' AND recipient_id = 'chair'", cases[0]));
    let revoked = text(chair(&["revoke", old.as_str()]));
    assert!(revoked.contains("opens nothing here any more.\n") && !revoked.contains("But for"), "{revoked}");
    let left = sql(&database, &format!("SELECT case_id FROM grants WHERE public_key = '{}'", old.as_str()));
    assert_eq!(left, cases[0].to_string(), "nobody else could read this one");
    assert!(
        !text(chair(&["keys"])).contains("not in use"),
        "of a case that they cannot read nothing is counted"
    );
}
