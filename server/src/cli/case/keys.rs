//! `candor case keys` and `candor case revoke`: which keys open what, and putting one out of use.

use crate::cli::client::AccessArgs;
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::terminal::{self, Page};
use clap::Args;

/// Arguments of `candor case keys`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case keys --server https://speak.example.com --identity chair.key

Counts only cases that you can read. A key marked \"not in use\" was taken out of the configuration: nobody signs in with \
it, but whoever has it and the stored files still reads what was sealed to it, until it is revoked.

{EXIT_CODES}"))]
pub(super) struct KeysArgs {
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    access: AccessArgs,
}

/// Arguments of `candor case revoke`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case revoke age1… --server https://speak.example.com --identity alternate.key

First the operator takes the key out of the configuration, or puts another in its place; then hand over what is to stay \
readable (`candor case handover`). The grants made for the key are deleted, wherever they are, but for cases that nobody \
could read without it. Copies made before, and backups, still open with it.

{EXIT_CODES}"))]
pub(super) struct RevokeArgs {
    /// The public key that is lost or retired
    #[arg(value_name = "PUBLIC KEY")]
    key: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs `candor case keys`.
pub(super) fn keys(args: &KeysArgs) -> Result<(), Failure> {
    let (session, _) = args.access.sign_in()?;
    let report = session.keys()?;
    if args.json {
        return terminal::print(&terminal::json(&report)?);
    }
    let me = session.me()?;
    let mut page = Page::default();
    for key in &report.keys {
        let use_of = if key.current { "" } else { "  (not in use)" };
        let cases = if key.cases == 1 { "case" } else { "cases" };
        page.line(&format!("{}  {} {cases}{use_of}", me.title_of(&key.recipient), key.cases));
        page.line(&format!("  {}", key.public_key));
    }
    terminal::print(page.as_str())
}

/// Runs `candor case revoke`.
pub(super) fn revoke(args: &RevokeArgs) -> Result<(), Failure> {
    let (session, _) = args.access.sign_in()?;
    let me = session.me()?;
    let report = session.keys()?;
    let known = report.keys.iter().find(|key| key.public_key == args.key.trim());
    let known = known.ok_or_else(|| {
        Failure::usage(
            "No case that you can read is sealed to this key. `candor case keys` lists those that are.",
        )
    })?;
    let left = session.revoke(&known.recipient, &known.public_key)?;
    let title = terminal::one_line(me.title_of(&known.recipient));
    let mut page = Page::default();
    page.line(&format!("This key of {title} opens nothing here any more."));
    if left > 0 {
        page.line(&format!("But for {left} cases that nobody else can read: it still opens those."));
    }
    terminal::print(page.as_str())
}
