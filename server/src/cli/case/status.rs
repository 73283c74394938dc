//! `candor case status`.

use super::writing::{Desk, TextArgs, cannot_seal, send};
use crate::cli::client::shapes::WholeCase;
use crate::cli::client::{AccessArgs, CallError};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::{opening, terminal};
use crate::domain::Category;
use crate::domain::closing::{self, DISPOSITIONS, MEASURES};
use crate::domain::status::{Outcome, Status};
use candor_crypto::open::Entry;
use candor_crypto::{Conclusion, Note, SealedEntry, seal_note};
use clap::Args;

/// Arguments of `candor case status`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case status 3f2a9c1e acknowledged --server https://speak.example.com --identity chair.key
  candor case status 3f2a9c1e concluded --outcome partly_substantiated --measure process_changed \
--text 'Two of the five payments had no invoice.' --server … --identity …

Statuses: {statuses}. Not each may follow each; a refusal names those that may.

A status that ends the case ({ends}) comes with a conclusion: what was done (--measure, once or several times) and why \
(--text, --file or standard input). It is sealed here, for those who can read the case. Where two have to agree, the \
case waits until somebody else has: `candor case agree`.

Outcomes of concluded: {outcomes}.
Measures: {measures}.
`candor rules` explains them.

{EXIT_CODES}",
    statuses = codes(&Status::ALL[1..], Status::code),
    ends = codes(&DISPOSITIONS.map(|row| row.0), Status::code),
    outcomes = codes(closing::dispositions(Status::Concluded), Outcome::code),
    measures = codes(&MEASURES, |row| row.0)))]
