//! PNG (W3C Portable Network Graphics, third edition): chunks. Those that make the picture are copied, all others go.

use flate2::read::ZlibDecoder;
use std::io::Read;
use zeroize::Zeroizing;

use crate::bytes::{Cursor, until_zero};
use crate::limits::{Limits, WORK_OF_TRACE, WORK_OF_UNPACKING};
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use crate::{exif, xmp};

/// The eight bytes at the start of every PNG file.
pub(crate) const START: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Compressed text is unpacked this far to be shown, in bytes.
const LONGEST_TEXT: u64 = 64 * 1024;

/// The picture without anything beside it. What it shows is copied bit by bit.
pub(crate) fn clean(
    file: &[u8],
    traces: &mut Traces,
    limits: &mut Limits,
) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
    read(file, traces, limits).ok_or(WhyNot::Damaged)
}

fn read(file: &[u8], traces: &mut Traces, limits: &mut Limits) -> Option<Zeroizing<Vec<u8>>> {
    let mut cursor = Cursor::new(file.strip_prefix(START)?);
    let mut picture = Zeroizing::new(Vec::with_capacity(file.len()));
    picture.extend_from_slice(START);
    let mut is_first = true;
    loop {
        let length = usize::try_from(cursor.u32()?).ok()?;
        let kind = cursor.array()?;
        let content = cursor.take(length)?;
        let crc = cursor.u32()?;
        if is_first != (&kind == b"IHDR") {
            return None;
        }
        is_first = false;
        match &kind {
            b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"sBIT"
            | b"bKGD" | b"pHYs" | b"acTL" | b"fcTL" | b"fdAT" => {
                if crc != checksum(kind, content) {
                    return None;
                }
                put(&mut picture, kind, content)?;
            }
            // A capital letter at the start: nobody can show the picture without knowing this chunk.
            [b'A'..=b'Z', ..] => return None,
            _ => {
                limits.work(WORK_OF_TRACE).ok()?;
                tell(kind, content, traces, limits);
            }
        }
        if &kind == b"IEND" {
            break;
        }
    }
    if !cursor.is_empty() {
        traces.removed(TraceKind::Other, "data after the picture");
    }
    Some(picture)
}

fn put(picture: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Option<()> {
    picture.extend_from_slice(&u32::try_from(content.len()).ok()?.to_be_bytes());
    picture.extend_from_slice(&kind);
    picture.extend_from_slice(content);
    picture.extend_from_slice(&checksum(kind, content).to_be_bytes());
    Some(())
}

fn checksum(kind: [u8; 4], content: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&kind);
    crc.update(content);
    crc.finalize()
}

fn tell(kind: [u8; 4], content: &[u8], traces: &mut Traces, limits: &mut Limits) {
    match &kind {
        b"tEXt" | b"zTXt" | b"iTXt" => text(kind, content, traces, limits),
        b"eXIf" => {
            // Nothing is kept of it, so even the orientation alone has been removed.
            let before = traces.removals();
            exif::tell(content, traces, limits);
            if traces.removals() == before {
                traces.removed(TraceKind::Other, "Exif");
            }
        }
        b"tIME" => {
            let mut date = Cursor::new(content);
            let value = (|| Some(format!("{}-{:02}-{:02}", date.u16()?, date.byte()?, date.byte()?)))();
            traces.removed(TraceKind::Dates, value.unwrap_or_default());
        }
        b"iCCP" => traces.removed(TraceKind::Profile, String::from_utf8_lossy(until_zero(content).0)),
        _ => traces.removed(TraceKind::Other, String::from_utf8_lossy(&kind)),
    }
}

/// A keyword and a text; the three kinds differ in encoding and compression.
fn text(kind: [u8; 4], content: &[u8], traces: &mut Traces, limits: &mut Limits) {
    let (keyword, rest) = until_zero(content);
    let value = match (&kind, rest) {
        (b"zTXt", [0, packed @ ..]) => unpacked(packed, limits),
        (b"iTXt", [is_packed, _method, rest @ ..]) => {
            // The language and the keyword in that language stand before the text.
            let text = until_zero(until_zero(rest).1).1;
            if *is_packed == 1 { unpacked(text, limits) } else { Zeroizing::new(text.to_vec()) }
        }
        (b"tEXt", text) => Zeroizing::new(text.to_vec()),
        _ => Zeroizing::default(),
    };
    let kind = match keyword {
        b"XML:com.adobe.xmp" => return xmp::tell(&value, traces, limits),
        b"Author" | b"Copyright" | b"Artist" => TraceKind::Author,
        b"Software" => TraceKind::Software,
        b"Source" => TraceKind::Device,
        b"Creation Time" | b"date:create" | b"date:modify" | b"date:timestamp" => TraceKind::Dates,
        b"Title" | b"Description" | b"Subject" | b"Keywords" => TraceKind::Title,
        keyword if keyword.starts_with(b"Raw profile type") => {
            return traces.removed(TraceKind::Other, String::from_utf8_lossy(keyword));
        }
        _ => TraceKind::Comment,
    };
    traces.removed(kind, String::from_utf8_lossy(&value[..value.len().min(1000)]));
}

fn unpacked(packed: &[u8], limits: &mut Limits) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::new());
    if limits.work(WORK_OF_UNPACKING).is_err() {
        return text;
    }
    // As far as it can be unpacked: it is only shown.
    let _ = ZlibDecoder::new(packed).take(LONGEST_TEXT).read_to_end(&mut text);
    // Once more than there was is noticed behind this chunk.
    let _ = limits.work(text.len());
    text
}
