//! Sealed bytes, as types that only this crate makes.
//!
//! They come from a `seal_…` function, or from stored bytes that have the shape of such: an age
//! header with the right number of X25519 keys, and a body as long as padding makes it.

use std::fmt;

use crate::case_key::GRANT_LENGTH;
use crate::error::ShapeError;
use crate::padding;
use crate::seal::MAX_PAYLOAD;
use crate::shape::{Shape, shape};

macro_rules! sealed_type {
    ($(#[$doc:meta])* $name:ident, $check:expr) => {
        $(#[$doc])*
        ///
        /// `Debug` prints its length only.
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Vec<u8>);

        impl $name {
            pub(crate) fn sealed(bytes: Vec<u8>) -> Self {
                Self(bytes)
            }

            /// Bytes as they were stored, or as a browser sent them.
            ///
            /// # Errors
            /// [`ShapeError`] if the bytes cannot be what this type stands for. Whether they
            /// open, and what is inside, cannot be seen from outside.
            pub fn from_stored(bytes: Vec<u8>) -> Result<Self, ShapeError> {
                let check: fn(&Shape) -> Result<(), ShapeError> = $check;
                check(&shape(&bytes)?)?;
                Ok(Self(bytes))
            }

            /// The age file.
            pub fn as_bytes(&self) -> &[u8] {
                &self.0
            }

            /// The age file, owned.
            pub fn into_bytes(self) -> Vec<u8> {
                self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.0.len())
            }
        }
    };
}

sealed_type!(
    /// A report, sealed to the case key: an age file to one key.
    SealedReport,
    |shape| entry(shape, 1..=1)
);
sealed_type!(
    /// Any entry of a case: an age file to the case key, and for a reply to the mailbox key too.
    SealedEntry,
    |shape| entry(shape, 1..=2)
);
sealed_type!(
    /// A reply, sealed to the case key and the mailbox key: an age file to two keys.
    SealedReply,
    |shape| entry(shape, 2..=2)
);
sealed_type!(
    /// The private key of a case, sealed to one recipient: an age file to one key.
    Grant,
    |shape| {
        stanzas(shape, 1..=1)?;
        if shape.plaintext_length == GRANT_LENGTH as u64 {
            Ok(())
        } else {
            Err(ShapeError::Length)
        }
    }
);

impl From<SealedReport> for SealedEntry {
    fn from(report: SealedReport) -> Self {
        Self(report.0)
    }
}

impl From<SealedReply> for SealedEntry {
    fn from(reply: SealedReply) -> Self {
        Self(reply.0)
    }
}

fn stanzas(shape: &Shape, allowed: std::ops::RangeInclusive<usize>) -> Result<(), ShapeError> {
    if allowed.contains(&shape.x25519_stanzas) {
        Ok(())
    } else {
        Err(ShapeError::StanzaCount { found: shape.x25519_stanzas })
    }
}

fn entry(shape: &Shape, allowed: std::ops::RangeInclusive<usize>) -> Result<(), ShapeError> {
    stanzas(shape, allowed)?;
    if shape.plaintext_length > MAX_PAYLOAD {
        Err(ShapeError::TooLong)
    } else if padding::is_bucket(shape.plaintext_length) {
        Ok(())
    } else {
        Err(ShapeError::Length)
    }
}
