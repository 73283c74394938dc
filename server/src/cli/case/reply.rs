//! `candor case reply`.

use super::writing::{TextArgs, cannot_seal, send};
use crate::cli::client::AccessArgs;
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::opening::{self, Unreadable};
use crate::cli::terminal;
use candor_crypto::{Reply, seal_reply};
use clap::Args;

/// Arguments of `candor case reply`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case reply 3f2a9c1e --text 'Which invoices?' --server … --identity …
  candor case reply 3f2a9c1e --file answer.txt --server … --identity …
  candor case reply 3f2a9c1e --server … --identity … < answer.txt

The reply is sealed here, to the case and to the reporter's mailbox. It shows your title, not your name. Do not ask \
who the reporter is; a status is changed with `candor case status`.

{EXIT_CODES}"))]
pub(super) struct ReplyArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs the command.
pub(super) fn run(args: &ReplyArgs) -> Result<(), Failure> {
    let text = args.text.read("Do not ask who the reporter is: somebody who stays anonymous chose to.")?;
    let (id, number) = send(&args.access, &args.case, |session, desk| {
        let mailbox = opening::mailbox(&desk.whole, &desk.key).map_err(|problem| no_mailbox(&problem))?;
        let envelope = desk.envelope("reply");
        let reply = Reply {
            recipient: desk.me.recipient.id.clone(),
            title: desk.me.recipient.title.clone(),
            text: text.to_string(),
            attachments: Vec::new(),
        };
        // To the key that the grant holds, rather than to whatever key the service names.
        let sealed = seal_reply(&envelope, &reply, &desk.key.public_key(), &mailbox)
            .map_err(|error| cannot_seal(&error))?;
        session.reply(envelope.case, envelope.number, sealed).map(|()| envelope.number)
    })?;
    terminal::print(&format!("Reply {number} is in case {id}.\n"))
}

/// Why it is not known where a reply may go.
fn no_mailbox(problem: &Unreadable) -> Failure {
    Failure::failed(match problem {
        Unreadable::OtherMailbox | Unreadable::SeveralReports => format!("Nothing was sent: {problem}."),
        _ => format!(
            "Nothing was sent: only the report says which mailbox is the reporter's, and it cannot be opened: \
             {problem}. Tell the committee, and somebody other than the operator who can look into it."
        ),
    })
}
