//! A report cannot vanish: whatever somebody who can write to the database does, `candor log verify` finds it, and what a
//! reporter took home proves the report without the service.

use candor::clock::Clock;
use candor::domain::calendar::WorkingDays;
use candor::domain::record::{Proof, SignedHead};
use candor::domain::status::{Outcome as CaseOutcome, Status};
use candor::jobs::Outcome;
use candor::jobs::outbox::Outbox;
use candor::jobs::record::Record;
use candor::mail::{Mailer, Reason, SendError};
use candor::store::{Conclusion, Holder, Move, Moved};
use candor_crypto::record::RecordKey;
use candor_crypto::{Envelope, Note, seal_note};
use candor_tests::records::{DAY, block, copy_of, end_day, key_of, sql, verify};
use candor_tests::{Reporter, SealedReporter, Service, notices};
use std::path::Path;
use uuid::Uuid;

fn holder(service: &Service, id: &str) -> Holder {
    Holder { recipient_id: id.to_owned(), public_key: service.public_key(id) }
}

fn cases(service: &Service) -> Vec<Uuid> {
    let listed = block(service.store.list_cases(&holder(service, "chair"), None, 100, 0)).expect("a listing");
    listed.iter().map(|case| case.brief.case.id).collect()
}

/// Concludes a case that is being assessed: proposed by the chair with a note, declined, proposed anew, agreed to.
/// Answers whether it was there.
fn conclude_by_two(service: &Service, case: Uuid) -> bool {
    let [chair, alternate] = ["chair", "alternate"].map(|id| holder(service, id));
    let today = service.clock.today();
    let end =
        Move { from: Status::Assessing, to: Status::Concluded, outcome: Some(CaseOutcome::Substantiated) };
    let to = service.public_key("chair");
    let conclusion = |number| {
        let note = Note {
            recipient: "chair".to_owned(),
            title: "Audit Committee chair".to_owned(),
            text: "The ledger shows it.".to_owned(),
            assessment: String::new(),
            conclusion: None,
        };
        let envelope = Envelope { case, number, day: today.iso() };
        Conclusion {
            number,
            sealed: seal_note(&envelope, &note, &to).expect("sealed"),
            may_agree: vec!["chair".to_owned(), "alternate".to_owned()],
        }
    };
    block(service.store.take_two(chair.clone(), case, today)).expect("marked");
    match block(service.store.end(chair.clone(), case, end, conclusion(1), today)) {
        Ok(moved) => assert_eq!(moved, Moved::Proposed),
        Err(_) => return false,
    }
    block(service.store.decline_end(alternate.clone(), case, 1, today)).expect("declined");
    block(service.store.end(chair, case, end, conclusion(2), today)).expect("proposed");
    block(service.store.agree_to_end(alternate, case, 2, today)).expect("agreed");
    true
}

/// Two weeks of work: reports on several days, messages, opened and moved along, one concluded, deadlines missed, one
/// erased, and a day that has not ended. Answers the words of each report.
fn two_weeks(service: &Service) -> Vec<String> {
    let reporter = Reporter::at(&service.url);
    let chair = holder(service, "chair");
    let mut words = Vec::new();
    for day in 0..4 {
        for number in 0..3 {
            let narrative = format!("Report {number} of day {day}.");
            words.push(reporter.submit(&[("narrative", &narrative)]).words());
        }
        let status = reporter.check(&words[day]);
        assert_eq!(reporter.add_message(&status, &words[day], &format!("More on day {day}.")).status, 200);
        let case = cases(service)[0];
        let today = service.clock.today();
        block(service.store.mark_opened(chair.clone(), case, today)).expect("opened");
        let assess = Move { from: Status::Received, to: Status::Assessing, outcome: None };
        let _ = block(service.store.change_status(chair.clone(), case, assess, today));
        assert!(matches!(end_day(service), Outcome::Done(6..)));
    }
    assert!(cases(service).into_iter().any(|case| conclude_by_two(service, case)), "one is concluded");
    let passed = Move { from: Status::Received, to: Status::Passed, outcome: Some(CaseOutcome::Referred) };
    let pass_on =
        |case| block(service.store.change_status(chair.clone(), case, passed, service.clock.today())).is_ok();
    assert!(cases(service).into_iter().any(pass_on), "one is passed on");
    // The service stood still for a week.
    service.clock.pass(6 * DAY);
    end_day(service);
    let erased = cases(service)[3];
    block(service.store.erase(erased, service.clock.today())).expect("erased");
    end_day(service);
    reporter.submit(&[("narrative", "On a day that has not ended.")]).words();
    words
}

fn assert_right(database: &Path, key: &str) {
    let output = verify(&["--database", database.to_str().expect("a path")], key);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Nothing is wrong."), "{text}");
}

