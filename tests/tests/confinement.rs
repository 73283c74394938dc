//! What the serving process gives up before it serves, seen from outside.

use candor_tests::Program;

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
    program.kill();
}
