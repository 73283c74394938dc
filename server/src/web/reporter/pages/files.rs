//! The part of a form where files are attached.

use crate::domain::file_name;
use crate::web::texts::Texts;

/// What the part shows.
pub struct FilesView<'a> {
    /// The most files that go with one report or message; 0 leaves the part out.
    pub most: usize,
    /// The largest file, in bytes.
    pub largest: u64,
    /// Whether hidden data is to be removed.
    pub clean: bool,
    /// Whether names are to be replaced.
    pub neutral_names: bool,
    /// Files that came with the form before it came back.
    pub kept: &'a [KeptFile],
    /// The hidden field that brings them along.
    pub kept_value: &'a str,
    /// What is wrong with the files that were chosen.
    pub problems: Vec<String>,
}

/// A file that was sealed and stored while its form is still being filled in.
#[derive(Clone)]
pub struct KeptFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Codes of what was removed from it.
    pub removed: Vec<String>,
    /// Codes of what could not be removed.
    pub left: Vec<String>,
    /// Why it could not be looked into, as a code; empty if it was.
    pub why_not: String,
    /// Whether it goes along.
    pub chosen: bool,
}

/// What was found in a file, or why nothing was looked for.
pub struct Finding {
    /// A sentence.
    pub text: String,
    /// Whether something that may say who made the file is still in it.
    pub warning: bool,
}

/// Codes of what a file tells, those of `candor_clean::TraceKind`, in the order in which they are named: what leads to a
/// person or a place comes first.
pub(super) const TRACES: [&str; 16] = [
    "author",
    "last_editor",
    "company",
    "place",
    "device",
    "serial_number",
    "dates",
    "revisions",
    "comment",
    "identifier",
    "print_settings",
    "software",
    "title",
    "thumbnail",
    "profile",
    "other",
];

impl FilesView<'_> {
    /// Nothing chosen yet.
    pub fn empty(most: usize, largest: u64) -> FilesView<'static> {
        FilesView {
            most,
            largest,
            clean: true,
            neutral_names: false,
            kept: &[],
            kept_value: "",
            problems: Vec::new(),
        }
    }

    /// How many and how large, in a sentence.
    pub fn hint(&self, texts: &Texts) -> String {
        let id = if self.most == 1 { "files-hint-one" } else { "files-hint" };
        texts.with(id, &[("most", &texts.number(self.most)), ("largest", &size(*texts, self.largest))])
    }

    /// The text above the field.
    pub fn choose(&self) -> &'static str {
        if self.most == 1 { "files-choose-one" } else { "files-choose" }
    }

    /// What this one of the kept files will be called, where names are replaced and it goes along.
    pub fn sent_as(&self, texts: &Texts, file: &KeptFile) -> Option<String> {
        let before = self.kept.iter().take_while(|each| !std::ptr::eq(*each, file));
        let number = before.filter(|each| each.chosen).count() + 1;
        (self.neutral_names && file.chosen)
            .then(|| texts.t1("files-sent-as", "name", file_name::neutral(&file.name, number)))
    }
}

impl KeptFile {
    /// The size as people write it.
    pub fn size(&self, texts: &Texts) -> String {
        size(*texts, self.size)
    }

    /// What was found in it, in a sentence or two.
    pub fn findings(&self, texts: &Texts) -> Vec<Finding> {
        let names = |codes: &[String]| {
            let mut codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            codes.sort_by_key(|code| TRACES.iter().position(|known| known == code).unwrap_or(TRACES.len()));
            let names: Vec<String> =
                codes.iter().map(|code| texts.t(&format!("trace-{}", code.replace('_', "-")))).collect();
            names.join(&format!("{} ", texts.t("list-separator")))
        };
        let mut found = Vec::new();
        if !self.removed.is_empty() {
            let text = texts.t1("files-removed", "traces", names(&self.removed));
            found.push(Finding { text, warning: false });
        }
        if !self.left.is_empty() {
            found.push(Finding { text: texts.t1("files-left", "traces", names(&self.left)), warning: true });
        }
        if !self.why_not.is_empty() {
            let text = texts.t(&format!("files-why-{}", self.why_not.replace('_', "-")));
            found.push(Finding { text, warning: true });
        }
        if found.is_empty() {
            found.push(Finding { text: texts.t("files-nothing-found"), warning: false });
        }
        found
    }
}

/// A size as people write it, in the units that file managers show: `3.4 MB`.
pub fn size(texts: Texts, bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * 1024;
    let megabytes = match (bytes / MB, bytes % MB * 10 / MB) {
        (whole, 0) => whole.to_string(),
        (whole, tenths) => format!("{whole}.{tenths}"),
    };
    match bytes {
        0..KB => texts.t1("size-bytes", "number", bytes.to_string()),
        KB..MB => texts.t1("size-kilobytes", "number", (bytes / KB).to_string()),
        _ => texts.t1("size-megabytes", "number", megabytes),
    }
}
