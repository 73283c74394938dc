//! Going through all objects of a PDF, wherever they stand.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::bytes::find;
use crate::limits::{Limits, WORK_OF_UNPACKING};
use crate::pdf::{name, text};
use crate::trace::{TraceKind, Traces};
use crate::{jpeg, xmp};

/// XMP that is unpacked to be shown, in bytes.
const LONGEST_XMP: usize = 1024 * 1024;

/// Goes through the objects of a document and takes out what tells on its writers.
pub(super) struct Sweep<'a> {
    traces: &'a mut Traces,
    limits: &'a mut Limits,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(traces: &'a mut Traces, limits: &'a mut Limits) -> Self {
        Self { traces, limits }
    }

    /// Only what can be reached: an earlier state may have left other things, which are not written again.
    pub(super) fn document(&mut self, document: &mut Document) {
        document.prune_objects();
        let metadata: HashSet<ObjectId> = document
            .objects
            .iter()
            .filter(|(_, object)| matches!(object, Object::Stream(stream) if is_metadata(&stream.dict)))
            .map(|(id, _)| *id)
            .collect();
        for id in &metadata {
            if let Some(Object::Stream(stream)) = document.objects.remove(id) {
                self.metadata(&stream);
            }
        }
        for object in document.objects.values_mut() {
            self.object(object);
        }
    }

    fn metadata(&mut self, stream: &Stream) {
        if self.limits.work(WORK_OF_UNPACKING).is_err() {
            return;
        }
        match stream.get_plain_content_with_limit(LONGEST_XMP) {
            Ok(packet) if self.limits.work(packet.len()).is_ok() => {
                xmp::tell(&packet, self.traces, self.limits);
            }
            Ok(_) => {}
            Err(_) => {
                // What was unpacked until then; once that is too much, the whole file is given up.
                let _ = self.limits.work(LONGEST_XMP);
                self.traces.removed(TraceKind::Other, "XMP");
            }
        }
    }

    /// Objects in objects are nested no deeper than their reader allows: a hundred levels.
    fn object(&mut self, object: &mut Object) {
        match object {
            Object::Array(values) => values.iter_mut().for_each(|value| self.object(value)),
            Object::Dictionary(dictionary) => self.dictionary(dictionary),
            Object::Stream(stream) => {
                self.dictionary(&mut stream.dict);
                self.stream(stream);
            }
            _ => {}
        }
    }

    fn dictionary(&mut self, dictionary: &mut Dictionary) {
        // The stream itself is told where it stands.
        dictionary.remove(b"Metadata");
        self.take(dictionary, b"PieceInfo", TraceKind::Other);
        self.take(dictionary, b"SpiderInfo", TraceKind::Other);
        self.take(dictionary, b"LastModified", TraceKind::Dates);
        self.take(dictionary, b"CreatorInfo", TraceKind::Software);
        if dictionary.has(b"Thumb") && name(dictionary, b"Type") != b"Thread" {
            self.take(dictionary, b"Thumb", TraceKind::Thumbnail);
        }
        if name(dictionary, b"Type") == b"Annot" || (dictionary.has(b"Rect") && dictionary.has(b"Subtype")) {
            self.annotation(dictionary);
        }
        if dictionary.has(b"ByteRange") && dictionary.has(b"Contents") {
            self.signature(dictionary);
        }
        if name(dictionary, b"Type") == b"Catalog" {
            // What checks signatures: certificates, with names in them.
            self.take(dictionary, b"DSS", TraceKind::Author);
            self.take(dictionary, b"Perms", TraceKind::Author);
        }
        self.tell_what_stays(dictionary);
        for (_, value) in dictionary.iter_mut() {
            self.object(value);
        }
    }

    fn take(&mut self, dictionary: &mut Dictionary, key: &[u8], kind: TraceKind) {
        if let Some(value) = dictionary.remove(key) {
            let shown = match &value {
                Object::String(..) => text(&value),
                _ => String::from_utf8_lossy(key).into_owned(),
            };
            self.traces.removed(kind, shown);
        }
    }

    fn annotation(&mut self, annotation: &mut Dictionary) {
        // In a form's field, T is the name of the field.
        if name(annotation, b"Subtype") != b"Widget" {
            self.take(annotation, b"T", TraceKind::Author);
        }
        self.take(annotation, b"M", TraceKind::Dates);
        self.take(annotation, b"CreationDate", TraceKind::Dates);
        self.take(annotation, b"NM", TraceKind::Identifier);
    }

    /// A signature names who signed, and does not fit the file that is written anew.
    fn signature(&mut self, signature: &mut Dictionary) {
        let mut empty = Dictionary::new();
        for key in [b"Type".as_slice(), b"Filter", b"SubFilter"] {
            if let Ok(value) = signature.get(key) {
                empty.set(key, value.clone());
            }
        }
        let signer = signature.get(b"Name").map(text).unwrap_or_default();
        self.traces.removed(TraceKind::Author, signer);
        *signature = empty;
    }

    /// What may tell something, but belongs to the content or does something.
    fn tell_what_stays(&mut self, dictionary: &mut Dictionary) {
        if name(dictionary, b"S") == b"JavaScript" || dictionary.has(b"JS") {
            self.traces.left(TraceKind::Other, "JavaScript");
        }
        if dictionary.has(b"EF") {
            let file = dictionary.get(b"UF").or(dictionary.get(b"F")).map(text).unwrap_or_default();
            self.traces.left(TraceKind::Other, format!("attached file {file}"));
        }
        if dictionary.has(b"XFA") {
            self.traces.left(TraceKind::Other, "XFA form");
        }
        if name(dictionary, b"Type") == b"EmbeddedFile"
            && let Ok(Object::Dictionary(parameters)) = dictionary.get_mut(b"Params")
        {
            self.take(parameters, b"CreationDate", TraceKind::Dates);
            self.take(parameters, b"ModDate", TraceKind::Dates);
        }
    }

    fn stream(&mut self, stream: &mut Stream) {
        let filters =
            stream.filters().map(|filters| filters.iter().map(|filter| filter.to_vec()).collect::<Vec<_>>());
        let Ok(filters) = filters else { return };
        let is_alone = filters.len() == 1;
        match filters.last().map(Vec::as_slice) {
            Some(b"DCTDecode" | b"DCT") if is_alone => {
                match self.traces.attempt(|traces| jpeg::clean(&stream.content, traces, self.limits)) {
                    Ok(cleaned) if *cleaned != stream.content => stream.set_content(cleaned.to_vec()),
                    Ok(_) => {}
                    Err(_) => self.traces.left(TraceKind::Other, "picture"),
                }
            }
            // Packed once more, or JPEG 2000 with room for notes: rare, and not taken apart.
            Some(b"DCTDecode" | b"DCT") => self.traces.left(TraceKind::Other, "picture"),
            Some(b"JPXDecode")
                if find(&stream.content, b"uuid").or(find(&stream.content, b"xml ")).is_some() =>
            {
                self.traces.left(TraceKind::Other, "picture");
            }
            _ => {}
        }
    }
}

fn is_metadata(dictionary: &Dictionary) -> bool {
    name(dictionary, b"Type") == b"Metadata" && name(dictionary, b"Subtype") == b"XML"
}
