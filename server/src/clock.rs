//! Time is handed in, never fetched: tests move it, and nothing can take a finer time than it was given.

use crate::domain::day::Day;
use jiff::{Timestamp, tz::TimeZone};

/// Where the service learns the time.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01T00:00:00Z. For mail batches, sessions and leases; never kept about a reporter.
    fn unix_seconds(&self) -> i64;

    /// The current day in the organisation's time zone: the finest time that is kept about a reporter.
    fn today(&self) -> Day;
}

/// The machine's clock, read in the organisation's time zone.
#[derive(Debug, Clone)]
pub struct SystemClock {
    zone: TimeZone,
}

impl SystemClock {
    /// A clock whose days begin at midnight in `zone`.
    pub fn new(zone: TimeZone) -> Self {
        Self { zone }
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn unix_seconds(&self) -> i64 {
        Timestamp::now().as_second()
    }

    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn today(&self) -> Day {
        Day::from_civil(Timestamp::now().to_zoned(self.zone.clone()).date())
    }
}
