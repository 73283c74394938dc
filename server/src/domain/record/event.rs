//! What a leaf says, as text: one spelling for each meaning, since a commitment is made over it.

use candor_crypto::record::{CaseTag, Hash, LeafSecret, commit, from_hex, to_hex};

use crate::domain::Day;

const EVENT: &str = "candor record event 1";
const INNER: &str = "candor record inner 1";
const ERASURE: &str = "candor record erasure 1";
const FILLER: &str = "candor record filler 1\n";

/// Something that happened to a case, as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    /// The case.
    pub case: CaseTag,
    /// Orders the events of the case; the first is 0, and none is left out.
    pub position: i64,
    /// The day it happened.
    pub day: Day,
    /// received, told, opened, status, reply, message, note, missed …
    pub kind: String,
    /// A recipient's id, `reporter` or `service`.
    pub actor: String,
    /// The new status with its outcome, the recipient told, the deadline missed.
    pub detail: String,
    /// The digest of the sealed entries that came with it.
    pub entries: Option<Hash>,
}

impl RecordedEvent {
    /// The text of the leaf. Position and actor stand in it as a commitment of their own: the reporter's proof opens the
    /// leaf, and must not say which recipient acted, nor, by the numbers left out, how much the readers did among
    /// themselves.
    pub fn text(&self, secret: LeafSecret) -> String {
        self.opened(secret).text()
    }

    /// What the opened leaf says.
    pub fn opened(&self, secret: LeafSecret) -> OpenedEvent {
        let inner = format!("{INNER}\nposition {}\nactor {}\n", self.position, self.actor);
        OpenedEvent {
            case: self.case,
            day: self.day,
            kind: self.kind.clone(),
            detail: self.detail.clone(),
            entries: self.entries,
            inner: commit(secret.inner_salt(), &inner),
        }
    }
}

/// Whether an event of this kind is shown to the reporter, and so stands in the reporter's proof.
pub fn is_shown_to_reporter(kind: &str) -> bool {
    matches!(kind, "received" | "opened" | "status" | "reply" | "message" | "missed")
}

/// What an opened leaf says of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedEvent {
    /// The case.
    pub case: CaseTag,
    /// The day it happened.
    pub day: Day,
    /// What happened.
    pub kind: String,
    /// The new status with its outcome, the deadline missed.
    pub detail: String,
    /// The digest of the sealed entries that came with it.
    pub entries: Option<Hash>,
    /// A commitment to position and actor.
    pub inner: Hash,
}

impl OpenedEvent {
    /// The text of the leaf.
    pub fn text(&self) -> String {
        let Self { case, day, kind, detail, entries, inner } = self;
        let entries = entries.map_or_else(|| "-".to_owned(), |digest| to_hex(&digest));
        format!(
            "{EVENT}\ncase {}\nday {day}\nkind {kind}\ndetail {detail}\nentries {entries}\ninner {}\n",
            to_hex(&case.0),
            to_hex(inner)
        )
    }

    /// Reads exactly what [`OpenedEvent::text`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_prefix(EVENT)?.strip_prefix('\n')?.lines();
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let opened = Self {
            case: CaseTag(from_hex(value("case")?)?),
            day: value("day")?.parse().ok()?,
            kind: value("kind")?.to_owned(),
            detail: value("detail")?.to_owned(),
            entries: match value("entries")? {
                "-" => None,
                digest => Some(from_hex(digest)?),
            },
            inner: from_hex(value("inner")?)?,
        };
        (opened.text() == text).then_some(opened)
    }
}

/// A case was erased: its leaves stay in the tree and open to nothing any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The case.
    pub case: CaseTag,
    /// The day it was erased.
    pub day: Day,
    /// The numbers of its leaves, ascending.
    pub leaves: Vec<u64>,
}

impl Erasure {
    /// The numbers of the leaves as they are stored and stand in the text.
    pub fn numbers(&self) -> String {
        self.leaves.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The text of the leaf.
    pub fn text(&self) -> String {
        format!("{ERASURE}\ncase {}\nday {}\nleaves {}\n", to_hex(&self.case.0), self.day, self.numbers())
    }
}

/// What is entered into the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Something happened to a case.
    Event(RecordedEvent),
    /// A case was erased.
    Erasure(Erasure),
    /// Nothing: hides how much happened.
    Filler,
}

impl Content {
    /// The commitment that stands in the tree.
    pub fn commitment(&self, secret: LeafSecret) -> Hash {
        match self {
            Self::Event(event) => commit(secret.salt(), &event.text(secret)),
            Self::Erasure(erasure) => commit(secret.salt(), &erasure.text()),
            Self::Filler => commit(secret.salt(), FILLER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn event() -> RecordedEvent {
        RecordedEvent {
            case: CaseTag::of(Uuid::nil()),
            position: 3,
            day: "2026-11-25".parse().unwrap(),
            kind: "status".to_owned(),
            actor: "chair".to_owned(),
            detail: "concluded:substantiated".to_owned(),
            entries: Some([9; 32]),
        }
    }

    #[test]
    fn every_part_of_an_event_changes_its_leaf() {
        let secret = LeafSecret::from_bytes([1; 16]);
        let leaf = |event: RecordedEvent| Content::Event(event).commitment(secret);
        let original = leaf(event());
        assert_eq!(original, leaf(event()));
        let others = [
            RecordedEvent { case: CaseTag::of(Uuid::max()), ..event() },
            RecordedEvent { position: 4, ..event() },
            RecordedEvent { day: event().day.plus_days(1), ..event() },
            RecordedEvent { kind: "reply".to_owned(), ..event() },
            RecordedEvent { actor: "alternate".to_owned(), ..event() },
            RecordedEvent { detail: "concluded".to_owned(), ..event() },
            RecordedEvent { entries: Some([8; 32]), ..event() },
            RecordedEvent { entries: None, ..event() },
            // Text that looks like other lines does not become them.
            RecordedEvent {
                detail: format!("concluded:substantiated\nentries {}", to_hex(&[9; 32])),
                ..event()
            },
            RecordedEvent { actor: "chair\nactor chair".to_owned(), ..event() },
        ];
        for other in others {
            assert_ne!(leaf(other.clone()), original, "{other:?}");
        }
        assert_ne!(Content::Event(event()).commitment(LeafSecret::from_bytes([2; 16])), original);
    }

    #[test]
    fn an_opened_leaf_names_neither_actor_nor_position_and_reads_back() {
        let secret = LeafSecret::from_bytes([1; 16]);
        let text = event().text(secret);
        assert!(!text.contains("chair") && !text.contains("position"), "{text}");
        let opened = OpenedEvent::parse(&text).unwrap();
        assert_eq!((opened.kind.as_str(), opened.entries), ("status", Some([9; 32])));
        for other in [
            text.replace("kind", "kinds"),
            format!("{text}\n"),
            text.trim_end().to_owned(),
            text.to_uppercase(),
        ] {
            assert_eq!(OpenedEvent::parse(&other), None, "{other}");
        }
    }
}
