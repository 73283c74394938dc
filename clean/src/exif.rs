//! Exif: what cameras write beside the picture. Read to be shown; only the orientation is ever written back.

use exif::{Context, Exif, In, Reader, Tag, Value};

use crate::limits::{Limits, WORK_OF_EXIF};
use crate::trace::{TraceKind, Traces};

/// Exif that is read to be shown, in bytes. Cameras write less than 64 KiB; what is larger is removed unread.
const LONGEST_READ: usize = 256 * 1024;

/// Directories that one has: of the picture, its thumbnail, Exif, GPS, interoperability, and some more.
const MOST_DIRECTORIES: usize = 16;

/// Exif's MakerNote: the maker's own data, in a form of their own.
const MAKER_NOTE: u16 = 0x927c;
/// Where the thumbnail starts, in the directory of the thumbnail.
const THUMBNAIL: Tag = Tag::JPEGInterchangeFormat;

/// What each field tells. Fields that are not named here (exposure, say) tell little by themselves.
const FIELDS: &[(u16, TraceKind)] = &[
    (0x010f, TraceKind::Device),       // Make
    (0x0110, TraceKind::Device),       // Model
    (0x013c, TraceKind::Device),       // HostComputer
    (0xa433, TraceKind::Device),       // LensMake
    (0xa434, TraceKind::Device),       // LensModel
    (0xa431, TraceKind::SerialNumber), // BodySerialNumber
    (0xa435, TraceKind::SerialNumber), // LensSerialNumber
    (0xc62f, TraceKind::SerialNumber), // CameraSerialNumber
    (0x013b, TraceKind::Author),       // Artist
    (0x8298, TraceKind::Author),       // Copyright
    (0x9c9d, TraceKind::Author),       // XPAuthor
    (0xa430, TraceKind::Author),       // CameraOwnerName
    (0x0132, TraceKind::Dates),        // DateTime
    (0x9003, TraceKind::Dates),        // DateTimeOriginal
    (0x9004, TraceKind::Dates),        // DateTimeDigitized
    (0x000b, TraceKind::Software),     // ProcessingSoftware
    (0x0131, TraceKind::Software),     // Software
    (0x010d, TraceKind::Title),        // DocumentName
    (0x010e, TraceKind::Title),        // ImageDescription
    (0x9c9b, TraceKind::Title),        // XPTitle
    (0x9c9e, TraceKind::Title),        // XPKeywords
    (0x9c9f, TraceKind::Title),        // XPSubject
    (0x9286, TraceKind::Comment),      // UserComment
    (0x9c9c, TraceKind::Comment),      // XPComment
    (0xa420, TraceKind::Identifier),   // ImageUniqueID
];

/// Tells what is in Exif (a TIFF structure, without the prefix of its container), and reads the orientation:
/// 1 to 8, where 1 is upright.
pub(crate) fn tell(tiff: &[u8], traces: &mut Traces, limits: &mut Limits) -> u16 {
    let Some(exif) = read(tiff, limits) else {
        traces.removed(TraceKind::Other, "Exif");
        return 1;
    };
    let orientation = exif
        .get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| u16::try_from(value).ok())
        .filter(|value| (1..=8).contains(value))
        .unwrap_or(1);
    if tiff == minimal(orientation) && orientation != 1 {
        return orientation;
    }
    let before = traces.removals();
    for (number, kind) in FIELDS {
        for context in [Context::Tiff, Context::Exif] {
            if let Some(field) = exif.get_field(Tag(context, *number), In::PRIMARY) {
                traces.removed(*kind, text(&field.value, *number));
            }
        }
    }
    if exif.get_field(Tag(Context::Exif, MAKER_NOTE), In::PRIMARY).is_some() {
        traces.removed(TraceKind::Other, "maker note");
    }
    if exif.get_field(THUMBNAIL, In::THUMBNAIL).is_some() {
        traces.removed(TraceKind::Thumbnail, "");
    }
    if (0..=0x1f).any(|number| exif.get_field(Tag(Context::Gps, number), In::PRIMARY).is_some()) {
        traces.removed(TraceKind::Place, position(&exif));
    }
    if traces.removals() == before {
        traces.removed(TraceKind::Other, "Exif");
    }
    orientation
}

