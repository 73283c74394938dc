//! What the serving process gives up before it serves, seen from outside.

use candor_tests::Program;
use std::process::{Command, Stdio};

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

/// Whether a program of the same account can look into a process. The superuser's right to look into everything is laid
/// down first.
fn can_be_looked_into(process: u32) -> bool {
    let is_root = Command::new("id").arg("-u").output().expect("id runs").stdout == b"0\n";
    let mut look = Command::new(if is_root { "setpriv" } else { "head" });
    if is_root {
        look.args(["--bounding-set=-sys_ptrace", "head"]);
    }
    look.args(["-c", "1", &format!("/proc/{process}/environ")]);
    look.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it runs").success()
}

#[test]
fn no_program_of_the_same_account_can_look_into_the_process() {
    let mut ordinary = Command::new("sleep").arg("60").spawn().expect("sleep runs");
    assert!(can_be_looked_into(ordinary.id()), "the attempt itself works");
    ordinary.kill().and_then(|()| ordinary.wait()).expect("it ended");
    let folder = tempfile::tempdir().expect("a folder");
    let program = Program::demo(&folder.path().join("demo"), &[]);
    assert!(!can_be_looked_into(program.id()));
    program.kill();
}
