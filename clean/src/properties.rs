//! XML that holds nothing but properties, and is replaced whole.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::limits::{Limits, WORK_OF_ATTRIBUTE, WORK_OF_EVENT, WORK_OF_TRACE};
use crate::trace::{TraceKind, Traces};
use crate::xml::{DEEPEST, unescaped};

/// Tells what properties there are: `kind_of` says what one tells, by its name without the namespace's prefix, be it an
/// element or an attribute. Reads as far as the document is well formed.
pub(crate) fn tell(
    xml: &[u8],
    kind_of: fn(&str) -> Option<TraceKind>,
    traces: &mut Traces,
    limits: &mut Limits,
) {
    let Ok(text) = std::str::from_utf8(xml) else { return };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    // For every open element what its text tells: its own property, or the one it stands in (lists).
    let mut open: Vec<Option<TraceKind>> = Vec::new();
    loop {
        if limits.work(WORK_OF_EVENT + WORK_OF_TRACE).is_err() {
            return;
        }
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                if open.len() >= DEEPEST {
                    return;
                }
                attributes(&element, kind_of, traces, limits);
                open.push(kind_of(element.local_name().into_inner()).or(open.last().copied().flatten()));
            }
            Ok(Event::Empty(element)) => attributes(&element, kind_of, traces, limits),
            Ok(Event::End(_)) => {
                open.pop();
            }
            Ok(Event::Text(text)) => {
                if let Some(Some(kind)) = open.last()
                    && !text.trim().is_empty()
                {
                    traces.removed(*kind, &*text);
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attributes(
    element: &BytesStart,
    kind_of: fn(&str) -> Option<TraceKind>,
    traces: &mut Traces,
    limits: &mut Limits,
) {
    for attribute in element.attributes().with_checks(false) {
        let Ok(attribute) = attribute else { return };
        if limits.work(WORK_OF_ATTRIBUTE + WORK_OF_TRACE).is_err() {
            return;
        }
        if let Some(kind) = kind_of(attribute.key.local_name().into_inner())
            && !attribute.value.trim().is_empty()
        {
            traces.removed(kind, unescaped(&attribute.value));
        }
    }
}
