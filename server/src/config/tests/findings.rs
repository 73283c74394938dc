//! What [`Config::check`] says, and how recipients get their defaults.

use super::*;

#[test]
fn errors() {
    // What is changed in a sound configuration, and the key that the one error then names.
    let set = |pairs: &[(&str, &str)]| {
        let (_folder, config) = load_with(&sound(), pairs);
        config.unwrap_or_else(|error| panic!("{error}")).check()
    };
    let rows: &[(&[(&str, &str)], &str)] = &[
        (&[("CANDOR_ORGANISATION__NAME", " ")], "organisation.name"),
        (&[("CANDOR_ORGANISATION__TIME_ZONE", "Mars/Olympus")], "organisation.time_zone"),
        (&[("CANDOR_ORGANISATION__LEAVE_URL", "http://example.com")], "organisation.leave_url"),
        (&[("CANDOR_ORGANISATION__LEAVE_URL", "javascript:alert(1)")], "organisation.leave_url"),
        (&[("CANDOR_CALENDAR__WORKING_DAYS", "[]")], "calendar.working_days"),
        (&[("CANDOR_CALENDAR__WORKING_DAYS", "[\"monday\", \"fryday\"]")], "calendar.working_days"),
        (&[("CANDOR_CALENDAR__HOLIDAYS", "[\"25.12.2026\"]")], "calendar.holidays"),
        (&[("CANDOR_CALENDAR__HOLIDAYS", "[\"2026-02-30\"]")], "calendar.holidays"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "report.example.com")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "ftp://report.example.com")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "https://report.example.com/path")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "https://report.example.com/")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "https://report.example.com?x=1")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "https://user@report.example.com")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "https://report.example.com:0")], "server.public_url"),
        (&[("CANDOR_SERVER__PUBLIC_URL", "https://")], "server.public_url"),
        (
            &[
                ("CANDOR_SERVER__PUBLIC_URL", "http://report.example.com"),
                ("CANDOR_SERVER__LISTEN", "0.0.0.0:8080"),
            ],
            "server.public_url",
        ),
        (&[("CANDOR_SERVER__ONION_URL", "http://example.com")], "server.onion_url"),
        (&[("CANDOR_DATABASE__URL", "candor.sqlite")], "database.url"),
        (&[("CANDOR_STORAGE__LARGEST_FILE_MIB", "0")], "storage.largest_file_mib"),
        (&[("CANDOR_STORAGE__LARGEST_FILE_MIB", "4097")], "storage.largest_file_mib"),
        (&[("CANDOR_STORAGE__MOST_FILES", "101")], "storage.most_files"),
        (&[("CANDOR_MAIL__INTERVAL_MINUTES", "1441")], "mail.interval_minutes"),
        (&[("CANDOR_MAIL__FROM", "")], "mail.from"),
        (&[("CANDOR_MAIL__FROM", "nobody")], "mail.from"),
        (&[("CANDOR_MAIL__SMTP__HOST", "")], "mail.smtp.host"),
        (&[("CANDOR_MAIL__SMTP__PORT", "0")], "mail.smtp.port"),
        (&[("CANDOR_MAIL__SMTP__TLS", "none")], "mail.smtp.tls"),
        (
            &[
                ("CANDOR_MAIL__SMTP__TLS", "none"),
                ("CANDOR_MAIL__SMTP__HOST", "localhost"),
                ("CANDOR_MAIL__SMTP__USERNAME", "x"),
                ("CANDOR_MAIL__SMTP__PASSWORD", "x"),
            ],
            "mail.smtp.tls",
        ),
        (&[("CANDOR_MAIL__SMTP__USERNAME", "x")], "mail.smtp.username"),
        (&[("CANDOR_MAIL__SMTP__PASSWORD", "x")], "mail.smtp.password"),
        (&[("CANDOR_MAIL__SMTP__TIMEOUT_SECONDS", "0")], "mail.smtp.timeout_seconds"),
        (&[("CANDOR_MAIL__SMTP__TIMEOUT_SECONDS", "601")], "mail.smtp.timeout_seconds"),
        (&[("CANDOR_LIMITS__FORMS_MIB", "15")], "limits.forms_mib"),
        (&[("CANDOR_LIMITS__ARRIVING_FORMS", "0")], "limits.arriving_forms"),
        (&[("CANDOR_LIMITS__CONNECTIONS", "63")], "limits.connections"),
        (&[("CANDOR_LIMITS__WORK_BITS", "29")], "limits.work_bits"),
        (&[("CANDOR_RECIPIENTS", "[]")], "recipients"),
        (&[("CANDOR_MAIL__AUDITOR", "auditor")], "mail.auditor"),
    ];
    for (pairs, key) in rows {
        let findings = set(pairs);
        assert_eq!(keys(&findings.errors), [*key], "{pairs:?}");
        let text = findings.errors[0].to_string();
        assert!(text.starts_with(&format!("{key}: ")) && text.ends_with('.'), "{text}");
    }
}

