//! Who sends, without knowing who: a number made from the connection's address under a secret that is replaced every
//! hour and never leaves memory. The address itself goes no further than this file.

use super::FloodGuard;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::Sha256;
use std::net::IpAddr;
use tokio::net::TcpStream;
use zeroize::Zeroizing;

/// Tells senders apart within one hour, and nothing else. Behind a proxy or an onion service all have the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SenderKey([u8; 16]);

impl SenderKey {
    /// For connections without an address.
    pub(super) const UNKNOWN: Self = Self([0; 16]);
}

/// What turns addresses into keys. Wiped when dropped.
pub(super) struct HourlySecret(Zeroizing<[u8; 32]>);

impl HourlySecret {
    pub(super) fn fresh() -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        crate::randomness::system().fill_bytes(secret.as_mut_slice());
        Self(secret)
    }

    /// The key of whoever has `address`. An IPv6 client has a /64 to itself, and would else be as many as it likes.
    pub(super) fn key(&self, address: IpAddr) -> SenderKey {
        let mut mac = self.mac();
        match address.to_canonical() {
            IpAddr::V4(address) => {
                mac.update(b"4");
                mac.update(&address.octets());
            }
            IpAddr::V6(address) => {
                mac.update(b"6");
                mac.update(&address.octets()[..8]);
            }
        }
        SenderKey(first_half(mac))
    }

    /// The key of whoever has done work for the report with this access hash.
    pub(super) fn key_of_work(&self, access_hash: &[u8; 32]) -> SenderKey {
        let mut mac = self.mac();
        mac.update(b"w");
        mac.update(access_hash);
        SenderKey(first_half(mac))
    }

    /// What work is done on within this hour.
    pub(super) fn challenge(&self) -> [u8; 16] {
        let mut mac = self.mac();
        mac.update(b"challenge");
        first_half(mac)
    }

    fn mac(&self) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of any length")
    }
}

fn first_half(mac: Hmac<Sha256>) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&mac.finalize().into_bytes()[..16]);
    half
}

/// The address at the other end of a connection.
pub(super) fn address_of(connection: &TcpStream) -> Option<IpAddr> {
    connection.peer_addr().ok().map(|address| address.ip())
}

/// Takes the connection's address out of the request, for good, and leaves the sender's key in its place. Must run
/// before everything else that sees a request.
///
/// # Errors
/// Whatever the handler answered.
pub async fn replace_address(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let address = request.head_mut().peer_addr.take();
    let guard = request.app_data::<web::Data<FloodGuard>>().cloned();
    // Reading pages costs nothing that would have to be shared out.
    if let (Some(guard), false) = (guard, request.method().is_safe()) {
        let key = address.map_or(SenderKey::UNKNOWN, |address| guard.key(address.ip()));
        request.extensions_mut().insert(key);
    }
    next.call(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(secret: &HourlySecret, address: &str) -> SenderKey {
        secret.key(address.parse().unwrap())
    }

    #[test]
    fn an_ipv4_address_is_one_sender_and_so_is_an_ipv6_network_of_64_bits() {
        let secret = HourlySecret::fresh();
        assert!(key(&secret, "192.0.2.1") == key(&secret, "::ffff:192.0.2.1"));
        assert!(key(&secret, "192.0.2.1") != key(&secret, "192.0.2.2"));
        assert!(key(&secret, "2001:db8::1") == key(&secret, "2001:db8::ffff:1"));
        assert!(key(&secret, "2001:db8::1") != key(&secret, "2001:db8:0:1::1"));
        assert!(key(&secret, "192.0.2.1") != key(&HourlySecret::fresh(), "192.0.2.1"));
    }
}
