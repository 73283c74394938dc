//! What the tests of the outbox share: a store of their own with notices in it, recipients, and the hour.

use crate::TestClock;
use candor::clock::Clock;
use candor::domain::recipient::{Recipient, RecipientKind, Recipients};
use candor::domain::status::CaseKind;
use candor::mail::NoticeTemplate;
use candor::store::{NewCase, Received, Store};
use candor_crypto::{CaseKey, Envelope, Report, RetrievalToken, seal_report};
use tempfile::TempDir;
use uuid::Uuid;

/// The moment at which the tests begin: 2026-11-23 12:13:20 UTC, in unix seconds.
pub const START: i64 = 1_795_436_000;

/// A clock that shows [`START`], in the middle of a batch.
pub fn clock() -> TestClock {
    let clock = TestClock::default();
    clock.pass(START - clock.unix_seconds());
    clock
}

/// A store in a folder of its own. The folder goes when the second part is dropped.
pub async fn store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().expect("a folder for the database");
    let url = format!("sqlite:{}", folder.path().join("candor.sqlite").display());
    (Store::open(&url).await.expect("the store opens"), folder)
}

/// Recipients with these ids and the address `<id>@firm.test`.
pub fn recipients(ids: &[&str]) -> Recipients {
    let recipient = |id: &&str| Recipient {
        id: (*id).to_owned(),
        kind: RecipientKind::Committee,
        title: format!("Title of {id}"),
        email: format!("{id}@firm.test"),
        public_key: None,
        choosable: true,
        reads: false,
    };
    Recipients::new(ids.iter().map(recipient).collect())
}

/// The template of the tests: from `reports@sender.test`, in batches of 30 minutes.
pub fn template() -> NoticeTemplate {
    NoticeTemplate::new("Reporting service <reports@sender.test>", "https://reports.firm.test", 30)
        .expect("the address is good")
}

/// Receives a case of which the recipients `told` are to be told in the batch `slot`, as a reporter's submission does.
pub async fn put(store: &Store, told: &[&str], slot: i64) {
    let id = Uuid::new_v4();
    let token = RetrievalToken::generate(&mut rand::rng());
    let case_key = CaseKey::generate(id);
    let day = clock().today();
    let mut report = Report::default();
    "concern".clone_into(&mut report.kind);
    "not_sure".clone_into(&mut report.category);
    "canary".clone_into(&mut report.narrative);
    let envelope = Envelope { case: id, number: 0, day: day.iso() };
    let case = NewCase {
        attachments: Vec::new(),
        id,
        access: token.access_key().hash(),
        mailbox: token.mailbox_key().public_key(),
        public_key: case_key.public_key(),
        kind: CaseKind::Concern,
        addressed: None,
        day,
        report: seal_report(&envelope, &report, &token.reporter_keys(), &case_key.public_key())
            .expect("the report can be sealed"),
        identity: None,
        replay_tag: token.replay_tag(b"canary"),
        grants: Vec::new(),
        told: told.iter().map(|&id| id.to_owned()).collect(),
        slot,
    };
    assert_eq!(store.receive(case).await, Ok(Received::New));
}
