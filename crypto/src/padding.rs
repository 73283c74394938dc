//! Padding: lengths are rounded up to Padmé buckets, so that a sealed length says little.
//!
//! age does not hide lengths. Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted
//! Files and Communication with PURBs", PETS 2019, section 4) leaves O(log log L) bits of a length
//! L and costs at most 12 %.

/// The smallest bucket, in bytes: no entry is shorter.
pub const MIN_BUCKET: u64 = 4096;

/// bucket(L) = max(4096, L rounded up so that its last E - S bits are zero), E = ⌊log₂ L⌋,
/// S = ⌊log₂ E⌋ + 1; in bytes.
///
/// At most 12 % above `len` once that exceeds 4096. Saturates at `u64::MAX`, which no length reaches.
///
/// ```
/// use candor_crypto::padding::bucket;
/// assert_eq!(bucket(0), 4096);
/// assert_eq!(bucket(4097), 4352);
/// assert_eq!(bucket(100_000), 100_352);
/// ```
pub fn bucket(len: u64) -> u64 {
    if len <= MIN_BUCKET {
        return MIN_BUCKET;
    }
    let exponent = len.ilog2();
    let kept_bits = exponent.ilog2() + 1;
    let mask = (1_u64 << (exponent - kept_bits)) - 1;
    len.checked_add(mask).map_or(u64::MAX, |sum| sum & !mask)
}

/// The smallest answer to a check-back, in bytes: room for the page and a few replies.
const MIN_ANSWER: u64 = 32 * 1024;

/// answer_bucket(L) = 32 KiB, or the next power of two that holds L bytes.
///
/// Coarser than [`bucket`], since whoever watches the connection knows the page and could tell a reply from none.
///
/// ```
/// use candor_crypto::padding::answer_bucket;
/// assert_eq!(answer_bucket(9_000), 32_768);
/// assert_eq!(answer_bucket(32_769), 65_536);
/// ```
pub fn answer_bucket(len: u64) -> u64 {
    len.max(MIN_ANSWER).checked_next_power_of_two().unwrap_or(u64::MAX)
}

/// Whether `len` is a length that padding makes.
pub(crate) fn is_bucket(len: u64) -> bool {
    bucket(len) == len
}
