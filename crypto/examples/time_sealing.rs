//! How long sealing one submission takes: `cargo run --release -p candor-crypto --example time_sealing`.
#![allow(clippy::assigning_clones, reason = "types that wipe themselves are filled field by field")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use candor_crypto::{CaseKey, Envelope, PrivateKey, Report, RetrievalToken, seal_report};

const ROUNDS: u32 = 2_000;

fn time(what: &str, mut work: impl FnMut()) {
    for _ in 0..ROUNDS / 10 {
        work();
    }
    let mut each: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    each.sort();
    let mean = each.iter().sum::<Duration>() / ROUNDS;
    let p50 = each[each.len() / 2];
    let p99 = each[each.len() * 99 / 100];
    println!("{what:<44} mean {mean:>9.1?}  p50 {p50:>9.1?}  p99 {p99:>9.1?}");
}

fn main() {
    let recipients = [(); 3].map(|()| PrivateKey::generate().public_key());
    let case = uuid::Uuid::from_u128(0x1234_5678_9abc_4def_8123_4567_89ab_cdef);
    let envelope = Envelope { case, number: 0, day: "2026-11-23".to_owned() };
    let mut report = Report::default();
    report.kind = "concern".to_owned();
    report.narrative = "The same invoice was paid twice in March. ".repeat(40);
    let token = RetrievalToken::from_bytes([7; 16]);
    let reporter = token.reporter_keys();
    let fixed = CaseKey::generate(case);

    time("case key", || {
        black_box(CaseKey::generate(case));
    });
    time("seal_report (4 KiB)", || {
        black_box(seal_report(&envelope, &report, &reporter, &fixed.public_key()).ok());
    });
    time("3 grants", || {
        for key in &recipients {
            black_box(fixed.grant(key).ok());
        }
    });
    time("token: access hash, mailbox, speaker", || {
        let token = RetrievalToken::generate(&mut rand::rng());
        black_box(token.access_key().hash());
        black_box(token.mailbox_key().public_key());
        black_box(token.signing_key().verifying_key());
        black_box(token.words());
    });
    time("one submission, all of the above", || {
        let token = RetrievalToken::generate(&mut rand::rng());
        black_box(token.access_key().hash());
        black_box(token.mailbox_key().public_key());
        black_box(token.words());
        let case_key = CaseKey::generate(case);
        let reporter = token.reporter_keys();
        black_box(seal_report(&envelope, &report, &reporter, &case_key.public_key()).ok());
        for key in &recipients {
            black_box(case_key.grant(key).ok());
        }
    });
    let phrase = token.phrase();
    time("check-back: words to access hash", || {
        let token = RetrievalToken::parse(&phrase).ok();
        black_box(token.map(|token| token.access_key().hash()));
    });
}
