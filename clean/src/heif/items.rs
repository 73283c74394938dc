//! Items of a picture: what they are and where their bytes stand (ISO/IEC 14496-12, 8.11).

use std::collections::HashMap;
use std::ops::Range;

use crate::bytes::{Cursor, until_zero};
use crate::heif::boxes::{IsoBox, boxes, versioned};

/// What an item is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// A coded picture, or one that is put together from others.
    Picture,
    Exif,
    Xmp,
    /// Other data beside the picture.
    Other,
}

/// Item types that are pictures. Any other type is not understood.
const PICTURES: &[&[u8; 4]] = &[
    b"hvc1", b"lhv1", b"av01", b"avc1", b"vvc1", b"jpeg", b"j2k1", b"unci", b"grid", b"iden", b"iovl",
    b"tmap",
];

/// The kinds of all items by their numbers, from `iinf`.
pub(super) fn kinds(file: &[u8], iinf: &IsoBox) -> Option<HashMap<u32, ItemKind>> {
    let (version, content) = versioned(file, iinf)?;
    let counted = if version == 0 { 2 } else { 4 };
    let mut kinds = HashMap::new();
    for entry in boxes(file, content.start.checked_add(counted)?..content.end)? {
        if &entry.kind != b"infe" {
            return None;
        }
        let (version, content) = versioned(file, &entry)?;
        let mut cursor = Cursor::new(file.get(content)?);
        let number = match version {
            2 => u32::from(cursor.u16()?),
            3 => cursor.u32()?,
            _ => return None,
        };
        if cursor.u16()? != 0 {
            // Protected: encrypted by a scheme of its own.
            return None;
        }
        let kind = match &cursor.array()? {
            b"Exif" => ItemKind::Exif,
            b"mime" => {
                let (_name, rest) = until_zero(cursor.rest());
                if until_zero(rest).0 == b"application/rdf+xml" { ItemKind::Xmp } else { ItemKind::Other }
            }
            b"uri " => ItemKind::Other,
            kind if PICTURES.contains(&kind) => ItemKind::Picture,
            _ => return None,
        };
        if kinds.insert(number, kind).is_some() {
            return None;
        }
    }
    Some(kinds)
}

/// Where the bytes of an item stand in the file.
pub(super) struct Located {
    pub item: u32,
    pub extents: Vec<Range<usize>>,
}

/// The places of all items, from `iloc`. `idat` is where the data inside of the metadata stands.
pub(super) fn places(file: &[u8], iloc: &IsoBox, idat: Option<&IsoBox>) -> Option<Vec<Located>> {
    let (version, content) = versioned(file, iloc)?;
    let mut cursor = Cursor::new(file.get(content)?);
    let [sizes, more_sizes] = cursor.array()?;
    let (offset_size, length_size) = (usize::from(sizes >> 4), usize::from(sizes & 15));
    let base_size = usize::from(more_sizes >> 4);
    let index_size = if version == 0 { 0 } else { usize::from(more_sizes & 15) };
    let count = match version {
        0 | 1 => u32::from(cursor.u16()?),
        2 => cursor.u32()?,
        _ => return None,
    };
    let mut places = Vec::new();
    let mut total = 0_usize;
    for _ in 0..count {
        let item = if version < 2 { u32::from(cursor.u16()?) } else { cursor.u32()? };
        let method = if version == 0 { 0 } else { cursor.u16()? & 15 };
        if cursor.u16()? != 0 {
            // In another file.
            return None;
        }
        let within = match method {
            0 => 0..file.len(),
            1 => idat?.content.clone(),
            _ => return None,
        };
        let base = usize::try_from(cursor.number(base_size)?).ok()?;
        let mut extents = Vec::new();
        for _ in 0..cursor.u16()? {
            cursor.number(index_size)?;
            let offset = usize::try_from(cursor.number(offset_size)?).ok()?;
            let length = usize::try_from(cursor.number(length_size)?).ok()?;
            let start = within.start.checked_add(base)?.checked_add(offset)?;
            let end = start.checked_add(length).filter(|end| *end <= within.end)?;
            // No item shares its bytes with another, so that all together are not longer than the file.
            total = total.checked_add(length).filter(|total| *total <= file.len())?;
            if length == 0 {
                return None;
            }
            extents.push(start..end);
        }
        places.push(Located { item, extents });
    }
    Some(places)
}
