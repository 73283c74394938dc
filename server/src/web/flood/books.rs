//! What each sender took within the hour, and the budgets that end with the minute. The time is handed in. When the
//! hour is over, secret and books go together: nothing is left that says who took what.

use super::sender::{HourlySecret, SenderKey};
use super::share::Share;
use super::{Busy, Refused};
use std::collections::HashMap;
use std::net::IpAddr;

/// How long one secret serves, in seconds.
const HOUR: i64 = 3600;

/// The most senders that are told apart, so that a flood from everywhere does not fill the memory. Further ones count
/// as one.
const MOST_SENDERS: usize = 100_000;

/// The books of one hour.
pub(super) struct Books {
    reports_a_minute: Option<u64>,
    sign_ins_a_minute: Option<u64>,
    secret: HourlySecret,
    since: i64,
    /// Bytes of reports and messages, by sender.
    stored: HashMap<SenderKey, u64>,
    reports: Minute,
    sign_ins: Minute,
}

/// What was taken within one minute.
#[derive(Default)]
struct Minute {
    number: i64,
    all: u64,
    by_sender: HashMap<SenderKey, u64>,
}

impl Minute {
    fn begin(&mut self, now: i64) {
        let number = now.div_euclid(60);
        if number != self.number {
            *self = Self { number, ..Self::default() };
        }
    }

    /// What is left of `budget`, shared out once less than a fifth is.
    fn left(&self, budget: u64) -> Share {
        Share { left: budget.saturating_sub(self.all), scarce_below: budget / 5 }
    }

    fn take(&mut self, sender: SenderKey) {
        self.all += 1;
        add(&mut self.by_sender, sender, 1);
    }
}

fn add(taken: &mut HashMap<SenderKey, u64>, sender: SenderKey, amount: u64) {
    let known = taken.len() < MOST_SENDERS || taken.contains_key(&sender);
    *taken.entry(if known { sender } else { SenderKey::UNKNOWN }).or_default() += amount;
}

impl Books {
    /// Empty books. A budget of 0 is none.
    pub(super) fn open(reports_a_minute: u64, sign_ins_a_minute: u64, now: i64) -> Self {
        Self {
            reports_a_minute: Some(reports_a_minute).filter(|budget| *budget > 0),
            sign_ins_a_minute: Some(sign_ins_a_minute).filter(|budget| *budget > 0),
            secret: HourlySecret::fresh(),
            since: now,
            stored: HashMap::new(),
            reports: Minute::default(),
            sign_ins: Minute::default(),
        }
    }

    /// Closes the hour if it is over, or if the clock was set back.
    pub(super) fn pass_time(&mut self, now: i64) {
        if !(self.since..self.since + HOUR).contains(&now) {
            *self = Self::open(self.reports_a_minute.unwrap_or(0), self.sign_ins_a_minute.unwrap_or(0), now);
        }
        self.reports.begin(now);
        self.sign_ins.begin(now);
    }

    /// The key of an address within this hour.
    pub(super) fn key(&mut self, address: IpAddr, now: i64) -> SenderKey {
        self.pass_time(now);
        self.secret.key(address)
    }

    /// What work is done on within this hour.
    pub(super) fn challenge(&mut self, now: i64) -> [u8; 16] {
        self.pass_time(now);
        self.secret.challenge()
    }

    /// The key of whoever has done work for the report with this access hash.
    pub(super) fn key_of_work(&mut self, access_hash: &[u8; 32], now: i64) -> SenderKey {
        self.pass_time(now);
        self.secret.key_of_work(access_hash)
    }

    /// Takes room for a report of about `bytes`; `room` is what the disk has left. `turn` is whom it counts for within
    /// the minute: the sender, or one who has done work.
    pub(super) fn take_report(
        &mut self,
        sender: SenderKey,
        turn: SenderKey,
        bytes: u64,
        room: &[Share],
        now: i64,
    ) -> Result<(), Refused> {
        self.pass_time(now);
        // Who is not in the hour's book has sent nothing in this minute either.
        let taken = self.stored.get(&turn).map(|_| self.reports.by_sender.get(&turn).copied().unwrap_or(0));
        if self.reports_a_minute.is_some_and(|budget| !self.reports.left(budget).allows(1, taken)) {
            return Err(Refused::Crowded);
        }
        self.take_message(sender, bytes, room, now).map_err(|Busy| Refused::NoRoom)?;
        // Work makes a newcomer once: whoever sends the same again is known by it.
        add(&mut self.stored, turn, 0);
        self.reports.take(turn);
        Ok(())
    }

