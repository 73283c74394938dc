//! What recipients write: where the text comes from, and how it gets its number.

use super::find::find;
use crate::cli::client::shapes::{Me, WholeCase};
use crate::cli::client::{AccessArgs, CallError, Session};
use crate::cli::failure::Failure;
use crate::cli::new_file::read_at_most;
use crate::cli::opening;
use candor_crypto::open::OpenedCaseKey;
use candor_crypto::{Envelope, SealError};
use clap::Args;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The longest text, in characters: as long as a report may be.
const LONGEST: usize = 100_000;
/// The longest text in bytes; a character takes four at most.
const LONGEST_BYTES: u64 = 4 * LONGEST as u64;
/// How often a number that somebody else took first is replaced by the next.
const TRIES: u32 = 5;

/// Where the text comes from.
#[derive(Args)]
pub(super) struct TextArgs {
    /// The text itself; other users of this machine may see it while the command runs
    #[arg(short, long, value_name = "TEXT", conflicts_with = "file")]
    text: Option<String>,
    /// Read the text from this file; without --text and --file it is read from standard input
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl TextArgs {
    /// The text, without what is empty around it.
    ///
    /// # Errors
    /// [`Failure`] if it cannot be read, is empty or too long.
    pub(super) fn read(&self, hint: &str) -> Result<Zeroizing<String>, Failure> {
        let bytes = match (&self.text, &self.file) {
            (Some(text), _) => Zeroizing::new(text.as_bytes().to_vec()),
            (None, Some(path)) => read_at_most(path, LONGEST_BYTES)?,
            (None, None) => read_input(hint)?,
        };
        let text =
            std::str::from_utf8(&bytes).map_err(|_| Failure::failed("The text is not valid UTF-8."))?.trim();
        let length = text.chars().count();
        if length == 0 {
            return Err(Failure::failed("There is no text, so nothing was sent."));
        }
        if length > LONGEST {
            return Err(Failure::failed(format!(
                "The text is too long: {length} characters, {LONGEST} are possible. Nothing was sent."
            )));
        }
        Ok(Zeroizing::new(text.to_owned()))
    }
}

fn read_input(hint: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let input = io::stdin();
    if input.is_terminal() {
        eprintln!("{hint}\nWrite the text; end it with Ctrl-D on a line of its own, leave with Ctrl-C.");
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    input
        .lock()
        .take(LONGEST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::failed(format!("The text cannot be read: {error}.")))?;
    Ok(bytes)
}

/// What a text is sealed with.
pub(super) struct Desk {
    pub(super) me: Me,
    pub(super) whole: WholeCase,
    pub(super) key: OpenedCaseKey,
}

impl Desk {
    /// The envelope of the next entry of this kind.
    pub(super) fn envelope(&self, kind: &str) -> Envelope {
        Envelope {
            case: self.whole.case.id,
            number: self.whole.next_number(kind),
            day: self.me.today.clone(),
        }
    }
}

/// Seals and sends until the number is still free; gives the case and the number.
///
/// # Errors
/// [`Failure`] if the case is not found or does not open, or the service refuses.
pub(super) fn send(
    access: &AccessArgs,
    case: &str,
    mut seal_and_send: impl FnMut(&Session, &Desk) -> Result<u32, CallError>,
) -> Result<(Uuid, u32), Failure> {
    let (session, identity) = access.sign_in()?;
    let me = session.me()?;
    let id = find(&session, case)?;
    let open = |me| -> Result<Desk, Failure> {
        let whole = session.case(id)?;
        let key = opening::case_key(&whole.case, &identity).map_err(|problem| {
            Failure::not_readable(format!("The case {id} cannot be opened with this key: {problem}."))
        })?;
        Ok(Desk { me, whole, key })
    };
    let mut desk = open(me)?;
    for _ in 1..TRIES {
        match seal_and_send(&session, &desk) {
            // Somebody else wrote at the same time: the case is loaded again for the next number.
            Err(CallError::Refused(409, problem)) if problem.code == "changed" => desk = open(desk.me)?,
            Err(error) => return Err(error.into()),
            Ok(number) => return Ok((id, number)),
        }
    }
    Ok((id, seal_and_send(&session, &desk)?))
}

/// Why a text cannot be sealed, in words.
pub(super) fn cannot_seal(error: &SealError) -> Failure {
    Failure::failed(format!("The text cannot be sealed: {error}. Nothing was sent."))
}
