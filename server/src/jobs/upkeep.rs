//! What happens by itself: every second the database's journal is moved into the database, so that no reporter waits for
//! it; every minute it is emptied, so that what was deleted does not live on in it; once a day the counts of reporters' requests are written to the log and begin anew.

use crate::clock::Clock;
use crate::store::Store;
use crate::telemetry::Tally;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The day is looked at as often, so that a clock that jumps or a machine that slept does no harm.
const EVERY: Duration = Duration::from_secs(1);

/// The journal is emptied each time this many rounds have passed.
const EMPTYING: u32 = 60;

/// Runs until `stop` turns true. Counts of a day that is not over are dropped then: written out at each restart, they
/// would be finer than the day.
pub async fn run_forever(
    store: Store,
    clock: Arc<dyn Clock>,
    tally: Arc<Tally>,
    mut stop: watch::Receiver<bool>,
) {
    let mut day = clock.today();
    let mut round = 0;
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
        round = (round + 1) % EMPTYING;
        if round == 0 {
            store.empty_journal().await;
        } else {
            store.move_journal().await;
        }
        let today = clock.today();
        if today != day {
            day = today;
            tally.write_out();
        }
    }
}
