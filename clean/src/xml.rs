//! XML that is copied as it stands, but for what rules take out of it.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, BytesText, Event};
use zeroize::Zeroizing;

use crate::limits::{Limits, WORK_OF_ATTRIBUTE, WORK_OF_EVENT, WORK_OF_TRACE};
use crate::trace::{TraceKind, Traces};
use crate::why_not::WhyNot;

/// How deep elements may be nested.
pub(crate) const DEEPEST: usize = 256;
/// How much text of what is removed is kept to be shown, in bytes.
const LONGEST_TOLD: usize = 1000;

/// So much is written at once, in bytes.
const PIECE: usize = 64 * 1024;
/// The longest tag with all its attributes, in bytes: drawings are kept in some.
const LONGEST_TAG: usize = 4 * 1024 * 1024;

/// What becomes of an element or of an attribute.
#[derive(Clone, Copy)]
pub(crate) enum Fate {
    /// It stays.
    Keep,
    /// It goes, with all that is in it.
    Remove(TraceKind),
    /// It goes, and there is nothing in it worth telling.
    RemoveQuietly,
    /// Its text, or its value, becomes this.
    Replace(TraceKind, &'static str),
}

/// An element that is asked about.
pub(crate) struct Element<'a> {
    /// Its name without the namespace's prefix.
    pub name: &'a str,
    /// The name of the element it stands in; empty for the outermost.
    pub parent: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of the attribute with this name, prefixes left aside.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .filter_map(Result::ok)
            .find(|attribute| attribute.key.local_name().into_inner() == name)
            .map(|attribute| unescaped(&attribute.value).into_owned())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }
}

/// What is taken out of a kind of document.
pub(crate) trait Rules {
    /// What becomes of an element.
    fn element(&mut self, element: &Element) -> Fate;
    /// What becomes of an attribute, named without its prefix.
    fn attribute(&mut self, element: &Element, name: &str, value: &str) -> Fate;
}

/// Text of XML with its entities resolved, as far as they can be.
pub(crate) fn unescaped(raw: &str) -> Cow<'_, str> {
    unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

/// What is being skipped: an element that goes, or one whose text is replaced.
struct Skipped {
    fate: Fate,
    /// How many elements are open inside of it.
    depth: usize,
    text: Zeroizing<String>,
}

/// `xml` without what `rules` take out.
///
/// # Errors
/// [`WhyNot::Damaged`] if it is not well formed, declares entities, or is nested too deep; [`WhyNot::TooLarge`]; and
/// those of `write`, which is given one piece after the other.
pub(crate) fn rewrite(
    xml: &[u8],
    rules: &mut impl Rules,
    traces: &mut Traces,
    limits: &mut Limits,
    mut write: impl FnMut(&[u8]) -> Result<(), WhyNot>,
) -> Result<(), WhyNot> {
    let text = std::str::from_utf8(xml).map_err(|_| WhyNot::Damaged)?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut copy =
        Copy { out: Zeroizing::new(String::with_capacity(2 * PIECE)), open: Vec::new(), skipped: None };
    loop {
        limits.work(WORK_OF_EVENT)?;
        if copy.out.len() >= PIECE {
            write(copy.out.as_bytes())?;
            copy.out.clear();
        }
        match reader.read_event().map_err(|_| WhyNot::Damaged)? {
            Event::Eof if copy.open.is_empty() && copy.skipped.is_none() => break,
            Event::Eof => return Err(WhyNot::Damaged),
            Event::DocType(declaration) if declaration.contains('[') => return Err(WhyNot::Damaged),
            Event::Text(text) if text.len() >= PIECE && copy.skipped.is_none() => {
                write(copy.out.as_bytes())?;
                copy.out.clear();
                write(text.as_bytes())?;
            }
            Event::Start(tag) | Event::Empty(tag) if tag.len() > LONGEST_TAG => return Err(WhyNot::TooLarge),
            event => copy.event(&event, rules, traces, limits)?,
        }
    }
    write(copy.out.as_bytes())
}

struct Copy {
    out: Zeroizing<String>,
    /// Names of the elements that are open and stay.
    open: Vec<String>,
    skipped: Option<Skipped>,
}

impl Copy {
    fn event(
        &mut self,
        event: &Event,
        rules: &mut impl Rules,
        traces: &mut Traces,
        limits: &mut Limits,
    ) -> Result<(), WhyNot> {
        match event {
            Event::Start(_) | Event::Empty(_) | Event::End(_) => self.tag(event, rules, traces, limits),
            Event::Comment(text) => {
                if self.skipped.is_none() {
                    limits.work(WORK_OF_TRACE)?;
                    traces.removed(TraceKind::Comment, &**text);
                }
                Ok(())
            }
            _ => {
                if let Some(skipped) = &mut self.skipped {
                    skipped.note(event);
                } else {
                    put(&mut self.out, event);
                }
                Ok(())
            }
        }
    }

