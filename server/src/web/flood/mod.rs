//! What keeps a flood from using up memory, disk and patience for everybody, without knowing who anybody is
//! (docs/adr/0006-limits-without-identity.md). Nothing here is ever stored or logged, and nothing outlives the hour.
//!
//! No sender is stopped for what they sent alone: behind a proxy or an onion service all senders look like one. Only
//! where something that all share runs out does it matter who has taken most of it.

mod bodies;
mod books;
mod connections;
mod disk;
mod file_room;
mod sender;
mod share;
mod turns;
mod work;

pub use bodies::{Held, Passing, bound, charge, largest_held};
pub use connections::admit;
pub use file_room::FileRoom;
pub use sender::{SenderKey, replace_address};
pub use turns::Turn;
pub use work::WorkToDo;

use crate::clock::Clock;
use actix_web::{HttpMessage, HttpRequest, web};
use bodies::Bodies;
use books::Books;
use connections::Connections;
use disk::{Disk, Use};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use turns::Turns;

/// Requests of one kind that are worked on at once; as many share a commit. Further ones wait in line.
const AT_ONCE: usize = 64;

/// Files that are cleaned at once, each for two seconds at most and with some hundred MiB at worst: a small multiple of
/// itself, and what was unpacked of it.
const CLEANED_AT_ONCE: usize = 4;

/// Of these, for one sender.
const CLEANED_FOR_ONE: usize = 1;

/// The most requests of one kind that wait in line.
const LONGEST_LINE: usize = 1024;

/// What a report of no length takes in the database: padded entries, grants, events, indexes.
const SMALLEST_REPORT: u64 = 12 * 1024;

/// Not now: something that all share has run out. Nothing was stored; trying again later helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too much at once, or too little room")]
pub struct Busy;

/// Why a report cannot be stored now. Nothing was stored; trying again later helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// So many reports are arriving that it is not this one's turn. Work helps.
    #[error("too much at once")]
    Crowded,
    /// There is no room on the disk for this sender's.
    #[error("too little room")]
    NoRoom,
}

/// What may be used up. 0 is no limit, except for forms and connections.
pub struct FloodLimits {
    /// Memory for forms that arrive or are being answered, in bytes.
    pub form_bytes: u64,
    /// Forms that may be arriving at once.
    pub arriving_forms: usize,
    /// Connections that may be open at once.
    pub connections: usize,
    /// Reports in a minute.
    pub reports_per_minute: u64,
    /// The zero bits of voluntary work; 0 asks for none.
    pub work_bits: u8,
    /// Challenges in a minute.
    pub sign_ins_per_minute: u64,
    /// Bytes that new reports leave free on the disk.
    pub free_disk_bytes: u64,
    /// Bytes that the database may have when a new report comes.
    pub database_bytes: u64,
    /// Folder of all data.
    pub folder: PathBuf,
    /// The database, if it is a file.
    pub database: Option<PathBuf>,
}

/// The guard. One for all threads.
pub struct FloodGuard {
    clock: Arc<dyn Clock>,
    work_bits: u8,
    books: Mutex<Books>,
    bodies: Arc<Bodies>,
    connections: Arc<Connections>,
    disk: Disk,
    reports: Arc<Turns>,
    look_ups: Arc<Turns>,
    cleaning: Arc<Turns>,
}

impl FloodGuard {
    /// A guard with empty books.
    pub fn new(limits: &FloodLimits, clock: Arc<dyn Clock>) -> Self {
        let books = Books::open(limits.reports_per_minute, limits.sign_ins_per_minute, clock.unix_seconds());
        let database = limits.database.as_deref();
        Self {
            clock,
            work_bits: limits.work_bits,
            books: Mutex::new(books),
            bodies: Bodies::new(limits.form_bytes, limits.arriving_forms),
            connections: Connections::new(limits.connections),
            disk: Disk::new(&limits.folder, database, limits.free_disk_bytes, limits.database_bytes),
            reports: Turns::new(AT_ONCE, LONGEST_LINE),
            look_ups: Turns::new(AT_ONCE, LONGEST_LINE),
            cleaning: Turns::with_most_for_one(CLEANED_AT_ONCE, CLEANED_FOR_ONE, LONGEST_LINE),
        }
    }

