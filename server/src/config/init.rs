//! Writing a configuration for production.

use std::fmt::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::domain::RecipientKind;

use super::SmtpTls;

/// What `candor init` asked for.
#[derive(Debug, Clone)]
pub struct InitAnswers {
    /// The name that reporters read.
    pub organisation: String,
    /// IANA name of the time zone.
    pub time_zone: String,
    /// The address people type.
    pub public_url: String,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The folder for everything that the service keeps.
    pub data_dir: PathBuf,
    /// The file with the key of the record; a relative one counts from the folder of the configuration.
    pub record_key_file: PathBuf,
    /// How notices leave.
    pub mail: InitMail,
    /// Who receives reports, in order of precedence: the first of kind committee is the chair.
    pub recipients: Vec<InitRecipient>,
}

/// How notices leave.
#[derive(Debug, Clone)]
pub enum InitMail {
    /// Into a folder, as .eml files.
    Folder {
        /// Which folder; a relative one counts from the data folder.
        folder: PathBuf,
        /// The sender.
        from: String,
    },
    /// To an SMTP server.
    Smtp {
        /// Its name.
        host: String,
        /// Its port.
        port: u16,
        /// How the connection is encrypted.
        tls: SmtpTls,
        /// The sender.
        from: String,
        /// User name and the file with the password, if it asks for them.
        login: Option<InitLogin>,
    },
}

/// How to sign in to the SMTP server.
#[derive(Debug, Clone)]
pub struct InitLogin {
    /// The user name.
    pub username: String,
    /// The file that holds the password.
    pub password_file: PathBuf,
}

/// One recipient.
#[derive(Debug, Clone)]
pub struct InitRecipient {
    /// Short name.
    pub id: String,
    /// What kind of role it is.
    pub kind: RecipientKind,
    /// The title people read.
    pub title: String,
    /// Where notices go.
    pub email: String,
    /// The public key, where there is one already.
    pub public_key: Option<String>,
}

/// The configuration file for these answers: TOML with comments. It does no checking: load the
/// result and ask [`super::Config::check`]. Paths that are not valid Unicode lose what is not.
pub fn render(answers: &InitAnswers) -> String {
    let mut out = String::new();
    head(answers, &mut out);
    mail(&answers.mail, &mut out);
    record(answers, &mut out);
    out.push_str(RECIPIENTS);
    for recipient in &answers.recipients {
        one_recipient(recipient, &mut out);
    }
    out
}

const HEAD: &str = "\
# Candor: configuration for production.
#
# What is not set here has its default; `candor config default` explains every key. Look at it with
# `candor config check --config FILE` after each change; a change takes effect at the next start.
# Relative paths count from the folder of this file.
";

const RECIPIENTS: &str = "
# Who receives reports. The first of kind \"committee\" is the chair, the next ones are alternates;
# whoever a report is about is left out. Each recipient makes a key with `candor keygen --output
# FILE`, keeps the file, and sends only the public key (\"age1…\"), which goes here. Until someone
# on the committee has one, the reporter pages stay closed.
";

fn head(answers: &InitAnswers, out: &mut String) {
    out.push_str(HEAD);
    section(out, "organisation");
    line(out, "The name that reporters read on every page.", "name", &answers.organisation);
    line(
        out,
        "Where days begin and end; nothing finer is kept about reporters.",
        "time_zone",
        &answers.time_zone,
    );
    section(out, "server");
    line(
        out,
        "Behind a proxy that speaks TLS, or behind an onion service on this machine.",
        "listen",
        &answers.listen.to_string(),
    );
    line(out, "The address people type; no path.", "public_url", &answers.public_url);
    hint(out, "The same service as an onion address, if there is one.", "onion_url = \"http://….onion\"");
    section(out, "storage");
    line(
        out,
        "Everything that the service keeps; only its own account should be able to read it.",
        "data_dir",
        &answers.data_dir.to_string_lossy(),
    );
}

fn mail(mail: &InitMail, out: &mut String) {
    section(out, "mail");
    match mail {
        InitMail::Folder { folder, from } => {
            line(
                out,
                "Notices are only written to a folder: see to it that they are delivered.",
                "transport",
                "folder",
            );
            pair(out, "folder", &folder.to_string_lossy());
            pair(out, "from", from);
            interval(out);
        }
        InitMail::Smtp { host, port, tls, from, login } => {
            line(out, "Notices say that something arrived, never what.", "transport", "smtp");
            pair(out, "from", from);
            interval(out);
            section(out, "mail.smtp");
            pair(out, "host", host);
            let _ = writeln!(out, "port = {port}");
            let tls = match tls {
                SmtpTls::Starttls => "starttls",
                SmtpTls::Tls => "tls",
                SmtpTls::None => "none",
            };
            line(out, "\"starttls\" or \"tls\"; both insist on encryption.", "tls", tls);
            if let Some(login) = login {
                pair(out, "username", &login.username);
                line(
                    out,
                    "The password lies in a file of its own, readable by the service only.",
                    "password_file",
                    &login.password_file.to_string_lossy(),
                );
            } else {
                hint(out, "If the server asks for a user name:", "username = \"notices\"");
                out.push_str("# password_file = \"smtp-password\"\n");
            }
            hint(
                out,
                "A certificate authority of your own, if the server's is not a public one.",
                "ca_file = \"ca.pem\"",
            );
        }
    }
}

fn record(answers: &InitAnswers, out: &mut String) {
    section(out, "record");
    line(
        out,
        "Signs the public record. Keep it apart from the data, readable by the service's account only.",
        "key_file",
        &answers.record_key_file.to_string_lossy(),
    );
}

fn interval(out: &mut String) {
    out.push_str(
        "# Minutes between two rounds of notices, so that none tells when somebody was writing.\n\
         interval_minutes = 30\n\
         # Who gets the head of the public record each day, outside the organisation's reach.\n\
         # auditor = \"auditor@example.com\"\n",
    );
}

fn one_recipient(recipient: &InitRecipient, out: &mut String) {
    out.push_str("\n[[recipients]]\n");
    pair(out, "id", &recipient.id);
    pair(out, "kind", recipient.kind.code());
    pair(out, "title", &recipient.title);
    pair(out, "email", &recipient.email);
    match &recipient.public_key {
        Some(key) => pair(out, "public_key", key),
        None => out.push_str("# public_key = \"age1…\"\n"),
    }
}

fn section(out: &mut String, name: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "\n[{name}]");
}

fn line(out: &mut String, comment: &str, key: &str, value: &str) {
    let _ = writeln!(out, "# {comment}");
    pair(out, key, value);
}

fn hint(out: &mut String, comment: &str, setting: &str) {
    let _ = writeln!(out, "# {comment}\n# {setting}");
}

fn pair(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key} = {}", toml::Value::from(value));
}