    fn tag(
        &mut self,
        event: &Event,
        rules: &mut impl Rules,
        traces: &mut Traces,
        limits: &mut Limits,
    ) -> Result<(), WhyNot> {
        if let Some(skipped) = &mut self.skipped {
            match event {
                Event::Start(_) if skipped.depth >= DEEPEST => return Err(WhyNot::Damaged),
                Event::Start(_) => skipped.depth += 1,
                Event::End(_) if skipped.depth == 0 => return self.end_skipped(event, traces),
                Event::End(_) => skipped.depth -= 1,
                _ => {}
            }
            return Ok(());
        }
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let is_start = matches!(event, Event::Start(_));
                if self.open.len() >= DEEPEST {
                    return Err(WhyNot::Damaged);
                }
                let parent = self.open.last().map(String::as_str).unwrap_or_default();
                let element = Element { name: start.local_name().into_inner(), parent, start };
                let fate = rules.element(&element);
                if is_start && !matches!(fate, Fate::Keep) {
                    self.skipped = Some(Skipped { fate, depth: 0, text: Zeroizing::default() });
                }
                match fate {
                    Fate::Remove(kind) if !is_start => traces.removed(kind, ""),
                    Fate::Remove(_) | Fate::RemoveQuietly => {}
                    Fate::Keep | Fate::Replace(..) => {
                        let start = changed(&element, rules, traces, limits)?;
                        let name = element.name.to_owned();
                        put(&mut self.out, &if is_start { Event::Start(start) } else { Event::Empty(start) });
                        if is_start && matches!(fate, Fate::Keep) {
                            self.open.push(name);
                        }
                    }
                }
            }
            _ => {
                self.open.pop();
                put(&mut self.out, event);
            }
        }
        Ok(())
    }

    fn end_skipped(&mut self, end: &Event, traces: &mut Traces) -> Result<(), WhyNot> {
        let skipped = self.skipped.take().ok_or(WhyNot::Damaged)?;
        match skipped.fate {
            Fate::Remove(kind) => traces.removed(kind, &*skipped.text),
            Fate::Replace(kind, text) => {
                if *skipped.text != text && !skipped.text.trim().is_empty() {
                    traces.removed(kind, &*skipped.text);
                }
                put(&mut self.out, &Event::Text(BytesText::from_escaped(text)));
                put(&mut self.out, end);
            }
            Fate::RemoveQuietly | Fate::Keep => {}
        }
        Ok(())
    }
}

impl Skipped {
    fn note(&mut self, event: &Event) {
        if self.text.len() > LONGEST_TOLD {
            return;
        }
        match event {
            Event::Text(text) => self.text.push_str(text),
            Event::CData(text) => self.text.push_str(text),
            Event::GeneralRef(name) => {
                if let Some(resolved) = resolve_predefined_entity(name) {
                    self.text.push_str(resolved);
                } else if let Ok(Some(c)) = name.resolve_char_ref() {
                    self.text.push(c);
                }
            }
            _ => {}
        }
    }
}

/// Writes an event as it stood.
fn put(out: &mut String, event: &Event) {
    let (before, content, after) = match event {
        Event::Start(start) => ("<", &**start, ">"),
        Event::Empty(start) => ("<", &**start, "/>"),
        Event::End(end) => ("</", &**end, ">"),
        Event::Text(text) => ("", &**text, ""),
        Event::CData(text) => ("<![CDATA[", &**text, "]]>"),
        Event::Decl(declaration) => ("<?", &**declaration, "?>"),
        Event::PI(instruction) => ("<?", &**instruction, "?>"),
        Event::DocType(declaration) => ("<!DOCTYPE ", &**declaration, ">"),
        Event::GeneralRef(name) => ("&", &**name, ";"),
        Event::Comment(_) | Event::Eof => return,
    };
    out.push_str(before);
    out.push_str(content);
    out.push_str(after);
}

/// A start tag without the attributes that go. One where nothing goes stays as it was, byte for byte.
fn changed<'a>(
    element: &Element<'a>,
    rules: &mut impl Rules,
    traces: &mut Traces,
    limits: &mut Limits,
) -> Result<BytesStart<'a>, WhyNot> {
    let mut kept = String::from(element.start.name().into_inner());
    let name_length = kept.len();
    let mut is_changed = false;
    let all = element.start.attributes().with_checks(false).count();
    for attribute in element.start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| WhyNot::Damaged)?;
        // Rules may look for another one in the same tag.
        limits.work(WORK_OF_ATTRIBUTE + 2 * all)?;
        let value = unescaped(&attribute.value);
        let written = match rules.attribute(element, attribute.key.local_name().into_inner(), &value) {
            Fate::Keep => Cow::Borrowed(&*attribute.value),
            Fate::Replace(_, new) if new == value => Cow::Borrowed(&*attribute.value),
            Fate::Replace(kind, new) => {
                if !value.trim().is_empty() {
                    traces.removed(kind, &value);
                }
                is_changed = true;
                escape(new)
            }
            Fate::Remove(kind) => {
                traces.removed(kind, &value);
                is_changed = true;
                continue;
            }
            Fate::RemoveQuietly => {
                is_changed = true;
                continue;
            }
        };
        // It may have stood between single quotes, with double ones in it.
        kept.push(' ');
        kept.push_str(attribute.key.into_inner());
        kept.push_str("=\"");
        kept.push_str(&written.replace('"', "&quot;"));
        kept.push('"');
    }
    Ok(if is_changed { BytesStart::from_content(kept, name_length) } else { element.start.clone() })
}
