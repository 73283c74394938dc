//! Sends the notices that wait in the outbox. None is dropped, whatever the mail server does; each goes once as far as
//! e-mail can promise that, and a second copy, where a server took the first without saying so, has the same Message-ID.

use super::Outcome;
use crate::clock::Clock;
use crate::domain::recipient::Recipients;
use crate::mail::{Mailer, Notice, NoticeError, NoticeTemplate, Reason, SendError};
use crate::store::{Claimed, Store, StoreError};
use futures_util::{StreamExt, stream};
use rand::Rng;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};
use uuid::{Builder, Uuid};

/// How long a claim outlives the longest delivery, in seconds: what a killed server held comes back after that.
const LEASE: i64 = 120;
/// Deliveries under way at once: one recipient's slow mail server does not hold up the others for long.
const AT_ONCE: usize = 4;
/// The pause after a first failure and the longest one, in seconds.
const FIRST_PAUSE: i64 = 60;
const LONGEST_PAUSE: i64 = 3600;
/// How often an accepted notice is tried to be deleted before it is left to its lease, and the first pause between.
const DELETE_TRIES: u32 = 6;
const DELETE_PAUSE: Duration = Duration::from_millis(100);

/// The longest sleep: other servers on the same database cannot wake this one.
const IDLE: Duration = Duration::from_mins(1);
/// The pause after a round that found nothing or could not use the database.
const SETTLE: Duration = Duration::from_secs(5);
/// Reports that come in a burst are waited for and share an e-mail; and the e-mail does not follow on the heels of one.
const GATHER: Duration = Duration::from_millis(500);
/// How long deliveries under way are waited for at shutdown. What is cut off goes again after its lease.
const GRACE: Duration = Duration::from_secs(4);

/// The job that sends notices, with what it works on.
pub struct Outbox<'a> {
    store: &'a Store,
    mailer: &'a Mailer,
    template: &'a NoticeTemplate,
    recipients: &'a Recipients,
    clock: &'a dyn Clock,
    /// Who gets the heads of the record.
    auditor: Option<String>,
    /// Recipients about whom a warning was logged, so that it is logged once.
    warned: Mutex<HashSet<String>>,
    failing: AtomicBool,
}

/// What became of one recipient's notices.
enum Delivery {
    Sent,
    /// Will be tried again.
    Failed,
    /// Nobody to send to, or no time left in the claim.
    Kept,
}

impl<'a> Outbox<'a> {
    /// The job for these recipients.
    pub fn new(
        store: &'a Store,
        mailer: &'a Mailer,
        template: &'a NoticeTemplate,
        recipients: &'a Recipients,
        clock: &'a dyn Clock,
    ) -> Self {
        Self {
            store,
            mailer,
            template,
            recipients,
            clock,
            auditor: None,
            warned: Mutex::new(HashSet::new()),
            failing: AtomicBool::new(false),
        }
    }

    /// The same, which mails the heads of the record to this address.
    #[must_use]
    pub fn with_auditor(mut self, auditor: Option<String>) -> Self {
        self.auditor = auditor;
        self
    }

    /// Sends all that is due, one e-mail for each recipient. `rng` spreads the times of further tries, so that several
    /// servers do not come back in step.
    ///
    /// # Errors
    /// [`StoreError`] if the database failed. Nothing is lost: what was claimed comes back when its lease ends.
    pub async fn run_once<R: Rng>(&self, rng: &mut R) -> Result<Outcome, StoreError> {
        let now = self.clock.unix_seconds();
        let lease_until = now + LEASE + self.longest_send();
        let claims = self.store.claim_due_notices(now, lease_until).await?;
        if claims.is_empty() {
            return Ok(Outcome::Nothing);
        }
        let claims: Vec<_> = claims.into_iter().map(|claimed| (claimed, rng.next_u32())).collect();
        let deliveries: Vec<_> = stream::iter(claims)
            .map(|(claimed, luck)| self.deliver(claimed, luck, lease_until))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let (mut sent, mut failed) = (0, false);
        // All are through before the first error is passed on.
        for delivery in deliveries {
            match delivery? {
                Delivery::Sent => sent += 1,
                Delivery::Failed => failed = true,
                Delivery::Kept => {}
            }
        }
        Ok(match (failed, sent) {
            (true, _) => Outcome::Retry,
            (false, 0) => Outcome::Nothing,
            (false, sent) => Outcome::Done(sent),
        })
    }

