//! Delivery to a mail server. With TLS asked for, nothing is ever sent in clear.

use super::{Notice, Reason, SendError};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};
use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long a server that has taken the message may dwell on the farewell. Whatever it does then, the message is sent.
const FAREWELL: Duration = Duration::from_secs(2);

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// Begins in clear and must turn to TLS before anything is said (usually port 587).
    StartTls,
    /// TLS from the first byte (usually port 465).
    Tls,
    /// None: only for a mail server on the same machine or a network that is protected otherwise.
    None,
}

/// What is needed to reach a mail server.
pub struct SmtpSettings {
    /// Name or address of the server; its certificate must be made out to it.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Protection of the connection.
    pub tls: SmtpTls,
    /// User name, if the server wants one.
    pub username: Option<String>,
    /// Password to the user name.
    pub password: Option<Zeroizing<String>>,
    /// PEM file of the certificate authorities to trust. Replaces the system's own; those are then not trusted.
    pub ca_file: Option<PathBuf>,
    /// The longest that one delivery may take from connecting to the server's last word.
    pub timeout: Duration,
}

/// Why mail cannot be sent with these settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SmtpSetupError {
    /// The CA file cannot be read.
    #[error("mail.smtp.ca_file cannot be read: {0}")]
    CaFile(#[source] io::Error),
    /// The CA file holds no certificate.
    #[error("mail.smtp.ca_file holds no certificate in PEM form")]
    NoCertificate,
    /// TLS cannot be set up, for instance because the machine has no trusted authorities.
    #[error(
        "TLS to the mail server cannot be set up: no usable certificate authorities (see mail.smtp.ca_file)"
    )]
    Tls,
    /// A password would travel readable.
    #[error("mail.smtp.password would travel in clear: set mail.smtp.tls to \"starttls\" or \"tls\"")]
    PasswordInClear,
    /// Only one of user name and password is there.
    #[error("mail.smtp.username and mail.smtp.password go together: give both or neither")]
    HalfSignIn,
}

/// Sends over a connection of its own for each notice: they are few, and a held connection would show when the
/// service is awake.
#[derive(Clone)]
pub struct SmtpMailer {
    connection: Arc<Connection>,
}

struct Connection {
    host: String,
    port: u16,
    protection: Protection,
    sign_in: Option<Credentials>,
    timeout: Duration,
}

enum Protection {
    StartTls(TlsParameters),
    Tls(TlsParameters),
    None,
}

impl SmtpMailer {
    pub(super) fn new(settings: SmtpSettings) -> Result<Self, SmtpSetupError> {
        let protection = match settings.tls {
            SmtpTls::StartTls => Protection::StartTls(tls_parameters(&settings)?),
            SmtpTls::Tls => Protection::Tls(tls_parameters(&settings)?),
            SmtpTls::None => Protection::None,
        };
        let sign_in = match (settings.username, settings.password) {
            (Some(_), Some(_))
                if matches!(protection, Protection::None) && !is_this_machine(&settings.host) =>
            {
                return Err(SmtpSetupError::PasswordInClear);
            }
            (Some(username), Some(password)) => Some(Credentials::new(username, password.to_string())),
            (None, None) => None,
            _ => return Err(SmtpSetupError::HalfSignIn),
        };
        let connection = Connection {
            host: settings.host,
            port: settings.port,
            protection,
            sign_in,
            timeout: settings.timeout,
        };
        Ok(Self { connection: Arc::new(connection) })
    }

    pub(super) async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let connection = &self.connection;
        let mut open = timeout(connection.timeout, connection.deliver(notice))
            .await
            .map_err(|_| SendError::Temporary(Reason::Timeout))??;
        // Accepted is accepted: a server that stalls or breaks off from here on must not make it look unsent.
        let _ = timeout(FAREWELL, open.abort()).await;
        Ok(())
    }

    pub(super) fn timeout(&self) -> Duration {
        self.connection.timeout + FAREWELL
    }
}

impl Connection {
    /// Answers with the open connection once the server has taken the message.
    async fn deliver(&self, notice: &Notice) -> Result<AsyncSmtpConnection, SendError> {
        let hello = hello_name(notice);
        let wrapper = match &self.protection {
            Protection::Tls(parameters) => Some(parameters.clone()),
            Protection::StartTls(_) | Protection::None => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut open =
            AsyncSmtpConnection::connect_tokio1(address, Some(self.timeout), &hello, wrapper, None)
                .await
                .map_err(|error| failure(&error, Stage::Greeting))?;
        if let Protection::StartTls(parameters) = &self.protection {
            if !open.server_info().supports_feature(Extension::StartTls) {
                return Err(SendError::Permanent(Reason::NoStartTls));
            }
            open.starttls(parameters.clone(), &hello)
                .await
                .map_err(|error| failure(&error, Stage::Talking))?;
        }
        if let Some(credentials) = &self.sign_in {
            open.auth(DEFAULT_MECHANISMS, credentials).await.map_err(|error| sign_in_failure(&error))?;
        }
        open.send(notice.envelope(), notice.as_bytes())
            .await
            .map_err(|error| failure(&error, Stage::Talking))?;
        Ok(open)
    }
}

/// The name the service greets with: the sender's domain, never the machine's own name.
fn hello_name(notice: &Notice) -> ClientId {
    let domain = notice.envelope().from().map_or("", |from| from.domain());
    let plain = domain.is_ascii() && domain.starts_with(|first: char| first.is_ascii_alphanumeric());
    ClientId::Domain(if plain { domain } else { "localhost" }.to_owned())
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SmtpSetupError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let pem = std::fs::read(path).map_err(SmtpSetupError::CaFile)?;
        // An empty file would otherwise pass for an authority that signs nothing.
        if !pem.windows(PEM_MARK.len()).any(|window| window == PEM_MARK) {
            return Err(SmtpSetupError::NoCertificate);
        }
        let authorities = Certificate::from_pem(&pem).map_err(|_| SmtpSetupError::NoCertificate)?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authorities);
    }
    builder.build().map_err(|_| SmtpSetupError::Tls)
}

