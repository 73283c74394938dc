//! `candor decrypt`: opens sealed files without the service.

use super::contents;
use super::failure::{EXIT_CODES, Failure, finish};
use super::identity::IdentityArgs;
use super::new_file;
use super::opening::{self, Proof, Unreadable};
use super::reading::{Anonymity, EntryJson, write_entry};
use super::terminal::{self, Page};
use candor_crypto::open::{Entry, OpenError, OpenedCaseKey, open_content, open_grant};
use candor_crypto::{AttachmentInfo, GRANT_LENGTH, Grant, PrivateKey, SpeakerKey};
use clap::Args;
use serde::Serialize;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use uuid::Uuid;
use zeroize::Zeroizing;

/// More than any sealed entry has, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;
/// The name of the grant in an exported folder.
pub(super) const GRANT_FILE: &str = "grant.age";
/// The name of the entry that says who a confidential reporter is, in an exported folder.
pub(super) const IDENTITY_FILE: &str = "identity.age";

/// Arguments of `candor decrypt`.
#[derive(Args)]
#[command(
    after_help = format!("\
Works without the service. Your key opens the grant; the grant holds the key of the case; the key of the case opens \
the entries.

Examples:
  candor decrypt --identity chair.key case-3f2a9c1e/
  candor decrypt --identity chair.key --grant grant.age report.age message-1.age
  candor decrypt --identity chair.key --files opened-files case-3f2a9c1e/
  candor decrypt --identity chair.key --json case-3f2a9c1e/ --output case.json

Each entry that opens is shown; for each that does not, a sentence says why, and the command ends with 3.
Without --grant, the grant is looked for beside the first file.

{EXIT_CODES}")
)]
pub struct DecryptArgs {
    #[command(flatten)]
    identity: IdentityArgs,
    /// The grant of the case, sealed to your key
    #[arg(short, long, value_name = "FILE")]
    grant: Option<PathBuf>,
    /// Write to this new file, readable by you alone, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Save the files of the case to this new folder, opened, under their own names: the reporter's in `reporter`, those
    /// of replies in `replies`
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Show whether a name was given before a first assessment, and in a folder open it
    #[arg(long)]
    reveal_identity: bool,
    /// Sealed entries, or one folder that `candor case export` wrote
    #[arg(required = true, value_name = "ENTRY.age")]
    entries: Vec<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A sentence that says what failed; what has an exit code of its own is said here.
pub fn run(args: DecryptArgs) -> anyhow::Result<ExitCode> {
    let result = decrypt(&args);
    drop(args);
    finish(result)
}

#[derive(Serialize)]
struct OpenedJson<'a> {
    case: Uuid,
    entries: Vec<FileJson<'a>>,
    unreadable: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    file: String,
    #[serde(flatten)]
    entry: EntryJson<'a>,
}

#[derive(Serialize)]
struct ProblemJson {
    file: String,
    problem: String,
}

fn decrypt(args: &DecryptArgs) -> Result<(), Failure> {
    if let Some(output) = &args.output {
        new_file::refuse_existing(output)?;
    }
    let (files, identity_stays) = files(args)?;
    let (contents, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| contents::is_content(file));
    let sealed_contents = contents.len();
    let grant_file = grant_file(args)?;
    let identity = args.identity.load()?;
    let key = case_key(&grant_file, &identity, args.identity.path())?;

    let mut opened = Vec::new();
    let mut unreadable = Vec::new();
    for file in files {
        match open_file(&file, &key, &grant_file) {
            Ok(entry) => opened.push((file, entry)),
            Err(problem) => unreadable.push((file, problem)),
        }
    }
    opened.sort_by(|(_, one), (_, other)| order_of(one).cmp(&order_of(other)));

    let anonymity = anonymity(&opened, args.reveal_identity);
    let text = if args.json {
        as_json(key.case(), &opened, &unreadable)?
    } else {
        as_text(key.case(), &opened, anonymity)
    };
    // That there is a name to reveal is itself held back, except from JSON, which holds all of the report.
    if identity_stays && (args.json || anonymity == Anonymity::Shown) {
        eprintln!("Who the reporter is stays sealed. Add --reveal-identity to open that too.");
    }
    match &args.output {
        Some(output) if !opened.is_empty() || args.json => {
            new_file::create(output, text.as_bytes())?;
            eprintln!("{} holds opened text. Delete it when you are done.", output.display());
        }
        Some(_) => {}
        None => terminal::print(&text)?,
    }
    let mut problems: Vec<String> = unreadable.into_iter().map(|(_, problem)| problem).collect();
    let mut whole = opened.len();
    if let Some(to) = &args.files {
        let saved = contents::save_all(&folder_of(args), opened.iter().map(|(_, entry)| entry), &key, to)?;
        whole += saved.lines.len();
        saved.lines.iter().for_each(|line| eprintln!("{}", terminal::one_line(line)));
        problems.extend(saved.problems);
    } else if sealed_contents > 0 {
        eprintln!(
            "Files that came along stay sealed ({sealed_contents}). Add --files DIR to save them opened."
        );
    }
    for problem in &problems {
        eprintln!("candor: {}", terminal::one_line(problem));
    }
    match problems.len() {
        0 => Ok(()),
        count => {
            Err(Failure::not_readable(format!("{count} of {} files could not be opened.", count + whole)))
        }
    }
}

