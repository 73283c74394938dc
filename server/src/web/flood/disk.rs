//! What the disk has left for new reports, and for all that belongs to reports there are.

use super::share::Share;
use rustix::fs::statvfs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The disk is looked at as often; in between, what was promised is counted.
const EVERY: Duration = Duration::from_secs(1);

/// What is kept free for what: new reports end first, so that messages, replies and sign-ins go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A new report.
    Report,
    /// A message to a report there is: a quarter of what is kept free, and a quarter more than the database may have.
    Message,
    /// A file of a report or message that is still to come. It lies beside the database.
    File,
}

/// The disk under the database.
pub(super) struct Disk {
    folder: PathBuf,
    database: Option<[PathBuf; 2]>,
    keep_free: u64,
    most: u64,
    seen: Mutex<Option<Seen>>,
    /// Bytes that files will have which are arriving.
    expected: AtomicU64,
}

#[derive(Clone, Copy)]
struct Seen {
    at: Instant,
    free: u64,
    used: u64,
    promised: u64,
}

impl Disk {
    /// `keep_free` and `most` in bytes; 0 is no limit.
    pub(super) fn new(folder: &Path, database: Option<&Path>, keep_free: u64, most: u64) -> Self {
        let folder = database.and_then(Path::parent).unwrap_or(folder).to_owned();
        let database =
            database.map(|file| ["", "-wal"].map(|end| PathBuf::from(format!("{}{end}", file.display()))));
        Self { folder, database, keep_free, most, seen: Mutex::new(None), expected: AtomicU64::new(0) }
    }

    /// What is left, by each limit there is.
    pub(super) fn left(&self, purpose: Use) -> Vec<Share> {
        let seen = self.look();
        let mut shares = Vec::with_capacity(2);
        if self.keep_free > 0 {
            let keep = if purpose == Use::Message { self.keep_free / 4 } else { self.keep_free };
            let expected = self.expected.load(Ordering::Relaxed);
            let left = seen.free.saturating_sub(keep.saturating_add(seen.promised).saturating_add(expected));
            shares.push(Share { left, scarce_below: self.keep_free / 4 });
        }
        if self.most > 0 && purpose != Use::File {
            let most = if purpose == Use::Report { self.most } else { self.most + self.most / 4 };
            let left = most.saturating_sub(seen.used + seen.promised);
            shares.push(Share { left, scarce_below: self.most / 5 });
        }
        shares
    }

    /// Counts something that will be written.
    pub(super) fn promise(&self, bytes: u64) {
        if let Some(seen) = self.seen.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            seen.promised += bytes;
        }
    }

    /// Counts `bytes` of a file that will be written some time, until [`Disk::arrived`] or [`Disk::give_up`].
    pub(super) fn expect(&self, bytes: u64) {
        self.expected.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Of what was expected, so many bytes are written now.
    pub(super) fn arrived(&self, bytes: u64) {
        self.promise(bytes);
        self.give_up(bytes);
    }

    /// Of what was expected, so many bytes do not come.
    pub(super) fn give_up(&self, bytes: u64) {
        self.expected.fetch_sub(bytes, Ordering::Relaxed);
    }

    fn look(&self) -> Seen {
        let mut slot = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seen) = slot.filter(|seen| seen.at.elapsed() < EVERY) {
            return seen;
        }
        let length = |file: &PathBuf| file.metadata().map_or(0, |file| file.len());
        let [main, journal] = self.database.as_ref().map_or([0, 0], |files| files.each_ref().map(length));
        // Where the disk cannot be asked, the database says so itself when it is full.
        let free = statvfs(&self.folder).map_or(u64::MAX, |disk| disk.f_bavail.saturating_mul(disk.f_frsize));
        // What stands in the journal is written a second time before the journal is emptied.
        let free = free.saturating_sub(journal);
        let used = main + journal;
        *slot.insert(Seen { at: Instant::now(), free, used, promised: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_reports_end_before_messages_do() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("candor.sqlite");
        std::fs::write(&file, vec![1; 1_000]).unwrap();
        let disk = Disk::new(folder.path(), Some(&file), 0, 1_100);
        assert_eq!(disk.left(Use::Report)[0].left, 100);
        assert_eq!(disk.left(Use::Message)[0].left, 375);
        disk.promise(150);
        assert_eq!(disk.left(Use::Report)[0].left, 0);
        assert_eq!(disk.left(Use::Message)[0].left, 225);

        assert!(disk.left(Use::File).is_empty(), "files are not in the database");

        let disk = Disk::new(folder.path(), Some(&file), 1_000, 0);
        let left = disk.left(Use::File)[0].left;
        disk.expect(600);
        assert_eq!(disk.left(Use::File)[0].left, left - 600, "for as long as it takes to come");
        disk.arrived(400);
        assert_eq!(disk.left(Use::Report)[0].left, left - 600, "written or still to come");
        disk.give_up(200);
        assert_eq!(disk.left(Use::Report)[0].left, left - 400);

        let disk = Disk::new(folder.path(), Some(&file), u64::MAX / 2, 0);
        assert_eq!(disk.left(Use::Report)[0].left, 0, "no disk has so much free");
        assert!(Disk::new(folder.path(), Some(&file), 0, 0).left(Use::Report).is_empty());
    }
}
