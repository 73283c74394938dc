//! Words, derivation, padding, keys.

use candor_crypto::{PrivateKey, RetrievalToken, padding};
use serde_json::{Value, json};

use crate::{Made, base64, chair, hex, refused, token, vector};

pub fn make() -> Made {
    for (name, bytes) in [
        ("token-to-words", *token().as_bytes()),
        ("token-to-words-lowest", [0; 16]),
        ("token-to-words-highest", [0xff; 16]),
    ] {
        let words = RetrievalToken::from_bytes(bytes).phrase();
        vector(
            name,
            "16 bytes shown as 12 words.",
            "token_to_words",
            &json!({ "token": hex(&bytes) }),
            &json!({ "words": *words }),
        )?;
    }
    good_words()?;
    bad_words()?;
    derivation()?;
    keys()?;
    let lengths: Vec<[u64; 2]> = [
        0,
        1,
        4095,
        4096,
        4097,
        4352,
        4353,
        5000,
        8191,
        8192,
        8193,
        65_535,
        65_536,
        65_537,
        100_000,
        1_000_000,
        4_194_304,
        4_194_305,
        268_435_456,
        268_435_457,
        1_000_000_000_000,
    ]
    .map(|length| [length, padding::bucket(length)])
    .to_vec();
    vector(
        "padding-buckets",
        "Each length and the bucket it is padded to.",
        "bucket",
        &json!({ "lengths": lengths.iter().map(|pair| pair[0]).collect::<Vec<_>>() }),
        &json!({ "buckets": lengths.iter().map(|pair| pair[1]).collect::<Vec<_>>() }),
    )
}

fn parse(name: &str, what: &str, typed: &str, expect: &Value) -> Made {
    vector(name, what, "parse_token", &json!({ "typed": typed }), expect)
}

fn good_words() -> Made {
    let words = token().words();
    let expect = json!({ "answer": "parsed", "token": hex(token().as_bytes()) });
    let numbered: String =
        words.iter().zip(1..).map(|(word, number)| format!("{number}. {word}\r\n")).collect();
    let short: Vec<&str> = words.iter().map(|word| word.get(..4).unwrap_or(word)).collect();
    for (name, what, typed) in [
        ("words-plain", "As shown.", words.join(" ")),
        ("words-capitals", "Capitals do not matter.", words.join(" ").to_uppercase()),
        (
            "words-spaces",
            "Any white space, before and after too.",
            format!(" \t{}\n ", words.join("  \u{a0}\n")),
        ),
        ("words-hyphens", "Joined by hyphens.", words.join("-")),
        ("words-commas", "Commas and a full stop.", format!("{}.", words.join(", "))),
        ("words-numbered", "Copied as a numbered list.", numbered),
        ("words-four-letters", "The first four letters are enough.", short.join(" ")),
        (
            "words-soft-hyphen",
            "A soft hyphen inside a word is ignored.",
            words.join(" ").replacen("ab", "a\u{ad}b", 1),
        ),
    ] {
        parse(name, what, &typed, &expect)?;
    }
    Ok(())
}

fn bad_words() -> Made {
    let words = token().words();
    let with = |position: usize, word: &str| {
        let mut words = words;
        words[position - 1] = word;
        words.join(" ")
    };
    let unknown =
        |position: usize| json!({ "answer": "error", "error": "unknown_word", "position": position });
    let count = |found: usize| json!({ "answer": "error", "error": "word_count", "found": found });
    let mut swapped = words;
    swapped.swap(2, 3);

    parse("words-none", "Nothing typed.", " \n", &count(0))?;
    parse("words-eleven", "One word is missing.", &words[1..].join(" "), &count(11))?;
    parse("words-thirteen", "One word too many.", &format!("{} zoo", words.join(" ")), &count(13))?;
    parse("words-first-unknown", "Word 1 is not in the list.", &with(1, "candor"), &unknown(1))?;
    parse("words-fifth-unknown", "Word 5 is not in the list.", &with(5, "abandom"), &unknown(5))?;
    parse("words-last-unknown", "Word 12 is not in the list.", &with(12, "zooo"), &unknown(12))?;
    parse(
        "words-two-unknown",
        "The first wrong word is named.",
        &with(7, "xylophone").replacen(words[2], "qqqq", 1),
        &unknown(3),
    )?;
    parse("words-ambiguous-start", "`con` begins many words.", &with(4, "con"), &unknown(4))?;
    parse(
        "words-too-short-start",
        "`zeb` begins one word only, but four letters are asked for.",
        &with(4, "zeb"),
        &unknown(4),
    )?;
    parse("words-too-long", "A word of the list with letters after it.", &with(6, "zebras"), &unknown(6))?;
    parse("words-accent", "A letter with an accent is another letter.", &with(9, "z\u{e9}bra"), &unknown(9))?;
    parse(
        "words-lookalike",
        "A Cyrillic letter that looks like a Latin one.",
        &with(9, "zebr\u{430}"),
        &unknown(9),
    )?;
    let checksum = refused("checksum");
    parse(
        "words-wrong-checksum",
        "Twelve words of the list that do not belong together.",
        &["abandon"; 12].join(" "),
        &checksum,
    )?;
    parse("words-swapped", "Two words have changed places.", &swapped.join(" "), &checksum)
}

