//! The outbox: every notice arrives, and once, whoever sends and whatever fails. The mail server is a stand-in here;
//! `mail_real_smtp.rs` has a real one.

use candor::clock::Clock;
use candor::jobs::Outcome;
use candor::jobs::outbox::Outbox;
use candor::mail::{Mailer, Reason, SendError};
use candor_tests::notices::{START, clock, put, recipients, store, template};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

fn addresses(mailer: &Mailer) -> Vec<String> {
    let mut addresses: Vec<_> = mailer.sent().iter().map(|notice| notice.to().to_owned()).collect();
    addresses.sort_unstable();
    addresses
}

fn fail_next(mailer: &Mailer, error: SendError) {
    let Mailer::Memory(memory) = mailer else { unreachable!("these tests use the one in memory") };
    memory.fail_next(error);
}

#[tokio::test]
async fn several_notices_of_one_batch_are_one_e_mail() {
    let (store, _folder) = store().await;
    let (mailer, template, clock) = (Mailer::memory(), template(), clock());
    let recipients = recipients(&["chair", "compliance"]);
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    for _ in 0..3 {
        put(&store, &["chair", "compliance"], START + 1).await;
    }
    put(&store, &["chair"], START + 1800).await;

    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing), "the batch is not due yet");
    clock.pass(1);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(2)));
    assert_eq!(addresses(&mailer), ["chair@firm.test", "compliance@firm.test"]);
    assert_eq!(store.next_notice_due().await, Ok(Some(START + 1800)));

    clock.pass(1799);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
    assert_eq!(addresses(&mailer), ["chair@firm.test", "chair@firm.test", "compliance@firm.test"]);
    assert_eq!(store.next_notice_due().await, Ok(None));
}

#[tokio::test]
async fn a_refused_notice_is_tried_again_for_days_with_longer_pauses() {
    let (store, _folder) = store().await;
    let (mailer, template, clock) = (Mailer::memory(), template(), clock());
    let recipients = recipients(&["chair"]);
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair"], START).await;
    let mut pauses = Vec::new();
    for _ in 0..100 {
        fail_next(&mailer, SendError::Permanent(Reason::Refused(550)));
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Retry));
        let due = store.next_notice_due().await.expect("the store answers").expect("the notice is kept");
        let pause = due - clock.unix_seconds();
        pauses.push(pause);
        clock.pass(pause - 1);
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
        clock.pass(1);
    }
    assert!((46..=60).contains(&pauses[0]) && (91..=120).contains(&pauses[1]), "{pauses:?}");
    assert!(pauses[6..].iter().all(|pause| (2701..=3600).contains(pause)), "{pauses:?}");
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
    assert_eq!(addresses(&mailer), ["chair@firm.test"]);
}

#[tokio::test]
async fn one_recipients_trouble_is_not_anothers() {
    let (store, _folder) = store().await;
    let (mailer, template, clock) = (Mailer::memory(), template(), clock());
    let recipients = recipients(&["alternate", "chair"]);
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair", "alternate"], START).await;
    fail_next(&mailer, SendError::Temporary(Reason::Timeout));
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Retry));
    assert_eq!(mailer.sent().len(), 1);
    clock.pass(60);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
    assert_eq!(addresses(&mailer), ["alternate@firm.test", "chair@firm.test"]);
}

#[tokio::test]
async fn two_servers_send_each_notice_once() {
    let (store, _folder) = store().await;
    let (mailer, template, clock) = (Mailer::memory(), template(), clock());
    let ids: Vec<_> = (0..20).map(|number| format!("recipient-{number:02}")).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let recipients = recipients(&ids);
    let one = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    let other = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &ids, START).await;
    let (mut rng, mut other_rng) = (rand::rng(), rand::rng());
    let (first, second) = tokio::join!(one.run_once(&mut rng), other.run_once(&mut other_rng));
    let mut outcomes = [first.expect("the store answers"), second.expect("the store answers")];
    outcomes.sort_by_key(|outcome| *outcome == Outcome::Nothing);
    assert_eq!(outcomes, [Outcome::Done(20), Outcome::Nothing]);
    assert_eq!(mailer.sent().len(), 20);
}

#[tokio::test]
async fn what_a_killed_server_had_claimed_comes_back() {
    let (store, _folder) = store().await;
    let (mailer, template, clock) = (Mailer::memory(), template(), clock());
    let recipients = recipients(&["chair"]);
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair"], START).await;
    let claims = store.claim_due_notices(START, START + 150).await.expect("the store answers");
    assert_eq!(claims.len(), 1);
    clock.pass(149);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
    clock.pass(1);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
}

#[tokio::test]
async fn notices_outlive_a_configuration_that_forgets_their_recipient() {
    let (store, _folder) = store().await;
    let (mailer, template, clock) = (Mailer::memory(), template(), clock());
    let without = recipients(&["chair"]);
    put(&store, &["compliance"], START).await;
    let outbox = Outbox::new(&store, &mailer, &template, &without, &clock);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
    clock.pass(60);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
    assert!(mailer.sent().is_empty());

    clock.pass(3600);
    let with = recipients(&["chair", "compliance"]);
    let outbox = Outbox::new(&store, &mailer, &template, &with, &clock);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
    assert_eq!(addresses(&mailer), ["compliance@firm.test"]);
}

#[tokio::test]
async fn the_loop_wakes_sends_and_stops_when_told() {
    let (store, _folder) = store().await;
    let mailer = Mailer::memory();
    let wake = Arc::new(Notify::new());
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn({
        let (store, mailer, wake) = (store.clone(), mailer.clone(), Arc::clone(&wake));
        async move {
            let (template, recipients, clock) = (template(), recipients(&["chair"]), clock());
            let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
            let mut rng: rand::rngs::StdRng = rand::make_rng();
            outbox.run_forever(&mut rng, &wake, stopped).await;
        }
    });
    // Asleep by now: nothing waits.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let begun = Instant::now();
    for _ in 0..5 {
        put(&store, &["chair"], START).await;
        wake.notify_one();
    }
    while mailer.sent().is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(5), "the loop did not wake");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(mailer.sent().len(), 1, "a burst is one e-mail");
    assert_eq!(store.next_notice_due().await, Ok(None));

    let begun = Instant::now();
    stop.send(true).expect("the loop listens");
    running.await.expect("the loop ends by itself");
    assert!(begun.elapsed() < Duration::from_secs(1));
}
