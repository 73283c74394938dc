//! Bounds on what a small file can be made to cost: in processor time, and in memory.
//!
//! Work is counted over a whole file with everything in it, in steps of about ten nanoseconds: what one unpacked byte
//! costs. A clock would say something else on every machine, and nothing that could be tested.

use crate::inspection::LARGEST;
use crate::why_not::WhyNot;

/// Entries of an archive. Large presentations have some hundreds.
pub(crate) const MOST_ENTRIES: usize = 10_000;
/// Unpacked parts that are in memory at once, in bytes: one, and those that it is in.
pub(crate) const LARGEST_PART: usize = 64 * 1024 * 1024;
/// Everything that is done on the way through one file: about two and a half seconds.
const MOST_WORK: usize = 10 * LARGEST;
/// Files in files: a picture in a table in a document is the third.
const DEEPEST_FILE: usize = 3;

/// Finding and opening a part of an archive.
pub(crate) const WORK_OF_PART: usize = 2048;
/// One tag, text or comment of XML.
pub(crate) const WORK_OF_EVENT: usize = 8;
/// One trace: made readable, and compared with others.
pub(crate) const WORK_OF_TRACE: usize = 24;
/// One attribute: also compared with the others of its tag.
pub(crate) const WORK_OF_ATTRIBUTE: usize = 8;
/// Beginning to unpack something, however short.
pub(crate) const WORK_OF_UNPACKING: usize = 2048;
/// One byte of Exif: its fields are looked for one by one.
pub(crate) const WORK_OF_EXIF: usize = 16;
/// One value of a PDF: read twice, and written.
pub(crate) const WORK_OF_VALUE: usize = 32;

/// What may still be done: shared by a file and all files in it.
pub(crate) struct Limits {
    work: usize,
    used_up: bool,
    /// Files that the one at hand is in, in bytes.
    around: usize,
    depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { work: MOST_WORK, used_up: false, around: 0, depth: DEEPEST_FILE }
    }
}

impl Limits {
    /// How much the next part may have, in bytes.
    pub(crate) fn part(&self) -> usize {
        self.work.min(LARGEST_PART - self.around)
    }

    /// Counts work before it is done.
    ///
    /// # Errors
    /// [`WhyNot::TooLarge`] if that is more than is left. The whole file is given up then, whatever becomes of the error.
    pub(crate) fn work(&mut self, steps: usize) -> Result<(), WhyNot> {
        if let Some(left) = self.work.checked_sub(steps) {
            self.work = left;
            Ok(())
        } else {
            self.work = 0;
            self.used_up = true;
            Err(WhyNot::TooLarge)
        }
    }

    /// Whether more was asked for than was left.
    pub(crate) fn are_used_up(&self) -> bool {
        self.used_up
    }

    /// Goes into a file of this length that is part of this one, unless that is too deep.
    pub(crate) fn within<T>(&mut self, length: usize, inner: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.depth = self.depth.checked_sub(1)?;
        self.around += length;
        let result = inner(self);
        self.around -= length;
        self.depth += 1;
        Some(result)
    }
}