/// What the altered database is called: something is wrong, or a row cannot even be read.
fn assert_found(database: &Path, key: &str, what: &str) {
    let output = verify(&["--database", database.to_str().expect("a path")], key);
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(1 | 6)), "{what}: not found: {text}");
    assert!(text.contains("Wrong: ") || text.contains("it was altered"), "{what}: {text}");
}

/// A table, its key, which of its rows count, and the columns that the record answers for.
struct Table {
    name: &'static str,
    key: &'static str,
    rows: &'static str,
    columns: &'static [&'static str],
}

const TABLES: [Table; 7] = [
    Table {
        name: "events",
        key: "case_id, position",
        rows: "leaf >= 0",
        columns: &["case_id", "position", "day", "kind", "actor", "detail", "entries_digest", "leaf"],
    },
    Table {
        name: "entries",
        key: "case_id, kind, number",
        rows: "1",
        columns: &["case_id", "kind", "number", "position", "day", "sealed"],
    },
    Table {
        name: "record_leaves",
        key: "number",
        // What an erased case left behind has no secret any more.
        rows: "secret <> zeroblob(16)",
        columns: &["number", "secret", "commitment"],
    },
    Table { name: "record_nodes", key: "number", rows: "1", columns: &["number", "hash"] },
    Table {
        name: "record_heads",
        key: "day",
        rows: "1",
        columns: &["day", "size", "root", "previous", "signature"],
    },
    Table {
        name: "record_erasures",
        key: "case_tag",
        rows: "1",
        columns: &["case_tag", "day", "leaves", "leaf"],
    },
    Table {
        name: "cases",
        key: "id",
        rows: "1",
        columns: &["id", "status", "outcome", "received_day", "revision"],
    },
];

#[test]
fn whatever_is_changed_dropped_or_exchanged_is_found() {
    let service = Service::start();
    two_weeks(&service);
    let key = key_of(&service).public_key().to_string();
    let whole = copy_of(&service, "whole.sqlite");
    assert_right(&whole, &key);

    let altered = service.folder().join("altered.sqlite");
    let tamper = |statement: &str| {
        std::fs::copy(&whole, &altered).expect("a copy");
        sql(&altered, statement);
        assert_found(&altered, &key, statement);
    };
    let mut tried = 0;
    for Table { name, key, rows, columns } in TABLES {
        let count: usize =
            sql(&whole, &format!("SELECT COUNT(*) FROM {name} WHERE {rows}")).parse().expect("a number");
        assert!(count > 0, "{name} is empty");
        let mut places = vec![count / 3, count - 1];
        places.dedup();
        for at in places {
            let row = format!(
                "({key}) = (SELECT {key} FROM {name} WHERE {rows} ORDER BY {key} LIMIT 1 OFFSET {at})"
            );
            tamper(&format!("DELETE FROM {name} WHERE {row}"));
            for column in columns {
                let changed = format!(
                    "CASE TYPEOF({column}) WHEN 'integer' THEN {column} + 100000 WHEN 'text' THEN {column} || 'x' \
                     ELSE CAST(COALESCE(SUBSTR({column}, 2), x'') || x'5A' AS BLOB) END"
                );
                tamper(&format!("UPDATE {name} SET {column} = {changed} WHERE {row}"));
                tried += 1;
            }
        }
        for column in columns.iter().filter(|column| !key.contains(**column)) {
            // The first row, and the first that differs from it.
            let row = |rest: &str| {
                let keys = key.split(", ").map(|each| format!("quote({each})")).collect::<Vec<_>>();
                let values = keys.join(" || ', ' || ");
                sql(
                    &whole,
                    &format!(
                        "SELECT quote({column}) || ';' || {values} FROM {name} WHERE {rows} {rest} ORDER BY {key} LIMIT 1"
                    ),
                )
            };
            let one = row("");
            let (value, place) = one.split_once(';').expect("a row");
            let other = row(&format!("AND {column} <> {value}"));
            let Some((other_value, other_place)) = other.split_once(';') else { continue };
            tamper(&exchange(name, column, key, (value, place), (other_value, other_place)));
            tried += 1;
        }
    }
    assert!(tried > 55, "{tried}");
    assert_right(&whole, &key);
}

/// Gives two rows each other's value of a column, also where it may stand only once.
fn exchange(name: &str, column: &str, key: &str, one: (&str, &str), other: (&str, &str)) -> String {
    let away = if one.0.starts_with("X'") {
        "x'5A5A'"
    } else if one.0.starts_with('\'') {
        "'away'"
    } else {
        "-77"
    };
    let set =
        |value: &str, place: &str| format!("UPDATE {name} SET {column} = {value} WHERE ({key}) = ({place});");
    format!("{}{}{}", set(away, one.1), set(one.0, other.1), set(other.0, one.1))
}

