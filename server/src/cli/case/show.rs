//! `candor case show`.

use super::find::find;
use crate::cli::client::AccessArgs;
use crate::cli::client::shapes::{CaseSummary, Event, Me, ProposedEnd, SealedEntryView, WholeCase};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::opening::{self, Proof, Unreadable};
use crate::cli::reading::{Anonymity, EntryJson, write_entry};
use crate::cli::terminal::{self, Page};
use crate::domain::status::Status;
use candor_crypto::open::Entry;
use candor_crypto::{PrivateKey, SpeakerKey};
use clap::Args;
use serde::Serialize;
use std::borrow::Cow;

/// Arguments of `candor case show`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case show 3f2a9c1e --server https://speak.example.com --identity chair.key
  candor case show 3f2a9c1e --json --server … --identity … | jq '.entries[].text'

Each message is compared with the signing key inside the report: only the holder of the retrieval token can write \
as the same reporter. Text from others is marked with `|`; control characters in it are shown escaped.

Whether the reporter gave a name is shown after a first assessment: a note with `candor case note --assessment`, or a \
status that follows one. Anonymous reports are taken less seriously by those who know that they are.

Who a confidential reporter is stays sealed unless --reveal-identity is given. Open it only if the work on the \
case needs it.

Where single entries do not open, the others are shown and the command ends with 3.

{EXIT_CODES}"))]
pub(super) struct ShowArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    access: AccessArgs,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Open who a confidential reporter is, and show before a first assessment whether a name was given
    #[arg(long)]
    reveal_identity: bool,
}

/// An entry, or why it does not open, or that it was not to be opened.
struct Shown<'a> {
    view: &'a SealedEntryView,
    entry: Option<Result<Entry, Unreadable>>,
}

/// Runs the command.
pub(super) fn run(args: &ShowArgs) -> Result<(), Failure> {
    let (session, identity) = args.access.sign_in()?;
    let me = session.me()?;
    let id = find(&session, &args.case)?;
    let whole = session.case(id)?;
    drop(session);

    let key = opening::case_key(&whole.case, &identity).map_err(|problem| {
        Failure::not_readable(format!("The case {id} cannot be opened with this key: {problem}."))
    })?;
    let shown = open(&whole, &key, args.reveal_identity);
    if let Err(problem @ (Unreadable::OtherMailbox | Unreadable::SeveralReports)) =
        opening::mailbox(&whole, &key)
    {
        eprintln!("warning: {problem}");
    }
    let text = if args.json {
        as_json(&whole, &shown)?
    } else {
        let opened = shown.iter().filter_map(|shown| shown.entry.as_ref()?.as_ref().ok());
        let anonymity = Anonymity::of(Status::parse(&whole.case.status), opened, args.reveal_identity);
        as_text(&whole, &shown, &me, anonymity)
    };
    terminal::print(&text)?;
    match shown.iter().filter(|shown| matches!(shown.entry, Some(Err(_)))).count() {
        0 => Ok(()),
        count => Err(Failure::not_readable(format!(
            "{count} of {} entries could not be opened; the others are shown.",
            shown.len()
        ))),
    }
}

fn open<'a>(whole: &'a WholeCase, key: &PrivateKey, reveal_identity: bool) -> Vec<Shown<'a>> {
    let mut shown: Vec<Shown> = whole
        .entries
        .iter()
        .map(|view| {
            let sealed_still = view.kind == "identity" && !reveal_identity;
            Shown { view, entry: (!sealed_still).then(|| opening::entry(view, key, whole.case.id)) }
        })
        .collect();
    // What arrived in one step has one position: the report, the name under it, and files after what they came with.
    let rank = |kind: &str| match kind {
        "report" => 0,
        "attachment" => 2,
        _ => 1,
    };
    shown.sort_by_key(|shown| (shown.view.position, rank(&shown.view.kind), shown.view.number));
    shown
}

/// What a file of the reporter came with: the report, or a message that the service sent along.
fn came_with(file: &SealedEntryView, entries: &[SealedEntryView]) -> Option<String> {
    let at_once = entries.iter().filter(|entry| entry.position == file.position);
    at_once.map(|entry| (entry.kind.as_str(), entry.number)).find_map(|(kind, number)| match kind {
        "report" => Some("the report".to_owned()),
        "message" => Some(format!("message {number}")),
        _ => None,
    })
}

