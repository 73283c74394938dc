//! Sweeping away what no row names: uploads whose report was never sent.

use super::times::CoarseTimes;
use super::{BlobError, BlobId, Blobs, PREFIX};
use futures_util::TryStreamExt;
use object_store::path::Path as Location;
use object_store::{ObjectStore, ObjectStoreExt};

impl Blobs {
    /// The names of all blobs written before `before`, in unix seconds.
    ///
    /// # Errors
    /// [`BlobError`] if storage cannot be listed.
    pub async fn older_than(&self, before: i64) -> Result<Vec<BlobId>, BlobError> {
        let found: Vec<_> = self.store.list(Some(&Location::from(PREFIX))).try_collect().await?;
        Ok(found
            .into_iter()
            .filter(|blob| blob.last_modified.timestamp() < before)
            .filter_map(|blob| BlobId::parse(blob.location.filename()?))
            .collect())
    }

    /// Deletes a blob. One that is gone already is no fault.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`].
    pub async fn delete(&self, id: BlobId) -> Result<(), BlobError> {
        match self.store.delete(&id.location()).await.map_err(BlobError::from) {
            Ok(()) | Err(BlobError::Missing) => {}
            Err(error) => return Err(error),
        }
        self.times.as_ref().map_or(Ok(()), CoarseTimes::set_of_folder)
    }
}
