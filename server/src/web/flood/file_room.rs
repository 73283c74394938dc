//! Room on the disk for a file, asked for in steps as it arrives. A sender may announce more than ever comes, or send it
//! slowly: what is announced holds nothing, and what is on its way stays counted until it is written.

use super::disk::Use;
use super::{Busy, Sender};

/// Asked for at once, in bytes.
const STEP: u64 = 1024 * 1024;

/// The room of one file that is arriving. Dropping it gives back what was not used.
pub struct FileRoom {
    sender: Sender,
    left: u64,
}

impl FileRoom {
    pub(super) fn of(sender: Sender) -> Self {
        Self { sender, left: 0 }
    }

    /// Takes room for `bytes` that are written next.
    ///
    /// # Errors
    /// [`Busy`]: nothing more of the file may be written.
    pub fn take(&mut self, bytes: usize) -> Result<(), Busy> {
        let bytes = bytes as u64;
        while self.left < bytes {
            self.sender.take_for_file(STEP)?;
            self.sender.guard.disk.expect(STEP);
            self.left += STEP;
        }
        self.sender.guard.disk.arrived(bytes);
        self.left -= bytes;
        Ok(())
    }
}

impl Drop for FileRoom {
    fn drop(&mut self) {
        self.sender.guard.disk.give_up(self.left);
    }
}

impl Sender {
    /// Asks to store a file of about `bytes`, sealed: it belongs to a report or message that is still to come. The file
    /// takes its room as it arrives.
    ///
    /// # Errors
    /// [`Busy`]: there is no room for it now.
    pub fn file(self, bytes: u64) -> Result<FileRoom, Busy> {
        let room = self.guard.disk.left(Use::File);
        if room.iter().any(|share| share.left < bytes) {
            return Err(Busy);
        }
        Ok(FileRoom::of(self))
    }

    fn take_for_file(&self, bytes: u64) -> Result<(), Busy> {
        let now = self.guard.clock.unix_seconds();
        let left = self.guard.disk.left(Use::File);
        self.guard.books().take_message(self.key, bytes, &left, now)
    }
}