    /// Sends until `shutdown` says `true` or its sender is gone. `wake` is told when notices were written, so that
    /// those that are due at once go at once.
    pub async fn run_forever<R: Rng>(&self, rng: &mut R, wake: &Notify, mut shutdown: watch::Receiver<bool>) {
        let mut stopped = pin!(async move {
            // An error means that the sender is gone: the server is on its way out too.
            let _ = shutdown.wait_for(|stop| *stop).await;
        });
        loop {
            let pause = {
                let mut turn = pin!(self.turn(rng));
                tokio::select! {
                    biased;
                    () = &mut stopped => {
                        let _ = timeout(GRACE, turn).await;
                        return;
                    }
                    pause = &mut turn => pause,
                }
            };
            tokio::select! {
                biased;
                () = &mut stopped => return,
                () = sleep(pause) => {}
                () = wake.notified() => tokio::select! {
                    biased;
                    () = &mut stopped => return,
                    () = sleep(GATHER) => {}
                }
            }
        }
    }

    /// One round if something is due. Answers how long to sleep then.
    async fn turn<R: Rng>(&self, rng: &mut R) -> Duration {
        let result = match self.store.next_notice_due().await {
            Ok(None) => return IDLE,
            Ok(Some(due)) => match u64::try_from(due.saturating_sub(self.clock.unix_seconds())) {
                Ok(seconds @ 1..) => return Duration::from_secs(seconds).min(IDLE),
                Ok(0) | Err(_) => self.run_once(rng).await,
            },
            Err(error) => Err(error),
        };
        match result {
            Ok(Outcome::Done(_) | Outcome::Retry) => Duration::ZERO,
            // Somebody else had it, or the claim ran out of time.
            Ok(Outcome::Nothing) => SETTLE,
            Err(error) => {
                tracing::error!(%error, "notices cannot be read from or written to the database; they will be tried again");
                SETTLE
            }
        }
    }

    async fn deliver(&self, claimed: Claimed, luck: u32, lease_until: i64) -> Result<Delivery, StoreError> {
        let now = self.clock.unix_seconds();
        // Somebody else may claim it before this delivery could end.
        if now + self.longest_send() >= lease_until {
            return Ok(Delivery::Kept);
        }
        let Some(notice) = self.write(&claimed, now).await? else {
            self.warn_once(&claimed.recipient_id, "is not configured any more");
            self.store.postpone_notices(&claimed.row_ids, claimed.attempts, now + LONGEST_PAUSE).await?;
            return Ok(Delivery::Kept);
        };
        let sending = match notice {
            Ok(notice) => self.mailer.send(&notice).await,
            Err(_) => Err(SendError::Permanent(Reason::Address)),
        };
        match sending {
            Ok(()) => {
                if self.failing.swap(false, Ordering::Relaxed) {
                    tracing::info!("notices can be sent again");
                }
                self.delete(&claimed.row_ids).await?;
                Ok(Delivery::Sent)
            }
            Err(error) => {
                if error.reason() == Reason::Address {
                    self.warn_once(&claimed.recipient_id, "has no usable e-mail address");
                } else {
                    self.failing.store(true, Ordering::Relaxed);
                    let operator_needed = error.is_permanent();
                    tracing::warn!(reason = %error, operator_needed, "a notice could not be sent; it will be tried again");
                }
                let next_attempt = self.clock.unix_seconds() + pause(claimed.attempts, luck);
                self.store.postpone_notices(&claimed.row_ids, claimed.attempts + 1, next_attempt).await?;
                Ok(Delivery::Failed)
            }
        }
    }

