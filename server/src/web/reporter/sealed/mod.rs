//! What our script sends and is answered with: sealed in the browser, on the same addresses as the forms.
//!
//! Nothing that arrives here can be read by this server or by anyone on the way. All that can be checked is its shape,
//! and that the route is one that the rules lead to (docs/protocol.md, section 8).

mod attachments;
mod check;
mod fields;
mod refusal;
mod report;
mod submission;

pub use check::{add_message, look_up, record_proof, reply_file};
pub use refusal::Refusal;
pub use report::receive;
