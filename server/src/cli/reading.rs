//! How opened entries look: as text for people, as JSON for programs.

use super::opening::Proof;
use super::removed;
use super::terminal::{Page, shortened};
use crate::domain::assessment::{Assessment, shows_whether_named};
use crate::domain::status::Status;
use candor_crypto::open::Entry;
use candor_crypto::{AttachmentInfo, Identity, Note, Reply, Report};
use serde::Serialize;
use std::borrow::Cow;

/// How long a subject may be, in characters.
const SUBJECT: usize = 100;

/// The first line of a narrative that says something, shortened.
pub(super) fn subject(narrative: &str) -> String {
    let first = narrative.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    shortened(&words.join(" "), SUBJECT)
}

/// An entry as JSON.
#[derive(Serialize)]
pub(super) struct EntryJson<'a> {
    kind: &'static str,
    number: u32,
    day: &'a str,
    /// Whether the signature proves the same reporter; `null` where nothing is signed or nothing to compare with.
    from_reporter: Option<bool>,
    #[serde(flatten)]
    body: Body<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Report { report: &'a Report },
    Identity { identity: &'a Identity },
    Message { text: &'a str },
    Reply(&'a Reply),
    Note(&'a Note),
    Attachment { attachment: &'a AttachmentInfo },
    Unknown {},
}

impl<'a> EntryJson<'a> {
    /// Of an entry.
    pub(super) fn of(entry: &'a Entry, proof: Proof) -> Self {
        let envelope = entry.envelope();
        let body = match entry {
            Entry::Report { report, .. } => Body::Report { report },
            Entry::Identity { identity, .. } => Body::Identity { identity },
            Entry::Message { text, .. } => Body::Message { text },
            Entry::Reply { reply, .. } => Body::Reply(reply),
            Entry::Note { note, .. } => Body::Note(note),
            Entry::Attachment { info, .. } => Body::Attachment { attachment: info },
            _ => Body::Unknown {},
        };
        Self {
            kind: entry.kind(),
            number: envelope.number,
            day: &envelope.day,
            from_reporter: proof.as_answer(),
            body,
        }
    }
}

/// Whether it is said that a report is anonymous or confidential. The rule is [`shows_whether_named`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anonymity {
    /// It is.
    Shown,
    /// It is not yet: nobody has recorded a first assessment.
    HeldBack,
}

impl Anonymity {
    /// For these entries of a case. Whoever asks for the name itself is not kept from learning whether there is one.
    pub(super) fn of<'e>(
        status: Option<Status>,
        entries: impl IntoIterator<Item = &'e Entry>,
        reveal_identity: bool,
    ) -> Self {
        let assessments = entries.into_iter().filter_map(|entry| match entry {
            Entry::Note { note, .. } => Some(note.assessment.as_str()),
            _ => None,
        });
        if reveal_identity || shows_whether_named(status, assessments) { Self::Shown } else { Self::HeldBack }
    }
}

/// Writes an entry onto a page. `title_of` turns a recipient's id into a title.
pub(super) fn write_entry<'t>(
    page: &mut Page,
    entry: &Entry,
    proof: Proof,
    anonymity: Anonymity,
    title_of: impl Fn(&str) -> Cow<'t, str>,
) {
    let envelope = entry.envelope();
    page.gap();
    page.line(&format!("{}  {}", envelope.day, heading(entry, proof)));
    match entry {
        Entry::Report { report, .. } => write_report(page, report, anonymity, title_of),
        Entry::Identity { identity, .. } => {
            write_answer(page, "Name", &identity.name);
            write_answer(page, "Contact", &identity.contact);
        }
        Entry::Message { text, .. } => page.quote(text),
        Entry::Reply { reply, .. } => {
            page.quote(&reply.text);
            for (part, info) in (1..).zip(&reply.attachments) {
                page.line(&format!("  File {part} of this reply"));
                write_file(page, info);
            }
        }
        Entry::Note { note, .. } => {
            if !note.assessment.is_empty() {
                page.field("first assessment", assessment(&note.assessment));
            }
            if let Some(conclusion) = &note.conclusion {
                page.field("conclusion", &format!("{}, {}", conclusion.status, conclusion.disposition));
                page.field("what was done", &conclusion.measures.join(", "));
            }
            page.quote(&note.text);
        }
        Entry::Attachment { info, .. } => {
            write_file(page, info);
            if info.cleaned.is_empty() {
                page.field("removed from it", "nothing: look for hidden data before you pass it on");
            }
        }
        _ => page.line("  This version of candor does not know this kind of entry."),
    }
}

fn write_file(page: &mut Page, info: &AttachmentInfo) {
    page.quote(&info.name);
    page.field("type", &info.media_type);
    page.field("size", &format!("{} bytes", info.size));
    if !info.cleaned.is_empty() {
        page.field("removed from it", &removed::in_words(&info.cleaned));
    }
}

/// In words; a code that is not known stays as it is.
fn assessment(code: &str) -> &str {
    Assessment::parse(code).map_or(code, |known| known.words())
}

fn heading(entry: &Entry, proof: Proof) -> String {
    let number = entry.envelope().number;
    let what = match entry {
        Entry::Report { report, .. } => {
            let what = if report.kind == "question" { "Question" } else { "Report" };
            return format!("{what} by the reporter");
        }
        // The title is what the writer sealed; readers of a case are trusted with each other's names.
        Entry::Reply { reply, .. } => return format!("Reply {number} to the reporter, by {}", reply.title),
        Entry::Note { note, .. } => return format!("Note {number} among recipients, by {}", note.title),
        Entry::Identity { .. } => "Who the reporter is".to_owned(),
        Entry::Attachment { .. } => format!("File {number} of the reporter"),
        _ => format!("Message {number}"),
    };
    let proof = match proof {
        Proof::SameReporter => "from the same reporter (signature holds)",
        Proof::NotProven => "NOT proven to be from the reporter (signature does not hold): do not rely on it",
        Proof::NothingToCompare => "signature not checked, for want of the report",
        Proof::NeverSigned => return what,
    };
    format!("{what}, {proof}")
}

fn write_report<'t>(
    page: &mut Page,
    report: &Report,
    anonymity: Anonymity,
    title_of: impl Fn(&str) -> Cow<'t, str>,
) {
    page.quote(&report.narrative);
    page.field("category", &report.category);
    for (question, answer) in [
        ("When", &report.when),
        ("Where", &report.where_),
        ("Who else knows", &report.who_else_knows),
        ("How the reporter knows", &report.how_you_know),
        ("How many people know", &report.how_many_know),
    ] {
        write_answer(page, question, answer);
    }
    if !report.concerns.is_empty() {
        let titles: Vec<Cow<'t, str>> = report.concerns.iter().map(|id| title_of(id)).collect();
        page.field("concerns", &titles.join(", "));
    }
    if !report.chosen.is_empty() {
        page.field("chosen", &title_of(&report.chosen));
    }
    let reporter = match (anonymity, report.confidential) {
        (Anonymity::HeldBack, _) => "not shown before a first assessment (candor case note --assessment …)",
        (Anonymity::Shown, true) => "confidential: gave a name",
        (Anonymity::Shown, false) => "anonymous",
    };
    page.field("reporter is", reporter);
    page.field("sealed in the", &report.sealed_in);
}

fn write_answer(page: &mut Page, question: &str, answer: &str) {
    if !answer.trim().is_empty() {
        page.line(&format!("  {question}"));
        page.quote(answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_crypto::{Envelope, RetrievalToken, Signature};

    fn envelope(number: u32) -> Envelope {
        Envelope { case: uuid::Uuid::nil(), number, day: "2026-11-23".to_owned() }
    }

    fn report(narrative: &str) -> Entry {
        let mut report = Report::default();
        narrative.clone_into(&mut report.narrative);
        report.when = "in May".to_owned();
        report.concerns = vec!["chair".to_owned()];
        Entry::Report {
            envelope: envelope(0),
            report,
            reporter: RetrievalToken::from_bytes([0; 16]).reporter_keys(),
        }
    }

    #[test]
    fn the_subject_is_the_first_line_that_says_something() {
        assert_eq!(subject("\r\n   \n  Two   invoices\twere paid. \nMore."), "Two invoices were paid.");
        assert_eq!(subject(""), "");
        assert_eq!(subject("\u{1b}[31mred"), "\\u{1b}[31mred");
        assert_eq!(subject(&"x".repeat(500)).chars().count(), SUBJECT);
    }

    #[test]
    fn nothing_inside_an_entry_reaches_the_terminal_raw() {
        let mut page = Page::default();
        write_entry(
            &mut page,
            &report("\u{1b}]0;x\u{7}\u{202e}"),
            Proof::NeverSigned,
            Anonymity::Shown,
            |_| Cow::Borrowed("\u{1b}Chair"),
        );
        let reply = Reply {
            recipient: String::new(),
            title: "\u{1b}[2J\nfake".to_owned(),
            text: "ok".to_owned(),
            attachments: Vec::new(),
        };
        let reply = Entry::Reply { envelope: envelope(1), reply };
        write_entry(&mut page, &reply, Proof::NeverSigned, Anonymity::Shown, |_| Cow::Borrowed(""));
        let shown = page.as_str();
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown}");
        assert!(shown.contains("    | \\u{1b}]0;x\\u{7}\\u{202e}\n"), "{shown}");
        assert!(shown.contains("in May") && shown.contains("\\u{1b}Chair"), "{shown}");
        assert!(!shown.contains("\nfake"), "{shown}");
    }

    #[test]
    fn whether_a_name_was_given_is_shown_after_an_assessment_or_when_asked_for() {
        let note = |assessment: &str| {
            let mut note = Note::default();
            note.text = "Two letters seen.".to_owned();
            note.assessment = assessment.to_owned();
            Entry::Note { envelope: envelope(1), note }
        };
        let shown = |entries: &[Entry], reveal_identity| {
            let anonymity = Anonymity::of(Some(Status::Received), entries, reveal_identity);
            let mut page = Page::default();
            for entry in entries {
                write_entry(&mut page, entry, Proof::NeverSigned, anonymity, |_| Cow::Borrowed(""));
            }
            page.as_str().to_owned()
        };
        for not_assessed in ["", "of_later_versions"] {
            let text = shown(&[report("Paid twice."), note(not_assessed)], false);
            assert!(!text.contains("anonymous") && text.contains("before a first assessment"), "{text}");
            assert!(text.contains(not_assessed), "{text}");
        }
        assert!(shown(&[report("Paid twice."), note("")], true).contains("anonymous"));
        let text = shown(&[report("Paid twice."), note("ask_first")], false);
        assert!(text.contains("anonymous") && text.contains("more facts are needed first"), "{text}");
    }

    #[test]
    fn json_says_what_is_proven() {
        let message = Entry::Message {
            envelope: envelope(3),
            text: "Again.".to_owned().into(),
            signature: Signature::from_bytes([0; 64]),
        };
        let json = serde_json::to_value(EntryJson::of(&message, Proof::NotProven)).unwrap();
        let expected = serde_json::json!({
            "kind": "message", "number": 3, "day": "2026-11-23", "from_reporter": false, "text": "Again."
        });
        assert_eq!(json, expected);
        let json = serde_json::to_value(EntryJson::of(&report("x"), Proof::NeverSigned)).unwrap();
        assert_eq!(json["report"]["narrative"], "x");
        assert_eq!(json["from_reporter"], serde_json::Value::Null);
    }
}
