//! `candor case list`.

use super::find::short_length;
use super::table::Table;
use crate::cli::client::AccessArgs;
use crate::cli::client::shapes::CaseSummary;
use crate::cli::failure::{EXIT_CODES, Failure};
use crate::cli::opening::{self, Unreadable};
use crate::cli::reading::subject;
use crate::cli::terminal::{self, Page};
use candor_crypto::{PrivateKey, Report};
use clap::Args;
use serde::Serialize;
use uuid::Uuid;

/// How much of a subject fits beside an id in a window of usual width, in characters.
const BESIDE_ID: usize = 57;

/// Arguments of `candor case list`.
#[derive(Args)]
#[command(after_help = format!("Examples:
  candor case list --server https://speak.example.com --identity chair.key
  candor case list --open --json --server … --identity … | jq '.[] | select(.opened | not) | .id'

Newest day first. `new` marks cases that you have not opened; `!` marks a day that has passed.

With --json: an array of objects with id, readable, problem, kind, category, status, outcome, received, \
acknowledged, updated, acknowledge_by, feedback_by, update_by, due, opened, messages, replies, subject, \
report. `report` holds every field of the report. Where a case does not open, `readable` is \
false and `problem` says why.

Very long reports do not come with the table, so their subjects are missing there; --full fetches them.

{EXIT_CODES}"))]
pub(super) struct ListArgs {
    #[command(flatten)]
    access: AccessArgs,
    /// Only cases in which work is still owed
    #[arg(long)]
    open: bool,
    /// Print JSON with the reports decrypted
    #[arg(long)]
    json: bool,
    /// Fetch very long reports too; --json always does
    #[arg(long)]
    full: bool,
}

/// A case of which as much is known as opens.
struct Listed {
    case: CaseSummary,
    report: Option<Report>,
    problem: Option<Unreadable>,
}

/// Runs the command.
pub(super) fn run(args: &ListArgs) -> Result<(), Failure> {
    let (session, identity) = args.access.sign_in()?;
    let me = session.me()?;
    let mut cases = session.all_cases(args.json || args.full)?;
    if args.open {
        cases.retain(CaseSummary::is_open);
    }
    let mut listed = Vec::with_capacity(cases.len());
    for case in cases {
        listed.push(open(case, &identity));
    }
    drop(session);

    if args.json {
        let listed: Vec<ListedJson> = listed.iter().map(ListedJson::of).collect();
        return terminal::print(&terminal::json(&listed)?);
    }
    let mut page = Page::default();
    write_table(&mut page, &listed, &me.today);
    terminal::print(page.as_str())?;
    if listed.is_empty() {
        eprintln!(
            "No {}cases for {}.",
            if args.open { "open " } else { "" },
            terminal::one_line(&me.recipient.title)
        );
    }
    if let Some(day) = me.addressed.first() {
        eprintln!(
            "{} reports were addressed to you, the last on {}, that the committee has to release first.",
            me.addressed.len(),
            terminal::one_line(day)
        );
    }
    Ok(())
}

/// Opens what came with the listing. What does not open is no reason to leave out the rest.
fn open(case: CaseSummary, identity: &PrivateKey) -> Listed {
    let report = opening::case_key(&case, identity).and_then(|key| {
        let sealed = case.report.as_deref();
        sealed.map(|sealed| opening::report(sealed, &key, case.id).map(|(report, _)| report)).transpose()
    });
    match report {
        Ok(report) => Listed { case, report, problem: None },
        Err(problem) => Listed { case, report: None, problem: Some(problem) },
    }
}

#[derive(Serialize)]
struct ListedJson<'a> {
    id: Uuid,
    readable: bool,
    problem: Option<String>,
    kind: &'a str,
    category: Option<&'a str>,
    status: &'a str,
    outcome: Option<&'a str>,
    received: &'a str,
    acknowledged: Option<&'a str>,
    updated: &'a str,
    acknowledge_by: &'a str,
    feedback_by: &'a str,
    update_by: Option<&'a str>,
    due: Option<&'a str>,
    opened: bool,
    messages: i64,
    replies: i64,
    subject: Option<String>,
    report: Option<&'a Report>,
}

