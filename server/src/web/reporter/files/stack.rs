//! What programs leave on a thread's stack. The allocator wipes what it is given back; nobody wipes the stack, and the
//! threads that clean files live as long as the service. Libraries that read archives look for their end in buffers
//! there, of which something would stay until another file comes.

use std::hint::black_box;

/// How far down it is wiped, in bytes: further than reading a file goes, and less than a thread has (2 MiB).
const DEPTH: usize = 512 * 1024;

/// Overwrites what functions that were called before have left below the caller's own frame.
#[inline(never)]
#[allow(clippy::large_stack_arrays, reason = "the stack itself is what is wiped")]
pub(super) fn wipe() {
    // A variable that may change: the compiler would make a constant of anything else, and write nothing.
    let mut below = [0_u8; DEPTH];
    black_box(&mut below);
}
