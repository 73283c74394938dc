//! Delivery into a folder, one `.eml` file for each notice.

use super::{Notice, Reason, SendError};
use std::fs::{self, DirBuilder, File, FileTimes, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Writes `<id>.eml` files that only the service's own user can read. Names are random and file times are those of the
/// day's start, the folder's included, so that a listing tells nothing finer than the day. (The file system keeps a
/// change time of its own that no program can set.)
#[derive(Clone)]
pub struct FolderMailer {
    folder: PathBuf,
}

impl FolderMailer {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(super) async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let folder = self.folder.clone();
        let notice = notice.clone();
        tokio::task::spawn_blocking(move || write(&folder, &notice))
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
            .map_err(|error| SendError::Temporary(Reason::Folder(error.kind())))
    }
}

/// The file appears whole or not at all, and is on disk when this answers. Writing the same notice again replaces it,
/// so that one whose delivery could not be noted down is not there twice.
fn write(folder: &Path, notice: &Notice) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let unfinished = folder.join(format!(".{}.tmp", notice.id()));
    let written = write_file(&unfinished, notice)
        .and_then(|()| fs::rename(&unfinished, folder.join(format!("{}.eml", notice.id()))));
    if let Err(error) = written {
        // Best effort: what matters is the error that led here.
        let _ = fs::remove_file(&unfinished);
        return Err(error);
    }
    let listing = File::open(folder)?;
    listing.set_times(times(notice.day_start()))?;
    listing.sync_all()
}

fn write_file(path: &Path, notice: &Notice) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(notice.as_bytes())?;
    file.set_times(times(notice.day_start()))?;
    file.sync_all()
}

fn times(moment: SystemTime) -> FileTimes {
    FileTimes::new().set_accessed(moment).set_modified(moment)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mail::{Mailer, NoticeTemplate};
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, UNIX_EPOCH};
    use uuid::Uuid;

    const DAY: u64 = 20_780;

    fn notice(id: Uuid) -> Notice {
        let template =
            NoticeTemplate::new("Reports <reports@firm.example>", "https://r.firm.example", 30).unwrap();
        template.notice("chair@firm.example", id, i64::try_from(DAY * 86_400 + 40_000).unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_notice_becomes_one_private_file_dated_to_the_day() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("mail");
        let mailer = Mailer::folder(folder.clone());
        let notice = notice(Uuid::from_u128(7));
        mailer.send(&notice).await.unwrap();
        mailer.send(&notice).await.unwrap();

        let files: Vec<_> = fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].file_name().to_str().unwrap(), format!("{}.eml", Uuid::from_u128(7)));
        assert_eq!(fs::read(files[0].path()).unwrap(), notice.as_bytes());
        let start = UNIX_EPOCH + Duration::from_secs(DAY * 86_400);
        for (path, mode) in [(files[0].path(), 0o600), (folder, 0o700)] {
            let seen = fs::metadata(&path).unwrap();
            assert_eq!(seen.permissions().mode() & 0o777, mode);
            assert_eq!(seen.modified().unwrap(), start);
        }
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_a_temporary_failure() {
        let data = tempfile::tempdir().unwrap();
        let blocked = data.path().join("mail");
        fs::write(&blocked, "not a folder").unwrap();
        let error = Mailer::folder(blocked).send(&notice(Uuid::from_u128(7))).await.unwrap_err();
        assert!(matches!(error, SendError::Temporary(Reason::Folder(_))));
    }
}
