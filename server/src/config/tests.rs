//! Layers, sentences and findings. `Config` is not `Debug`, hence the small helpers.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

mod findings;
mod init;
mod loading;

/// Public keys for tests and nothing else.
const KEY: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";
const OTHER_KEY: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
const THIRD_KEY: &str = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";
/// Of no key pair at all: it only looks like one.
const PRIVATE_KEY: &str = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ";

/// A key of a record that nobody has.
const RECORD_KEY: &str =
    "# for tests\nCANDOR-RECORD-KEY-1-0707070707070707070707070707070707070707070707070707070707070707\n";

fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = (OsString, OsString)> + 'a {
    pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)))
}

/// Loads a file with this text from a folder that is returned with the result.
fn load_with(text: &str, pairs: &[(&str, &str)]) -> (TempDir, Result<Config, ConfigError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("candor.toml");
    fs::write(&path, text).unwrap();
    fs::write(folder.path().join("record.key"), RECORD_KEY).unwrap();
    let loaded = Config::load(Some(&path), environment(pairs));
    (folder, loaded)
}

fn load(text: &str) -> Config {
    load_with(text, &[]).1.unwrap_or_else(|error| panic!("{error}"))
}

fn load_environment(pairs: &[(&str, &str)]) -> Config {
    Config::load(None, environment(pairs)).unwrap_or_else(|error| panic!("{error}"))
}

/// The sentence that loading ends with.
fn refusal(text: &str) -> String {
    load_with(text, &[]).1.err().expect("it should be refused").to_string()
}

fn environment_refusal(pairs: &[(&str, &str)]) -> String {
    Config::load(None, environment(pairs)).err().expect("it should be refused").to_string()
}

fn recipient(id: &str, kind: &str, key: Option<&str>) -> String {
    let key = key.map(|key| format!("public_key = \"{key}\"\n")).unwrap_or_default();
    format!(
        "[[recipients]]\nid = \"{id}\"\nkind = \"{kind}\"\ntitle = \"The {id}\"\nemail = \"{id}@example.com\"\n{key}"
    )
}

/// A configuration without anything to say against it.
fn sound() -> String {
    format!(
        "[server]\npublic_url = \"https://report.example.com\"\n[record]\nkey_file = \"record.key\"\n\
         [mail]\ntransport = \"smtp\"\nfrom = \"notices@example.com\"\n[mail.smtp]\nhost = \"mail.example.com\"\n{}{}{}",
        recipient("chair", "committee", Some(KEY)),
        recipient("alternate", "committee", Some(OTHER_KEY)),
        recipient("counsel", "counsel", Some(THIRD_KEY)),
    )
}

fn keys(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.key.as_str()).collect()
}
