//! XMP: Adobe's metadata, an RDF document inside pictures and PDF files. Read to be shown; never written back.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::trace::{TraceKind, Traces};
use crate::xml::{DEEPEST, unescaped};

/// XMP that is read to be shown, in bytes.
const LONGEST_READ: usize = 1024 * 1024;

/// What a property tells, by its name without the namespace's prefix.
fn kind_of(name: &str) -> Option<TraceKind> {
    Some(match name {
        "creator" | "Author" | "author" | "Artist" | "OwnerName" | "Owner" | "CameraOwnerName"
        | "AuthorsPosition" | "CaptionWriter" | "Credit" | "rights" | "publisher" | "contributor" => {
            TraceKind::Author
        }
        "LastModifiedBy" => TraceKind::LastEditor,
        "Company" => TraceKind::Company,
        "City" | "State" | "Country" | "CountryCode" | "Location" | "Sublocation" | "GPSLatitude"
        | "GPSLongitude" | "GPSAltitude" => TraceKind::Place,
        "Make" | "Model" | "Lens" | "LensModel" | "LensMake" => TraceKind::Device,
        "SerialNumber" | "BodySerialNumber" | "LensSerialNumber" => TraceKind::SerialNumber,
        "CreateDate" | "ModifyDate" | "MetadataDate" | "DateCreated" | "DateTimeOriginal"
        | "DateTimeDigitized" | "DateTime" | "when" | "date" | "CreationDate" | "ModDate" => TraceKind::Dates,
        "CreatorTool" | "Producer" | "Software" | "softwareAgent" | "xmptk" => TraceKind::Software,
        "title" | "description" | "subject" | "Keywords" | "Headline" | "Title" | "Subject" => {
            TraceKind::Title
        }
        "UserComment" => TraceKind::Comment,
        "DocumentID" | "InstanceID" | "OriginalDocumentID" | "documentID" | "instanceID"
        | "originalDocumentID" | "VersionID" | "identifier" | "ImageUniqueID" => TraceKind::Identifier,
        _ => return None,
    })
}

/// Tells what an XMP packet holds.
pub(crate) fn tell(packet: &[u8], traces: &mut Traces) {
    let before = traces.removals();
    if packet.len() <= LONGEST_READ
        && let Ok(text) = std::str::from_utf8(packet)
    {
        read(text.trim_start_matches('\u{feff}'), traces);
    }
    if traces.removals() == before {
        traces.removed(TraceKind::Other, "XMP");
    }
}

/// Reads as far as the packet is well formed: it is removed whole in any case.
fn read(text: &str, traces: &mut Traces) {
    let mut reader = Reader::from_str(text);
    // For every open element what its text tells: its own property, or the one it stands in (lists in RDF).
    let mut open: Vec<Option<TraceKind>> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                if open.len() >= DEEPEST {
                    return;
                }
                attributes(&element, traces);
                open.push(kind_of(element.local_name().into_inner()).or(open.last().copied().flatten()));
            }
            Ok(Event::Empty(element)) => attributes(&element, traces),
            Ok(Event::End(_)) => {
                open.pop();
            }
            Ok(Event::Text(text)) => {
                if let Some(Some(kind)) = open.last()
                    && !text.trim().is_empty()
                {
                    traces.removed(*kind, &*text);
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attributes(element: &BytesStart, traces: &mut Traces) {
    for attribute in element.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { return };
        if let Some(kind) = kind_of(attribute.key.local_name().into_inner())
            && !attribute.value.is_empty()
        {
            traces.removed(kind, unescaped(&attribute.value));
        }
    }
}
