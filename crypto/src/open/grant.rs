//! Opening grants, and handing a case over.

use std::ops::Deref;

use uuid::Uuid;

use super::error::OpenError;
use super::file;
use crate::case_key::{CaseKey, GRANT_COMMENT, GRANT_LENGTH};
use crate::error::SealError;
use crate::keys::{PrivateKey, PublicKey};
use crate::sealed::Grant;

/// The private key of a case, out of a grant. Use it wherever a [`PrivateKey`] is asked for.
pub struct OpenedCaseKey {
    private: PrivateKey,
    case_key: CaseKey,
}

impl OpenedCaseKey {
    /// The case it opens.
    pub fn case(&self) -> Uuid {
        self.case_key.case()
    }

    /// The private key itself.
    pub fn private_key(&self) -> &PrivateKey {
        &self.private
    }

    /// Another grant of the same case: how a case is handed over or released to somebody else.
    ///
    /// # Errors
    /// As [`CaseKey::grant`].
    pub fn grant(&self, to: &PublicKey) -> Result<Grant, SealError> {
        self.case_key.grant(to)
    }
}

impl Deref for OpenedCaseKey {
    type Target = PrivateKey;

    fn deref(&self) -> &PrivateKey {
        &self.private
    }
}

/// The private key of `case` out of a grant.
///
/// # Errors
/// [`OpenError::Case`] if the grant was made for another case; [`OpenError::Content`] if there is
/// no private key inside; [`OpenError::NotAgeFile`], [`OpenError::Broken`].
pub fn open_grant(grant: &Grant, key: &PrivateKey, case: Uuid) -> Result<Option<OpenedCaseKey>, OpenError> {
    let Some(plaintext) = file::decrypt(grant.as_bytes(), key, GRANT_LENGTH as u64)? else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&plaintext).map_err(|_| OpenError::Content)?;
    let mut lines = text.split('\n');
    let (Some(comment), Some(identity), Some(""), None) =
        (lines.next(), lines.next(), lines.next(), lines.next())
    else {
        return Err(OpenError::Content);
    };
    let granted: Uuid =
        comment.strip_prefix(GRANT_COMMENT).and_then(|id| id.parse().ok()).ok_or(OpenError::Content)?;
    if granted != case {
        return Err(OpenError::Case);
    }
    let private = PrivateKey::parse(identity).map_err(|_| OpenError::Content)?;
    Ok(Some(OpenedCaseKey { case_key: CaseKey::of(case, &private), private }))
}
