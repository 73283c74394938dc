//! `candor config check`.

use crate::config::{Config, Findings};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `candor config check`.
#[derive(Args)]
#[command(after_help = "Ends with 0 if the service would start, 1 if it would refuse to.")]
pub struct ConfigCheckArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE", env = "CANDOR_CONFIG")]
    config: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// A sentence that says what cannot be read and what to change.
pub fn run(args: &ConfigCheckArgs) -> anyhow::Result<ExitCode> {
    let config = Config::load(Some(&args.config), std::env::vars_os())?;
    let findings = config.check();
    print_findings(&findings);
    if findings.errors.is_empty() {
        println!("{}: the service would start with it.", args.config.display());
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}: the service would not start with it.", args.config.display());
    Ok(ExitCode::FAILURE)
}

/// Writes what was found to standard error, errors first.
pub(super) fn print_findings(findings: &Findings) {
    for finding in &findings.errors {
        eprintln!("error: {finding}");
    }
    for finding in &findings.warnings {
        eprintln!("warning: {finding}");
    }
}
