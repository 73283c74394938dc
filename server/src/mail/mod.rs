//! E-mail. What is mailed is a [`Notice`]: the neutral one, or the heads of the record for the auditor. Three ways to deliver it stand behind one type.

mod error;
mod folder;
mod memory;
mod notice;
mod smtp;

pub use error::{Reason, SendError};
pub use folder::FolderMailer;
pub use memory::MemoryMailer;
pub use notice::{Notice, NoticeError, NoticeTemplate};
pub use smtp::{SmtpMailer, SmtpSettings, SmtpSetupError, SmtpTls};

use std::path::PathBuf;
use std::time::Duration;

/// Where notices go. Cheap to clone.
#[derive(Clone)]
pub enum Mailer {
    /// To a mail server.
    Smtp(SmtpMailer),
    /// Into a folder, one `.eml` file each: for demonstrations and for services without a mail server.
    Folder(FolderMailer),
    /// Into memory: for tests.
    Memory(MemoryMailer),
}

impl Mailer {
    /// Delivers to the mail server that `settings` describe. Reads the CA file now, connects only when sending.
    ///
    /// # Errors
    /// [`SmtpSetupError`] if the CA file cannot be used or a password would travel unprotected.
    pub fn smtp(settings: SmtpSettings) -> Result<Self, SmtpSetupError> {
        SmtpMailer::new(settings).map(Self::Smtp)
    }

    /// Delivers into `folder`, which is created with the first notice.
    pub fn folder(folder: PathBuf) -> Self {
        Self::Folder(FolderMailer::new(folder))
    }

    /// Keeps notices in memory, where [`Mailer::sent`] finds them.
    pub fn memory() -> Self {
        Self::Memory(MemoryMailer::default())
    }

    /// Delivers one notice. `Ok` means that the mail server took it, or that it is safely on disk.
    ///
    /// # Errors
    /// [`SendError`]: whether trying again may help, and a reason that names no address and quotes no server.
    pub async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        match self {
            Self::Smtp(mailer) => mailer.send(notice).await,
            Self::Folder(mailer) => mailer.send(notice).await,
            Self::Memory(mailer) => mailer.send(notice),
        }
    }

    /// The longest that [`Mailer::send`] takes: a claim on the outbox must outlive it.
    pub fn longest_send(&self) -> Duration {
        match self {
            Self::Smtp(mailer) => mailer.timeout(),
            Self::Folder(_) | Self::Memory(_) => Duration::from_secs(10),
        }
    }

    /// What a [`Mailer::memory`] has taken so far, oldest first; nothing for the others, which keep nothing.
    pub fn sent(&self) -> Vec<Notice> {
        match self {
            Self::Memory(mailer) => mailer.sent(),
            Self::Smtp(_) | Self::Folder(_) => Vec::new(),
        }
    }
}
