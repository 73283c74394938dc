//! PDF (ISO 32000): read by lopdf, swept, and written anew as one file without earlier states.

mod bounds;
mod places;
mod properties;
mod streams;
mod sweep;

use std::cell::RefCell;
use std::collections::HashSet;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};
use zeroize::Zeroizing;

use crate::inspection::Outcome;
use crate::limits::Limits;
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;
use sweep::Sweep;

/// The document without what tells on its writers. What its pages show stays.
pub(crate) fn clean(file: &[u8], traces: &mut Traces, limits: &mut Limits) -> Outcome {
    bounds::check(file, limits)?;
    let options = LoadOptions {
        max_decompressed_size: Some(bounds::LARGEST_STREAM),
        filter: Some(once),
        ..LoadOptions::default()
    };
    SEEN.take();
    let mut document = Document::load_mem_with_options(file, options).map_err(|error| why_not(&error))?;
    if document.is_encrypted() || document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(WhyNot::Encrypted);
    }
    let pages = document.page_iter().count();
    if pages == 0 {
        return Err(WhyNot::Damaged);
    }

    tell_earlier_states(&document, traces);
    properties::take(&mut document, traces);
    Sweep::new(traces, limits).document(&mut document);
    document.prune_objects();
    document.max_id = document.objects.keys().next_back().map_or(0, |(number, _)| *number);

    let mut cleaned = Zeroizing::new(Vec::with_capacity(file.len() + file.len() / 4));
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    document.save_to(&mut *cleaned).map_err(|_| WhyNot::Damaged)?;
    drop(document);
    // Read again: what could not be kept would otherwise be missed only by whoever receives it.
    let again =
        Document::load_mem_with_options(&cleaned, LoadOptions { strict: false, ..LoadOptions::default() });
    if again.map_err(|_| WhyNot::Damaged)?.page_iter().count() != pages {
        return Err(WhyNot::Damaged);
    }
    Ok(cleaned)
}

thread_local! {
    /// The objects that were read, by the file that this thread reads.
    static SEEN: RefCell<HashSet<ObjectId>> = RefCell::default();
}

/// Keeps each object once: the library gathers all of the same before it drops them.
fn once(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    SEEN.with_borrow_mut(|seen| seen.insert(id)).then(|| (id, object.clone()))
}

/// Earlier states of the file, behind later ones. They are not written again.
fn tell_earlier_states(document: &Document, traces: &mut Traces) {
    let states = document.revision_count();
    if states > 1 {
        traces.removed(TraceKind::Revisions, format!("{} earlier", states - 1));
    }
}

fn why_not(error: &Error) -> WhyNot {
    match error {
        Error::Decryption(_) | Error::InvalidPassword | Error::AlreadyEncrypted => WhyNot::Encrypted,
        Error::Decompress(_) => WhyNot::TooLarge,
        _ => WhyNot::Damaged,
    }
}

/// A text of PDF as people read it; empty for anything else.
fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap_or_default()
}

/// A name in a dictionary; empty where there is none.
fn name<'a>(dictionary: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dictionary.get(key).and_then(Object::as_name).unwrap_or_default()
}
