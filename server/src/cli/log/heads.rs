//! `candor log heads`.

use super::source::{SourceArgs, unreadable};
use super::{Verdict, block_on};
use crate::cli::failure::Failure;
use clap::Args;
use std::io::Write;

/// Arguments of `candor log heads`.
#[derive(Args)]
#[command(
    after_help = "The heads are as they are published and mailed: what `candor log verify --head` takes."
)]
pub(super) struct HeadsArgs {
    #[command(flatten)]
    source: SourceArgs,
    /// Print only the newest so many
    #[arg(long, value_name = "N")]
    last: Option<usize>,
}

pub(super) fn run(args: &HeadsArgs) -> Result<Verdict, Failure> {
    let key = args.source.key()?;
    let heads = block_on(async { args.source.open().await?.heads().await.map_err(unreadable) })?;
    let from = args.last.map_or(0, |last| heads.len().saturating_sub(last));
    let mut text = key.map(|key| format!("public key {key}\n")).unwrap_or_default();
    for head in &heads[from..] {
        text.push('\n');
        text.push_str(&head.text());
    }
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| Failure::failed(format!("The output cannot be written: {error}.")))?;
    Ok(Verdict::Right)
}
