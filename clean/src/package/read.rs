//! Reading a zip archive whose claims about itself are not believed.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zeroize::Zeroizing;
use zip::{DateTime, ZipArchive};

use crate::limits::{Limits, MOST_ENTRIES, WORK_OF_PART};
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;

/// The end of a zip archive: signature, and where the number of entries stands after it.
const END: (&[u8], usize, usize) = (b"PK\x05\x06", 10, 2);
/// The same for archives with 64-bit numbers.
const END_64: (&[u8], usize, usize) = (b"PK\x06\x06", 32, 8);

/// Deflate packs so many bytes into one at best.
const BEST_PACKED: u64 = 1032;

/// A zip archive.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Package<'a> {
    /// Opens an archive, or says that its list of entries is not to be trusted.
    pub(crate) fn open(file: &'a [u8], limits: &mut Limits) -> Result<Self, WhyNot> {
        // Before the list is read: it takes more memory than the file.
        if [END, END_64].into_iter().any(|end| claimed_entries(file, end) > MOST_ENTRIES as u64) {
            return Err(WhyNot::TooManyParts);
        }
        let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| WhyNot::Damaged)?;
        if archive.len() > MOST_ENTRIES {
            return Err(WhyNot::TooManyParts);
        }
        limits.work(archive.len() * WORK_OF_PART)?;
        if archive.has_duplicate_names() || archive.has_overlapping_files().unwrap_or(true) {
            return Err(WhyNot::Damaged);
        }
        let mut seen = HashSet::new();
        let mut names = Vec::with_capacity(archive.len());
        for name in archive.file_names() {
            let name = name.map_err(|_| WhyNot::Damaged)?.into_owned();
            if !is_plain(&name) || !seen.insert(name.to_ascii_lowercase()) {
                return Err(WhyNot::Damaged);
            }
            names.push(name);
        }
        Ok(Self { archive, names })
    }

    /// Names of the parts, in the order of the archive. Names of folders end with a slash.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    pub(crate) fn read_named(
        &mut self,
        name: &str,
        limits: &mut Limits,
    ) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
        let index = self.names.iter().position(|known| known == name).ok_or(WhyNot::Damaged)?;
        self.read(index, limits)
    }

    /// Unpacks a part.
    pub(crate) fn read(&mut self, index: usize, limits: &mut Limits) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
        let packed = self.archive.by_index_data(index).map_err(|_| WhyNot::Damaged)?;
        if packed.encrypted() {
            return Err(WhyNot::Encrypted);
        }
        // The size is a claim that must be right, so that room is made for it once; and one that can be.
        let (size, packed) = (packed.size(), packed.compressed_size());
        if size > packed.saturating_mul(BEST_PACKED) + BEST_PACKED {
            return Err(WhyNot::Damaged);
        }
        let size =
            usize::try_from(size).ok().filter(|size| *size <= limits.part()).ok_or(WhyNot::TooLarge)?;
        limits.work(size)?;
        let part = self.archive.by_index(index).map_err(|_| WhyNot::Damaged)?;
        let mut content = Zeroizing::new(Vec::with_capacity(size));
        part.take(size as u64 + 1).read_to_end(&mut content).map_err(|_| WhyNot::Damaged)?;
        if content.len() == size { Ok(content) } else { Err(WhyNot::Damaged) }
    }

    /// Tells what the archive itself says beside its parts. None of it is written again.
    pub(crate) fn tell(&mut self, traces: &mut Traces) {
        if !self.archive.comment().is_empty() {
            let comment = self.archive.comment();
            traces.removed(TraceKind::Comment, String::from_utf8_lossy(&comment[..comment.len().min(1000)]));
        }
        if self.archive.offset() != 0 {
            traces.removed(TraceKind::Other, "data before the document");
        }
        for index in 0..self.archive.len() {
            let Ok(entry) = self.archive.by_index_raw(index) else { continue };
            if !entry.comment_raw().is_empty() {
                traces.removed(TraceKind::Comment, entry.comment());
            }
            match entry.last_modified() {
                Some(time) if time != DateTime::DEFAULT => {
                    traces.removed(
                        TraceKind::Dates,
                        format!("{}-{:02}-{:02}", time.year(), time.month(), time.day()),
                    );
                }
                // Most extra fields are times, more exact ones.
                _ if entry.extra_data_fields().next().is_some() => traces.removed(TraceKind::Dates, ""),
                _ => {}
            }
        }
    }
}

/// Names as documents have them: nothing that points out of the archive when somebody unpacks it.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('/')
        && !name.contains(['\\', ':', '\0'])
        && !name.split('/').any(|step| step == "..")
        && !name.chars().any(char::is_control)
}

fn claimed_entries(file: &[u8], (signature, offset, bytes): (&[u8], usize, usize)) -> u64 {
    let Some(end) = file.windows(signature.len()).rposition(|window| window == signature) else { return 0 };
    let Some(number) = file.get(end + offset..end + offset + bytes) else { return 0 };
    number.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
