//! Putting the service together: one path for `serve`, for `demo` and for the tests.

mod background;

use crate::blobs::{BlobError, Blobs};
use crate::clock::Clock;
use crate::config::Config;
use crate::config::record_key::RecordKeyFileError;
use crate::config::{MailTransport, SmtpTls};
use crate::mail::{self, Mailer, NoticeTemplate, SmtpSettings};
use crate::store::{OpenError, Store};
use crate::telemetry::Tally;
use crate::web::flood::{self, FloodGuard, FloodLimits};
use crate::web::headers::{self, HeaderPolicy};
use crate::web::reporter::pages::Site;
use crate::web::reporter::record::RecordPages;
use crate::web::reporter::static_pages::StaticPages;
use crate::web::{self, AppState};
use crate::web::{request_head, request_log};
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web as actix};
use background::Background;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs::DirBuilder;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpSocket;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

/// Time that open requests get to finish after the service was asked to stop, in seconds.
const FINISHING_SECONDS: u64 = 30;

/// Open files that are not connections: database, pipes, libraries, mail.
const FILES_FOR_ALL_ELSE: usize = 128;

/// Connections that may wait to be accepted.
const LONGEST_QUEUE: u32 = 1024;

/// Why the service could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The data folder.
    #[error("the data folder {folder} cannot be created or written: {source}")]
    DataFolder {
        /// Where it should be.
        folder: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The folder for the contents of attachments.
    #[error("the folder for attachments in {0} cannot be created or written")]
    Files(String),
    /// It can be read and not written.
    #[error("the database cannot be written: is its disk full, or another service running on it?")]
    NotWritable,
    /// The files of another database.
    #[error(
        "The files in {0}/blobs belong to another database than the one that database.url names. Nothing was touched. \
         Name the database that these files came with, or another storage.data_dir."
    )]
    OtherFiles(String),
    /// The address to listen on.
    #[error(
        "cannot listen on {address}: {source}. Is another program using it? Choose another with server.listen"
    )]
    Listen {
        /// The configured address.
        address: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The key that signs the record.
    #[error(transparent)]
    RecordKey(#[from] RecordKeyFileError),
    /// Mail.
    #[error("mail cannot be set up: {0}")]
    Mail(String),
}

/// A running service.
pub struct Application {
    server: Server,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    background: Vec<JoinHandle<()>>,
    /// The database, for tests and for the demonstration's sample cases.
    pub store: Store,
    /// Object storage, for the same.
    pub blobs: Blobs,
}

impl Application {
    /// Opens the database, binds the port and starts the outbox.
    ///
    /// # Errors
    /// [`StartError`], with a sentence for the operator.
    pub async fn build(
        config: &Config,
        mailer: Mailer,
        clock: Arc<dyn Clock>,
        demo: bool,
    ) -> Result<Self, StartError> {
        let folder = config.data_dir();
        make_data_folder(folder)?;
        let listener = listen(config.server.listen)
            .map_err(|source| StartError::Listen { address: config.server.listen.to_string(), source })?;
        let address = listener.local_addr().unwrap_or(config.server.listen);
        let public_url = reached_at(&config.server.public_url, address);
        let store = Store::open(config.database_url()).await?;
        let blobs = open_blobs(folder, &store, clock.clone()).await?;
        let recipients = config.recipients();
        let record_key = Arc::new(config.record_key_or_fresh()?);
        let wake_outbox = Arc::new(Notify::new());
        let batch_seconds = i64::from(config.mail.interval_minutes) * 60;
        let state = actix::Data::new(AppState {
            site: Site {
                organisation: config.organisation.name.clone(),
                leave_url: config.organisation.leave_url.clone(),
                onion_url: config.server.onion_url.clone(),
                demo,
                public_url: public_url.clone(),
            },
            recipients: recipients.clone(),
            store: store.clone(),
            blobs: blobs.clone(),
            largest_file: u64::from(config.storage.largest_file_mib) * 1024 * 1024,
            most_files: config.storage.most_files,
            clock: clock.clone(),
            calendar: config.working_days(),
            record_key: record_key.public_key(),
            wake_outbox: wake_outbox.clone(),
            mail_transport: config.mail.transport.code(),
            batch_seconds,
        });
        let pages = actix::Data::new(StaticPages::render(&state));
        let record_pages = actix::Data::new(RecordPages::default());
        let policy = actix::Data::new(HeaderPolicy {
            tls: config.server.public_url.starts_with("https://"),
            onion_url: config.server.onion_url.as_deref().and_then(|url| url.parse().ok()),
        });
        let tally = actix::Data::new(Tally::default());
        let guard = actix::Data::new(FloodGuard::new(&flood_limits(config), clock.clone()));
        let server = {
            let (tally, guard, door) = (tally.clone(), guard.clone(), guard.clone());
            HttpServer::new(move || {
                App::new()
                    .app_data(state.clone())
                    .app_data(pages.clone())
                    .app_data(record_pages.clone())
                    .app_data(policy.clone())
                    .app_data(tally.clone())
                    .app_data(guard.clone())
                    .configure(web::routes)
                    .wrap(from_fn(headers::add))
                    .wrap(from_fn(request_log::record))
                    .wrap(from_fn(flood::bound))
                    .wrap(from_fn(request_head::detach))
                    .wrap(from_fn(flood::replace_address))
            })
            .on_connect(move |connection, data| flood::admit(&door, connection, data))
        };
        let workers = match config.server.workers {
            0 => std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            workers => workers,
        };
        let server = server
            .workers(workers)
            .shutdown_timeout(FINISHING_SECONDS)
            .client_request_timeout(Duration::from_secs(30))
            .disable_signals()
            .listen(listener)
            .map_err(|source| StartError::Listen { address: address.to_string(), source })?;
        let template = NoticeTemplate::new(&config.mail.from, &public_url, config.mail.interval_minutes)
            .map_err(|error| StartError::Mail(error.to_string()))?;
        let (stop, stopped) = watch::channel(false);
        let background = Background {
            store: store.clone(),
            blobs: blobs.clone(),
            clock,
            mailer,
            template,
            recipients,
            auditor: config.mail.auditor.clone(),
            record_key,
            wake_outbox,
            tally: tally.into_inner(),
            guard: guard.into_inner(),
            calendar: config.working_days(),
            reminders: config.mail.reminders,
        }
        .start(&stopped);
        Ok(Self { server: server.run(), address, stop, background, store, blobs })
    }

    /// Where it listens; with port 0 configured, the port that the system chose.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until a termination signal comes or `until` is ready, then finishes what is open.
    ///
    /// # Errors
    /// The listener's failure.
    pub async fn run_until(self, until: impl Future<Output = ()>) -> std::io::Result<()> {
        let handle = self.server.handle();
        let mut server = tokio::spawn(self.server);
        let result = tokio::select! {
            ended = &mut server => ended.unwrap_or(Ok(())),
            () = until => {
                handle.stop(true).await;
                server.await.unwrap_or(Ok(()))
            }
        };
        let _ = self.stop.send(true);
        for task in self.background {
            let _ = tokio::time::timeout(Duration::from_secs(5), task).await;
        }
        self.store.empty_journal().await;
        result
    }
}

/// The files of this very database: what it does not name is swept away from here on.
async fn open_blobs(folder: &Path, store: &Store, clock: Arc<dyn Clock>) -> Result<Blobs, StartError> {
    let name = folder.display().to_string();
    let blobs = Blobs::local(folder, clock).map_err(|_| StartError::Files(name.clone()))?;
    let installation = store.installation().await.map_err(|_| StartError::NotWritable)?;
    blobs.belong_to(installation).await.map_err(|error| match error {
        BlobError::Foreign => StartError::OtherFiles(name),
        _ => StartError::Files(name),
    })?;
    Ok(blobs)
}

fn make_data_folder(folder: &Path) -> Result<(), StartError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|source| StartError::DataFolder { folder: folder.display().to_string(), source })
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LONGEST_QUEUE)?.into_std()
}

