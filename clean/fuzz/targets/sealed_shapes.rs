#![no_main]

use candor_crypto::{Grant, SealedEntry, SealedReply, SealedReport, shape};
use libfuzzer_sys::fuzz_target;

// What has a sealed type has a shape, and keeps its bytes; a report and a reply are entries, too.
fuzz_target!(|stored: &[u8]| {
    let has_shape = shape(stored).is_ok();
    let entry = SealedEntry::from_stored(stored.to_vec());
    let report = SealedReport::from_stored(stored.to_vec());
    let reply = SealedReply::from_stored(stored.to_vec());
    let grant = Grant::from_stored(stored.to_vec());
    assert!(has_shape || (entry.is_err() && grant.is_err()));
    assert_eq!(report.is_ok() || reply.is_ok(), entry.is_ok());
    assert!(report.is_err() || reply.is_err());
    for bytes in [entry.map(SealedEntry::into_bytes), grant.map(Grant::into_bytes)].into_iter().flatten() {
        assert_eq!(bytes, stored);
    }
});
