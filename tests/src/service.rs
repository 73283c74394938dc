//! The real application in this process, on a port of its own, with a clock that tests move.

use candor::clock::Clock;
use candor::config::Config;
use candor::domain::day::Day;
use candor::mail::Mailer;
use candor::startup::Application;
use candor::store::Store;
use candor_crypto::{PrivateKey, PublicKey};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A clock that stands still until a test moves it. Begins at noon (UTC) on 23 November 2026.
#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(20_780 * 86_400 + 43_200)))
    }
}

impl TestClock {
    /// Moves it on by `seconds`.
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn unix_seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn today(&self) -> Day {
        Day::from_number(self.unix_seconds() / 86_400)
    }
}

/// A recipient of a test service, with the private key that the service never sees.
pub struct Role {
    /// The id in the configuration.
    pub id: &'static str,
    /// The private key.
    pub key: PrivateKey,
    /// The file that holds it, as stock `age` reads it.
    pub key_file: PathBuf,
}

/// How a test service differs from the usual one.
pub struct Setup {
    /// Recipients as (id, kind, title, has a key).
    pub recipients: Vec<(&'static str, &'static str, &'static str, bool)>,
    /// Further lines of configuration, before the recipients.
    pub settings: String,
    /// Further lines of the section `[storage]`.
    pub storage: String,
    /// Where mail goes.
    pub mailer: Mailer,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            recipients: vec![
                ("chair", "committee", "Audit Committee chair", true),
                ("alternate", "committee", "Audit Committee alternate", true),
                ("compliance", "compliance", "Compliance Office", true),
                ("supervisor", "supervisor", "Supervisor, Finance", true),
                ("counsel", "counsel", "Outside counsel", true),
            ],
            settings:
                "[mail]\ninterval_minutes = 0\nfrom = \"reports@example.com\"\ntransport = \"memory\"\n"
                    .to_owned(),
            storage: String::new(),
            mailer: Mailer::memory(),
        }
    }
}

/// A running service.
pub struct Service {
    /// `http://127.0.0.1:PORT`
    pub url: String,
    /// Moves its time.
    pub clock: TestClock,
    /// Its recipients.
    pub roles: Vec<Role>,
    /// Its database.
    pub store: Store,
    /// Where its mail goes.
    pub mailer: Mailer,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Service {
    /// The usual service: chair, alternate, Compliance Office, one supervisor, outside counsel; all have keys; mail is
    /// kept in memory and sent at once.
    pub fn start() -> Self {
        Self::start_with(Setup::default())
    }

    /// A service that differs.
    pub fn start_with(setup: Setup) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let mut text = format!(
            "{}\n[organisation]\nname = \"Example Corporation\"\n[storage]\ndata_dir = \"data\"\n{}\n\
             [server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1\"\nworkers = 2\n",
            setup.settings, setup.storage
        );
        let mut roles = Vec::new();
        for (id, kind, title, has_key) in setup.recipients {
            let key = PrivateKey::generate();
            let key_file = folder.path().join(format!("{id}.key"));
            std::fs::write(&key_file, candor_crypto::keyfile::plain(&key, "2026-11-23").as_bytes())
                .expect("a key file");
            write!(text, "[[recipients]]\nid = \"{id}\"\nkind = \"{kind}\"\ntitle = \"{title}\"\nemail = \"{id}@example.com\"\n")
                .expect("text");
            if has_key {
                writeln!(text, "public_key = \"{}\"", key.public_key().as_str()).expect("text");
            }
            roles.push(Role { id, key, key_file });
        }
        let file = folder.path().join("candor.toml");
        std::fs::write(&file, text).expect("a configuration");
        let config = Config::load(Some(&file), std::iter::empty()).expect("the test configuration loads");
        let clock = TestClock::default();
        let (ready, wait) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = {
            let (clock, mailer) = (clock.clone(), setup.mailer.clone());
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_multi_thread()
                    .worker_threads(2)
                    .enable_all()
                    .build()
                    .expect("a runtime");
                runtime.block_on(async move {
                    let application = Application::build(&config, mailer, Arc::new(clock), false)
                        .await
                        .expect("the service starts");
                    let address = application.address();
                    ready.send((address, application.store.clone())).expect("the test waits");
                    application
                        .run_until(async {
                            let _ = stopped.await;
                        })
                        .await
                        .expect("the service ends well");
                });
            })
        };
        let (address, store) = wait.recv().expect("the service starts");
        Self {
            url: format!("http://{address}"),
            clock,
            roles,
            store,
            mailer: setup.mailer,
            folder,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// The private key of a role.
    pub fn key(&self, id: &str) -> &PrivateKey {
        &self.role(id).key
    }

    /// A role.
    pub fn role(&self, id: &str) -> &Role {
        self.roles.iter().find(|role| role.id == id).expect("a role of this service")
    }

    /// The public key of a role.
    pub fn public_key(&self, id: &str) -> PublicKey {
        self.key(id).public_key()
    }

    /// The folder with everything the service keeps.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The test's own folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
