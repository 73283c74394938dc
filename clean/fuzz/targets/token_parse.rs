#![no_main]

use candor_crypto::RetrievalToken;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    if let Ok(token) = RetrievalToken::parse(typed) {
        let phrase = token.phrase();
        let again = RetrievalToken::parse(&phrase).unwrap_or_else(|error| panic!("its own words: {error}"));
        assert_eq!(again.as_bytes(), token.as_bytes());
    }
});
