//! The sealing protocol of Candor, version 1.
//!
//! Whatever a reporter writes is sealed before it reaches anything that lasts: the store, the
//! mail, the logs. This crate is the only place where sealing happens, and the only one that can
//! make the types the store accepts ([`SealedReport`], [`SealedEntry`], [`SealedReply`],
//! [`Grant`]): plaintext does not type-check into the store.
//!
//! Everything is built from existing parts: age files (X25519, ChaCha20-Poly1305), HKDF-SHA256,
//! BIP39 words, Ed25519. `docs/protocol.md` writes the protocol out in full; `tests/vectors`
//! holds test vectors for other implementations.
//!
//! ```
//! use candor_crypto::{CaseKey, Envelope, PrivateKey, Report, RetrievalToken, seal_report};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let chair = PrivateKey::generate();              // lives with the chair, never on the server
//! let token = RetrievalToken::generate(&mut rand::rng());
//! let case = uuid::Uuid::new_v4();
//!
//! let case_key = CaseKey::generate(case);
//! let grant = case_key.grant(&chair.public_key())?;
//! let envelope = Envelope { case, number: 0, day: "2026-11-23".into() };
//! let mut report = Report::default();
//! report.kind = "concern".into();
//! report.narrative = "Two invoices were paid twice.".into();
//! let sealed = seal_report(&envelope, &report, &token.reporter_keys(), &case_key.public_key())?;
//! drop(case_key);                                  // from here on, only the chair can read
//!
//! # #[cfg(feature = "open")] {
//! use candor_crypto::open::{Entry, open_entry, open_grant};
//! let opened = open_grant(&grant, &chair, case)?.expect("sealed to the chair");
//! let Some(Entry::Report { report, .. }) = open_entry(sealed.as_bytes(), &opened, case)? else {
//!     panic!("not a report");
//! };
//! assert_eq!(report.narrative, "Two invoices were paid twice.");
//! # }
//! # Ok(()) }
//! ```
//!
//! Nothing else makes a sealed type:
//!
//! ```compile_fail
//! let report = candor_crypto::SealedReport(b"plaintext".to_vec());
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod age_file;
mod answer;
mod attachment;
mod case_key;
mod challenge;
mod content;
mod derive;
mod encoding;
mod error;
pub mod keyfile;
mod keys;
#[cfg(feature = "open")]
pub mod open;
pub mod padding;
mod payload;
pub mod record;
mod seal;
mod sealed;
mod shape;
mod signature;
mod token;

pub use answer::{Answer, seal_answer};
pub use attachment::{ContentSummary, seal_attachment_info, seal_content};
pub use case_key::{CaseKey, GRANT_LENGTH};
pub use challenge::{CHALLENGE_LENGTH, seal_challenge};
pub use content::{ContentChecker, ContentSealer, Ending, SealedPiece};
pub use derive::{AccessKey, AccessKeyHash};
pub use error::{KeyError, SealError, ShapeError, TokenError};
pub use keys::{PrivateKey, PublicKey};
pub use payload::{
    AttachmentInfo, Conclusion, Envelope, Identity, Note, PROTOCOL_VERSION, Reply, Report, ReporterKeys,
};
pub use seal::{MAX_PAYLOAD, seal_identity, seal_message, seal_note, seal_reply, seal_report};
pub use sealed::{Grant, SealedEntry, SealedReply, SealedReport};
pub use shape::{MAX_HEADER, Shape, shape, stanza_count};
pub use signature::{Signature, SigningKey, SpeakerKey};
pub use token::RetrievalToken;
