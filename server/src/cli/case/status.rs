//! `candor case status`.

use super::find::find;
use crate::cli::client::shapes::WholeCase;
use crate::cli::client::{AccessArgs, CallError};
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::terminal;
use crate::domain::status::{Outcome, Status};
use clap::Args;

/// The status that ends a concern, and says how.
const CONCLUDED: &str = "concluded";
/// How it can have ended.
const CONCLUSIONS: [Outcome; 5] = {
    let [first, second, third, fourth, fifth, _answered] = Outcome::ALL;
    [first, second, third, fourth, fifth]
};

/// Arguments of `candor case status`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case status 3f2a9c1e acknowledged --server https://speak.example.com --identity chair.key
  candor case status 3f2a9c1e concluded --outcome partly_substantiated --server … --identity …

Statuses: {statuses}. Not each may follow each; a refusal names those that may.

Outcomes of concluded: {outcomes}.

{EXIT_CODES}", statuses = codes(&Status::ALL[1..], Status::code), outcomes = codes(&CONCLUSIONS, Outcome::code)))]
pub(super) struct StatusArgs {
    /// The case: its id, or the first characters of it
    case: String,
    /// The new status
    #[arg(value_name = "STATUS")]
    to: String,
    /// With `concluded`: how the case ended
    #[arg(short, long)]
    outcome: Option<String>,
    #[command(flatten)]
    access: AccessArgs,
}

/// Runs the command.
pub(super) fn run(args: &StatusArgs) -> Result<(), Failure> {
    let (session, _) = args.access.sign_in()?;
    let id = find(&session, &args.case)?;
    let whole = session.case(id)?;
    let (to, outcome) = (args.to.trim(), args.outcome.as_deref().map(str::trim));
    check(&whole, to, outcome)?;
    let from = &whole.case.status;
    session.change_status(id, from, to, outcome).map_err(|error| match error {
        CallError::Refused(409, _) => Failure::failed(format!(
            "The case {id} is no longer {from}: somebody else changed it. Look at it again, then repeat this if it still \
             fits."
        )),
        CallError::Refused(422, problem) => Failure::failed(format!("{} {}", problem.title, advice(&whole))),
        error => error.into(),
    })?;
    let outcome = outcome.map(|outcome| format!(", {outcome}")).unwrap_or_default();
    terminal::print(&terminal::one_line(&format!("Case {id} is now {to}{outcome} (it was {from}).")))?;
    terminal::print("\n")
}

/// Refuses what the service would refuse, in a sentence that names what is possible.
fn check(whole: &WholeCase, to: &str, outcome: Option<&str>) -> Result<(), Failure> {
    if !whole.allowed.iter().any(|allowed| allowed == to) {
        return Err(Failure::failed(format!("The case cannot become {to}. {}", advice(whole))));
    }
    let fits = outcome.is_some_and(|outcome| whole.outcomes.iter().any(|known| known == outcome));
    if to == CONCLUDED && !fits {
        return Err(Failure::failed(format!(
            "Say how the case ended: --outcome with one of {}.",
            whole.outcomes.join(", ")
        )));
    }
    if outcome.is_some_and(|outcome| to != CONCLUDED && outcome != to) {
        return Err(Failure::failed(format!(
            "Only {CONCLUDED} takes an outcome. Leave --outcome off, or write {CONCLUDED}."
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
    }
}
