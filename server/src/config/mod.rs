//! The configuration: what the organisation decided, read once at the start.
//!
//! Three layers, the later winning: the embedded `default.toml`, the file, the environment.
//! Loading says what cannot be read at all; [`Config::check`] then says, all at once, what would
//! be wrong or unsafe to serve with.

mod check;
mod error;
pub mod init;
mod key;
mod layers;
mod load;
mod recipients;
pub mod record_key;
mod secret;
mod url;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use candor_crypto::PublicKey;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::domain::calendar::{WEEKDAYS, WorkingDays};
use crate::domain::{Day, Recipient, RecipientKind, Recipients};

pub use check::{Finding, Findings};
pub use error::ConfigError;
pub use layers::DEFAULT;
pub use load::sqlite_url;
pub use secret::Secret;

/// Everything that can be configured, after all layers. Paths are resolved; secrets are read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who runs the service, as reporters see it.
    pub organisation: Organisation,
    /// When people work.
    pub calendar: Calendar,
    /// Where it listens and what it is called.
    pub server: Server,
    /// Where the database lies.
    pub database: Database,
    /// Where files lie.
    pub storage: Storage,
    /// How notices leave.
    pub mail: Mail,
    /// The public record.
    pub record: Record,
    /// What a flood may not use up.
    pub limits: Limits,
    /// What is logged and how.
    pub log: Log,
    /// Recipients as they were typed; [`Config::recipients`] makes them usable.
    #[serde(default)]
    pub recipients: Vec<RecipientEntry>,
}

/// Who runs the service, as reporters see it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The name on every page.
    pub name: String,
    /// IANA name of the time zone in which days begin and end.
    pub time_zone: String,
    /// Where "Leave this page" goes; `https://`.
    pub leave_url: String,
}

/// When people work, as it was typed; [`Config::working_days`] makes it usable.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// `monday` to `sunday`.
    pub working_days: Vec<String>,
    /// Days off, as `2026-12-25`.
    pub holidays: Vec<String>,
}

impl Calendar {
    fn weekdays(&self) -> impl Iterator<Item = Option<Weekday>> {
        let known =
            |name: &str| WEEKDAYS.iter().find(|row| row.0.eq_ignore_ascii_case(name)).map(|row| row.1);
        self.working_days.iter().map(move |name| known(name.trim()))
    }

    fn days_off(&self) -> impl Iterator<Item = Option<Day>> {
        self.holidays.iter().map(|day| day.trim().parse().ok())
    }
}

/// Where the service listens and what it is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on; port 0 lets the system choose.
    #[serde(deserialize_with = "load::address")]
    pub listen: SocketAddr,
    /// The address people type, without a slash at its end.
    pub public_url: String,
    /// The same service as an onion address.
    #[serde(deserialize_with = "load::optional_text")]
    pub onion_url: Option<String>,
    /// Threads that serve pages; 0 means as many as there are cores.
    pub workers: usize,
    /// Whether plain HTTP on a network address was accepted on purpose.
    pub allow_plain_http: bool,
}

/// Where the database lies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:` and a path that no longer depends on the current folder where the data folder is
    /// absolute. A secret because other databases carry a password here.
    pub url: Secret,
    /// The file that `url` was read from, if any.
    #[serde(deserialize_with = "load::optional_path")]
    pub url_file: Option<PathBuf>,
}

/// Where files lie.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// The folder for everything that the service keeps.
    pub data_dir: PathBuf,
    /// The largest file that can be attached, in MiB.
    pub largest_file_mib: u32,
    /// The most files that come with one report or message.
    pub most_files: usize,
}

/// How notices leave.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// By which way.
    pub transport: MailTransport,
    /// The sender: an address, or a name with the address in angle brackets.
    pub from: String,
    /// Where .eml files go.
    pub folder: PathBuf,
    /// Minutes between two rounds of notices; 0 means at once.
    pub interval_minutes: u32,
    /// Whether readers are reminded of deadlines, and of cases that nobody opens.
    pub reminders: bool,
    /// Who gets each head of the record.
    #[serde(deserialize_with = "load::optional_text")]
    pub auditor: Option<String>,
    /// The SMTP server.
    pub smtp: Smtp,
}

/// The public record of what happened to cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The file that `key` was read from, if any.
    #[serde(deserialize_with = "load::optional_path")]
    pub key_file: Option<PathBuf>,
    /// What was in it.
    #[serde(skip)]
    pub key: Option<Secret>,
}

/// By which way notices leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailTransport {
    /// To an SMTP server.
    Smtp,
    /// Into a folder, as .eml files.
    Folder,
    /// Nowhere; for tests.
    Memory,
}

impl MailTransport {
    /// The word in the configuration and in the recipients' interface.
    pub fn code(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Folder => "folder",
            Self::Memory => "memory",
        }
    }
}

/// The SMTP server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Its name, as its certificate spells it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: SmtpTls,
    /// User name, if it asks for one.
    #[serde(deserialize_with = "load::optional_text")]
    pub username: Option<String>,
    /// Password, if it asks for one; read from `password_file` where that is set.
    #[serde(deserialize_with = "load::optional_secret")]
    pub password: Option<Secret>,
    /// The file that `password` was read from, if any.
    #[serde(deserialize_with = "load::optional_path")]
    pub password_file: Option<PathBuf>,
    /// PEM file with the only authority to trust; `None` trusts the system's.
    #[serde(deserialize_with = "load::optional_path")]
    pub ca_file: Option<PathBuf>,
    /// Seconds after which one attempt is given up.
    pub timeout_seconds: u32,
}