/// The files to open: those named, or those in the one folder that is named; and whether the reporter's identity is
/// there and stays sealed.
fn files(args: &DecryptArgs) -> Result<(Vec<PathBuf>, bool), Failure> {
    let [folder] = args.entries.as_slice() else {
        return match args.entries.iter().find(|path| path.is_dir()) {
            Some(folder) => Err(Failure::usage(format!(
                "{} is a folder: name it alone, or name files.",
                folder.display()
            ))),
            None => Ok((args.entries.clone(), false)),
        };
    };
    if !folder.is_dir() {
        return Ok((args.entries.clone(), false));
    }
    let mut files = new_file::files_with_ending(folder, "age")?;
    files.retain(|path| path.file_name().is_none_or(|name| name != GRANT_FILE));
    let all = files.len();
    if !args.reveal_identity {
        files.retain(|path| path.file_name().is_none_or(|name| name != IDENTITY_FILE));
    }
    if all == 0 {
        return Err(Failure::not_readable(format!("There are no sealed entries in {}.", folder.display())));
    }
    let identity_stays = files.len() < all;
    Ok((files, identity_stays))
}

fn grant_file(args: &DecryptArgs) -> Result<PathBuf, Failure> {
    if let Some(grant) = &args.grant {
        return Ok(grant.clone());
    }
    let beside = folder_of(args).join(GRANT_FILE);
    if beside.is_file() {
        Ok(beside)
    } else {
        Err(Failure::not_readable(format!(
            "There is no {GRANT_FILE} beside {}. Name the grant of the case with --grant.",
            args.entries.first().map_or(Path::new(""), PathBuf::as_path).display()
        )))
    }
}

/// The folder that was named, or that the first file lies in.
fn folder_of(args: &DecryptArgs) -> PathBuf {
    let first = args.entries.first().map_or(Path::new(""), PathBuf::as_path);
    if first.is_dir() { first.to_owned() } else { first.parent().unwrap_or(Path::new("")).to_owned() }
}

fn case_key(file: &Path, identity: &PrivateKey, identity_file: &Path) -> Result<OpenedCaseKey, Failure> {
    let name = file.display();
    let bytes = new_file::read_at_most(file, LARGEST)?;
    let damaged = |error: &dyn std::fmt::Display| {
        Failure::not_readable(format!("{name} does not open: {error}. Take an undamaged copy."))
    };
    let grant = Grant::from_stored(bytes.to_vec())
        .map_err(|error| Failure::not_readable(format!("{name} is no grant, or is damaged: {error}.")))?;
    let case = case_of(&grant, identity).map_err(|error| damaged(&error))?;
    let opened = match case {
        Some(case) => open_grant(&grant, identity, case).map_err(|error| damaged(&error))?,
        None => None,
    };
    opened.ok_or_else(|| {
        Failure::not_readable(format!(
            "{name} is not sealed to the key in {}. Use the key of the recipient it was made for. This key's public \
             half is {}",
            identity_file.display(),
            identity.public_key()
        ))
    })
}

/// Which case a grant is for: its first line says so. `open_grant` then checks everything; it wants to be told the
/// case, because the service knows which one it asked for. A file alone does not.
fn case_of(grant: &Grant, identity: &PrivateKey) -> Result<Option<Uuid>, OpenError> {
    let mut inside = Zeroizing::new(Vec::with_capacity(GRANT_LENGTH));
    // Read as content of which length alone is known: the hash cannot match, and that is the only complaint expected.
    let mut info = AttachmentInfo::default();
    info.size = GRANT_LENGTH as u64;
    match open_content(grant.as_bytes(), identity, &info, &mut *inside) {
        Ok(None) => return Ok(None),
        Ok(Some(_)) | Err(OpenError::ContentMismatch) => {}
        Err(error) => return Err(error),
    }
    let first_line = inside.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let id = std::str::from_utf8(first_line).ok().and_then(|line| line.rsplit(' ').next());
    id.and_then(|id| id.parse().ok()).map(Some).ok_or(OpenError::Content)
}

