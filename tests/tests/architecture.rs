//! Dependencies point one way (docs/architecture.md). Read from the sources, so that a short cut fails here first.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).expect("in the workspace").display().to_string();
            found.push((name, std::fs::read_to_string(&path).expect("text")));
        }
    }
}

fn server_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&root().join("server/src"), &mut found);
    assert!(found.len() > 40, "the sources were not found");
    found
}

/// The lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn each_library_is_used_where_it_belongs_and_nowhere_else() {
    let rules: [(&str, &[&str]); 6] = [
        ("sqlx::", &["server/src/store/"]),
        ("object_store::", &["server/src/blobs/"]),
        ("actix_web::", &["server/src/web/", "server/src/startup.rs"]),
        ("lettre::", &["server/src/mail/", "server/src/config/"]),
        ("age::", &[]),
        ("ureq::", &["server/src/cli/"]),
    ];
    for (name, text) in server_sources() {
        for (library, places) in rules {
            let allowed = places.iter().any(|place| name.starts_with(place));
            let used = code(&text).any(|line| {
                line.match_indices(library).any(|(at, _)| {
                    !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
                })
            });
            assert!(allowed || !used, "{name} uses {library}");
        }
    }
}

#[test]
fn nothing_points_upwards() {
    let above: [(&str, &[&str]); 7] = [
        (
            "server/src/domain/",
            &["config", "blobs", "store", "mail", "jobs", "web", "startup", "cli", "clock", "telemetry"],
        ),
        ("server/src/config/", &["blobs", "store", "mail", "jobs", "web", "startup", "cli", "telemetry"]),
        ("server/src/blobs/", &["config", "store", "mail", "jobs", "web", "startup", "cli", "telemetry"]),
        ("server/src/store/", &["config", "mail", "jobs", "web", "startup", "cli", "telemetry"]),
        ("server/src/mail/", &["config", "blobs", "store", "jobs", "web", "startup", "cli", "telemetry"]),
        ("server/src/jobs/", &["config", "web", "startup", "cli"]),
        ("server/src/web/", &["config", "mail", "jobs", "startup", "cli"]),
    ];
    for (name, text) in server_sources() {
        for (place, forbidden) in above {
            if !name.starts_with(place) {
                continue;
            }
            for module in forbidden {
                assert!(
                    !code(&text).any(|line| line.contains(&format!("crate::{module}"))),
                    "{name} points up to {module}"
                );
            }
        }
    }
}

#[test]
fn the_store_names_contents_and_never_touches_them() {
    for (name, text) in server_sources() {
        let is_store = name.starts_with("server/src/store/");
        for line in code(&text).filter(|line| is_store && line.contains("crate::blobs")) {
            let line = line.trim();
            let names_only = ["use crate::blobs::BlobId;", "use crate::blobs::Stored;"];
            assert!(names_only.contains(&line), "{name}: {line}");
        }
    }
}

#[test]
fn opening_is_for_the_command_line_and_for_the_reporters_own_mailbox() {
    for (name, text) in server_sources() {
        let opens = code(&text).any(|line| line.contains("candor_crypto::open"));
        let mailbox = ["server/src/web/reporter/check.rs", "server/src/web/reporter/reply_file.rs"];
        let allowed = name.starts_with("server/src/cli/") || mailbox.contains(&name.as_str());
        assert!(allowed || !opens, "{name} opens what was sealed");
    }
}

#[test]
fn the_two_sides_of_the_web_share_nothing_but_the_store() {
    for (name, text) in server_sources() {
        let other = if name.starts_with("server/src/web/reporter/") {
            "web::console"
        } else if name.starts_with("server/src/web/console/") {
            "web::reporter"
        } else {
            continue;
        };
        assert!(!code(&text).any(|line| line.contains(other)), "{name} reaches over to {other}");
    }
}

#[test]
fn nobody_asks_for_a_clients_address() {
    for (name, text) in server_sources() {
        // One place takes the address out of the request, and makes of it what nobody can turn back.
        let takes = code(&text).any(|line| line.contains("peer_addr"));
        assert!(!takes || name == "server/src/web/flood/sender.rs", "{name} names a client's address");
        for call in ["realip_remote_addr", "connection_info(", "TracingLogger", "middleware::Logger"] {
            assert!(!code(&text).any(|line| line.contains(call)), "{name} calls {call}");
        }
    }
}

#[test]
fn secrets_come_from_the_operating_system_and_from_no_generator_of_ours() {
    for (name, text) in server_sources() {
        let secret = name.starts_with("server/src/web/") || name.starts_with("server/src/cli/");
        assert!(
            !secret || !code(&text).any(|line| line.contains("rand::rng(")),
            "{name} has a generator of its own"
        );
    }
}