/// What is changed in a sound configuration, and the keys that the warnings then name.
type WarningRow<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn warnings() {
    let onion = "http://expyuzz4wqqyqhjn.onion";
    let rows: &[WarningRow<'_>] = &[
        (&[("CANDOR_MAIL__TRANSPORT", "folder")], &["mail.transport"]),
        (&[("CANDOR_MAIL__TRANSPORT", "memory")], &["mail.transport"]),
        (&[("CANDOR_MAIL__INTERVAL_MINUTES", "0")], &["mail.interval_minutes"]),
        (&[("CANDOR_RECORD__KEY_FILE", "")], &["record.key_file"]),
        (&[("CANDOR_MAIL__AUDITOR", "auditor@example.com")], &[]),
        (&[("CANDOR_DATABASE__URL", "sqlite:/elsewhere/candor.sqlite")], &["database.url"]),
        (&[("CANDOR_DATABASE__URL", "sqlite:../candor.sqlite")], &["database.url"]),
        (&[("CANDOR_DATABASE__URL", "sqlite:./inside/../candor.sqlite")], &[]),
        (&[("CANDOR_DATABASE__URL", "sqlite::memory:")], &["database.url"]),
        (&[("CANDOR_STORAGE__LARGEST_FILE_MIB", "4096"), ("CANDOR_STORAGE__MOST_FILES", "100")], &[]),
        (&[("CANDOR_STORAGE__LARGEST_FILE_MIB", "1"), ("CANDOR_STORAGE__MOST_FILES", "0")], &[]),
        (&[("CANDOR_LIMITS__FREE_DISK_MIB", "0")], &["limits.free_disk_mib"]),
        (&[("CANDOR_SERVER__PUBLIC_URL", onion)], &["server.public_url"]),
        (
            &[("CANDOR_SERVER__PUBLIC_URL", onion), ("CANDOR_SERVER__LISTEN", "10.0.0.1:80")],
            &["server.public_url"],
        ),
        (&[("CANDOR_SERVER__PUBLIC_URL", "http://report.example.com")], &["server.public_url"]),
        (&[("CANDOR_SERVER__PUBLIC_URL", "http://127.0.0.1:8080")], &[]),
        (&[("CANDOR_SERVER__PUBLIC_URL", "http://[::1]:8080")], &[]),
        (
            &[
                ("CANDOR_SERVER__PUBLIC_URL", "http://report.example.com"),
                ("CANDOR_SERVER__LISTEN", "0.0.0.0:80"),
                ("CANDOR_SERVER__ALLOW_PLAIN_HTTP", "true"),
            ],
            &["server.public_url"],
        ),
        (
            &[
                ("CANDOR_SERVER__PUBLIC_URL", "https://report.example.com"),
                ("CANDOR_SERVER__LISTEN", "0.0.0.0:80"),
            ],
            &[],
        ),
        (&[("CANDOR_MAIL__SMTP__TLS", "none"), ("CANDOR_MAIL__SMTP__HOST", "127.0.0.1")], &[]),
        (&[("CANDOR_MAIL__FROM", "Notices <notices@example.com>")], &[]),
        (&[("CANDOR_SERVER__ONION_URL", onion)], &[]),
    ];
    for (pairs, expected) in rows {
        let (_folder, config) = load_with(&sound(), pairs);
        let findings = config.unwrap_or_else(|error| panic!("{error}")).check();
        assert_eq!(findings.errors, [], "{pairs:?}");
        assert_eq!(keys(&findings.warnings), *expected, "{pairs:?}");
    }
}

/// A configuration sound but for its recipients.
fn with_recipients(recipients: &[String]) -> Config {
    let text = sound();
    let start = text.find("[[recipients]]").unwrap();
    load(&format!("{}{}", &text[..start], recipients.concat()))
}

#[test]
fn recipients_errors() {
    let chair = recipient("chair", "committee", Some(KEY));
    let rows = [
        (recipient("chair", "compliance", Some(OTHER_KEY)), "recipient \"chair\", id"),
        (recipient("Chair 2", "compliance", Some(OTHER_KEY)), "recipient 2, id"),
        (recipient("", "compliance", Some(OTHER_KEY)), "recipient 2, id"),
        (
            recipient("x", "compliance", Some(OTHER_KEY)).replace("x@example.com", "Ann <a@b.c>"),
            "recipient \"x\", email",
        ),
        (
            recipient("x", "compliance", Some(OTHER_KEY)).replace("x@example.com", ""),
            "recipient \"x\", email",
        ),
        (recipient("x", "compliance", Some(OTHER_KEY)).replace("The x", " "), "recipient \"x\", title"),
        (recipient("x", "compliance", Some(&OTHER_KEY[..60])), "recipient \"x\", public_key"),
        (recipient("x", "compliance", Some("ssh-ed25519 AAAA")), "recipient \"x\", public_key"),
        (recipient("x", "compliance", Some(KEY)), "recipient \"x\", public_key"),
        (recipient("x", "compliance", Some(PRIVATE_KEY)), "recipient \"x\", public_key"),
    ];
    for (second, key) in rows {
        let config = with_recipients(&[chair.clone(), second.clone()]);
        let errors = config.check().errors;
        assert!(keys(&errors).contains(&key), "{second}: {errors:?}");
    }
}

