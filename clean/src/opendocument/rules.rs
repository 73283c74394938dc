//! What is taken out of the XML of an OpenDocument file.

use crate::opendocument::{Gone, removed};
use crate::trace::TraceKind;
use crate::xml::{Element, Fate, Rules};

/// Rules for text, styles and settings.
pub(super) struct ContentRules;

impl Rules for ContentRules {
    fn element(&mut self, element: &Element) -> Fate {
        match (element.parent, element.name) {
            // Elsewhere these are fields in the text, which is content.
            ("annotation" | "change-info", "creator") => Fate::Replace(TraceKind::Author, "Author"),
            ("annotation", "creator-initials" | "sender-initials") => Fate::Remove(TraceKind::Author),
            ("annotation", "date" | "date-string") => Fate::Remove(TraceKind::Dates),
            // The standard wants a date here.
            ("change-info", "date") => Fate::Replace(TraceKind::Revisions, "1980-01-01T00:00:00"),
            (_, "config-item") => match element.attribute("name").as_deref() {
                Some("PrinterName" | "PrinterSetup" | "PrintFaxName") => {
                    Fate::Replace(TraceKind::PrintSettings, "")
                }
                Some("Rsid" | "RsidRoot") => Fate::Replace(TraceKind::Revisions, "0"),
                _ => Fate::Keep,
            },
            _ => Fate::Keep,
        }
    }

    fn attribute(&mut self, _: &Element, name: &str, _: &str) -> Fate {
        match name {
            "rsid" | "paragraph-rsid" => Fate::Remove(TraceKind::Revisions),
            _ => Fate::Keep,
        }
    }
}

/// Rules for the list of parts: those that are gone are not listed.
pub(super) struct ManifestRules;

impl Rules for ManifestRules {
    fn element(&mut self, element: &Element) -> Fate {
        match element.attribute("full-path") {
            Some(name) if removed(&name) != Gone::No => Fate::RemoveQuietly,
            _ => Fate::Keep,
        }
    }

    fn attribute(&mut self, _: &Element, _: &str, _: &str) -> Fate {
        Fate::Keep
    }
}
