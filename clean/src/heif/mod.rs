//! HEIF (ISO/IEC 23008-12): HEIC and AVIF pictures. Everything keeps its place, because the file counts in places:
//! what goes is overwritten.

mod boxes;
mod items;

use std::ops::Range;

use zeroize::Zeroizing;

use crate::bytes::Cursor;
use crate::limits::Limits;
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use crate::{exif, xmp};
use boxes::{IsoBox, boxes, versioned};
use items::ItemKind;

/// An Exif item with nothing in it: the offset of the TIFF header, the header, a directory without entries.
const NO_EXIF: &[u8] = &[0, 0, 0, 0, b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0];
/// An XMP packet with nothing in it; spaces follow.
const NO_XMP: &[u8] = br#"<x:xmpmeta xmlns:x="adobe:ns:meta/"/>"#;

/// The picture without anything beside it. What it shows is not touched.
pub(crate) fn clean(
    file: &[u8],
    traces: &mut Traces,
    limits: &mut Limits,
) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
    let mut picture = Picture { file, cleaned: Zeroizing::new(file.to_vec()), traces, limits };
    picture.clean().ok_or(WhyNot::Damaged)?;
    Ok(picture.cleaned)
}

struct Picture<'a, 'b> {
    file: &'a [u8],
    cleaned: Zeroizing<Vec<u8>>,
    traces: &'b mut Traces,
    limits: &'b mut Limits,
}

impl Picture<'_, '_> {
    fn clean(&mut self) -> Option<()> {
        let mut meta = None;
        let mut data = Vec::new();
        for part in boxes(self.file, 0..self.file.len())? {
            match &part.kind {
                b"ftyp" => {}
                b"meta" if meta.is_none() => meta = Some(part),
                b"mdat" => data.push(part.content),
                b"free" | b"skip" => self.blank_unused(&part.content),
                // A film, or a sequence: samples that are counted by other tables.
                b"moov" | b"moof" | b"meta" => return None,
                _ => self.free(&part, TraceKind::Other, &String::from_utf8_lossy(&part.kind)),
            }
        }
        self.metadata(&meta?, data)
    }

    fn metadata(&mut self, meta: &IsoBox, mut data: Vec<Range<usize>>) -> Option<()> {
        let (_, content) = versioned(self.file, meta)?;
        let parts = boxes(self.file, content)?;
        for part in &parts {
            match &part.kind {
                b"hdlr" | b"pitm" | b"iinf" | b"iloc" | b"idat" | b"dinf" | b"grpl" => {}
                b"iref" => self.references(part)?,
                b"iprp" => self.properties(part)?,
                b"free" | b"skip" => self.blank_unused(&part.content),
                b"uuid" | b"xml " | b"bxml" | b"udta" => {
                    self.free(part, TraceKind::Other, &String::from_utf8_lossy(&part.kind));
                }
                _ => return None,
            }
        }
        let only = |kind: &[u8; 4]| {
            let mut found = parts.iter().filter(|part| &part.kind == kind);
            let first = found.next();
            if found.next().is_some() { None } else { Some(first) }
        };
        let idat = only(b"idat")?;
        data.extend(idat.map(|idat| idat.content.clone()));
        let kinds = items::kinds(self.file, only(b"iinf")??)?;
        let places = items::places(self.file, only(b"iloc")??, idat)?;

        let mut used: Vec<_> = places.iter().flat_map(|place| place.extents.clone()).collect();
        used.sort_unstable_by_key(|extent| extent.start);
        if used.windows(2).any(|pair| pair[1].start < pair[0].end) {
            return None;
        }
        self.blank_between(&used, data)?;
        for place in &places {
            match kinds.get(&place.item)? {
                ItemKind::Picture => {}
                kind => self.blank_item(*kind, &place.extents)?,
            }
        }
        Some(())
    }

