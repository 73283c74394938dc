//! What is taken out of the XML of an office document.

use crate::office::parts::{Parts, Role, role_by_relation};
use crate::trace::TraceKind;
use crate::xml::{Element, Fate, Rules};

/// Stands where a name has to stand.
const AUTHOR: &str = "Author";
/// Stands where a time has to stand.
const NO_TIME: &str = "1980-01-01T00:00:00Z";

/// Rules for the content: one set for text, tables and slides, whose names do not get in each other's way.
pub(super) struct OfficeRules;

impl Rules for OfficeRules {
    fn element(&mut self, element: &Element) -> Fate {
        match (element.parent, element.name) {
            // The list of editing sessions.
            (_, "rsids") => Fate::Remove(TraceKind::Revisions),
            (_, "docId" | "revisionPtr") => Fate::Remove(TraceKind::Identifier),
            (_, "presenceInfo") => Fate::Remove(TraceKind::Author),
            // Where the workbook lay when it was saved, and the template that the text was started from: paths.
            (_, "absPath") | ("settings", "attachedTemplate") => Fate::Remove(TraceKind::Other),
            ("workbook", "fileVersion") => Fate::Remove(TraceKind::Software),
            ("sectPr", "printerSettings") => Fate::RemoveQuietly,
            ("authors", "author") => Fate::Replace(TraceKind::Author, AUTHOR),
            _ => Fate::Keep,
        }
    }

    fn attribute(&mut self, element: &Element, name: &str, _value: &str) -> Fate {
        match (element.name, name) {
            (_, name) if name.starts_with("rsid") => Fate::Remove(TraceKind::Revisions),
            (_, "author" | "refreshedBy")
            | ("person", "displayName")
            | ("cmAuthor" | "author" | "userInfo", "name")
            | ("fileSharing" | "header", "userName")
            | ("author", "userId") => Fate::Replace(TraceKind::Author, AUTHOR),
            ("customWorkbookView", "name") => Fate::Replace(TraceKind::Author, "View"),
            ("cmAuthor" | "author", "initials") => Fate::Replace(TraceKind::Author, "A"),
            (_, "initials") | ("person", "userId") => Fate::Remove(TraceKind::Author),
            ("author", "providerId") => Fate::Replace(TraceKind::Other, "None"),
            // A page's set-up leads to the printer settings, which are gone.
            ("person", "providerId") | ("pageSetup", "id") => Fate::RemoveQuietly,
            ("comment" | "cm", "date" | "dt")
            | ("threadedComment", "dT")
            | (_, "dateUtc" | "refreshedDate") => Fate::Remove(TraceKind::Dates),
            ("cm" | "reply", "created") => Fate::Replace(TraceKind::Dates, NO_TIME),
            ("header" | "userInfo", "dateTime") => Fate::Replace(TraceKind::Revisions, NO_TIME),
            // Tracked changes.
            (_, "date") if element.has("author") => Fate::Remove(TraceKind::Revisions),
            // Excel's mark of the copy that a part was made in.
            (_, "uid") => Fate::Remove(TraceKind::Identifier),
            _ => Fate::Keep,
        }
    }
}

/// Rules for relations: those to parts that are gone go, too.
pub(super) struct RelationRules;

impl Rules for RelationRules {
    fn element(&mut self, element: &Element) -> Fate {
        let Some(relation) = element.attribute("Type") else { return Fate::Keep };
        match role_by_relation(&relation) {
            Some(Role::Removed(_)) => Fate::RemoveQuietly,
            _ if relation.ends_with("/attachedTemplate") => Fate::RemoveQuietly,
            _ => Fate::Keep,
        }
    }

    fn attribute(&mut self, _: &Element, _: &str, _: &str) -> Fate {
        Fate::Keep
    }
}

/// Rules for the list of types: parts that are gone are not listed.
pub(super) struct TypeRules<'a> {
    pub parts: &'a Parts,
}

impl Rules for TypeRules<'_> {
    fn element(&mut self, element: &Element) -> Fate {
        match element.attribute("PartName") {
            Some(name) if matches!(self.parts.role(name.trim_start_matches('/')), Role::Removed(_)) => {
                Fate::RemoveQuietly
            }
            _ => Fate::Keep,
        }
    }

    fn attribute(&mut self, _: &Element, _: &str, _: &str) -> Fate {
        Fate::Keep
    }
}
