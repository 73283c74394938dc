//! Writing a zip archive that says nothing beside its parts.

use std::io::{Cursor, Write};

use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::why_not::WhyNot;

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
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) -> Result<(), WhyNot> {
        // OpenDocument wants its type to be read without unpacking.
        let method = if name == "mimetype" || content.is_empty() {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options =
            SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::DEFAULT);
        if name.ends_with('/') {
            return self.archive.add_directory(name, options).map_err(|_| WhyNot::Damaged);
        }
        self.archive.start_file(name, options).map_err(|_| WhyNot::Damaged)?;
        self.archive.write_all(content).map_err(|_| WhyNot::Damaged)
    }

    /// The archive.
    pub(crate) fn finish(self) -> Result<Zeroizing<Vec<u8>>, WhyNot> {
        self.archive.finish().map(|cursor| Zeroizing::new(cursor.into_inner())).map_err(|_| WhyNot::Damaged)
    }
}
