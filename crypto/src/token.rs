//! The retrieval token: 16 random bytes, shown as 12 words.

use bip39::{Language, Mnemonic};
use rand::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::derive::{self, AccessKey};
use crate::error::TokenError;
use crate::keys::PrivateKey;
use crate::payload::ReporterKeys;
use crate::signature::SigningKey;

/// Length of a token in bytes.
const LENGTH: usize = 16;
/// Number of words that show it: 128 bits and a 4-bit checksum, 11 bits a word.
const WORDS: usize = 12;
/// Length in bytes of the longest word of the list.
const LONGEST_WORD: usize = 8;
/// The list is made so that this many letters tell its words apart.
const TELLING_LETTERS: usize = 4;

/// token = 16 bytes from a CSPRNG; words = BIP39-English(token), 12 words.
///
/// The reporter's only credential. 128 random bits cannot be guessed, so no slow hash is needed
/// and a look-up stays cheap.
///
/// It has neither `Debug` nor `Display` nor `Clone`, and is wiped from memory when dropped.
///
/// ```
/// use candor_crypto::{RetrievalToken, TokenError};
///
/// let token = RetrievalToken::from_bytes([0; 16]);
/// assert_eq!(token.words()[0], "abandon");
/// assert_eq!(token.words()[11], "about");
///
/// // Typing is forgiven: capitals, hyphens, numbering, the first four letters.
/// let typed = "1. ABAN 2. abandon-abandon abandon, abandon abandon\nabandon aban aban aban aban ABOUT";
/// assert!(RetrievalToken::parse(typed).is_ok_and(|t| t.as_bytes() == token.as_bytes()));
///
/// let wrong = "abandon abandon abandon abandon abando abandom abandon abandon abandon abandon abandon about";
/// assert_eq!(RetrievalToken::parse(wrong).err(), Some(TokenError::UnknownWord { position: 6 }));
/// ```
///
/// ```compile_fail
/// println!("{:?}", candor_crypto::RetrievalToken::from_bytes([0; 16]));   // never printed
/// ```
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RetrievalToken([u8; LENGTH]);

impl RetrievalToken {
    /// 16 bytes from `rng`, which must be the operating system's CSPRNG or seeded from it.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut token = Self([0; LENGTH]);
        rng.fill_bytes(&mut token.0);
        token
    }

    /// The token with these 16 bytes.
    pub fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    pub fn as_bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// Reads 12 words as people type them.
    ///
    /// Letters make words, everything else separates them: spaces, line ends, commas, hyphens,
    /// numbering. Capitals do not matter. Four letters or more of a word are enough, where they
    /// fit one word of the list only.
    ///
    /// # Errors
    /// The first of: not 12 words, a word that is not in the list (its position is named, the
    /// word is not carried), a wrong checksum (1 in 16 wrong choices of words goes unnoticed).
    pub fn parse(words: &str) -> Result<Self, TokenError> {
        let found = split(words).count();
        if found != WORDS {
            return Err(TokenError::WordCount { found });
        }
        let mut phrase = Zeroizing::new(String::with_capacity(WORDS * (LONGEST_WORD + 1)));
        for (index, typed) in split(words).enumerate() {
            let word = find_word(typed).ok_or(TokenError::UnknownWord { position: index + 1 })?;
            if index > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        let mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &phrase).map_err(|_| TokenError::Checksum)?;
        let (mut entropy, _) = mnemonic.to_entropy_array();
        let mut token = Self([0; LENGTH]);
        token.0.copy_from_slice(&entropy[..LENGTH]);
        entropy.zeroize();
        Ok(token)
    }

    /// The 12 words, in order, lower case.
    pub fn words(&self) -> [&'static str; WORDS] {
        let mnemonic = Mnemonic::from_entropy_in(Language::English, &self.0)
            .expect("16 bytes are a length that BIP39 knows");
        let mut words = [""; WORDS];
        for (slot, word) in words.iter_mut().zip(mnemonic.words()) {
            *slot = word;
        }
        words
    }

    /// The 12 words joined by one space.
    pub fn phrase(&self) -> Zeroizing<String> {
        // Room for the longest phrase: a string that grows leaves its old bytes behind.
        let mut phrase = Zeroizing::new(String::with_capacity(WORDS * (LONGEST_WORD + 1)));
        for (index, word) in self.words().iter().enumerate() {
            if index > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        phrase
    }

    /// access key = HKDF-SHA256(token, salt `candor/v1`, info `access`), 32 bytes.
    pub fn access_key(&self) -> AccessKey {
        derive::access_key(&self.0)
    }

    /// mailbox key = the X25519 secret HKDF-SHA256(token, salt `candor/v1`, info `mailbox`),
    /// 32 bytes, as an age identity. Replies are sealed to its public key.
    pub fn mailbox_key(&self) -> PrivateKey {
        derive::mailbox_key(&self.0)
    }

    /// signing key = the Ed25519 seed HKDF-SHA256(token, salt `candor/v1`, info `sign`), 32 bytes.
    /// What the reporter adds later is signed with it.
    pub fn signing_key(&self) -> SigningKey {
        derive::signing_key(&self.0)
    }

    /// The keys that the report names: speaker key and mailbox public key.
    pub fn reporter_keys(&self) -> ReporterKeys {
        ReporterKeys { speaker: self.signing_key().verifying_key(), mailbox: self.mailbox_key().public_key() }
    }

    /// replay tag = HMAC-SHA256(HKDF-SHA256(token, salt `candor/v1`, info `replay`), content),
    /// 32 bytes.
    ///
    /// Recognises a form that is sent again; says nothing about the content without the token.
    pub fn replay_tag(&self, content: &[u8]) -> [u8; 32] {
        derive::replay_tag(&self.0, content)
    }
}

/// Characters that show nothing and creep in by copying: they do not end a word.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// What was typed, cut into words at everything that is not a letter.
fn split(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|c: char| !c.is_alphabetic() && !is_invisible(c))
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// The word of the list that is meant: the same word, or the only one that starts like this.
fn find_word(typed: &str) -> Option<&'static str> {
    let mut letters = Zeroizing::new([0_u8; LONGEST_WORD]);
    let mut length = 0;
    for c in typed.chars().filter(|c| !is_invisible(*c)) {
        let letter = u8::try_from(c).ok().filter(u8::is_ascii_alphabetic)?;
        *letters.get_mut(length)? = letter.to_ascii_lowercase();
        length += 1;
    }
    let word = std::str::from_utf8(&letters[..length]).ok()?;
    let list = Language::English.word_list();
    // The list is sorted, so whatever starts with `word` stands at and after this place.
    let place = list.partition_point(|candidate| *candidate < word);
    let candidate = list.get(place)?;
    if *candidate == word {
        return Some(candidate);
    }
    let next_fits = list.get(place + 1).is_some_and(|next| next.starts_with(word));
    (length >= TELLING_LETTERS && candidate.starts_with(word) && !next_fits).then_some(candidate)
}
