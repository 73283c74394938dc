//! Files of real programs, cleaned, and looked at by other programs.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;

use candor_clean::{TraceKind, clean, inspect};
use serde_json::{Value, json};
use support::{cleaned, corpus, names, names_ending, output, read};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// Fields that say what a picture or a document is made up of, not who made it. The groups `System` and `ExifTool` tell
/// of the file on this machine and of the program that looks at it; `Composite` is put together from the others.
const STRUCTURAL: &[&str] = &[
    "Adobe:APP14Flags0",
    "Adobe:APP14Flags1",
    "Adobe:ColorTransform",
    "Adobe:DCTEncodeVersion",
    "File:BitsPerSample",
    "File:ColorComponents",
    "File:EncodingProcess",
    "File:ExifByteOrder",
    "File:FileType",
    "File:FileTypeExtension",
    "File:ImageHeight",
    "File:ImageWidth",
    "File:LineCount",
    "File:MIMEEncoding",
    "File:MIMEType",
    "File:Newlines",
    "File:WordCount",
    "File:YCbCrSubSampling",
    "IFD0:Orientation",
    "JFIF:JFIFVersion",
    "JFIF:ResolutionUnit",
    "JFIF:XResolution",
    "JFIF:YResolution",
    "Meta:PrimaryItemReference",
    "PDF:Language",
    "PDF:Linearized",
    "PDF:PDFVersion",
    "PDF:PageCount",
    "PNG-pHYs:PixelUnits",
    "PNG-pHYs:PixelsPerUnitX",
    "PNG-pHYs:PixelsPerUnitY",
    "PNG:AnimationFrames",
    "PNG:AnimationPlays",
    "PNG:BitDepth",
    "PNG:ColorType",
    "PNG:Compression",
    "PNG:Filter",
    "PNG:ImageHeight",
    "PNG:ImageWidth",
    "PNG:Interlace",
    "PNG:Palette",
    "PNG:Transparency",
    "RIFF:AlphaCompression",
    "RIFF:AlphaFiltering",
    "RIFF:AlphaPreprocessing",
    "RIFF:AnimationLoopCount",
    "RIFF:BackgroundColor",
    "RIFF:Duration",
    "RIFF:HorizontalScale",
    "RIFF:ImageHeight",
    "RIFF:ImageWidth",
    "RIFF:VP8Version",
    "RIFF:VerticalScale",
    "RIFF:WebP_Flags",
    "ZIP:ZipBitFlag",
    "ZIP:ZipCRC",
    "ZIP:ZipCompressedSize",
    "ZIP:ZipCompression",
    "ZIP:ZipFileName",
    "ZIP:ZipRequiredVersion",
    "ZIP:ZipUncompressedSize",
];

/// Fields that tell something, of every file in a folder.
fn telling_fields(folder: &Path) -> Vec<String> {
    let found = output(
        "exiftool",
        "libimage-exiftool-perl",
        &["-a", "-G1", "-s", "-j", "-q", folder.to_str().unwrap()],
    );
    let files: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&found).unwrap();
    let mut telling = Vec::new();
    for file in files {
        let name = file["SourceFile"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        for (field, value) in file {
            let (group, tag) = field.split_once(':').unwrap_or(("", &field));
            let is_structural = STRUCTURAL.contains(&field.as_str())
                || matches!(group, "" | "System" | "Composite" | "ExifTool")
                // The coded picture: its size, its codec, where it stands in the file.
                || (group == "QuickTime" && !tag.contains("Date"))
                || (tag == "ZipModifyDate" && value == "1980:01:01 00:00:00");
            if !is_structural {
                telling.push(format!("{name}: {field} = {value}"));
            }
        }
    }
    telling
}

#[test]
fn what_is_found_and_removed_is_what_both_implementations_agreed_on() {
    let expected: Value = serde_json::from_slice(&read("expected.json")).unwrap();
    let listed: Vec<_> = expected.as_object().unwrap().keys().cloned().collect();
    assert_eq!(names(), listed);
    for (name, expected) in expected.as_object().unwrap() {
        let file = read(name);
        let found = inspect(&file);
        let kinds: BTreeSet<_> = found.traces.iter().map(|trace| trace.kind.code()).collect();
        let mut outcome = json!({ "format": found.format.code(), "traces": kinds });
        match clean(&file) {
            Ok(cleaned) => {
                assert!(found.can_clean, "{name}");
                outcome["removed"] = cleaned.removed.iter().map(|kind| kind.code()).collect();
                outcome["left"] = cleaned.left.iter().map(|kind| kind.code()).collect();
            }
            Err(not) => {
                assert_eq!(found.why_not, Some(not.why_not), "{name}");
                assert!(not.found.iter().all(|kind| kinds.contains(kind.code())), "{name}");
                outcome["why_not"] = not.why_not.code().into();
            }
        }
        assert_eq!(&outcome, expected, "{name}");
    }
}

#[test]
fn a_cleaned_file_has_nothing_to_remove_and_cleans_to_the_same_bytes() {
    for name in names_ending(&[""]) {
        let once = cleaned(&name);
        let twice = clean(&once).unwrap();
        assert_eq!(twice.removed, [], "{name}");
        assert!(*twice.file == once, "{name} changes when it is cleaned again");
    }
}

