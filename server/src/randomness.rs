//! Secrets come straight from the operating system. A generator of our own would keep its state in memory, and whoever
//! reads that state can compute what it gave before: the tokens of earlier reporters among it.

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

/// The operating system's generator. Where it fails, no secret can be made and the program ends.
pub fn system() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
