//! What a file is, by what is in it: names and media types are claims.

use crate::bytes::find;
use crate::{jpeg, png, webp};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// WebP picture.
    Webp,
    /// HEIC, HEIF or AVIF picture.
    Heic,
    /// PDF.
    Pdf,
    /// Text document of Microsoft Office 2007 and later.
    Docx,
    /// Spreadsheet of Microsoft Office 2007 and later.
    Xlsx,
    /// Presentation of Microsoft Office 2007 and later.
    Pptx,
    /// OpenDocument text.
    Odt,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument presentation.
    Odp,
    /// A container of Office 97 to 2003; a newer document that is encrypted comes in one, too.
    OldOffice,
    /// Plain text.
    Text,
    /// Anything else.
    Unknown,
}

impl Format {
    /// The stable code, such as `docx`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::OldOffice => "old_office",
            Self::Text => "text",
            Self::Unknown => "unknown",
        }
    }
}

/// How far into a file PDF's header may stand, in bytes.
const PDF_HEADER_WITHIN: usize = 1024;
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Brands of ISO base media files that hold pictures.
const PICTURE_BRANDS: &[&[u8; 4]] =
    &[b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx", b"avif", b"avis"];

/// What the first bytes say; which document a zip archive is takes a look into it.
pub(crate) enum Start {
    Known(Format),
    Zip,
}

pub(crate) fn recognise(file: &[u8]) -> Start {
    Start::Known(if file.starts_with(jpeg::START) {
        Format::Jpeg
    } else if file.starts_with(png::START) {
        Format::Png
    } else if webp::is_webp(file) {
        Format::Webp
    } else if file.get(4..8) == Some(b"ftyp")
        && file.get(8..12).is_some_and(|brand| PICTURE_BRANDS.iter().any(|known| **known == *brand))
    {
        Format::Heic
    } else if file.starts_with(ZIP) {
        return Start::Zip;
    } else if file.starts_with(COMPOUND_FILE) {
        Format::OldOffice
    } else if find(&file[..file.len().min(PDF_HEADER_WITHIN)], b"%PDF-").is_some() {
        Format::Pdf
    } else if is_plain_text(file) {
        Format::Text
    } else {
        Format::Unknown
    })
}

/// Text that has nothing but its text: no markup that could carry a writer's name (RTF, HTML, SVG, PostScript), no saved
/// mail, address card or calendar entry.
fn is_plain_text(file: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(file) else { return false };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    !["{\\rtf", "<", "%!"].iter().any(|markup| start.starts_with(markup))
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
        && !text.split(['\n', '\r']).any(tells_who_sent_it)
}

/// Lines that programs write and people do not: mail's, with who sent it from where by which way, and those of cards.
const TELLING_LINES: [&str; 11] = [
    "received:",
    "return-path:",
    "delivered-to:",
    "message-id:",
    "mime-version:",
    "x-originating-ip:",
    "x-mailer:",
    "dkim-signature:",
    "thread-index:",
    "begin:vcard",
    "begin:vcalendar",
];

fn tells_who_sent_it(line: &str) -> bool {
    TELLING_LINES
        .iter()
        .any(|telling| line.get(..telling.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(telling)))
}
