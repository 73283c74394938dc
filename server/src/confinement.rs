//! What the serving process gives up before it serves: core dumps and debuggers, privileges it could gain, files that
//! are not its own, and swap. Whoever finds a hole in it then finds less behind it (docs/architecture.md, Memory).

use landlock::{
    ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, RulesetStatus,
    path_beneath_rules,
};
use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};
use rustix::thread::{CapabilitySet, capabilities, set_no_new_privs};
use std::path::PathBuf;

/// The newest Landlock whose rules were tried here; older kernels enforce what they know.
const LANDLOCK: ABI = ABI::V5;

/// What any program reads to run at all: libraries, certificates, names of hosts, the kernel's own files.
const READABLE: [&str; 8] = ["/usr", "/lib", "/lib64", "/etc", "/run", "/dev", "/proc", "/sys"];

/// How far the process could be kept to its own files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// It writes into its own folders alone, and reads those and the system's.
    OwnOnly,
    /// The same, as far as this older kernel can hold it.
    Partly,
    /// The kernel does not offer it.
    NotOffered,
}

/// What could be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confinement {
    /// Neither core dumps nor debuggers of the same account see its memory.
    pub memory_private: bool,
    /// Its memory is never written to swap.
    pub memory_locked: bool,
    /// Nothing that it starts gains privileges.
    pub no_new_privileges: bool,
    /// Which files it reaches.
    pub files: Files,
}

impl Confinement {
    /// Gives up what can be given up. Call it before any other thread is started: those inherit it, those that run
    /// already do not. `writable` are the folders it keeps; `readable` further files that it reads.
    pub fn enter(writable: &[PathBuf], readable: &[PathBuf]) -> Self {
        let core = Rlimit { current: Some(0), maximum: Some(0) };
        let no_core = setrlimit(Resource::Core, core).is_ok();
        let memory_private = no_core && set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok();
        let no_new_privileges = set_no_new_privs(true).is_ok();
        Self {
            memory_private,
            memory_locked: lock_memory(),
            no_new_privileges,
            files: keep_to_own_files(writable, readable).unwrap_or(Files::NotOffered),
        }
    }

    /// One line of the log: what holds, and what the system does not offer.
    pub fn log(self) {
        let Self { memory_private, memory_locked, no_new_privileges, files } = self;
        let files = match files {
            Files::OwnOnly => "own folders only",
            Files::Partly => "own folders only, as far as this kernel can",
            Files::NotOffered => "NOT restricted: this kernel does not offer Landlock",
        };
        let memory_locked = if memory_locked {
            "never in swap"
        } else {
            "NOT locked: the limit on locked memory (LimitMEMLOCK) is too low"
        };
        tracing::info!(
            memory_private,
            memory_locked,
            no_new_privileges,
            files,
            "the process has confined itself"
        );
    }
}

/// Only where all of it may be locked: with a limit the next allocation would fail instead.
fn lock_memory() -> bool {
    let mut limit = getrlimit(Resource::Memlock);
    if limit.maximum.is_none() {
        let raised = Rlimit { current: None, maximum: None };
        limit = setrlimit(Resource::Memlock, raised).map_or(limit, |()| raised);
    }
    let privileged = capabilities(None).is_ok_and(|sets| sets.effective.contains(CapabilitySet::IPC_LOCK));
    (limit.current.is_none() || privileged)
        && mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT).is_ok()
}

fn keep_to_own_files(writable: &[PathBuf], readable: &[PathBuf]) -> Result<Files, RulesetError> {
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(LANDLOCK))?
        .create()?
        .add_rules(path_beneath_rules(READABLE, AccessFs::from_read(LANDLOCK)))?
        .add_rules(path_beneath_rules(readable, AccessFs::from_read(LANDLOCK)))?
        .add_rules(path_beneath_rules(writable, AccessFs::from_all(LANDLOCK) & !AccessFs::Execute))?
        .restrict_self()?;
    Ok(match status.ruleset {
        RulesetStatus::FullyEnforced => Files::OwnOnly,
        RulesetStatus::PartiallyEnforced => Files::Partly,
        RulesetStatus::NotEnforced => Files::NotOffered,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::ErrorKind;

    /// In a thread of its own: the rest of the tests must not be confined.
    #[test]
    fn only_its_own_folders_are_written_and_only_they_and_the_systems_are_read() {
        let own = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("there"), "x").unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let files = keep_to_own_files(&[own.path().to_owned()], &[]).unwrap();
                assert!(fs::write(own.path().join("mine"), "x").is_ok());
                assert!(fs::read("/etc/passwd").is_ok());
                let write = fs::write(other.path().join("not mine"), "x");
                let read = fs::read(other.path().join("there"));
                if files == Files::NotOffered {
                    assert!(write.is_ok() && read.is_ok());
                } else {
                    assert_eq!(write.unwrap_err().kind(), ErrorKind::PermissionDenied);
                    assert_eq!(read.unwrap_err().kind(), ErrorKind::PermissionDenied);
                }
            });
        });
    }
}
