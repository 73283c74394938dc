//! `candor case export`: a folder that outlives this program.

use super::find::find;
use crate::cli::client::shapes::{SealedEntryView, WholeCase};
use crate::cli::client::{AccessArgs, CallError, Session};
use crate::cli::contents;
use crate::cli::decrypt::{GRANT_FILE, IDENTITY_FILE};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::new_file;
use crate::cli::opening;
use crate::cli::terminal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `candor case export`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case export 3f2a9c1e --output case-3f2a9c1e --server … --identity …
  candor decrypt --identity chair.key case-3f2a9c1e

The folder holds the sealed files as they are (report.age, message-1.age, reply-1.age, content-1.age …), your grant (grant.age), \
what the service knows (case.json, events.json) and README.txt with the stock `age` commands that open them. Nothing \
in it is opened; it is as safe as your key.

{EXIT_CODES}"))]
pub(super) struct ExportArgs {
    /// The case: its id, or the first characters of it
    case: String,
    /// The folder to write; it must be new or empty
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs the command.
pub(super) fn run(args: &ExportArgs) -> Result<(), Failure> {
    let (session, identity) = args.access.sign_in()?;
    let id = find(&session, &args.case)?;
    let whole = session.case(id)?;

    let folder = &args.output;
    let names = whole.entries.iter().map(file_name).collect::<Result<Vec<_>, _>>()?;
    new_file::create_folder(folder, "--output")?;
    new_file::create(&folder.join(GRANT_FILE), &decoded(&whole.case.grant, "the grant")?)?;
    for (name, entry) in names.iter().zip(&whole.entries) {
        new_file::create(&folder.join(name), &decoded(&entry.sealed, name)?)?;
    }
    let contents = save_contents(&session, &whole, folder)?;
    drop(session);
    new_file::create(&folder.join("case.json"), terminal::json(&whole.case)?.as_bytes())?;
    new_file::create(&folder.join("events.json"), terminal::json(&whole.events)?.as_bytes())?;
    // Last: a folder with a README is complete.
    let readme = readme(&whole, &names, &contents, args.access.identity.path());
    new_file::create(&folder.join("README.txt"), readme.as_bytes())?;
    if let Err(problem) = opening::case_key(&whole.case, &identity) {
        eprintln!("warning: the export is whole, but cannot be opened with this key: {problem}");
    }
    terminal::print(&format!(
        "Case {id} is in {}: {} sealed files. README.txt says how to open them.\n",
        folder.display(),
        names.len() + contents.len() + 1
    ))
}

/// Saves the sealed contents of all files, as they come in; gives the names under which they lie in the folder.
fn save_contents(session: &Session, whole: &WholeCase, folder: &Path) -> Result<Vec<String>, Failure> {
    let id = whole.case.id;
    let mut names = Vec::new();
    for entry in &whole.entries {
        if entry.kind == "attachment" {
            let name = contents::attachment_file(entry.number);
            eprintln!("Saving {name}…");
            new_file::create_from(&folder.join(&name), session.attachment(id, entry.number)?)?;
            names.push(name);
        }
        if entry.kind == "reply" {
            // How many files it has stands inside the seal; the service knows where they end, too.
            for part in 1.. {
                let content = match session.reply_file(id, entry.number, part) {
                    Err(CallError::Refused(404, _)) => break,
                    content => content?,
                };
                let name = contents::reply_file(entry.number, part);
                eprintln!("Saving {name}…");
                new_file::create_from(&folder.join(&name), content)?;
                names.push(name);
            }
        }
    }
    Ok(names)
}

/// What an entry's file is called. The kind comes from the service, and must not lead out of the folder.
fn file_name(entry: &SealedEntryView) -> Result<String, Failure> {
    match entry.kind.as_str() {
        kind @ ("report" | "identity") if entry.number == 0 => Ok(format!("{kind}.age")),
        kind if (1..=20).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Ok(format!("{kind}-{}.age", entry.number))
        }
        kind => Err(Failure::failed(format!("The service sent an entry of the impossible kind {kind}."))),
    }
}

