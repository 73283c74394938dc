//! What happens by itself: every minute the database's journal is emptied, so that what was deleted does not live on in
//! it; once a day the counts of reporters' requests are written to the log and begin anew.

use crate::clock::Clock;
use crate::store::Store;
use crate::telemetry::Tally;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The day is looked at as often, so that a clock that jumps or a machine that slept does no harm.
const EVERY: Duration = Duration::from_mins(1);

/// Runs until `stop` turns true. Counts of a day that is not over are dropped then: written out at each restart, they
/// would be finer than the day.
pub async fn run_forever(
    store: Store,
    clock: Arc<dyn Clock>,
    tally: Arc<Tally>,
    mut stop: watch::Receiver<bool>,
) {
    let mut day = clock.today();
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
        store.empty_journal().await;
        let today = clock.today();
        if today != day {
            day = today;
            tally.write_out();
        }
    }
}
