//! A recipient at the command line of the built program, beside a running service.

use crate::{Program, program};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a command of the program that has to succeed; gives what it prints.
pub fn succeed(arguments: &[&str]) -> String {
    let output = program::run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// The demonstration as a process, with the keys of its recipients.
pub struct Desk {
    /// Where everything lies; the data folder is `data` in it.
    pub folder: tempfile::TempDir,
    /// The running program.
    pub program: Program,
}

impl Desk {
    /// Starts it in a fresh folder.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let program = Program::demo(&folder.path().join("data"), &[]);
        Self { folder, program }
    }

    /// The path of a recipient's key file.
    pub fn key(&self, id: &str) -> String {
        text(&self.folder.path().join(format!("data/keys/{id}.key"))).to_owned()
    }

    /// Runs `candor case …` as a recipient.
    pub fn case(&self, id: &str, arguments: &[&str]) -> Output {
        let key = self.key(id);
        let mut all = vec!["case"];
        all.extend_from_slice(arguments);
        all.extend_from_slice(&["--server", &self.program.url, "--identity", &key]);
        program::run(&all)
    }

    /// The same, which has to succeed; gives what it prints.
    pub fn case_text(&self, id: &str, arguments: &[&str]) -> String {
        let output = self.case(id, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What somebody who can write to the database can do; gives what it answers.
    pub fn sql(&self, statement: &str) -> String {
        let output = Command::new("sqlite3")
            .args(["-cmd", ".timeout 5000"])
            .arg(self.folder.path().join("data/candor.sqlite"))
            .arg(statement)
            .output()
            .expect("sqlite3 is installed (apt-get install sqlite3)");
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The recipient's listing.
    pub fn list(&self, id: &str) -> Vec<Value> {
        serde_json::from_str(&self.case_text(id, &["list", "--json"])).expect("a list in JSON")
    }
}

/// What stock `age` makes of a sealed file.
pub fn age_decrypt(identity: &Path, file: &Path) -> Vec<u8> {
    let output = Command::new("age")
        .args(["-d", "-i", text(identity), text(file)])
        .output()
        .expect("Debian's age is installed (apt-get install age)");
    assert!(output.status.success(), "age: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