fn flood_limits(config: &Config) -> FloodLimits {
    const MIB: u64 = 1024 * 1024;
    let limits = &config.limits;
    FloodLimits {
        form_bytes: u64::from(limits.forms_mib) * MIB,
        arriving_forms: limits.arriving_forms,
        connections: connections_possible(limits.connections),
        reports_per_minute: limits.reports_per_minute.into(),
        work_bits: limits.work_bits,
        sign_ins_per_minute: limits.sign_ins_per_minute.into(),
        free_disk_bytes: u64::from(limits.free_disk_mib) * MIB,
        database_bytes: u64::from(limits.database_mib) * MIB,
        folder: config.data_dir().to_owned(),
        database: config.database_file(),
    }
}

/// Raises the limit of open files as far as it goes, and answers how many of the connections that are `wanted` it has
/// room for.
fn connections_possible(wanted: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    // Where it cannot be raised, it stays as it was.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    getrlimit(Resource::Nofile).current.map_or(wanted, |files| {
        wanted.min(usize::try_from(files).unwrap_or(usize::MAX).saturating_sub(FILES_FOR_ALL_ELSE))
    })
}

/// The address that pages and notices name: the configured one, with the port that the system chose where it was left
/// to it.
fn reached_at(public_url: &str, address: SocketAddr) -> String {
    match public_url.strip_suffix(":0") {
        Some(host) => format!("{host}:{}", address.port()),
        None => public_url.to_owned(),
    }
}

/// The way out for notices that the configuration names.
///
/// # Errors
/// [`StartError::Mail`] with a sentence.
pub fn mailer(config: &Config) -> Result<Mailer, StartError> {
    let smtp = &config.mail.smtp;
    match config.mail.transport {
        MailTransport::Folder => Ok(Mailer::folder(config.mail.folder.clone())),
        MailTransport::Memory => Ok(Mailer::memory()),
        MailTransport::Smtp => Mailer::smtp(SmtpSettings {
            host: smtp.host.clone(),
            port: smtp.port,
            tls: match smtp.tls {
                SmtpTls::Starttls => mail::SmtpTls::StartTls,
                SmtpTls::Tls => mail::SmtpTls::Tls,
                SmtpTls::None => mail::SmtpTls::None,
            },
            username: smtp.username.clone(),
            password: smtp.password.as_ref().map(|password| Zeroizing::new(password.expose().to_owned())),
            ca_file: smtp.ca_file.clone(),
            timeout: Duration::from_secs(smtp.timeout_seconds.into()),
        })
        .map_err(|error| StartError::Mail(error.to_string())),
    }
}

/// Ready when the process is asked to end (SIGTERM or SIGINT).
pub async fn termination() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        // Without handlers the signals end the process at once, which the store survives.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
}
