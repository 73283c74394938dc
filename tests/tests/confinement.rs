//! What the serving process gives up before it serves, seen from outside.

use candor_tests::{Program, program};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn line<'a>(text: &'a str, start: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(start)).unwrap_or_default()
}

#[test]
fn the_process_gives_up_core_dumps_and_privileges_and_says_what_it_reaches() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    let read =
        |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", program.id())).expect("readable");
    assert_eq!(line(&read("status"), "NoNewPrivs:").trim_end(), "NoNewPrivs:\t1");
    let limit: Vec<String> =
        line(&read("limits"), "Max core file size").split_whitespace().map(ToOwned::to_owned).collect();
    assert_eq!(limit[4..6], ["0", "0"]);
    let log = std::fs::read_to_string(&program.log).expect("a log");
    assert!(log.contains("the process has confined itself memory_private=true"), "{log}");
    let locked = line(&read("status"), "VmLck:").split_whitespace().nth(1) != Some("0");
    assert_eq!(log.contains("memory_locked=\"never in swap\""), locked, "{log}");
    program.kill();
}

/// A script that runs `program` without the superuser's right to look into every process. Others have none to lay down.
fn without_that_right(folder: &Path, program: &str) -> PathBuf {
    let is_root = Command::new("id").arg("-u").output().expect("id runs").stdout == b"0\n";
    let lay_down = if is_root { "setpriv --bounding-set=-sys_ptrace " } else { "" };
    let script = folder.join(program.replace('/', "-"));
    std::fs::write(&script, format!("#!/bin/sh\nexec {lay_down}{program} \"$@\"\n")).expect("written");
    std::fs::set_permissions(&script, Permissions::from_mode(0o700)).expect("a script");
    script
}

#[test]
fn no_program_of_the_same_account_can_look_into_the_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = without_that_right(folder.path(), "head");
    let can_be_looked_into = |process: u32| {
        let mut look = Command::new(&head);
        look.args(["-c", "0", &format!("/proc/{process}/mem")]);
        look.stderr(Stdio::null()).status().expect("it runs").success()
    };
    let mut ordinary =
        Command::new(without_that_right(folder.path(), "sleep")).arg("60").spawn().expect("sleep runs");
    // Until the script has become what it runs.
    let patience = Instant::now() + Duration::from_secs(10);
    while !can_be_looked_into(ordinary.id()) {
        assert!(Instant::now() < patience, "the attempt itself does not work");
        std::thread::sleep(Duration::from_millis(20));
    }
    ordinary.kill().and_then(|()| ordinary.wait()).expect("it ended");

    let service = without_that_right(folder.path(), program::path().to_str().expect("a plain path"));
    let program = Program::demo_of(&service, &folder.path().join("demo"), &[], &[]);
    assert!(!can_be_looked_into(program.id()));
    program.kill();
}
