//! Finds and removes what files tell on whoever made them.
//!
//! A photograph names the place it was taken and the camera it was taken with; a document names its writer, the
//! writer's company, and everybody who changed it. Whoever reports a wrong may not think of that. [`inspect`] says what
//! is in a file, [`clean`] takes it out and leaves the picture or the text as it is.
//!
//! Nothing here reads or writes files, nothing panics on any input, and memory is bounded: see [`LARGEST`].
//!
//! ```
//! use candor_clean::{Format, TraceKind, clean, inspect};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let photo = include_bytes!("../corpus/photo-phone.jpg");
//! let found = inspect(photo);
//! assert_eq!(found.format, Format::Jpeg);
//! assert!(found.traces.iter().any(|trace| trace.kind == TraceKind::Place));
//!
//! let cleaned = clean(photo)?;
//! assert!(cleaned.removed.contains(&TraceKind::SerialNumber));
//! assert!(inspect(&cleaned.file).traces.is_empty());
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod bytes;
mod exif;
mod format;
mod heif;
mod inspection;
mod iptc;
mod jpeg;
mod limits;
mod office;
mod opendocument;
mod package;
mod pdf;
mod png;
mod properties;
mod trace;
mod webp;
mod why_not;
mod xml;
mod xmp;

pub use format::Format;
pub use inspection::{Cleaned, Inspection, LARGEST, NotCleaned, clean, inspect};
pub use trace::{Trace, TraceKind};
pub use why_not::WhyNot;
