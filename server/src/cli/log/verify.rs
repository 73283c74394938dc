//! `candor log verify`.

use super::source::{SourceArgs, read_heads, unreadable};
use super::{EXIT_CODES, Verdict, block_on, proof};
use crate::cli::failure::Failure;
use crate::cli::terminal;
use crate::domain::record::SignedHead;
use crate::domain::record::audit::{Audit, Counts};
use crate::domain::record::finding::Finding;
use crate::store::RecordReader;
use candor_crypto::record::RecordPublicKey;
use clap::Args;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Rows read in one go.
const PAGE: u32 = 1024;
/// Findings that are printed; one altered leaf can lead to one for each later day.
const MOST_FINDINGS: usize = 200;

/// Arguments of `candor log verify`.
#[derive(Args)]
#[command(after_help = format!("\
Reads the whole database, also beside a running service, and changes nothing. Says which day, which leaf and which \
case anything is wrong with. What was cut off at the end, or rewritten by somebody who has the key, shows only against \
heads that came another way: --head takes a mail to the auditor, or a copy of /record.txt.

Examples:
  candor log verify --config candor.toml
  candor log verify --database copy.sqlite --key 5f0c… --head mail.txt
  candor log verify --proof record.json --key 5f0c…

{EXIT_CODES}"))]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    source: SourceArgs,
    /// Check this proof of a reporter instead; it needs no database
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// A file with heads that were mailed or published: they must be part of the record
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
}

pub(super) fn run(args: &VerifyArgs) -> Result<Verdict, Failure> {
    let (key, given) = (args.source.key()?, read_heads(args.head.as_deref())?);
    if let Some(file) = &args.proof {
        return proof::run(file, key, &given);
    }
    block_on(async {
        let mut reader = args.source.open().await?;
        let key = key.ok_or_else(|| {
            Failure::usage("Say by which key: --key PUBLIC-KEY, as it was noted when the service began.")
        })?;
        let (counts, heads, findings) = audit(&mut reader, &key, &given).await?;
        Ok(report(counts, &heads, &findings))
    })
}

async fn audit(
    reader: &mut RecordReader,
    key: &RecordPublicKey,
    given: &[SignedHead],
) -> Result<(Counts, Vec<SignedHead>, Vec<Finding>), Failure> {
    let installation = reader.installation().await.map_err(unreadable)?.unwrap_or_default();
    let heads = reader.heads().await.map_err(unreadable)?;
    let mut audit = Audit::begin(installation, key, heads.clone(), given);
    for id in reader.orphans().await.map_err(unreadable)? {
        audit.orphan(id);
    }
    let mut progress = Progress::new("cases", reader.case_count().await.map_err(unreadable)?);
    let mut after = String::new();
    loop {
        let ids = reader.cases(&after, PAGE).await.map_err(unreadable)?;
        let Some(last) = ids.last() else { break };
        after.clone_from(last);
        for id in ids {
            match reader.case(&id).await.map_err(unreadable)? {
                Some(case) => audit.case(&case),
                None => audit.orphan(id),
            }
            progress.step();
        }
    }
    for erasure in reader.erasures().await.map_err(unreadable)? {
        audit.erasure(&erasure);
    }
    let mut progress = Progress::new("leaves", heads.last().map_or(0, |head| head.head.size));
    let (mut next_leaf, mut next_node) = (0, 0);
    loop {
        let leaves = reader.leaves(next_leaf, PAGE).await.map_err(unreadable)?;
        let Some((last, _)) = leaves.last() else { break };
        next_leaf = last + 1;
        for (number, leaf) in leaves {
            audit.leaf(number, leaf);
            progress.step();
        }
        let due = audit.nodes_due();
        for (number, hash) in reader.nodes(next_node, due).await.map_err(unreadable)? {
            audit.node(number, hash);
        }
        next_node = due;
    }
    for (number, hash) in reader.nodes(next_node, u64::MAX).await.map_err(unreadable)? {
        audit.node(number, hash);
    }
    let (counts, findings) = audit.finish();
    Ok((counts, heads, findings))
}

fn report(counts: Counts, heads: &[SignedHead], findings: &[Finding]) -> Verdict {
    let Counts { cases, events, waiting, leaves } = counts;
    let mut lines = vec![match heads.last() {
        Some(last) => {
            format!("Record: {} heads, the last of {}; {leaves} leaves.", heads.len(), last.head.day)
        }
        None => "Record: no day was closed yet.".to_owned(),
    }];
    lines.push(format!(
        "Cases: {cases} with {events} events, of which {waiting} wait for the end of their day."
    ));
    if findings.is_empty() {
        lines.push("Nothing is wrong.".to_owned());
    } else {
        lines.push(format!("Wrong: {}", findings.len()));
        // Ids come from the database as they are.
        let shown = findings.iter().take(MOST_FINDINGS).map(ToString::to_string);
        lines.extend(shown.map(|finding| format!("  {}", terminal::one_line(&finding))));
        if findings.len() > MOST_FINDINGS {
            lines.push(format!("  … and {} more", findings.len() - MOST_FINDINGS));
        }
    }
    // Whoever stops reading still gets the verdict as the exit code.
    let _ = writeln!(std::io::stdout(), "{}", lines.join("\n"));
    if findings.is_empty() { Verdict::Right } else { Verdict::Wrong }
}

/// A line on the terminal that says how far it is; nothing where nobody looks.
struct Progress {
    what: &'static str,
    all: u64,
    done: u64,
    shown: bool,
}

impl Progress {
    const EVERY: u64 = 10_000;

    fn new(what: &'static str, all: u64) -> Self {
        Self { what, all, done: 0, shown: std::io::stderr().is_terminal() && all >= Self::EVERY }
    }

    fn step(&mut self) {
        self.done += 1;
        if self.shown && self.done.is_multiple_of(Self::EVERY) {
            let mut out = std::io::stderr().lock();
            // Where the line cannot be shown, the work goes on.
            let _ = write!(out, "\r{} of {} {}", self.done, self.all, self.what).and_then(|()| out.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprintln!();
        }
    }
}
