//! Why something does not open. No error carries a piece of what was inside.

use std::io;

/// Why sealed bytes are broken, or are not what they claim to be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// No age file, or its header is damaged.
    #[error("not an age file")]
    NotAgeFile,
    /// The seal is broken: something was changed, cut off or added after sealing.
    #[error("the seal is broken: it was changed or cut off after sealing")]
    Broken,
    /// Larger than anything this protocol seals.
    #[error("larger than anything that is sealed here")]
    TooLong,
    /// Inside is no JSON object.
    #[error("what is inside is not JSON")]
    NotJson,
    /// What follows the JSON is something other than spaces, or the zeros of a content are not.
    #[error("the padding is not what padding looks like")]
    Padding,
    /// Sealed by another version of the protocol.
    #[error("sealed by version {found} of the protocol; this is version 1")]
    Version {
        /// The version that was found.
        found: u64,
    },
    /// It is sealed well, but is another kind of thing than expected, or of an unknown kind.
    #[error("this is not the kind of thing expected here")]
    Kind,
    /// It belongs to another case: somebody swapped entries or grants.
    #[error("this belongs to another case")]
    Case,
    /// A field is missing, has the wrong type or an impossible value.
    #[error("a field is missing or has an impossible value")]
    Content,
    /// The content is not the one its sealed description names (size or SHA-256).
    #[error("this is not the content that was described")]
    ContentMismatch,
    /// Reading or writing failed.
    #[error("reading or writing failed while opening")]
    Io(#[source] io::Error),
}

/// Why a key file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyfileError {
    /// Neither an age identity file nor an age file around one.
    #[error("not a key file")]
    NotAKeyFile,
    /// The key file is protected and no passphrase was given.
    #[error("this key file needs its passphrase")]
    NeedsPassphrase,
    /// The passphrase does not open the key file.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// Opening it would take more than [`MAX_WORK_FACTOR`](crate::keyfile::MAX_WORK_FACTOR) allows.
    #[error("opening this key file would take too much time and memory")]
    TooMuchWork,
    /// It was changed or cut off after it was made.
    #[error("this key file is damaged")]
    Broken,
    /// It holds a kind of key that is not used here, such as a hardware key's.
    #[error("this kind of key is not used here")]
    OtherKindOfKey,
    /// It holds several keys, and which one is meant is unclear.
    #[error("this file holds several keys; keep one in it")]
    SeveralKeys,
}
