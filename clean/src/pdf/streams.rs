//! Dictionaries that streams have, wherever in the file somebody may say that one begins.
//!
//! The file's own table decides where objects stand, so a dictionary may begin in the middle of a text or of a picture.
//! Each place that looks like one is therefore read by itself, from its start on: what is in its strings and comments
//! cannot mislead, and nothing is looked for backwards.

use std::borrow::Cow;

use crate::why_not::WhyNot;

/// Dictionaries in dictionaries. The library that reads them goes no deeper.
const DEEPEST: usize = 100;
/// How often each byte may be read, on average: once for each dictionary that it is in.
const MOST_READINGS: usize = 16;

/// A stream's dictionary, and what follows it.
pub(super) struct Stream<'a> {
    names: Vec<Cow<'a, [u8]>>,
    /// Its dictionary as it is written.
    pub(super) dictionary: &'a [u8],
    /// All that follows the stream's keyword. Where the stream ends is for its packing to say.
    pub(super) data: &'a [u8],
}

impl Stream<'_> {
    /// Whether it has this name, as a key or as a value, at whatever depth.
    pub(super) fn has(&self, name: &[u8]) -> bool {
        self.names.iter().any(|known| **known == *name)
    }

    /// Whether it can be a table of objects, which says how long it is, and how wide.
    pub(super) fn is_table(&self) -> bool {
        self.has(b"Size") && self.has(b"W")
    }

    /// The ways in which it can be packed.
    pub(super) fn filters(&self) -> impl Iterator<Item = &[u8]> {
        const ABBREVIATED: &[&[u8]] = &[b"Fl", b"LZW", b"AHx", b"A85", b"RL", b"DCT", b"CCF"];
        let is_filter = |name: &&[u8]| name.ends_with(b"Decode") || ABBREVIATED.contains(name);
        self.names.iter().map(AsRef::as_ref).filter(is_filter)
    }
}

/// Everything that can be read as a stream.
pub(super) fn streams(file: &[u8]) -> impl Iterator<Item = Result<Stream<'_>, WhyNot>> {
    let mut left = file.len().saturating_mul(MOST_READINGS);
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = file.get(at..).filter(|rest| !rest.is_empty()) {
            at += 1;
            if !rest.starts_with(b"<<") {
                continue;
            }
            let mut reading = Reading { text: rest, at: 0, names: Vec::new() };
            let stream = reading.stream();
            let Some(still) = left.checked_sub(reading.at) else {
                at = file.len();
                return Some(Err(WhyNot::Damaged));
            };
            left = still;
            if let Some(data) = stream {
                return Some(Ok(Stream { dictionary: &rest[..reading.at], names: reading.names, data }));
            }
        }
        None
    })
}

/// Whether anything says that the file is encrypted: the key that leads to what it was encrypted with, or that itself,
/// which stays where a damaged file has lost the key. Without it, what can be read is not what was written.
pub(super) fn is_encrypted(file: &[u8]) -> bool {
    let slashes = file.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.map(|(at, _)| &file[at + 1..]).any(|text| {
        let (key, length) = name(text);
        let mut value = Reading { text, at: length, names: Vec::new() };
        value.space();
        let value = &text[value.at..];
        match &*key {
            b"Encrypt" => matches!(value.first(), Some(b'0'..=b'9' | b'<')),
            b"Filter" => {
                matches!(&*name(value.get(1..).unwrap_or_default()).0, b"Standard" | b"Adobe.PubSec")
            }
            _ => false,
        }
    })
}

struct Reading<'a> {
    text: &'a [u8],
    at: usize,
    names: Vec<Cow<'a, [u8]>>,
}

impl<'a> Reading<'a> {
    /// Reads a dictionary, and gives the data if it is that of a stream.
    fn stream(&mut self) -> Option<&'a [u8]> {
        self.dictionary()?;
        self.space();
        let data = self.text[self.at..].strip_prefix(b"stream")?;
        let blanks = data.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let data = &data[blanks..];
        data.strip_prefix(b"\r\n").or(data.strip_prefix(b"\n")).or(data.strip_prefix(b"\r"))
    }

    fn dictionary(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            let rest = &self.text[self.at..];
            match rest.first()? {
                b'<' if rest.starts_with(b"<<") => {
                    depth += 1;
                    self.at += 2;
                    if depth > DEEPEST {
                        return None;
                    }
                }
                b'>' if rest.starts_with(b">>") => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Some(());
                    }
                }
                b'<' => self.past(|byte| byte == b'>')?,
                b'(' => self.string()?,
                b'/' => {
                    let (name, length) = name(&rest[1..]);
                    self.names.push(name);
                    self.at += 1 + length;
                }
                b'%' => self.space(),
                byte if is_space(*byte)
                    || byte.is_ascii_alphanumeric()
                    || matches!(byte, b'[' | b']' | b'+' | b'-' | b'.') =>
                {
                    self.at += 1;
                }
                _ => return None,
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            match self.text.get(self.at)? {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// White space and comments.
    fn space(&mut self) {
        while let Some(byte) = self.text.get(self.at) {
            if *byte == b'%' {
                if self.past(|byte| matches!(byte, b'\r' | b'\n')).is_none() {
                    self.at = self.text.len();
                }
            } else if is_space(*byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn past(&mut self, is_end: impl Fn(u8) -> bool) -> Option<()> {
        self.at += self.text[self.at..].iter().position(|byte| is_end(*byte))? + 1;
        Some(())
    }
}

/// The name that stands here, and how many bytes it takes. Its letters may be written as numbers.
fn name(text: &[u8]) -> (Cow<'_, [u8]>, usize) {
    let length = text.iter().position(|byte| is_space(*byte) || b"()<>[]{}/%".contains(byte));
    let length = length.unwrap_or(text.len());
    let written = &text[..length];
    if !written.contains(&b'#') {
        return (Cow::Borrowed(written), length);
    }
    let mut plain = Vec::with_capacity(length);
    let mut rest = written;
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let number = digits.filter(|_| *byte == b'#').and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = number.and_then(|number| u8::from_str_radix(number, 16).ok());
        plain.push(escaped.unwrap_or(*byte));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    (Cow::Owned(plain), length)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\0' | b'\x0c')
}
