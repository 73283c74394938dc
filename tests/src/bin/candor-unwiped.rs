//! The `candor` command without the allocator that wipes what it frees: for `tests/residue.rs`, which shows with it that
//! its search of memory would find something. Never for use.

use std::process::ExitCode;

fn main() -> ExitCode {
    candor::cli::run()
}
