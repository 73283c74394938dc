//! Object storage: the sealed contents of attachments, each under a random name. A blob comes before the row that names
//! it, and is on disk before anybody is told that it was taken; what no row names is swept away.

mod error;
mod sweep;
mod times;
mod writer;

pub use error::BlobError;
pub use writer::{BlobWriter, Stored};

use crate::clock::Clock;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Location;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use std::path::Path;
use std::sync::Arc;
use times::CoarseTimes;
use uuid::Uuid;

/// Where blobs lie within the store.
const PREFIX: &str = "blobs";

/// Where it is written whose blobs they are.
const OWNER: &str = "blobs-of";

/// How long a blob waits to be named by a report, message or reply, in seconds: a form may stay open for a day, and a
/// blob only tells the day on which it was written.
pub const UNCLAIMED: i64 = 2 * 24 * 60 * 60;

/// The longest from looking at a blob to the row that names it, in seconds; amply.
const CLAIMING: i64 = 60 * 60;

/// The name of a blob: random, so it says nothing of whose it is or when it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobId(Uuid);

impl BlobId {
    /// Reads a name as it was written.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Uuid::try_parse(text).ok()?;
        (id.get_version_num() == 4 && id.to_string() == text).then_some(Self(id))
    }

    fn random() -> Self {
        Self(uuid::Builder::from_random_bytes(rand::random()).into_uuid())
    }

    fn location(self) -> Location {
        Location::from_iter([PREFIX, &self.to_string()])
    }
}

impl std::fmt::Display for BlobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A sealed content as it is read back.
pub struct Content {
    /// Its length in bytes.
    pub length: u64,
    /// Its bytes.
    pub bytes: BoxStream<'static, Result<bytes::Bytes, BlobError>>,
}

/// Object storage. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// Where the store is a folder: what its files' times are to say.
    times: Option<CoarseTimes>,
    clock: Arc<dyn Clock>,
}

impl Blobs {
    /// A folder of this machine, which is created where there is none.
    ///
    /// # Errors
    /// [`BlobError`] if it cannot be created.
    pub fn local(folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, BlobError> {
        let unusable = |_: std::io::Error| BlobError::Unavailable;
        let blobs = folder.join(PREFIX);
        std::fs::create_dir_all(&blobs).map_err(unusable)?;
        // A process that was killed leaves parts of uploads, which the store numbers and never lists.
        for entry in std::fs::read_dir(&blobs).map_err(unusable)?.flatten() {
            if entry.file_name().to_string_lossy().contains('#') {
                std::fs::remove_file(entry.path()).map_err(unusable)?;
            }
        }
        // An accepted file survives a power cut: contents and folder are synced before the name appears.
        let store =
            LocalFileSystem::new_with_prefix(folder).map_err(|_| BlobError::Unavailable)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), times: Some(CoarseTimes::new(blobs, clock.clone())), clock })
    }

    /// Makes sure that these are the files of the database `installation`, and marks them as such the first time. Whoever
    /// sweeps away what a database does not name has to know that it is the right one.
    ///
    /// # Errors
    /// [`BlobError::Foreign`] if they are another's; [`BlobError::Unavailable`].
    pub async fn belong_to(&self, installation: Uuid) -> Result<(), BlobError> {
        let name = installation.to_string();
        match self.store.get(&Location::from(OWNER)).await.map_err(BlobError::from) {
            Ok(found) => match found.bytes().await {
                Ok(owner) if owner == name.as_bytes() => Ok(()),
                Ok(_) => Err(BlobError::Foreign),
                Err(error) => Err(error.into()),
            },
            Err(BlobError::Missing) => {
                let mark = PutPayload::from(name.into_bytes());
                self.store.put(&Location::from(OWNER), mark).await.map(drop).map_err(BlobError::from)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins a blob under a fresh name. Dropped before [`BlobWriter::finish`], it leaves nothing behind.
    ///
    /// # Errors
    /// [`BlobError`] if storage cannot be written.
    pub async fn begin(&self) -> Result<BlobWriter, BlobError> {
        BlobWriter::begin(self.store.as_ref(), BlobId::random(), self.times.clone()).await
    }

    /// The length of a blob in bytes that a report, message or reply is about to name. One that is so old that it may be
    /// swept away meanwhile counts as gone: what is acknowledged has its files.
    ///
    /// # Errors
    /// [`BlobError::Missing`] if there is none of this name.
    pub async fn claimable(&self, id: BlobId) -> Result<u64, BlobError> {
        let found = self.store.head(&id.location()).await?;
        let age = self.clock.unix_seconds() - found.last_modified.timestamp();
        if age < UNCLAIMED - CLAIMING { Ok(found.size) } else { Err(BlobError::Missing) }
    }

    /// A blob, as a stream.
    ///
    /// # Errors
    /// [`BlobError::Missing`] if there is none of this name.
    pub async fn read(&self, id: BlobId) -> Result<Content, BlobError> {
        let found = self.store.get(&id.location()).await?;
        let length = found.meta.size;
        let bytes = found.into_stream().map(|piece| piece.map_err(BlobError::from)).boxed();
        Ok(Content { length, bytes })
    }
}
