//! The case key and its grants.

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::age_file;
use crate::error::{KeyError, SealError};
use crate::keys::{PrivateKey, PublicKey};
use crate::sealed::Grant;

/// Begins the first line of a grant; the case id follows.
pub(crate) const GRANT_COMMENT: &str = "# candor/v1 case ";

/// Length of what a grant seals, in bytes: comment with case id, line end, private key, line end.
/// It is the same for every grant, so none needs padding.
pub const GRANT_LENGTH: usize = GRANT_COMMENT.len() + 36 + 1 + 74 + 1;

/// case key = a fresh age X25519 pair for one case, from the operating system's CSPRNG.
///
/// What belongs to the case is sealed to its public key. Its private key leaves only inside
/// grants, and is wiped when this is dropped: do so as soon as the grants are made.
///
/// ```
/// use candor_crypto::{CaseKey, PrivateKey};
/// let chair = PrivateKey::generate();
/// let case_key = CaseKey::generate(uuid::Uuid::new_v4());
/// let grant = case_key.grant(&chair.public_key())?;
/// assert!(format!("{grant:?}").starts_with("Grant("));
/// # Ok::<(), candor_crypto::SealError>(())
/// ```
pub struct CaseKey {
    case: Uuid,
    public: PublicKey,
    /// The plaintext of every grant, made once.
    file: Zeroizing<String>,
}

impl CaseKey {
    /// A fresh key pair for `case`.
    pub fn generate(case: Uuid) -> Self {
        Self::of(case, &PrivateKey::generate())
    }

    /// The key of a form that came back: what [`CaseKey::carry`] gave for the same case.
    ///
    /// # Errors
    /// [`KeyError`] for anything else.
    pub fn resume(case: Uuid, carried: &str) -> Result<Self, KeyError> {
        Ok(Self::of(case, &PrivateKey::parse(carried)?))
    }

    /// The private key as text, to travel with a form that comes back while files are sealed to it already and the report
    /// is not. It is as secret as what is typed into that form, and goes where that goes and nowhere else.
    pub fn carry(&self) -> Zeroizing<String> {
        let start = GRANT_LENGTH - 75;
        Zeroizing::new(self.file[start..start + 74].to_owned())
    }

    pub(crate) fn of(case: Uuid, private: &PrivateKey) -> Self {
        let mut file = Zeroizing::new(String::with_capacity(GRANT_LENGTH));
        file.push_str(GRANT_COMMENT);
        file.push_str(case.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        file.push('\n');
        file.push_str(&private.expose());
        file.push('\n');
        Self { case, public: private.public_key(), file }
    }

    /// The case this key is for.
    pub fn case(&self) -> Uuid {
        self.case
    }

    /// The public half, to which entries are sealed.
    pub fn public_key(&self) -> PublicKey {
        self.public.clone()
    }

    /// grant = age(`# candor/v1 case <case id>` ⏎ `AGE-SECRET-KEY-1…` ⏎, to one public key);
    /// the plaintext is [`GRANT_LENGTH`] bytes and an identity file for `age -d -i`.
    ///
    /// # Errors
    /// [`SealError`] if age refuses, which it does not for keys that parsed.
    pub fn grant(&self, to: &PublicKey) -> Result<Grant, SealError> {
        age_file::encrypt(&[to], self.file.as_bytes()).map(Grant::sealed)
    }
}
