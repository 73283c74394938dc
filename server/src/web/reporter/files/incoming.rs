//! One file as it comes in: cleaned if it can be and was asked for, sealed piece by piece, stored.

use super::kept::KeptUpload;
use super::read::FileProblem;
use super::stack;
use crate::blobs::{BlobWriter, Blobs};
use crate::web::arrival::Patience;
use crate::web::flood;
use actix_multipart::Field;
use actix_web::HttpRequest;
use actix_web::web::Bytes;
use candor_clean::{Format, LARGEST, WhyNot};
use candor_crypto::{ContentSealer, PublicKey};
use futures_util::StreamExt;
use zeroize::Zeroizing;

/// So much of a file says what it is, in bytes.
const TELLING: usize = 4096;

/// Sealed in pieces of this length, in bytes: those of age.
const PIECE: usize = 64 * 1024;

/// Why a file was not looked into whose sender did not want it.
pub(super) const NOT_ASKED: &str = "not_asked";
/// The same, and the sender has changed their mind since.
pub(super) const AS_IT_WAS: &str = "as_it_was";

/// What surrounds the files of one form.
pub(super) struct Intake<'a> {
    /// The request, whose sender has a share of memory and disk.
    pub request: &'a HttpRequest,
    /// Where contents go.
    pub blobs: &'a Blobs,
    /// The largest file, in bytes.
    pub largest: u64,
    /// Whether hidden data is removed.
    pub clean: bool,
    /// How long the form may take.
    pub patience: &'a Patience,
}

impl Intake<'_> {
    /// Takes one file in. Whatever it answers, the field was read to its end, unless the sender has gone away.
    pub(super) async fn take(
        &self,
        field: &mut Field,
        name: String,
        received: &mut u64,
        to: &PublicKey,
    ) -> Result<Option<KeptUpload>, FileProblem> {
        let media_type = field.content_type().map_or_else(String::new, ToString::to_string);
        let mut source =
            Source { field, patience: self.patience, received, size: 0, largest: self.largest, ended: false };
        let outcome = self.seal(&mut source, to).await;
        if outcome.is_err() {
            // The rest of the form stands behind this file.
            while let Ok(Some(_)) = source.next_whatever_its_size().await {}
        }
        let file = match outcome {
            Ok(file) => file,
            Err(Stop::TooLarge) => return Err(FileProblem::TooLarge(name)),
            Err(Stop::Gone) => return Err(FileProblem::Gone),
            Err(Stop::NotStored) => return Err(FileProblem::NotStored),
            Err(Stop::Busy) => return Err(FileProblem::Busy),
        };
        Ok(file.map(|file| KeptUpload {
            upload: file.upload,
            name,
            media_type: media_type.chars().take(100).collect(),
            size: file.size,
            sha256: file.sha256,
            removed: file.findings.removed,
            left: file.findings.left,
            why_not: file.findings.why_not,
        }))
    }

    async fn seal(&self, source: &mut Source<'_>, to: &PublicKey) -> Result<Option<SealedFile>, Stop> {
        let mut head = Zeroizing::new(Vec::with_capacity(TELLING + PIECE));
        while head.len() < TELLING {
            let Some(piece) = source.next().await? else { break };
            head.extend_from_slice(&piece);
        }
        if head.is_empty() {
            // A field in which nothing was chosen, or an empty file: nothing to send.
            return Ok(None);
        }
        if !self.clean {
            return self.stream(source, to, &head, Findings::not_looked(NOT_ASKED)).await.map(Some);
        }
        if !can_be_looked_into(&head) {
            let findings = match candor_clean::inspect(&head).format {
                Format::Text => Findings::default(),
                _ => Findings::not_looked(WhyNot::UnknownFormat.code()),
            };
            return self.stream(source, to, &head, findings).await.map(Some);
        }
        let largest = LARGEST.min(flood::largest_held(self.request));
        let mut memory = flood::Held::nothing(self.request);
        let mut whole = head;
        while let Some(piece) = source.next().await? {
            if whole.len() + piece.len() > largest {
                whole.extend_from_slice(&piece);
                let findings = Findings::not_looked(WhyNot::TooLarge.code());
                return self.stream(source, to, &whole, findings).await.map(Some);
            }
            if !memory.grow(piece.len()).await {
                return Err(Stop::Gone);
            }
            whole.extend_from_slice(&piece);
        }
        // Only once it is there: whoever sends slowly must not keep others from having theirs cleaned. Whoever goes away
        // while waiting loses their place; one that is being cleaned keeps it to the end, with its memory.
        let turn = flood::sender(self.request).clean().await.map_err(|_| Stop::Busy)?;
        let cleaning = tokio::task::spawn_blocking(move || {
            let cleaned = clean(whole);
            stack::wipe();
            drop(turn);
            (cleaned, memory)
        });
        let ((file, findings), _memory) = cleaning.await.map_err(|_| Stop::NotStored)?;
        self.stream(source, to, &file, findings).await.map(Some)
    }

    /// Seals and stores `begun` and all that follows.
    async fn stream(
        &self,
        source: &mut Source<'_>,
        to: &PublicKey,
        begun: &[u8],
        findings: Findings,
    ) -> Result<SealedFile, Stop> {
        let mut room = flood::sender(self.request).file(begun.len() as u64).map_err(|_| Stop::Busy)?;
        let mut memory = flood::Passing::nothing(self.request);
        let mut sealer = ContentSealer::new(&[to]).map_err(|_| Stop::NotStored)?;
        let mut blob = self.blobs.begin().await.map_err(|_| Stop::NotStored)?;
        for piece in begun.chunks(PIECE) {
            room.take(piece.len()).map_err(|_| Stop::Busy)?;
            write(&mut sealer, &mut blob, piece).await?;
        }
        while let Some(piece) = source.next().await? {
            room.take(piece.len()).map_err(|_| Stop::Busy)?;
            write(&mut sealer, &mut blob, &piece).await?;
            if !memory.takes(blob.buffered()).await {
                return Err(Stop::Gone);
            }
        }
        let (ending, summary) = sealer.finish();
        for piece in ending {
            let piece = piece.map_err(|_| Stop::NotStored)?;
            blob.write(piece).await.map_err(|_| Stop::NotStored)?;
        }
        let stored = blob.finish().await.map_err(|_| Stop::NotStored)?;
        Ok(SealedFile {
            upload: stored.id.to_string(),
            size: summary.size,
            sha256: summary.sha256_hex(),
            findings,
        })
    }
}

