//! What holds for every input.
#![allow(clippy::assigning_clones, reason = "types that wipe themselves are filled field by field")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use bip39::Language;
use candor_crypto::open::{open_challenge, open_entry, open_grant, read_keyfile};
use candor_crypto::{
    CaseKey, Envelope, Grant, PrivateKey, PublicKey, Report, RetrievalToken, SealedEntry, SealedReply,
    SealedReport, TokenError, padding, seal_message, seal_report, shape,
};
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

/// How one word may be typed and what may follow it.
#[derive(Clone, Debug)]
struct Typing {
    capitals: Vec<bool>,
    shortened: bool,
    numbered: bool,
    separator: &'static str,
}

fn typing() -> impl Strategy<Value = Typing> {
    let separators = [" ", "  ", "\n", "\r\n", "\t", "-", " - ", ", ", ";", "\u{a0}", ". ", " / "];
    (vec(any::<bool>(), 8), any::<bool>(), any::<bool>(), prop::sample::select(separators.to_vec())).prop_map(
        |(capitals, shortened, numbered, separator)| Typing { capitals, shortened, numbered, separator },
    )
}

fn typed(words: &[&str], typing: &[Typing]) -> String {
    let mut text = String::new();
    for (number, (word, typing)) in (1..).zip(words.iter().zip(typing)) {
        if typing.numbered {
            text.push_str(&number.to_string());
            text.push_str(") ");
        }
        let length = if typing.shortened { word.len().min(4) } else { word.len() };
        for (letter, capital) in word[..length].chars().zip(&typing.capitals) {
            text.push(if *capital { letter.to_ascii_uppercase() } else { letter });
        }
        text += typing.separator;
    }
    text
}

fn bytes_of(token: Result<RetrievalToken, TokenError>) -> Result<[u8; 16], TokenError> {
    token.map(|token| *token.as_bytes())
}

fn envelope(case: Uuid, number: u32) -> Envelope {
    Envelope { case, number, day: "2026-11-23".to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_token_survives_typing(bytes: [u8; 16], typing in vec(typing(), 12)) {
        let words = RetrievalToken::from_bytes(bytes).words();
        prop_assert_eq!(bytes_of(RetrievalToken::parse(&typed(&words, &typing))), Ok(bytes));
    }

    #[test]
    fn a_word_outside_the_list_is_named(bytes: [u8; 16], position in 1_usize..=12, word in "[a-z]{1,12}") {
        let list = Language::English.word_list();
        prop_assume!(!list.iter().any(|known| known.starts_with(&word)));
        let mut words = RetrievalToken::from_bytes(bytes).words().map(str::to_owned);
        words[position - 1] = word;
        let parsed = bytes_of(RetrievalToken::parse(&words.join(" ")));
        prop_assert_eq!(parsed, Err(TokenError::UnknownWord { position }));
    }

    #[test]
    fn another_count_of_words_is_told(words in vec("[a-z]{3,8}", 0..30)) {
        prop_assume!(words.len() != 12);
        let parsed = bytes_of(RetrievalToken::parse(&words.join(" ")));
        prop_assert_eq!(parsed, Err(TokenError::WordCount { found: words.len() }));
    }

    #[test]
    fn no_text_makes_parsing_panic(text in any::<String>()) {
        let _ = RetrievalToken::parse(&text);
        let _ = PublicKey::parse(&text);
        let _ = PrivateKey::parse(&text);
    }

    #[test]
    fn buckets_grow_and_cost_little(length in 0_u64..1 << 50, more in 0_u64..1 << 20) {
        let bucket = padding::bucket(length);
        prop_assert!(bucket >= length && bucket >= padding::MIN_BUCKET);
        prop_assert!(padding::bucket(length + more) >= bucket);
        prop_assert_eq!(padding::bucket(bucket), bucket);
        if length >= padding::MIN_BUCKET {
            prop_assert!((bucket - length) * 100 <= length * 12);
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..6000)) {
        let bytes = if bytes.len().is_multiple_of(2) {
            [b"age-encryption.org/v1\n-> X25519 ", &bytes[..]].concat()
        } else {
            bytes
        };
        hold_up(bytes)?;
    }
}

/// Nothing opens, nothing panics.
fn hold_up(bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let key = RetrievalToken::from_bytes([1; 16]).mailbox_key();
    prop_assert!(!matches!(open_entry(&bytes, &key, Uuid::nil()), Ok(Some(_))));
    prop_assert!(!matches!(open_challenge(&bytes, &key), Ok(Some(_))));
    prop_assert!(read_keyfile(&bytes, || None).is_err());
    let _ = shape(&bytes);
    let _ = SealedReport::from_stored(bytes.clone());
    let _ = SealedReply::from_stored(bytes.clone());
    let _ = SealedEntry::from_stored(bytes.clone());
    if let Ok(grant) = Grant::from_stored(bytes) {
        prop_assert!(!matches!(open_grant(&grant, &key, Uuid::nil()), Ok(Some(_))));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back(narrative in any::<String>(), when in "\\PC*", concerns in vec(any::<String>(), 0..4)) {
        let case = Uuid::from_u128(7);
        let key = RetrievalToken::from_bytes([1; 16]).mailbox_key();
        let reporter = RetrievalToken::from_bytes([2; 16]).reporter_keys();
        let mut report = Report::default();
        report.narrative = narrative;
        report.when = when;
        report.concerns = concerns;
        let sealed = seal_report(&envelope(case, 0), &report, &reporter, &key.public_key())
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let stored = SealedReport::from_stored(sealed.as_bytes().to_vec());
        prop_assert!(stored.as_ref() == Ok(&sealed));
        let opened = open_entry(sealed.as_bytes(), &key, case);
        let Ok(Some(candor_crypto::open::Entry::Report { report: again, .. })) = opened else {
            return Err(TestCaseError::fail("does not open"));
        };
        prop_assert!(again == report);
    }

    #[test]
    fn a_changed_byte_never_opens(place: prop::sample::Index, change in 1_u8.., text in "[a-z ]{0,40}") {
        let case = Uuid::from_u128(7);
        let token = RetrievalToken::from_bytes([1; 16]);
        let key = token.mailbox_key();
        let sealed = seal_message(&envelope(case, 1), &text, &token.signing_key(), &key.public_key());
        let mut bytes = sealed.map_err(|error| TestCaseError::fail(error.to_string()))?.into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        hold_up(bytes)?;
    }

    #[test]
    fn a_shortened_grant_never_opens(cut: prop::sample::Index) {
        let key = RetrievalToken::from_bytes([1; 16]).mailbox_key();
        let grant = CaseKey::generate(Uuid::nil()).grant(&key.public_key());
        let mut bytes = grant.map_err(|error| TestCaseError::fail(error.to_string()))?.into_bytes();
        bytes.truncate(cut.index(bytes.len()));
        hold_up(bytes)?;
    }
}

/// The checksum has 4 bits: 1 wrong word of the list in 16 goes unnoticed, and no more.
#[test]
fn a_wrong_word_of_the_list_is_mostly_noticed() {
    let words = RetrievalToken::from_bytes([0x42; 16]).words();
    let mut unnoticed = 0_u32;
    let mut tried = 0_u32;
    for position in 0..12 {
        for word in Language::English.word_list() {
            if *word != words[position] {
                let mut wrong = words;
                wrong[position] = word;
                tried += 1;
                unnoticed += u32::from(RetrievalToken::parse(&wrong.join(" ")).is_ok());
            }
        }
    }
    let one_in = f64::from(tried) / f64::from(unnoticed);
    assert!((14.0..18.0).contains(&one_in), "1 in {one_in}");
}