pub(super) struct StatusArgs {
    /// The case: its id, or the first characters of it
    case: String,
    /// The new status
    #[arg(value_name = "STATUS")]
    to: String,
    /// With `concluded`: how the case ended
    #[arg(short, long)]
    outcome: Option<String>,
    /// With an end: what was done; may be given several times
    #[arg(short, long, value_name = "MEASURE")]
    measure: Vec<String>,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs the command.
pub(super) fn run(args: &StatusArgs) -> Result<(), Failure> {
    let (to, outcome) = (args.to.trim(), args.outcome.as_deref().map(str::trim));
    let end = Status::parse(to).filter(|status| !status.is_open());
    let text = match end {
        Some(end) => {
            check_measures(end, &args.measure)?;
            Some(args.text.read("Say why the case ends so, for those who can read it.")?)
        }
        None => None,
    };
    let (mut from, mut waits) = (String::new(), false);
    let (id, _) = send(&args.access, &args.case, |session, desk| {
        let whole = &desk.whole;
        // A number that was taken is tried again; a status that somebody else changed is not.
        if from.is_empty() {
            from.clone_from(&whole.case.status);
            check(whole, to, outcome)?;
        } else if from != whole.case.status {
            return Err(CallError::Failed(Failure::failed(format!(
                "The case is no longer {from}: somebody else changed it. Look at it again, then repeat this if it \
                 still fits."
            ))));
        }
        let conclusion = match (end, &text) {
            (Some(end), Some(text)) => Some(seal(desk, end, outcome, &args.measure, text)?),
            _ => None,
        };
        if end.is_some() && !whole.takes_two && is_for_two(whole, desk) {
            session.take_two(whole.case.id)?;
        }
        let sent = session.change_status(whole.case.id, &from, to, outcome, conclusion);
        waits = sent.map_err(|error| match error {
            CallError::Refused(422, problem) => {
                CallError::Failed(Failure::failed(format!("{} {}", problem.title, advice(whole))))
            }
            error => error,
        })?;
        Ok(0)
    })?;
    let outcome = outcome.map(|outcome| format!(", {outcome}")).unwrap_or_default();
    let said = if waits {
        format!(
            "Case {id} is to be {to}{outcome}. It is still {from} until somebody else agrees (candor case agree)."
        )
    } else {
        format!("Case {id} is now {to}{outcome} (it was {from}).")
    };
    terminal::print(&terminal::one_line(&said))?;
    terminal::print("\n")
}

/// Whether the report is about something on which two have to agree: what the service does not know.
fn is_for_two(whole: &WholeCase, desk: &Desk) -> bool {
    let report = whole.entries.iter().find(|view| view.kind == "report");
    match report.map(|view| opening::entry(view, &desk.key, whole.case.id)) {
        Some(Ok(Entry::Report { report, .. })) => {
            Category::parse(&report.category).is_some_and(closing::takes_two)
        }
        _ => false,
    }
}

fn seal(
    desk: &Desk,
    end: Status,
    outcome: Option<&str>,
    measures: &[String],
    text: &str,
) -> Result<(u32, SealedEntry), CallError> {
    let only = closing::only_disposition(end).map(Outcome::code);
    let note = Note {
        recipient: desk.me.recipient.id.clone(),
        title: desk.me.recipient.title.clone(),
        text: text.to_owned(),
        assessment: String::new(),
        conclusion: Some(Conclusion {
            status: end.code().to_owned(),
            disposition: outcome.or(only).unwrap_or_default().to_owned(),
            measures: measures.to_vec(),
        }),
    };
    let envelope = desk.envelope("note");
    let sealed = seal_note(&envelope, &note, &desk.key.public_key()).map_err(|error| cannot_seal(&error))?;
    Ok((envelope.number, sealed))
}

/// Refuses a conclusion without measures, or with one that does not belong to this end.
fn check_measures(end: Status, measures: &[String]) -> Result<(), Failure> {
    let known: Vec<_> = MEASURES.iter().filter(|row| row.2.contains(&end)).map(|row| row.0).collect();
    if measures.is_empty() || measures.iter().any(|measure| !known.contains(&measure.as_str())) {
        return Err(Failure::failed(format!(
            "Say what was done: --measure with one or more of {}.",
            known.join(", ")
        )));
    }
    Ok(())
}

/// Refuses what the service would refuse, in a sentence that names what is possible.
fn check(whole: &WholeCase, to: &str, outcome: Option<&str>) -> Result<(), Failure> {
    if !whole.allowed.iter().any(|allowed| allowed == to) {
        return Err(Failure::failed(format!("The case cannot become {to}. {}", advice(whole))));
    }
    let concluded = Status::Concluded.code();
    let fits = outcome.is_some_and(|outcome| whole.outcomes.iter().any(|known| known == outcome));
    if to == concluded && !fits {
        return Err(Failure::failed(format!(
            "Say how the case ended: --outcome with one of {}.",
            whole.outcomes.join(", ")
        )));
    }
    let unasked = outcome == Some(Outcome::InsufficientInformation.code()) && whole.unanswered_from.is_none();
    if unasked {
        return Err(Failure::failed(
            "The reporter was not asked for more. Ask first (candor case status … question_asked), and give them 30 \
             days to answer.",
        ));
    }
    if outcome.is_some_and(|outcome| to != concluded && outcome != to) {
        return Err(Failure::failed(format!(
            "Only {concluded} takes an outcome. Leave --outcome off, or write {concluded}."
        )));
    }
    Ok(())
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    all.iter().map(|each| code(*each)).collect::<Vec<_>>().join(", ")
}

fn advice(whole: &WholeCase) -> String {
    let WholeCase { case, allowed, .. } = whole;
    format!("A {} that is {} may become: {}.", case.kind, case.status, allowed.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> WholeCase {
        serde_json::from_value(serde_json::json!({
            "case": {
                "id": uuid::Uuid::nil(), "kind": "concern", "status": "deciding", "outcome": null,
                "received": "2026-01-10", "acknowledged": null, "updated": "2026-01-10", "acknowledge_by": "2026-01-17",
                "feedback_by": "2026-04-17", "update_by": "2026-02-09", "public_key": "", "mailbox_public_key": "",
                "opened": true, "messages": 0, "replies": 0, "revision": 3, "grant": "", "report": null
            },
            "entries": [], "events": [],
            "allowed": ["investigating", "concluded"], "outcomes": ["substantiated", "referred"]
        }))
        .unwrap()
    }

    #[test]
    fn a_refusal_names_what_is_possible() {
        let refused = |to, outcome| check(&whole(), to, outcome).unwrap_err().to_string();
        assert_eq!(
            refused("answered", None),
            "The case cannot become answered. A concern that is deciding may become: investigating, concluded."
        );
        assert_eq!(
            refused("concluded", None),
            "Say how the case ended: --outcome with one of substantiated, referred."
        );
        assert!(refused("concluded", Some("answered")).contains("--outcome"));
        assert!(check(&whole(), "concluded", Some("referred")).is_ok());
        assert!(check(&whole(), "investigating", None).is_ok());
        assert!(refused("investigating", Some("referred")).contains("Only concluded"));
        let mut waited = whole();
        waited.outcomes = vec!["insufficient_information".to_owned()];
        let unasked = check(&waited, "concluded", Some("insufficient_information")).unwrap_err();
        assert!(unasked.to_string().starts_with("The reporter was not asked"));
        waited.unanswered_from = Some("2026-12-23".to_owned());
        assert!(check(&waited, "concluded", Some("insufficient_information")).is_ok());
        let measures = |end, measures: &[&str]| {
            check_measures(end, &measures.iter().map(|each| (*each).to_owned()).collect::<Vec<_>>())
        };
        assert!(measures(Status::Answered, &[]).unwrap_err().to_string().contains("one or more of guided, "));
        assert!(measures(Status::Answered, &["guided", "warned"]).is_err());
        assert!(measures(Status::Concluded, &["warned", "trained"]).is_ok());
    }
}