async fn write(sealer: &mut ContentSealer, blob: &mut BlobWriter, piece: &[u8]) -> Result<(), Stop> {
    let piece = sealer.seal(piece).map_err(|_| Stop::NotStored)?;
    blob.write(piece).await.map_err(|_| Stop::NotStored)
}

/// Whether a file that begins like this is one that can be cleaned.
fn can_be_looked_into(head: &[u8]) -> bool {
    let known = !matches!(candor_clean::inspect(head).format, Format::Unknown | Format::Text);
    stack::wipe();
    // What an archive is, stands at its end.
    known || head.starts_with(b"PK\x03\x04")
}

fn clean(whole: Zeroizing<Vec<u8>>) -> (Zeroizing<Vec<u8>>, Findings) {
    let codes = |kinds: &[candor_clean::TraceKind]| kinds.iter().map(|kind| kind.code().to_owned()).collect();
    match candor_clean::clean(&whole) {
        Ok(cleaned) => {
            let findings = Findings {
                removed: codes(&cleaned.removed),
                left: codes(&cleaned.left),
                why_not: String::new(),
            };
            (cleaned.file, findings)
        }
        Err(not) => {
            let why_not = not.why_not.code().to_owned();
            let findings = Findings { removed: Vec::new(), left: codes(&not.found), why_not };
            (whole, findings)
        }
    }
}

struct SealedFile {
    upload: String,
    size: u64,
    sha256: String,
    findings: Findings,
}

#[derive(Default)]
struct Findings {
    removed: Vec<String>,
    left: Vec<String>,
    why_not: String,
}

impl Findings {
    fn not_looked(why_not: &str) -> Self {
        Self { why_not: why_not.to_owned(), ..Self::default() }
    }
}

enum Stop {
    Busy,
    TooLarge,
    Gone,
    NotStored,
}

/// A file's bytes as they come.
struct Source<'a> {
    field: &'a mut Field,
    patience: &'a Patience,
    /// What came of the whole form.
    received: &'a mut u64,
    size: u64,
    largest: u64,
    /// A field that has ended must not be asked again.
    ended: bool,
}

impl Source<'_> {
    async fn next(&mut self) -> Result<Option<Bytes>, Stop> {
        let Some(piece) = self.next_whatever_its_size().await? else { return Ok(None) };
        self.size += piece.len() as u64;
        if self.size > self.largest { Err(Stop::TooLarge) } else { Ok(Some(piece)) }
    }

    async fn next_whatever_its_size(&mut self) -> Result<Option<Bytes>, Stop> {
        if self.ended {
            return Ok(None);
        }
        let wait = self.patience.left(*self.received).ok_or(Stop::Gone)?;
        match tokio::time::timeout(wait, self.field.next()).await {
            Ok(Some(Ok(piece))) => {
                *self.received += piece.len() as u64;
                Ok(Some(piece))
            }
            Ok(None) => {
                self.ended = true;
                Ok(None)
            }
            Ok(Some(Err(_))) | Err(_) => Err(Stop::Gone),
        }
    }
}
