//! Why a notice was not delivered, in words that are safe to log.

use std::fmt;
use std::io;

/// Why a notice was not delivered. Built from fixed words and reply codes only: never from what a server said, since
/// servers quote addresses and messages in their replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Likely to pass by itself.
    #[error("{0}")]
    Temporary(Reason),
    /// Likely to last until the operator changes something. The notice is kept all the same.
    #[error("{0}")]
    Permanent(Reason),
}

impl SendError {
    /// What went wrong.
    pub fn reason(self) -> Reason {
        match self {
            Self::Temporary(reason) | Self::Permanent(reason) => reason,
        }
    }

    /// Whether the operator has to change something.
    pub fn is_permanent(self) -> bool {
        matches!(self, Self::Permanent(_))
    }
}

/// What went wrong in delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No answer within `mail.smtp.timeout_seconds`.
    Timeout,
    /// No connection, or the name of the host is not known.
    Unreachable,
    /// The connection broke before the server took the message.
    Dropped,
    /// The server's certificate is not trusted or not made out to its name, or it does not speak TLS.
    Tls,
    /// STARTTLS is asked for and the server does not offer it.
    NoStartTls,
    /// The user name and password were not accepted, or the server offers no known way to sign in.
    SignIn,
    /// The server refused, with this reply code (RFC 5321 §4.2).
    Refused(u16),
    /// The server said something that is not SMTP.
    Garbled,
    /// The recipient's address is not one that can be written to.
    Address,
    /// The mail folder cannot be written.
    Folder(io::ErrorKind),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("the mail server did not answer in time"),
            Self::Unreachable => f.write_str("the mail server cannot be reached"),
            Self::Dropped => f.write_str("the mail server broke the connection off"),
            Self::Tls => f.write_str(
                "no trusted encrypted connection to the mail server (see mail.smtp.host, tls and ca_file); nothing was sent",
            ),
            Self::NoStartTls => {
                f.write_str("the mail server offers no STARTTLS (see mail.smtp.tls); nothing was sent in clear")
            }
            Self::SignIn => {
                f.write_str("the mail server did not accept the sign-in (see mail.smtp.username and password)")
            }
            Self::Refused(code) => write!(f, "the mail server refused with code {code}"),
            Self::Garbled => f.write_str("the mail server does not speak SMTP as expected (see mail.smtp.port and tls)"),
            Self::Address => f.write_str("the recipient's e-mail address cannot be used"),
            Self::Folder(kind) => write!(f, "the mail folder cannot be written: {kind}"),
        }
    }
}
