//! Files that go with a reply: held against the service's limits, then sealed as they are sent.

use crate::cli::client::shapes::Me;
use crate::cli::client::{CallError, Session};
use crate::cli::failure::Failure;
use crate::cli::terminal;
use candor_crypto::{AttachmentInfo, ContentSealer, ContentSummary, Ending, PublicKey};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How much of a file is sealed at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Refuses what is no file, before anybody signs in. A pipe may be one: how long it is shows as it is read.
///
/// # Errors
/// [`Failure`] that names the first that is a folder or cannot be read.
pub(super) fn refuse_unreadable(paths: &[PathBuf]) -> Result<(), Failure> {
    for path in paths {
        let name = path.display();
        let about = std::fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
        if about.is_dir() {
            return Err(Failure::not_readable(format!(
                "{name} is a folder, and nothing was sent. Attach its files, or an archive of them."
            )));
        }
    }
    Ok(())
}

/// Refuses more or larger files than the service takes, before any of them is sent. The sizes are those of the files
/// as they are, not as they are padded.
///
/// # Errors
/// [`Failure`] that names the limit, and the file that is larger.
pub(super) fn refuse_beyond_limits(paths: &[PathBuf], me: &Me) -> Result<(), Failure> {
    if let Some(most) = me.most_files.filter(|most| paths.len() > *most) {
        let limit = match most {
            0 => "This service takes no files with replies".to_owned(),
            1 => "One file goes with a reply at most".to_owned(),
            most => format!("{most} files go with a reply at most"),
        };
        return Err(Failure::failed(format!(
            "{limit}, and --attach names {}. Nothing was sent.",
            paths.len()
        )));
    }
    for path in paths {
        let size = std::fs::metadata(path).map_err(|error| cannot_read(path, &error))?.len();
        if let Some(largest) = me.largest_file.filter(|largest| size > *largest) {
            return Err(too_large(path, largest));
        }
    }
    Ok(())
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    Failure::not_readable(format!("{} cannot be read: {error}. The reply was not sent.", path.display()))
}

fn too_large(path: &Path, largest: u64) -> Failure {
    Failure::failed(format!(
        "{} is too large: a file that goes with a reply has {} at most. The reply was not sent.",
        path.display(),
        in_words(largest)
    ))
}

/// A limit in the unit that operators set it in.
fn in_words(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    if bytes.is_multiple_of(MEBIBYTE) {
        format!("{} MiB", bytes / MEBIBYTE)
    } else {
        format!("{bytes} bytes")
    }
}

/// Seals a file of at most `largest` bytes to `keys` and sends it; gives what it is, and the name by which a reply
/// claims it.
///
/// # Errors
/// [`CallError`] if it cannot be read, is longer, or the service does not take it.
pub(super) fn send_file(
    session: &Session,
    path: &Path,
    keys: &[&PublicKey],
    largest: Option<u64>,
) -> Result<(AttachmentInfo, String), CallError> {
    let cannot = |error: io::Error| cannot_read(path, &error);
    let name = path.file_name().ok_or_else(|| Failure::usage(format!("{} is no file.", path.display())))?;
    let name = name.to_string_lossy();
    let file = File::open(path).map_err(cannot)?;
    eprintln!("Sealing and sending {}…", terminal::one_line(&name));
    let sealer = ContentSealer::new(keys).map_err(|error| super::writing::cannot_seal(&error))?;
    let mut sealing = Sealing {
        file,
        left: largest.unwrap_or(u64::MAX),
        stage: Some(Stage::Content(sealer)),
        sealed: VecDeque::new(),
        summary: None,
        stopped: None,
    };
    let sent = session.upload(&mut sealing);
    // To whoever sends it, a file that cannot be read looks like a service that cannot be reached.
    let upload = match sealing.stopped {
        Some(Stopped::TooLarge) => return Err(too_large(path, largest.unwrap_or_default()).into()),
        Some(Stopped::Unreadable(error)) => return Err(cannot(error).into()),
        None => sent?,
    };
    let summary = sealing.summary.ok_or_else(|| cannot(io::ErrorKind::UnexpectedEof.into()))?;
    let mut info = AttachmentInfo::default();
    info.name = name.into_owned();
    "application/octet-stream".clone_into(&mut info.media_type);
    info.size = summary.size;
    info.sha256 = summary.sha256_hex();
    Ok((info, upload))
}

/// What a file is when sealed, as it is read.
struct Sealing {
    file: File,
    /// How many bytes it may still have.
    left: u64,
    // `None` once it is sealed.
    stage: Option<Stage>,
    sealed: VecDeque<u8>,
    summary: Option<ContentSummary>,
    stopped: Option<Stopped>,
}

/// Why a file does not go further.
enum Stopped {
    TooLarge,
    Unreadable(io::Error),
}

enum Stage {
    Content(ContentSealer),
    Ending(Ending),
}

impl Sealing {
    /// Reads on in the file, and remembers why where that ends.
    fn read_plain(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let stopped = loop {
            match self.file.read(piece) {
                Ok(length) if length as u64 <= self.left => {
                    self.left -= length as u64;
                    return Ok(length);
                }
                Ok(_) => break Stopped::TooLarge,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Stopped::Unreadable(error),
            }
        };
        self.stopped = Some(stopped);
        Err(io::Error::other("the file cannot be read on"))
    }
}

impl Read for Sealing {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.sealed.is_empty() {
            match self.stage.take() {
                Some(Stage::Content(mut sealer)) => {
                    let mut piece = vec![0; PIECE];
                    let length = self.read_plain(&mut piece)?;
                    if length > 0 {
                        let piece = sealer.seal(&piece[..length]).map_err(io::Error::other)?;
                        self.sealed.extend(piece.into_bytes());
                        self.stage = Some(Stage::Content(sealer));
                    } else {
                        let (ending, summary) = sealer.finish();
                        self.summary = Some(summary);
                        self.stage = Some(Stage::Ending(ending));
                    }
                }
                Some(Stage::Ending(mut ending)) => {
                    if let Some(piece) = ending.next() {
                        self.sealed.extend(piece.map_err(io::Error::other)?.into_bytes());
                        self.stage = Some(Stage::Ending(ending));
                    }
                }
                None => return Ok(0),
            }
        }
        self.sealed.read(out)
    }
}