    /// Takes room for a message of about `bytes`; `room` as above.
    pub(super) fn take_message(
        &mut self,
        sender: SenderKey,
        bytes: u64,
        room: &[Share],
        now: i64,
    ) -> Result<(), Busy> {
        self.pass_time(now);
        let stored = self.stored.get(&sender).copied();
        if !room.iter().all(|share| share.allows(bytes, stored)) {
            return Err(Busy);
        }
        add(&mut self.stored, sender, bytes);
        Ok(())
    }

    /// Takes a challenge.
    pub(super) fn take_sign_in(&mut self, sender: SenderKey, now: i64) -> Result<(), Busy> {
        self.pass_time(now);
        let taken = self.sign_ins.by_sender.get(&sender).copied();
        if self.sign_ins_a_minute.is_some_and(|budget| !self.sign_ins.left(budget).allows(1, taken)) {
            return Err(Busy);
        }
        self.sign_ins.take(sender);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 20_780 * 86_400 + 43_200;
    const ONE: &str = "192.0.2.1";
    const OTHER: &str = "192.0.2.2";

    fn key(books: &mut Books, address: &str, now: i64) -> SenderKey {
        books.key(address.parse().unwrap(), now)
    }

    #[test]
    fn when_the_hour_is_over_nothing_says_who_took_what() {
        let mut books = Books::open(100, 100, NOON);
        let first = key(&mut books, ONE, NOON);
        books.take_report(first, first, 5_000, &[], NOON).unwrap();
        books.take_sign_in(first, NOON).unwrap();
        assert!(first == key(&mut books, ONE, NOON + 3_599), "the same sender all through the hour");
        assert_eq!(books.stored.len(), 1);

        books.pass_time(NOON + 3_600);
        assert!(books.stored.is_empty());
        assert!(books.reports.by_sender.is_empty() && books.sign_ins.by_sender.is_empty());
        assert!(first != key(&mut books, ONE, NOON + 3_600), "the same address is somebody else now");

        let second = key(&mut books, ONE, NOON + 3_600);
        assert!(second != key(&mut books, ONE, NOON), "a clock that is set back ends the hour too");
    }

    #[test]
    fn one_sender_cannot_use_up_the_minute_for_all() {
        let mut books = Books::open(100, 0, NOON);
        let (flood, reporter) = (key(&mut books, ONE, NOON), key(&mut books, OTHER, NOON));
        let taken = (0..1_000).filter(|_| books.take_report(flood, flood, 1, &[], NOON).is_ok()).count();
        assert_eq!(taken, 81, "four fifths, and the one with which it became scarce");
        for report in 0..2 {
            assert!(books.take_report(reporter, reporter, 1, &[], NOON).is_ok(), "report {report}");
        }
        assert!(books.take_report(flood, flood, 1, &[], NOON) == Err(Refused::Crowded));
        let worked = books.key_of_work(&[1; 32], NOON);
        assert!(
            books.take_report(flood, worked, 1, &[], NOON).is_ok(),
            "one behind the same address who did work"
        );
        let again = (0..100).filter(|_| books.take_report(flood, worked, 1, &[], NOON).is_ok()).count();
        assert!(again <= 2, "the same work again is no newcomer: {again}");
        let other = books.key_of_work(&[2; 32], NOON);
        let full = [Share { left: 0, scarce_below: 1 }];
        assert!(
            books.take_report(flood, other, 1, &full, NOON) == Err(Refused::NoRoom),
            "work makes no room"
        );
        assert!(books.take_report(flood, flood, 1, &[], NOON + 60).is_ok(), "the next minute begins anew");
    }

    #[test]
    fn where_all_have_one_address_nobody_is_refused_while_there_is_plenty() {
        let mut books = Books::open(0, 0, NOON);
        let all = key(&mut books, ONE, NOON);
        let room = [Share { left: 1 << 40, scarce_below: 1 << 26 }];
        for _ in 0..200_000 {
            books.take_report(all, all, 1 << 20, &room, NOON).unwrap();
        }
    }

    #[test]
    fn a_flood_from_everywhere_is_remembered_in_bounded_memory() {
        let mut books = Books::open(0, 0, NOON);
        for number in 0..MOST_SENDERS + 1_000 {
            let sender = books.key(IpAddr::V4(u32::try_from(number).unwrap().into()), NOON);
            books.take_report(sender, sender, 1, &[], NOON).unwrap();
        }
        assert_eq!(books.stored.len(), MOST_SENDERS + 1);
    }
}