#[test]
fn an_exact_time_beside_a_part_is_told_and_removed() {
    let document = |options: SimpleFileOptions| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("mimetype", options).unwrap();
        archive.write_all(b"application/vnd.oasis.opendocument.text").unwrap();
        archive.finish().unwrap().into_inner()
    };
    let dateless = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    assert_eq!(clean(&document(dateless)).unwrap().removed, []);
    let seconds = 1_793_613_072_u32.to_le_bytes();
    let exact = [[0x55, 0x54, 5, 0, 1].as_slice(), &seconds].concat();
    let mut file = document(dateless);
    add_extra_field(&mut file, &exact);
    assert_eq!(inspect(&file).traces.iter().map(|trace| trace.kind).collect::<Vec<_>>(), [TraceKind::Dates]);
    let cleaned = clean(&file).unwrap();
    assert_eq!(cleaned.removed, [TraceKind::Dates]);
    assert!(!cleaned.file.windows(seconds.len()).any(|window| window == seconds));
}

/// Adds an extra field to the only entry's place in the list of an archive.
fn add_extra_field(archive: &mut Vec<u8>, field: &[u8]) {
    let length = u8::try_from(field.len()).unwrap();
    let list = archive.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let end = archive.windows(4).position(|window| window == b"PK\x05\x06").unwrap();
    archive[list + 30] += length;
    archive[end + 12] += length;
    archive.splice(end..end, field.iter().copied());
}

#[test]
fn exiftool_finds_nothing_that_tells_on_anybody() {
    let folder = tempfile::tempdir().unwrap();
    for name in names_ending(&[""]) {
        std::fs::write(folder.path().join(&name), cleaned(&name)).unwrap();
    }
    assert_eq!(telling_fields(folder.path()), Vec::<String>::new());

    // It does find it where it is.
    let before = telling_fields(&corpus());
    for told in
        ["GPSLatitude", "SerialNumber", "MediaGroupUUID", "Creator", "LastModifiedBy", "ZipModifyDate"]
    {
        assert!(
            before.iter().any(|field| field.contains(told)),
            "exiftool does not see {told} before cleaning"
        );
    }
}

#[test]
fn no_value_that_was_put_into_the_corpus_is_left_in_the_bytes() {
    for name in names_ending(&[""]) {
        let file = cleaned(&name);
        let mut parts = vec![(name.clone(), file.clone())];
        if file.starts_with(b"PK") {
            parts.extend(
                unpacked(&file).into_iter().map(|(part, content)| (format!("{name}/{part}"), content)),
            );
        }
        for (part, content) in parts {
            for value in [
                "Accounts payable clerk",
                "Head of accounts",
                "workstation-17",
                "SN-0042",
                "econd-floor",
                "0a1b",
            ] {
                let wide: Vec<u8> = value.encode_utf16().flat_map(u16::to_be_bytes).collect();
                let has = |wanted: &[u8]| content.windows(wanted.len()).any(|window| window == wanted);
                assert!(!has(value.as_bytes()) && !has(&wide), "{part} still has {value}");
            }
        }
    }
}

#[test]
fn pictures_show_the_same_pixels() {
    for name in names_ending(&[".jpg", ".png", ".webp"]) {
        let [before, after] =
            [read(&name), cleaned(&name)].map(|file| image::load_from_memory(&file).unwrap());
        assert!(before == after, "{name} looks different");
    }
    for name in names_ending(&[".heic", ".avif"]) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(&name);
        std::fs::write(&path, cleaned(&name)).unwrap();
        let known = output("heif-info", "libheif-examples", &[path.to_str().unwrap()]);
        assert!(known.contains("image: 96x64"), "{name}: {known}");
    }
}

#[test]
fn pdf_files_are_sound_and_their_text_is_unchanged() {
    for name in names_ending(&[".pdf"]) {
        let folder = tempfile::tempdir().unwrap();
        let [before, after] =
            [("before.pdf", read(&name)), ("after.pdf", cleaned(&name))].map(|(path, file)| {
                let path = folder.path().join(path);
                std::fs::write(&path, file).unwrap();
                path.to_str().unwrap().to_owned()
            });
        output("qpdf", "qpdf", &["--check", &after]);
        let text = |path: &str| output("pdftotext", "poppler-utils", &["-layout", path, "-"]);
        assert_eq!(text(&before), text(&after), "{name}");
    }
}

#[test]
fn documents_keep_their_text_and_every_part_that_is_content() {
    for name in names_ending(&[".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"]) {
        let [before, after] = [read(&name), cleaned(&name)].map(|file| unpacked(&file));
        let names = |parts: &[(String, Vec<u8>)]| {
            let is_content = |name: &str| {
                !name.contains("humbnail")
                    && !name.contains("printerSettings")
                    && !name.contains("layout-cache")
            };
            parts.iter().map(|(name, _)| name.clone()).filter(|name| is_content(name)).collect::<Vec<_>>()
        };
        assert_eq!(names(&before), names(&after), "{name}");
        let (before, after) = (text(&before), text(&after));
        assert!(before.contains("Invoice") || before.contains("Paid twice"), "{name}: {before}");
        assert_eq!(before, after, "{name}");
    }
}

fn unpacked(document: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// The text of all parts that people read: text, comments, tables, slides.
fn text(parts: &[(String, Vec<u8>)]) -> String {
    use quick_xml::events::Event;
    let mut text = String::new();
    for (name, content) in parts {
        if !["document.xml", "omments", "sheet1.xml", "sharedStrings.xml", "slide1.xml", "content.xml"]
            .iter()
            .any(|part| name.contains(part) && !name.contains(".rels"))
        {
            continue;
        }
        let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(content).unwrap());
        let mut open = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(element) => open.push(element.local_name().into_inner().to_owned()),
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(content) => {
                    let within = open.last().map(String::as_str).unwrap_or_default();
                    if !["creator", "date", "author", "creator-initials"].contains(&within) {
                        text.push_str(&content);
                        text.push('\n');
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    text
}
