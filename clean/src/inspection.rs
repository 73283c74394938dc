//! Looking into a file, and cleaning it: one way through it serves both, so that they cannot disagree.

use zeroize::Zeroizing;

use crate::bytes::find;
use crate::format::{Format, Start, recognise};
use crate::limits::Limits;
use crate::package::{self, Package};
use crate::trace::{Trace, TraceKind, Traces};
use crate::why_not::WhyNot;
use crate::{heif, jpeg, office, opendocument, pdf, png, webp};

/// The largest file that is cleaned, in bytes: 24 MiB. A document may unpack to some times that.
pub const LARGEST: usize = 24 * 1024 * 1024;

/// What was found in a file.
pub struct Inspection {
    /// What it is.
    pub format: Format,
    /// What it tells, in the order it stands in the file; each value once, and no more than fit on a page.
    pub traces: Vec<Trace>,
    /// Whether [`clean`] takes it.
    pub can_clean: bool,
    /// Why [`clean`] does not take it.
    pub why_not: Option<WhyNot>,
}

/// A file without what told on its maker.
pub struct Cleaned {
    /// The file; wiped from memory when dropped.
    pub file: Zeroizing<Vec<u8>>,
    /// Kinds of traces that were in it and are gone, sorted by their codes.
    pub removed: Vec<TraceKind>,
    /// Kinds of traces that had to stay, sorted by their codes.
    pub left: Vec<TraceKind>,
}

/// Why a file was not cleaned, and what is in it as far as it was understood.
#[derive(Debug, thiserror::Error)]
#[error("{why_not}")]
pub struct NotCleaned {
    /// Why.
    pub why_not: WhyNot,
    /// Kinds of traces that were found before that and are all still there, sorted by their codes.
    pub found: Vec<TraceKind>,
}

/// Says what is in a file. Costs as much as cleaning it.
pub fn inspect(file: &[u8]) -> Inspection {
    let mut traces = Traces::default();
    let (format, outcome) = go_through(file, &mut traces, &mut Limits::default());
    let why_not = outcome.err();
    Inspection { format, traces: traces.into_told(), can_clean: why_not.is_none(), why_not }
}

/// Takes out of a file what tells on its maker. A cleaned file cleans to the same bytes.
///
/// # Errors
/// [`NotCleaned`] if the format is not known, or the file cannot be understood well enough to be sure.
pub fn clean(file: &[u8]) -> Result<Cleaned, NotCleaned> {
    let mut traces = Traces::default();
    let file = go_through(file, &mut traces, &mut Limits::default())
        .1
        .map_err(|why_not| NotCleaned { why_not, found: traces.kinds() })?;
    Ok(Cleaned { file, removed: traces.kinds_removed(), left: traces.kinds_left() })
}

/// A cleaned file, or why there is none.
pub(crate) type Outcome = Result<Zeroizing<Vec<u8>>, WhyNot>;

/// Goes through a file, or through one inside of another.
pub(crate) fn go_through(file: &[u8], traces: &mut Traces, limits: &mut Limits) -> (Format, Outcome) {
    let (format, outcome) = by_format(file, traces, limits);
    // Wherever it ran out, and whatever that looked like there.
    if limits.are_used_up() { (format, Err(WhyNot::TooLarge)) } else { (format, outcome) }
}

fn by_format(file: &[u8], traces: &mut Traces, limits: &mut Limits) -> (Format, Outcome) {
    match recognise(file) {
        Start::Known(Format::Unknown) => (Format::Unknown, Err(WhyNot::UnknownFormat)),
        Start::Known(format) if file.len() > LARGEST => (format, Err(WhyNot::TooLarge)),
        Start::Known(format) => (format, known(format, file, traces, limits)),
        Start::Zip if file.len() > LARGEST => (Format::Unknown, Err(WhyNot::TooLarge)),
        Start::Zip => match package::recognise(file, limits) {
            Ok((package, format)) => (format, document(format, package, file.len(), traces, limits)),
            Err(why_not) => (Format::Unknown, Err(why_not)),
        },
    }
}

fn known(format: Format, file: &[u8], traces: &mut Traces, limits: &mut Limits) -> Outcome {
    limits.work(file.len())?;
    match format {
        Format::Jpeg => jpeg::clean(file, traces, limits),
        Format::Png => png::clean(file, traces, limits),
        Format::Webp => webp::clean(file, traces, limits),
        Format::Heic => heif::clean(file, traces, limits),
        Format::Pdf => pdf::clean(file, traces, limits),
        Format::Text => Ok(Zeroizing::new(file.to_vec())),
        Format::OldOffice => Err(old_office(file)),
        // Documents in archives are told apart elsewhere.
        _ => Err(WhyNot::UnknownFormat),
    }
}

fn document(
    format: Format,
    package: Package,
    length: usize,
    traces: &mut Traces,
    limits: &mut Limits,
) -> Outcome {
    match format {
        Format::Docx | Format::Xlsx | Format::Pptx => office::clean(package, length, traces, limits),
        Format::Odt | Format::Ods | Format::Odp => opendocument::clean(package, length, traces, limits),
        _ => Err(WhyNot::UnknownFormat),
    }
}

/// Newer documents come in the old container when they are encrypted: it then holds a stream of this name.
fn old_office(file: &[u8]) -> WhyNot {
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if find(file, &stream).is_some() { WhyNot::Encrypted } else { WhyNot::OldOffice }
}
