//! A reporter is never exposed: words planted in every field, header and path of a real run are found nowhere
//! afterwards: not in the log, the database, its journal, the mail or any other file.

use candor_tests::{Program, Reporter};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Sends a request by hand, with headers that a browser, a proxy or a company's gateway would add.
fn send_raw(url: &str, method: &str, path: &str, body: &str, canary: &str) -> String {
    let address = url.strip_prefix("http://").expect("a plain address");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {canary}-host.example\r\nUser-Agent: {canary}-agent\r\n\
         X-Forwarded-For: 203.0.113.77, {canary}-forwarded\r\nX-Real-IP: 203.0.113.77\r\nForwarded: for=203.0.113.77\r\n\
         Referer: http://{canary}-referer.example/\r\nCookie: {canary}-cookie=1\r\nAccept-Language: {canary}-language\r\n\
         X-Anything: {canary}-header\r\nAuthorization: Basic {canary}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

fn search(folder: &Path, needles: &[String], hits: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            search(&path, needles, hits);
            continue;
        }
        let content = std::fs::read(&path).expect("a readable file");
        let name = path.display().to_string();
        for needle in needles {
            let found =
                content.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()));
            if found || name.contains(needle.as_str()) {
                hits.push(format!("{needle} in {name}"));
            }
        }
    }
}

#[test]
fn words_planted_everywhere_are_found_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    // The chattiest log there is.
    let program = {
        Program::demo(&data, &[]).kill();
        let file = data.join("candor.toml");
        let text = std::fs::read_to_string(&file).expect("the configuration");
        std::fs::write(&file, text.replacen("[mail]", "[log]\nlevel = \"trace\"\n\n[mail]", 1))
            .expect("written");
        Program::demo(&data, &[])
    };
    let reporter = Reporter::at(&program.url);
    let canary = "qzcanaryqz";
    let fields = |tag: &str| -> Vec<(&'static str, String)> {
        ["narrative", "when", "where", "who_else_knows", "how_you_know", "how_many_know", "name", "contact"]
            .into_iter()
            .map(|name| (name, format!("{canary}-{tag}-{name}")))
            .chain([("identity", "confidential".to_owned())])
            .collect()
    };
    let mut secrets = vec![canary.to_owned(), "203.0.113.77".to_owned()];
    for tag in ["first", "second"] {
        let typed = fields(tag);
        let borrowed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let form = reporter.get("/report").input("form").expect("a hidden field");
        secrets.push(form.clone());
        let mut all = vec![("form", form.as_str())];
        all.extend(borrowed);
        let words = reporter.post("/report", &all).words();
        secrets.push(words.clone());
        secrets.push(words.split(' ').take(3).collect::<Vec<_>>().join(" "));
        let status = reporter.check(&words);
        reporter.add_message(&status, &words, &format!("{canary}-message"));
    }
    // What is refused must leave no trace either.
    reporter.submit(&[("narrative", ""), ("when", &format!("{canary}-refused"))]);
    reporter.check(&format!("{canary} {canary}"));
    reporter.post_raw("/report", &format!("text/{canary}"), canary.as_bytes());
    for (method, path) in [
        ("GET", format!("/{canary}-path?{canary}=query")),
        ("GET", format!("/?{canary}=query")),
        ("POST", format!("/report?{canary}=query")),
        ("POST", format!("/check?{canary}=query")),
        ("QZCANARYQZ", format!("/{canary}")),
        ("QZCANARYQZ", format!("/api/v1/{canary}")),
        ("GET", format!("/api/v1/cases/{canary}?after={canary}")),
        ("POST", format!("/api/v1/sessions?{canary}")),
    ] {
        let answer =
            send_raw(&program.url, method, &path, &format!("narrative={canary}-raw&words={canary}"), canary);
        assert!(!answer.to_lowercase().contains("set-cookie"), "{method} {path} sets a cookie");
    }
    // The mail goes out, then the data is searched twice: while the program runs, and after its end.
    let mail = data.join("mail");
    for _ in 0..200 {
        if mail.is_dir() && std::fs::read_dir(&mail).expect("mail").count() > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(std::fs::read_dir(&mail).expect("mail was written").count() > 0);
    let mut hits = Vec::new();
    search(folder.path(), &secrets, &mut hits);
    let ended = Command::new("kill").args(["-TERM", &program.id().to_string()]).status().expect("kill");
    assert!(ended.success());
    std::thread::sleep(Duration::from_secs(2));
    search(folder.path(), &secrets, &mut hits);
    assert!(hits.is_empty(), "{hits:#?}");

    // The search itself works: it finds a word that is there.
    let mut found = Vec::new();
    search(folder.path(), &["Example Corporation".to_owned()], &mut found);
    assert!(!found.is_empty());
}
