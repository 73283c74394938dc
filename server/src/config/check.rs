//! What would be wrong or unwise to serve with: everything but the recipients.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use candor_crypto::record::RecordKey;
use jiff::tz::TimeZone;
use lettre::Address;
use lettre::message::Mailbox;

use super::load::sqlite_file;
use super::recipients;
use super::url::{WebAddress, is_loopback};
use super::{Config, MailTransport, SmtpTls};

/// A day: notices that wait longer are no notices.
const INTERVAL_MAX: u32 = 24 * 60;
const TIMEOUT_MAX: u32 = 600;
/// Room for the largest form that is taken, three times over, and for one more.
const FORMS_MIB_MIN: u32 = 16;
const ARRIVING_FORMS_MIN: usize = 16;
const CONNECTIONS_MIN: usize = 64;
/// More zero bits take ordinary computers many minutes.
const WORK_BITS_MAX: u8 = 28;
const LARGEST_FILE_MIB_MAX: u32 = 4096;
/// The list of files comes back with a form that is not complete yet.
const FILES_MAX: usize = 100;

/// One thing to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The key it is about, with dots; a recipient by its id.
    pub key: String,
    /// What is the matter, as a sentence.
    pub sentence: String,
    /// What to change, as a sentence.
    pub change: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.key, self.sentence, self.change)
    }
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// What must be changed before the service starts.
    pub errors: Vec<Finding>,
    /// What had better be changed.
    pub warnings: Vec<Finding>,
}

impl Findings {
    pub(super) fn error(&mut self, key: &str, sentence: impl Into<String>, change: &str) {
        self.errors.push(finding(key, sentence.into(), change));
    }

    pub(super) fn warning(&mut self, key: &str, sentence: impl Into<String>, change: &str) {
        self.warnings.push(finding(key, sentence.into(), change));
    }
}

fn finding(key: &str, sentence: String, change: &str) -> Finding {
    Finding { key: key.to_owned(), sentence, change: change.to_owned() }
}

pub(super) fn check(config: &Config) -> Findings {
    let mut findings = Findings::default();
    organisation(config, &mut findings);
    calendar(config, &mut findings);
    server(config, &mut findings);
    database(config, &mut findings);
    storage(config, &mut findings);
    mail(config, &mut findings);
    record(config, &mut findings);
    limits(config, &mut findings);
    recipients::check(&config.recipients, &mut findings);
    findings
}

fn organisation(config: &Config, findings: &mut Findings) {
    let organisation = &config.organisation;
    if organisation.name.trim().is_empty() {
        findings.error("organisation.name", "It is empty.", "Write the name that reporters know.");
    }
    if TimeZone::get(&organisation.time_zone).is_err() {
        findings.error(
            "organisation.time_zone",
            "No time zone has this name.",
            "Take a name of the IANA list, for example \"Europe/Berlin\", or \"UTC\".",
        );
    }
    if !WebAddress::parse(&organisation.leave_url).is_some_and(|url| url.https) {
        findings.error(
            "organisation.leave_url",
            "It is not an https:// address.",
            "Choose an ordinary, busy page, for example \"https://www.wikipedia.org/\".",
        );
    }
}

fn calendar(config: &Config, findings: &mut Findings) {
    let calendar = &config.calendar;
    for (typed, read) in calendar.working_days.iter().zip(calendar.weekdays()) {
        if read.is_none() {
            let sentence = format!("\"{typed}\" is no day of the week.");
            findings.error("calendar.working_days", sentence, "Write \"monday\" to \"sunday\".");
        }
    }
    if calendar.working_days.is_empty() {
        findings.error(
            "calendar.working_days",
            "It is empty: nobody would ever be late.",
            "Write the days on which people work.",
        );
    }
    for (typed, read) in calendar.holidays.iter().zip(calendar.days_off()) {
        if read.is_none() {
            let sentence = format!("\"{typed}\" is no day.");
            findings.error("calendar.holidays", sentence, "Write year, month and day: \"2026-12-25\".");
        }
    }
}

