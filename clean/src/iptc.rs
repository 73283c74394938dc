//! IPTC captions inside Photoshop's image resources: what press photographers and photo programs write.

use crate::bytes::Cursor;
use crate::trace::{TraceKind, Traces};

/// The image resource that holds IPTC records.
const IPTC: u16 = 0x0404;

/// Tells what Photoshop's image resources (the content of APP13 after its prefix) hold.
pub(crate) fn tell(resources: &[u8], traces: &mut Traces) {
    let before = traces.removals();
    let mut cursor = Cursor::new(resources);
    while resource(&mut cursor, traces).is_some() {}
    if traces.removals() == before {
        traces.removed(TraceKind::Other, "Photoshop data");
    }
}

fn resource(cursor: &mut Cursor, traces: &mut Traces) -> Option<()> {
    if cursor.take(4)? != b"8BIM" {
        return None;
    }
    let id = cursor.u16()?;
    // A name with its length in one byte, and content with its length in four; both padded to even lengths.
    let name_length = usize::from(cursor.byte()?);
    cursor.take(name_length | 1)?;
    let length = usize::try_from(cursor.u32()?).ok()?;
    let content = cursor.take(length)?;
    if id == IPTC {
        let mut records = Cursor::new(content);
        while record(&mut records, traces).is_some() {}
    }
    cursor.take(length % 2)?;
    Some(())
}

fn record(cursor: &mut Cursor, traces: &mut Traces) -> Option<()> {
    if cursor.byte()? != 0x1c {
        return None;
    }
    let (record, dataset) = (cursor.byte()?, cursor.byte()?);
    let length = usize::from(cursor.u16()?);
    let value = cursor.take(length)?;
    let kind = match (record, dataset) {
        // By-line and its title, credit, source, copyright, contact, writer of the caption.
        (2, 80 | 85 | 110 | 115 | 116 | 118 | 122) => TraceKind::Author,
        // Content location, city, part of it, province, country.
        (2, 26 | 27 | 90 | 92 | 95 | 100 | 101) => TraceKind::Place,
        (2, 55 | 60 | 62 | 63) => TraceKind::Dates,
        (2, 65 | 70) => TraceKind::Software,
        // Title, keywords, headline, caption.
        (2, 5 | 25 | 105 | 120) => TraceKind::Title,
        _ => return Some(()),
    };
    traces.removed(kind, String::from_utf8_lossy(&value[..value.len().min(1000)]));
    Some(())
}
