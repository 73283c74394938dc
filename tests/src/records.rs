//! What the tests of the record share: closing days, and what somebody who can write to the database can do.

use crate::{Service, program};
use candor::clock::Clock;
use candor::domain::calendar::WorkingDays;
use candor::jobs::Outcome;
use candor::jobs::record::Record;
use candor_crypto::record::RecordKey;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A day in seconds.
pub const DAY: i64 = 86_400;

/// Runs asynchronous work to its end.
pub fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

/// The key that a service made for its record.
pub fn key_of(service: &Service) -> RecordKey {
    let text = std::fs::read_to_string(service.data_dir().join("record.key")).expect("the key of the record");
    RecordKey::from_file(&text).expect("a key")
}

/// Lets a day of a service end, and closes it.
pub fn end_day(service: &Service) -> Outcome {
    service.clock.pass(DAY);
    let key = key_of(service);
    let job = Record { store: &service.store, key: &key, mail: false, calendar: &WorkingDays::default() };
    block(job.run_once(service.clock.today(), &mut rand::rng())).expect("the day is closed")
}

/// A copy of a service's database.
pub fn copy_of(service: &Service, name: &str) -> PathBuf {
    block(service.store.empty_journal());
    let copy = service.folder().join(name);
    std::fs::copy(service.data_dir().join("candor.sqlite"), &copy).expect("a copy");
    copy
}

/// Runs SQL on a database; gives what it answers.
pub fn sql(database: &Path, statement: &str) -> String {
    let output = Command::new("sqlite3")
        .arg(database)
        .arg(statement)
        .output()
        .expect("sqlite3 is installed (apt-get install sqlite3)");
    assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// `candor log verify` with these arguments and a key.
pub fn verify(arguments: &[&str], key: &str) -> Output {
    let mut all = vec!["log", "verify", "--key", key];
    all.extend_from_slice(arguments);
    program::run(&all)
}
