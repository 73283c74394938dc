//! Which part of a document is what: relations say so, names only by custom.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::limits::{Limits, WORK_OF_EVENT};
use crate::package::Package;
use crate::trace::TraceKind;
use crate::why_not::WhyNot;
use crate::xml::unescaped;

/// What a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Writer, title, dates.
    Core,
    /// Program, company.
    Extended,
    /// Properties that a company or a program made up.
    Custom,
    /// The list of the parts' types.
    Types,
    /// Relations from one part to others.
    Relations,
    /// Data of other programs.
    CustomXml,
    /// A part that is not written again.
    Removed(TraceKind),
    /// The content.
    Content,
}

/// What relations of the document say of its parts.
pub(super) struct Parts {
    roles: HashMap<String, Role>,
}

impl Parts {
    pub(super) fn read(package: &mut Package, limits: &mut Limits) -> Result<Self, WhyNot> {
        let mut roles: HashMap<String, Role> = [
            ("[content_types].xml", Role::Types),
            ("docprops/core.xml", Role::Core),
            ("docprops/app.xml", Role::Extended),
            ("docprops/custom.xml", Role::Custom),
        ]
        .map(|(name, role)| (name.to_owned(), role))
        .into();
        // Relations may name more parts than there are.
        let names: HashSet<String> = package.names().iter().map(|name| name.to_ascii_lowercase()).collect();
        for (index, name) in package.names().to_vec().iter().enumerate() {
            if is_relations(name) {
                let relations = package.read(index, limits)?;
                read_relations(name, &relations, &names, &mut roles, limits)?;
            }
        }
        Ok(Self { roles })
    }

    pub(super) fn role(&self, name: &str) -> Role {
        let lower = name.to_ascii_lowercase();
        if let Some(role) = self.roles.get(&lower) {
            return *role;
        }
        if lower.starts_with("_xmlsignatures/") {
            // Names who signed, and fits no longer.
            Role::Removed(TraceKind::Author)
        } else if lower.starts_with("docprops/thumbnail.") {
            Role::Removed(TraceKind::Thumbnail)
        } else if lower.contains("/printersettings/") {
            Role::Removed(TraceKind::PrintSettings)
        } else if is_relations(&lower) {
            Role::Relations
        } else if lower.starts_with("customxml/item") && !lower.starts_with("customxml/itemprops") {
            Role::CustomXml
        } else {
            Role::Content
        }
    }
}

fn is_relations(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".rels")
}

/// What a relation's type makes of the part it leads to.
pub(super) fn role_by_relation(relation: &str) -> Option<Role> {
    Some(match relation.rsplit('/').next()? {
        "core-properties" => Role::Core,
        "extended-properties" | "extendedProperties" => Role::Extended,
        "custom-properties" | "customProperties" => Role::Custom,
        "thumbnail" => Role::Removed(TraceKind::Thumbnail),
        "printerSettings" => Role::Removed(TraceKind::PrintSettings),
        "origin" | "signature" if relation.contains("digital-signature") => Role::Removed(TraceKind::Author),
        _ => return None,
    })
}

/// Notes the roles of the parts that `relations` lead to. What is not well formed shows when it is copied.
fn read_relations(
    name: &str,
    relations: &[u8],
    names: &HashSet<String>,
    roles: &mut HashMap<String, Role>,
    limits: &mut Limits,
) -> Result<(), WhyNot> {
    let Ok(text) = std::str::from_utf8(relations) else { return Ok(()) };
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        limits.work(WORK_OF_EVENT)?;
        match event {
            Event::Start(element) | Event::Empty(element) => {
                // Looked through twice.
                limits.work(2 * element.len())?;
                if let Some((part, role)) = relation(name, &element)
                    && names.contains(&part)
                {
                    roles.insert(part, role);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

fn relation(name: &str, element: &BytesStart) -> Option<(String, Role)> {
    let attribute = |name| {
        let attribute = element.try_get_attribute(name).ok()??;
        Some(unescaped(&attribute.value).into_owned())
    };
    let role = role_by_relation(&attribute("Type")?)?;
    Some((resolved(name, &attribute("Target")?), role))
}

/// The part that a target means: from the folder of the part that the relations belong to, whose own folder is `_rels`.
fn resolved(relations: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => relations.split('/').rev().skip(2).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_from_the_folder_of_their_part() {
        assert_eq!(resolved("_rels/.rels", "docProps/Thumbnail.jpeg"), "docprops/thumbnail.jpeg");
        assert_eq!(
            resolved("xl/worksheets/_rels/sheet1.xml.rels", "../printerSettings/p.bin"),
            "xl/printersettings/p.bin"
        );
        assert_eq!(resolved("word/_rels/document.xml.rels", "/docProps/core.xml"), "docprops/core.xml");
        assert_eq!(resolved("_rels/.rels", "../../../up.xml"), "up.xml");
    }
}
