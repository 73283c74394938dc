//! What a PDF says of itself in one place: the information dictionary and the identifiers of the file.

use lopdf::{Document, Object};

use crate::pdf::text;
use crate::trace::{TraceKind, Traces};

/// Tells and removes the information dictionary and everything else of the trailer but the way to the pages.
pub(super) fn take(document: &mut Document, traces: &mut Traces) {
    if let Ok((_, Object::Dictionary(information))) =
        document.trailer.get(b"Info").and_then(|info| document.dereference(info))
    {
        for (key, value) in information {
            let value = document.dereference(value).map_or(String::new(), |(_, value)| text(value));
            traces.removed(kind_of(key), value);
        }
    }
    if document.trailer.has(b"ID") {
        traces.removed(TraceKind::Identifier, "");
    }
    let keys: Vec<Vec<u8>> = document.trailer.iter().map(|(key, _)| key.clone()).collect();
    for key in keys {
        if key != b"Root" && key != b"Size" {
            document.trailer.remove(&key);
        }
    }
}

fn kind_of(key: &[u8]) -> TraceKind {
    match key {
        b"Author" => TraceKind::Author,
        b"Creator" | b"Producer" => TraceKind::Software,
        b"CreationDate" | b"ModDate" => TraceKind::Dates,
        b"Title" | b"Subject" | b"Keywords" => TraceKind::Title,
        b"Company" => TraceKind::Company,
        _ => TraceKind::Other,
    }
}
