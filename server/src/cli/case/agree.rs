//! `candor case agree` and `candor case decline`: the second pair of eyes.

use super::find::find;
use crate::cli::client::shapes::ProposedEnd;
use crate::cli::client::{AccessArgs, CallError, Session};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::terminal;
use clap::Args;
use uuid::Uuid;

/// Arguments of `candor case agree`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case agree 3f2a9c1e --note 4 --server https://speak.example.com --identity alternate.key

Read the case first: `candor case show` has the end that is proposed and, among the notes, its conclusion. \
--note says which conclusion you read; where another has taken its place, nothing happens.

{EXIT_CODES}"))]
pub(super) struct AgreeArgs {
    /// The case: its id, or the first characters of it
    case: String,
    /// The number of the note with the conclusion that you read
    #[arg(short, long, value_name = "NUMBER")]
    note: u32,
    #[command(flatten)]
    access: AccessArgs,
}

/// Arguments of `candor case decline`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case decline 3f2a9c1e --server https://speak.example.com --identity alternate.key

Say why in a note (`candor case note`); then whoever proposed the end knows what is missing. Whoever proposed it takes \
it back in the same way.

{EXIT_CODES}"))]
pub(super) struct DeclineArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs `candor case agree`.
pub(super) fn run(args: &AgreeArgs) -> Result<(), Failure> {
    let (session, id, proposed) = proposed_end(&args.access, &args.case)?;
    if !proposed.may_agree {
        return Err(Failure::failed(
            "You proposed this end yourself, or recipients of your kind may not agree. Somebody else has to.",
        ));
    }
    if proposed.note != args.note {
        return Err(Failure::failed(format!(
            "What is proposed now rests on note {}, not on note {}. Read it first.",
            proposed.note, args.note
        )));
    }
    answer(&session, id, true, args.note)?;
    terminal::print(&terminal::one_line(&format!("Case {id} is now {}.", proposed.words())))?;
    terminal::print("\n")
}

/// Runs `candor case decline`.
pub(super) fn decline(args: &DeclineArgs) -> Result<(), Failure> {
    let (session, id, proposed) = proposed_end(&args.access, &args.case)?;
    answer(&session, id, false, proposed.note)?;
    terminal::print(&format!("Nothing is proposed for case {id} any more. Its status is what it was.\n"))
}

fn proposed_end(access: &AccessArgs, case: &str) -> Result<(Session, Uuid, ProposedEnd), Failure> {
    let (session, _) = access.sign_in()?;
    let id = find(&session, case)?;
    let proposed = session.case(id)?.proposed_end;
    let proposed = proposed.ok_or_else(|| Failure::failed(format!("No end is proposed for case {id}.")))?;
    Ok((session, id, proposed))
}

fn answer(session: &Session, id: Uuid, agree: bool, note: u32) -> Result<(), Failure> {
    session.answer_end(id, agree, note).map_err(|error| match error {
        CallError::Refused(409, _) => Failure::failed(format!(
            "Somebody else changed case {id} just now. Look at it again, then repeat this if it still fits."
        )),
        error => error.into(),
    })
}
