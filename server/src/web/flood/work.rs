//! A voluntary way past a crowd: a browser that runs our script does some work for its report, and counts as a sender of
//! its own then. Nobody has to; it helps where an honest reporter shares an address with a flood, and costs the flood
//! time for each report. It gives no room on the disk, which work cannot make.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// What is to be done: find a `nonce` so that SHA-256(challenge ‖ access hash ‖ nonce, 4 bytes, little end first) begins
/// with so many zero bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WorkToDo {
    /// The same for all, until the hour is over; hexadecimal.
    #[serde(serialize_with = "as_hex")]
    pub challenge: [u8; 16],
    /// How many zero bits: each further one doubles the work.
    pub bits: u8,
}

impl WorkToDo {
    /// Whether `nonce` is that work, done for the report with this access hash.
    pub(super) fn is_done(&self, access_hash: &[u8; 32], nonce: u32) -> bool {
        let hash = Sha256::new().chain_update(self.challenge).chain_update(access_hash);
        let hash = hash.chain_update(nonce.to_le_bytes()).finalize();
        let first = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        first.leading_zeros() >= u32::from(self.bits)
    }
}

fn as_hex<S: serde::Serializer>(bytes: &[u8; 16], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{:032x}", u128::from_be_bytes(*bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_for_one_report_and_one_challenge() {
        let work = WorkToDo { challenge: [7; 16], bits: 12 };
        let nonce = (0..1 << 20).find(|nonce| work.is_done(&[1; 32], *nonce)).unwrap();
        assert!(!work.is_done(&[2; 32], nonce), "another report");
        assert!(!WorkToDo { challenge: [8; 16], ..work }.is_done(&[1; 32], nonce), "another hour");
        assert!(WorkToDo { bits: 11, ..work }.is_done(&[1; 32], nonce), "more than was asked for");
        assert_eq!(nonce, NONCE, "console/src/reporter/work.test.ts finds the same");
        let json = serde_json::to_value(work).unwrap();
        assert_eq!(json, serde_json::json!({ "challenge": "07".repeat(16), "bits": 12 }));
    }

    /// The first that fits; written out so that both implementations are held to it.
    const NONCE: u32 = 200;
}