impl<'a> ListedJson<'a> {
    fn of(listed: &'a Listed) -> Self {
        let Listed { case, report, problem } = listed;
        Self {
            id: case.id,
            readable: problem.is_none(),
            problem: problem.as_ref().map(ToString::to_string),
            kind: &case.kind,
            category: report.as_ref().map(|report| report.category.as_str()),
            status: &case.status,
            outcome: case.outcome.as_deref(),
            received: &case.received,
            acknowledged: case.acknowledged.as_deref(),
            updated: &case.updated,
            acknowledge_by: &case.acknowledge_by,
            feedback_by: &case.feedback_by,
            update_by: case.update_by.as_deref(),
            due: case.due(),
            opened: case.opened,
            messages: case.messages,
            replies: case.replies,
            subject: report.as_ref().map(|report| subject(&report.narrative)),
            report: report.as_ref(),
        }
    }
}

fn write_table(page: &mut Page, listed: &[Listed], today: &str) {
    if listed.is_empty() {
        return;
    }
    let ids: Vec<Uuid> = listed.iter().map(|listed| listed.case.id).collect();
    let short = short_length(&ids);
    let mut table = Table::new(&["", "CASE", "RECEIVED", "DUE", "STATUS", "KIND", "CATEGORY"]);
    for Listed { case, report, problem } in listed {
        let id = case.id.to_string();
        let due = match case.due() {
            Some(day) if day < today => format!("{day} !"),
            Some(day) => day.to_owned(),
            None => "-".to_owned(),
        };
        let (category, about) = match (report, problem) {
            (Some(report), _) => (report.category.as_str(), subject(&report.narrative)),
            (None, Some(problem)) => ("?", format!("(cannot be opened: {problem})")),
            (None, None) => ("?", "(a long report: see `candor case show`)".to_owned()),
        };
        let mark = if case.opened { "" } else { "new" };
        let cells =
            [mark, &id[..short.min(id.len())], &case.received, &due, &case.status, &case.kind, category];
        table.row(&cells, &format!("{id}  {}", terminal::shortened(&about, BESIDE_ID)));
    }
    table.write(page);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(id: u128, opened: bool, narrative: Option<&str>) -> Listed {
        let case = serde_json::json!({
            "id": Uuid::from_u128(id << 96), "kind": "concern", "status": "received", "outcome": null,
            "received": "2026-01-10", "acknowledged": null, "updated": "2026-01-10", "acknowledge_by": "2026-01-17",
            "feedback_by": "2026-04-17", "update_by": "2026-02-09", "public_key": "", "mailbox_public_key": "",
            "opened": opened, "messages": 0, "replies": 0, "revision": 3, "grant": "", "report": null
        });
        let report = narrative.map(|narrative| {
            let mut report = Report::default();
            report.narrative = narrative.to_owned();
            report.category = "accounting".to_owned();
            report
        });
        let problem = report.is_none().then_some(Unreadable::NotYours);
        Listed { case: serde_json::from_value(case).unwrap(), report, problem }
    }

    #[test]
    fn the_table_shows_what_opens_and_what_does_not() {
        let mut page = Page::default();
        let cases = [
            listed(0x3f2a_9c1e, false, Some("\u{1b}[2JPaid twice.\nMore.")),
            listed(0x7777_7777, true, None),
        ];
        write_table(&mut page, &cases, "2026-01-18");
        assert_eq!(
            page.as_str(),
            concat!(
                "     CASE      RECEIVED    DUE           STATUS    KIND     CATEGORY\n",
                "new  3f2a9c1e  2026-01-10  2026-01-17 !  received  concern  accounting\n",
                "     3f2a9c1e-0000-0000-0000-000000000000  \\u{1b}[2JPaid twice.\n",
                "     77777777  2026-01-10  2026-01-17 !  received  concern  ?\n",
                "     77777777-0000-0000-0000-000000000000  (cannot be opened: it is not sealed to your key)\n",
            )
        );
    }

    #[test]
    fn json_has_every_case_readable_or_not() {
        let cases = [listed(1, false, Some("Paid twice.")), listed(2, true, None)];
        let json: Vec<ListedJson> = cases.iter().map(ListedJson::of).collect();
        let json: serde_json::Value = serde_json::from_str(&terminal::json(&json).unwrap()).unwrap();
        assert_eq!(json[0]["readable"], true);
        assert_eq!(json[0]["report"]["narrative"], "Paid twice.");
        assert_eq!(json[0]["subject"], "Paid twice.");
        assert_eq!(json[1]["readable"], false);
        assert_eq!(json[1]["problem"], "it is not sealed to your key");
        assert_eq!(json[1]["report"], serde_json::Value::Null);
    }
}
