//! Sealing and opening end to end, with its limits.
#![allow(clippy::assigning_clones, reason = "types that wipe themselves are filled field by field")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use candor_crypto::keyfile;
use candor_crypto::open::{Entry, OpenError, open_content, open_entry, open_grant, read_keyfile};
use candor_crypto::{
    AttachmentInfo, CaseKey, ContentChecker, ContentSealer, Envelope, Identity, MAX_HEADER, MAX_PAYLOAD,
    Note, PrivateKey, PublicKey, Reply, Report, RetrievalToken, SealError, padding, seal_content,
    seal_identity, seal_note, seal_reply, seal_report, shape, stanza_count,
};
use uuid::Uuid;
use zeroize::Zeroizing;

const CASE: Uuid = Uuid::from_u128(0x6f1a_5f0e_0f5c_4b0e_9d53_2a1f_0d6b_8c11);

fn envelope(number: u32) -> Envelope {
    Envelope { case: CASE, number, day: "2026-11-23".to_owned() }
}

fn note(text: String) -> Note {
    Note {
        recipient: "chair".to_owned(),
        title: "Chair".to_owned(),
        text,
        assessment: String::new(),
        conclusion: None,
    }
}

#[test]
fn the_excluded_open_nothing() {
    let [chair, alternate, compliance] = [(); 3].map(|()| PrivateKey::generate());
    let case_key = CaseKey::generate(CASE);
    let grant = case_key.grant(&alternate.public_key()).unwrap();
    let reporter = RetrievalToken::from_bytes([1; 16]).reporter_keys();
    let report = Report::default();
    let sealed = seal_report(&envelope(0), &report, &reporter, &case_key.public_key()).unwrap();
    for excluded in [&chair, &compliance] {
        assert!(open_grant(&grant, excluded, CASE).unwrap().is_none());
        assert!(open_entry(sealed.as_bytes(), excluded, CASE).unwrap().is_none());
    }
    assert!(open_grant(&grant, &alternate, CASE).unwrap().is_some());
}

#[test]
fn a_case_is_handed_over() {
    let [chair, successor] = [(); 2].map(|()| PrivateKey::generate());
    let case_key = CaseKey::generate(CASE);
    let public = case_key.public_key();
    let grant = case_key.grant(&chair.public_key()).unwrap();
    drop(case_key);
    let opened = open_grant(&grant, &chair, CASE).unwrap().unwrap();
    assert_eq!(opened.case(), CASE);
    let handed_over = opened.grant(&successor.public_key()).unwrap();
    let again = open_grant(&handed_over, &successor, CASE).unwrap().unwrap();
    assert_eq!(again.public_key(), public);
    assert!(open_grant(&handed_over, &chair, CASE).unwrap().is_none());
}

#[test]
fn lengths_say_only_the_bucket() {
    let key = PrivateKey::generate().public_key();
    for (characters, padded) in [(0, 4096), (3000, 4096), (6000, 6400), (100_000, 100_352)] {
        let sealed = seal_note(&envelope(1), &note("x".repeat(characters)), &key).unwrap();
        let shape = shape(sealed.as_bytes()).unwrap();
        assert_eq!(shape.plaintext_length, padded);
        assert!(shape.header_length <= MAX_HEADER);
    }
}

#[test]
fn a_report_at_its_limits_is_sealed() {
    // Every character needs six bytes in JSON.
    let worst = |characters: usize| "\u{1}".repeat(characters);
    let mut report = Report::default();
    report.narrative = worst(100_000);
    report.when = worst(1000);
    report.where_ = worst(1000);
    report.who_else_knows = worst(10_000);
    report.how_you_know = worst(10_000);
    report.how_many_know = worst(1000);
    let key = PrivateKey::generate();
    let reporter = RetrievalToken::from_bytes([1; 16]).reporter_keys();
    let sealed = seal_report(&envelope(0), &report, &reporter, &key.public_key()).unwrap();
    let Some(Entry::Report { report: opened, .. }) = open_entry(sealed.as_bytes(), &key, CASE).unwrap()
    else {
        panic!("not a report");
    };
    assert!(opened == report);
}

