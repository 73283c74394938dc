//! Work that nobody waits for. Each job does one round at a time and says what came of it, so that tests can drive it.

pub mod outbox;
pub mod record;
pub mod reminders;
pub mod sweep;
pub mod upkeep;

/// What a round of a job came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There was nothing to do.
    Nothing,
    /// This many were done, and none failed.
    Done(usize),
    /// Something failed and will be tried again later; others may have been done.
    Retry,
}
