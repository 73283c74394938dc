//! Reminds readers of what is owed in open cases, and tells the next one where nobody opens a case. Once a day; the
//! e-mail is the same as for anything else that waits.

use super::Outcome;
use crate::clock::Clock;
use crate::domain::calendar::WorkingDays;
use crate::domain::permission::{Act, may};
use crate::domain::record::missed::Happened;
use crate::domain::reminders::{is_left_unopened, reminders};
use crate::domain::{CaseKind, Day, Recipient, RecipientKind, Recipients};
use crate::store::{EventRow, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

/// The day is looked at as often.
const EVERY: Duration = Duration::from_secs(30);
/// Cases looked at in one go.
const PAGE: u32 = 500;

/// The job, with what it works on.
pub struct Reminders<'a> {
    /// The database.
    pub store: &'a Store,
    /// Who may be told.
    pub recipients: &'a Recipients,
    /// On which days people work.
    pub calendar: &'a WorkingDays,
}

impl Reminders<'_> {
    /// Looks through all open cases on `today`. Running it again on the same day changes nothing, and of several servers
    /// one does it. Answers of how many cases somebody was told.
    ///
    /// # Errors
    /// [`StoreError`] if the database failed; what was written by then stays.
    pub async fn run_once(&self, today: Day) -> Result<Outcome, StoreError> {
        let (mut after, mut told) = (Uuid::nil(), 0);
        loop {
            // Nothing was told after the last of all days: only those that are open are left.
            let last_day = Day::from_number(i64::MAX);
            let cases = self.store.cases_that_may_owe(last_day, after, PAGE).await?;
            let Some(last) = cases.last() else { break };
            after = last.0;
            for (case, kind) in cases {
                told += usize::from(self.look_at(case, kind, today).await?);
            }
        }
        Ok(if told == 0 { Outcome::Nothing } else { Outcome::Done(told) })
    }

    async fn look_at(&self, case: Uuid, kind: CaseKind, today: Day) -> Result<bool, StoreError> {
        let events = self.store.events(case).await?;
        let happened: Vec<_> = events
            .iter()
            .map(|event| Happened { day: event.day, kind: &event.kind, detail: &event.detail })
            .collect();
        let left = is_left_unopened(&happened, today, self.calendar);
        let known =
            |detail: &String| events.iter().any(|event| event.kind == "reminded" && event.detail == *detail);
        let due = reminders(kind, &happened, today, self.calendar);
        let new: Vec<_> = due.iter().map(ToString::to_string).filter(|detail| !known(detail)).collect();
        if !left && new.is_empty() {
            return Ok(false);
        }
        let readers = self.readers(case).await?;
        let mut told = false;
        if left && let Some(next) = next_reader(&readers, &events) {
            told = self.store.tell_next(case, next.id.clone(), today).await?;
        }
        if !new.is_empty() {
            let whole_committee = due.iter().any(|reminder| reminder.is_late());
            let audience = audience(&readers, &events, whole_committee);
            told |= self.store.remind(case, new, audience, today).await?;
        }
        Ok(told)
    }

    /// Those who read the case with the key that is configured for them, in the order of the configuration.
    async fn readers(&self, case: Uuid) -> Result<Vec<&Recipient>, StoreError> {
        let holders = self.store.readers_of(case).await?;
        let reads = |recipient: &&Recipient| {
            holders.iter().any(|holder| {
                holder.recipient_id == recipient.id
                    && recipient.public_key.as_ref() == Some(&holder.public_key)
            })
        };
        Ok(self.recipients.iter().filter(reads).collect())
    }
}

fn was_told(recipient: &Recipient, events: &[EventRow]) -> bool {
    events.iter().any(|event| event.kind == "told" && event.detail == recipient.id)
}

/// The next on the committee who reads the case and was not told of it; counsel where it took the committee's place.
fn next_reader<'a>(readers: &[&'a Recipient], events: &[EventRow]) -> Option<&'a Recipient> {
    let of = |kind: RecipientKind| {
        readers.iter().copied().find(|recipient| recipient.kind == kind && !was_told(recipient, events))
    };
    of(RecipientKind::Committee).or_else(|| of(RecipientKind::Counsel))
}

/// Whom a reminder reaches: those who were told of the case or have done something in it, and the whole committee where a
/// deadline has passed. Where that is nobody, the first who reads it.
fn audience(readers: &[&Recipient], events: &[EventRow], whole_committee: bool) -> Vec<String> {
    let may_act: Vec<_> =
        readers.iter().filter(|recipient| may(recipient.kind, Act::Assess)).copied().collect();
    let takes_part = |recipient: &&&Recipient| {
        was_told(recipient, events)
            || events.iter().any(|event| event.actor == recipient.id)
            || (whole_committee && recipient.kind == RecipientKind::Committee)
    };
    let mut audience: Vec<_> =
        may_act.iter().filter(takes_part).map(|recipient| recipient.id.clone()).collect();
    if audience.is_empty() {
        audience.extend(may_act.first().map(|recipient| recipient.id.clone()));
    }
    audience
}

/// Runs once on every day until `stop` turns true. `wake` is told when notices wait.
pub async fn run_forever(
    store: Store,
    recipients: Recipients,
    calendar: WorkingDays,
    clock: Arc<dyn Clock>,
    wake: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) {
    let job = Reminders { store: &store, recipients: &recipients, calendar: &calendar };
    let mut done_on = None;
    let mut failing = false;
    loop {
        let today = clock.today();
        if done_on != Some(today) {
            match job.run_once(today).await {
                Ok(outcome) => {
                    done_on = Some(today);
                    failing = false;
                    if outcome != Outcome::Nothing {
                        wake.notify_one();
                    }
                }
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "reminders could not be written; it is tried again");
                    }
                    failing = true;
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}
