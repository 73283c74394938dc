//! Recipients: the roles that can receive reports.

use candor_crypto::PublicKey;
use serde::{Deserialize, Serialize};

/// What kind of role a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientKind {
    /// The Audit Committee: its chair (the first configured) and alternates.
    Committee,
    /// The Compliance Office.
    Compliance,
    /// A supervisor: reads what the committee releases, unless configured otherwise.
    Supervisor,
    /// Outside counsel named by the Board: reads when nobody on the committee may.
    Counsel,
    /// An investigator: reads what is released to them.
    Investigator,
}

impl RecipientKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Committee, Self::Compliance, Self::Supervisor, Self::Counsel, Self::Investigator];

    /// The code in the configuration and in the interface, for example `committee`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Compliance => "compliance",
            Self::Supervisor => "supervisor",
            Self::Counsel => "counsel",
            Self::Investigator => "investigator",
        }
    }

    /// The kind with this code; `None` when there is none.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A role that can be chosen to receive reports, as the organisation configured it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Short name used in forms and in the database: `a-z`, `0-9` and `-`.
    pub id: String,
    /// What kind of role it is.
    pub kind: RecipientKind,
    /// The title people read, for example "Audit Committee chair".
    pub title: String,
    /// Where notices go.
    pub email: String,
    /// The public key that grants are sealed to; without it the recipient can read nothing.
    pub public_key: Option<PublicKey>,
    /// Whether the reporter may choose this recipient.
    pub choosable: bool,
    /// For supervisors: whether the organisation decided that a chosen supervisor reads the case.
    pub reads: bool,
}

impl Recipient {
    /// Whether this recipient has the key that reading needs.
    pub fn has_key(&self) -> bool {
        self.public_key.is_some()
    }
}

/// All recipients, in the order of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// The recipients in the order of the configuration, which is the order of precedence: the
    /// first of the committee is its chair.
    pub fn new(recipients: Vec<Recipient>) -> Self {
        Self(recipients)
    }

    /// All of them, in the order of the configuration.
    pub fn iter(&self) -> std::slice::Iter<'_, Recipient> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The recipient with this id.
    pub fn get(&self, id: &str) -> Option<&Recipient> {
        self.0.iter().find(|recipient| recipient.id == id)
    }

    /// Those of one kind, in the order of the configuration.
    pub fn of_kind(&self, kind: RecipientKind) -> impl Iterator<Item = &Recipient> {
        self.0.iter().filter(move |recipient| recipient.kind == kind)
    }

    /// The committee: chair first, then the alternates.
    pub fn committee(&self) -> impl Iterator<Item = &Recipient> {
        self.of_kind(RecipientKind::Committee)
    }

    /// The chair: the first of the committee.
    pub fn chair(&self) -> Option<&Recipient> {
        self.committee().next()
    }

    /// Those that the reporter may choose.
    pub fn choosable(&self) -> impl Iterator<Item = &Recipient> {
        self.0.iter().filter(|recipient| recipient.choosable)
    }

    /// Whether someone of the committee, or its fallback, could read a report at all. Where this
    /// is false the reporter pages close before anyone types.
    pub fn readable(&self) -> bool {
        self.0.iter().any(|recipient| {
            matches!(recipient.kind, RecipientKind::Committee | RecipientKind::Counsel) && recipient.has_key()
        })
    }
}

impl<'a> IntoIterator for &'a Recipients {
    type Item = &'a Recipient;
    type IntoIter = std::slice::Iter<'a, Recipient>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
