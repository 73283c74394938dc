//! Files that mean harm, or are broken: refused within bounds, and never a panic.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use candor_clean::{Format, LARGEST, TraceKind, WhyNot, clean, inspect};
use support::{cleaned, names, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn word(parts: &[(&str, &[u8])]) -> Vec<u8> {
    archive(&[&[("[Content_Types].xml", TYPES.as_bytes())], parts].concat())
}

fn why_not(file: &[u8]) -> Option<WhyNot> {
    let found = inspect(file);
    let why_not = clean(file).err().map(|not| not.why_not);
    assert_eq!(found.why_not, why_not);
    why_not
}

/// Tests are built without optimisation and run beside others: bounds are generous, and still catch what is not linear.
fn within<T>(limit: Duration, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = step();
    assert!(start.elapsed() < limit, "took {:?}", start.elapsed());
    result
}

#[test]
fn truncated_files_are_refused_or_cleaned_but_never_a_panic() {
    for name in names() {
        let file = read(&name);
        for length in (0..file.len()).step_by(97) {
            let part = &file[..length];
            if let Ok(cleaned) = clean(part) {
                assert_eq!(clean(&cleaned.file).unwrap().removed, [], "{name} cut off at {length}");
            }
        }
    }
}

#[test]
fn files_with_single_bytes_changed_are_never_a_panic() {
    for name in names() {
        let file = read(&name);
        for place in (0..file.len()).step_by(211) {
            let mut changed = file.clone();
            changed[place] ^= 0xff;
            if let Ok(cleaned) = clean(&changed) {
                assert_eq!(clean(&cleaned.file).unwrap().removed, [], "{name} changed at {place}");
            }
        }
    }
}

#[test]
fn a_zip_bomb_is_refused_before_it_unpacks() {
    let large = vec![b' '; 65 * 1024 * 1024];
    assert_eq!(why_not(&word(&[("word/document.xml", &large)])), Some(WhyNot::TooLarge));

    let part = &large[..20 * 1024 * 1024];
    let many: Vec<_> = (0..12).map(|number| format!("word/media/{number}.txt")).collect();
    let parts: Vec<_> = many.iter().map(|name| (name.as_str(), part)).collect();
    let file = word(&parts);
    assert!(file.len() < 1024 * 1024);
    assert_eq!(why_not(&file), Some(WhyNot::TooLarge));
}

#[test]
fn an_archive_in_an_archive_counts_with_its_outer_one() {
    let spaces = vec![b' '; 5 * 1024 * 1024];
    let inner = word(&["1", "2", "3", "4"].map(|name| (name, spaces.as_slice())));
    let middle = word(&[("word/embeddings/a.docx", &inner), ("word/embeddings/b.docx", &inner)]);
    let outer = word(&[("word/embeddings/a.docx", &middle)]);
    assert_eq!(why_not(&middle), None);
    let outer_twice = word(&[("word/embeddings/a.docx", &middle), ("word/embeddings/b.docx", &middle)]);
    assert_eq!(why_not(&outer), None);
    assert_eq!(why_not(&outer_twice), Some(WhyNot::TooLarge));

    // Deeper than three, what is inside is left as it is, and told.
    let deep = (0..10).fold(word(&[]), |file, _| word(&[("word/embeddings/a.docx", &file)]));
    assert_eq!(clean(&deep).unwrap().left, [TraceKind::Other]);
}

#[test]
fn entities_are_not_resolved_and_nesting_ends() {
    let bomb = br#"<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>"#;
    assert_eq!(why_not(&word(&[("word/document.xml", bomb)])), Some(WhyNot::Damaged));
    let deep = [b"<a>".repeat(257), b"</a>".repeat(257)].concat();
    assert_eq!(why_not(&word(&[("word/document.xml", &deep)])), Some(WhyNot::Damaged));
    let allowed = [b"<a>".repeat(256), b"</a>".repeat(256)].concat();
    assert_eq!(why_not(&word(&[("word/document.xml", &allowed)])), None);
    let skipped = [b"<rsids>".as_slice(), &b"<a>".repeat(300), &b"</a>".repeat(300), b"</rsids>"].concat();
    assert_eq!(why_not(&word(&[("word/document.xml", &skipped)])), Some(WhyNot::Damaged));
}

#[test]
fn names_that_lead_out_of_the_archive_are_refused() {
    for name in ["../evil.xml", "/etc/passwd", "word/../../x", "C:/x.xml", "word\\x.xml", "word/\u{1}.xml"] {
        assert_eq!(why_not(&word(&[(name, b"<a/>")])), Some(WhyNot::Damaged), "{name}");
    }
    assert_eq!(why_not(&word(&[("word/a.txt", b"1"), ("Word/A.txt", b"2")])), Some(WhyNot::Damaged));
}

#[test]
fn two_parts_of_one_name_are_refused() {
    let mut file = word(&[("word/a.txt", b"1"), ("word/b.txt", b"2")]);
    let places: Vec<_> = file
        .windows(10)
        .enumerate()
        .filter(|(_, name)| name == b"word/b.txt")
        .map(|(place, _)| place)
        .collect();
    for place in places {
        file[place + 5] = b'a';
    }
    assert_eq!(why_not(&file), Some(WhyNot::Damaged));
}

#[test]
fn too_many_parts_are_refused_by_their_number_alone() {
    let names: Vec<_> = (0..10_001).map(|number| format!("{number}")).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(why_not(&archive(&parts)), Some(WhyNot::TooManyParts));
}

#[test]
fn files_past_the_limit_are_named_and_refused() {
    let mut file = read("photo-phone.jpg");
    file.resize(LARGEST + 1, 0);
    let found = inspect(&file);
    assert_eq!((found.format, found.why_not, found.can_clean), (Format::Jpeg, Some(WhyNot::TooLarge), false));
}

#[test]
fn a_damaged_picture_in_a_document_is_left_and_told() {
    let photo = read("photo-phone.jpg");
    let file = clean(&word(&[("word/media/image1.jpg", &photo[..photo.len() / 2])])).unwrap();
    assert_eq!((file.removed, file.left), (vec![], vec![TraceKind::Other]));
}

#[test]
fn text_with_markup_is_not_taken_for_plain_text() {
    for markup in [
        "{\\rtf1{\\info{\\author A}}}",
        "<html>",
        "\u{feff} <svg/>",
        "%!PS-Adobe-3.0",
        "Hello\r\nReceived: from [192.0.2.7]\r\n",
        "begin:vcard\nfn:A",
    ] {
        assert_eq!(why_not(markup.as_bytes()), Some(WhyNot::UnknownFormat), "{markup}");
    }
    assert_eq!(why_not("Zwei Rechnungen wurden doppelt bezahlt – Nr. 17.\r\n".as_bytes()), None);
}

#[test]
fn what_repeats_itself_takes_time_by_its_length_only() {
    let limit = Duration::from_mins(1);
    let much = 8 * 1024 * 1024;
    let fill = |start: &[u8], piece: &[u8], end: &[u8]| {
        let mut file = start.to_vec();
        while file.len() < much {
            file.extend_from_slice(piece);
        }
        file.extend_from_slice(end);
        file
    };
    within(limit, || {
        clean(&fill(&[0xff, 0xd8], &[0xff, 0xe1, 0, 8, b'E', b'x', b'i', b'f', 0, 0], &[])).err()
    });
    within(limit, || clean(&fill(&[0xff, 0xd8, 0xff, 0xda, 0, 2], &[0xff], &[])).err());
    within(limit, || clean(&fill(b"%PDF-1.4\n", b"1 0 obj stream ", b"")).err());
    within(limit, || clean(&fill(b"%PDF-1.4\n", b"<<", b"")).err());
    within(limit, || clean(&fill(b"%PDF-1.4\n1 0 obj\n", b"(", b"")).err());
    within(limit, || {
        clean(&fill(b"%PDF-1.4\n", b"1 0 obj<</A 1>>endobj\n", b"trailer<</Root 1 0 R>>")).err()
    });
    within(limit, || clean(&fill(b"\0\0\0\x0cftypheic", b"\0\0\0\x08free", b"")).err());
    let attributes = fill(b"<a", b" b='1'", b"/>");
    within(limit, || clean(&word(&[("word/document.xml", &attributes)])).err());
    let people = fill(b"<a>", b"<w author='x' date='y'/>", b"</a>");
    within(limit, || clean(&word(&[("word/document.xml", &people)])).err());
}

#[test]
fn an_earlier_state_of_a_pdf_is_gone_with_its_names() {
    let file = read("letter-edited.pdf");
    assert!(inspect(&file).traces.iter().any(|trace| trace.kind == TraceKind::Revisions));
    let after = cleaned("letter-edited.pdf");
    assert_eq!(after.windows(5).filter(|window| window == b"%%EOF").count(), 1);
}

/// A PDF with one empty page and, before it, an object that begins like this and has this data.
fn pdf_with(object: &str, data: &[u8]) -> Vec<u8> {
    let mut file = format!("%PDF-1.5\n{object}\nstream\n").into_bytes();
    file.extend_from_slice(data);
    file.extend_from_slice(b"\nendstream endobj\n");
    let mut places = Vec::new();
    for body in [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R>>",
    ] {
        places.push(file.len());
        writeln!(file, "{} 0 obj{body}endobj", places.len()).unwrap();
    }
    let table = file.len();
    file.extend_from_slice(b"xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    writeln!(file, "trailer<</Size 4/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").unwrap();
    file
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn streams_of_objects_are_counted_however_they_are_written() {
    let bomb = zlib(&b"[1 ".repeat(3_000_000));
    for object in [
        "9 0 obj<</Type/ObjStm/First 4/Filter/FlateDecode>>",
        "9 0 obj<</Type/Obj#53tm/#46irst 4/Filter/Fl>>",
        "9 0 obj<</Type/ObjStm/X (obj)/First 4/Filter/FlateDecode>>",
        "9 0 obj<</Type/ObjStm/First 4/obj/obj/Filter/FlateDecode>>",
        "9 0 obj<</Type/ObjStm/First 4/X (stream\n)/Filter[/FlateDecode]>>",
        "9 0 obj<</Type/ObjStm/First 4/X (\\\\)/Y (\\( endstream (>>))/Z<3e3e>/Filter/FlateDecode>>",
        "9 0 obj<</Type/ObjStm/First 4%>> endobj\n/X<</Y[<</Z 1>>]>>/Filter/FlateDecode>>%>>\n",
        "8 0 obj(<</X (stream\n9\n0%\nobj<</Type/ObjStm/First 4/Filter/FlateDecode>>",
    ] {
        assert_eq!(why_not(&pdf_with(object, &bomb)), Some(WhyNot::TooLarge), "{object}");
    }
    // Packed twice, it would be many times more.
    let twice = "9 0 obj<</Type/ObjStm/First 4/N 1/Filter[/FlateDecode/FlateDecode]>>";
    assert_eq!(why_not(&pdf_with(twice, &zlib(&bomb))), Some(WhyNot::Damaged));
    // Whatever else is packed is not unpacked to be read.
    assert_eq!(why_not(&pdf_with("9 0 obj<</Filter/FlateDecode>>", &bomb)), None);
}

#[test]
fn values_are_counted_where_they_seem_to_be_data() {
    let values = b"1 ".repeat(4_100_000);
    assert_eq!(why_not(&pdf_with("9 0 obj [(stream\n)", &values)), Some(WhyNot::TooLarge));
    assert_eq!(why_not(&pdf_with("9 0 obj <<>>", &values)), Some(WhyNot::TooLarge));
}

#[test]
fn an_encrypted_pdf_is_never_taken_for_a_cleaned_one_however_it_is_changed() {
    let file = read("encrypted.pdf");
    assert_eq!(why_not(&file), Some(WhyNot::Encrypted));
    for place in b"%PDF-".len()..file.len() {
        let mut changed = file.clone();
        changed[place] ^= 0x21;
        assert!(why_not(&changed).is_some(), "byte {place} changed");
    }
    // The key may be written in many ways.
    let text = file.iter().map(|byte| char::from(*byte)).collect::<String>();
    for other in ["/#45ncrypt ", "/Encr#79pt%\n", "/Encrypt\0"] {
        assert!(text.contains("/Encrypt "));
        let changed: Vec<u8> = text.replace("/Encrypt ", other).chars().map(|char| char as u8).collect();
        assert_eq!(why_not(&changed), Some(WhyNot::Encrypted), "{other:?}");
    }
}

#[test]
fn a_table_that_names_one_large_object_again_and_again_is_not_followed() {
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n".to_vec();
    let pages = file.len();
    file.extend(b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n");
    let page = file.len();
    file.extend(b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n");
    let large = file.len();
    file.extend([b"4 0 obj[".as_slice(), &b"1 ".repeat(100_000), b"]endobj\n"].concat());
    let table = file.len();
    let named = [9, pages, page].into_iter().chain(std::iter::repeat_n(large, 2_000));
    let lines: Vec<String> = named.map(|at| format!("{at:010} 00000 n \n")).collect();
    let lines = lines.concat();
    file.extend(format!("xref\n0 2004\n0000000000 65535 f \n{lines}trailer<</Size 2004/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
    assert_eq!(clean(&file).err().map(|not| not.why_not), Some(WhyNot::Damaged));
}

fn png(kind: [u8; 4], content: &[u8], times: usize) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let mut crc = crc32fast::Hasher::new();
        crc.update(kind);
        crc.update(content);
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&length, kind.as_slice(), content, &crc.finalize().to_be_bytes()].concat()
    };
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
    file.extend(chunk(b"tEXt", b"Author\0x"));
    file.extend(chunk(b"IDAT", &zlib(&[0, 0])));
    file.extend(chunk(&kind, content).repeat(times));
    file.extend(chunk(b"IEND", b""));
    file
}

#[test]
fn what_pictures_unpack_to_counts_over_the_whole_document() {
    let text = [b"Comment\0\0".as_slice(), &zlib(&b"x".repeat(64 * 1024))].concat();
    assert_eq!(why_not(&png(*b"zTXt", &text, 100)), None);
    assert_eq!(why_not(&png(*b"zTXt", &text, 4_000)), Some(WhyNot::TooLarge));
    // None of them would be too much by itself.
    let picture = png(*b"zTXt", &text, 1_000);
    assert_eq!(why_not(&word(&[("word/media/1.png", &picture)])), None);
    let names: Vec<_> = (0..8).map(|number| format!("word/media/{number}.png")).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), picture.as_slice())).collect();
    let file = word(&parts);
    assert!(file.len() < 64 * 1024);
    assert_eq!(why_not(&file), Some(WhyNot::TooLarge));
}

#[test]
fn tags_comments_and_attributes_are_work_beside_their_bytes() {
    let comments = |times: usize| format!("<a>{}</a>", "<!---->".repeat(times));
    assert_eq!(why_not(&word(&[("word/document.xml", comments(100_000).as_bytes())])), None);
    let many = comments(7_000_000);
    assert!(many.len() < 64 * 1024 * 1024, "a part alone may be as large");
    assert_eq!(why_not(&word(&[("word/document.xml", many.as_bytes())])), Some(WhyNot::TooLarge));
    // Each may be compared with all others of its tag.
    let dates = |times: usize| format!("<a{}/>", " date='1'".repeat(times));
    assert_eq!(why_not(&word(&[("word/document.xml", dates(1_000).as_bytes())])), None);
    let file = word(&[("word/document.xml", dates(100_000).as_bytes())]);
    assert_eq!(why_not(&file), Some(WhyNot::TooLarge));
}

#[test]
fn exif_whose_values_share_their_bytes_is_removed_unread() {
    let fields = [0x010f_u16, 0x0110, 0x0131, 0x0132, 0x013b];
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x05".to_vec();
    for field in fields {
        tiff.extend(field.to_be_bytes());
        tiff.extend([0, 2, 0, 0, 0xea, 0x60, 0, 0, 0, 100]);
    }
    tiff.resize(60_200, 0);
    let file = clean(&png(*b"eXIf", &tiff, 1)).unwrap();
    assert_eq!(file.removed, [TraceKind::Author, TraceKind::Other], "the author is that of the other chunk");
    // What is read is counted.
    let honest = [b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0".as_slice(), &vec![0; 60_000]].concat();
    assert_eq!(why_not(&png(*b"eXIf", &honest, 10)), None);
    assert_eq!(why_not(&png(*b"eXIf", &honest, 250)), Some(WhyNot::TooLarge));
}

#[test]
fn zeros_that_would_fill_memory_are_refused_and_so_are_lengths_that_are_not_true() {
    let zeros = vec![0; 60 * 1024 * 1024];
    assert_eq!(why_not(&word(&[("word/media/1.bin", &zeros)])), None);
    let three = ["1", "2", "3"].map(|name| (name, zeros.as_slice()));
    assert_eq!(why_not(&word(&three)), Some(WhyNot::TooLarge));

    let file = word(&[("word/media/1.txt", b"one two three")]);
    let list = file.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    for claimed in [12_u32, 14, 60 * 1024 * 1024] {
        let mut file = file.clone();
        file[list + 24..list + 28].copy_from_slice(&claimed.to_le_bytes());
        assert_eq!(why_not(&file), Some(WhyNot::Damaged), "{claimed}");
    }
}

#[test]
fn a_small_pdf_may_have_fewer_values_than_a_large_one() {
    let object = "9 0 obj<</Type/ObjStm/First 4/N 1/Filter/FlateDecode>>";
    let values = |times: usize| zlib(&[b"9 0 [".as_slice(), &b"1 ".repeat(times), b"]"].concat());
    assert_eq!(why_not(&pdf_with(object, &values(400_000))), None);
    assert_eq!(why_not(&pdf_with(object, &values(600_000))), Some(WhyNot::TooLarge));
}
