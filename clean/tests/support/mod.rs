//! The corpus, and the programs that look at it from outside.
#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use candor_clean::clean;

/// The folder with the corpus.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A file of the corpus.
pub fn read(name: &str) -> Vec<u8> {
    std::fs::read(corpus().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Names of all files to be cleaned.
pub fn names() -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(corpus())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name != "README.md" && name != "expected.json")
        .collect();
    names.sort();
    names
}

/// Names that end like this and can be cleaned.
pub fn names_ending(endings: &[&str]) -> Vec<String> {
    let names: Vec<_> = names()
        .into_iter()
        .filter(|name| endings.iter().any(|ending| name.ends_with(ending)) && clean(&read(name)).is_ok())
        .collect();
    assert!(!names.is_empty(), "nothing in the corpus ends with {endings:?}");
    names
}

/// A file of the corpus, cleaned.
pub fn cleaned(name: &str) -> Vec<u8> {
    clean(&read(name)).unwrap_or_else(|why_not| panic!("{name}: {why_not}")).file.to_vec()
}

/// Runs a program that the tests need.
pub fn run(program: &str, package: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{program} of the Debian package {package} is needed: {error}"))
}

/// Runs a program that has to succeed without complaint, and what it printed.
pub fn output(program: &str, package: &str, arguments: &[&str]) -> String {
    let output = run(program, package, arguments);
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
