//! What is wrong with a record, in words for the operator and the auditor.

use std::fmt;

use uuid::Uuid;

use crate::domain::Day;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A signature does not verify.
    Signature(Day),
    /// A head belongs to another installation, or does not follow the one before in day and size.
    Order(Day),
    /// The leaves do not lead to the root of a head.
    Root(Day),
    /// A head that was published or mailed is not in the database.
    HeadGone(Day),
    /// A number is left out, or leaves are missing at the end.
    LeafGone(u64),
    /// A stored node of the tree is not what follows from the leaves.
    Node(u64),
    /// Leaves that no head covers.
    NoHead(u64),
    /// A leaf that opens to no event, no erasure and no filler.
    OpensToNothing {
        /// Its number.
        leaf: u64,
        /// The head that covers it.
        day: Option<Day>,
    },
    /// Two rows say that they are the same leaf.
    Twice(u64),
    /// An event is not what was entered.
    Event(Place),
    /// An event was not entered although its day has ended.
    NotEntered(Place),
    /// An event was entered with a day before or after the one that was closed with it.
    WrongDay(Place),
    /// Events of a case are not numbered through.
    Gap(Place),
    /// A case has more or fewer events than it counts.
    Count(Uuid),
    /// A case does not stand where its events say.
    Standing(Uuid),
    /// Sealed entries are not those that came with the event.
    Entries(Place),
    /// A sealed entry without an event.
    EntryAlone(Place),
    /// Events or entries whose case is gone, by its id as it is stored.
    CaseGone(String),
    /// An erasure that was not entered although its day has ended.
    ErasureNotEntered(Day),
    /// An erasure is not what was entered.
    Erasure(Day),
}

/// Where in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The case.
    pub case: Uuid,
    /// The position in it.
    pub position: i64,
    /// The day that the row says.
    pub day: Day,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "case {}, position {}, {}", self.case, self.position, self.day)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signature(day) => {
                write!(f, "head of {day}: its signature is not by this key, or the head was altered")
            }
            Self::Order(day) => write!(
                f,
                "head of {day}: it is of another installation, or does not follow the head before it"
            ),
            Self::Root(day) => write!(
                f,
                "head of {day}: the leaves up to it do not lead to its root; a leaf was altered, dropped or moved"
            ),
            Self::HeadGone(day) => write!(
                f,
                "head of {day}: it was given out and is not in this record; the record was rewritten or cut off"
            ),
            Self::LeafGone(number) => write!(f, "leaf {number}: it is gone"),
            Self::Node(number) => write!(f, "node {number}: it is not what follows from the leaves"),
            Self::NoHead(count) => {
                write!(f, "{count} leaves at the end stand in no head; a head was dropped or altered")
            }
            Self::OpensToNothing { leaf, day } => {
                write!(f, "leaf {leaf}")?;
                if let Some(day) = day {
                    write!(f, ", entered for {day}")?;
                }
                write!(f, ": it opens to no event; the event was dropped, or the leaf altered")
            }
            Self::Twice(leaf) => write!(f, "leaf {leaf}: two rows say that they are it"),
            Self::Event(place) => write!(f, "{place}: the event or its leaf was altered"),
            Self::NotEntered(place) => {
                write!(f, "{place}: the event is not in the record although its day was closed")
            }
            Self::WrongDay(place) => write!(
                f,
                "{place}: the event was entered for another day; it was dated back, or the clock was wrong"
            ),
            Self::Gap(place) => write!(f, "{place}: events before it were dropped or moved"),
            Self::Count(case) => {
                write!(f, "case {case}: it counts other events than it has; events were dropped or added")
            }
            Self::Standing(case) => write!(f, "case {case}: it does not stand where its events say"),
            Self::Entries(place) => write!(
                f,
                "{place}: a sealed entry that came with this event was altered, dropped, added or exchanged"
            ),
            Self::EntryAlone(place) => write!(f, "{place}: a sealed entry whose event is gone"),
            Self::CaseGone(id) => {
                write!(f, "case {id}: its row is gone or damaged, and events or entries are left")
            }
            Self::ErasureNotEntered(day) => {
                write!(f, "an erasure of {day} is not in the record although its day was closed")
            }
            Self::Erasure(day) => write!(f, "an erasure of {day}: it or its leaf was altered"),
        }
    }
}
