//! A real mail server for the tests: `tests/smtp/server.py` on a port of its own, well-behaved or not.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Protection that the server offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerTls {
    /// None.
    None,
    /// STARTTLS, and nothing without it.
    StartTls,
    /// TLS from the first byte.
    Tls,
}

/// How to start a server. `trouble` is one of the names in `server.py` and lasts for the first `times` connections.
pub struct ServerSettings<'a> {
    /// Protection offered.
    pub tls: ServerTls,
    /// Certificates, needed for TLS.
    pub certificates: Option<&'a Certificates>,
    /// What goes wrong.
    pub trouble: &'a str,
    /// For how many connections.
    pub times: u32,
    /// User name and password that it insists on.
    pub sign_in: Option<(&'a str, &'a str)>,
    /// Port to listen on; 0 lets the system choose.
    pub port: u16,
}

impl Default for ServerSettings<'_> {
    fn default() -> Self {
        Self {
            tls: ServerTls::None,
            certificates: None,
            trouble: "none",
            times: u32::MAX,
            sign_in: None,
            port: 0,
        }
    }
}

/// A running mail server; it ends when dropped.
pub struct SmtpServer {
    process: Child,
    port: u16,
    folder: TempDir,
}

/// What the server took.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The name the client greeted with.
    pub greeting: String,
    /// Envelope sender.
    pub from: String,
    /// Envelope recipients.
    pub to: Vec<String>,
    /// Whether the connection was encrypted.
    pub tls: bool,
    /// Who signed in.
    pub user: Option<String>,
    /// Headers and body.
    pub message: String,
}

impl Arrival {
    /// The value of a header that stands on one line.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.message.split_once("\r\n\r\n")?;
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl SmtpServer {
    /// Starts a server and waits until it listens.
    pub fn start(settings: &ServerSettings) -> Self {
        let folder = tempfile::tempdir().expect("a folder for what arrives");
        let mut command = Command::new(python());
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("smtp/server.py"))
            .arg("--folder")
            .arg(folder.path())
            .args(["--port", &settings.port.to_string()])
            .args(["--trouble", settings.trouble])
            .args(["--times", &settings.times.to_string()])
            .arg("--tls")
            .arg(match settings.tls {
                ServerTls::None => "none",
                ServerTls::StartTls => "starttls",
                ServerTls::Tls => "tls",
            })
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if let Some(certificates) = settings.certificates {
            command.arg("--certificate").arg(certificates.path("server.pem"));
            command.arg("--key").arg(certificates.path("server.key"));
        }
        if let Some((user, password)) = settings.sign_in {
            command.args(["--user", user, "--password", password]);
        }
        let mut process =
            command.spawn().expect("python with aiosmtpd: run `make tools` or set CANDOR_TEST_PYTHON");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("its output can be read");
        let port = line.trim().strip_prefix("port ").and_then(|port| port.parse().ok());
        let port =
            port.expect("the mail server starts: is aiosmtpd installed (tests/smtp/requirements.txt)?");
        Self { process, port, folder }
    }

    /// The port it listens on, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it took so far, in order.
    pub fn arrivals(&self) -> Vec<Arrival> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (0..)
            .map_while(|number| fs::read(self.folder.path().join(format!("{number}.json"))).ok())
            .map(|bytes| serde_json::from_slice::<Value>(&bytes).expect("the server writes JSON"))
            .map(|record| Arrival {
                greeting: text(&record["greeting"]),
                from: text(&record["from"]),
                to: record["to"].as_array().into_iter().flatten().map(text).collect(),
                tls: record["tls"].as_bool().unwrap_or_default(),
                user: record["user"].as_str().map(str::to_owned),
                message: text(&record["message"]),
            })
            .collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn python() -> PathBuf {
    std::env::var_os("CANDOR_TEST_PYTHON").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test-venv/bin/python"),
        PathBuf::from,
    )
}

/// A certificate authority made for one test, and a server certificate for `localhost` that it signed.
pub struct Certificates {
    folder: TempDir,
}

impl Certificates {
    /// Makes them with the `openssl` command.
    pub fn make() -> Self {
        let folder = tempfile::tempdir().expect("a folder for certificates");
        let openssl = |arguments: &str| {
            let output = Command::new("openssl")
                .args(arguments.split_whitespace())
                .current_dir(folder.path())
                .output()
                .expect("openssl is installed");
            assert!(
                output.status.success(),
                "openssl {arguments}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        };
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        openssl(&format!("req -x509 {key} -days 2 -subj /CN=Test-CA -keyout ca.key -out ca.pem"));
        openssl(&format!("req {key} -subj /CN=localhost -keyout server.key -out server.csr"));
        fs::write(
            folder.path().join("server.ext"),
            "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n",
        )
        .expect("the folder can be written");
        openssl(
            "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile server.ext -out server.pem",
        );
        Self { folder }
    }

    /// The authority's certificate: what `mail.smtp.ca_file` names.
    pub fn authority(&self) -> PathBuf {
        self.path("ca.pem")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
