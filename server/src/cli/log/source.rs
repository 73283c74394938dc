//! Which database is meant, and by which key it is checked.

use crate::cli::failure::Failure;
use crate::cli::new_file;
use crate::config::{Config, sqlite_url};
use crate::domain::record::SignedHead;
use crate::store::{RecordReader, StoreError};
use candor_crypto::record::RecordPublicKey;
use clap::Args;
use std::path::{Path, PathBuf};

/// A list of heads of a hundred years is smaller, in bytes.
const LARGEST_HEADS: u64 = 32 * 1024 * 1024;

/// Which database.
#[derive(Args)]
pub(super) struct SourceArgs {
    /// The configuration file of the service
    #[arg(long, value_name = "FILE", env = "CANDOR_CONFIG")]
    config: Option<PathBuf>,
    /// The folder of a demonstration
    #[arg(long, value_name = "DIR", conflicts_with = "database")]
    data: Option<PathBuf>,
    /// A database, or a copy of one: for auditors, who have no configuration
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    database: Option<PathBuf>,
    /// The public key of the record, as it was noted when the service began; otherwise the configuration's
    #[arg(long, value_name = "PUBLIC-KEY")]
    key: Option<String>,
}

impl SourceArgs {
    fn config(&self) -> Result<Option<Config>, Failure> {
        // The others win: the environment may name a configuration that is not meant.
        let file = match (&self.database, &self.data, &self.config) {
            (None, Some(folder), _) => folder.join("candor.toml"),
            (None, None, Some(file)) => file.clone(),
            _ => return Ok(None),
        };
        let config = Config::load(Some(&file), std::env::vars_os());
        config.map(Some).map_err(|error| Failure::not_readable(error.to_string()))
    }

    /// Opens the database for reading.
    pub(super) async fn open(&self) -> Result<RecordReader, Failure> {
        let (url, file) = match (&self.database, self.config()?) {
            (Some(file), _) => (sqlite_url(file), Some(file.clone())),
            (None, Some(config)) => (Some(config.database_url().to_owned()), config.database_file()),
            (None, None) => {
                return Err(Failure::usage(
                    "Say which record: --config FILE, --data DIR or --database FILE.",
                ));
            }
        };
        if let Some(file) = file.filter(|file| !file.exists()) {
            return Err(Failure::not_readable(format!("There is no database {}.", file.display())));
        }
        let url = url.ok_or_else(|| Failure::usage("The name of the database is not valid Unicode."))?;
        RecordReader::open(&url).await.map_err(|error| {
            Failure::not_readable(format!(
                "{error}. The folder of a copy must be writable, and the copy whole: take it with `sqlite3 .backup`."
            ))
        })
    }

    /// The key by which heads are checked, if one is known.
    pub(super) fn key(&self) -> Result<Option<RecordPublicKey>, Failure> {
        if let Some(key) = &self.key {
            return RecordPublicKey::parse(key)
                .map(Some)
                .map_err(|error| Failure::usage(format!("--key: {error}.")));
        }
        let Some(config) = self.config()? else { return Ok(None) };
        let key = config.record_key().map_err(|error| Failure::not_readable(error.to_string()))?;
        Ok(key.map(|key| key.public_key()))
    }
}

/// The heads in a file, as they were mailed or published.
pub(super) fn read_heads(file: Option<&Path>) -> Result<Vec<SignedHead>, Failure> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let text = new_file::read_at_most(file, LARGEST_HEADS)?;
    let heads = SignedHead::find_all(&String::from_utf8_lossy(&text));
    if heads.is_empty() {
        return Err(Failure::not_readable(format!("There is no head in {}.", file.display())));
    }
    Ok(heads)
}

/// A database that cannot be read is no finding.
pub(super) fn unreadable(error: StoreError) -> Failure {
    match error {
        StoreError::Damaged => {
            Failure::failed("A row of the record does not have the shape it was stored with: it was altered.")
        }
        _ => Failure::failed(format!(
            "The database cannot be checked: {error}. Is it one of this version of the program?"
        )),
    }
}
