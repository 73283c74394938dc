//! `candor case note`.

use super::writing::{TextArgs, cannot_seal, send};
use crate::cli::client::AccessArgs;
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::terminal;
use candor_crypto::{Note, seal_note};
use clap::Args;

/// Arguments of `candor case note`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case note 3f2a9c1e --text 'Spoke with the auditors.' --server … --identity …
  candor case note 3f2a9c1e --file minutes.txt --server … --identity …

The note is sealed here, to the case: everybody who holds a grant of the case can read it, the reporter cannot.

{EXIT_CODES}"))]
pub(super) struct NoteArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs the command.
pub(super) fn run(args: &NoteArgs) -> Result<(), Failure> {
    let text = args.text.read("A note for those who can read this case; the reporter never sees it.")?;
    let (id, number) = send(&args.access, &args.case, |session, desk| {
        let envelope = desk.envelope("note");
        let note = Note {
            recipient: desk.me.recipient.id.clone(),
            title: desk.me.recipient.title.clone(),
            text: text.to_string(),
        };
        let sealed =
            seal_note(&envelope, &note, &desk.key.public_key()).map_err(|error| cannot_seal(&error))?;
        session.note(envelope.case, envelope.number, sealed).map(|()| envelope.number)
    })?;
    terminal::print(&format!("Note {number} is in case {id}.\n"))
}
