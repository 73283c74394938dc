//! What runs beside the pages, until the service stops.

use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::domain::calendar::WorkingDays;
use crate::domain::recipient::Recipients;
use crate::jobs::{self, outbox::Outbox};
use crate::mail::{Mailer, NoticeTemplate};
use crate::store::Store;
use crate::telemetry::Tally;
use crate::web::flood::FloodGuard;
use candor_crypto::record::RecordKey;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// The limits are looked after as often.
const LIMITS_EVERY: Duration = Duration::from_secs(5);

/// What the jobs work on.
pub(super) struct Background {
    pub(super) store: Store,
    pub(super) blobs: Blobs,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) mailer: Mailer,
    pub(super) template: NoticeTemplate,
    pub(super) recipients: Recipients,
    /// Who gets the heads of the record.
    pub(super) auditor: Option<String>,
    pub(super) record_key: Arc<RecordKey>,
    /// Told when a notice was written.
    pub(super) wake_outbox: Arc<Notify>,
    pub(super) tally: Arc<Tally>,
    pub(super) guard: Arc<FloodGuard>,
    pub(super) calendar: WorkingDays,
    pub(super) reminders: bool,
}

impl Background {
    /// Starts all jobs. They end when `stopped` turns true.
    pub(super) fn start(self, stopped: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
        let Self { store, blobs, clock, wake_outbox, auditor, .. } = self;
        let reminders = self.reminders.then(|| {
            tokio::spawn(jobs::reminders::run_forever(
                store.clone(),
                self.recipients.clone(),
                self.calendar.clone(),
                clock.clone(),
                wake_outbox.clone(),
                stopped.clone(),
            ))
        });
        let mut jobs = vec![
            tokio::spawn(jobs::record::run_forever(
                store.clone(),
                self.record_key,
                auditor.is_some(),
                self.calendar,
                clock.clone(),
                wake_outbox.clone(),
                stopped.clone(),
            )),
            tokio::spawn(jobs::sweep::run_forever(store.clone(), blobs, clock.clone(), stopped.clone())),
            tokio::spawn(jobs::upkeep::run_forever(
                store.clone(),
                clock.clone(),
                self.tally,
                stopped.clone(),
            )),
            tokio::spawn(watch_limits(self.guard, stopped.clone())),
            tokio::spawn({
                let (mailer, template, recipients, stopped) =
                    (self.mailer, self.template, self.recipients, stopped.clone());
                async move {
                    let mut rng = StdRng::from_rng(&mut rand::rng());
                    Outbox::new(&store, &mailer, &template, &recipients, clock.as_ref())
                        .with_auditor(auditor)
                        .run_forever(&mut rng, &wake_outbox, stopped)
                        .await;
                }
            }),
        ];
        jobs.extend(reminders);
        jobs
    }
}

/// Forgets who sent what when the hour is over, and tells the operator when there is no room for new reports. From here
/// and not from a request: the time of the line says nothing about a reporter.
async fn watch_limits(guard: Arc<FloodGuard>, mut stop: watch::Receiver<bool>) {
    let mut refusing = false;
    loop {
        guard.pass_time();
        let has_room = guard.has_room();
        if !refusing && !has_room {
            tracing::error!(
                "new reports are refused: the limits leave no room for them (limits.free_disk_mib, limits.database_mib)"
            );
        } else if refusing && has_room {
            tracing::info!("new reports are taken again");
        }
        refusing = !has_room;
        tokio::select! {
            () = tokio::time::sleep(LIMITS_EVERY) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}