fn open_file(file: &Path, key: &OpenedCaseKey, grant_file: &Path) -> Result<Entry, String> {
    let name = file.display();
    let bytes = new_file::read_at_most(file, LARGEST).map_err(|failure| failure.to_string())?;
    opening::entry_bytes(&bytes, key, key.case()).map_err(|problem| match problem {
        Unreadable::NotThisCase if Grant::from_stored(bytes.to_vec()).is_ok() => {
            format!("{name} is a grant, not an entry. Name it with --grant.")
        }
        Unreadable::NotThisCase => format!(
            "{name} is not sealed to the key of this case. Does {} belong to another case?",
            grant_file.display()
        ),
        Unreadable::Entry(OpenError::Case) => format!(
            "{name} belongs to another case than {}. Somebody mixed files up, or swapped them.",
            grant_file.display()
        ),
        Unreadable::Entry(OpenError::NotAgeFile) => {
            format!("{name} is no sealed file, or its beginning is damaged. Take an undamaged copy.")
        }
        Unreadable::Entry(OpenError::Broken) => {
            format!("{name} is damaged: it was changed or cut off after sealing. Take an undamaged copy.")
        }
        other => format!("{name}: {other}."),
    })
}

/// The order in which entries are read: by day, what the reporter sent first leading, files after what they came with.
/// Which message that was is known to the service alone.
fn order_of(entry: &Entry) -> (&str, u8, u32) {
    let rank = match entry {
        Entry::Report { .. } => 0,
        Entry::Identity { .. } => 1,
        Entry::Attachment { .. } => 3,
        _ => 2,
    };
    (&entry.envelope().day, rank, entry.envelope().number)
}

fn speaker_of(opened: &[(PathBuf, Entry)]) -> Option<&SpeakerKey> {
    opened.iter().find_map(|(_, entry)| match entry {
        Entry::Report { reporter, .. } => Some(&reporter.speaker),
        _ => None,
    })
}

/// Files do not say which status the case has. Whoever names the file of the identity asks for the name.
fn anonymity(opened: &[(PathBuf, Entry)], reveal_identity: bool) -> Anonymity {
    let entries = opened.iter().map(|(_, entry)| entry);
    let revealed = entries.clone().any(|entry| matches!(entry, Entry::Identity { .. }));
    Anonymity::of(None, entries, reveal_identity || revealed)
}

fn as_text(case: Uuid, opened: &[(PathBuf, Entry)], anonymity: Anonymity) -> Zeroizing<String> {
    let mut page = Page::default();
    if !opened.is_empty() {
        page.line(&format!("Case {case}"));
    }
    let speaker = speaker_of(opened);
    for (_, entry) in opened {
        write_entry(&mut page, entry, Proof::of(entry, speaker), anonymity, |id| Cow::Owned(id.to_owned()));
    }
    Zeroizing::new(page.as_str().to_owned())
}

fn as_json(
    case: Uuid,
    opened: &[(PathBuf, Entry)],
    unreadable: &[(PathBuf, String)],
) -> Result<Zeroizing<String>, Failure> {
    let speaker = speaker_of(opened);
    let entries = opened.iter().map(|(file, entry)| FileJson {
        file: file.display().to_string(),
        entry: EntryJson::of(entry, Proof::of(entry, speaker)),
    });
    let unreadable = unreadable
        .iter()
        .map(|(file, problem)| ProblemJson { file: file.display().to_string(), problem: problem.clone() });
    terminal::json(&OpenedJson { case, entries: entries.collect(), unreadable: unreadable.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use candor_crypto::CaseKey;

    #[test]
    fn a_grant_says_which_case_it_is_for() {
        let chair = PrivateKey::generate();
        let case = Uuid::new_v4();
        let grant = CaseKey::generate(case).grant(&chair.public_key()).unwrap();
        assert_eq!(case_of(&grant, &chair).unwrap(), Some(case));
        assert_eq!(case_of(&grant, &PrivateKey::generate()).unwrap(), None);
    }
}
