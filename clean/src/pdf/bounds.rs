//! What a PDF may grow to when it is read.
//!
//! The library that reads it keeps every value as an object of its own, many times larger than its text, and unpacks
//! streams of objects while it loads. So both are counted before it is let loose.

use std::io::Read;

use flate2::read::ZlibDecoder;
use zeroize::Zeroizing;

use crate::limits::{Limits, WORK_OF_UNPACKING, WORK_OF_VALUE};
use crate::pdf::places::Places;
use crate::pdf::streams::{Stream, is_encrypted, streams};
use crate::why_not::WhyNot;

/// The most that one stream of objects may unpack to, in bytes.
pub(super) const LARGEST_STREAM: usize = 16 * 1024 * 1024;
/// Values in the whole file, those in streams of objects included: so many in any file, and one more for so many bytes of
/// it, since each takes some hundred bytes of memory. Pictures count for a twenty-fifth of their bytes, because values may
/// hide in them: a million in the largest file.
const MOST_VALUES: usize = 500_000;
const BYTES_OF_ONE_MORE: usize = 16;
/// The least that a place in a table of objects takes, in bytes.
const SHORTEST_PLACE: usize = 3;
/// How much is unpacked at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Counts what reading the file would make of it. An encrypted file is refused here: the library would decrypt it if its
/// password is empty, and unpack what nobody has counted.
pub(super) fn check(file: &[u8], limits: &mut Limits) -> Result<(), WhyNot> {
    if is_encrypted(file) {
        return Err(WhyNot::Encrypted);
    }
    let mut values = Values { left: MOST_VALUES + file.len() / BYTES_OF_ONE_MORE };
    let most = values.left;
    values.count(file)?;
    let mut places = Places::default();
    places.count_lines(file)?;
    for stream in streams(file) {
        let stream = stream?;
        // Said by every stream of objects: where the first one stands. And by every table of objects: how long it is,
        // and how wide.
        if stream.has(b"First") || stream.is_table() {
            unpack(&stream, &mut values, &mut places, limits)?;
        }
    }
    limits.work((most - values.left) * WORK_OF_VALUE)
}

struct Values {
    left: usize,
}

impl Values {
    fn count(&mut self, bytes: &[u8]) -> Result<(), WhyNot> {
        let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        let words = bytes.windows(2).filter(|pair| is_between(&pair[0]) && !is_between(&pair[1])).count();
        let delimiters = bytes.iter().filter(|byte| matches!(byte, b'/' | b'[' | b'<' | b'(')).count();
        self.add(words + delimiters + 1)
    }

    fn add(&mut self, more: usize) -> Result<(), WhyNot> {
        self.left = self.left.checked_sub(more).ok_or(WhyNot::TooLarge)?;
        Ok(())
    }
}

fn unpack(
    stream: &Stream<'_>,
    values: &mut Values,
    places: &mut Places,
    limits: &mut Limits,
) -> Result<(), WhyNot> {
    let mut filters = stream.filters();
    match (filters.next(), filters.next()) {
        // As it stands, it has been counted.
        (None, _) if stream.is_table() => return Err(WhyNot::Damaged),
        (None, _) => return Ok(()),
        (Some(b"FlateDecode" | b"Fl"), None) => {}
        // No program packs objects in another way, or twice: what would come of it is not found out.
        _ => return Err(WhyNot::Damaged),
    }
    limits.work(WORK_OF_UNPACKING)?;
    let is_table = stream.is_table();
    let mut table = Zeroizing::new(Vec::new());
    let mut decoder = ZlibDecoder::new(stream.data);
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    let mut total = 0;
    // Where unpacking fails, the library gives up, too, or goes on with what it has.
    while let Ok(length) = decoder.read(&mut piece)
        && length > 0
    {
        total += length;
        if total > LARGEST_STREAM {
            return Err(WhyNot::TooLarge);
        }
        limits.work(length)?;
        values.count(&piece[..length])?;
        if is_table {
            values.add(length / SHORTEST_PLACE)?;
            table.extend_from_slice(&piece[..length]);
        }
    }
    if is_table { places.count_table(stream.dictionary, &table) } else { Ok(()) }
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

    fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
        [format!("1 0 obj {dictionary} stream\n").as_bytes(), data, b"\nendstream endobj"].concat()
    }

    fn why_not(file: &[u8]) -> Option<WhyNot> {
        check(file, &mut Limits::default()).err()
    }

    #[test]
    fn a_table_of_objects_counts_by_its_places() {
        let places = packed(&vec![1; 13_000_000]);
        let table = "<</Type/XRef/W[1 1 1]/Size 4000000/Filter/FlateDecode>>";
        assert_eq!(why_not(&stream(table, &places)), Some(WhyNot::TooLarge));
        let function = "<</FunctionType 0/Size[4000000]/Filter/FlateDecode>>";
        assert_eq!(why_not(&stream(function, &places)), None);
    }

    #[test]
    fn dictionaries_in_strings_take_no_longer_than_what_is_read_some_times_over() {
        assert_eq!(why_not(&b"<</A(".repeat(100_000)), Some(WhyNot::Damaged));
        let nested = [b"<</A".repeat(10), b" 1".to_vec(), b">>".repeat(10)].concat();
        assert_eq!(why_not(&nested.repeat(10_000)), None);
    }
}
