//! `candor case handover`: everything that one can read, for somebody who takes over or joins.

use super::access::{grant, open, parse, report_of};
use crate::cli::client::shapes::CaseSummary;
use crate::cli::client::{AccessArgs, Session};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::terminal::{self, Page};
use candor_crypto::{Grant, PrivateKey, PublicKey};
use clap::Args;
use std::io::{IsTerminal, Write};
use uuid::Uuid;

/// Cases that are opened and sealed anew with one request.
const AT_ONCE: usize = 50;

/// Arguments of `candor case handover`.
#[derive(Args)]
#[command(after_help = format!("Example:
  candor case handover --to new-chair --server https://speak.example.com --identity chair.key

Gives a recipient every case that you can read and they cannot: a new chair, an alternate, a recipient with a new key. \
First the operator puts their public key into the configuration. Cases whose report names them are left out, and so are \
cases that they were taken off or stepped aside from. Stop it whenever you like; the next run goes on where this one ended.

{EXIT_CODES}"))]
pub(super) struct HandoverArgs {
    /// The id of the recipient who takes over
    #[arg(long, value_name = "RECIPIENT")]
    to: String,
    #[command(flatten)]
    access: AccessArgs,
}

/// What was done so far.
#[derive(Default)]
struct Tally {
    given: usize,
    about_them: usize,
    unreadable: usize,
}

/// Runs the command.
pub(super) fn run(args: &HandoverArgs) -> Result<(), Failure> {
    let (session, identity) = args.access.sign_in()?;
    let me = session.me()?;
    if args.to == me.recipient.id {
        return Err(Failure::usage("That is you. Say with --to who takes over."));
    }
    let (mut tally, mut after) = (Tally::default(), None);
    loop {
        let page = session.to_hand_over(&args.to, after)?;
        let to = parse(&page.public_key)?;
        let Some(last) = page.cases.last() else { break };
        after = Some(*last);
        for some in page.cases.chunks(AT_ONCE) {
            hand_over(&session, &identity, &args.to, &to, some, &mut tally)?;
            if std::io::stderr().is_terminal() {
                // Where the line cannot be shown, the work goes on.
                let _ = write!(std::io::stderr(), "\r{} cases handed over", tally.given);
            }
        }
    }
    if std::io::stderr().is_terminal() && tally.given > 0 {
        eprintln!();
    }
    let title = terminal::one_line(me.title_of(&args.to));
    let mut page = Page::default();
    page.line(&format!("{title} can read {} more cases now.", tally.given));
    if tally.about_them > 0 {
        let about = "are about them and were left out. Nothing shows them that these exist.";
        page.line(&format!("{} {about}", tally.about_them));
    }
    if tally.unreadable > 0 {
        page.line(&format!("{} do not open with your key and were left out.", tally.unreadable));
    }
    terminal::print(page.as_str())
}

fn hand_over(
    session: &Session,
    identity: &PrivateKey,
    recipient: &str,
    to: &PublicKey,
    cases: &[Uuid],
    tally: &mut Tally,
) -> Result<(), Failure> {
    let mut grants = Vec::with_capacity(cases.len());
    for summary in session.sealed(cases)? {
        match regrant(session, identity, recipient, to, &summary) {
            Ok(Some(grant)) => grants.push((summary.id, grant)),
            Ok(None) => tally.about_them += 1,
            // One case that does not open does not keep the others back.
            Err(_) => tally.unreadable += 1,
        }
    }
    if !grants.is_empty() {
        tally.given += session.release(recipient, to, grants)?.given;
    }
    Ok(())
}

/// The grant; `None` where the report is about whoever would get it.
fn regrant(
    session: &Session,
    identity: &PrivateKey,
    recipient: &str,
    to: &PublicKey,
    summary: &CaseSummary,
) -> Result<Option<Grant>, Failure> {
    let key = open(summary, identity)?;
    let report = report_of(session, summary, &key)?;
    if report.concerns.iter().any(|concerned| concerned == recipient) {
        return Ok(None);
    }
    grant(&key, to).map(Some)
}
