//! Open connections. Nobody can hold all of them: once most are taken, the sender who holds more than half of them gets
//! no further one.

use super::FloodGuard;
use super::sender::{SenderKey, address_of};
use actix_web::dev::Extensions;
use rustix::net::{Shutdown, shutdown};
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpStream;

/// Connections that there are.
pub(super) struct Connections {
    most: usize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    all: usize,
    of_senders: HashMap<SenderKey, usize>,
}

/// The place of one connection. Dropping it gives it to others.
pub(super) struct Place {
    connections: Arc<Connections>,
    sender: SenderKey,
}

impl Connections {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, open: Mutex::default() })
    }

    /// A place for a connection that was made; `None` if there is none for this sender.
    pub(super) fn enter(self: &Arc<Self>, sender: SenderKey) -> Option<Place> {
        let mut open = self.open();
        let own = open.of_senders.get(&sender).copied().unwrap_or(0);
        let scarce = open.all >= self.most / 4 * 3;
        if open.all >= self.most || (scarce && own > open.all / 2) {
            return None;
        }
        open.all += 1;
        open.of_senders.insert(sender, own + 1);
        Some(Place { connections: self.clone(), sender })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        open.all -= 1;
        let own = open.of_senders.get(&self.sender).copied().unwrap_or(1);
        if own > 1 {
            open.of_senders.insert(self.sender, own - 1);
        } else {
            open.of_senders.remove(&self.sender);
        }
    }
}

/// Gives a new connection its place, which it keeps until it ends, or ends it.
pub fn admit(guard: &FloodGuard, connection: &dyn Any, data: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    let sender = address_of(stream).map_or(SenderKey::UNKNOWN, |address| guard.key(address));
    match guard.connections.enter(sender) {
        Some(place) => {
            data.insert(place);
        }
        None => {
            // It may have ended already, which is as good.
            let _ = shutdown(stream, Shutdown::Both);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sender::HourlySecret;
    use super::*;

    #[test]
    fn one_sender_cannot_hold_all_connections() {
        let secret = HourlySecret::fresh();
        let [flood, reporter] =
            ["192.0.2.1", "192.0.2.2"].map(|address| secret.key(address.parse().unwrap()));
        let connections = Connections::new(100);
        let mut held: Vec<_> = (0..200).filter_map(|_| connections.enter(flood)).collect();
        assert_eq!(held.len(), 75);
        let others: Vec<_> = (0..50).filter_map(|_| connections.enter(reporter)).collect();
        assert_eq!(others.len(), 25);
        held.truncate(60);
        assert!(connections.enter(reporter).is_some());
        drop((held, others));
        assert_eq!(connections.open().all, 0);
        assert!(connections.open().of_senders.is_empty());
    }
}