fn server(config: &Config, findings: &mut Findings) {
    let server = &config.server;
    match WebAddress::parse(&server.public_url) {
        None => findings.error(
            "server.public_url",
            "It is not an http:// or https:// address.",
            "Write scheme, host and, where needed, port: \"https://report.example.com\".",
        ),
        Some(url) if !url.rest.is_empty() => findings.error(
            "server.public_url",
            "It goes on after the host: a path, a slash or a query.",
            "End it after the host or port: the service always lives at the root.",
        ),
        Some(url) if !url.https => plain_http(config, &url, findings),
        Some(_) => {}
    }
    let onion = server.onion_url.as_deref();
    if onion.is_some_and(|onion| {
        !WebAddress::parse(onion).is_some_and(|url| url.is_onion() && matches!(url.rest, "" | "/"))
    }) {
        findings.error(
            "server.onion_url",
            "It is not the address of an onion service.",
            "Write \"http://….onion\", or leave it empty.",
        );
    }
}

fn plain_http(config: &Config, url: &WebAddress<'_>, findings: &mut Findings) {
    const KEY: &str = "server.public_url";
    let server = &config.server;
    let on_the_network = !server.listen.ip().is_loopback();
    if url.is_onion() {
        findings.warning(
            KEY,
            "It is http:// on an onion address: whoever reaches the service in another way than through Tor is not \
             protected.",
            "Make sure that only the Tor daemon can reach server.listen.",
        );
    } else if on_the_network && !server.allow_plain_http {
        findings.error(
            KEY,
            "It is plain http:// while server.listen is a network address: whoever can watch that network reads \
             the reports.",
            "Put TLS in front and write https://, or listen on a loopback address, or accept it with \
             server.allow_plain_http = true.",
        );
    } else if on_the_network {
        findings.warning(
            KEY,
            "Plain http:// on a network address was accepted: whoever can watch that network reads the reports.",
            "Put TLS in front, write https:// and take server.allow_plain_http away.",
        );
    } else if !is_loopback(url.host) {
        findings.warning(
            KEY,
            "It is plain http:// for other machines: reporters' browsers would not be told to insist on TLS.",
            "Write https:// if the proxy in front speaks TLS; if none does, add one.",
        );
    }
}

fn database(config: &Config, findings: &mut Findings) {
    const KEY: &str = "database.url";
    let url = config.database_url();
    if !url.starts_with("sqlite:") {
        findings.error(KEY, "It does not begin with sqlite:.", "Write \"sqlite:\" and the name of a file.");
        return;
    }
    let Some((file, _)) = sqlite_file(url) else {
        findings.warning(
            KEY,
            "The database lies in memory: everything is lost when the service stops.",
            "Name a file: \"sqlite:candor.sqlite\".",
        );
        return;
    };
    if !plain_path(Path::new(&file)).starts_with(plain_path(config.data_dir())) {
        findings.warning(
            KEY,
            "The database lies outside storage.data_dir, so that rights and backups of that folder miss it.",
            "Write a relative path.",
        );
    }
}

fn storage(config: &Config, findings: &mut Findings) {
    let storage = &config.storage;
    if !(1..=LARGEST_FILE_MIB_MAX).contains(&storage.largest_file_mib) {
        findings.error(
            "storage.largest_file_mib",
            "It is not within 1 to 4096.",
            "Choose 250; to take no files at all, set storage.most_files = 0.",
        );
    }
    if storage.most_files > FILES_MAX {
        findings.error(
            "storage.most_files",
            "It is more than a report or message may bring.",
            "Choose 0 to 100; 20 is a good choice.",
        );
    }
}

fn mail(config: &Config, findings: &mut Findings) {
    let mail = &config.mail;
    if mail.interval_minutes > INTERVAL_MAX {
        findings.error(
            "mail.interval_minutes",
            "It is more than a day.",
            "Choose 0 to 1440; 30 is a good choice.",
        );
    }
    if mail.interval_minutes == 0 && mail.transport == MailTransport::Smtp {
        findings.warning(
            "mail.interval_minutes",
            "Notices leave at once: whoever sees the mail and the network can tell who was writing.",
            "Choose 30 or more.",
        );
    }
    let from = mail.from.trim();
    if from.is_empty() && mail.transport == MailTransport::Smtp {
        findings.error("mail.from", "Mail by SMTP needs a sender.", "Write its e-mail address.");
    } else if !from.is_empty() && from.parse::<Mailbox>().is_err() {
        findings.error(
            "mail.from",
            "It is not an e-mail address.",
            "Write \"notices@example.com\" or \"Notices <notices@example.com>\".",
        );
    }
    if mail.auditor.as_deref().is_some_and(|auditor| auditor.trim().parse::<Address>().is_err()) {
        findings.error(
            "mail.auditor",
            "It is not an e-mail address.",
            "Write \"auditor@example.com\", or leave it empty.",
        );
    }
    match mail.transport {
        MailTransport::Smtp => smtp(config, findings),
        MailTransport::Folder => findings.warning(
            "mail.transport",
            "Notices are only written to a folder: nobody is told unless something else delivers them.",
            "Choose \"smtp\" in production.",
        ),
        MailTransport::Memory => findings.warning(
            "mail.transport",
            "Notices are forgotten: nobody is told.",
            "Choose \"smtp\"; \"memory\" is for tests.",
        ),
    }
}

