//! `candor case …`: reading and handling cases as a recipient. Everything sealed is opened here, on the recipient's
//! machine; the service sees neither the key nor the text.

mod access;
mod agree;
mod attach;
mod export;
mod find;
mod handover;
mod keys;
mod list;
mod note;
mod reply;
mod show;
mod status;
mod table;
mod writing;

use super::failure::{EXIT_CODES, finish};
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Arguments of `candor case`.
#[derive(Args)]
#[command(
    after_help = format!("\
Your key signs you in and opens what was sealed to it. It stays on this machine; the service never sees it, nor \
anything that it opens.

Examples:
  candor case list   --server https://speak.example.com --identity chair.key
  candor case show   3f2a9c1e --server https://speak.example.com --identity chair.key
  candor case reply  3f2a9c1e --text 'Which invoices?' --server … --identity …
  candor case status 3f2a9c1e investigating --server … --identity …
  candor case export 3f2a9c1e --output case-3f2a9c1e --server … --identity …

A case is named by its id, or by as many of the id's first characters as make it unmistakable (4 at least). The \
passphrase of the key file is asked for, or \
taken from CANDOR_PASSPHRASE or --passphrase-file. Onion services are reached through Tor: set \
ALL_PROXY=socks5h://127.0.0.1:9050.

{EXIT_CODES}")
)]
pub struct CaseArgs {
    #[command(subcommand)]
    command: CaseCommand,
}

#[derive(Subcommand)]
enum CaseCommand {
    /// Show which cases there are
    List(list::ListArgs),
    /// Show one case whole: report, messages, replies, notes, events
    Show(show::ShowArgs),
    /// Answer the reporter, who reads it with the retrieval token
    Reply(reply::ReplyArgs),
    /// Add a note for the other recipients of a case; the reporter never sees it
    Note(note::NoteArgs),
    /// Move a case along; the reporter sees the new status
    Status(status::StatusArgs),
    /// Agree, as the second reader, to how somebody else would end a case
    Agree(agree::AgreeArgs),
    /// Decline how somebody else would end a case, or take your own proposal back
    Decline(agree::DeclineArgs),
    /// Show who can read a case, and to whom it could be released
    Readers(access::ReadersArgs),
    /// Let somebody else read a case
    Release(access::ReleaseArgs),
    /// Take somebody off a case, for good
    TakeOff(access::TakeOffArgs),
    /// Leave a case, for good
    StepAside(access::StepAsideArgs),
    /// Give a recipient every case that you can read and they cannot: a new chair, an alternate, a new key
    Handover(handover::HandoverArgs),
    /// Show which keys open how many of the cases that you can read
    Keys(keys::KeysArgs),
    /// Put a lost or retired key out of use
    Revoke(keys::RevokeArgs),
    /// Save a case as sealed files that stock `age` opens
    Export(export::ExportArgs),
}

/// Runs the command.
///
/// # Errors
/// A sentence that says what failed; what has an exit code of its own is said here.
pub fn run(args: CaseArgs) -> anyhow::Result<ExitCode> {
    finish(match args.command {
        CaseCommand::List(args) => list::run(&args),
        CaseCommand::Show(args) => show::run(&args),
        CaseCommand::Reply(args) => reply::run(&args),
        CaseCommand::Note(args) => note::run(&args),
        CaseCommand::Status(args) => status::run(&args),
        CaseCommand::Agree(args) => agree::run(&args),
        CaseCommand::Decline(args) => agree::decline(&args),
        CaseCommand::Readers(args) => access::readers(&args),
        CaseCommand::Release(args) => access::release(&args),
        CaseCommand::TakeOff(args) => access::take_off(&args),
        CaseCommand::StepAside(args) => access::step_aside(&args),
        CaseCommand::Handover(args) => handover::run(&args),
        CaseCommand::Keys(args) => keys::keys(&args),
        CaseCommand::Revoke(args) => keys::revoke(&args),
        CaseCommand::Export(args) => export::run(&args),
    })
}
