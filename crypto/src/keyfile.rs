//! Key files, as `age-keygen` and `age -p` write them.

use std::io::Write as _;

use age::armor::{ArmoredWriter, Format};
use age::secrecy::SecretString;
use age::{Encryptor, scrypt};
use zeroize::Zeroizing;

use crate::keys::PrivateKey;

/// scrypt work factor (log₂ N) of a protected key file unless another is asked for: about one
/// second and 256 MiB.
pub const WORK_FACTOR: u8 = 18;
/// The most work a key file may ask for (log₂ N): about four seconds and 1 GiB.
pub const MAX_WORK_FACTOR: u8 = 20;

/// key file = `# created: <day>` ⏎ `# public key: age1…` ⏎ `AGE-SECRET-KEY-1…` ⏎.
///
/// An identity file for `age -d -i`. `day` is `YYYY-MM-DD`; empty leaves that line out.
///
/// ```
/// let key = candor_crypto::PrivateKey::generate();
/// let file = candor_crypto::keyfile::plain(&key, "2026-11-23");
/// assert!(file.starts_with("# created: 2026-11-23\n# public key: age1"));
/// ```
pub fn plain(key: &PrivateKey, day: &str) -> Zeroizing<String> {
    let public = key.public_key();
    // Room for everything at once: a string that grows leaves its old bytes behind.
    let mut file = Zeroizing::new(String::with_capacity(256 + day.len()));
    if !day.is_empty() {
        file.push_str("# created: ");
        file.push_str(day);
        file.push('\n');
    }
    file.push_str("# public key: ");
    file.push_str(public.as_str());
    file.push('\n');
    file.push_str(&key.expose());
    file.push('\n');
    file
}

/// protected key file = armored age(key file, to scrypt(passphrase, log₂ N = work factor)).
///
/// What `age -p` makes of an identity file: `age -d -i` asks for the passphrase. `work_factor` is
/// log₂ N, [`WORK_FACTOR`] unless given, kept within 1 and [`MAX_WORK_FACTOR`].
pub fn protect(key: &PrivateKey, passphrase: &str, work_factor: Option<u8>) -> Vec<u8> {
    encrypt(&plain(key, ""), passphrase, work_factor)
        .expect("age seals to one passphrase and memory takes every byte")
}

fn encrypt(file: &str, passphrase: &str, work_factor: Option<u8>) -> Result<Vec<u8>, age::EncryptError> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase));
    recipient.set_work_factor(work_factor.unwrap_or(WORK_FACTOR).clamp(1, MAX_WORK_FACTOR));
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))?;
    let mut protected = Vec::with_capacity(1024);
    let armor = ArmoredWriter::wrap_output(&mut protected, Format::AsciiArmor)?;
    let mut writer = encryptor.wrap_output(armor)?;
    writer.write_all(file.as_bytes())?;
    writer.finish()?.finish()?;
    Ok(protected)
}
