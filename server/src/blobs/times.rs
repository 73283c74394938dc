//! The times of files in a folder. A file's own would say to the second when somebody reported.

use super::{BlobError, BlobId};
use crate::clock::Clock;
use std::fs::{File, FileTimes};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The year 2099, since 1970.
const FAR_AHEAD: Duration = Duration::from_hours(1_130_808);

/// Sets the times of files, and of the folder they lie in, to the beginning of the day (UTC).
#[derive(Clone)]
pub(super) struct CoarseTimes {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
}

impl CoarseTimes {
    pub(super) fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { folder, clock }
    }

    /// Sets those of a blob and of the folder, which changed with it.
    ///
    /// # Errors
    /// [`BlobError::Unavailable`] if the system does not let them be set.
    pub(super) fn set(&self, id: BlobId) -> Result<(), BlobError> {
        self.set_of(&self.folder.join(id.to_string()))?;
        self.set_of_folder()
    }

    /// Sets that of the folder, after something in it was removed.
    ///
    /// # Errors
    /// As above.
    pub(super) fn set_of_folder(&self) -> Result<(), BlobError> {
        self.set_of(&self.folder)
    }

    fn set_of(&self, path: &Path) -> Result<(), BlobError> {
        const DAY: u64 = 24 * 60 * 60;
        let now = u64::try_from(self.clock.unix_seconds()).unwrap_or_default();
        let day = SystemTime::UNIX_EPOCH + Duration::from_secs(now - now % DAY);
        // A time of access far ahead is left alone by the system when the file is read (relatime, the usual setting): it
        // would otherwise say to the second when somebody fetched it.
        let times = FileTimes::new().set_accessed(SystemTime::UNIX_EPOCH + FAR_AHEAD).set_modified(day);
        let file = File::open(path).map_err(|_| BlobError::Unavailable)?;
        file.set_times(times).map_err(|_| BlobError::Unavailable)
    }
}