    /// The notice that these rows make; `None` if there is nobody to send it to.
    async fn write(
        &self,
        claimed: &Claimed,
        now: i64,
    ) -> Result<Option<Result<Notice, NoticeError>>, StoreError> {
        let id = notice_id(&claimed.row_ids);
        if claimed.recipient_id.is_empty() {
            let Some(auditor) = &self.auditor else { return Ok(None) };
            let mut heads = Vec::with_capacity(claimed.heads.len());
            for day in &claimed.heads {
                heads.extend(self.store.head_of_day(*day).await?.map(|head| head.text()));
            }
            return Ok(Some(self.template.heads(auditor.trim(), id, now, &heads)));
        }
        let recipient = self.recipients.get(&claimed.recipient_id);
        Ok(recipient.map(|recipient| self.template.notice(&recipient.email, id, now)))
    }

    /// The notice is out: a database that is busy for a moment must not make it go out again.
    async fn delete(&self, row_ids: &[String]) -> Result<(), StoreError> {
        let mut pause = DELETE_PAUSE;
        for _ in 1..DELETE_TRIES {
            if self.store.finish_notices(row_ids).await.is_ok() {
                return Ok(());
            }
            sleep(pause).await;
            pause *= 2;
        }
        self.store.finish_notices(row_ids).await
    }

    fn longest_send(&self) -> i64 {
        // Rounded up to whole seconds.
        i64::try_from(self.mailer.longest_send().as_secs()).map_or(i64::MAX / 4, |seconds| seconds + 1)
    }

    fn warn_once(&self, recipient_id: &str, problem: &'static str) {
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        if warned.insert(recipient_id.to_owned()) {
            tracing::warn!(
                recipient = if recipient_id.is_empty() { "(auditor)" } else { recipient_id },
                "notices wait for a recipient that {problem}; they are kept"
            );
        }
    }
}

/// Seconds until the next try after `attempts` earlier failures: one minute, doubling to one hour, less up to a
/// quarter by `luck`.
fn pause(attempts: i64, luck: u32) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 6)).unwrap_or(0);
    let full = (FIRST_PAUSE << doublings).min(LONGEST_PAUSE);
    full - i64::from(luck) % (full / 4)
}

/// The id of the notice that these rows make: the same for the same rows, so that a notice that goes twice can be
/// known for one, and random to whoever does not know the rows' random ids. Tells nothing of how many they are.
fn notice_id(row_ids: &[String]) -> Uuid {
    let mut row_ids: Vec<_> = row_ids.iter().collect();
    row_ids.sort_unstable();
    let mut digest = Sha256::new();
    for row_id in row_ids {
        digest.update(row_id.as_bytes());
        digest.update([0]);
    }
    let digest: [u8; 32] = digest.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_are_spread() {
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 6, 60, i64::MAX].map(|attempts| pause(attempts, 0)),
            [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
        );
        for luck in [1, 14, 15, 899, 900, u32::MAX] {
            assert!((46..=60).contains(&pause(0, luck)), "{luck}");
            assert!((2701..=3600).contains(&pause(20, luck)), "{luck}");
        }
    }

    #[test]
    fn a_notice_keeps_its_id_as_long_as_its_rows_are_the_same() {
        let ids = |rows: &[&str]| notice_id(&rows.iter().map(|&row| row.to_owned()).collect::<Vec<_>>());
        assert_eq!(ids(&["a", "b"]), ids(&["b", "a"]));
        assert_ne!(ids(&["a", "b"]), ids(&["ab"]));
        assert_ne!(ids(&["a"]), ids(&["a", "b"]));
        assert_eq!(ids(&["a"]).get_version_num(), 4);
    }
}
