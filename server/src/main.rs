//! The `candor` command.

use std::process::ExitCode;

/// Freed memory is wiped, whichever library used it.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    candor::cli::run()
}
