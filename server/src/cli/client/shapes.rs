//! What the service says, as `/api/v1/openapi.json` describes it. Fields that are not known here are ignored.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A sign-in challenge.
#[derive(Deserialize)]
pub(super) struct Challenge {
    /// To be sent back with the answer.
    pub(super) challenge: String,
    /// An age file in base64.
    pub(super) sealed: String,
}

/// Why the service refuses.
#[derive(Deserialize)]
pub(in crate::cli) struct Problem {
    /// Stable code.
    pub(in crate::cli) code: String,
    /// One sentence.
    pub(in crate::cli) title: String,
}

/// A recipient.
#[derive(Deserialize)]
pub(in crate::cli) struct Recipient {
    /// Short name, as in the configuration.
    pub(in crate::cli) id: String,
    /// What people read.
    pub(in crate::cli) title: String,
}

/// Who is signed in, and what surrounds them.
#[derive(Deserialize)]
pub(in crate::cli) struct Me {
    /// The signed-in recipient.
    pub(in crate::cli) recipient: Recipient,
    /// Today, in the organisation's time zone.
    pub(in crate::cli) today: String,
    /// Every recipient.
    pub(in crate::cli) recipients: Vec<Recipient>,
    /// Days on which something was addressed to this recipient that the committee has to release first.
    #[serde(default)]
    pub(in crate::cli) addressed: Vec<String>,
    /// The most files that go with one reply; absent where an earlier version serves.
    pub(in crate::cli) most_files: Option<usize>,
    /// The largest file that goes with a reply, in bytes; absent where an earlier version serves.
    pub(in crate::cli) largest_file: Option<u64>,
}

impl Me {
    /// A recipient's title; the id where it is nobody's any more.
    pub(in crate::cli) fn title_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.recipients.iter().find(|recipient| recipient.id == id).map_or(id, |recipient| &recipient.title)
    }
}

/// What the service knows of a case.
#[derive(Deserialize, Serialize)]
pub(in crate::cli) struct CaseSummary {
    pub(in crate::cli) id: Uuid,
    pub(in crate::cli) kind: String,
    pub(in crate::cli) status: String,
    pub(in crate::cli) outcome: Option<String>,
    pub(in crate::cli) received: String,
    pub(in crate::cli) acknowledged: Option<String>,
    pub(in crate::cli) updated: String,
    pub(in crate::cli) acknowledge_by: String,
    pub(in crate::cli) feedback_by: String,
    pub(in crate::cli) update_by: Option<String>,
    pub(in crate::cli) public_key: String,
    pub(in crate::cli) mailbox_public_key: String,
    pub(in crate::cli) opened: bool,
    pub(in crate::cli) messages: i64,
    pub(in crate::cli) replies: i64,
    /// An age file in base64.
    #[serde(skip_serializing)]
    pub(in crate::cli) grant: String,
    /// An age file in base64; absent from listings when it is long.
    #[serde(skip_serializing)]
    pub(in crate::cli) report: Option<String>,
}

impl CaseSummary {
    /// Whether work is still owed.
    pub(in crate::cli) fn is_open(&self) -> bool {
        self.update_by.is_some()
    }

    /// The next day on which something is owed to the reporter. Days in ISO form sort as text.
    pub(in crate::cli) fn due(&self) -> Option<&str> {
        let update_by = self.update_by.as_deref()?;
        if self.acknowledged.is_none() {
            return Some(&self.acknowledge_by);
        }
        // Feedback is still owed if nothing was said since its day; after that the next update counts.
        let feedback = (self.updated < self.feedback_by).then_some(self.feedback_by.as_str());
        Some(feedback.map_or(update_by, |feedback| feedback.min(update_by)))
    }
}

/// One page of a listing.
#[derive(Deserialize)]
pub(super) struct CasePage {
    pub(super) cases: Vec<CaseSummary>,
    pub(super) next: Option<String>,
}

/// What a content that was taken is called.
#[derive(Deserialize)]
pub(super) struct Upload {
    pub(super) upload: String,
}

/// One sealed entry.
#[derive(Deserialize)]
pub(in crate::cli) struct SealedEntryView {
    pub(in crate::cli) kind: String,
    pub(in crate::cli) number: u32,
    pub(in crate::cli) position: i64,
    pub(in crate::cli) day: String,
    /// An age file in base64.
    pub(in crate::cli) sealed: String,
}

/// Something that happened to a case, without content.
#[derive(Deserialize, Serialize)]
pub(in crate::cli) struct Event {
    pub(in crate::cli) position: i64,
    pub(in crate::cli) day: String,
    pub(in crate::cli) kind: String,
    pub(in crate::cli) actor: String,
    pub(in crate::cli) detail: String,
}

