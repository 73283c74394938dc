//! `candor case reply`.

use super::attach::{refuse_beyond_limits, refuse_unreadable, send_file};
use super::writing::{TextArgs, cannot_seal, send};
use crate::cli::client::AccessArgs;
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::opening::{self, Unreadable};
use crate::cli::terminal;
use candor_crypto::{Reply, seal_reply};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `candor case reply`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case reply 3f2a9c1e --text 'Which invoices?' --server … --identity …
  candor case reply 3f2a9c1e --file answer.txt --server … --identity …
  candor case reply 3f2a9c1e --text 'Please read this.' --attach statement.pdf --server … --identity …
  candor case reply 3f2a9c1e --server … --identity … < answer.txt

The reply is sealed here, to the case and to the reporter's mailbox. It shows your title, not your name. Do not ask \
who the reporter is; a status is changed with `candor case status`.

{EXIT_CODES}"))]
pub(super) struct ReplyArgs {
    /// The case: its id, or the first characters of it
    case: String,
    #[command(flatten)]
    text: TextArgs,
    /// A file that the reporter can save; may be given several times. It is sent as it is: a document may name its author
    #[arg(short, long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs the command.
pub(super) fn run(args: &ReplyArgs) -> Result<(), Failure> {
    refuse_unreadable(&args.attach)?;
    let text = args.text.read("Do not ask who the reporter is: somebody who stays anonymous chose to.")?;
    // Files are sent once, also where the reply has to be sealed again for another number.
    let mut written: Option<(Reply, Vec<String>)> = None;
    let (id, number) = send(&args.access, &args.case, |session, desk| {
        let mailbox = opening::mailbox(&desk.whole, &desk.key).map_err(|problem| no_mailbox(&problem))?;
        let envelope = desk.envelope("reply");
        // To the key that the grant holds, rather than to whatever key the service names.
        let case_key = desk.key.public_key();
        if written.is_none() {
            let keys = [&case_key, &mailbox];
            refuse_beyond_limits(&args.attach, &desk.me)?;
            let largest = desk.me.largest_file;
            let sent = args.attach.iter().map(|path| send_file(session, path, &keys, largest));
            let (attachments, contents) = sent.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
            let reply = Reply {
                recipient: desk.me.recipient.id.clone(),
                title: desk.me.recipient.title.clone(),
                text: text.to_string(),
                attachments,
            };
            written = Some((reply, contents));
        }
        let (reply, contents) = written.as_ref().expect("just written");
        let sealed =
            seal_reply(&envelope, reply, &case_key, &mailbox).map_err(|error| cannot_seal(&error))?;
        session.reply(envelope.case, envelope.number, sealed, contents).map(|()| envelope.number)
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
