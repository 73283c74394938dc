//! Opening sealed things, with answers in words.

use super::client::shapes::{CaseSummary, SealedEntryView, WholeCase};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_crypto::open::{Entry, OpenError, OpenedCaseKey, open_entry, open_grant};
use candor_crypto::{Grant, PrivateKey, PublicKey, Report, ReporterKeys, SpeakerKey};
use uuid::Uuid;

/// Why something sealed cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    /// The grant is for somebody else.
    #[error("it is not sealed to your key")]
    NotYours,
    /// The grant is no grant.
    #[error("its grant is damaged or is no grant")]
    NoGrant,
    /// The grant does not open.
    #[error("its grant does not open: {0}")]
    Grant(OpenError),
    /// The service names another public key than the grant holds the private one of.
    #[error("the service names a public key that is not this case's: do not reply, and tell the operator")]
    OtherKey,
    /// Replies would go elsewhere than to the reporter.
    #[error(
        "the service names another mailbox for the reporter than the report does: do not reply; tell the committee, and \
         somebody other than the operator who can look into it"
    )]
    OtherMailbox,
    /// Which of several reports is the reporter's cannot be told.
    #[error(
        "the service sent several reports, and a case has one: do not reply; tell the committee, and somebody other \
         than the operator who can look into it"
    )]
    SeveralReports,
    /// There is no report in the case.
    #[error("the service did not send the report")]
    NoReport,
    /// The entry is sealed to something else than the case.
    #[error("it is not sealed to the key of this case")]
    NotThisCase,
    /// The entry does not open.
    #[error("{0}")]
    Entry(OpenError),
    /// Inside is something else than the service says.
    #[error("the service calls it {filed}, but inside is {found}")]
    Misfiled {
        /// What the service says.
        filed: String,
        /// What is inside.
        found: String,
    },
}

/// The key of a case out of the grant that came with it.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn case_key(case: &CaseSummary, identity: &PrivateKey) -> Result<OpenedCaseKey, Unreadable> {
    let bytes = STANDARD.decode(&case.grant).map_err(|_| Unreadable::NoGrant)?;
    let grant = Grant::from_stored(bytes).map_err(|_| Unreadable::NoGrant)?;
    let key =
        open_grant(&grant, identity, case.id).map_err(Unreadable::Grant)?.ok_or(Unreadable::NotYours)?;
    if key.public_key().as_str() == case.public_key { Ok(key) } else { Err(Unreadable::OtherKey) }
}

/// An entry, which is what the service says it is.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn entry(view: &SealedEntryView, key: &PrivateKey, case: Uuid) -> Result<Entry, Unreadable> {
    let bytes = STANDARD.decode(&view.sealed).map_err(|_| Unreadable::Entry(OpenError::NotAgeFile))?;
    let entry = entry_bytes(&bytes, key, case)?;
    let found = (entry.kind(), entry.envelope().number);
    if found == (view.kind.as_str(), view.number) {
        return Ok(entry);
    }
    Err(Unreadable::Misfiled {
        filed: format!("{} {}", view.kind, view.number),
        found: format!("{} {}", found.0, found.1),
    })
}

/// An entry out of the bytes of its age file.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn entry_bytes(bytes: &[u8], key: &PrivateKey, case: Uuid) -> Result<Entry, Unreadable> {
    open_entry(bytes, key, case).map_err(Unreadable::Entry)?.ok_or(Unreadable::NotThisCase)
}

/// The report that came with a listing.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn report(
    sealed: &str,
    key: &PrivateKey,
    case: Uuid,
) -> Result<(Report, ReporterKeys), Unreadable> {
    let bytes = STANDARD.decode(sealed).map_err(|_| Unreadable::Entry(OpenError::NotAgeFile))?;
    match entry_bytes(&bytes, key, case)? {
        Entry::Report { report, reporter, .. } => Ok((report, reporter)),
        other => Err(Unreadable::Misfiled { filed: "report 0".to_owned(), found: other.kind().to_owned() }),
    }
}

