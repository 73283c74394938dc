//! The reporter's pages: one view and one template a page.
//!
//! A view borrows what the handler knows, in the words of `domain`; every sentence comes from `locales` through
//! [`Texts`](crate::web::texts::Texts). No page needs a script, a cookie or anything from another server; where scripts run,
//! ours seals in the browser what would otherwise be sealed here.

pub mod assets;
pub mod check;
pub mod closed;
pub mod confirmation;
pub mod dates;
pub mod error;
pub mod files;
mod form_field;
mod form_problem;
pub mod notice;
pub mod privacy;
pub mod record;
pub mod report;
mod script;
pub mod site;
pub mod start;
pub mod status;

pub use check::{CheckPage, TokenProblem};
pub use closed::ClosedPage;
pub use confirmation::ConfirmationPage;
pub use error::{ErrorKind, ErrorPage, KeptText};
pub use files::{FilesView, KeptFile};
pub use notice::Notice;
pub use privacy::PrivacyPage;
pub use record::RecordPage;
pub use report::ReportPage;
pub use site::Site;
pub use start::StartPage;
pub use status::{HistoryEvent, HistoryLine, ReplyFile, ReplyView, StatusPage};

use askama::Template;

/// A page that can be written out.
pub trait Page {
    /// The whole page, UTF-8.
    fn html(&self) -> String;
}

impl<T: Template> Page for T {
    fn html(&self) -> String {
        self.render().expect("a page is written to memory, and no template has a filter that fails")
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
