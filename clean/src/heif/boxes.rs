//! Boxes of the ISO base media file format (ISO/IEC 14496-12).

use std::ops::Range;

use crate::bytes::Cursor;

/// Boxes beside each other. Albums have thousands of items.
const MOST_BOXES: usize = 100_000;

/// A box: a type, and content that may be boxes again.
#[derive(Clone)]
pub(super) struct IsoBox {
    pub kind: [u8; 4],
    /// Where the type's four letters stand in the file.
    pub kind_at: usize,
    /// Where the content stands in the file.
    pub content: Range<usize>,
}

/// The boxes in a part of a file, one after the other; `None` if they do not fill it exactly.
pub(super) fn boxes(file: &[u8], within: Range<usize>) -> Option<Vec<IsoBox>> {
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        if found.len() >= MOST_BOXES {
            return None;
        }
        let mut cursor = Cursor::new(file.get(at..within.end)?);
        let short = cursor.u32()?;
        let kind = cursor.array()?;
        let (length, header) = match short {
            // To the end of what it stands in.
            0 => (within.end - at, 8),
            1 => (usize::try_from(cursor.number(8)?).ok()?, 16),
            length => (usize::try_from(length).ok()?, 8),
        };
        let end = at.checked_add(length).filter(|end| *end <= within.end)?;
        if length < header {
            return None;
        }
        found.push(IsoBox { kind, kind_at: at + 4, content: at + header..end });
        at = end;
    }
    Some(found)
}

/// The version and the content of a box that begins with a version and flags.
pub(super) fn versioned(file: &[u8], of: &IsoBox) -> Option<(u8, Range<usize>)> {
    let version = *file.get(of.content.clone())?.first()?;
    let start = of.content.start.checked_add(4).filter(|start| *start <= of.content.end)?;
    Some((version, start..of.content.end))
}
