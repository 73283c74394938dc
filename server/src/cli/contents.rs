//! Files of a case in an exported folder: what they are called there while they are sealed, and saving them opened.

use super::failure::Failure;
use super::new_file::{self, Written};
use super::terminal;
use crate::domain::file_name;
use candor_crypto::open::{Entry, OpenError, open_content};
use candor_crypto::{AttachmentInfo, PrivateKey};
use std::fs::File;
use std::path::{Path, PathBuf};

/// What the sealed content of an attachment is called in an exported folder.
pub(super) fn attachment_file(number: u32) -> String {
    format!("content-{number}.age")
}

/// The same of a file that came with a reply.
pub(super) fn reply_file(number: u32, part: u32) -> String {
    format!("reply-{number}-content-{part}.age")
}

/// Whether a file of an exported folder is a sealed content, and no entry.
pub(super) fn is_content(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with("content-") || (name.starts_with("reply-") && name.contains("-content-"))
}

/// The folder of what the reporter sent.
const REPORTER: &str = "reporter";
/// The folder of what recipients sent with their replies.
const REPLIES: &str = "replies";

/// What became of the files.
#[derive(Default)]
pub(super) struct Saved {
    /// A line for each that was saved.
    pub(super) lines: Vec<String>,
    /// A sentence for each that was not.
    pub(super) problems: Vec<String>,
}

/// Opens the contents that lie in `sealed` into the new folder `to`, each under the name that its sender gave it: those of
/// the reporter in [`REPORTER`], those of replies in [`REPLIES`].
///
/// # Errors
/// [`Failure`] if the folder cannot be made.
pub(super) fn save_all<'e>(
    sealed: &Path,
    entries: impl IntoIterator<Item = &'e Entry>,
    key: &PrivateKey,
    to: &Path,
) -> Result<Saved, Failure> {
    new_file::create_folder(to, "--files")?;
    let contents: Vec<Content> = entries.into_iter().flat_map(contents_of).collect();
    let mut saved = Saved::default();
    for side in [REPORTER, REPLIES] {
        let folder = to.join(side);
        let mut contents = contents.iter().filter(|content| content.side == side).peekable();
        if contents.peek().is_some() {
            new_file::create_folder(&folder, "--files")?;
        }
        for Content { file, info, .. } in contents {
            match save(&sealed.join(file), info, key, &folder) {
                Ok(path) => saved.lines.push(format!("{file}: saved as {}", path.display())),
                Err(failure) => saved.problems.push(failure.to_string()),
            }
        }
    }
    Ok(saved)
}

/// A file that an entry describes.
struct Content<'e> {
    /// The folder that it is saved to.
    side: &'static str,
    /// What its sealed content is called.
    file: String,
    info: &'e AttachmentInfo,
}

fn contents_of(entry: &Entry) -> Vec<Content<'_>> {
    match entry {
        Entry::Attachment { envelope, info, .. } => {
            vec![Content { side: REPORTER, file: attachment_file(envelope.number), info }]
        }
        Entry::Reply { envelope, reply } => {
            let named =
                |(part, info)| Content { side: REPLIES, file: reply_file(envelope.number, part), info };
            (1..).zip(&reply.attachments).map(named).collect()
        }
        _ => Vec::new(),
    }
}

fn save(sealed: &Path, info: &AttachmentInfo, key: &PrivateKey, to: &Path) -> Result<PathBuf, Failure> {
    let name = sealed.display();
    let content = File::open(sealed).map_err(|error| {
        Failure::not_readable(format!("{name} ({}) cannot be read: {error}.", terminal::one_line(&info.name)))
    })?;
    let path = free_name(to, &file_name::to_save(&info.name));
    new_file::create_with(&path, |out| {
        let refused = |text: String| Written::Refused(Failure::not_readable(text));
        match open_content(content, key, info, out) {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(refused(format!("{name} is not sealed to the key of this case."))),
            Err(OpenError::Io(error)) => Err(Written::Io(error)),
            Err(error) => Err(refused(format!("{name}: {error}."))),
        }
    })?;
    Ok(path)
}

/// A name that nothing has yet: `film.mp4`, `film (2).mp4` …
fn free_name(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let numbered = (2..).map(|number| format!("{stem} ({number}){ending}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered).map(|name| folder.join(name));
    names.find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_of_the_same_name_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["film.mp4", "film (2).mp4", "film (3).mp4"] {
            assert_eq!(free_name(folder.path(), "film.mp4"), folder.path().join(name));
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::write(folder.path().join("notes"), "").unwrap();
        assert_eq!(free_name(folder.path(), "notes"), folder.path().join("notes (2)"));
    }

    #[test]
    fn contents_are_told_from_entries() {
        for (name, content) in [
            ("content-1.age", true),
            ("reply-2-content-1.age", true),
            ("reply-2.age", false),
            ("attachment-1.age", false),
            ("report.age", false),
        ] {
            assert_eq!(is_content(Path::new("a folder").join(name).as_path()), content, "{name}");
        }
        assert!(is_content(Path::new(&attachment_file(3))) && is_content(Path::new(&reply_file(3, 1))));
    }
}
