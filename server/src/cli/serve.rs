//! `candor serve`.

use super::config_check::print_findings;
use crate::clock::SystemClock;
use crate::config::{self, Config};
use crate::confinement::Confinement;
use crate::startup::{Application, mailer, termination};
use crate::telemetry::{self, LogFormat};
use anyhow::{Context, bail};
use clap::Args;
use std::fs::DirBuilder;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Arguments of `candor serve`.
#[derive(Args)]
#[command(
    after_help = "Every setting can also come from the environment: CANDOR_SERVER__LISTEN sets server.listen. \
                        Write a configuration with `candor init`, look at it with `candor config check`."
)]
pub struct ServeArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE", env = "CANDOR_CONFIG")]
    config: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// A sentence that says why the service cannot start.
pub fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    let config = Config::load(Some(&args.config), std::env::vars_os())?;
    let findings = config.check();
    print_findings(&findings);
    if !findings.errors.is_empty() {
        bail!("the configuration {} is not fit to serve with (see above)", args.config.display());
    }
    start_logging(&config);
    keep_files_private();
    confine(&config);
    block_on(async move {
        let application = build(&config, false).await?;
        announce(&application)?;
        application.run_until(termination()).await.context("the service stopped")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Starts logging as configured.
pub(super) fn start_logging(config: &Config) {
    let format = match config.log.format {
        config::LogFormat::Text => LogFormat::Text,
        config::LogFormat::Json => LogFormat::Json,
    };
    telemetry::start(config.log.level.as_str(), format);
}

/// Makes everything the service writes readable by its own account alone.
pub(super) fn keep_files_private() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Gives up what the service does not need. To be called before the runtime starts its threads.
pub(super) fn confine(config: &Config) {
    let folders = config.writable_folders();
    for folder in &folders {
        // Where this fails, putting the service together says why.
        let _ = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    }
    // Certificates of mail servers may be kept apart from the system's.
    let named = ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter().filter_map(std::env::var_os).map(PathBuf::from);
    let readable: Vec<PathBuf> = config.mail.smtp.ca_file.iter().cloned().chain(named).collect();
    Confinement::enter(&folders, &readable).log();
}

/// Puts the service together on the machine's own clock.
pub(super) async fn build(config: &Config, demo: bool) -> anyhow::Result<Application> {
    let clock = Arc::new(SystemClock::new(config.time_zone()));
    Ok(Application::build(config, mailer(config)?, clock, demo).await?)
}

/// Says where the service listens, in the form that scripts wait for.
pub(super) fn announce(application: &Application) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on http://{}", application.address())?;
    Ok(out.flush()?)
}

/// Runs the service's main task. Pages are served by threads of their own; this one writes, mails and waits.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("the runtime cannot start")?
        .block_on(work)
}
