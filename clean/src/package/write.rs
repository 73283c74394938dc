//! Writing a zip archive that says nothing beside its parts.

use std::io::{Cursor, Write};

use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::limits::Limits;
use crate::why_not::WhyNot;

/// The largest part that is packed as well as can be expected, in bytes.
const LARGEST_PACKED_WELL: usize = 4 * 1024 * 1024;

/// A zip archive that is being written: times are 1980-01-01, and there are no comments.
pub(crate) struct PackageWriter {
    archive: ZipWriter<Cursor<Vec<u8>>>,
}

impl PackageWriter {
    /// With room for about as much as the archive had that is written anew.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { archive: ZipWriter::new(Cursor::new(Vec::with_capacity(capacity))) }
    }

    /// Adds a part, or a folder where the name ends with a slash.
    ///
    /// # Errors
    /// [`WhyNot`], where no more work is left for it.
    pub(crate) fn add(&mut self, name: &str, content: &[u8], limits: &mut Limits) -> Result<(), WhyNot> {
        self.begin(name, content.len(), limits)?;
        if name.ends_with('/') { Ok(()) } else { self.write(content) }
    }

    /// Begins a part of about this length, in bytes; [`Self::write`] goes on with it.
    ///
    /// # Errors
    /// [`WhyNot`], where no more work is left for it.
    pub(crate) fn begin(&mut self, name: &str, length: usize, limits: &mut Limits) -> Result<(), WhyNot> {
        limits.work(length)?;
        // OpenDocument wants its type to be read without unpacking.
        let method = if name == "mimetype" || length == 0 {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        // As archives have it, or quickly where it would take seconds.
        let level = if length > LARGEST_PACKED_WELL { Some(1) } else { None };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(level.filter(|_| method == CompressionMethod::Deflated))
            .last_modified_time(DateTime::DEFAULT);
        if name.ends_with('/') {
            return self.archive.add_directory(name, options).map_err(|_| WhyNot::Damaged);
        }
        self.archive.start_file(name, options).map_err(|_| WhyNot::Damaged)
    }

    /// Goes on with the part that was begun last.
    pub(crate) fn write(&mut self, content: &[u8]) -> Result<(), WhyNot> {
        self.archive.write_all(content).map_err(|_| WhyNot::Damaged)
    }

    /// The archive.
    pub(crate) fn finish(self) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
        self.archive.finish().map(|cursor| Zeroizing::new(cursor.into_inner())).map_err(|_| WhyNot::Damaged)
    }
}
