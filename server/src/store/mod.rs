//! All the SQL. What goes in is sealed, hashed or coarse: plaintext of a report does not type-check into this module.

mod access;
mod bulk;
mod cases;
mod contents;
mod endings;
mod entries;
mod error;
mod grants;
mod keys;
mod messages;
mod outbox;
mod record;
mod reminders;
mod sign_in;
mod write_queue;

pub use access::{Departure, Leaving, Release, Released};
pub use cases::{CaseRow, NewAttachment, NewCase, NewGrant, Received};
pub use contents::ContentName;
pub use endings::{Conclusion, EndState, Move, Moved, ProposedEnd};
pub use entries::{EventRow, SealedItem};
pub use error::StoreError;
pub use grants::{CaseBrief, CaseListing, Cursor, Holder, Progress};
pub use keys::KeyInUse;
pub use messages::{MOST_ATTACHMENTS, MOST_MESSAGE_BYTES, MessageAdded, NewMessage};
pub use outbox::Claimed;
pub use record::{EventKey, ProvableEvent, RecordReader};
pub use sign_in::Session;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, ConnectOptions, Executor};
use std::str::FromStr;
use std::time::Duration;
use write_queue::WriteQueue;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");

/// Set on every SQLite connection. `synchronous=FULL` is the promise that an accepted report survives a power cut;
/// `secure_delete` overwrites what is deleted.
/// Keys are random, so each commit touches pages all over the tables: a cache of 16 MB keeps the upper ones at hand.
/// The journal is moved into the database beside the writer, every second ([`Store::move_journal`]); the writer does it
/// by itself only where 80 MB have gathered.
const SQLITE_SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; \
     PRAGMA wal_autocheckpoint = 20000;";

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    readers: AnyPool,
    writes: WriteQueue,
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The address is not one this program knows.
    #[error("the database address must begin with sqlite: (it is given in database.url)")]
    UnknownAddress,
    /// It could not be opened or created.
    #[error("the database cannot be opened: {0}")]
    Connect(#[source] sqlx::Error),
    /// It could not be brought to this program's schema, or is newer than it.
    #[error("the database does not have the schema of this program: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
}

impl Store {
    /// Opens the database at `url` (`sqlite:` and a percent-encoded path), creates it where there is none, and brings it to the
    /// newest schema.
    ///
    /// # Errors
    /// [`OpenError`], with a sentence for the operator.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        if !url.starts_with("sqlite:") {
            return Err(OpenError::UnknownAddress);
        }
        let separator = if url.contains('?') { '&' } else { '?' };
        let options = AnyConnectOptions::from_str(&format!("{url}{separator}mode=rwc"))
            .map_err(OpenError::Connect)?
            .disable_statement_logging();
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(SQLITE_SETTINGS).await.map(|_| ()) })
            })
            .connect_with(options)
            .await
            .map_err(OpenError::Connect)?;
        SQLITE_MIGRATIONS.run(&pool).await?;
        Ok(Self { writes: WriteQueue::start(pool.clone(), "BEGIN IMMEDIATE"), readers: pool })
    }

    /// Moves what stands in the journal into the database, without holding up anybody. Called every second.
    pub async fn move_journal(&self) {
        // What is in use just now stays for the next call.
        let _ = self.readers.execute("PRAGMA wal_checkpoint(PASSIVE)").await;
    }

    /// Moves the journal into the database and empties it: what was deleted must not live on in the journal. Called
    /// every minute and at the end. If somebody reads or writes just now, the next call does it.
    pub async fn empty_journal(&self) {
        // A busy journal is no fault, and the database's own answer says nothing that anybody could act on.
        let _ = self.readers.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
    }

    /// Answers if the database can be read.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.readers.execute("SELECT 1").await?;
        Ok(())
    }
}
