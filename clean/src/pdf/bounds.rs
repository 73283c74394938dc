//! What a PDF may grow to when it is read.
//!
//! The library that reads it keeps every value as an object of its own, many times larger than its text, and unpacks
//! streams of objects while it loads. So both are counted before it is let loose.

use std::io::Read;

use flate2::read::ZlibDecoder;
use zeroize::Zeroizing;

use crate::bytes::find;
use crate::limits::Limits;
use crate::why_not::WhyNot;

/// The most that one stream of objects may unpack to, in bytes.
pub(super) const LARGEST_STREAM: usize = 16 * 1024 * 1024;
/// Values in the whole file, those in streams of objects included.
const MOST_VALUES: usize = 4_000_000;
/// How much is unpacked at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Counts what reading the file would make of it.
pub(super) fn check(file: &[u8], limits: &mut Limits) -> Result<(), WhyNot> {
    let mut values = Values::default();
    let mut rest = file;
    while let Some(place) = find(rest, b"stream") {
        let (before, after) = rest.split_at(place);
        values.count(before)?;
        let data = &after[b"stream".len()..];
        let end = find(data, b"endstream").unwrap_or(data.len());
        if is_objects(before) {
            unpack(&data[..end], &mut values, limits)?;
        } else if has_objects(&data[..end]) {
            // Objects that stand openly in a stream: nothing hinders the file's table from pointing at them.
            values.count(&data[..end])?;
        }
        rest = data.get(end + b"endstream".len()..).unwrap_or_default();
    }
    values.count(rest)
}

#[derive(Default)]
struct Values {
    counted: usize,
}

impl Values {
    fn count(&mut self, bytes: &[u8]) -> Result<(), WhyNot> {
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        let words = bytes.windows(2).filter(|pair| is_between(&pair[0]) && !is_between(&pair[1])).count();
        let delimiters = bytes.iter().filter(|byte| matches!(byte, b'/' | b'[' | b'<' | b'(')).count();
        self.counted += words + delimiters + 1;
        if self.counted > MOST_VALUES { Err(WhyNot::TooLarge) } else { Ok(()) }
    }
}

/// Whether the dictionary before a stream can be that of a stream of objects: it says how many there are, or where the
/// first one stands. Names may be written with their letters as numbers.
fn is_objects(before: &[u8]) -> bool {
    let start = before.windows(3).rposition(|word| word == b"obj").unwrap_or(0);
    let mut plain = Vec::new();
    let mut rest = &before[start..];
    while let Some((byte, after)) = rest.split_first() {
        let escaped = (*byte == b'#')
            .then(|| u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok())
            .flatten();
        plain.push(escaped.unwrap_or(*byte));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    [b"ObjStm".as_slice(), b"/First", b"/XRef"].iter().any(|name| find(&plain, name).is_some())
}

fn has_objects(data: &[u8]) -> bool {
    let mut rest = data;
    while let Some(place) = find(rest, b" obj") {
        if place > 0 && rest[place - 1].is_ascii_digit() {
            return true;
        }
        rest = &rest[place + 4..];
    }
    false
}

fn unpack(data: &[u8], values: &mut Values, limits: &mut Limits) -> Result<(), WhyNot> {
    let packed =
        data.strip_prefix(b"\r\n").or(data.strip_prefix(b"\n")).or(data.strip_prefix(b"\r")).unwrap_or(data);
    // The only packing that is in use for objects begins like this; anything else is counted as it stands, and the
    // library's own bound holds for what comes of it.
    let mut decoder = ZlibDecoder::new(packed);
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    let mut total = 0;
    loop {
        match decoder.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(length) => {
                total += length;
                if total > LARGEST_STREAM {
                    return Err(WhyNot::TooLarge);
                }
                limits.spend(length)?;
                values.count(&piece[..length])?;
            }
            Err(_) if total == 0 => return values.count(packed),
            Err(_) => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(objects: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(objects).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn streams_of_objects_are_counted_however_they_are_named() {
        let bomb = packed(&b"[1 ".repeat(3_000_000));
        for name in ["/Type /ObjStm", "/Type /Obj#53tm", "/#46irst 10"] {
            let file =
                [format!("1 0 obj << {name} >> stream\n").as_bytes(), &bomb, b"\nendstream endobj"].concat();
            assert_eq!(check(&file, &mut Limits::default()), Err(WhyNot::TooLarge), "{name}");
        }
        let picture =
            [b"1 0 obj << /Type /XObject >> stream\n", bomb.as_slice(), b"\nendstream endobj"].concat();
        assert_eq!(check(&picture, &mut Limits::default()), Ok(()));
    }
}
