//! What travels in the hidden field of a form that came back: the files that are sealed and stored already.

use crate::web::reporter::pages::KeptFile;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The files, and the case that they are sealed to.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The case's id.
    pub case: Uuid,
    /// For a report that is not sealed yet: the case's private key. It is as secret as the text beside it in the form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The files.
    pub files: Vec<KeptUpload>,
}

/// One file, as its sealed description will have it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptUpload {
    /// Where its sealed content lies.
    pub upload: String,
    /// Its name.
    pub name: String,
    /// What it says it is.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content in hexadecimal.
    pub sha256: String,
    /// Codes of what was removed from it.
    pub removed: Vec<String>,
    /// Codes of what could not be removed.
    pub left: Vec<String>,
    /// Why it could not be looked into; empty if it was.
    pub why_not: String,
}

impl Kept {
    /// Reads a hidden field; `None` for anything that [`Kept::write`] did not write.
    pub fn read(value: &str) -> Option<Self> {
        let json = Zeroizing::new(URL_SAFE_NO_PAD.decode(value).ok()?);
        serde_json::from_slice(&json).ok().filter(|kept: &Self| kept.case.get_version_num() == 4)
    }

    /// Writes the hidden field.
    pub fn write(&self) -> Zeroizing<String> {
        let json = Zeroizing::new(serde_json::to_vec(self).unwrap_or_default());
        Zeroizing::new(URL_SAFE_NO_PAD.encode(&*json))
    }
}

impl KeptUpload {
    /// Whether there is something that the reporter should see before it is sent.
    pub fn is_telling(&self) -> bool {
        !(self.removed.is_empty() && self.left.is_empty() && self.why_not.is_empty())
    }

    /// As the page shows it.
    pub fn view(&self, chosen: bool) -> KeptFile {
        KeptFile {
            name: self.name.clone(),
            size: self.size,
            removed: self.removed.clone(),
            left: self.left.clone(),
            why_not: self.why_not.clone(),
            chosen,
        }
    }
}
