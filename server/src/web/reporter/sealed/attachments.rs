//! Attachments that were sealed in the browser: what each file is, and where its content was uploaded to.

use super::Refusal;
use super::fields::Bytes;
use crate::blobs::{BlobError, BlobId, Blobs, Stored};
use crate::store::NewAttachment;
use candor_crypto::SealedReport;
use serde::Deserialize;

/// The longest that the sealed description of a file may be, in bytes: a name of some thousand letters fits. Recipients'
/// tools load all of them with a case.
const LONGEST_DESCRIPTION: usize = 16 * 1024;

/// One of them, in the JSON of a report or message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubmittedAttachment {
    number: u32,
    sealed: Bytes,
    upload: String,
}

impl SubmittedAttachment {
    /// Its number within the case.
    pub(super) fn number(&self) -> u32 {
        self.number
    }
}

/// Looks for the contents of all of them.
///
/// # Errors
/// [`Refusal::Malformed`] for too many, or a wrong shape; [`Refusal::UploadGone`] where a content is not there.
pub(super) async fn claim(
    submitted: Vec<SubmittedAttachment>,
    most: usize,
    blobs: &Blobs,
) -> Result<Vec<NewAttachment>, Refusal> {
    if submitted.len() > most {
        return Err(Refusal::Malformed);
    }
    // Each is counted on from the one before; where they begin is for the case to say.
    let in_order = submitted.windows(2).all(|two| two[0].number.checked_add(1) == Some(two[1].number));
    if !in_order {
        return Err(Refusal::Malformed);
    }
    let mut claimed = Vec::with_capacity(submitted.len());
    for SubmittedAttachment { number, sealed, upload } in submitted {
        if sealed.0.len() > LONGEST_DESCRIPTION {
            return Err(Refusal::Malformed);
        }
        let id = BlobId::parse(&upload).ok_or(Refusal::Malformed)?;
        let length = blobs.claimable(id).await.map_err(|error| match error {
            BlobError::Missing => Refusal::UploadGone,
            BlobError::Unavailable | BlobError::Foreign => Refusal::NotStored,
        })?;
        // What a file is, is sealed to one key, as a report is.
        let sealed = SealedReport::from_stored(sealed.0).map_err(|_| Refusal::Malformed)?.into();
        claimed.push(NewAttachment { number, sealed, content: Stored { id, length } });
    }
    Ok(claimed)
}