#[test]
fn what_is_added_cut_off_or_rewritten_as_a_whole_is_found() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    for _ in 0..2 {
        reporter.submit(&[("narrative", "One.")]).words();
        end_day(&service);
    }
    let key = key_of(&service).public_key().to_string();
    let before = copy_of(&service, "before.sqlite");
    reporter.submit(&[("narrative", "Another.")]).words();
    end_day(&service);
    let whole = copy_of(&service, "whole.sqlite");
    let heads = service.folder().join("heads.txt");
    std::fs::write(&heads, reporter.get("/record.txt").html).expect("a file");
    let heads = heads.to_str().expect("a path");
    let given = |database: &Path, key: &str| {
        let output = verify(&["--database", database.to_str().expect("a path"), "--head", heads], key);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(given(&whole, &key).0, Some(0));

    // Added with a day that was closed long ago, numbered and counted well.
    let altered = service.folder().join("altered.sqlite");
    std::fs::copy(&whole, &altered).expect("a copy");
    let case = sql(&altered, "SELECT id FROM cases ORDER BY received_day LIMIT 1");
    sql(
        &altered,
        &format!(
            "UPDATE cases SET revision = revision + 1 WHERE id = '{case}'; INSERT INTO events (case_id, position, day, \
             kind, actor) SELECT id, revision, received_day, 'note', 'chair' FROM cases WHERE id = '{case}'"
        ),
    );
    assert_found(&altered, &key, "an event that was dated back");

    // An older copy is right in itself; the head that was given out is missing in it.
    assert_right(&before, &key);
    let (code, text) = given(&before, &key);
    assert_eq!(code, Some(6), "{text}");
    assert!(text.contains("it was given out and is not in this record"), "{text}");

    // Another key, as of somebody who signed a record of their own.
    let other = RecordKey::generate(&mut rand::rng()).public_key().to_string();
    assert_found(&whole, &other, "another key");
}

#[test]
fn the_reporters_proof_holds_without_the_service_and_not_with_a_byte_changed() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    let words = reporter.submit(&[("narrative", "I keep the proof.")]).words();
    let before = reporter.check(&words);
    assert!(before.text().contains("will be entered in the public record tonight"), "{}", before.text());
    assert_eq!(reporter.post("/check/record", &[("words", &words)]).status, 404);

    let chair = holder(&service, "chair");
    let case = cases(&service)[0];
    block(service.store.mark_opened(chair, case, service.clock.today())).expect("opened");
    end_day(&service);
    service.clock.pass(9 * DAY);
    end_day(&service);
    let page = reporter.check(&words);
    let text = page.text();
    assert!(text.contains("in the public record since the end of 23 November 2026"), "{text}");
    assert!(text.contains("A confirmation was due by 30 November 2026. It did not come in time"), "{text}");
    assert_eq!(page.bytes.len(), before.bytes.len(), "news and no news are of one length");

    let proof = reporter.post("/check/record", &[("words", &words)]);
    assert_eq!(proof.status, 200);
    assert_eq!(proof.header("content-disposition"), Some("attachment; filename=\"record.json\""));
    assert_eq!(proof.bytes.len(), page.bytes.len());
    assert!(!proof.html.contains("chair") && !proof.html.contains(&case.to_string()), "{}", proof.html);
    let file = service.folder().join("record.json");
    std::fs::write(&file, &proof.bytes).expect("a file");
    let file = file.to_str().expect("a path");
    let key = key_of(&service).public_key();
    let output = verify(&["--proof", file], &key.to_string());
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("3 events of one report") && said.contains("missed acknowledge:2026-11-30"),
        "{said}"
    );

    // By a head that was noted instead of the key, and not by one of another record.
    let heads = service.folder().join("heads.txt");
    let list = reporter.get("/record.txt").html;
    std::fs::write(&heads, &list).expect("a file");
    let by_head = ["log", "verify", "--proof", file, "--head", heads.to_str().expect("a path")];
    assert_eq!(candor_tests::program::run(&by_head).status.code(), Some(0));
    std::fs::write(&heads, list.replace("root ", "root 0")).expect("a file");
    assert_ne!(candor_tests::program::run(&by_head).status.code(), Some(0));
    let other = RecordKey::generate(&mut rand::rng()).public_key().to_string();
    assert_eq!(verify(&["--proof", file], &other).status.code(), Some(6));

    let holds = |bytes: &[u8]| {
        std::str::from_utf8(bytes)
            .ok()
            .and_then(|text| Proof::from_file(text).ok())
            .is_some_and(|proof| proof.check().is_ok() && proof.head.is_signed_by(&key))
    };
    assert!(holds(&proof.bytes));
    let content = proof.bytes.iter().rposition(|byte| *byte == b'}').expect("JSON");
    for at in (0..content + 20).chain([proof.bytes.len() - 1]) {
        let mut changed = proof.bytes.clone();
        changed[at] ^= 1;
        assert!(!holds(&changed), "byte {at}");
    }
    assert!(!holds(&proof.bytes[..proof.bytes.len() - 1]));
    let mut changed = proof.bytes.clone();
    changed[content / 2] ^= 1;
    std::fs::write(file, changed).expect("a file");
    assert_eq!(verify(&["--proof", file], &key.to_string()).status.code(), Some(6));
}

