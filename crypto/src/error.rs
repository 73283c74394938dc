//! What can go wrong while reading words and keys, sealing, or checking stored bytes.
//!
//! No error carries a secret, a word that was typed, or a piece of plaintext: errors end up in
//! logs and on pages.

use std::io;

/// Why 12 words are not a retrieval token. The words themselves are never carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There are more or fewer than 12 words.
    #[error("a retrieval token has 12 words, {found} were found")]
    WordCount {
        /// How many words were found.
        found: usize,
    },
    /// A word is not in the list, or is too short to tell which one is meant.
    #[error("word {position} is not in the list")]
    UnknownWord {
        /// Which word, counted from 1.
        position: usize,
    },
    /// All words are in the list, but they do not belong together: one is a wrong word, or two
    /// have changed places.
    #[error("these words do not belong together")]
    Checksum,
}

/// Why a text is not an age X25519 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a public key `age1…` of 62 characters.
    #[error("not an age public key (age1…)")]
    PublicKey,
    /// A public key that everybody can compute the private key's answers for (small order).
    #[error("this public key protects nothing")]
    WeakPublicKey,
    /// Not a private key `AGE-SECRET-KEY-1…` of 74 characters.
    #[error("not an age private key (AGE-SECRET-KEY-1…)")]
    PrivateKey,
}

/// Why something could not be sealed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The payload is larger than an entry may be ([`MAX_PAYLOAD`](crate::MAX_PAYLOAD)).
    #[error("too long to seal: {length} bytes, {limit} allowed")]
    TooLong {
        /// Length of the padded payload in bytes.
        length: u64,
        /// The most that is allowed, in bytes.
        limit: u64,
    },
    /// The envelope's day is not of the form `YYYY-MM-DD`. Nothing finer than a day is kept.
    #[error("the day is not of the form YYYY-MM-DD")]
    Day,
    /// A report or an identity has number 0, and this envelope says otherwise.
    #[error("a report and an identity have number 0")]
    Number,
    /// Reading the content or writing the sealed bytes failed.
    #[error("reading or writing failed while sealing")]
    Io(#[from] io::Error),
    /// age refused to encrypt. Does not happen with X25519 keys.
    #[error("sealing failed")]
    Encryption,
}

/// Why bytes do not have the shape of what this protocol seals. Nothing is decrypted to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// No well-formed age version 1 header at the start.
    #[error("not an age file")]
    NotAgeFile,
    /// The header holds a kind of key that this protocol does not use (a passphrase, say).
    #[error("sealed to a kind of key that is not used here")]
    ForeignStanza,
    /// Sealed to more or fewer keys than this type is.
    #[error("sealed to {found} keys")]
    StanzaCount {
        /// How many X25519 keys it is sealed to.
        found: usize,
    },
    /// The body is not as long as padding makes it.
    #[error("the sealed body has an impossible length")]
    Length,
    /// Larger than anything this protocol seals.
    #[error("larger than anything that is sealed here")]
    TooLong,
}
