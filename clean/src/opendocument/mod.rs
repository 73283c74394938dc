//! OpenDocument (ISO/IEC 26300): documents of LibreOffice and others.

mod rules;

use zeroize::Zeroizing;

use crate::bytes::find;
use crate::inspection::Outcome;
use crate::limits::Limits;
use crate::package::{Package, PackageWriter, is_xml, part, xml_part};
use crate::properties;
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use rules::{ContentRules, ManifestRules};

const MANIFEST: &str = "META-INF/manifest.xml";
const META: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>"#;

/// The document without what tells on its writers. Its text stays, reviewers' comments with it.
pub(crate) fn clean(
    mut package: Package,
    length: usize,
    traces: &mut Traces,
    limits: &mut Limits,
) -> Outcome {
    if package.has(MANIFEST) {
        let manifest = package.read_named(MANIFEST, limits)?;
        if find(&manifest, b"encryption-data").is_some() {
            return Err(WhyNot::Encrypted);
        }
    }
    package.tell(traces);
    let mut document = PackageWriter::with_capacity(length);
    // The type comes first, so that the file is recognised by its first bytes.
    let mut order: Vec<usize> = (0..package.names().len()).collect();
    order.sort_by_key(|index| package.names()[*index] != "mimetype");
    for index in order {
        let name = package.names()[index].clone();
        match removed(&name) {
            Gone::Telling(kind) => traces.removed(kind, ""),
            Gone::Silent => {}
            Gone::No => {
                let content = package.read(index, limits)?;
                copy(&name, content, traces, limits, &mut document)?;
            }
        }
    }
    document.finish()
}

/// Whether a part is not written again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gone {
    No,
    /// It goes, and tells nothing.
    Silent,
    Telling(TraceKind),
}

fn removed(name: &str) -> Gone {
    let is_folder = name.ends_with('/');
    let kind = if name.starts_with("Thumbnails/") {
        TraceKind::Thumbnail
    } else if name == "VersionList.xml" || name.starts_with("Versions/") {
        TraceKind::Revisions
    } else if name.starts_with("META-INF/") && name.contains("signatures") {
        // Names who signed, and fits no longer.
        TraceKind::Author
    } else if name == "layout-cache" {
        return Gone::Silent;
    } else {
        return Gone::No;
    };
    if is_folder { Gone::Silent } else { Gone::Telling(kind) }
}

fn copy(
    name: &str,
    content: Zeroizing<Vec<u8>>,
    traces: &mut Traces,
    limits: &mut Limits,
    document: &mut PackageWriter,
) -> Result<(), WhyNot> {
    if name.ends_with('/') || name == "mimetype" {
        return document.add(name, &content, limits);
    }
    // Objects in a document are documents of their own, in folders of it.
    if name == "meta.xml" || name.ends_with("/meta.xml") {
        properties::tell(&content, meta_kind, traces, limits);
        return document.add(name, META, limits);
    }
    if name == MANIFEST {
        return xml_part(name, &content, &mut ManifestRules, traces, limits, document);
    }
    if name.starts_with("Basic/") || name.starts_with("Scripts/") {
        traces.left(TraceKind::Other, name);
        return document.add(name, &content, limits);
    }
    if is_xml(name) {
        return xml_part(name, &content, &mut ContentRules, traces, limits, document);
    }
    let cleaned = part(name, content, traces, limits)?;
    document.add(name, &cleaned, limits)
}

fn meta_kind(name: &str) -> Option<TraceKind> {
    Some(match name {
        "initial-creator" => TraceKind::Author,
        "creator" | "printed-by" => TraceKind::LastEditor,
        "creation-date" | "date" | "print-date" => TraceKind::Dates,
        "generator" => TraceKind::Software,
        "title" | "subject" | "keyword" => TraceKind::Title,
        "description" => TraceKind::Comment,
        "editing-cycles" => TraceKind::Revisions,
        "user-defined" | "name" | "template" => TraceKind::Other,
        _ => return None,
    })
}
