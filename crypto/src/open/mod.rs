//! Opening what was sealed. Lives in the console and the command line; the server opens nothing
//! but the reporter's own mailbox, for one response.
//!
//! Every function gives one of three answers: `Ok(Some(…))` here it is; `Ok(None)` it is not
//! sealed to this key; `Err(…)` it is broken, or not what it claims to be.

mod answer;
mod challenge;
mod content;
#[cfg(feature = "async")]
mod content_stream;
mod entry;
mod error;
mod file;
mod grant;
mod json;
mod keyfile;

pub use answer::{OpenedAnswer, open_answer};
pub use challenge::open_challenge;
pub use content::open_content;
#[cfg(feature = "async")]
pub use content_stream::ContentOpener;
pub use entry::{Entry, open_entry};
pub use error::{KeyfileError, OpenError};
pub use grant::{OpenedCaseKey, open_grant};
pub use keyfile::read_keyfile;
