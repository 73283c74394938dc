//! Documents that are zip archives: what holds for both kinds of them.

mod read;
mod write;

use zeroize::Zeroizing;

pub(crate) use read::Package;
pub(crate) use write::PackageWriter;

use crate::format::Format;
use crate::inspection::{Outcome, go_through};
use crate::limits::Limits;
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use crate::xml::{self, Rules};

/// Fonts in documents: in forms of their own, and without a maker among the writers.
const FONTS: &[&str] = &[".odttf", ".fntdata", ".ttf", ".otf"];

/// A part that is a file of its own: a picture, a table. It is cleaned like any other, or left as it is and told.
///
/// # Errors
/// Only those that stop the whole: it takes too much work.
pub(crate) fn part(
    name: &str,
    file: Zeroizing<Vec<u8>>,
    traces: &mut Traces,
    limits: &mut Limits,
) -> Outcome {
    let lower = name.to_ascii_lowercase();
    if file.is_empty() || FONTS.iter().any(|ending| lower.ends_with(ending)) {
        return Ok(file);
    }
    let outcome =
        limits.within(file.len(), |limits| traces.attempt(|traces| go_through(&file, traces, limits).1));
    match outcome {
        Some(Ok(cleaned)) => Ok(cleaned),
        Some(Err(WhyNot::TooLarge)) => Err(WhyNot::TooLarge),
        Some(Err(_)) | None => {
            traces.left(TraceKind::Other, name);
            Ok(file)
        }
    }
}

/// A part that is XML: copied into `document` piece by piece, but for what `rules` take out of it.
///
/// # Errors
/// Those of [`xml::rewrite`] and of [`PackageWriter::add`].
pub(crate) fn xml_part(
    name: &str,
    content: &[u8],
    rules: &mut impl Rules,
    traces: &mut Traces,
    limits: &mut Limits,
    document: &mut PackageWriter,
) -> Result<(), WhyNot> {
    document.begin(name, content.len(), limits)?;
    xml::rewrite(content, rules, traces, limits, |piece| document.write(piece))
}

/// Whether a document's part is XML that rules are applied to.
pub(crate) fn is_xml(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".xml", ".rels", ".rdf"].iter().any(|ending| lower.ends_with(ending))
}

/// Opens a document, and says which one it is.
pub(crate) fn recognise<'a>(file: &'a [u8], limits: &mut Limits) -> Result<(Package<'a>, Format), WhyNot> {
    let mut package = Package::open(file, limits)?;
    let format = if package.has("mimetype") {
        let kind = package.read_named("mimetype", limits)?;
        match String::from_utf8_lossy(&kind).trim() {
            "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.text-template" => Format::Odt,
            "application/vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet-template" => Format::Ods,
            "application/vnd.oasis.opendocument.presentation"
            | "application/vnd.oasis.opendocument.presentation-template" => Format::Odp,
            _ => Format::Unknown,
        }
    } else if package.has("[Content_Types].xml") {
        let types = package.read_named("[Content_Types].xml", limits)?;
        let types = String::from_utf8_lossy(&types);
        if types.contains("wordprocessingml.") || types.contains("ms-word.") {
            Format::Docx
        } else if types.contains("spreadsheetml.") || types.contains("ms-excel.") {
            Format::Xlsx
        } else if types.contains("presentationml.") || types.contains("ms-powerpoint.") {
            Format::Pptx
        } else {
            Format::Unknown
        }
    } else {
        Format::Unknown
    };
    Ok((package, format))
}
