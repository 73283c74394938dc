//! The memory that arriving forms may take together, and the number of them. Where it runs out, the form that has been
//! arriving longest from the sender with the most has to go: a sender who is slow on purpose, or one who holds more than
//! anybody else, not the reporter who comes next.

use super::sender::SenderKey;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};
use futures_util::{StreamExt, stream};
use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

/// What one byte of a form takes: as it came, decoded, and in the page that may come back.
const COPIES: u64 = 3;

/// Left beside a file that is held whole: for the text of its form, and the beginnings of others.
const FOR_THE_REST: u64 = 1024 * 1024;

/// How long a form waits for memory before it is given up. Others are only being answered by then.
const PATIENCE: Duration = Duration::from_secs(10);

/// All forms in memory.
pub(super) struct Bodies {
    most_bytes: u64,
    most_arriving: usize,
    table: Mutex<Table>,
    freed: Notify,
}

#[derive(Default)]
struct Table {
    bytes: u64,
    /// Numbered in the order of their coming.
    rooms: BTreeMap<u64, Taken>,
    next: u64,
}

struct Taken {
    sender: SenderKey,
    bytes: u64,
    arriving: bool,
    leave: Arc<Notify>,
}

/// The place of one form. Dropping it gives its memory back.
pub(super) struct Room {
    bodies: Arc<Bodies>,
    number: u64,
    leave: Arc<Notify>,
}

/// What asking for memory led to.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Granted,
    Wait,
    Leave,
}

impl Bodies {
    pub(super) fn new(most_bytes: u64, most_arriving: usize) -> Arc<Self> {
        Arc::new(Self { most_bytes, most_arriving, table: Mutex::default(), freed: Notify::new() })
    }

    /// Makes a place for a form that begins to arrive.
    pub(super) fn enter(self: &Arc<Self>, sender: SenderKey) -> Room {
        let mut table = self.table();
        while table.arriving().count() >= self.most_arriving {
            let Some(victim) = table.longest_of_the_most(|_| 1) else { break };
            table.send_away(victim);
        }
        let number = table.next;
        table.next += 1;
        let leave = Arc::new(Notify::new());
        table.rooms.insert(number, Taken { sender, bytes: 0, arriving: true, leave: leave.clone() });
        Room { bodies: self.clone(), number, leave }
    }

