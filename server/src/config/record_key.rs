//! Where the key of the record comes from: a file that the configuration names, or one in the data folder that is made at
//! the first start.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use candor_crypto::record::{RecordKey, RecordKeyError};
use zeroize::Zeroizing;

use super::Config;

/// Its name in the data folder, where the configuration names no other.
pub const FILE: &str = "record.key";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordKeyFileError {
    /// The file cannot be read or made.
    #[error("the key of the record, {path}, cannot be read or made: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("{path}: {source}")]
    NotAKey {
        /// Which file.
        path: PathBuf,
        /// What it should be.
        source: RecordKeyError,
    },
}

impl Config {
    /// The key of the record, if there is one yet.
    ///
    /// # Errors
    /// [`RecordKeyFileError`] if the file is there and cannot be used.
    pub fn record_key(&self) -> Result<Option<RecordKey>, RecordKeyFileError> {
        let in_data_folder = self.data_dir().join(FILE);
        let (path, text) = match (&self.record.key_file, &self.record.key) {
            (Some(path), Some(key)) => (path, Zeroizing::new(key.expose().to_owned())),
            _ => match std::fs::read_to_string(&in_data_folder) {
                Ok(text) => (&in_data_folder, Zeroizing::new(text)),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(source) => return Err(RecordKeyFileError::File { path: in_data_folder, source }),
            },
        };
        let not_a_key = |source| RecordKeyFileError::NotAKey { path: path.clone(), source };
        RecordKey::from_file(&text).map(Some).map_err(not_a_key)
    }

    /// The key of the record; at the first start a fresh one, which then lies in the data folder.
    ///
    /// # Errors
    /// [`RecordKeyFileError`] if it can be neither used nor made.
    pub fn record_key_or_fresh(&self) -> Result<RecordKey, RecordKeyFileError> {
        if let Some(key) = self.record_key()? {
            return Ok(key);
        }
        let path = self.data_dir().join(FILE);
        let key = RecordKey::generate(&mut crate::randomness::system());
        match write(&path, &key) {
            Ok(()) => Ok(key),
            // Another server on the same folder was faster.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self
                .record_key()?
                .ok_or_else(|| RecordKeyFileError::File { path, source: ErrorKind::NotFound.into() }),
            Err(source) => Err(RecordKeyFileError::File { path, source }),
        }
    }
}

/// Writes a key to a new file that its owner alone can read.
///
/// # Errors
/// Where the file exists, or cannot be written.
pub fn write(path: &Path, key: &RecordKey) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.to_file().as_bytes())?;
    file.sync_all()
}
