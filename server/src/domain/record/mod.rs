//! The record: what happened to every case, without content, in a log that can only grow. What a leaf says, what a head
//! says, what is entered at the end of a day, and how all of it is checked. docs/record.md explains it to people.

pub mod audit;
pub mod batch;
pub mod event;
pub mod finding;
pub mod head;
pub mod missed;
pub mod proof;

pub use batch::{Batch, Entry, NewLeaf, compose};
pub use event::{Content, Erasure, RecordedEvent};
pub use head::{Head, SignedHead};
pub use proof::Proof;