/// The reporter's mailbox, by which replies reach them and nobody else: the one that the report itself names, if the
/// service names the same.
///
/// # Errors
/// [`Unreadable`].
pub(super) fn mailbox(whole: &WholeCase, key: &PrivateKey) -> Result<PublicKey, Unreadable> {
    let mut reports = whole.entries.iter().filter(|entry| entry.kind == "report");
    let view = reports.next().ok_or(Unreadable::NoReport)?;
    // Else another report, put before the reporter's, would name the mailbox.
    if reports.next().is_some() {
        return Err(Unreadable::SeveralReports);
    }
    match entry(view, key, whole.case.id)? {
        Entry::Report { reporter, .. } if reporter.mailbox.as_str() == whole.case.mailbox_public_key => {
            Ok(reporter.mailbox)
        }
        Entry::Report { .. } => Err(Unreadable::OtherMailbox),
        other => Err(Unreadable::Misfiled { filed: "report 0".to_owned(), found: other.kind().to_owned() }),
    }
}

/// Who wrote an entry, as far as can be proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// Signed by whoever sent the report.
    SameReporter,
    /// Not, or wrongly, signed by whoever sent the report.
    NotProven,
    /// The report, whose key would tell, is not at hand.
    NothingToCompare,
    /// Nobody signs entries of this kind.
    NeverSigned,
}

impl Proof {
    /// Of an entry, compared with the key in the report.
    pub(super) fn of(entry: &Entry, speaker: Option<&SpeakerKey>) -> Self {
        let signed = !matches!(entry, Entry::Report { .. } | Entry::Reply { .. } | Entry::Note { .. });
        match (signed, speaker) {
            (false, _) => Self::NeverSigned,
            (true, None) => Self::NothingToCompare,
            (true, Some(speaker)) => {
                if entry.is_from(speaker) == Some(true) {
                    Self::SameReporter
                } else {
                    Self::NotProven
                }
            }
        }
    }

