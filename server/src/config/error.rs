//! Why a configuration cannot be read.

use std::io;
use std::path::PathBuf;

/// Why a configuration cannot be read. Each says what to change; none repeats a value, since it may
/// be a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The configuration file cannot be read.
    #[error("The configuration file {} cannot be read: {source}.", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not TOML.
    #[error("{origin} is not valid TOML{}: {message}.", .line.map(|n| format!(" (line {n})")).unwrap_or_default())]
    Syntax {
        /// Which layer.
        origin: String,
        /// The line, from 1.
        line: Option<usize>,
        /// What the parser said, without the text itself.
        message: String,
    },
    /// There is no such key.
    #[error("{origin} sets {key}, and there is no such key. {advice}")]
    UnknownKey {
        /// Which layer.
        origin: String,
        /// The key, spelt as in that layer.
        key: String,
        /// The nearest known key, or where to find them.
        advice: String,
    },
    /// A value is not of the kind that the key takes.
    #[error("{origin} sets {key} to something else than it takes: it must be {expected}.")]
    WrongValue {
        /// Which layer.
        origin: String,
        /// The key, spelt as in that layer.
        key: String,
        /// What it takes.
        expected: String,
    },
    /// A recipient lacks a key that it must have.
    #[error("{origin}: {key} is missing. Add it.")]
    Missing {
        /// Which layer.
        origin: String,
        /// The key.
        key: String,
    },
    /// A secret was given twice.
    #[error("{key} and {key}_file are both set. Keep one of them, preferably {key}_file.")]
    SecretTwice {
        /// The key of the secret itself.
        key: &'static str,
    },
    /// The file of a secret cannot be used.
    #[error("{key} names {}, {problem}.", .path.display())]
    SecretFile {
        /// The key that names the file.
        key: String,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A path cannot be written in a database url.
    #[error("storage.data_dir is a path that is not valid Unicode. Choose another folder.")]
    DataDirNotUnicode,
}
