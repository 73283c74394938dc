//! Bounds on what a small file can be made to unpack to.

use crate::inspection::LARGEST;
use crate::why_not::WhyNot;

/// Entries of an archive. Large presentations have some hundreds.
pub(crate) const MOST_ENTRIES: usize = 10_000;
/// One unpacked part, in bytes.
pub(crate) const LARGEST_PART: usize = 64 * 1024 * 1024;
/// Everything that is unpacked on the way through one file, in bytes.
const LARGEST_UNPACKED: usize = 8 * LARGEST;
/// Files in files: a picture in a table in a document is the third.
const DEEPEST_FILE: usize = 3;

/// What may still be unpacked: shared by a file and all files in it.
pub(crate) struct Limits {
    unpacked: usize,
    depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked: LARGEST_UNPACKED, depth: DEEPEST_FILE }
    }
}

impl Limits {
    /// How much the next part may have, in bytes.
    pub(crate) fn part(&self) -> usize {
        self.unpacked.min(LARGEST_PART)
    }

    /// Counts a part that was unpacked.
    pub(crate) fn spend(&mut self, length: usize) -> Result<(), WhyNot> {
        self.unpacked = self.unpacked.checked_sub(length).ok_or(WhyNot::TooLarge)?;
        Ok(())
    }

    /// Goes into a file that is part of this one, unless that is too deep.
    pub(crate) fn within<T>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.depth = self.depth.checked_sub(1)?;
        let result = inner(self);
        self.depth += 1;
        Some(result)
    }
}
