//! `candor log …`: the public record, on the machine of the operator, of an auditor or of a reporter.

mod heads;
mod proof;
mod source;
mod verify;

use super::failure::{Failure, finish};
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// How a check ends that found something.
const WRONG: u8 = 6;

/// Said at the end of each command's help.
const EXIT_CODES: &str = "Exit codes:
  0  nothing is wrong
  1  it could not be checked
  2  the command line is wrong
  3  a file is missing or is not what it should be
  6  something is wrong: it was altered, dropped, added or moved";

/// Arguments of `candor log`.
#[derive(Args)]
#[command(
    after_help = "The record says, without content, what happened to every case. Each day is closed with a signed head, \
                  which is published at /record and mailed to the auditor (mail.auditor)."
)]
pub struct LogArgs {
    #[command(subcommand)]
    command: LogCommand,
}

#[derive(Subcommand)]
enum LogCommand {
    /// Check a database against its record, or a reporter's proof
    Verify(verify::VerifyArgs),
    /// Print the public key of the record and its heads
    Heads(heads::HeadsArgs),
}

/// Runs the command.
///
/// # Errors
/// A sentence that says what failed; what has an exit code of its own is said here.
pub fn run(args: LogArgs) -> anyhow::Result<ExitCode> {
    let ended = match args.command {
        LogCommand::Verify(args) => verify::run(&args),
        LogCommand::Heads(args) => heads::run(&args),
    };
    match ended {
        Ok(Verdict::Right) => Ok(ExitCode::SUCCESS),
        Ok(Verdict::Wrong) => Ok(ExitCode::from(WRONG)),
        Err(failure) => finish(Err(failure)),
    }
}

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
}

/// Waits for what reads a database.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("The runtime cannot start: {error}.")))?
        .block_on(work)
}
