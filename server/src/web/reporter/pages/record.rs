//! The public record, for everybody.

use super::{Site, assets, dates};
use crate::domain::record::SignedHead;
use crate::web::texts::Texts;
use askama::Template;
use candor_crypto::record::RecordPublicKey;

/// How many days the page shows.
pub const DAYS: usize = 14;

/// `GET /record`
#[derive(Template)]
#[template(path = "reporter/record.html")]
pub struct RecordPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// By which the heads are checked.
    pub key: RecordPublicKey,
    /// The latest heads, newest first; at most [`DAYS`].
    pub heads: &'a [SignedHead],
}

impl RecordPage<'_> {
    fn ended(&self, head: &SignedHead) -> String {
        self.texts.t1("record-head", "day", dates::long(&self.texts, &head.head.day))
    }

    fn size(&self, head: &SignedHead) -> String {
        self.texts.number(usize::try_from(head.head.size).unwrap_or(usize::MAX))
    }
}