    fn ask(&self, number: u64, bytes: u64) -> Asked {
        let mut table = self.table();
        loop {
            if !table.rooms.contains_key(&number) {
                return Asked::Leave;
            }
            if table.bytes + bytes <= self.most_bytes {
                table.bytes += bytes;
                if let Some(own) = table.rooms.get_mut(&number) {
                    own.bytes += bytes;
                }
                return Asked::Granted;
            }
            match table.longest_of_the_most(|taken| taken.bytes) {
                Some(victim) if victim != number => table.send_away(victim),
                // Those that have arrived are answered soon.
                _ if table.rooms.values().any(|taken| !taken.arriving) => return Asked::Wait,
                _ => return Asked::Leave,
            }
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn arriving(&self) -> impl Iterator<Item = (&u64, &Taken)> {
        self.rooms.iter().filter(|(_, taken)| taken.arriving)
    }

    /// The form that has been arriving longest from the sender whose arriving forms weigh most.
    fn longest_of_the_most(&self, weight: impl Fn(&Taken) -> u64) -> Option<u64> {
        let mut of_senders: HashMap<SenderKey, u64> = HashMap::new();
        for (_, taken) in self.arriving() {
            *of_senders.entry(taken.sender).or_default() += weight(taken);
        }
        let (most, _) = of_senders.into_iter().max_by_key(|(sender, weight)| (*weight, *sender))?;
        self.arriving().find(|(_, taken)| taken.sender == most).map(|(number, _)| *number)
    }

    fn send_away(&mut self, number: u64) {
        if let Some(taken) = self.rooms.remove(&number) {
            self.bytes -= taken.bytes;
            taken.leave.notify_one();
        }
    }
}

impl Room {
    /// The next piece of the form; an error once it has to go. Pieces of a form that streams by stay nowhere; what of it
    /// stays is counted where it is kept ([`charge`]).
    async fn next(&self, payload: &mut Payload, streams: bool) -> Option<Result<web::Bytes, PayloadError>> {
        let piece = tokio::select! {
            piece = payload.next() => piece,
            () = self.leave.notified() => return Some(Err(crowded_out())),
        };
        match piece {
            Some(Ok(bytes)) if !streams && !self.has_memory_for(bytes.len() as u64).await => {
                Some(Err(crowded_out()))
            }
            Some(piece) => Some(piece),
            None => {
                if let Some(own) = self.bodies.table().rooms.get_mut(&self.number) {
                    own.arriving = false;
                }
                None
            }
        }
    }

    fn give_back(&self, bytes: u64) {
        if bytes == 0 {
            return;
        }
        let mut table = self.bodies.table();
        if let Some(own) = table.rooms.get_mut(&self.number) {
            let bytes = bytes.min(own.bytes);
            own.bytes -= bytes;
            table.bytes -= bytes;
        }
        drop(table);
        self.bodies.freed.notify_waiters();
    }

    async fn has_memory_for(&self, bytes: u64) -> bool {
        self.gets(COPIES * bytes).await
    }

    async fn gets(&self, bytes: u64) -> bool {
        let granted = async {
            loop {
                let freed = self.bodies.freed.notified();
                match self.bodies.ask(self.number, bytes) {
                    Asked::Granted => return true,
                    Asked::Leave => return false,
                    Asked::Wait => freed.await,
                }
            }
        };
        timeout(PATIENCE, granted).await.unwrap_or(false)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut table = self.bodies.table();
        if let Some(taken) = table.rooms.remove(&self.number) {
            table.bytes -= taken.bytes;
        }
        drop(table);
        self.bodies.freed.notify_waiters();
    }
}

/// Whether a body is handed on piece by piece: sealed contents, and forms with files.
fn streams_by(request: &ServiceRequest) -> bool {
    let media_type = request.headers().get(CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
    media_type.starts_with(b"multipart/form-data") || media_type.starts_with(b"application/octet-stream")
}

/// Counts `bytes` of a form that streams by and that are kept in memory until it is answered. `false` once it has to go.
pub async fn charge(request: &HttpRequest, bytes: usize) -> bool {
    let room = request.extensions().get::<Arc<Room>>().cloned();
    match room {
        Some(room) => room.has_memory_for(bytes as u64).await,
        None => true,
    }
}

/// Memory for a file that is held whole for a while, counted until this is dropped.
pub struct Held {
    room: Option<Arc<Room>>,
    bytes: u64,
}

impl Held {
    /// Nothing yet.
    pub fn nothing(request: &HttpRequest) -> Self {
        Self { room: request.extensions().get::<Arc<Room>>().cloned(), bytes: 0 }
    }

    /// Counts `bytes` more. `false` once the form has to go.
    pub async fn grow(&mut self, bytes: usize) -> bool {
        let Some(room) = &self.room else { return true };
        let granted = room.has_memory_for(bytes as u64).await;
        self.bytes += if granted { COPIES * bytes as u64 } else { 0 };
        granted
    }
}

/// Memory that a file which streams by takes for a while, counted until this is dropped.
pub struct Passing {
    room: Option<Arc<Room>>,
    bytes: u64,
}

impl Passing {
    /// Nothing yet.
    pub fn nothing(request: &HttpRequest) -> Self {
        Self { room: request.extensions().get::<Arc<Room>>().cloned(), bytes: 0 }
    }

    /// Counts that it takes `bytes` now. `false` once the form has to go: somebody who sends slowly gives way to others.
    pub async fn takes(&mut self, bytes: usize) -> bool {
        let Some(room) = &self.room else { return true };
        let bytes = bytes as u64;
        if bytes > self.bytes && !room.gets(bytes - self.bytes).await {
            return false;
        }
        room.give_back(self.bytes.saturating_sub(bytes));
        self.bytes = bytes;
        true
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        if let Some(room) = &self.room {
            room.give_back(self.bytes);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(room) = &self.room {
            room.give_back(self.bytes);
        }
    }
}

/// The largest file that may be held whole in memory, in bytes: a form with it has room in what all forms may take.
pub fn largest_held(request: &HttpRequest) -> usize {
    let room = request.extensions().get::<Arc<Room>>().cloned();
    room.map_or(usize::MAX, |room| {
        usize::try_from((room.bodies.most_bytes / COPIES).saturating_sub(FOR_THE_REST)).unwrap_or(usize::MAX)
    })
}

/// Reads like a line that broke off, which is what it is.
fn crowded_out() -> PayloadError {
    PayloadError::Incomplete(Some(ErrorKind::TimedOut.into()))
}

/// Counts what arrives against the memory that forms may take together, until the request is answered.
///
/// # Errors
/// Whatever the handler answered.
pub async fn bound(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let guard = request.app_data::<web::Data<super::FloodGuard>>().cloned();
    let payload = request.take_payload();
    if let (Some(guard), false) = (guard, matches!(payload, Payload::None)) {
        let sender = super::sender(request.request()).key;
        let room = Arc::new(guard.bodies.enter(sender));
        // The request keeps the room until it is answered; the body may be gone long before.
        request.extensions_mut().insert(room.clone());
        let streams = streams_by(&request);
        let pieces = stream::unfold((payload, room), move |(mut payload, room)| async move {
            let piece = room.next(&mut payload, streams).await?;
            Some((piece, (payload, room)))
        });
        // Who reads a form with files asks once more after the end.
        request.set_payload(Payload::Stream { payload: Box::pin(pieces.fuse()) });
    } else {
        request.set_payload(payload);
    }
    next.call(request).await
}

#[cfg(test)]
mod tests {
    use super::super::sender::HourlySecret;
    use super::*;

    fn senders() -> [SenderKey; 2] {
        let secret = HourlySecret::fresh();
        ["192.0.2.1", "192.0.2.2"].map(|address| secret.key(address.parse().unwrap()))
    }

    fn is_in(room: &Room) -> bool {
        room.bodies.table().rooms.contains_key(&room.number)
    }

    #[test]
    fn where_memory_runs_out_the_one_with_the_most_gives_way_and_the_slowest_first() {
        let [flood, reporter] = senders();
        let bodies = Bodies::new(1_000, 100);
        let slow: Vec<_> = (0..9).map(|_| bodies.enter(flood)).collect();
        for room in &slow {
            assert_eq!(bodies.ask(room.number, 100), Asked::Granted);
        }
        let form = bodies.enter(reporter);
        assert_eq!(bodies.ask(form.number, 250), Asked::Granted);
        assert_eq!(slow.iter().filter(|room| is_in(room)).count(), 7);
        assert!(!is_in(&slow[0]) && !is_in(&slow[1]), "those that began first");
        assert_eq!(bodies.ask(slow[0].number, 1), Asked::Leave);
        drop((slow, form));
        assert_eq!(bodies.table().bytes, 0);
    }

    #[test]
    fn where_all_have_one_address_the_slowest_gives_way_to_the_next() {
        let [all, _] = senders();
        let bodies = Bodies::new(1_000, 3);
        let slow = [bodies.enter(all), bodies.enter(all), bodies.enter(all)];
        let form = bodies.enter(all);
        assert_eq!(bodies.ask(form.number, 900), Asked::Granted);
        assert_eq!(slow.each_ref().map(is_in), [false, true, true]);
    }

    #[test]
    fn a_form_that_has_arrived_is_never_sent_away_and_others_wait_for_it() {
        let [one, other] = senders();
        let bodies = Bodies::new(1_000, 3);
        let whole = bodies.enter(one);
        assert_eq!(bodies.ask(whole.number, 900), Asked::Granted);
        bodies.table().rooms.get_mut(&whole.number).unwrap().arriving = false;
        let form = bodies.enter(other);
        assert_eq!(bodies.ask(form.number, 900), Asked::Wait);
        drop(whole);
        assert_eq!(bodies.ask(form.number, 900), Asked::Granted);
    }

    #[test]
    fn a_form_that_is_larger_than_all_memory_for_forms_goes_by_itself() {
        let [one, _] = senders();
        let bodies = Bodies::new(1_000, 3);
        let form = bodies.enter(one);
        assert_eq!(bodies.ask(form.number, 1_001), Asked::Leave);
    }
}
