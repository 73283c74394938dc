//! The reporter's proof: a file that shows, without the service, that the events of one case stand in the record.

use candor_crypto::padding::answer_bucket;
use candor_crypto::record::{CaseTag, Hash, Path, RecordSignature, commit, from_hex, is_included, to_hex};
use serde::{Deserialize, Serialize};

use super::event::OpenedEvent;
use super::head::{Head, SignedHead};

/// Said at the top of the file, for whoever finds it again.
const ABOUT: &str = "A proof that events of one report stand in the record of the service. Check it with: \
                     candor log verify --proof FILE --key PUBLIC-KEY. It holds no text of the report and no name.";
/// A proof of a case with thousands of events is smaller.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// One leaf, opened, with its way to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenLeaf {
    /// Its number.
    pub number: u64,
    /// Opens it.
    pub salt: [u8; 16],
    /// What it says.
    pub event: OpenedEvent,
    /// The hashes beside the way to the root.
    pub path: Path,
}

/// A proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The head that all of it leads to.
    pub head: SignedHead,
    /// The leaves, in the order of the events.
    pub leaves: Vec<ProvenLeaf>,
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Changed, cut short or never one: not byte for byte as the service writes it.
    #[error("it is not a proof as the service writes it: something in it was changed, or is missing")]
    Malformed,
    /// It holds no receipt of a report.
    #[error("it does not begin with the receipt of a report")]
    NoReceipt,
    /// Events of another case stand in it.
    #[error("it holds events of different reports")]
    OtherCase,
    /// A leaf is not in the tree of the head.
    #[error("event {0} of the file is not in the record whose head the file names")]
    NotIncluded(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileJson {
    about: String,
    candor_record_proof: u32,
    head: String,
    signature: String,
    events: Vec<LeafJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeafJson {
    leaf: u64,
    salt: String,
    text: String,
    path: Vec<String>,
}

impl Proof {
    /// The file: JSON, filled up with spaces to the length that answers about a case have, so that its size does not say
    /// how much happened.
    pub fn to_file(&self) -> String {
        let json = FileJson {
            about: ABOUT.to_owned(),
            candor_record_proof: 1,
            head: self.head.head.text(),
            signature: to_hex(&self.head.signature.0),
            events: self
                .leaves
                .iter()
                .map(|leaf| LeafJson {
                    leaf: leaf.number,
                    salt: to_hex(&leaf.salt),
                    text: leaf.event.text(),
                    path: leaf.path.iter().map(|hash| to_hex(hash)).collect(),
                })
                .collect(),
        };
        let mut file = serde_json::to_string_pretty(&json).expect("text and numbers become JSON");
        let full = usize::try_from(answer_bucket(file.len() as u64 + 1)).unwrap_or(file.len() + 1);
        file.extend(std::iter::repeat_n(' ', full - file.len() - 1));
        file.push('\n');
        file
    }

    /// Reads exactly what [`Proof::to_file`] writes.
    ///
    /// # Errors
    /// [`ProofError::Malformed`] if a single byte differs.
    pub fn from_file(file: &str) -> Result<Self, ProofError> {
        Self::read(file).filter(|proof| proof.to_file() == file).ok_or(ProofError::Malformed)
    }

    fn read(file: &str) -> Option<Self> {
        let json: FileJson = serde_json::from_str(file).ok()?;
        let signature = RecordSignature(from_hex(&json.signature)?);
        let head = SignedHead { head: Head::parse(&json.head)?, signature };
        let leaves = json.events.into_iter().map(|leaf| {
            Some(ProvenLeaf {
                number: leaf.leaf,
                salt: from_hex(&leaf.salt)?,
                event: OpenedEvent::parse(&leaf.text)?,
                path: leaf.path.iter().map(|hash| from_hex::<32>(hash)).collect::<Option<Vec<Hash>>>()?,
            })
        });
        Some(Self { head, leaves: leaves.collect::<Option<_>>()? })
    }

    /// Checks that every leaf is in the tree of the head and that all are of one case, which they name. Whether the head
    /// is the record's is another question: ask it of a key or of a head that came another way.
    ///
    /// # Errors
    /// [`ProofError`]
    pub fn check(&self) -> Result<CaseTag, ProofError> {
        let first = self.leaves.first().filter(|leaf| leaf.event.kind == "received");
        let case = first.ok_or(ProofError::NoReceipt)?.event.case;
        let Head { size, root, .. } = &self.head.head;
        for (at, leaf) in (1..).zip(&self.leaves) {
            if leaf.event.case != case {
                return Err(ProofError::OtherCase);
            }
            let commitment = commit(leaf.salt, &leaf.event.text());
            if !is_included(&commitment, leaf.number, *size, root, &leaf.path) {
                return Err(ProofError::NotIncluded(at));
            }
        }
        Ok(case)
    }
}
