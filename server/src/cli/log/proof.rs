//! `candor log verify --proof`: a reporter's proof, on any machine.

use super::Verdict;
use crate::cli::failure::Failure;
use crate::cli::{new_file, terminal};
use crate::domain::record::SignedHead;
use crate::domain::record::proof::{LARGEST, Proof};
use candor_crypto::record::RecordPublicKey;
use std::path::Path;

/// Checks the file. What makes its head trustworthy comes from elsewhere: a key, or heads that came another way.
pub(super) fn run(
    file: &Path,
    key: Option<RecordPublicKey>,
    given: &[SignedHead],
) -> Result<Verdict, Failure> {
    let bytes = new_file::read_at_most(file, LARGEST)?;
    if key.is_none() && given.is_empty() {
        return Err(Failure::usage(
            "Say what to compare the proof with: --key PUBLIC-KEY of the record, or --head FILE with its heads.",
        ));
    }
    let wrong = |sentence: &str| {
        println!("Wrong: {sentence}.");
        Ok(Verdict::Wrong)
    };
    let text = String::from_utf8_lossy(&bytes);
    let proof = match Proof::from_file(&text) {
        Ok(proof) => proof,
        Err(error) => return wrong(&error.to_string()),
    };
    if let Err(error) = proof.check() {
        return wrong(&error.to_string());
    }
    if key.is_some_and(|key| !proof.head.is_signed_by(&key)) {
        return wrong("its head was not signed by this key");
    }
    if !given.is_empty() && !given.iter().any(|head| head.head == proof.head.head) {
        let day = proof.head.head.day;
        return match given.iter().find(|head| head.head.day == day) {
            Some(_) => wrong(&format!("its head of {day} is not the one that was given out")),
            None => Err(Failure::failed(format!(
                "The proof leads to the head of {day}, which is not among those in --head. All heads are at /record.txt."
            ))),
        };
    }
    println!(
        "Nothing is wrong: {} events of one report are in the record as it stood at the end of {}.",
        proof.leaves.len(),
        proof.head.head.day
    );
    for leaf in &proof.leaves {
        let event = &leaf.event;
        println!(
            "  {}  {}",
            event.day,
            terminal::one_line(format!("{} {}", event.kind, event.detail).trim_end())
        );
    }
    Ok(Verdict::Right)
}
