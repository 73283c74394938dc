//! `candor case readers`, `release`, `take-off` and `step-aside`: who can read a case.

use super::find::find;
use super::writing::{TextArgs, cannot_seal, send};
use crate::cli::client::shapes::{CaseSummary, Me};
use crate::cli::client::{AccessArgs, CallError};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::opening;
use crate::cli::terminal::{self, Page};
use candor_crypto::open::{Entry, OpenedCaseKey};
use candor_crypto::{Grant, Note, PrivateKey, PublicKey, Report, seal_note};
use clap::Args;

/// Arguments of `candor case readers`.
#[derive(Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct ReadersArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// Arguments of `candor case release`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case release 3f2a9c1e --to compliance --server https://speak.example.com --identity chair.key

They can read the whole case from then on, and are told by e-mail that something waits. Nobody gets a case whose report \
names them. A grant is made here: your key opens the case's, and seals it to theirs.

{EXIT_CODES}"))]
pub(super) struct ReleaseArgs {
    /// The case: its id, or the first characters of it
    case: String,
    /// The id of the recipient who is to read it; `candor case readers` lists those who could
    #[arg(long, value_name = "RECIPIENT")]
    to: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// Arguments of `candor case take-off`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case take-off 3f2a9c1e compliance --text 'Worked with the person it is about.' --server … --identity …

They cannot read the case any more and never get it again. What they have read or saved, they have. The reason becomes a \
note for those who can read the case.

{EXIT_CODES}"))]
pub(super) struct TakeOffArgs {
    /// The case: its id, or the first characters of it
    case: String,
    /// The id of the recipient who is to leave
    #[arg(value_name = "RECIPIENT")]
    recipient: String,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    access: AccessArgs,
}

/// Arguments of `candor case step-aside`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case step-aside 3f2a9c1e --server https://speak.example.com --identity alternate.key

You cannot read the case any more and never get it again; that you left stays in it. Say why before you go, if it helps \
those who stay: `candor case note`.

{EXIT_CODES}"))]
pub(super) struct StepAsideArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs `candor case readers`.
pub(super) fn readers(args: &ReadersArgs) -> Result<(), Failure> {
    let (session, identity) = args.access.sign_in()?;
    let id = find(&session, &args.case)?;
    let summary = session.sealed(&[id])?.pop().ok_or_else(|| not_there(id))?;
    let key = open(&summary, &identity)?;
    let report = report_of(&session, &summary, &key)?;
    let known = session.readers(id)?;
    let mut page = Page::default();
    page.line("Can read it:");
    for reader in &known.readers {
        page.line(&format!("  {}  {}", reader.id, reader.title));
    }
    let could = known.candidates.iter().map(|candidate| &candidate.recipient);
    let could: Vec<_> = could.filter(|recipient| !report.concerns.contains(&recipient.id)).collect();
    if !could.is_empty() {
        page.line("It could be released to:");
        for recipient in could {
            page.line(&format!("  {}  {}", recipient.id, recipient.title));
        }
    }
    terminal::print(page.as_str())
}

/// Runs `candor case release`.
pub(super) fn release(args: &ReleaseArgs) -> Result<(), Failure> {
    let (session, identity) = args.access.sign_in()?;
    let id = find(&session, &args.case)?;
    let me = session.me()?;
    let known = session.readers(id)?;
    if known.readers.iter().any(|reader| reader.id == args.to) {
        return Err(Failure::failed(format!("{} can read this case already.", me.title_of(&args.to))));
    }
    let candidate = known.candidates.iter().find(|candidate| candidate.recipient.id == args.to);
    let candidate = candidate.ok_or_else(|| nobody(&me, &args.to))?;
    let summary = session.sealed(&[id])?.pop().ok_or_else(|| not_there(id))?;
    let key = open(&summary, &identity)?;
    refuse_if_concerned(
        &report_of(&session, &summary, &key)?,
        &candidate.recipient.id,
        &candidate.recipient.title,
    )?;
    let public_key = parse(&candidate.public_key)?;
    let grant = grant(&key, &public_key)?;
    session.release(&args.to, &public_key, vec![(id, grant)])?;
    let title = terminal::one_line(&candidate.recipient.title);
    terminal::print(&format!("{title} can read case {id} now, and is told that something waits.\n"))
}

/// Runs `candor case take-off`.
pub(super) fn take_off(args: &TakeOffArgs) -> Result<(), Failure> {
    let reason = args.text.read("Say why, for those who can read the case.")?;
    let mut title = String::new();
    let (id, _) = send(&args.access, &args.case, |session, desk| {
        desk.me.title_of(&args.recipient).clone_into(&mut title);
        if args.recipient == desk.me.recipient.id {
            return Err(CallError::Failed(Failure::usage(
                "That is you: `candor case step-aside` is how you leave a case.",
            )));
        }
        let note = Note {
            recipient: desk.me.recipient.id.clone(),
            title: desk.me.recipient.title.clone(),
            text: format!("{title} taken off the case: {}", reason.as_str()),
            assessment: String::new(),
            conclusion: None,
        };
        let envelope = desk.envelope("note");
        let sealed =
            seal_note(&envelope, &note, &desk.key.public_key()).map_err(|error| cannot_seal(&error))?;
        let sent = session.take_off(envelope.case, &args.recipient, envelope.number, sealed);
        sent.map(|()| envelope.number).map_err(|error| match error {
            CallError::Refused(404, _) => CallError::Failed(Failure::not_readable(format!(
                "{} is nobody who can read this case. See `candor case readers`.",
                args.recipient
            ))),
            error => error,
        })
    })?;
    terminal::print(&format!("{} cannot read case {id} any more.\n", terminal::one_line(&title)))
}

/// Runs `candor case step-aside`.
pub(super) fn step_aside(args: &StepAsideArgs) -> Result<(), Failure> {
    let (session, _) = args.access.sign_in()?;
    let id = find(&session, &args.case)?;
    session.step_aside(id)?;
    terminal::print(&format!("You have left case {id}. You cannot read it any more.\n"))
}

/// Refuses to let somebody read a report that is about them: the service cannot know.
pub(super) fn refuse_if_concerned(report: &Report, id: &str, title: &str) -> Result<(), Failure> {
    if report.concerns.iter().any(|concerned| concerned == id) {
        return Err(Failure::failed(format!("The report is about {title}. They must not learn of it.")));
    }
    Ok(())
}

/// The key of a case, with a sentence where it does not open.
pub(super) fn open(summary: &CaseSummary, identity: &PrivateKey) -> Result<OpenedCaseKey, Failure> {
    opening::case_key(summary, identity).map_err(|problem| {
        Failure::not_readable(format!("The case {} cannot be opened with this key: {problem}.", summary.id))
    })
}

/// The report of a case; a long one is fetched with the whole case.
pub(super) fn report_of(
    session: &crate::cli::client::Session,
    summary: &CaseSummary,
    key: &OpenedCaseKey,
) -> Result<Report, Failure> {
    let unreadable = |problem| {
        Failure::not_readable(format!("The report of case {} does not open: {problem}.", summary.id))
    };
    if let Some(sealed) = &summary.report {
        return opening::report(sealed, key, summary.id).map(|opened| opened.0).map_err(unreadable);
    }
    let whole = session.case(summary.id)?;
    let view = whole.entries.iter().find(|entry| entry.kind == "report");
    match opening::entry(view.ok_or_else(|| unreadable(opening::Unreadable::NoReport))?, key, summary.id) {
        Ok(Entry::Report { report, .. }) => Ok(report),
        Ok(_) => Err(unreadable(opening::Unreadable::NoReport)),
        Err(problem) => Err(unreadable(problem)),
    }
}

/// A public key that the service named.
pub(super) fn parse(public_key: &str) -> Result<PublicKey, Failure> {
    PublicKey::parse(public_key).map_err(|_| {
        Failure::not_readable(
            "The service named a public key that is none. Nothing was sent; tell the operator.",
        )
    })
}

/// Another grant of a case.
pub(super) fn grant(key: &OpenedCaseKey, to: &PublicKey) -> Result<Grant, Failure> {
    key.grant(to)
        .map_err(|error| Failure::failed(format!("The grant cannot be sealed: {error}. Nothing was sent.")))
}

fn nobody(me: &Me, id: &str) -> Failure {
    if me.recipients.iter().any(|recipient| recipient.id == id) {
        Failure::failed(format!(
            "{} cannot get this case: they have no key here, were taken off it, or stepped aside.",
            me.title_of(id)
        ))
    } else {
        Failure::usage(format!(
            "Nobody here has the id {id}. `candor case readers` lists who could read the case."
        ))
    }
}

fn not_there(id: uuid::Uuid) -> Failure {
    Failure::not_readable(format!("There is no case {id}, or your key does not open it."))
}
