//! What holds for every file that is cleaned, whoever made it.

use std::io::{Cursor, Write};

use candor_clean::{Format, WhyNot, clean, inspect};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Looking and cleaning agree; a cleaned file is of the same format, cleans again, and has nothing left to remove.
/// Files of other formats than `formats` are other targets' matter.
pub fn holds(file: &[u8], formats: &[Format]) {
    let found = inspect(file);
    if !formats.contains(&found.format) {
        return;
    }
    match clean(file) {
        Ok(cleaned) => {
            assert!(found.can_clean && found.why_not.is_none());
            let again = clean(&cleaned.file).unwrap_or_else(|not| panic!("its own file: {not}"));
            assert!(again.removed.is_empty(), "left behind: {:?}", again.removed);
            assert_eq!(inspect(&cleaned.file).format, found.format);
        }
        Err(not) => {
            assert_eq!(found.why_not, Some(not.why_not));
            assert_ne!(not.why_not, WhyNot::UnknownFormat);
        }
    }
}

/// An office document with `data` for parts: the name of the first is in its first byte, a zero byte parts them.
pub fn office_document(data: &[u8]) -> Vec<u8> {
    const TYPES: &[u8] = br#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const NAMES: &[&str] = &[
        "word/document.xml", "word/comments.xml", "word/settings.xml", "word/_rels/document.xml.rels", "_rels/.rels",
        "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "xl/workbook.xml", "word/media/image1.jpg",
        "word/embeddings/a.docx", "customXml/item1.xml",
    ];
    document(&[("[Content_Types].xml", TYPES)], NAMES, data)
}

/// The same for OpenDocument.
pub fn open_document(data: &[u8]) -> Vec<u8> {
    const NAMES: &[&str] = &[
        "content.xml", "styles.xml", "settings.xml", "meta.xml", "META-INF/manifest.xml", "Pictures/1.png",
        "Object 1/content.xml", "Thumbnails/thumbnail.png", "Basic/a.xml",
    ];
    document(&[("mimetype", b"application/vnd.oasis.opendocument.text")], NAMES, data)
}

fn document(fixed: &[(&str, &[u8])], names: &[&str], data: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        archive.start_file(name, SimpleFileOptions::default()).expect("names differ");
        archive.write_all(content).expect("memory takes everything");
    };
    for (name, content) in fixed {
        add(name, content);
    }
    let (first, data) = data.split_first().unwrap_or((&0, &[]));
    let parts = data.splitn(names.len(), |byte| *byte == 0);
    for (number, content) in parts.enumerate() {
        add(names[(usize::from(*first) + number) % names.len()], content);
    }
    archive.finish().expect("memory takes everything").into_inner()
}