/// A whole case.
#[derive(Deserialize)]
pub(in crate::cli) struct WholeCase {
    pub(in crate::cli) case: CaseSummary,
    pub(in crate::cli) entries: Vec<SealedEntryView>,
    pub(in crate::cli) events: Vec<Event>,
    pub(in crate::cli) allowed: Vec<String>,
    pub(in crate::cli) outcomes: Vec<String>,
    /// The first day on which a case may end for want of information.
    #[serde(default)]
    pub(in crate::cli) unanswered_from: Option<String>,
    #[serde(default)]
    pub(in crate::cli) takes_two: bool,
    #[serde(default)]
    pub(in crate::cli) proposed_end: Option<ProposedEnd>,
}

/// Who can read a case, and who could.
#[derive(Deserialize)]
pub(in crate::cli) struct Readers {
    pub(in crate::cli) readers: Vec<Recipient>,
    pub(in crate::cli) candidates: Vec<Candidate>,
}

/// Somebody to whom a case can be released.
#[derive(Deserialize)]
pub(in crate::cli) struct Candidate {
    #[serde(flatten)]
    pub(in crate::cli) recipient: Recipient,
    pub(in crate::cli) public_key: String,
}

/// Cases that somebody is still to get.
#[derive(Deserialize)]
pub(in crate::cli) struct HandoverPage {
    pub(in crate::cli) public_key: String,
    pub(in crate::cli) cases: Vec<Uuid>,
}

/// What came of grants.
#[derive(Deserialize)]
pub(in crate::cli) struct GrantsGiven {
    pub(in crate::cli) given: usize,
}

/// The keys that open cases which the asker can read.
#[derive(Deserialize, Serialize)]
pub(in crate::cli) struct KeyReport {
    pub(in crate::cli) keys: Vec<KeyInUse>,
}

/// One of them.
#[derive(Deserialize, Serialize)]
pub(in crate::cli) struct KeyInUse {
    pub(in crate::cli) recipient: String,
    pub(in crate::cli) public_key: String,
    pub(in crate::cli) current: bool,
    pub(in crate::cli) cases: i64,
}

/// What is left of a key that was put out of use.
#[derive(Deserialize)]
pub(in crate::cli) struct Revoked {
    pub(in crate::cli) left: i64,
}

/// An end that waits for a second reader.
#[derive(Deserialize, Serialize)]
pub(in crate::cli) struct ProposedEnd {
    pub(in crate::cli) by: String,
    pub(in crate::cli) day: String,
    pub(in crate::cli) status: String,
    pub(in crate::cli) outcome: Option<String>,
    /// The number of the note with the conclusion.
    pub(in crate::cli) note: u32,
    pub(in crate::cli) may_agree: bool,
}

impl ProposedEnd {
    /// The status and the outcome, as recipients read them.
    pub(in crate::cli) fn words(&self) -> String {
        let outcome = self.outcome.as_deref().filter(|outcome| *outcome != self.status);
        outcome.map_or_else(|| self.status.clone(), |outcome| format!("{}, {outcome}", self.status))
    }
}

impl WholeCase {
    /// The number that the next entry of this kind has.
    pub(in crate::cli) fn next_number(&self, kind: &str) -> u32 {
        let numbers = self.entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.number);
        numbers.max().unwrap_or(0).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(acknowledged: Option<&str>, updated: &str, update_by: Option<&str>) -> CaseSummary {
        let text = serde_json::json!({
            "id": Uuid::nil(), "kind": "concern", "status": "received", "outcome": null, "received": "2026-01-10",
            "acknowledged": acknowledged, "updated": updated, "acknowledge_by": "2026-01-17",
            "feedback_by": "2026-04-12", "update_by": update_by, "public_key": "", "mailbox_public_key": "",
            "opened": false, "messages": 0, "replies": 0, "revision": 3, "grant": "", "report": null
        });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn the_next_duty_is_the_one_that_is_due() {
        assert_eq!(case(None, "2026-01-10", Some("2026-02-09")).due(), Some("2026-01-17"));
        assert_eq!(case(Some("2026-01-12"), "2026-01-12", Some("2026-02-11")).due(), Some("2026-02-11"));
        assert_eq!(case(Some("2026-01-12"), "2026-04-01", Some("2026-05-01")).due(), Some("2026-04-12"));
        assert_eq!(case(Some("2026-01-12"), "2026-04-13", Some("2026-05-13")).due(), Some("2026-05-13"));
        assert_eq!(case(Some("2026-01-12"), "2026-04-13", None).due(), None);
    }
}
