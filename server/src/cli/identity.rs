//! The recipient's key file and its passphrase.

use super::failure::Failure;
use super::new_file::read_at_most;
use candor_crypto::PrivateKey;
use candor_crypto::open::{KeyfileError, read_keyfile};
use clap::Args;
use std::cell::Cell;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Where scripts put the passphrase.
const PASSPHRASE_VARIABLE: &str = "CANDOR_PASSPHRASE";
/// More than any key file or passphrase has, in bytes.
const LARGEST: u64 = 64 * 1024;
/// How often a mistyped passphrase may be typed again.
const TRIES: u32 = 3;

/// Whose key opens.
#[derive(Args)]
pub struct IdentityArgs {
    /// Your key file, as `candor keygen` or `age-keygen` made it; it never leaves this machine
    #[arg(short, long, value_name = "FILE")]
    identity: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Where a passphrase comes from, if not from the keyboard.
#[derive(Args)]
pub(super) struct PassphraseArgs {
    /// Read the passphrase from the first line of this file (or from CANDOR_PASSPHRASE) instead of asking
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseArgs {
    /// The passphrase, if it was given otherwise than by typing.
    ///
    /// # Errors
    /// [`Failure`] if its file cannot be read or it is not text.
    pub(super) fn given(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        if let Some(path) = &self.passphrase_file {
            return first_line(&read_at_most(path, LARGEST)?)
                .map(Some)
                .ok_or_else(|| Failure::not_readable(format!("{} is not a text file.", path.display())));
        }
        match std::env::var(PASSPHRASE_VARIABLE) {
            Ok(passphrase) => Ok(Some(Zeroizing::new(passphrase))),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => {
                Err(Failure::usage(format!("{PASSPHRASE_VARIABLE} is not valid Unicode.")))
            }
        }
    }
}

fn first_line(content: &[u8]) -> Option<Zeroizing<String>> {
    let text = std::str::from_utf8(content).ok()?;
    Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// Asks on the terminal, without echo.
///
/// # Errors
/// [`Failure`] if there is no terminal.
pub(super) fn ask(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|_| {
        Failure::usage(format!(
            "There is no terminal to ask for the passphrase. Set {PASSPHRASE_VARIABLE}, or name a file that holds it \
             with --passphrase-file."
        ))
    })
}

impl IdentityArgs {
    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.identity
    }

    /// Reads the private key, asking for the passphrase where the file needs one.
    ///
    /// # Errors
    /// [`Failure`] if the file is not a key file, or does not open.
    pub(super) fn load(&self) -> Result<PrivateKey, Failure> {
        let content = read_at_most(&self.identity, LARGEST)?;
        let given = self.passphrase.given()?;
        let protected = Cell::new(false);
        for tries_left in (0..TRIES).rev() {
            let mut no_terminal = None;
            let key = read_keyfile(&content, || {
                protected.set(true);
                if given.is_some() {
                    return given.clone();
                }
                ask(&format!("Passphrase of {}: ", self.identity.display()))
                    .map_err(|failure| no_terminal = Some(failure))
                    .ok()
            });
            match key {
                Ok(key) => {
                    if !protected.get() {
                        warn_if_others_can_read(&self.identity);
                    }
                    return Ok(key);
                }
                Err(KeyfileError::WrongPassphrase) if given.is_none() && tries_left > 0 => {
                    eprintln!("That is not the passphrase of this key file. Try again.");
                }
                Err(error) => return Err(no_terminal.unwrap_or_else(|| self.explain(error))),
            }
        }
        Err(self.explain(KeyfileError::WrongPassphrase))
    }

    fn explain(&self, error: KeyfileError) -> Failure {
        let advice = match error {
            KeyfileError::NotAKeyFile => {
                "A key file comes from `candor keygen` or `age-keygen` and holds a line that begins with \
                 AGE-SECRET-KEY-1, or is one protected by a passphrase."
            }
            KeyfileError::WrongPassphrase => {
                "Nobody can recover a forgotten passphrase; a copy of the key may help."
            }
            KeyfileError::Broken => "Take an undamaged copy.",
            KeyfileError::OtherKindOfKey => "Sign in with a key that `candor keygen` or `age-keygen` made.",
            _ => "Name another file with --identity.",
        };
        Failure::not_readable(format!("{}: {error}. {advice}", self.identity.display()))
    }
}

/// A key file without passphrase is as safe as its permissions.
fn warn_if_others_can_read(path: &Path) {
    let open =
        std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o077 != 0);
    if open {
        eprintln!("warning: others on this machine may read {0}; run `chmod 600 {0}`", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::failure::Ending;
    use candor_crypto::keyfile;

    fn load(content: &[u8], passphrase: Option<&str>) -> Result<PrivateKey, Failure> {
        let folder = tempfile::tempdir().unwrap();
        let identity = folder.path().join("chair.key");
        std::fs::write(&identity, content).unwrap();
        let passphrase_file = passphrase.map(|passphrase| {
            let path = folder.path().join("passphrase");
            std::fs::write(&path, passphrase).unwrap();
            path
        });
        IdentityArgs { identity, passphrase: PassphraseArgs { passphrase_file } }.load()
    }

    #[test]
    fn plain_and_protected_files_open() {
        let key = PrivateKey::generate();
        let plain = load(keyfile::plain(&key, "2026-11-23").as_bytes(), None).ok().unwrap();
        assert_eq!(plain.public_key(), key.public_key());
        let protected = keyfile::protect(&key, "correct horse battery", Some(2));
        let opened = load(&protected, Some("correct horse battery\r\nsecond line")).ok().unwrap();
        assert_eq!(opened.public_key(), key.public_key());
    }

    #[test]
    fn what_does_not_open_is_explained() {
        let protected = keyfile::protect(&PrivateKey::generate(), "correct horse battery", Some(2));
        for (content, passphrase, part) in [
            (protected.as_slice(), Some("wrong"), "wrong passphrase"),
            (b"hello".as_slice(), None, "not a key file"),
            (b"".as_slice(), None, "not a key file"),
            (b"AGE-PLUGIN-YUBIKEY-1XYZ".as_slice(), None, "kind of key"),
        ] {
            let failure = load(content, passphrase).err().unwrap();
            assert_eq!(failure.ending(), Ending::NotReadable);
            assert!(failure.to_string().contains(part), "{failure}");
        }
    }
}
