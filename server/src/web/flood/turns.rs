//! Waiting in line. Up to a number of requests are worked on at once; more than that wait, and senders take turns,
//! however many requests each of them has waiting.

use super::Busy;
use super::sender::SenderKey;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// The longest anybody waits: browsers and proxies give up after half a minute or more.
const PATIENCE: Duration = Duration::from_secs(20);

/// The line.
pub(super) struct Turns {
    at_once: usize,
    /// So many of them at most for one sender, even where nobody else waits.
    of_one_sender: usize,
    longest_line: usize,
    patience: Duration,
    line: Mutex<Line>,
}

#[derive(Default)]
struct Line {
    /// Whoever is being worked on, once for each request.
    at_work: Vec<SenderKey>,
    waiting: usize,
    /// One line for each sender, in the order of their next turns; none is empty.
    of_senders: VecDeque<(SenderKey, VecDeque<oneshot::Sender<Turn>>)>,
}

/// The permission to go on. Dropping it lets the next one in.
#[must_use]
pub struct Turn(Option<(Arc<Turns>, SenderKey)>);

impl Turns {
    pub(super) fn new(at_once: usize, longest_line: usize) -> Arc<Self> {
        Self::with_most_for_one(at_once, at_once, longest_line)
    }

    /// A line in which one sender has no more than `of_one_sender` of the turns at a time: for work that takes so long
    /// that whoever comes next must find a turn that is free.
    pub(super) fn with_most_for_one(at_once: usize, of_one_sender: usize, longest_line: usize) -> Arc<Self> {
        Arc::new(Self { at_once, of_one_sender, longest_line, patience: PATIENCE, line: Mutex::default() })
    }

