//! Files that go along with a report or a message: what each is, and where its sealed content lies.

use super::read::{Chosen, SealedTo};
use crate::blobs::{BlobId, Blobs, Stored};
use crate::domain::file_name;
use candor_crypto::{AttachmentInfo, CaseKey};

/// A file that goes along.
pub struct Attached {
    /// What it is, to be sealed.
    pub info: AttachmentInfo,
    /// Where its sealed content lies.
    pub content: Stored,
}

impl Chosen {
    /// The files that go along; `None` if one is not in storage any more.
    pub async fn attach(&self, blobs: &Blobs) -> Option<Vec<Attached>> {
        let mut attached = Vec::new();
        for upload in self.going() {
            let id = BlobId::parse(&upload.upload)?;
            let length = blobs.claimable(id).await.ok()?;
            let mut info = AttachmentInfo::default();
            info.name = if self.neutral_names {
                file_name::neutral(&upload.name, attached.len() + 1)
            } else {
                upload.name.clone()
            };
            info.media_type.clone_from(&upload.media_type);
            info.size = upload.size;
            info.sha256.clone_from(&upload.sha256);
            info.cleaned = if upload.is_telling() {
                upload.removed.clone()
            } else {
                vec![AttachmentInfo::NOTHING_FOUND.to_owned()]
            };
            attached.push(Attached { info, content: Stored { id, length } });
        }
        Some(attached)
    }

    /// The key of the new case that its files are sealed to, if there are any.
    pub fn case_key(&self) -> Option<&CaseKey> {
        match &self.sealed_to {
            Some(SealedTo::New(key)) => Some(key),
            _ => None,
        }
    }
}
