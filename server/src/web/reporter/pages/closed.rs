//! Shown in place of the form when nobody could read a report: better to say so before anyone types.

use super::{Site, assets};
use crate::web::texts::Texts;
use askama::Template;

/// `GET` and `POST /report` and `/ask` where no recipient can read. Answer with 503.
#[derive(Template)]
#[template(path = "reporter/closed.html")]
pub struct ClosedPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
}
