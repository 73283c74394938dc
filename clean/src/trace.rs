//! What a file tells on its maker.

use std::collections::HashSet;

/// What kind of thing a trace tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TraceKind {
    /// Who wrote it; also who wrote a comment or a tracked change, and whose camera it was.
    Author,
    /// Who saved it last.
    LastEditor,
    /// The company or the manager.
    Company,
    /// Where: GPS position, names of places.
    Place,
    /// Make and model of a camera, a lens, a computer.
    Device,
    /// Serial number of a camera or a lens.
    SerialNumber,
    /// When it was made, changed, printed, packed.
    Dates,
    /// Names and versions of programs.
    Software,
    /// Title, subject, keywords of the document: not its text.
    Title,
    /// A comment about the file. Reviewers' comments in the text are content.
    Comment,
    /// A small picture of the content, perhaps of an earlier one.
    Thumbnail,
    /// Authors and dates of tracked changes, marks of editing sessions, earlier states of the file.
    Revisions,
    /// Names and settings of printers.
    PrintSettings,
    /// A colour profile: often that of one screen or printer.
    Profile,
    /// An identifier of the document, the picture, or a copy of it.
    Identifier,
    /// Anything else that is not needed to show the content.
    Other,
}

impl TraceKind {
    /// The stable code, such as `serial_number`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::LastEditor => "last_editor",
            Self::Company => "company",
            Self::Place => "place",
            Self::Device => "device",
            Self::SerialNumber => "serial_number",
            Self::Dates => "dates",
            Self::Software => "software",
            Self::Title => "title",
            Self::Comment => "comment",
            Self::Thumbnail => "thumbnail",
            Self::Revisions => "revisions",
            Self::PrintSettings => "print_settings",
            Self::Profile => "profile",
            Self::Identifier => "identifier",
            Self::Other => "other",
        }
    }
}

/// One trace, to be shown to whoever is about to send the file.
///
/// No `Debug`: the value may be a name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Trace {
    /// What kind of thing it tells.
    pub kind: TraceKind,
    /// What it tells, as people read it: at most 200 characters; characters that steer a terminal or the direction of
    /// writing are replaced. May be empty.
    pub value: String,
}

/// Characters of a value that are shown.
const LONGEST_VALUE: usize = 200;
/// Traces that are told one by one. More would only fill the page, and memory.
const MOST_TRACES: usize = 200;

/// What is found on the way through a file.
#[derive(Default)]
pub(crate) struct Traces {
    told: Vec<Trace>,
    seen: HashSet<Trace>,
    removed: HashSet<TraceKind>,
    left: HashSet<TraceKind>,
    removals: usize,
}

impl Traces {
    /// Something that is being removed.
    pub(crate) fn removed(&mut self, kind: TraceKind, value: impl AsRef<str>) {
        self.removed.insert(kind);
        self.removals += 1;
        self.tell(kind, value.as_ref());
    }

    /// Something that has to stay in the file.
    pub(crate) fn left(&mut self, kind: TraceKind, value: impl AsRef<str>) {
        self.left.insert(kind);
        self.tell(kind, value.as_ref());
    }

    /// Goes through something that may turn out not to be understood: what was removed from it until then stays in it.
    pub(crate) fn attempt<T, E>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let mut attempted = Self::default();
        let result = step(&mut attempted)?;
        for trace in attempted.told {
            self.tell(trace.kind, &trace.value);
        }
        self.removed.extend(attempted.removed);
        self.left.extend(attempted.left);
        self.removals += attempted.removals;
        Ok(result)
    }

    /// How often something was removed so far: whether a step found anything at all.
    pub(crate) fn removals(&self) -> usize {
        self.removals
    }

    fn tell(&mut self, kind: TraceKind, value: &str) {
        if self.told.len() >= MOST_TRACES {
            // The kind is told even where the page is full.
            if self.told.iter().any(|trace| trace.kind == kind) {
                return;
            }
        }
        let trace = Trace { kind, value: readable(value) };
        if self.seen.insert(trace.clone()) {
            self.told.push(trace);
        }
    }

    pub(crate) fn into_told(self) -> Vec<Trace> {
        self.told
    }

    /// Every kind, whatever was to become of it.
    pub(crate) fn kinds(&self) -> Vec<TraceKind> {
        sorted(&self.removed.union(&self.left).copied().collect())
    }

    pub(crate) fn kinds_removed(&self) -> Vec<TraceKind> {
        sorted(&self.removed)
    }

    pub(crate) fn kinds_left(&self) -> Vec<TraceKind> {
        sorted(&self.left)
    }
}

fn sorted(kinds: &HashSet<TraceKind>) -> Vec<TraceKind> {
    let mut kinds: Vec<_> = kinds.iter().copied().collect();
    kinds.sort_unstable_by_key(|kind| kind.code());
    kinds
}

/// A value as people read it: one line, no control and no bidirectional characters, not too long.
fn readable(value: &str) -> String {
    let mut shown: String = value
        .trim()
        .chars()
        .take(LONGEST_VALUE)
        .map(|c| if is_steering(c) { '\u{fffd}' } else { c })
        .collect();
    shown.truncate(shown.trim_end().len());
    shown
}

fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_short_and_cannot_steer_the_page() {
        let mut traces = Traces::default();
        traces.removed(TraceKind::Author, "a\u{202e}b\u{1b}[31m\nc");
        traces.removed(TraceKind::Title, "ü".repeat(1000));
        let told = traces.into_told();
        assert_eq!(told[0].value, "a\u{fffd}b\u{fffd}[31m\u{fffd}c");
        assert_eq!(told[1].value.chars().count(), 200);
    }

    #[test]
    fn a_full_page_still_tells_every_kind() {
        let mut traces = Traces::default();
        for number in 0..10_000 {
            traces.removed(TraceKind::Author, number.to_string());
        }
        traces.removed(TraceKind::Place, "12, 98");
        let told = traces.into_told();
        assert_eq!(told.len(), MOST_TRACES + 1);
        assert!(told.iter().any(|trace| trace.kind == TraceKind::Place));
    }
}
