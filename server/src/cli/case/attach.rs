//! Files that go with a reply: sealed as they are sent.

use crate::cli::client::{CallError, Session};
use crate::cli::failure::Failure;
use crate::cli::terminal;
use candor_crypto::{AttachmentInfo, ContentSealer, ContentSummary, Ending, PublicKey};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// How much of a file is sealed at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Seals a file to `keys` and sends it; gives what it is, and the name by which a reply claims it.
///
/// # Errors
/// [`CallError`] if it cannot be read, or the service does not take it.
pub(super) fn send_file(
    session: &Session,
    path: &Path,
    keys: &[&PublicKey],
) -> Result<(AttachmentInfo, String), CallError> {
    let cannot = |error: io::Error| Failure::failed(format!("{} cannot be read: {error}.", path.display()));
    let name = path.file_name().ok_or_else(|| Failure::usage(format!("{} is no file.", path.display())))?;
    let name = name.to_string_lossy();
    let file = File::open(path).map_err(cannot)?;
    eprintln!("Sealing and sending {}…", terminal::one_line(&name));
    let sealer = ContentSealer::new(keys).map_err(|error| super::writing::cannot_seal(&error))?;
    let mut sealing =
        Sealing { file, stage: Some(Stage::Content(sealer)), sealed: VecDeque::new(), summary: None };
    let upload = session.upload(&mut sealing)?;
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
    // `None` once it is sealed.
    stage: Option<Stage>,
    sealed: VecDeque<u8>,
    summary: Option<ContentSummary>,
}

enum Stage {
    Content(ContentSealer),
    Ending(Ending),
}

impl Read for Sealing {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.sealed.is_empty() {
            match self.stage.take() {
                Some(Stage::Content(mut sealer)) => {
                    let mut piece = vec![0; PIECE];
                    let length = self.file.read(&mut piece)?;
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