    /// Forgets the hour that is over, also where nobody comes any more. Called every few seconds.
    pub fn pass_time(&self) {
        let now = self.clock.unix_seconds();
        self.books().pass_time(now);
    }

    /// Whether the disk has room for new reports.
    pub fn has_room(&self) -> bool {
        self.disk.left(Use::Report).iter().all(|share| share.left >= SMALLEST_REPORT)
    }

    fn key(&self, address: IpAddr) -> SenderKey {
        let now = self.clock.unix_seconds();
        self.books().key(address, now)
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever sent a request, before the guard.
pub struct Sender {
    guard: web::Data<FloodGuard>,
    key: SenderKey,
    /// Whose turn it is: the sender's, or that of somebody who has done work.
    turn: SenderKey,
}

/// Who sent `request`.
pub fn sender(request: &HttpRequest) -> Sender {
    let guard = request.app_data::<web::Data<FloodGuard>>();
    let key = request.extensions().get().copied().unwrap_or(SenderKey::UNKNOWN);
    Sender { guard: guard.expect("the service is put together with a guard").clone(), key, turn: key }
}

impl Sender {
    /// What a browser may do to be a sender of its own; `None` where that is switched off.
    pub fn work_to_do(&self) -> Option<WorkToDo> {
        let bits = self.guard.work_bits;
        let now = self.guard.clock.unix_seconds();
        (bits > 0).then(|| WorkToDo { challenge: self.guard.books().challenge(now), bits })
    }

    /// The same sender, with a turn of its own if `nonce` is work that was done for the report with this access hash.
    #[must_use]
    pub fn with_work(mut self, access_hash: &[u8; 32], nonce: Option<u32>) -> Self {
        let done =
            nonce.is_some_and(|nonce| self.work_to_do().is_some_and(|work| work.is_done(access_hash, nonce)));
        if done {
            let now = self.guard.clock.unix_seconds();
            self.turn = self.guard.books().key_of_work(access_hash, now);
        }
        self
    }

    /// Asks to store a report that came as `bytes`. Hold the turn until it is stored.
    ///
    /// # Errors
    /// [`Refused`]: nothing may be stored.
    pub async fn report(&self, bytes: usize) -> Result<Turn, Refused> {
        let turn = self.guard.reports.wait(self.turn).await.map_err(|Busy| Refused::Crowded)?;
        let bytes = SMALLEST_REPORT + 2 * bytes as u64;
        let now = self.guard.clock.unix_seconds();
        let left = self.guard.disk.left(Use::Report);
        self.guard.books().take_report(self.key, self.turn, bytes, &left, now)?;
        self.guard.disk.promise(bytes);
        Ok(turn)
    }

    /// Asks to look a case up. Hold the turn until it is answered.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn look_up(&self) -> Result<Turn, Busy> {
        self.guard.look_ups.wait(self.key).await
    }

    /// Asks to store a message that came as `bytes`, beside [`Self::look_up`]. It has room where new reports have none.
    ///
    /// # Errors
    /// [`Busy`]: nothing may be stored.
    pub fn message(&self, bytes: usize) -> Result<(), Busy> {
        let bytes = SMALLEST_REPORT + 2 * bytes as u64;
        let now = self.guard.clock.unix_seconds();
        let left = self.guard.disk.left(Use::Message);
        self.guard.books().take_message(self.key, bytes, &left, now)?;
        self.guard.disk.promise(bytes);
        Ok(())
    }

    /// Asks to clean a file. Hold the turn until that is done.
    ///
    /// # Errors
    /// [`Busy`]: the file may not be stored as it is, since that is not what was asked for.
    pub async fn clean(&self) -> Result<Turn, Busy> {
        self.guard.cleaning.wait(self.key).await
    }

    /// Asks for a challenge to sign in with.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn sign_in(&self) -> Result<(), Busy> {
        let now = self.guard.clock.unix_seconds();
        self.guard.books().take_sign_in(self.key, now)
    }
}