fn decoded(sealed: &str, what: &str) -> Result<Vec<u8>, Failure> {
    STANDARD
        .decode(sealed)
        .map_err(|_| Failure::failed(format!("The service sent {what} damaged. Try again.")))
}

/// How the files that came along are opened.
const ABOUT_CONTENTS: &str = "
Files that came along are sealed, too: attachment-1.age says what a file is, content-1.age is what is in it; the files of
reply-1.age are reply-1-content-1.age and so on. This saves them all under their names, what the reporter sent in the
folder `reporter` and what went with replies in `replies`, and checks that each is the one that was sent:

    candor decrypt --identity KEY --files opened-files .

With stock age, `age -d -i case.key content-1.age > FILE` opens one while case.key is there. It comes out with zeros
after its end, which most programs do not mind; attachment-1.age says the size. Files from strangers can do harm: open them on a computer that is cut off, or in a viewer that runs nothing.
";

fn readme(whole: &WholeCase, names: &[String], contents: &[String], identity: &Path) -> String {
    let name = identity.file_name().map_or_else(|| "chair.key".into(), std::ffi::OsStr::to_string_lossy);
    let key = quoted(&name);
    let mut text = format!(
        "Case {id}

Everything here is sealed as it was on the service. {name} below stands for the path of your key file. To open all of
it, run in this folder

    candor decrypt --identity {key} .

or, with stock age (https://age-encryption.org):

    umask 077
    age -d -i {key} {GRANT_FILE} > case.key
",
        id = whole.case.id
    );
    for name in names.iter().filter(|name| *name != IDENTITY_FILE) {
        let _ = writeln!(text, "    age -d -i case.key {name}");
    }
    if names.iter().any(|name| name == IDENTITY_FILE) {
        // Commented out, so that nobody opens it by pasting the lot.
        let _ = writeln!(
            text,
            "    # age -d -i case.key {IDENTITY_FILE}      who the reporter is: only if you must know"
        );
    }
    text.push_str(
        "    rm case.key
",
    );
    if !contents.is_empty() {
        text.push_str(&ABOUT_CONTENTS.replace("KEY", &key));
    }
    text.push_str(
        "
DELETE case.key when you are done. It opens everything in this case, without a passphrase, for whoever finds it.

Each file is JSON, padded with spaces at its end so that its length tells nothing. Inside, \"case\" and \"number\" say
where it belongs: compare \"case\" with the id above. `candor decrypt` also checks the signatures of the reporter's
messages, which age does not.

case.json and events.json are what the service itself knows; they were never sealed.
",
    );
    text
}

/// A file name as a shell takes it.
fn quoted(name: &str) -> String {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b'+' | b'@');
    if !name.is_empty() && !name.starts_with('-') && name.bytes().all(plain) {
        name.to_owned()
    } else if name.starts_with('-') {
        format!("'./{}'", name.replace('\'', r"'\''"))
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(kind: &str, number: u32) -> Option<String> {
        let view = SealedEntryView {
            kind: kind.to_owned(),
            number,
            position: 0,
            day: String::new(),
            sealed: String::new(),
        };
        file_name(&view).ok()
    }

    #[test]
    fn files_are_named_by_what_they_are() {
        assert_eq!(named("report", 0).as_deref(), Some("report.age"));
        assert_eq!(named("identity", 0).as_deref(), Some("identity.age"));
        assert_eq!(named("message", 12).as_deref(), Some("message-12.age"));
        assert_eq!(named("attachment", 1).as_deref(), Some("attachment-1.age"));
    }

    #[test]
    fn the_service_cannot_write_elsewhere() {
        for kind in [
            "../../etc/cron.d/x",
            "a/b",
            "",
            ".",
            "..",
            "message\0",
            "Message",
            "a b",
            "x".repeat(21).as_str(),
        ] {
            assert_eq!(named(kind, 1), None, "{kind:?}");
        }
    }

    #[test]
    fn key_files_with_odd_names_are_quoted() {
        assert_eq!(quoted("chair.key"), "chair.key");
        assert_eq!(quoted("my key"), "'my key'");
        assert_eq!(quoted("it's;rm"), r"'it'\''s;rm'");
        assert_eq!(quoted("-x"), "'./-x'");
    }
}