/// Exif with the orientation and nothing else, 26 bytes.
pub(crate) fn minimal(orientation: u16) -> [u8; 26] {
    let [high, low] = orientation.to_be_bytes();
    // Header (the first directory at 8); one entry: tag 0x0112, type SHORT, one value; no further directory.
    [b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, high, low, 0, 0, 0, 0, 0, 0]
}

fn read(tiff: &[u8], limits: &mut Limits) -> Option<Exif> {
    if tiff.len() > LONGEST_READ || claimed(tiff).is_none_or(|claimed| claimed > 2 * tiff.len()) {
        return None;
    }
    limits.work(WORK_OF_EXIF * tiff.len()).ok()?;
    Reader::new()
        .continue_on_error(true)
        .read_raw(tiff.to_vec())
        .or_else(|error| error.distill_partial_result(|_| ()))
        .ok()
}

/// How long all values say they are together, in bytes. Where that is more than there is, they share their bytes, and
/// reading each of them would take many times the file. `None` where directories lead round and round.
fn claimed(tiff: &[u8]) -> Option<usize> {
    let is_little = tiff.starts_with(b"II");
    let u16_at = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let u32_at = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        let number = if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(number).ok()
    };
    let mut directories: Vec<usize> = u32_at(4).into_iter().collect();
    let mut total = 0_usize;
    let mut seen = 0;
    while let Some(directory) = directories.pop().filter(|directory| *directory != 0) {
        seen += 1;
        if seen > MOST_DIRECTORIES {
            return None;
        }
        let Some(entries) = u16_at(directory) else { continue };
        let first = directory + 2;
        for entry in (0..usize::from(entries)).map(|number| first + 12 * number) {
            let (Some(tag), Some(kind), Some(count)) = (u16_at(entry), u16_at(entry + 2), u32_at(entry + 4))
            else {
                break;
            };
            let bytes = match kind {
                3 | 8 => 2,
                4 | 9 | 11 => 4,
                5 | 10 | 12 => 8,
                _ => 1,
            };
            total = total.saturating_add(count.saturating_mul(bytes));
            // Where more directories are: Exif, GPS, interoperability.
            if matches!(tag, 0x8769 | 0x8825 | 0xa005) {
                directories.extend(u32_at(entry + 8));
            }
        }
        directories.extend(u32_at(first + 12 * usize::from(entries)));
    }
    Some(total)
}

fn text(value: &Value, number: u16) -> String {
    match value {
        Value::Ascii(lines) => lines
            .iter()
            .take(4)
            .map(|line| String::from_utf8_lossy(&line[..line.len().min(1000)]).into_owned())
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        // Windows writes its own fields in UTF-16, the least significant byte first.
        Value::Byte(bytes) if (0x9c9b..=0x9c9f).contains(&number) => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).take(1000).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned()
        }
        // UserComment: 8 bytes that name the encoding, then the text.
        Value::Undefined(bytes, _) => {
            let text = bytes.get(8..).unwrap_or_default();
            String::from_utf8_lossy(&text[..text.len().min(1000)]).replace('\0', "")
        }
        _ => String::new(),
    }
}

/// Latitude and longitude in degrees, as maps are searched; empty where there is no full position.
fn position(exif: &Exif) -> String {
    let degrees = |number: u16, reference: u16, negative: u8| {
        let Value::Rational(parts) = &exif.get_field(Tag(Context::Gps, number), In::PRIMARY)?.value else {
            return None;
        };
        let [degrees, minutes, seconds] = parts.get(..3)? else { return None };
        let degrees = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
        let reference = exif.get_field(Tag(Context::Gps, reference), In::PRIMARY);
        let is_negative = reference.is_some_and(
            |field| matches!(&field.value, Value::Ascii(lines) if lines.first().is_some_and(|line| line.first() == Some(&negative))),
        );
        degrees.is_finite().then_some(if is_negative { -degrees } else { degrees })
    };
    match (degrees(2, 1, b'S'), degrees(4, 3, b'W')) {
        (Some(latitude), Some(longitude)) => format!("{latitude:.5}, {longitude:.5}"),
        _ => String::new(),
    }
}
