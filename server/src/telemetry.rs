//! Logging to standard error, and the counts that stand in for a log of reporters' requests. What is never logged, and
//! why, is in docs/logging.md.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts logging at `level` (error, warn, info or debug). Only our own lines are let through: a library cannot be
/// trusted to leave out what exposes a reporter. A panic is logged by place alone, since its message may quote data.
pub fn start(level: &str, format: LogFormat) {
    let filter = EnvFilter::new(format!("off,candor={level}"));
    // A log that cannot be written (a full disk) must not take the service with it: the complaint about it would be
    // written to the same place, and fail with a panic.
    let builder = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal());
    // A second call (several services in one test process) keeps the first subscriber.
    let _ = match format {
        LogFormat::Text => builder.compact().try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "internal error");
    }));
}

/// Counts of reporters' requests since they were last written out.
#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<(String, u16), u64>>);

impl Tally {
    /// Counts one request.
    pub fn count(&self, route: &str, status: u16) {
        if let Ok(mut counts) = self.0.lock() {
            *counts.entry((route.to_owned(), status)).or_default() += 1;
        }
    }

    /// Logs the counts and begins anew. Called once a day.
    pub fn write_out(&self) {
        let Ok(mut counts) = self.0.lock() else { return };
        for ((route, status), requests) in std::mem::take(&mut *counts) {
            tracing::info!(route, status, requests, "reporter pages, one day");
        }
    }
}
