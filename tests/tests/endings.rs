//! How a case ends: who may, when, and with whose consent; through the built program's commands.

use candor_tests::Reporter;
use candor_tests::desk::Desk;
use std::process::Output;

const BECAUSE: [&str; 4] = ["--measure", "books_corrected", "--text", "The ledger shows it."];

fn said(output: &Output) -> String {
    assert!(!output.status.success(), "refused");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn first_case(desk: &Desk, id: &str) -> String {
    desk.list(id)[0]["id"].as_str().expect("an id").to_owned()
}

fn end<'a>(case: &'a str, to: &[&'a str]) -> Vec<&'a str> {
    ["status", case].into_iter().chain(to.iter().copied()).chain(BECAUSE).collect()
}

#[test]
fn an_accounting_case_ends_only_when_a_second_member_of_the_committee_agrees() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    let words = reporter.submit(&[("category", "accounting"), ("narrative", "Booked a year early.")]).words();
    let case = first_case(&desk, "chair");
    for step in ["acknowledged", "assessing", "investigating"] {
        desk.case_text("chair", &["status", &case, step]);
    }
    let concluded = ["concluded", "--outcome", "substantiated"];
    let proposed = desk.case_text("chair", &end(&case, &concluded));
    assert!(proposed.contains("until somebody else agrees"), "{proposed}");
    let page = reporter.check(&words).text();
    assert!(page.contains("Being looked into") && !page.contains("Concluded"), "{page}");

    assert!(
        said(&desk.case("chair", &["agree", &case, "--note", "1"]))
            .contains("You proposed this end yourself")
    );
    let shown = desk.case_text("alternate", &["show", &case]);
    assert!(shown.contains("concluded, substantiated (by Audit Committee chair"), "{shown}");
    assert!(shown.contains("books_corrected") && shown.contains("The ledger shows it."), "{shown}");
    assert!(said(&desk.case("alternate", &["agree", &case, "--note", "2"])).contains("rests on note 1"));

    // Declined, said why, proposed anew: what is agreed to is what was read.
    desk.case_text("alternate", &["decline", &case]);
    desk.case_text("alternate", &["note", &case, "--text", "Name the quarter."]);
    assert!(said(&desk.case("alternate", &["agree", &case, "--note", "1"])).contains("No end is proposed"));
    desk.case_text("chair", &end(&case, &concluded));
    desk.case_text("alternate", &["agree", &case, "--note", "3"]);
    let page = reporter.check(&words).text();
    assert!(page.contains("Concluded") && !page.contains("ledger"), "{page}");
    let kinds = desk.sql("SELECT group_concat(kind || ' ' || actor, ', ') FROM (SELECT kind, actor FROM events \
                          WHERE kind LIKE 'end%' OR kind IN ('takes_two', 'status') ORDER BY position DESC LIMIT 4)");
    assert_eq!(kinds, "status alternate, end_proposed chair, end_declined alternate, end_proposed chair");
    assert_eq!(desk.sql("SELECT count(*) FROM endings"), "0");
}

#[test]
fn other_cases_end_alone_unless_marked_and_a_mark_is_never_taken_off() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter.submit(&[("category", "legal"), ("chosen", "compliance"), ("narrative", "The permit ran out.")]);
    let case = first_case(&desk, "compliance");
    desk.case_text("compliance", &["status", &case, "assessing"]);
    let ended = desk.case_text("compliance", &end(&case, &["concluded", "--outcome", "not_substantiated"]));
    assert!(ended.contains("is now concluded, not_substantiated"), "{ended}");

    // Marked by a reader (it is about a senior officer, say), it takes two; the Compliance Office is no second.
    desk.case_text("chair", &["status", &case, "reopened"]);
    desk.case_text("chair", &["status", &case, "assessing"]);
    desk.sql("UPDATE cases SET takes_two = 1");
    let proposed = desk.case_text("chair", &end(&case, &["concluded", "--outcome", "substantiated"]));
    assert!(proposed.contains("until somebody else agrees"), "{proposed}");
    assert!(
        said(&desk.case("compliance", &["agree", &case, "--note", "2"])).contains("your kind may not agree")
    );
    // Another step makes the proposal void.
    desk.case_text("compliance", &["status", &case, "investigating"]);
    assert!(said(&desk.case("alternate", &["agree", &case, "--note", "2"])).contains("No end is proposed"));
    // Where nobody else could agree, one ends it, and that stays.
    desk.sql("DELETE FROM grants WHERE recipient_id = 'alternate'");
    desk.case_text("chair", &end(&case, &["concluded", "--outcome", "substantiated"]));
    let shown = desk.case_text("chair", &["show", &case]);
    assert!(shown.contains("alone: nobody else who may agree"), "{shown}");
}

#[test]
fn an_end_takes_a_conclusion_and_want_of_information_takes_a_question_first() {
    let desk = Desk::open();
    let reporter = Reporter::at(&desk.program.url);
    reporter.submit(&[("category", "legal"), ("narrative", "Something about permits.")]);
    let case = first_case(&desk, "chair");
    desk.case_text("chair", &["status", &case, "assessing"]);
    let without =
        desk.case("chair", &["status", &case, "concluded", "--outcome", "substantiated", "--text", "So."]);
    assert!(said(&without).contains("Say what was done: --measure"));
    let want = end(&case, &["concluded", "--outcome", "insufficient_information"]);
    assert!(said(&desk.case("chair", &want)).contains("was not asked for more"));
    desk.case_text("chair", &["status", &case, "question_asked"]);
    assert!(said(&desk.case("chair", &want)).contains("may still answer"));
    assert_eq!(desk.sql("SELECT count(*) FROM entries WHERE kind = 'note'"), "0", "nothing half-done");
    desk.sql("UPDATE events SET day = day - 30 WHERE detail = 'question_asked'");
    desk.case_text("chair", &want);
    assert_eq!(desk.sql("SELECT status || ' ' || outcome FROM cases"), "concluded insufficient_information");
}
