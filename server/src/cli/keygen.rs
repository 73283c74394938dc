//! `candor keygen`: a recipient's key.

use super::failure::{EXIT_CODES, Failure, finish};
use super::identity::{PassphraseArgs, ask};
use super::new_file;
use super::terminal;
use crate::clock::{Clock, SystemClock};
use candor_crypto::{PrivateKey, PublicKey, keyfile};
use clap::Args;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::process::ExitCode;
use zeroize::Zeroizing;

/// The shortest passphrase that is accepted, in characters.
const SHORTEST: usize = 12;
/// How often two typed passphrases may differ before the command gives up.
const TRIES: u32 = 3;

/// Arguments of `candor keygen`.
#[derive(Args)]
#[command(
    after_help = format!("\
The file holds the private key, protected by a passphrase: whoever has both reads your cases. Keep it and a copy in \
safe places; nobody can make it again. The public key, printed on standard output, goes to the operator, who puts it \
into the configuration.

Examples:
  candor keygen --output chair.key
  candor keygen --output chair.key > chair.pub
  candor keygen --plain --output backup-reader.key      for automation only

The file is an age identity file: `age -d -i chair.key …` takes it too.

{EXIT_CODES}")
)]
pub struct KeygenArgs {
    /// The key file to write; it must not exist
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Write the key without a passphrase: whoever can read the file can read your cases
    #[arg(long, conflicts_with = "passphrase_file")]
    plain: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// Runs the command.
///
/// # Errors
/// A sentence that says what failed; what has an exit code of its own is said here.
pub fn run(args: KeygenArgs) -> anyhow::Result<ExitCode> {
    let KeygenArgs { output, plain, passphrase } = args;
    let made = make(&output, plain, &passphrase).and_then(|public| {
        terminal::print(&format!("{public}\n"))?;
        advise(&output, plain);
        Ok(())
    });
    finish(made)
}

fn make(output: &std::path::Path, plain: bool, passphrase: &PassphraseArgs) -> Result<PublicKey, Failure> {
    new_file::refuse_existing(output)?;
    let key = PrivateKey::generate();
    let content = if plain {
        let today = SystemClock::new(TimeZone::UTC).today().iso();
        Zeroizing::new(keyfile::plain(&key, &today).as_bytes().to_vec())
    } else {
        let passphrase = match passphrase.given()? {
            Some(passphrase) => accept(passphrase)?,
            None => ask_twice()?,
        };
        Zeroizing::new(keyfile::protect(&key, &passphrase, None))
    };
    new_file::create(output, &content)?;
    Ok(key.public_key())
}

fn ask_twice() -> Result<Zeroizing<String>, Failure> {
    eprintln!(
        "Choose a passphrase that protects the key file: {SHORTEST} characters at least. Five or more words that have \
         nothing to do with each other are strong and easy to remember."
    );
    for _ in 0..TRIES {
        let first = match accept(ask("Passphrase: ")?) {
            Ok(first) => first,
            Err(failure) => {
                eprintln!("{failure}");
                continue;
            }
        };
        if *ask("The same again: ")? == *first {
            return Ok(first);
        }
        eprintln!("The two differ. Try again.");
    }
    Err(Failure::failed("No passphrase was chosen, so no key was made."))
}

fn accept(passphrase: Zeroizing<String>) -> Result<Zeroizing<String>, Failure> {
    let length = passphrase.trim().chars().count();
    if length == 0 {
        return Err(Failure::failed("The passphrase is empty. Choose five or more unrelated words."));
    }
    if length < SHORTEST {
        return Err(Failure::failed(format!(
            "The passphrase is too short: {SHORTEST} characters at least. Choose five or more unrelated words."
        )));
    }
    Ok(passphrase)
}

fn advise(output: &std::path::Path, plain: bool) {
    let file = output.display();
    if plain {
        eprintln!(
            "warning: {file} is not protected by a passphrase. Whoever can read this file can read the cases. Keep it \
             off shared disks and backups."
        );
    }
    eprintln!(
        "{file} holds your private key. Keep a copy{} in a safe place: if it is lost, nobody can open your cases with \
         it again.\nGive the public key above to the operator. Never hand over the file itself.",
        if plain { "" } else { ", and the passphrase," }
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(passphrase: &str) -> bool {
        accept(Zeroizing::new(passphrase.to_owned())).is_ok()
    }

    #[test]
    fn short_passphrases_are_refused() {
        assert!(
            !accepted("")
                && !accepted("            ")
                && !accepted("elevenchars")
                && !accepted(" abcdefghijk ")
        );
        assert!(accepted("twelve chars") && accepted("übermäßigößä"));
    }
}
