//! Files that come with a form: sealed as they stream in, before the rest of the form is even known to be right. Where the
//! form comes back, what was sealed comes back with it, so that nothing has to be chosen or sent twice.

mod attached;
mod incoming;
mod kept;
mod read;
mod stack;
mod view;

pub use attached::Attached;
pub use kept::{Kept, KeptUpload};
pub use read::{Chosen, FileProblem, SealedTo, Target, read_form};
pub use view::FilesForPage;