#[test]
fn what_cannot_be_sealed_is_refused() {
    let key = PrivateKey::generate().public_key();
    let token = RetrievalToken::from_bytes([1; 16]);
    let too_long = usize::try_from(MAX_PAYLOAD).unwrap();
    assert!(matches!(
        seal_note(&envelope(1), &note("x".repeat(too_long)), &key),
        Err(SealError::TooLong { .. })
    ));
    for day in ["", "2026-11-23T10:00", "23.11.2026", "2026-11-2\u{662}"] {
        let envelope = Envelope { day: day.to_owned(), ..envelope(1) };
        assert!(matches!(seal_note(&envelope, &note(String::new()), &key), Err(SealError::Day)));
    }
    let identity = Identity::default();
    assert!(matches!(
        seal_identity(&envelope(1), &identity, &token.signing_key(), &key),
        Err(SealError::Number)
    ));
}

#[test]
fn replies_count_two_keys() {
    let [case_key, mailbox] = [(); 2].map(|()| PrivateKey::generate());
    let reply = Reply::default();
    for _ in 0..50 {
        // Grease differs each time and is never counted.
        let sealed = seal_reply(&envelope(1), &reply, &case_key.public_key(), &mailbox.public_key());
        assert_eq!(stanza_count(sealed.unwrap().as_bytes()), Ok(2));
    }
}

#[test]
fn debug_prints_lengths_only() {
    let key = PrivateKey::generate().public_key();
    let sealed = seal_note(&envelope(1), &note("secret".to_owned()), &key).unwrap();
    let length = sealed.as_bytes().len();
    assert_eq!(format!("{sealed:?}"), format!("SealedEntry({length} bytes)"));
}

#[test]
fn contents_stream_in_any_size() {
    let key = PrivateKey::generate();
    for size in [0_usize, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 1_000_000] {
        let content: Vec<u8> = (0..=250).cycle().take(size).collect();
        let mut sealed = Vec::new();
        let summary = seal_content(&content[..], &key.public_key(), &mut sealed).unwrap();
        assert_eq!(summary.size, size as u64);
        assert_eq!(shape(&sealed).unwrap().plaintext_length, summary.padded);
        let mut info = AttachmentInfo::default();
        info.size = summary.size;
        info.sha256 = summary.sha256_hex();
        let mut opened = Vec::new();
        let answer = open_content(&sealed[..], &key, &info, &mut opened).unwrap();
        assert_eq!(answer, Some(summary.size));
        assert!(opened == content);

        info.size += 1_000_000;
        let mut opened = Vec::new();
        assert!(matches!(
            open_content(&sealed[..], &key, &info, &mut opened),
            Err(OpenError::ContentMismatch)
        ));
        sealed.pop();
        assert!(matches!(open_content(&sealed[..], &key, &info, &mut opened), Err(OpenError::Broken)));
    }
}

#[test]
fn public_keys_of_small_order_are_refused() {
    // For each of these age stops the program while sealing, so none may get that far.
    let points = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let all = points.map(|point| {
        let bytes: Vec<u8> = (0..64)
            .step_by(2)
            .map(|place| u8::from_str_radix(&point[place..place + 2], 16).unwrap())
            .collect();
        let hrp = bech32::Hrp::parse("age").unwrap();
        let text = bech32::encode::<bech32::Bech32>(hrp, &bytes).unwrap();
        let recipient: age::x25519::Recipient = text.parse().unwrap();
        let stops = std::panic::catch_unwind(|| age::encrypt(&recipient, b"x")).is_err();
        (stops, PublicKey::parse(&text).is_err())
    });
    std::panic::set_hook(quiet);
    assert_eq!(all, [(true, true); 8]);
}

#[test]
fn a_protected_key_file_opens_with_its_passphrase() {
    let key = PrivateKey::generate();
    let file = keyfile::protect(&key, "correct horse", Some(4));
    let read = read_keyfile(&file, || Some(Zeroizing::new("correct horse".to_owned()))).unwrap();
    assert_eq!(read.public_key(), key.public_key());
}

