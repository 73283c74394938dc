//! `candor case note`.

use super::writing::{TextArgs, cannot_seal, send};
use crate::cli::client::AccessArgs;
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::terminal;
use crate::domain::Assessment;
use candor_crypto::{Note, seal_note};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Arguments of `candor case note`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case note 3f2a9c1e --text 'Spoke with the auditors.' --server … --identity …
  candor case note 3f2a9c1e --file minutes.txt --server … --identity …
  candor case note 3f2a9c1e --assessment look_into --text 'Two letters seen.' --server … --identity …

The note is sealed here, to the case: everybody who holds a grant of the case can read it, the reporter cannot. \
With --assessment it also records how a first assessment came out; from then on, `candor case show` says whether the \
reporter gave a name.

{EXIT_CODES}"))]
pub(super) struct NoteArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    text: TextArgs,
    /// Record with this note how a first assessment of the report came out
    #[arg(long, value_name = "ASSESSMENT", value_parser = assessments())]
    assessment: Option<Assessment>,
    #[command(flatten)]
    access: AccessArgs,
}

/// The codes of the protocol, each with what it means. `domain` knows nothing of command lines.
fn assessments() -> impl TypedValueParser<Value = Assessment> {
    let values = Assessment::ALL.map(|each| PossibleValue::new(each.code()).help(each.words()));
    PossibleValuesParser::new(values)
        .try_map(|code| Assessment::parse(&code).ok_or("no assessment has this code"))
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
            assessment: args.assessment.map_or_else(String::new, |assessment| assessment.code().to_owned()),
            conclusion: None,
        };
        let sealed =
            seal_note(&envelope, &note, &desk.key.public_key()).map_err(|error| cannot_seal(&error))?;
        session.note(envelope.case, envelope.number, sealed).map(|()| envelope.number)
    })?;
    terminal::print(&format!("Note {number} is in case {id}.\n"))
}
