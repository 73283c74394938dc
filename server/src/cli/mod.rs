//! The `candor` command: what it can do, and how it ends.

mod config_check;
mod demo;
mod init;
mod rules;
mod sample;
mod serve;

mod case;
mod client;
mod contents;
mod decrypt;
mod failure;
mod healthcheck;
mod identity;
mod keygen;
mod log;
mod new_file;
mod opening;
mod reading;
mod removed;
mod terminal;

use crate::config::DEFAULT;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Anonymous whistleblower reporting.
///
/// Reporters use a browser and need none of this. Operators run `serve`; recipients make their key with `keygen` and
/// read cases with `case`. To look around, start `candor demo`.
#[derive(Parser)]
#[command(name = "candor", version, propagate_version = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service from a configuration file
    Serve(serve::ServeArgs),
    /// Start a demonstration with keys, mail and data of its own
    Demo(demo::DemoArgs),
    /// Write a production configuration
    Init(Box<init::InitArgs>),
    /// Look at a configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Make a recipient's key
    Keygen(keygen::KeygenArgs),
    /// Open sealed files that were exported or downloaded
    Decrypt(decrypt::DecryptArgs),
    /// Read and handle cases as a recipient
    Case(Box<case::CaseArgs>),
    /// Print the rules that a case goes by: who reads, who may, what follows, what is owed
    Rules(rules::RulesArgs),
    /// Check the public record, a whole database against it, or a reporter's proof
    Log(Box<log::LogArgs>),
    /// Ask a running service whether it is well; for containers and load balancers
    Healthcheck(healthcheck::HealthcheckArgs),
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Say what is wrong or unwise in a configuration, without starting anything
    Check(config_check::ConfigCheckArgs),
    /// Print every setting with its default and what it does
    Default,
}

/// Parses the arguments, runs the command and says in one sentence what went wrong, if anything did.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Serve(args) => serve::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Init(args) => init::run(*args),
        Command::Config(ConfigCommand::Check(args)) => config_check::run(&args),
        Command::Config(ConfigCommand::Default) => {
            terminal::print(DEFAULT).map(|()| ExitCode::SUCCESS).map_err(Into::into)
        }
        Command::Keygen(args) => keygen::run(args),
        Command::Decrypt(args) => decrypt::run(args),
        Command::Case(args) => case::run(*args),
        Command::Rules(args) => rules::run(&args),
        Command::Log(args) => log::run(*args),
        Command::Healthcheck(args) => healthcheck::run(args),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("candor: {error:#}");
            ExitCode::FAILURE
        }
    }
}
