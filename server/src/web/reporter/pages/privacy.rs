//! What the service records and who reads, at length.

use super::{Site, assets};
use crate::domain::{Recipient, RecipientKind, Recipients};
use crate::web::texts::Texts;
use askama::Template;

/// `GET /privacy`
#[derive(Template)]
#[template(path = "reporter/privacy.html")]
pub struct PrivacyPage<'a> {
    /// The language.
    pub texts: Texts,
    /// The organisation.
    pub site: &'a Site,
    /// All recipients: the page names those who can come to read a report.
    pub recipients: &'a Recipients,
}

impl PrivacyPage<'_> {
    /// Those who can come to read a report, with the id of the sentence that says when.
    fn readers(&self) -> impl Iterator<Item = (&Recipient, &'static str)> {
        self.recipients.iter().filter_map(|recipient| {
            let when = match recipient.kind {
                RecipientKind::Counsel | RecipientKind::Investigator if recipient.choosable => {
                    "privacy-reads-chosen"
                }
                RecipientKind::Committee => "privacy-reads-committee",
                RecipientKind::Counsel => "privacy-reads-counsel",
                RecipientKind::Compliance => "privacy-reads-compliance",
                RecipientKind::Supervisor if recipient.reads => "privacy-reads-chosen",
                RecipientKind::Supervisor => "privacy-reads-supervisor",
                RecipientKind::Investigator => "privacy-reads-investigator",
            };
            recipient.has_key().then_some((recipient, when))
        })
    }
}