fn speaker_of<'a>(shown: &'a [Shown]) -> Option<&'a SpeakerKey> {
    shown.iter().find_map(|shown| match &shown.entry {
        Some(Ok(Entry::Report { reporter, .. })) => Some(&reporter.speaker),
        _ => None,
    })
}

#[derive(Serialize)]
struct CaseJson<'a> {
    #[serde(flatten)]
    case: &'a CaseSummary,
    due: Option<&'a str>,
    allowed: &'a [String],
    outcomes: &'a [String],
    takes_two: bool,
    proposed_end: Option<&'a ProposedEnd>,
    /// Whether the reporter gave a name, revealed or not.
    identity_given: bool,
    entries: Vec<ShownJson<'a>>,
    events: &'a [Event],
}

#[derive(Serialize)]
#[serde(untagged)]
enum ShownJson<'a> {
    Opened(EntryJson<'a>),
    Closed { kind: &'a str, number: u32, day: &'a str, problem: String },
}

fn as_json(whole: &WholeCase, shown: &[Shown]) -> Result<zeroize::Zeroizing<String>, Failure> {
    let speaker = speaker_of(shown);
    let entries = shown.iter().filter_map(|Shown { view, entry }| match entry.as_ref()? {
        Ok(entry) => Some(ShownJson::Opened(EntryJson::of(entry, Proof::of(entry, speaker)))),
        Err(problem) => Some(ShownJson::Closed {
            kind: &view.kind,
            number: view.number,
            day: &view.day,
            problem: problem.to_string(),
        }),
    });
    terminal::json(&CaseJson {
        case: &whole.case,
        due: whole.case.due(),
        allowed: &whole.allowed,
        outcomes: &whole.outcomes,
        takes_two: whole.takes_two,
        proposed_end: whole.proposed_end.as_ref(),
        identity_given: whole.entries.iter().any(|entry| entry.kind == "identity"),
        entries: entries.collect(),
        events: &whole.events,
    })
}

fn as_text(whole: &WholeCase, shown: &[Shown], me: &Me, anonymity: Anonymity) -> zeroize::Zeroizing<String> {
    let mut page = Page::default();
    write_summary(&mut page, whole, me);
    let speaker = speaker_of(shown);
    let title_of = |id: &str| Cow::Owned(me.title_of(id).to_owned());
    // Entries and events share one order; an event that only repeats an entry is left out.
    let mut events = whole
        .events
        .iter()
        .filter(|event| !matches!(event.kind.as_str(), "received" | "reply" | "message" | "note"));
    let mut next_event = events.next();
    for Shown { view, entry } in shown {
        while let Some(event) = next_event.filter(|event| event.position < view.position) {
            write_event(&mut page, event, me);
            next_event = events.next();
        }
        match entry {
            Some(Ok(entry)) => {
                write_entry(&mut page, entry, Proof::of(entry, speaker), anonymity, title_of);
                if view.kind == "attachment" {
                    let with = came_with(view, &whole.entries);
                    page.field(
                        "came with",
                        with.as_deref().unwrap_or("something that the service did not send"),
                    );
                }
            }
            Some(Err(problem)) => {
                page.gap();
                page.line(&format!(
                    "{}  {} {} cannot be opened: {problem}",
                    view.day, view.kind, view.number
                ));
            }
            None if anonymity == Anonymity::Shown => {
                page.gap();
                page.line(&format!("{}  Who the reporter is: sealed. --reveal-identity opens it.", view.day));
            }
            None => {}
        }
    }
    for event in next_event.into_iter().chain(events) {
        write_event(&mut page, event, me);
    }
    for gap in gaps(&whole.entries) {
        page.gap();
        page.line(&format!("{gap} is missing: the service did not send it. Tell the operator."));
    }
    zeroize::Zeroizing::new(page.as_str().to_owned())
}

