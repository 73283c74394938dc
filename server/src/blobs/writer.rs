//! Writing a blob in parts, so that memory does not grow with it.

use super::times::CoarseTimes;
use super::{BlobError, BlobId};
use candor_crypto::SealedPiece;
use object_store::{MultipartUpload, ObjectStore, PutMultipartOptions, PutPayload};
use tokio::task::JoinHandle;

/// Parts are this long, in bytes: few calls, little memory.
const PART: usize = 256 * 1024;

/// Pieces are about this long, in bytes.
const PIECE: usize = 64 * 1024;

/// A blob that is being written. Takes sealed pieces only: plaintext does not type-check into storage.
pub struct BlobWriter {
    id: BlobId,
    // `None` once it was completed or given up.
    upload: Option<Box<dyn MultipartUpload>>,
    part: Vec<u8>,
    /// The part before, which is written while the next one arrives.
    under_way: Option<JoinHandle<object_store::Result<()>>>,
    length: u64,
    times: Option<CoarseTimes>,
}

/// A blob that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub id: BlobId,
    /// Its length in bytes.
    pub length: u64,
}

impl BlobWriter {
    pub(super) async fn begin(
        store: &dyn ObjectStore,
        id: BlobId,
        times: Option<CoarseTimes>,
    ) -> Result<Self, BlobError> {
        let upload = store.put_multipart_opts(&id.location(), PutMultipartOptions::default()).await?;
        Ok(Self { id, upload: Some(upload), part: Vec::new(), under_way: None, length: 0, times })
    }

    /// Writes the next piece. That storage failed may be known only at a later piece, or at the end.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`]; then nothing of the blob remains.
    pub async fn write(&mut self, piece: SealedPiece) -> Result<(), BlobError> {
        let bytes = piece.into_bytes();
        self.length += bytes.len() as u64;
        self.part.extend_from_slice(&bytes);
        if self.part.len() < PART {
            return Ok(());
        }
        // Most files fit into their first part, which grows with them; for what comes after it, room is made at once.
        self.put_part(Vec::with_capacity(PART + PIECE)).await
    }

    /// The memory that it takes just now, in bytes: the part that is gathered, and the one that is written.
    pub fn buffered(&self) -> usize {
        self.part.len() + if self.under_way.is_some() { PART } else { 0 }
    }

    /// Completes the blob. When this answers, it survives a power cut.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`]; then nothing of the blob remains.
    pub async fn finish(mut self) -> Result<Stored, BlobError> {
        self.put_part(Vec::new()).await?;
        self.part_written().await?;
        let upload = self.upload.as_mut().ok_or(BlobError::Unavailable)?;
        match upload.complete().await {
            Ok(_) => {
                self.upload = None;
                if let Some(times) = &self.times {
                    times.set(self.id)?;
                }
                Ok(Stored { id: self.id, length: self.length })
            }
            Err(error) => Err(self.give_up(error).await),
        }
    }

    async fn put_part(&mut self, next: Vec<u8>) -> Result<(), BlobError> {
        self.part_written().await?;
        if self.part.is_empty() {
            return Ok(());
        }
        let part = std::mem::replace(&mut self.part, next);
        let upload = self.upload.as_mut().ok_or(BlobError::Unavailable)?;
        self.under_way = Some(tokio::spawn(upload.put_part(PutPayload::from(part))));
        Ok(())
    }

    async fn part_written(&mut self) -> Result<(), BlobError> {
        let Some(part) = self.under_way.as_mut() else { return Ok(()) };
        let written = part.await;
        self.under_way = None;
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.give_up(error).await),
            Err(error) => Err(self.give_up(error.into()).await),
        }
    }

    async fn give_up(&mut self, error: object_store::Error) -> BlobError {
        if let Some(upload) = self.upload.take() {
            remove(upload, self.under_way.take(), self.times.as_ref()).await;
        }
        error.into()
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        if let (Some(upload), Ok(runtime)) = (self.upload.take(), tokio::runtime::Handle::try_current()) {
            // The sender has gone away, or what came was refused.
            let (under_way, times) = (self.under_way.take(), self.times.take());
            runtime.spawn(async move { remove(upload, under_way, times.as_ref()).await });
        }
    }
}

/// What cannot be removed now is swept away later.
async fn remove(
    mut upload: Box<dyn MultipartUpload>,
    under_way: Option<JoinHandle<object_store::Result<()>>>,
    times: Option<&CoarseTimes>,
) {
    // A part that arrives after the end of its upload would stay in some stores.
    if let Some(part) = under_way {
        let _ = part.await;
    }
    let _ = upload.abort().await;
    if let Some(times) = times {
        let _ = times.set_of_folder();
    }
}
