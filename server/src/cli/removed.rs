//! Words for what was removed from a file before it was sealed.

use candor_crypto::AttachmentInfo;

/// Each code that cleaning has (docs/protocol.md, section 4), and what it is to people. The
/// console says the same.
const WORDS: [(&str, &str); 17] = [
    ("author", "names of authors"),
    ("last_editor", "who changed it last"),
    ("company", "the company"),
    ("place", "the place"),
    ("device", "camera or device"),
    ("serial_number", "a serial number"),
    ("dates", "dates and times"),
    ("software", "the program"),
    ("title", "title and keywords"),
    ("comment", "a comment"),
    ("thumbnail", "a small preview picture"),
    ("revisions", "earlier versions"),
    ("print_settings", "print settings"),
    ("profile", "a colour profile"),
    ("identifier", "identifiers"),
    ("other", "other hidden data"),
    (AttachmentInfo::NOTHING_FOUND, "nothing: it was looked into, and no hidden data was found"),
];

/// The codes in words, in their order; one that is not known stays as it is.
pub(super) fn in_words(codes: &[String]) -> String {
    let words: Vec<&str> = codes
        .iter()
        .map(|code| WORDS.iter().find(|(known, _)| known == code).map_or(code.as_str(), |(_, words)| words))
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_trace_has_words_and_a_later_one_its_code() {
        use candor_clean::TraceKind as Kind;
        for kind in [
            Kind::Author,
            Kind::LastEditor,
            Kind::Company,
            Kind::Place,
            Kind::Device,
            Kind::SerialNumber,
            Kind::Dates,
            Kind::Software,
            Kind::Title,
            Kind::Comment,
            Kind::Thumbnail,
            Kind::Revisions,
            Kind::PrintSettings,
            Kind::Profile,
            Kind::Identifier,
            Kind::Other,
        ] {
            assert!(WORDS.iter().any(|(code, _)| *code == kind.code()), "{}", kind.code());
        }
        let codes = ["author", "of_later_versions"].map(str::to_owned);
        assert_eq!(in_words(&codes), "names of authors, of_later_versions");
    }
}
