//! HTTP to the service: TLS, time limits, and what goes wrong in words.

use super::address::ServerAddress;
use super::shapes::Problem;
use crate::cli::failure::Failure;
use crate::cli::new_file::read_at_most;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::Response;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, SendBody};

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// How long one request may take with everything. Onion services are slow, listings long.
const WHOLE: Duration = Duration::from_mins(2);
/// How long a file may take. Whoever does not want to wait ends the command.
const FILE: Duration = Duration::from_hours(12);
/// How long signing out may take: nobody waits for that.
const FAREWELL: Duration = Duration::from_secs(5);
/// The largest answer that is read, in bytes.
const LARGEST_ANSWER: u64 = 128 * 1024 * 1024;
/// More than any file of certificates has, in bytes.
const LARGEST_CA_FILE: u64 = 4 * 1024 * 1024;

/// Why a request did not bring what it was for.
pub(in crate::cli) enum CallError {
    /// The service answered that it will not do this.
    Refused(u16, Problem),
    /// No proper answer.
    Failed(Failure),
}

impl From<Failure> for CallError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Failed(failure) => failure,
            CallError::Refused(status, problem) => match status {
                403 if problem.code == "not_permitted" => Self::failed(problem.title),
                401 | 403 => Self::sign_in(problem.title),
                404 => Self::not_readable(problem.title),
                _ => Self::failed(problem.title),
            },
        }
    }
}

/// A connection to one service.
pub(super) struct Transport {
    agent: Agent,
    pub(super) address: ServerAddress,
}