    /// Overwrites an item that is not a picture, and tells what it held.
    fn blank_item(&mut self, kind: ItemKind, extents: &[Range<usize>]) -> Option<()> {
        let mut held = Zeroizing::new(Vec::new());
        for extent in extents {
            held.extend_from_slice(self.file.get(extent.clone())?);
        }
        let (nothing, filling) = match kind {
            ItemKind::Exif => (NO_EXIF, 0),
            ItemKind::Xmp => (NO_XMP, b' '),
            ItemKind::Other | ItemKind::Picture => (b"".as_slice(), 0),
        };
        let mut blank = vec![filling; held.len()];
        if let Some(start) = blank.get_mut(..nothing.len()) {
            start.copy_from_slice(nothing);
        }
        if *held == blank {
            return Some(());
        }
        match kind {
            ItemKind::Exif => {
                // The first four bytes say how far behind them the TIFF structure begins.
                let mut cursor = Cursor::new(&held);
                let tiff = cursor.u32().and_then(|offset| cursor.rest().get(usize::try_from(offset).ok()?..));
                self.exif(tiff.unwrap_or_default());
            }
            ItemKind::Xmp => xmp::tell(&held, self.traces, self.limits),
            ItemKind::Other | ItemKind::Picture => self.traces.removed(TraceKind::Other, ""),
        }
        let mut blank = blank.as_slice();
        for extent in extents {
            let (piece, rest) = blank.split_at_checked(extent.len())?;
            self.cleaned.get_mut(extent.clone())?.copy_from_slice(piece);
            blank = rest;
        }
        Some(())
    }

    fn exif(&mut self, tiff: &[u8]) {
        let before = self.traces.removals();
        // The orientation of these pictures is a property of its own; Exif's is not looked at.
        exif::tell(tiff, self.traces, self.limits);
        if self.traces.removals() == before {
            self.traces.removed(TraceKind::Other, "Exif");
        }
    }

    /// Overwrites what no item uses: programs that change a picture leave its earlier data there. Items have to stand
    /// in what is set apart for data, or overwriting them would break the file.
    fn blank_between(&mut self, used: &[Range<usize>], mut data: Vec<Range<usize>>) -> Option<()> {
        data.sort_unstable_by_key(|part| part.start);
        let mut used = used.iter().peekable();
        for part in data {
            let mut at = part.start;
            while let Some(extent) = used.next_if(|extent| extent.start < part.end) {
                if extent.start < at || extent.end > part.end {
                    return None;
                }
                self.blank_unused(&(at..extent.start));
                at = extent.end;
            }
            self.blank_unused(&(at..part.end));
        }
        used.next().is_none().then_some(())
    }

    fn blank_unused(&mut self, unused: &Range<usize>) {
        let Some(bytes) = self.cleaned.get_mut(unused.clone()) else { return };
        if bytes.iter().any(|byte| *byte != 0) {
            bytes.fill(0);
            self.traces.removed(TraceKind::Other, "data that nothing uses");
        }
    }

    /// Makes a box one that readers skip.
    fn free(&mut self, part: &IsoBox, kind: TraceKind, value: &str) {
        self.traces.removed(kind, value);
        self.cleaned[part.kind_at..part.kind_at + 4].copy_from_slice(b"free");
        self.cleaned[part.content.clone()].fill(0);
    }

    /// Small pictures of the picture stay: their data belongs to tables that name them.
    fn references(&mut self, iref: &IsoBox) -> Option<()> {
        let (_, content) = versioned(self.file, iref)?;
        if boxes(self.file, content)?.iter().any(|reference| &reference.kind == b"thmb") {
            self.traces.left(TraceKind::Thumbnail, "");
        }
        Some(())
    }

    /// Properties are counted, so that those which go leave an empty one behind.
    fn properties(&mut self, iprp: &IsoBox) -> Option<()> {
        for container in boxes(self.file, iprp.content.clone())? {
            if &container.kind != b"ipco" {
                continue;
            }
            for property in boxes(self.file, container.content)? {
                match &property.kind {
                    b"udes" => self.free(&property, TraceKind::Title, ""),
                    b"crtt" | b"mdft" => self.free(&property, TraceKind::Dates, ""),
                    b"uuid" => self.free(&property, TraceKind::Other, "uuid"),
                    b"free" | b"skip" => self.blank_unused(&property.content),
                    b"colr" if !self.file.get(property.content)?.starts_with(b"nclx") => {
                        self.traces.left(TraceKind::Profile, "");
                    }
                    _ => {}
                }
            }
        }
        Some(())
    }
}
