//! How the recipients' commands end when they do not do what was asked: one sentence and an exit code.

use super::terminal;
use std::fmt;
use std::process::ExitCode;

/// Said at the end of each command's help.
pub(super) const EXIT_CODES: &str = "Exit codes:
  0  done
  1  failed: refused by the service, or a file could not be written
  2  the command line is wrong
  3  not found or not readable: no such case, not sealed to your key, damaged, not a key file
  4  sign-in refused
  5  the service could not be reached";

/// What scripts can tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Anything that has no code of its own.
    Failed = 1,
    /// The command line asks for what is not offered.
    Usage = 2,
    /// Something is not there, or does not open.
    NotReadable = 3,
    /// The service does not let this key in.
    SignIn = 4,
    /// The service does not answer, or is not who it should be.
    Unreachable = 5,
}

/// Why a command ends early, in a sentence that says what to do next.
#[derive(Debug)]
pub(super) struct Failure {
    ending: Ending,
    sentence: String,
}

impl Failure {
    /// A failure that has no exit code of its own.
    pub(super) fn failed(sentence: impl Into<String>) -> Self {
        Self { ending: Ending::Failed, sentence: sentence.into() }
    }

    /// The command line asks for what is not offered.
    pub(super) fn usage(sentence: impl Into<String>) -> Self {
        Self { ending: Ending::Usage, sentence: sentence.into() }
    }

    /// Something is not there, or does not open.
    pub(super) fn not_readable(sentence: impl Into<String>) -> Self {
        Self { ending: Ending::NotReadable, sentence: sentence.into() }
    }

    /// The service does not let this key in.
    pub(super) fn sign_in(sentence: impl Into<String>) -> Self {
        Self { ending: Ending::SignIn, sentence: sentence.into() }
    }

    /// The service does not answer, or is not who it should be.
    pub(super) fn unreachable(sentence: impl Into<String>) -> Self {
        Self { ending: Ending::Unreachable, sentence: sentence.into() }
    }

    /// Which exit code it has.
    #[cfg(test)]
    pub(super) fn ending(&self) -> Ending {
        self.ending
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Some sentences repeat what a service or a file said.
        f.write_str(&terminal::one_line(&self.sentence))
    }
}

impl std::error::Error for Failure {}

/// Turns the end of a command into its exit code.
///
/// # Errors
/// What has no exit code of its own; the caller says it and ends with 1. What has one is said here.
pub(super) fn finish(result: Result<(), Failure>) -> anyhow::Result<ExitCode> {
    match result {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(failure) if failure.ending == Ending::Failed => Err(failure.into()),
        Err(failure) => {
            eprintln!("candor: {failure}");
            Ok(ExitCode::from(failure.ending as u8))
        }
    }
}
