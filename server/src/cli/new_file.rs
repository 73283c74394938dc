//! Files that must not replace anything: keys, exports, opened reports.

use super::failure::Failure;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Readable and writable by its owner alone.
const OWNER_ONLY: u32 = 0o600;

/// Refuses early what [`create`] would refuse late, before anybody types a passphrase.
///
/// # Errors
/// [`Failure`] if something has that name already.
pub(super) fn refuse_existing(path: &Path) -> Result<(), Failure> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(exists(path)),
        Err(_) => Ok(()),
    }
}

/// Writes a new file, for its owner alone. It appears under its name whole and durable, or not at all.
///
/// # Errors
/// [`Failure`] if something has that name already, or the file cannot be written.
pub(super) fn create(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write_whole_with(path, |file| file.write_all(content)).map_err(|error| explain(path, &error))
}

fn explain(path: &Path, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        ErrorKind::NotFound => {
            Failure::failed(format!("{} cannot be written: its folder does not exist.", path.display()))
        }
        _ => Failure::failed(format!("{} cannot be written: {error}.", path.display())),
    }
}

/// The same with what can be read from `content`, which may be long.
///
/// # Errors
/// As [`create`]; also what reading gives, and then no file appears.
pub(super) fn create_from(path: &Path, mut content: impl Read) -> Result<(), Failure> {
    create_with(path, |file| io::copy(&mut content, file).map(drop).map_err(Written::Io))
}

/// The same with what `write` writes.
///
/// # Errors
/// As [`create`]; also whatever `write` gives, and then no file appears.
pub(super) fn create_with(
    path: &Path,
    write: impl FnOnce(&mut File) -> Result<(), Written>,
) -> Result<(), Failure> {
    let mut refused = None;
    let written = write_whole_with(path, |file| {
        write(file).map_err(|error| match error {
            Written::Io(error) => error,
            Written::Refused(failure) => {
                refused = Some(failure);
                io::Error::from(ErrorKind::Other)
            }
        })
    });
    match (refused, written) {
        (Some(failure), _) => Err(failure),
        (None, Err(error)) => Err(explain(path, &error)),
        (None, Ok(())) => Ok(()),
    }
}

/// Why writing was given up.
pub(super) enum Written {
    /// Reading or writing failed.
    Io(io::Error),
    /// What was to be written is not worth keeping.
    Refused(Failure),
}

fn exists(path: &Path) -> Failure {
    Failure::failed(format!(
        "{} exists already and is never overwritten. Name another file with --output.",
        path.display()
    ))
}

fn write_whole_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let half = folder.join(format!(".candor-{}.part", uuid::Uuid::new_v4()));
    let written = write_synced(&half, write).and_then(|()| {
        // A new name for the finished file; unlike a rename it fails where something has that name.
        match fs::hard_link(&half, path) {
            Err(error) if no_hard_links(&error) => {
                write_synced(path, |file| io::copy(&mut File::open(&half)?, file).map(drop))
            }
            result => result,
        }
    });
    let _ = fs::remove_file(&half);
    written?;
    File::open(folder)?.sync_all()
}

/// Some file systems (FAT, some network shares) know no second name for a file.
fn no_hard_links(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied)
}

fn write_synced(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path)?;
    let written = write(&mut file).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Makes a folder for its owner alone, or takes one that is empty. `option` is what named it, such as `--output`.
///
/// # Errors
/// [`Failure`] if it holds something already or cannot be made.
pub(super) fn create_folder(path: &Path, option: &str) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    let cannot = |error: io::Error| Failure::failed(format!("{} cannot be made: {error}.", path.display()));
    match fs::read_dir(path) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(Failure::failed(format!(
                    "The folder {} is not empty. Name a new one with {option}.",
                    path.display()
                )));
            }
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(cannot)
        }
        Err(error) => Err(cannot(error)),
    }
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// [`Failure`] if it cannot be read or is longer.
pub(super) fn read_at_most(path: &Path, limit: u64) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    let cannot = |error: io::Error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "it does not exist".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Failure::not_readable(format!("{} cannot be read: {reason}.", path.display()))
    };
    let file = File::open(path).map_err(cannot)?;
    let size = file.metadata().map_err(cannot)?.len().min(limit);
    // All the room at once: a buffer that grows leaves its old bytes behind.
    let mut content =
        zeroize::Zeroizing::new(Vec::with_capacity(usize::try_from(size + 1).unwrap_or_default()));
    file.take(limit + 1).read_to_end(&mut content).map_err(cannot)?;
    if content.len() as u64 > limit {
        return Err(Failure::not_readable(format!(
            "{} is too large to be what is expected here.",
            path.display()
        )));
    }
    Ok(content)
}

/// The files of a folder with this ending, in the order of their names.
///
/// # Errors
/// [`Failure`] if the folder cannot be read.
pub(super) fn files_with_ending(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let cannot =
        |error: io::Error| Failure::not_readable(format!("{} cannot be read: {error}.", folder.display()));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|found| found == ending) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_new_file_is_whole_and_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.key");
        create(&path, b"content").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"content");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-made is left behind");
    }

    #[test]
    fn nothing_is_ever_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.key");
        fs::write(&path, "precious").unwrap();
        assert!(create(&path, b"other").unwrap_err().to_string().contains("exists already"));
        assert!(refuse_existing(&path).is_err());
        assert_eq!(fs::read(&path).unwrap(), b"precious");
        let dangling = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path().join("nowhere"), &dangling).unwrap();
        assert!(create(&dangling, b"other").is_err() && refuse_existing(&dangling).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_folder_with_something_in_it_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        create_folder(&inner, "--files").unwrap();
        create_folder(&inner, "--files").unwrap();
        fs::write(inner.join("file"), "").unwrap();
        let refused = create_folder(&inner, "--files").unwrap_err().to_string();
        assert!(refused.contains("is not empty. Name a new one with --files."), "{refused}");
    }

    #[test]
    fn too_much_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "12345").unwrap();
        assert_eq!(&**read_at_most(&path, 5).unwrap(), b"12345");
        assert!(read_at_most(&path, 4).is_err());
        assert!(read_at_most(folder.path(), 4).is_err());
        assert!(
            read_at_most(&folder.path().join("none"), 4).unwrap_err().to_string().contains("does not exist")
        );
    }
}
