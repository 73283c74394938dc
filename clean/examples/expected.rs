//! Prints what the corpus' `expected.json` has to say, by what this crate finds: for a look at the difference when the
//! corpus or the rules change. `cargo run --package candor-clean --example expected > clean/corpus/expected.json`

use std::collections::BTreeSet;
use std::path::Path;

use candor_clean::{clean, inspect};
use serde_json::{Map, Value, json};

fn main() -> std::io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut expected = Map::new();
    let mut names: Vec<_> =
        std::fs::read_dir(&corpus)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() || name == "README.md" || name == "expected.json" {
            continue;
        }
        expected.insert(name, outcome(&std::fs::read(&path)?));
    }
    println!("{}", serde_json::to_string_pretty(&expected)?);
    Ok(())
}

fn outcome(file: &[u8]) -> Value {
    let found = inspect(file);
    let traces: BTreeSet<_> = found.traces.iter().map(|trace| trace.kind.code()).collect();
    let mut outcome = json!({ "format": found.format.code(), "traces": traces });
    match clean(file) {
        Ok(cleaned) => {
            outcome["removed"] = cleaned.removed.iter().map(|kind| kind.code()).collect();
            outcome["left"] = cleaned.left.iter().map(|kind| kind.code()).collect();
        }
        Err(not) => outcome["why_not"] = not.why_not.code().into(),
    }
    outcome
}
