//! `candor rules`: what a case goes by.

use super::failure::{Failure, finish};
use crate::domain::printed::case_rules;
use clap::Args;
use std::io::Write;
use std::process::ExitCode;

/// Arguments of `candor rules`.
#[derive(Args)]
#[command(
    after_help = "Who reads a report, who may do what, what may follow what, what is owed by when, and how a case \
                  ends: as Markdown, from the tables that this version of the program goes by.\n\n\
                  Example:\n  candor rules > case-rules.md"
)]
pub struct RulesArgs {}

/// Runs the command.
///
/// # Errors
/// None: what goes wrong has an exit code.
pub fn run(_: &RulesArgs) -> anyhow::Result<ExitCode> {
    let written = std::io::stdout().write_all(case_rules().as_bytes());
    finish(written.map_err(|error| Failure::failed(format!("the rules cannot be written: {error}."))))
}