#[test]
fn a_browser_with_our_script_gets_the_same_proof_sealed() {
    let service = Service::start();
    let report = SealedReporter::new(&service, "From a browser.");
    assert_eq!(report.send(&service).status, 200);
    end_day(&service);
    let answer = report.record_proof(&service).expect("a sealed answer");
    let proof = Proof::from_file(&answer.page).expect("a proof");
    assert!(proof.check().is_ok() && proof.head.is_signed_by(&key_of(&service).public_key()));
    let page = report.check(&service).expect("a status page").page.clone();
    assert!(page.contains("in the public record since the end of 23 November 2026"), "{page}");
}

#[test]
fn anybody_can_read_the_heads_and_check_them_by_hand() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    assert!(reporter.get("/record").text().contains("No day has ended yet"));
    end_day(&service);
    end_day(&service);
    let page = reporter.get("/record").text();
    let list = reporter.get("/record.txt");
    assert_eq!(list.header("content-type"), Some("text/plain; charset=utf-8"));
    let heads = SignedHead::find_all(&list.html);
    assert_eq!(heads.iter().map(|head| head.head.size).collect::<Vec<_>>(), [64, 128], "days without events");
    let key = key_of(&service).public_key();
    assert!(page.contains(&key.to_string()) && page.contains("The end of 24 November 2026"), "{page}");
    assert!(heads.iter().all(|head| head.is_signed_by(&key)));
    assert_eq!(heads[1].head.previous, heads[0].head.digest());
}

#[test]
fn of_two_servers_one_closes_a_day_and_a_second_time_changes_nothing() {
    block(async {
        let (store, _folder) = notices::store().await;
        let key = RecordKey::generate(&mut rand::rng());
        let clock = notices::clock();
        notices::put(&store, &["chair"], 0).await;
        clock.pass(DAY);
        let job = Record { store: &store, key: &key, mail: true, calendar: &WorkingDays::default() };
        let (mut one, mut other) = (rand::rng(), rand::rng());
        let today = clock.today();
        let outcomes = tokio::join!(job.run_once(today, &mut one), job.run_once(today, &mut other));
        let mut outcomes = [outcomes.0.expect("closed"), outcomes.1.expect("closed")];
        outcomes.sort_by_key(|outcome| *outcome != Outcome::Done(2));
        assert_eq!(outcomes[0], Outcome::Done(2));
        assert!(matches!(outcomes[1], Outcome::Nothing | Outcome::Retry), "{outcomes:?}");
        assert_eq!(job.run_once(today, &mut one).await, Ok(Outcome::Nothing));
        let heads = store.all_heads().await.expect("heads");
        assert_eq!(heads.len(), 1);
        assert_eq!(heads[0].head.size, 64);
    });
}

#[test]
fn the_auditor_gets_every_head_once_even_after_days_without_mail() {
    block(async {
        let (store, _folder) = notices::store().await;
        let (mailer, template, clock) = (Mailer::memory(), notices::template(), notices::clock());
        let recipients = notices::recipients(&["chair"]);
        let key = RecordKey::generate(&mut rand::rng());
        let job = Record { store: &store, key: &key, mail: true, calendar: &WorkingDays::default() };
        let outbox = || Outbox::new(&store, &mailer, &template, &recipients, &clock);
        for _ in 0..2 {
            clock.pass(DAY);
            job.run_once(clock.today(), &mut rand::rng()).await.expect("closed");
            // Nobody is configured, then the server refuses.
            assert_eq!(outbox().run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
        }
        clock.pass(DAY);
        let outbox = outbox().with_auditor(Some("auditor@outside.test".to_owned()));
        let Mailer::Memory(memory) = &mailer else { unreachable!("it is the one in memory") };
        memory.fail_next(SendError::Temporary(Reason::Timeout));
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Retry));
        clock.pass(3600);
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
        clock.pass(3600);
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
        let sent = mailer.sent();
        assert_eq!(sent.iter().map(candor::mail::Notice::to).collect::<Vec<_>>(), ["auditor@outside.test"]);
        let mail = String::from_utf8(sent[0].as_bytes().to_vec()).expect("text");
        let heads = SignedHead::find_all(&mail);
        assert_eq!(heads, store.all_heads().await.expect("heads"), "{mail}");
    });
}