#[test]
fn a_key_file_that_asks_for_too_much_work_is_refused() {
    let file = keyfile::protect(&PrivateKey::generate(), "x", Some(4));
    // Binary, with the work factor in the header raised to 2^30.
    let mut binary = Vec::new();
    std::io::Read::read_to_end(&mut age::armor::ArmoredReader::new(&file[..]), &mut binary).unwrap();
    let line = binary.iter().skip(22).position(|byte| *byte == b'\n').unwrap() + 22;
    binary.splice(line - 1..line, *b"30");
    assert_eq!(
        read_keyfile(&binary, || Some(Zeroizing::new("x".to_owned()))).err(),
        Some(candor_crypto::open::KeyfileError::TooMuchWork)
    );
}

#[test]
fn a_content_sealed_piece_by_piece_is_the_content_and_every_cut_of_it_is_noticed() {
    let key = PrivateKey::generate();
    let content: Vec<u8> = (0..200_001_u32).map(|at| (at % 251) as u8).collect();
    let mut sealer = ContentSealer::new(&[&key.public_key()]).unwrap();
    let mut file = Vec::new();
    for piece in content.chunks(7_777) {
        file.extend(sealer.seal(piece).unwrap().into_bytes());
    }
    let (rest, summary) = sealer.finish();
    for piece in rest {
        file.extend(piece.unwrap().into_bytes());
    }
    assert_eq!((summary.size, summary.padded), (200_001, padding::bucket(200_001)));

    let check_for = |keys: usize, bytes: &[u8], step: usize| {
        let mut checker = ContentChecker::new(keys);
        for piece in bytes.chunks(step) {
            checker.check(piece.to_vec())?;
        }
        checker.finish()
    };
    let check = |bytes: &[u8], step: usize| check_for(1, bytes, step);
    for step in [1, 100, 65_536, 1 << 20] {
        assert_eq!(check(&file, step), Ok(file.len() as u64), "in pieces of {step}");
    }
    for cut in [0, 1, 20, 100, 199, 300, 65_000, 200_000, file.len() - 1] {
        assert!(check(&file[..cut], 997).is_err(), "cut to {cut}");
    }
    let two = ContentSealer::new(&[&key.public_key(), &PrivateKey::generate().public_key()]).unwrap();
    let two: Vec<u8> = two.finish().0.flat_map(|piece| piece.unwrap().into_bytes()).collect();
    assert!(check(&two, 50).is_err(), "to two keys");
    assert_eq!(check_for(2, &two, 50), Ok(two.len() as u64), "as a reply's files are");
    assert!(check_for(2, &file, 50).is_err(), "to one key");
    assert!(check(&[b'x'; 5_000], 50).is_err(), "no age file");

    let mut info = AttachmentInfo::default();
    (info.size, info.sha256) = (summary.size, summary.sha256_hex());
    let mut opened = Vec::new();
    assert_eq!(open_content(file.as_slice(), &key, &info, &mut opened).unwrap(), Some(200_001));
    assert_eq!(opened, content);
}

#[cfg(feature = "async")]
#[test]
fn a_content_that_is_not_the_one_described_never_comes_out_complete() {
    use candor_crypto::open::ContentOpener;
    let key = PrivateKey::generate();
    let content: Vec<u8> = (0..200_001_u32).map(|at| (at % 251) as u8).collect();
    let mut file = Vec::new();
    let summary = seal_content(content.as_slice(), &key.public_key(), &mut file).unwrap();
    let mut info = AttachmentInfo::default();
    (info.size, info.sha256) = (summary.size, summary.sha256_hex());
    let streamed = |file: &[u8], info: &AttachmentInfo| {
        futures_executor::block_on(async {
            let mut opener = ContentOpener::begin(file, &key, info).await.unwrap().unwrap();
            let mut out = Vec::new();
            loop {
                match opener.next().await {
                    Ok(Some(piece)) => out.extend_from_slice(&piece),
                    Ok(None) => return (out, true),
                    Err(_) => return (out, false),
                }
            }
        })
    };
    assert_eq!(streamed(&file, &info), (content.clone(), true));
    let (out, whole) = streamed(&file[..file.len() - 20_000], &info);
    assert!(!whole && out.len() < content.len(), "cut off");
    info.sha256 = "0".repeat(64);
    let (out, whole) = streamed(&file, &info);
    assert!(!whole && out.len() < content.len(), "another content of the same length");
}
