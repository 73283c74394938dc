//! age key pairs: the public key `age1…` and the private key `AGE-SECRET-KEY-1…`.

use std::fmt;
use std::str::FromStr;

use age::secrecy::ExposeSecret as _;
use age::x25519;
use bech32::{Bech32, Hrp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::error::KeyError;

/// Length of `AGE-SECRET-KEY-1…` in characters: prefix, 52 of data, 6 of checksum.
const PRIVATE_KEY_TEXT: usize = 74;
/// Length of `age1…` in characters.
const PUBLIC_KEY_TEXT: usize = 62;

/// The kinds of public key that can be sealed to. Post-quantum keys will be another.
#[derive(Clone, PartialEq, Eq)]
enum Kind {
    X25519(x25519::Recipient),
}

/// public key = Bech32(`age`, X25519 point of 32 bytes), 62 characters: an age recipient string.
///
/// Parsed once; whatever is sealed to it later needs no parsing again.
///
/// ```
/// use candor_crypto::PublicKey;
/// let key: PublicKey = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa".parse()?;
/// assert_eq!(key.as_str(), "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa");
/// # Ok::<(), candor_crypto::KeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    kind: Kind,
    text: Box<str>,
}

impl PublicKey {
    /// Reads `age1…`; spaces around it are ignored.
    ///
    /// # Errors
    /// [`KeyError::PublicKey`] for anything that is not an X25519 age public key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.len() != PUBLIC_KEY_TEXT {
            return Err(KeyError::PublicKey);
        }
        let recipient = text.parse::<x25519::Recipient>().map_err(|_| KeyError::PublicKey)?;
        let key = Self::from_recipient(recipient);
        if is_small_order(&key.text) {
            return Err(KeyError::WeakPublicKey);
        }
        Ok(key)
    }

    /// The key as age writes it: lower case, 62 characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn as_recipient(&self) -> &dyn age::Recipient {
        match &self.kind {
            Kind::X25519(recipient) => recipient,
        }
    }

    fn from_recipient(recipient: x25519::Recipient) -> Self {
        Self { text: recipient.to_string().into_boxed_str(), kind: Kind::X25519(recipient) }
    }
}

/// The X25519 points for which every shared secret is zero: age panics on them rather than seal.
/// Source: <https://cr.yp.to/ecdh.html#validate>, the values below 2^255 with the top bit clear;
/// X25519 ignores that bit.
fn is_small_order(text: &str) -> bool {
    const SMALL_ORDER: [[u8; 32]; 7] = {
        let mut points = [[0_u8; 32]; 7];
        points[1][0] = 1;
        points[2] = [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
            0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ];
        points[3] = [
            0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
            0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
        ];
        // p - 1, p and p + 1 with p = 2^255 - 19, little-endian.
        let mut low = 0xec;
        let mut index = 4;
        while index < 7 {
            points[index] = [0xff; 32];
            points[index][0] = low;
            points[index][31] = 0x7f;
            low += 1;
            index += 1;
        }
        points
    };
    let Ok((_, bytes)) = bech32::decode(text) else {
        return false;
    };
    let Ok(mut point) = <[u8; 32]>::try_from(bytes) else {
        return false;
    };
    point[31] &= 0x7f;
    SMALL_ORDER.contains(&point)
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// private key = Bech32(`AGE-SECRET-KEY-`, X25519 secret of 32 bytes), 74 characters: an age
/// identity.
///
/// It has neither `Debug` nor `Display` nor `Clone`, and is wiped from memory when dropped.
///
/// ```
/// use candor_crypto::PrivateKey;
/// let key = PrivateKey::generate();
/// let again = PrivateKey::parse(&key.expose())?;
/// assert_eq!(again.public_key(), key.public_key());
/// # Ok::<(), candor_crypto::KeyError>(())
/// ```
pub struct PrivateKey(x25519::Identity);

impl PrivateKey {
    /// A fresh key from the operating system's CSPRNG, which age asks itself.
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads `AGE-SECRET-KEY-1…`; spaces around it are ignored.
    ///
    /// # Errors
    /// [`KeyError::PrivateKey`] for anything that is not an X25519 age identity.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        text.trim().parse().map(Self).map_err(|_| KeyError::PrivateKey)
    }

    /// The age identity with these 32 bytes as its X25519 secret. age takes identities as text
    /// only, hence the way through Bech32 (about 3 µs).
    pub(crate) fn from_secret(secret: &[u8; 32]) -> Self {
        const PREFIX: Hrp = Hrp::parse_unchecked("AGE-SECRET-KEY-");
        let mut text = Zeroizing::new(String::with_capacity(PRIVATE_KEY_TEXT));
        bech32::encode_upper_to_fmt::<Bech32, String>(&mut text, PREFIX, secret)
            .expect("32 bytes fit a Bech32 string, and a String takes any text");
        Self::parse(&text).expect("this is how age writes an identity")
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_recipient(self.0.to_public())
    }

    /// The key as text, `AGE-SECRET-KEY-1…`, 74 characters. For key files and their owner's eyes.
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    #[cfg(feature = "open")]
    pub(crate) fn as_identity(&self) -> &dyn age::Identity {
        &self.0
    }
}

impl FromStr for PrivateKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}
