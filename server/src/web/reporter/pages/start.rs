//! The start page: three things to do, and what to know before.

use super::{Site, assets};
use crate::web::texts::Texts;
use askama::Template;

/// `GET /`
#[derive(Template)]
#[template(path = "reporter/start.html")]
pub struct StartPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
}