/// How the connection to the SMTP server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpTls {
    /// It begins in clear and must be encrypted before anything is said.
    Starttls,
    /// It is encrypted from the start.
    Tls,
    /// Not at all: for a server on the same machine.
    None,
}

/// What a flood may not use up. 0 is no limit, except for forms and connections.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Memory for forms that arrive or are being answered, in MiB.
    pub forms_mib: u32,
    /// Forms that may be arriving at once.
    pub arriving_forms: usize,
    /// Connections that may be open at once.
    pub connections: usize,
    /// New reports in a minute.
    pub reports_per_minute: u32,
    /// Zero bits of the work by which a browser can have a turn of its own; 0 offers none.
    pub work_bits: u8,
    /// Challenges that recipients' tools may ask for in a minute.
    pub sign_ins_per_minute: u32,
    /// Room on the disk that new reports leave for all else, in MiB.
    pub free_disk_mib: u32,
    /// Size of the database beyond which no new reports are taken, in MiB.
    pub database_mib: u32,
}

/// What is logged and how.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// The least important lines that are still written.
    pub level: LogLevel,
    /// For whom they are written.
    pub format: LogFormat,
}

/// How important a line must be to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Something failed.
    Error,
    /// Something may fail soon.
    Warn,
    /// What an operator wants to see.
    Info,
    /// What a developer wants to see.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The name that `tracing` filters understand.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// For whom log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// One recipient as it was typed. Not `Debug`: a private key may have been pasted by mistake.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientEntry {
    /// Short name.
    pub id: String,
    /// What kind of role it is.
    pub kind: RecipientKind,
    /// The title people read.
    pub title: String,
    /// Where notices go.
    pub email: String,
    /// The public key, unchecked.
    #[serde(default)]
    pub public_key: Option<String>,
    /// Whether reporters may choose it; `None` takes the rule of its kind.
    #[serde(default)]
    pub choosable: Option<bool>,
    /// Supervisors: whether a chosen one reads the case.
    #[serde(default)]
    pub reads: bool,
}

impl RecipientEntry {
    /// The public key text, without surrounding space; `None` where nothing was typed.
    fn key_text(&self) -> Option<&str> {
        self.public_key.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }
}

impl Config {
    /// The recipients, with their defaults filled in, in the order of the configuration.
    ///
    /// A public key that cannot be read counts as none, so that nothing is ever sealed to it;
    /// [`Config::check`] names it.
    pub fn recipients(&self) -> Recipients {
        let chair = self.recipients.iter().position(|entry| entry.kind == RecipientKind::Committee);
        let recipient = |(at, entry): (usize, &RecipientEntry)| Recipient {
            id: entry.id.clone(),
            kind: entry.kind,
            title: entry.title.clone(),
            email: entry.email.clone(),
            public_key: entry.key_text().and_then(|text| PublicKey::parse(text).ok()),
            choosable: entry.choosable.unwrap_or(match entry.kind {
                RecipientKind::Committee => Some(at) == chair,
                RecipientKind::Compliance | RecipientKind::Supervisor => true,
                RecipientKind::Counsel | RecipientKind::Investigator => false,
            }),
            reads: entry.reads && entry.kind == RecipientKind::Supervisor,
        };
        Recipients::new(self.recipients.iter().enumerate().map(recipient).collect())
    }

    /// The folder for everything that the service keeps.
    pub fn data_dir(&self) -> &Path {
        &self.storage.data_dir
    }

    /// The database's url, resolved. It may hold a password: do not print it.
    pub fn database_url(&self) -> &str {
        self.database.url.expose()
    }

    /// The database's file; `None` for one in memory.
    pub fn database_file(&self) -> Option<PathBuf> {
        load::sqlite_file(self.database_url()).map(|(file, _)| file.into())
    }

    /// The folders that the service writes into: its data, its database, and notices that are written as files.
    pub fn writable_folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.data_dir().to_owned()];
        let path = self.database_url().strip_prefix("sqlite:").unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        let path = PathBuf::from(percent_decode_str(path).decode_utf8_lossy().into_owned());
        folders.extend(path.parent().filter(|parent| parent.is_absolute()).map(Path::to_owned));
        if self.mail.transport == MailTransport::Folder {
            folders.push(self.mail.folder.clone());
        }
        folders
    }

    /// The organisation's time zone; UTC where its name is unknown, which [`Config::check`]
    /// refuses.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.organisation.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// On which days people work. What [`Config::check`] refuses is left out.
    pub fn working_days(&self) -> WorkingDays {
        WorkingDays::new(self.calendar.weekdays().flatten(), self.calendar.days_off().flatten())
    }

    /// Says what would be wrong (errors) or unwise (warnings) to serve with, all at once. Reads
    /// nothing but the configuration itself.
    pub fn check(&self) -> Findings {
        check::check(self)
    }
}

#[cfg(test)]
mod tests;
