//! JPEG (ISO/IEC 10918-1): segments between markers. The picture's own are copied, all others go.

use zeroize::Zeroizing;

use crate::bytes::Cursor;
use crate::limits::{Limits, WORK_OF_TRACE};
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use crate::{exif, iptc, xmp};

/// SOI and the start of a further marker.
pub(crate) const START: &[u8] = &[0xff, 0xd8, 0xff];

const TEM: u8 = 0x01;
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

const EXIF: &[u8] = b"Exif\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const JFIF: &[u8] = b"JFIF\0";
const ADOBE: &[u8] = b"Adobe";

/// Length of JFIF's segment without a thumbnail: name, version, unit, two densities, two zeros.
const JFIF_LENGTH: usize = 14;
/// Length of Adobe's segment: name, version, two fields of flags, the colour transform.
const ADOBE_LENGTH: usize = 12;

/// The picture without anything beside it. What it shows is copied bit by bit.
pub(crate) fn clean(
    file: &[u8],
    traces: &mut Traces,
    limits: &mut Limits,
) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
    let mut picture =
        Picture { segments: Zeroizing::new(Vec::with_capacity(file.len() + 64)), ..Default::default() };
    let mut cursor = Cursor::new(file);
    let rest = picture.read(&mut cursor, traces, limits).ok_or(WhyNot::Damaged)?;
    if !rest.is_empty() {
        traces.removed(TraceKind::Other, "data after the picture");
    }
    Ok(picture.written())
}

#[derive(Default)]
struct Picture {
    jfif: Option<[u8; JFIF_LENGTH]>,
    adobe: Option<[u8; ADOBE_LENGTH]>,
    orientation: Option<u16>,
    /// Everything that makes the picture, as it stood, up to EOI.
    segments: Zeroizing<Vec<u8>>,
}

impl Picture {
    /// Reads up to EOI; what follows it. `None` if that is not how a picture is made up.
    fn read<'a>(
        &mut self,
        cursor: &mut Cursor<'a>,
        traces: &mut Traces,
        limits: &mut Limits,
    ) -> Option<&'a [u8]> {
        if cursor.array()? != [0xff, SOI] {
            return None;
        }
        let mut has_scan = false;
        loop {
            let marker = marker(cursor)?;
            match marker {
                EOI if has_scan => return Some(cursor.rest()),
                TEM => {}
                APP0..=APP15 | COM => {
                    let content = content(cursor)?;
                    limits.work(WORK_OF_TRACE).ok()?;
                    self.beside(marker, content, traces, limits);
                }
                // Frames, tables, restart interval, number of lines, scans: all that a decoder reads.
                0xc0..=0xcf | 0xda..=0xdf => {
                    let content = content(cursor)?;
                    self.put(marker, content);
                    if marker == SOS {
                        has_scan = true;
                        self.segments.extend_from_slice(scan(cursor)?);
                    }
                }
                _ => return None,
            }
        }
    }

    fn put(&mut self, marker: u8, content: &[u8]) {
        put(&mut self.segments, marker, content);
    }

    /// A segment that is not needed to decode the picture, or hardly.
    fn beside(&mut self, marker: u8, content: &[u8], traces: &mut Traces, limits: &mut Limits) {
        match marker {
            COM => traces
                .removed(TraceKind::Comment, String::from_utf8_lossy(&content[..content.len().min(1000)])),
            APP0 if content.starts_with(JFIF) && self.jfif.is_none() => self.keep_jfif(content, traces),
            APP0 if content.starts_with(b"JFXX\0") => traces.removed(TraceKind::Thumbnail, ""),
            0xe1 if content.starts_with(EXIF) => {
                // One byte of padding follows the name.
                let orientation =
                    exif::tell(content.get(EXIF.len() + 1..).unwrap_or_default(), traces, limits);
                self.orientation.get_or_insert(orientation);
            }
            0xe1 if content.starts_with(XMP) => xmp::tell(&content[XMP.len()..], traces, limits),
            0xe2 if content.starts_with(ICC) => traces.removed(TraceKind::Profile, ""),
            0xe2 if content.starts_with(b"MPF\0") => {
                traces.removed(TraceKind::Other, "more pictures in the same file");
            }
            0xed if content.starts_with(PHOTOSHOP) => iptc::tell(&content[PHOTOSHOP.len()..], traces),
            0xee if content.starts_with(ADOBE) && self.adobe.is_none() => {
                self.adobe = content.first_chunk().copied();
                if content.len() != ADOBE_LENGTH {
                    traces.removed(TraceKind::Other, "APP14");
                }
            }
            _ => traces.removed(TraceKind::Other, format!("APP{}", marker - APP0)),
        }
    }

    fn keep_jfif(&mut self, content: &[u8], traces: &mut Traces) {
        if content.len() != JFIF_LENGTH || content[12..] != [0, 0] {
            traces.removed(TraceKind::Thumbnail, "");
        }
        self.jfif = content.first_chunk().map(|kept: &[u8; JFIF_LENGTH]| {
            let mut kept = *kept;
            kept[12..].fill(0);
            kept
        });
    }

    fn written(&self) -> Zeroizing<Vec<u8>> {
        let mut file = Zeroizing::new(Vec::with_capacity(self.segments.len() + 128));
        file.extend_from_slice(&[0xff, SOI]);
        if let Some(jfif) = &self.jfif {
            put(&mut file, APP0, jfif);
        }
        if let Some(orientation) = self.orientation.filter(|orientation| *orientation != 1) {
            put(&mut file, 0xe1, &[b"Exif\0\0".as_slice(), &exif::minimal(orientation)].concat());
        }
        if let Some(adobe) = &self.adobe {
            put(&mut file, 0xee, adobe);
        }
        file.extend_from_slice(&self.segments);
        file.extend_from_slice(&[0xff, EOI]);
        file
    }
}

fn put(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).expect("contents come from segments, or are short");
    file.extend_from_slice(&[0xff, marker]);
    file.extend_from_slice(&length.to_be_bytes());
    file.extend_from_slice(content);
}

/// The next marker; any number of fill bytes may stand before it.
fn marker(cursor: &mut Cursor) -> Option<u8> {
    if cursor.byte()? != 0xff {
        return None;
    }
    loop {
        match cursor.byte()? {
            0xff => {}
            marker => return Some(marker),
        }
    }
}

fn content<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let length = usize::from(cursor.u16()?);
    cursor.take(length.checked_sub(2)?)
}

/// The coded data of a scan: up to a marker that is neither a stuffed zero nor a restart.
fn scan<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [u8]> {
    let data = cursor.rest();
    let mut from = 0;
    loop {
        let place = from + data.get(from..)?.iter().position(|byte| *byte == 0xff)?;
        match data.get(place + 1)? {
            0x00 | 0xd0..=0xd7 => from = place + 2,
            // A fill byte: whether it belongs to a marker shows in the next one.
            0xff => from = place + 1,
            _ => return cursor.take(place),
        }
    }
}
