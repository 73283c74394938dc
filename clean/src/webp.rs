//! WebP: a RIFF file. The chunks that make the picture are copied, all others go.

use zeroize::Zeroizing;

use crate::bytes::Cursor;
use crate::limits::{Limits, WORK_OF_TRACE};
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use crate::{exif, xmp};

/// Flags of VP8X that say which metadata the file has.
const ICC_FLAG: u8 = 0x20;
const EXIF_FLAG: u8 = 0x08;
const XMP_FLAG: u8 = 0x04;
/// Length of an ANMF chunk's own fields, before the chunks in it.
const FRAME_HEADER: usize = 16;

/// The picture without anything beside it. What it shows is copied bit by bit.
pub(crate) fn clean(
    file: &[u8],
    traces: &mut Traces,
    limits: &mut Limits,
) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
    read(file, traces, limits).ok_or(WhyNot::Damaged)
}

/// Whether a file starts as WebP does.
pub(crate) fn is_webp(file: &[u8]) -> bool {
    file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP")
}

fn read(file: &[u8], traces: &mut Traces, limits: &mut Limits) -> Option<Zeroizing<Vec<u8>>> {
    let mut cursor = Cursor::new(file);
    if cursor.array()? != *b"RIFF" {
        return None;
    }
    let length = usize::try_from(cursor.u32_little()?).ok()?;
    // Some programs leave out the padding of the last chunk.
    let body = cursor.take(length)?;
    if !cursor.rest().is_empty() && cursor.rest() != [0] {
        traces.removed(TraceKind::Other, "data after the picture");
    }
    let mut chunks = Cursor::new(body);
    if chunks.array()? != *b"WEBP" {
        return None;
    }

    let mut picture = Zeroizing::new(Vec::with_capacity(file.len() + 64));
    let mut is_extended = false;
    let mut has_picture = false;
    let mut orientation = 1;
    while !chunks.is_empty() {
        limits.work(WORK_OF_TRACE).ok()?;
        let (kind, content) = chunk(&mut chunks)?;
        match &kind {
            b"VP8X" if !is_extended && picture.is_empty() => {
                is_extended = true;
                let mut header: [u8; 10] = content.try_into().ok()?;
                header[0] &= !(ICC_FLAG | EXIF_FLAG | XMP_FLAG);
                put(&mut picture, kind, &header)?;
            }
            b"VP8 " | b"VP8L" => {
                has_picture = true;
                put(&mut picture, kind, content)?;
            }
            b"ALPH" | b"ANIM" => put(&mut picture, kind, content)?,
            b"ANMF" => {
                has_picture = true;
                put(&mut picture, kind, &frame(content, traces, limits)?)?;
            }
            b"EXIF" => {
                // JPEG's prefix does not belong here, and is written all the same by some programs.
                orientation =
                    exif::tell(content.strip_prefix(b"Exif\0\0").unwrap_or(content), traces, limits);
            }
            b"XMP " => xmp::tell(content, traces, limits),
            b"ICCP" => traces.removed(TraceKind::Profile, ""),
            _ => traces.removed(TraceKind::Other, String::from_utf8_lossy(&kind)),
        }
    }
    if !has_picture {
        return None;
    }
    if orientation != 1 && is_extended {
        put(&mut picture, *b"EXIF", &exif::minimal(orientation))?;
        // VP8X is the first chunk, its flags the first byte after its name and its length.
        *picture.get_mut(8)? |= EXIF_FLAG;
    }
    let mut cleaned = Zeroizing::new(Vec::with_capacity(picture.len() + 12));
    cleaned.extend_from_slice(b"RIFF");
    cleaned.extend_from_slice(&u32::try_from(picture.len() + 4).ok()?.to_le_bytes());
    cleaned.extend_from_slice(b"WEBP");
    cleaned.extend_from_slice(&picture);
    Some(cleaned)
}

/// One picture of an animation: unknown chunks may stand in it, too.
fn frame(content: &[u8], traces: &mut Traces, limits: &mut Limits) -> Option<Zeroizing<Vec<u8>>> {
    let (header, chunks) = content.split_at_checked(FRAME_HEADER)?;
    let mut frame = Zeroizing::new(Vec::with_capacity(content.len()));
    frame.extend_from_slice(header);
    let mut chunks = Cursor::new(chunks);
    while !chunks.is_empty() {
        limits.work(WORK_OF_TRACE).ok()?;
        let (kind, content) = chunk(&mut chunks)?;
        match &kind {
            b"VP8 " | b"VP8L" | b"ALPH" => put(&mut frame, kind, content)?,
            _ => traces.removed(TraceKind::Other, String::from_utf8_lossy(&kind)),
        }
    }
    Some(frame)
}

fn chunk<'a>(chunks: &mut Cursor<'a>) -> Option<([u8; 4], &'a [u8])> {
    let kind = chunks.array()?;
    let length = usize::try_from(chunks.u32_little()?).ok()?;
    let content = chunks.take(length)?;
    // Padded to an even length; the last one not always.
    if length % 2 == 1 && !chunks.is_empty() {
        chunks.take(1)?;
    }
    Some((kind, content))
}

fn put(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Option<()> {
    file.extend_from_slice(&kind);
    file.extend_from_slice(&u32::try_from(content.len()).ok()?.to_le_bytes());
    file.extend_from_slice(content);
    if content.len() % 2 == 1 {
        file.push(0);
    }
    Some(())
}