fn derivation() -> Made {
    let token = token();
    let input = json!({ "token": hex(token.as_bytes()) });
    vector(
        "access-key",
        "HKDF-SHA256 with info `access`.",
        "access_key",
        &input,
        &json!({ "access_key": hex(token.access_key().as_bytes()) }),
    )?;
    vector(
        "access-hash",
        "SHA-256 of the access key.",
        "access_hash",
        &json!({ "access_key": hex(token.access_key().as_bytes()) }),
        &json!({ "access_hash": hex(token.access_key().hash().as_bytes()) }),
    )?;
    vector(
        "mailbox-key",
        "HKDF-SHA256 with info `mailbox`, as an age identity and its recipient.",
        "mailbox_key",
        &input,
        &json!({
            "private_key": *token.mailbox_key().expose(),
            "public_key": token.mailbox_key().public_key(),
        }),
    )?;
    vector(
        "speaker-key",
        "The Ed25519 public key of the seed HKDF-SHA256 with info `sign`, in base64.",
        "speaker_key",
        &input,
        &json!({ "speaker": token.signing_key().verifying_key() }),
    )?;
    for (name, content) in [("replay-tag", "What happened: caf\u{e9}, \u{1f4a1}."), ("replay-tag-empty", "")]
    {
        vector(
            name,
            "HMAC-SHA256 of the content (UTF-8), keyed by HKDF-SHA256 with info `replay`.",
            "replay_tag",
            &json!({ "token": hex(token.as_bytes()), "content": content }),
            &json!({ "replay_tag": hex(&token.replay_tag(content.as_bytes())) }),
        )?;
    }
    Ok(())
}

fn keys() -> Made {
    let chair = chair();
    let public = chair.public_key();
    let private = chair.expose();
    let public_key = |name: &str, what: &str, text: &str, expect: &Value| {
        vector(name, what, "parse_public_key", &json!({ "text": text }), expect)
    };
    let parsed = json!({ "answer": "parsed", "public_key": public });
    public_key("public-key", "An age X25519 recipient.", public.as_str(), &parsed)?;
    public_key("public-key-spaces", "Spaces around a pasted key.", &format!(" {public}\n"), &parsed)?;
    let wrong = public.as_str().replacen('q', "p", 1);
    public_key(
        "public-key-wrong-letter",
        "One letter differs: the checksum fails.",
        &wrong,
        &refused("public_key"),
    )?;
    public_key(
        "public-key-cut",
        "The last letter is missing.",
        &public.as_str()[..61],
        &refused("public_key"),
    )?;
    public_key("public-key-private", "A private key is no public key.", &private, &refused("public_key"))?;
    public_key(
        "public-key-ssh",
        "An SSH key, which age knows and this protocol does not.",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN",
        &refused("public_key"),
    )?;
    public_key(
        "public-key-plugin",
        "A hardware key's recipient.",
        "age1yubikey1qt2qeptm3ew8jk7kxh4uq3hjn6mdusxrxysuy7ulll7jdl3gupls53ucn2y",
        &refused("public_key"),
    )?;
    let zero = bech32::encode::<bech32::Bech32>(bech32::Hrp::parse("age")?, &[0; 32])?;
    public_key(
        "public-key-small-order",
        "A point of small order: what is sealed to it would be open to all.",
        &zero,
        &refused("weak_public_key"),
    )?;

    let private_key = |name: &str, what: &str, text: &str, expect: &Value| {
        vector(name, what, "parse_private_key", &json!({ "text": text }), expect)
    };
    private_key(
        "private-key",
        "An age identity.",
        &private,
        &json!({ "answer": "parsed", "public_key": PrivateKey::parse(&private)?.public_key() }),
    )?;
    private_key(
        "private-key-wrong-letter",
        "One letter differs: the checksum fails.",
        &private.replacen('Q', "P", 1),
        &refused("private_key"),
    )?;
    private_key(
        "private-key-public",
        "A public key is no private key.",
        public.as_str(),
        &refused("private_key"),
    )?;
    private_key(
        "private-key-base64",
        "32 bytes, but not as age writes them.",
        &base64(&[7; 32]),
        &refused("private_key"),
    )
}