impl Transport {
    /// Prepares; nothing is sent yet.
    ///
    /// # Errors
    /// [`Failure`] if the file of certificates cannot be used.
    pub(super) fn new(address: ServerAddress, ca_file: Option<&Path>) -> Result<Self, Failure> {
        // Mozilla's authorities by default, and not the machine's: a company that inspects TLS adds its own there.
        let roots = match ca_file {
            Some(path) => RootCerts::Specific(Arc::new(read_certificates(path)?)),
            None => RootCerts::WebPki,
        };
        let mut config = Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            // A redirect would take the session elsewhere.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent("")
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE));
        if address.is_loopback() {
            config = config.proxy(None);
        }
        Ok(Self { agent: config.build().new_agent(), address })
    }

    pub(super) fn get<T: DeserializeOwned>(&self, path: &str, cookie: &str) -> Result<T, CallError> {
        let answer = self.agent.get(self.address.resource(path)).header("cookie", cookie).call();
        self.read(self.accept(answer)?)
    }

    /// Sends JSON and takes any success; the answer may be empty.
    pub(super) fn post<B: Serialize>(
        &self,
        path: &str,
        cookie: Option<&str>,
        body: &B,
    ) -> Result<Response<Body>, CallError> {
        let mut request = self.agent.post(self.address.resource(path));
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        self.accept(request.send_json(body))
    }

    /// An answer as it comes in, however long it is.
    pub(super) fn stream(&self, path: &str, cookie: &str) -> Result<impl Read + use<>, CallError> {
        let request = self.agent.get(self.address.resource(path)).header("cookie", cookie);
        let answer = request.config().timeout_global(Some(FILE)).build().call();
        Ok(self.accept(answer)?.into_body().into_with_config().limit(u64::MAX).reader())
    }

    /// Sends bytes as they are read, however many they are.
    pub(super) fn send_stream<T: DeserializeOwned>(
        &self,
        path: &str,
        cookie: &str,
        bytes: &mut dyn Read,
    ) -> Result<T, CallError> {
        let request = self.agent.post(self.address.resource(path)).header("cookie", cookie);
        let request = request.content_type("application/octet-stream");
        let answer = request.config().timeout_global(Some(FILE)).build().send(SendBody::from_reader(bytes));
        self.read(self.accept(answer)?)
    }

    pub(super) fn delete(&self, path: &str, cookie: &str) -> Result<(), CallError> {
        let request = self.agent.delete(self.address.resource(path)).header("cookie", cookie);
        let answer = request.config().timeout_global(Some(FAREWELL)).build().call();
        self.accept(answer).map(drop)
    }

    /// Reads the JSON of an answer.
    pub(super) fn read<T: DeserializeOwned>(&self, mut answer: Response<Body>) -> Result<T, CallError> {
        let body = answer
            .body_mut()
            .with_config()
            .limit(LARGEST_ANSWER)
            .read_to_vec()
            .map_err(|error| self.explain(&error))?;
        serde_json::from_slice(&body).map_err(|_| self.not_candor(answer.status().as_u16()).into())
    }

    fn accept(&self, answer: Result<Response<Body>, ureq::Error>) -> Result<Response<Body>, CallError> {
        let mut answer = answer.map_err(|error| self.explain(&error))?;
        let status = answer.status().as_u16();
        if answer.status().is_success() {
            return Ok(answer);
        }
        if answer.status().is_redirection() {
            let to =
                answer.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or("elsewhere");
            return Err(Failure::unreachable(format!(
                "{} sends us to {to}. If that is where the service is, name it with --server.",
                self.address
            ))
            .into());
        }
        let body = answer.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec();
        let problem = body.ok().and_then(|body| serde_json::from_slice(&body).ok());
        Err(problem
            .map_or_else(|| self.not_candor(status).into(), |problem| CallError::Refused(status, problem)))
    }

    fn not_candor(&self, status: u16) -> Failure {
        Failure::unreachable(format!(
            "{} answers (HTTP status {status}), but not as a Candor service does. Is the address right?",
            self.address
        ))
    }

    fn explain(&self, error: &ureq::Error) -> Failure {
        let address = &self.address;
        let text = whole_text(error);
        let sentence = match error {
            ureq::Error::Timeout(_) => format!("{address} does not answer in time. Try again in a while."),
            _ if is_about_trust(&text) => format!(
                "{address} cannot prove who it is: its certificate is not accepted ({text}). Nothing was sent. If your \
                 organisation runs its own certificate authority, name its certificate with --ca-file. Otherwise tell \
                 the operator, and do not go on."
            ),
            _ if is_about_encryption(error, &text) => format!(
                "no encrypted connection to {address} is possible: {text}. Is it https:// that it speaks there?"
            ),
            ureq::Error::HostNotFound | ureq::Error::Io(_) if address.is_onion() => format!(
                "{address} cannot be reached ({text}). Onion services are reached through Tor: start it and set \
                 ALL_PROXY=socks5h://127.0.0.1:9050."
            ),
            _ if matches!(error, ureq::Error::HostNotFound) || text.contains("lookup address") => {
                format!("there is no host of the name in {address}. Check --server and your network.")
            }
            _ => format!(
                "{address} cannot be reached: {text}. Check --server, your network, and whether it runs."
            ),
        };
        Failure::unreachable(sentence)
    }
}

/// An error with what caused it; libraries hide the cause behind a word like "io".
fn whole_text(error: &ureq::Error) -> String {
    let mut text = match error {
        // Its own text is only the word "io" before the cause.
        ureq::Error::Io(error) => error.to_string(),
        error => error.to_string(),
    };
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

/// An answer that is no TLS record at all is "corrupt" to rustls.
fn is_about_encryption(error: &ureq::Error, text: &str) -> bool {
    matches!(error, ureq::Error::Tls(_) | ureq::Error::Rustls(_)) || text.contains("received corrupt message")
}

/// rustls says "invalid peer certificate: …", also where it is wrapped as an I/O error.
fn is_about_trust(text: &str) -> bool {
    text.contains("certificate")
}

fn read_certificates(path: &Path) -> Result<Vec<Certificate<'static>>, Failure> {
    let content = read_at_most(path, LARGEST_CA_FILE)?;
    let unusable = || {
        Failure::usage(format!(
            "{} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----). Name the certificate of the authority \
             with --ca-file.",
            path.display()
        ))
    };
    let mut certificates = Vec::new();
    for item in parse_pem(&content) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| unusable())? {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() { Err(unusable()) } else { Ok(certificates) }
}