fn write_summary(page: &mut Page, whole: &WholeCase, me: &Me) {
    let case = &whole.case;
    page.line(&format!("Case {}", case.id));
    page.field("kind", &case.kind);
    let status = match &case.outcome {
        Some(outcome) => format!("{}, {outcome}", case.status),
        None => case.status.clone(),
    };
    page.field("status", &status);
    page.field("received", &case.received);
    match &case.acknowledged {
        Some(day) => page.field("acknowledged", day),
        None => page.field("acknowledge by", &case.acknowledge_by),
    }
    page.field("feedback by", &case.feedback_by);
    if let Some(day) = &case.update_by {
        page.field("next update by", day);
    }
    if whole.takes_two {
        page.field("ends", "only when two agree");
    }
    if let Some(proposed) = &whole.proposed_end {
        let (by, note) = (me.title_of(&proposed.by), proposed.note);
        page.field(
            "proposed end",
            &format!("{} (by {by}, {}; see note {note})", proposed.words(), proposed.day),
        );
    }
    if !whole.allowed.is_empty() {
        page.field("next statuses", &whole.allowed.join(", "));
    }
}

fn write_event(page: &mut Page, event: &Event, me: &Me) {
    let actor = match event.actor.as_str() {
        "reporter" => "the reporter",
        "service" => "the service",
        id => me.title_of(id),
    };
    let what = match event.kind.as_str() {
        "told" => format!("{} was told by e-mail", me.title_of(&event.detail)),
        "opened" => format!("opened by {actor}"),
        "status" => format!("status {}, set by {actor}", event.detail.replace(':', ", ")),
        "granted" => format!("released to {} by {actor}", me.title_of(&event.detail)),
        "taken_off" => format!("{} taken off by {actor}", me.title_of(&event.detail)),
        "revoked" => format!("a key of {} was put out of use by {actor}", me.title_of(&event.detail)),
        "stepped_aside" => format!("{actor} stepped aside"),
        "takes_two" => format!("two have to agree to how it ends (marked by {actor})"),
        "end_proposed" => format!("proposed as its end: {}, by {actor}", event.detail.replace(':', ", ")),
        "end_declined" => format!("the proposed end was declined or taken back by {actor}"),
        "ended_alone" => format!("ended by {actor} alone: nobody else who may agree can read it"),
        "reminded" => {
            let mut parts = event.detail.splitn(3, ':');
            let (duty, due) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let was = if parts.next().is_some() { "was due" } else { "due" };
            format!("readers were reminded: {}, {was} {due}", duty.replace('_', " "))
        }
        "missed" => format!("deadline missed: {}", event.detail.replace(':', ", due ")),
        kind => format!("{kind} {} ({actor})", event.detail),
    };
    page.gap();
    page.line(&format!("{}  {what}", event.day));
}

/// Entries whose number is skipped: they are numbered without gaps, so one is missing.
fn gaps(entries: &[SealedEntryView]) -> Vec<String> {
    let mut gaps = Vec::new();
    for (kind, first) in [("report", 0), ("message", 1), ("reply", 1), ("note", 1)] {
        let numbers: Vec<u32> =
            entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.number).collect();
        let last = numbers.iter().copied().max().unwrap_or(if kind == "report" { 0 } else { first });
        // Among many thousand gaps, the first few say enough.
        let missing = (first..=last).filter(|number| !numbers.contains(number)).take(20);
        if !numbers.is_empty() || kind == "report" {
            gaps.extend(missing.map(|number| format!("{kind} {number}")));
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(kind: &str, number: u32) -> SealedEntryView {
        SealedEntryView {
            kind: kind.to_owned(),
            number,
            position: 0,
            day: String::new(),
            sealed: String::new(),
        }
    }

    #[test]
    fn what_the_service_left_out_is_noticed() {
        assert_eq!(gaps(&[view("report", 0), view("message", 1), view("message", 2)]), Vec::<String>::new());
        assert_eq!(gaps(&[view("report", 0), view("message", 1), view("message", 3)]), ["message 2"]);
        assert_eq!(gaps(&[view("reply", 2)]), ["report 0", "reply 1"]);
        assert_eq!(gaps(&[view("report", 0), view("note", u32::MAX)]).len(), 20);
    }
}