const PEM_MARK: &[u8] = b"-----BEGIN CERTIFICATE-----";

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn sign_in_failure(error: &SmtpError) -> SendError {
    if error.is_permanent() || error.is_client() {
        SendError::Permanent(Reason::SignIn)
    } else {
        failure(error, Stage::Talking)
    }
}

/// How far a delivery had come when it failed.
#[derive(Clone, Copy)]
enum Stage {
    /// Connecting, and the server's first words.
    Greeting,
    /// All that follows.
    Talking,
}

/// What `error` means, by its kind and code only.
fn failure(error: &SmtpError, stage: Stage) -> SendError {
    let (broken, unreadable) = match stage {
        Stage::Greeting => (Reason::Unreachable, Reason::Garbled),
        // Where the connection ends, the answer is cut short.
        Stage::Talking => (Reason::Dropped, Reason::Dropped),
    };
    let code = error.status().map(u16::from);
    if error.is_permanent() {
        SendError::Permanent(code.map_or(Reason::Garbled, Reason::Refused))
    } else if error.is_transient() {
        SendError::Temporary(code.map_or(Reason::Garbled, Reason::Refused))
    } else if error.is_response() {
        SendError::Temporary(unreadable)
    } else if error.is_tls() || is_tls_fault(error) {
        SendError::Permanent(Reason::Tls)
    } else if error.is_client() {
        SendError::Permanent(Reason::Garbled)
    } else if error.is_timeout() {
        SendError::Temporary(Reason::Timeout)
    } else {
        SendError::Temporary(broken)
    }
}

/// TLS reports a bad certificate or a peer that speaks something else as invalid data on the connection.
fn is_tls_fault(error: &SmtpError) -> bool {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(fault) = inner.downcast_ref::<io::Error>() {
            return fault.kind() == io::ErrorKind::InvalidData;
        }
        source = inner.source();
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mail::{Mailer, NoticeTemplate};
    use uuid::Uuid;

    fn settings(tls: SmtpTls) -> SmtpSettings {
        SmtpSettings {
            host: "mail.firm.example".to_owned(),
            port: 587,
            tls,
            username: None,
            password: None,
            ca_file: None,
            timeout: Duration::from_secs(1),
        }
    }

    fn with_password(host: &str, tls: SmtpTls) -> SmtpSettings {
        SmtpSettings {
            host: host.to_owned(),
            username: Some("reports".to_owned()),
            password: Some(Zeroizing::new("secret".to_owned())),
            ..settings(tls)
        }
    }

    #[test]
    fn a_password_never_leaves_the_machine_in_clear() {
        assert!(matches!(
            Mailer::smtp(with_password("mail.firm.example", SmtpTls::None)),
            Err(SmtpSetupError::PasswordInClear)
        ));
        for host in ["localhost", "127.0.0.1", "::1"] {
            assert!(Mailer::smtp(with_password(host, SmtpTls::None)).is_ok(), "{host}");
        }
    }

    #[test]
    fn half_a_sign_in_is_refused() {
        let settings = SmtpSettings { password: None, ..with_password("mail.firm.example", SmtpTls::None) };
        assert!(matches!(Mailer::smtp(settings), Err(SmtpSetupError::HalfSignIn)));
    }

    #[test]
    fn a_ca_file_without_a_certificate_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let attempt = || Mailer::smtp(SmtpSettings { ca_file: Some(path.clone()), ..settings(SmtpTls::Tls) });
        assert!(matches!(attempt(), Err(SmtpSetupError::CaFile(_))));
        for content in ["", "no certificate", "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n"] {
            std::fs::write(&path, content).unwrap();
            assert!(matches!(attempt(), Err(SmtpSetupError::NoCertificate)), "{content}");
        }
    }

    #[test]
    fn the_greeting_names_the_senders_domain() {
        let hello = |from: &str| {
            let template = NoticeTemplate::new(from, "https://r.firm.example", 30).unwrap();
            hello_name(&template.notice("chair@firm.example", Uuid::nil(), 0).unwrap()).to_string()
        };
        assert_eq!(hello("reports@firm.example"), "firm.example");
        assert_eq!(hello("reports@büro.example"), "localhost");
    }
}
