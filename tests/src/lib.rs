//! What the tests of the whole product share: the service on a real port, a reporter who uses its pages as a browser
//! without scripts would, and the built program for what only a process can show.

pub mod desk;
pub mod notices;
pub mod program;
pub mod records;
pub mod reporter;
pub mod residue;
pub mod sealed_reporter;
pub mod service;
pub mod smtp;
pub mod wire;

pub use program::Program;
pub use reporter::{Page, Reporter};
pub use sealed_reporter::SealedReporter;
pub use service::{Service, TestClock};