    /// Waits for a turn; where nobody waits and there is room, not at all.
    ///
    /// # Errors
    /// [`Busy`] after [`PATIENCE`], and for the last in the longest line where the lines together are too long.
    pub(super) async fn wait(self: &Arc<Self>, sender: SenderKey) -> Result<Turn, Busy> {
        let turn = {
            let mut line = self.line();
            if line.at_work.len() < self.at_once && line.of(sender) < self.of_one_sender {
                line.at_work.push(sender);
                return Ok(Turn(Some((self.clone(), sender))));
            }
            let (tell, turn) = oneshot::channel();
            line.join(sender, tell);
            if line.waiting > self.longest_line {
                line.shorten();
            }
            turn
        };
        timeout(self.patience, turn).await.map_err(|_| Busy)?.map_err(|_| Busy)
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn join(&mut self, sender: SenderKey, tell: oneshot::Sender<Turn>) {
        self.waiting += 1;
        match self.of_senders.iter_mut().find(|(known, _)| *known == sender) {
            Some((_, own)) => own.push_back(tell),
            None => self.of_senders.push_back((sender, VecDeque::from([tell]))),
        }
    }

    /// Sends away those who have left already; if there are none, the last one in the longest line.
    fn shorten(&mut self) {
        let before = self.waiting;
        for (_, own) in &mut self.of_senders {
            own.retain(|tell| !tell.is_closed());
        }
        self.waiting = self.of_senders.iter().map(|(_, own)| own.len()).sum();
        if self.waiting == before
            && let Some((_, longest)) = self.of_senders.iter_mut().max_by_key(|(_, own)| own.len())
        {
            longest.pop_back();
            self.waiting -= 1;
        }
        self.of_senders.retain(|(_, own)| !own.is_empty());
    }

    /// How many requests of a sender are being worked on.
    fn of(&self, sender: SenderKey) -> usize {
        self.at_work.iter().filter(|known| **known == sender).count()
    }

    /// The first of the sender whose turn it is, of those that may have one more; that sender goes to the end.
    fn next(&mut self, of_one_sender: usize) -> Option<(SenderKey, oneshot::Sender<Turn>)> {
        let may = self.of_senders.iter().position(|(sender, _)| self.of(*sender) < of_one_sender)?;
        let (sender, mut own) = self.of_senders.remove(may)?;
        let next = own.pop_front();
        self.waiting -= usize::from(next.is_some());
        if !own.is_empty() {
            self.of_senders.push_back((sender, own));
        }
        next.map(|next| (sender, next))
    }

    fn end(&mut self, sender: SenderKey) {
        if let Some(place) = self.at_work.iter().position(|known| *known == sender) {
            self.at_work.swap_remove(place);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some((turns, sender)) = self.0.take() else { return };
        let mut line = turns.line();
        line.end(sender);
        while let Some((sender, next)) = line.next(turns.of_one_sender) {
            match next.send(Self(Some((turns.clone(), sender)))) {
                Ok(()) => {
                    line.at_work.push(sender);
                    return;
                }
                // They gave up. Their turn is for the one behind, and must not end a second time.
                Err(mut unused) => unused.0 = None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sender::HourlySecret;
    use super::*;
    use std::pin::Pin;
    use tokio::task::{JoinHandle, yield_now};

    fn senders() -> [SenderKey; 2] {
        let secret = HourlySecret::fresh();
        ["192.0.2.1", "192.0.2.2"].map(|address| secret.key(address.parse().unwrap()))
    }

    async fn queue(turns: &Arc<Turns>, sender: SenderKey) -> JoinHandle<Result<Turn, Busy>> {
        let turns = turns.clone();
        let waiting = tokio::spawn(async move { turns.wait(sender).await });
        yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn one_request_of_another_sender_does_not_wait_behind_a_hundred() {
        let [flood, reporter] = senders();
        let turns = Turns::new(1, 1_000);
        let first = turns.wait(flood).await.unwrap();
        let mut crowd = Vec::new();
        for _ in 0..100 {
            crowd.push(queue(&turns, flood).await);
        }
        let mut reporter = queue(&turns, reporter).await;
        drop(first);
        drop(crowd.remove(0).await.unwrap().unwrap());
        drop(Pin::new(&mut reporter).await.unwrap().unwrap());
        assert!(!crowd.last().unwrap().is_finished());
        for waiting in crowd {
            drop(waiting.await.unwrap().unwrap());
        }
        assert_eq!(turns.line().at_work.len(), 0);
    }

    #[tokio::test]
    async fn when_the_lines_are_too_long_the_last_of_the_longest_is_sent_away() {
        let [flood, reporter] = senders();
        let turns = Turns::new(1, 3);
        let first = turns.wait(flood).await.unwrap();
        let crowd = [queue(&turns, flood).await, queue(&turns, flood).await, queue(&turns, flood).await];
        let reporter = queue(&turns, reporter).await;
        let [one, two, last] = crowd;
        assert!(last.await.unwrap().is_err());
        drop(first);
        for waiting in [one, reporter, two] {
            drop(waiting.await.unwrap().unwrap());
        }
    }

    #[tokio::test]
    async fn whoever_gives_up_takes_no_turn_with_them() {
        let [flood, _] = senders();
        let turns = Turns::new(1, 2);
        let first = turns.wait(flood).await.unwrap();
        let gone = [queue(&turns, flood).await, queue(&turns, flood).await];
        for waiting in gone {
            waiting.abort();
            assert!(waiting.await.is_err());
        }
        let patient = queue(&turns, flood).await;
        drop(first);
        drop(patient.await.unwrap().unwrap());
        assert_eq!(turns.line().at_work.len(), 0);
        assert_eq!(turns.line().waiting, 0);
    }

    #[tokio::test]
    async fn one_sender_leaves_turns_free_for_others_where_turns_are_long() {
        let [flood, reporter] = senders();
        let turns = Turns::with_most_for_one(4, 1, 100);
        let first = turns.wait(flood).await.unwrap();
        let crowd = [queue(&turns, flood).await, queue(&turns, flood).await];
        let reporter = turns.wait(reporter).await.unwrap();
        assert!(crowd.iter().all(|waiting| !waiting.is_finished()));
        drop(reporter);
        yield_now().await;
        assert!(crowd.iter().all(|waiting| !waiting.is_finished()), "the turn was another's");
        drop(first);
        for waiting in crowd {
            drop(waiting.await.unwrap().unwrap());
        }
        assert_eq!(turns.line().at_work.len(), 0);
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let [flood, reporter] = senders();
        let patience = Duration::from_millis(10);
        let turns = Arc::new(Turns {
            at_once: 1,
            of_one_sender: 1,
            longest_line: 10,
            patience,
            line: Mutex::default(),
        });
        let _stuck = turns.wait(flood).await.unwrap();
        assert!(turns.wait(reporter).await.is_err());
    }
}