    /// For JSON: `null` where nothing can be said.
    pub(super) fn as_answer(self) -> Option<bool> {
        match self {
            Self::SameReporter => Some(true),
            Self::NotProven => Some(false),
            Self::NothingToCompare | Self::NeverSigned => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_crypto::{CaseKey, Envelope, RetrievalToken, seal_message, seal_report};

    struct Sample {
        chair: PrivateKey,
        token: RetrievalToken,
        summary: CaseSummary,
        message: SealedEntryView,
    }

    fn sample() -> Sample {
        let chair = PrivateKey::generate();
        let token = RetrievalToken::from_bytes([7; 16]);
        let case = Uuid::from_u128(1);
        let key = CaseKey::generate(case);
        let envelope = |number| Envelope { case, number, day: "2026-11-23".to_owned() };
        let mut report = Report::default();
        report.kind = "concern".to_owned();
        report.narrative = "Paid twice.".to_owned();
        let report = seal_report(&envelope(0), &report, &token.reporter_keys(), &key.public_key()).unwrap();
        let message = seal_message(&envelope(1), "Again.", &token.signing_key(), &key.public_key()).unwrap();
        let summary = serde_json::json!({
            "id": case, "kind": "concern", "status": "received", "outcome": null, "received": "2026-11-23",
            "acknowledged": null, "updated": "2026-11-23", "acknowledge_by": "2026-11-30", "feedback_by": "2027-02-28",
            "update_by": "2026-12-23", "public_key": key.public_key().as_str(),
            "mailbox_public_key": token.mailbox_key().public_key().as_str(), "opened": false, "messages": 1,
            "replies": 0, "revision": 1, "grant": STANDARD.encode(key.grant(&chair.public_key()).unwrap().as_bytes()),
            "report": STANDARD.encode(report.as_bytes()),
        });
        let message = serde_json::json!({
            "kind": "message", "number": 1, "position": 2, "day": "2026-11-23",
            "sealed": STANDARD.encode(message.as_bytes()),
        });
        Sample {
            chair,
            token,
            summary: serde_json::from_value(summary).unwrap(),
            message: serde_json::from_value(message).unwrap(),
        }
    }

    #[test]
    fn a_case_opens_for_its_reader_alone() {
        let Sample { chair, token, mut summary, message } = sample();
        let key = case_key(&summary, &chair).ok().unwrap();
        let (report, reporter) = report(summary.report.as_deref().unwrap(), &key, summary.id).ok().unwrap();
        assert_eq!(report.narrative, "Paid twice.");
        assert_eq!(reporter, token.reporter_keys());
        let opened = entry(&message, &key, summary.id).ok().unwrap();
        assert_eq!(Proof::of(&opened, Some(&reporter.speaker)), Proof::SameReporter);
        assert_eq!(Proof::of(&opened, None), Proof::NothingToCompare);
        let other = RetrievalToken::from_bytes([8; 16]).signing_key().verifying_key();
        assert_eq!(Proof::of(&opened, Some(&other)), Proof::NotProven);

        assert!(matches!(case_key(&summary, &PrivateKey::generate()), Err(Unreadable::NotYours)));
        summary.public_key = PrivateKey::generate().public_key().as_str().to_owned();
        assert!(matches!(case_key(&summary, &chair), Err(Unreadable::OtherKey)));
        summary.grant = "AAAA".to_owned();
        assert!(matches!(case_key(&summary, &chair), Err(Unreadable::NoGrant)));
    }

    #[test]
    fn a_reply_goes_to_the_mailbox_that_the_report_names_or_nowhere() {
        let Sample { chair, token, summary, .. } = sample();
        let key = case_key(&summary, &chair).ok().unwrap();
        let empty = || SealedEntryView {
            kind: "report".to_owned(),
            number: 0,
            position: 0,
            day: String::new(),
            sealed: String::new(),
        };
        let report = SealedEntryView { sealed: summary.report.clone().unwrap(), ..empty() };
        let mut whole = WholeCase {
            case: summary,
            entries: vec![report],
            events: Vec::new(),
            allowed: Vec::new(),
            outcomes: Vec::new(),
            unanswered_from: None,
            takes_two: false,
            proposed_end: None,
        };
        assert_eq!(mailbox(&whole, &key).ok().unwrap(), token.mailbox_key().public_key());
        whole.case.mailbox_public_key = PrivateKey::generate().public_key().as_str().to_owned();
        assert!(matches!(mailbox(&whole, &key), Err(Unreadable::OtherMailbox)));
        let again = SealedEntryView { sealed: whole.entries[0].sealed.clone(), ..empty() };
        whole.entries.push(again);
        assert!(matches!(mailbox(&whole, &key), Err(Unreadable::SeveralReports)));
        whole.entries.clear();
        assert!(matches!(mailbox(&whole, &key), Err(Unreadable::NoReport)));
        whole.entries.push(SealedEntryView { sealed: STANDARD.encode(b"damaged"), ..empty() });
        assert!(matches!(mailbox(&whole, &key), Err(Unreadable::Entry(OpenError::NotAgeFile))));
    }

    #[test]
    fn what_was_swapped_or_damaged_is_noticed() {
        let Sample { chair, summary, mut message, .. } = sample();
        let key = case_key(&summary, &chair).ok().unwrap();
        assert!(matches!(entry(&message, &key, Uuid::from_u128(2)), Err(Unreadable::Entry(OpenError::Case))));
        assert!(matches!(entry(&message, &chair, summary.id), Err(Unreadable::NotThisCase)));
        message.number = 2;
        let misfiled = entry(&message, &key, summary.id).err().unwrap().to_string();
        assert_eq!(misfiled, "the service calls it message 2, but inside is message 1");
        let mut bytes = STANDARD.decode(&message.sealed).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        message.sealed = STANDARD.encode(bytes);
        assert!(matches!(entry(&message, &key, summary.id), Err(Unreadable::Entry(OpenError::Broken))));
    }
}
