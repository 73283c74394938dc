//! Closes days: what happened on a day that has ended enters the record, with every deadline that was missed by then.

use super::Outcome;
use crate::clock::Clock;
use crate::domain::Day;
use crate::domain::calendar::WorkingDays;
use crate::domain::record::compose;
use crate::domain::record::missed::{Happened, missed};
use crate::randomness;
use crate::store::{Store, StoreError};
use candor_crypto::record::{GrowingTree, RecordKey};
use rand::{CryptoRng, Rng};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

/// The day is looked at as often, so that a clock that jumps or a machine that slept does no harm.
const EVERY: Duration = Duration::from_secs(5);
/// Seconds from when a new day is noticed until the old one is closed: what was begun before midnight has long been
/// written by then.
const GRACE: i64 = 10 * 60;
/// Cases looked at in one go.
const PAGE: u32 = 500;

/// The job, with what it works on.
pub struct Record<'a> {
    /// The database.
    pub store: &'a Store,
    /// Signs heads.
    pub key: &'a RecordKey,
    /// Whether heads are mailed to an auditor.
    pub mail: bool,
    /// On which days people work: some deadlines count these.
    pub calendar: &'a WorkingDays,
}

impl Record<'_> {
    /// Closes the days before `today` that are not closed yet, as one. Running it again changes nothing, and of several
    /// servers one does it. [`Outcome::Retry`] means that something was written meanwhile that belongs to a day to be
    /// closed.
    ///
    /// # Errors
    /// [`StoreError`] if the database failed; then the record stands as it stood.
    pub async fn run_once<R: Rng + CryptoRng>(&self, today: Day, rng: &mut R) -> Result<Outcome, StoreError> {
        let Self { store, key, mail, .. } = *self;
        let day = today.plus_days(-1);
        let last = store.last_head().await?.map(|signed| signed.head);
        if last.as_ref().is_some_and(|last| last.day >= day) {
            return Ok(Outcome::Nothing);
        }
        // One that was closed before ended before the one after it began.
        let since = last.as_ref().map_or(Day::from_number(i64::MIN), |last| last.day);
        self.note_missed(since, day).await?;
        let entries = store.events_to_enter(day).await?;
        let count = entries.len();
        let size = last.as_ref().map_or(0, |last| last.size);
        let tree = GrowingTree::new(size, store.nodes_to_grow(size).await?).ok_or(StoreError::Damaged)?;
        let batch = compose(tree, entries, store.installation().await?, day, last.as_ref(), rng);
        let signature = key.sign(&batch.head.text());
        match store.enter(batch, signature, mail).await {
            Ok(()) => Ok(Outcome::Done(count)),
            Err(StoreError::Conflict) => Ok(Outcome::Retry),
            Err(error) => Err(error),
        }
    }

    async fn note_missed(&self, since: Day, day: Day) -> Result<(), StoreError> {
        let mut after = Uuid::nil();
        loop {
            let cases = self.store.cases_that_may_owe(since, after, PAGE).await?;
            let Some(last) = cases.last() else { return Ok(()) };
            after = last.0;
            for (case, kind) in cases {
                let events = self.store.events(case).await?;
                let happened: Vec<_> = events
                    .iter()
                    .map(|event| Happened { day: event.day, kind: &event.kind, detail: &event.detail })
                    .collect();
                let known = |missed: &String| {
                    events.iter().any(|event| event.kind == "missed" && event.detail == *missed)
                };
                let missed: Vec<_> = missed(kind, &happened, day, self.calendar)
                    .iter()
                    .map(ToString::to_string)
                    .filter(|missed| !known(missed))
                    .collect();
                if !missed.is_empty() {
                    self.store.note_missed(case, missed, day).await?;
                }
            }
        }
    }
}

/// Closes days until `stop` turns true. `wake` is told when a head waits to be mailed.
pub async fn run_forever(
    store: Store,
    key: Arc<RecordKey>,
    mail: bool,
    calendar: WorkingDays,
    clock: Arc<dyn Clock>,
    wake: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) {
    let job = Record { store: &store, key: &key, mail, calendar: &calendar };
    let mut noticed = (clock.today(), clock.unix_seconds());
    let mut closed_before = None;
    let mut failing = false;
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
        let today = clock.today();
        if today != noticed.0 {
            noticed = (today, clock.unix_seconds());
        }
        if closed_before == Some(today) || clock.unix_seconds() - noticed.1 < GRACE {
            continue;
        }
        match job.run_once(today, &mut randomness::system()).await {
            Ok(Outcome::Retry) => {}
            Ok(_) => {
                closed_before = Some(today);
                failing = false;
                wake.notify_one();
            }
            Err(error) => {
                if !failing {
                    tracing::error!(%error, "the day could not be entered into the record; it is tried again");
                }
                failing = true;
            }
        }
    }
}
