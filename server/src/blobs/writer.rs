//! Writing a blob in parts, so that memory does not grow with it.

use super::times::CoarseTimes;
use super::{BlobError, BlobId};
use candor_crypto::SealedPiece;
use object_store::{MultipartUpload, ObjectStore, PutMultipartOptions, PutPayload};

/// Parts are this long, in bytes: the least that S3 takes.
const PART: usize = 5 * 1024 * 1024;

/// A blob that is being written. Takes sealed pieces only: plaintext does not type-check into storage.
pub struct BlobWriter {
    id: BlobId,
    // `None` once it was completed or given up.
    upload: Option<Box<dyn MultipartUpload>>,
    part: Vec<u8>,
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
        Ok(Self { id, upload: Some(upload), part: Vec::new(), length: 0, times })
    }

    /// Writes the next piece.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`]; then nothing of the blob remains.
    pub async fn write(&mut self, piece: SealedPiece) -> Result<(), BlobError> {
        let bytes = piece.into_bytes();
        self.length += bytes.len() as u64;
        if self.part.is_empty() {
            self.part = bytes;
        } else {
            self.part.extend_from_slice(&bytes);
        }
        if self.part.len() >= PART { self.put_part().await } else { Ok(()) }
    }

    /// Completes the blob. When this answers, it survives a power cut.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`]; then nothing of the blob remains.
    pub async fn finish(mut self) -> Result<Stored, BlobError> {
        self.put_part().await?;
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

    async fn put_part(&mut self) -> Result<(), BlobError> {
        let part = std::mem::take(&mut self.part);
        if part.is_empty() {
            return Ok(());
        }
        let upload = self.upload.as_mut().ok_or(BlobError::Unavailable)?;
        match upload.put_part(PutPayload::from(part)).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.give_up(error).await),
        }
    }

    async fn give_up(&mut self, error: object_store::Error) -> BlobError {
        if let Some(mut upload) = self.upload.take() {
            remove(&mut upload, self.times.as_ref()).await;
        }
        error.into()
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        if let (Some(mut upload), Ok(runtime)) = (self.upload.take(), tokio::runtime::Handle::try_current()) {
            // The sender has gone away, or what came was refused.
            let times = self.times.take();
            runtime.spawn(async move { remove(&mut upload, times.as_ref()).await });
        }
    }
}

/// What cannot be removed now is swept away later.
async fn remove(upload: &mut Box<dyn MultipartUpload>, times: Option<&CoarseTimes>) {
    let _ = upload.abort().await;
    if let Some(times) = times {
        let _ = times.set_of_folder();
    }
}