#[test]
fn a_pasted_private_key_is_called_by_its_name_and_never_printed() {
    for key in [PRIVATE_KEY.to_owned(), PRIVATE_KEY.to_lowercase(), format!(" {PRIVATE_KEY} ")] {
        let findings = with_recipients(&[recipient("chair", "committee", Some(&key))]).check();
        let errors: Vec<String> = findings.errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            errors,
            [
                "recipient \"chair\", public_key: This is a PRIVATE key, and it is no longer private: it has been in a \
              configuration. Make a new key with `candor keygen`, put its public key (\"age1…\") here, and never use \
              this one again."
            ]
        );
        assert!(!format!("{findings:?}").to_uppercase().contains("SECRET-KEY"));
    }
}

#[test]
fn recipients_warnings() {
    let committee = |id, key| recipient(id, "committee", key);
    let counsel = || recipient("counsel", "counsel", Some(THIRD_KEY));
    let rows: Vec<(Vec<String>, Vec<&str>)> = vec![
        (
            vec![committee("chair", None)],
            vec![
                "no public key, so this recipient",
                "pages stay closed",
                "report about the whole committee may be refused",
            ],
        ),
        (
            vec![committee("chair", None), counsel()],
            vec!["no public key, so this recipient", "every report goes to counsel alone"],
        ),
        (vec![committee("chair", Some(KEY)), counsel()], vec!["Only one recipient on the committee"]),
        (
            vec![committee("chair", Some(KEY)), committee("alternate", Some(OTHER_KEY))],
            vec!["report about the whole committee may be refused"],
        ),
        (
            vec![
                committee("chair", Some(KEY)),
                committee("alternate", Some(OTHER_KEY)).replace("alternate@", "Chair@"),
                counsel(),
            ],
            vec!["would still tell the other"],
        ),
        (
            vec![
                committee("chair", Some(KEY)),
                committee("alternate", Some(OTHER_KEY)).replace("The alternate", "The chair"),
                counsel() + "reads = true\n",
            ],
            vec!["cannot tell them apart", "is for supervisors"],
        ),
        (
            vec![
                committee("chair", Some(KEY)),
                committee("alternate", Some(OTHER_KEY)),
                counsel(),
                recipient("supervisor", "supervisor", None) + "reads = true\n",
            ],
            vec!["no public key, so this recipient", "This supervisor reads"],
        ),
    ];
    for (recipients, expected) in rows {
        let findings = with_recipients(&recipients).check();
        assert_eq!(findings.errors, [], "{recipients:?}");
        assert_eq!(findings.warnings.len(), expected.len(), "{:?}", findings.warnings);
        for (finding, part) in findings.warnings.iter().zip(expected) {
            assert!(finding.to_string().contains(part), "{part}: {finding}");
        }
    }
}

#[test]
fn recipients_have_their_defaults() {
    let config = with_recipients(&[
        recipient("counsel", "counsel", Some(THIRD_KEY)),
        recipient("chair", "committee", Some(&format!(" {KEY} "))),
        recipient("alternate", "committee", Some("age1broken")),
        recipient("compliance", "compliance", Some("")),
        recipient("office", "compliance", None) + "choosable = false\n",
        recipient("boss", "supervisor", None) + "reads = true\n",
        recipient("sleuth", "investigator", None) + "choosable = true\nreads = true\n",
    ]);
    let recipients = config.recipients();
    let choosable: Vec<&str> = recipients.choosable().map(|each| each.id.as_str()).collect();
    assert_eq!(choosable, ["chair", "compliance", "boss", "sleuth"]);
    let reading: Vec<&str> =
        recipients.iter().filter(|each| each.reads).map(|each| each.id.as_str()).collect();
    assert_eq!(reading, ["boss"]);
    let with_key: Vec<&str> =
        recipients.iter().filter(|each| each.has_key()).map(|each| each.id.as_str()).collect();
    assert_eq!(with_key, ["counsel", "chair"]);
    assert_eq!(recipients.chair().unwrap().id, "chair");
    assert_eq!(recipients.get("alternate").unwrap().public_key, None);
}
