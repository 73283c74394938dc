//! XMP: Adobe's metadata, an RDF document inside pictures and PDF files. Read to be shown; never written back.

use crate::limits::Limits;
use crate::properties;
use crate::trace::{TraceKind, Traces};

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
pub(crate) fn tell(packet: &[u8], traces: &mut Traces, limits: &mut Limits) {
    let before = traces.removals();
    if packet.len() <= LONGEST_READ {
        properties::tell(packet, kind_of, traces, limits);
    }
    if traces.removals() == before {
        traces.removed(TraceKind::Other, "XMP");
    }
}