fn record(config: &Config, findings: &mut Findings) {
    const KEY: &str = "record.key_file";
    match &config.record.key {
        None => findings.warning(
            KEY,
            "It is not set: the key of the record lies beside the database, and whoever can write both can sign another \
             record.",
            "Move record.key out of storage.data_dir, where only the service's account can read it, and name it here.",
        ),
        Some(key) if RecordKey::from_file(key.expose()).is_err() => findings.error(
            KEY,
            "The file is no key of a record.",
            "Name the file that `candor init` wrote, or that lay in storage.data_dir as record.key.",
        ),
        Some(_) => {}
    }
}

fn limits(config: &Config, findings: &mut Findings) {
    let limits = &config.limits;
    if limits.forms_mib < FORMS_MIB_MIN {
        findings.error(
            "limits.forms_mib",
            "It is less than the largest form needs: long reports would be refused.",
            "Choose 16 or more; 64 is a good choice.",
        );
    }
    if limits.arriving_forms < ARRIVING_FORMS_MIN {
        findings.error(
            "limits.arriving_forms",
            "It is so low that a few slow lines would push each other out.",
            "Choose 16 or more; 512 is a good choice.",
        );
    }
    if limits.connections < CONNECTIONS_MIN {
        findings.error(
            "limits.connections",
            "It is so low that a few visitors would keep others out.",
            "Choose 64 or more; 4096 is a good choice.",
        );
    }
    if limits.work_bits > WORK_BITS_MAX {
        findings.error(
            "limits.work_bits",
            "So much work would take an ordinary computer many minutes.",
            "Choose 28 or less; 20 is a good choice.",
        );
    }
    if limits.free_disk_mib == 0 && limits.database_mib == 0 {
        findings.warning(
            "limits.free_disk_mib",
            "Nothing keeps room on the disk: when new reports have filled it, recipients cannot sign in or reply.",
            "Choose 256 or more.",
        );
    }
}

fn smtp(config: &Config, findings: &mut Findings) {
    let smtp = &config.mail.smtp;
    let host = smtp.host.trim();
    if host.is_empty() {
        findings.error("mail.smtp.host", "Mail by SMTP needs a server.", "Write its name.");
    } else if smtp.tls == SmtpTls::None && !is_loopback(host) {
        findings.error(
            "mail.smtp.tls",
            "\"none\" sends notices over the network in clear.",
            "Choose \"starttls\" or \"tls\"; a server with a certificate of your own is trusted by mail.smtp.ca_file.",
        );
    }
    if smtp.port == 0 {
        findings.error("mail.smtp.port", "0 is no port.", "Write 587 for \"starttls\", 465 for \"tls\".");
    }
    if smtp.username.is_some() && smtp.password.is_none() {
        findings.error(
            "mail.smtp.username",
            "There is a user name without a password.",
            "Set mail.smtp.password_file too, or neither.",
        );
    }
    if smtp.password.is_some() && smtp.username.is_none() {
        findings.error(
            "mail.smtp.password",
            "There is a password without a user name.",
            "Set mail.smtp.username too, or neither.",
        );
    }
    if smtp.password.is_some() && smtp.tls == SmtpTls::None {
        findings.error(
            "mail.smtp.tls",
            "\"none\" would send the password in clear.",
            "Choose \"starttls\" or \"tls\", or use no password.",
        );
    }
    if !(1..=TIMEOUT_MAX).contains(&smtp.timeout_seconds) {
        findings.error("mail.smtp.timeout_seconds", "It is not within 1 to 600.", "Choose 30.");
    }
}

/// The path without `.` and, where it can be told without looking, without `..`.
fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
