//! Office Open XML (ECMA-376): documents of Microsoft Office 2007 and later.

mod parts;
mod rules;

use zeroize::Zeroizing;

use crate::bytes::find;
use crate::inspection::Outcome;
use crate::limits::Limits;
use crate::package::{Package, PackageWriter, is_xml, part, xml_part};
use crate::properties;
use crate::trace::{TraceKind, Traces};
use parts::{Parts, Role};
use rules::{OfficeRules, RelationRules, TypeRules};

const CORE: &[u8] = br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"#;
const EXTENDED: &[u8] = br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"#;
const CUSTOM: &[u8] = br#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"#;

/// The list of sources that Word puts into documents, mostly empty: content, if it is not.
const BIBLIOGRAPHY: &[u8] = b"officeDocument/2006/bibliography";

/// The document without what tells on its writers. Its text stays, reviewers' comments with it.
pub(crate) fn clean(
    mut package: Package,
    length: usize,
    traces: &mut Traces,
    limits: &mut Limits,
) -> Outcome {
    let parts = Parts::read(&mut package, limits)?;
    package.tell(traces);
    let mut document = PackageWriter::with_capacity(length);
    for (index, name) in package.names().to_vec().iter().enumerate() {
        let role = parts.role(name);
        if let Role::Removed(kind) = role {
            traces.removed(kind, "");
            continue;
        }
        let content = package.read(index, limits)?;
        let document = &mut document;
        let cleaned = match role {
            Role::Core => emptied(&content, CORE, core_kind, traces, limits),
            Role::Extended => emptied(&content, EXTENDED, extended_kind, traces, limits),
            Role::Custom => emptied(&content, CUSTOM, custom_kind, traces, limits),
            Role::Types => {
                xml_part(name, &content, &mut TypeRules { parts: &parts }, traces, limits, document)?;
                continue;
            }
            Role::Relations => {
                xml_part(name, &content, &mut RelationRules, traces, limits, document)?;
                continue;
            }
            Role::CustomXml if find(&content, BIBLIOGRAPHY).is_none() => {
                // Data of a company's own programs: fields in the text may be bound to it.
                traces.left(TraceKind::Other, name);
                content
            }
            // Drawings in an old form that is often not well-formed, and names nobody.
            _ if name.to_ascii_lowercase().ends_with(".vml") => content,
            _ if is_xml(name) => {
                xml_part(name, &content, &mut OfficeRules, traces, limits, document)?;
                continue;
            }
            _ => part(name, content, traces, limits)?,
        };
        document.add(name, &cleaned, limits)?;
    }
    document.finish()
}

/// Properties that are told and replaced by none.
fn emptied(
    content: &[u8],
    empty: &[u8],
    kind_of: fn(&str) -> Option<TraceKind>,
    traces: &mut Traces,
    limits: &mut Limits,
) -> Zeroizing<Vec<u8>> {
    properties::tell(content, kind_of, traces, limits);
    Zeroizing::new(empty.to_vec())
}

fn core_kind(name: &str) -> Option<TraceKind> {
    Some(match name {
        "creator" => TraceKind::Author,
        "lastModifiedBy" => TraceKind::LastEditor,
        "created" | "modified" | "lastPrinted" => TraceKind::Dates,
        "title" | "subject" | "keywords" | "category" => TraceKind::Title,
        "description" => TraceKind::Comment,
        "revision" | "version" => TraceKind::Revisions,
        "identifier" => TraceKind::Identifier,
        "contentStatus" => TraceKind::Other,
        _ => return None,
    })
}

fn extended_kind(name: &str) -> Option<TraceKind> {
    Some(match name {
        "Company" | "Manager" => TraceKind::Company,
        "Application" | "AppVersion" => TraceKind::Software,
        "Template" | "HyperlinkBase" => TraceKind::Other,
        _ => return None,
    })
}

/// Custom properties: whatever a company's programs wrote.
fn custom_kind(name: &str) -> Option<TraceKind> {
    matches!(name, "property" | "name").then_some(TraceKind::Other)
}
