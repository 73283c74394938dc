//! The rules, and nothing else: no database, no network, no clock, no randomness.
//!
//! Every rule that a reporter, the Audit Committee or a court may ask about lives here as data or
//! as a pure function, so that it can be read and tested on its own.

pub mod assessment;
pub mod calendar;
pub mod category;
pub mod closing;
pub mod day;
pub mod deadlines;
pub mod file_name;
pub mod permission;
pub mod printed;
pub mod recipient;
pub mod record;
pub mod reminders;
pub mod report;
pub mod routing;
pub mod status;

pub use assessment::Assessment;
pub use category::Category;
pub use day::Day;
pub use recipient::{Recipient, RecipientKind, Recipients};
pub use status::{CaseKind, Outcome, Status};
