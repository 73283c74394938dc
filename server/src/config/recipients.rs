//! What would be wrong or unwise about the recipients.

use candor_crypto::PublicKey;
use lettre::Address;

use crate::domain::RecipientKind;

use super::RecipientEntry;
use super::check::Findings;

const ID_MAX: usize = 64;

pub(super) fn check(entries: &[RecipientEntry], findings: &mut Findings) {
    for (at, entry) in entries.iter().enumerate() {
        let earlier = &entries[..at];
        each(at, entry, findings);
        against_earlier(at, entry, earlier, findings);
    }
    together(entries, findings);
}

/// How a finding calls a recipient: by its id where that can be printed, by its place otherwise.
fn name(at: usize, entry: &RecipientEntry, key: &str) -> String {
    if id_is_fine(&entry.id) {
        format!("recipient \"{}\", {key}", entry.id)
    } else {
        format!("recipient {}, {key}", at + 1)
    }
}

fn each(at: usize, entry: &RecipientEntry, findings: &mut Findings) {
    if has_private_key(entry) {
        findings.error(
            &name(at, entry, "public_key"),
            "This is a PRIVATE key, and it is no longer private: it has been in a configuration.",
            "Make a new key with `candor keygen`, put its public key (\"age1…\") here, and never use this one again.",
        );
    } else if entry.key_text().is_some_and(|text| PublicKey::parse(text).is_err()) {
        findings.error(
            &name(at, entry, "public_key"),
            "It is not a public key that can be used.",
            "Copy the whole line that `candor keygen` printed: \"age1\" and 58 letters and digits.",
        );
    }
    if !id_is_fine(&entry.id) {
        findings.error(
            &name(at, entry, "id"),
            "An id has only a-z, 0-9 and \"-\", and at most 64 of them.",
            "Shorten it to something like \"chair\".",
        );
    }
    if entry.title.trim().is_empty() {
        findings.error(
            &name(at, entry, "title"),
            "It is empty.",
            "Write what reporters should read, for example \"Compliance Office\".",
        );
    }
    if entry.email.trim() != entry.email || entry.email.parse::<Address>().is_err() {
        findings.error(
            &name(at, entry, "email"),
            "It is not an e-mail address.",
            "Write the bare address, for example \"chair@example.com\".",
        );
    }
    if entry.key_text().is_none() {
        findings.warning(
            &name(at, entry, "public_key"),
            "There is no public key, so this recipient can read nothing and cannot sign in.",
            "Let the recipient run `candor keygen` and send you the public key.",
        );
    }
    if entry.reads && entry.kind == RecipientKind::Supervisor {
        findings.warning(
            &name(at, entry, "reads"),
            "This supervisor reads reports whenever chosen, before the committee decides what to release.",
            "Leave it out unless the committee wants it so.",
        );
    } else if entry.reads {
        findings.warning(
            &name(at, entry, "reads"),
            "It is for supervisors and has no effect here.",
            "Leave it out.",
        );
    }
}

fn against_earlier(at: usize, entry: &RecipientEntry, earlier: &[RecipientEntry], findings: &mut Findings) {
    if earlier.iter().any(|other| other.id == entry.id) {
        findings.error(
            &name(at, entry, "id"),
            format!("Recipient {} has an id that was given before.", at + 1),
            "Give each recipient an id of its own.",
        );
    }
    let same_key = |other: &&RecipientEntry| {
        // Case and spaces apart: the same key is the same key.
        matches!((key(other), key(entry)), (Some(one), Some(two)) if one == two)
    };
    if let Some(other) = earlier.iter().find(same_key) {
        findings.error(
            &name(at, entry, "public_key"),
            format!(
                "It is the public key of recipient \"{}\" too: excluding one of them would still let the other read.",
                other.id
            ),
            "Give each recipient a key of its own.",
        );
    }
    if let Some(other) = earlier.iter().find(|other| other.email.eq_ignore_ascii_case(&entry.email)) {
        findings.warning(
            &name(at, entry, "email"),
            format!(
                "It is the e-mail address of recipient \"{}\" too: excluding one of them would still tell the other.",
                other.id
            ),
            "Give each recipient an address of its own.",
        );
    }
    if earlier.iter().any(|other| other.title.trim() == entry.title.trim()) {
        findings.warning(
            &name(at, entry, "title"),
            "Another recipient has the same title: reporters cannot tell them apart.",
            "Give each recipient a title of its own.",
        );
    }
}

fn together(entries: &[RecipientEntry], findings: &mut Findings) {
    const KEY: &str = "recipients";
    let with_key = |kind| entries.iter().filter(|entry| entry.kind == kind && key(entry).is_some()).count();
    let counsel = with_key(RecipientKind::Counsel);
    if !entries.iter().any(|entry| entry.kind == RecipientKind::Committee) {
        findings.error(
            KEY,
            "Nobody is of kind \"committee\": there is no Audit Committee to receive reports.",
            "Add the chair as the first recipient, kind = \"committee\".",
        );
        return;
    }
    match with_key(RecipientKind::Committee) {
        0 if counsel == 0 => findings.warning(
            KEY,
            "Nobody on the committee has a public key: the reporter pages stay closed until one has.",
            "Let the chair run `candor keygen` and add the public key.",
        ),
        0 => findings.warning(
            KEY,
            "Nobody on the committee has a public key: every report goes to counsel alone.",
            "Let the chair run `candor keygen` and add the public key.",
        ),
        1 => findings.warning(
            KEY,
            "Only one recipient on the committee has a public key: a report about that one passes the committee by, \
             and a lost key leaves its cases unreadable.",
            "Add an alternate of kind \"committee\" with a public key.",
        ),
        _ => {}
    }
    if counsel == 0 {
        findings.warning(
            KEY,
            "There is no counsel with a public key: a report about the whole committee may be refused, since nobody \
             could read it.",
            "Add outside counsel named by the Board, kind = \"counsel\".",
        );
    }
}

fn key(entry: &RecipientEntry) -> Option<PublicKey> {
    entry.key_text().and_then(|text| PublicKey::parse(text).ok())
}

fn id_is_fine(id: &str) -> bool {
    (1..=ID_MAX).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// In whichever field it was pasted.
fn has_private_key(entry: &RecipientEntry) -> bool {
    [entry.key_text().unwrap_or_default(), &entry.id, &entry.title, &entry.email]
        .iter()
        .any(|text| text.to_ascii_uppercase().contains("AGE-SECRET-KEY-"))
}
