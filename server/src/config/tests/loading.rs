//! What is read, from where, and how a refusal is worded.

use super::*;

#[test]
fn the_defaults_load_and_lack_only_recipients() {
    let config = load_environment(&[]);
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.onion_url, None);
    assert_eq!(config.data_dir(), Path::new("data"));
    assert_eq!(config.mail.folder, Path::new("data/mail"));
    assert_eq!(config.database_url(), "sqlite:data/candor.sqlite");
    assert_eq!(config.mail.interval_minutes, 30);
    assert!(config.mail.smtp.password.is_none());
    assert!(config.recipients().is_empty());
    assert_eq!(keys(&config.check().errors), ["recipients"]);
}

#[test]
fn a_sound_configuration_has_no_findings() {
    assert_eq!(load(&sound()).check(), Findings::default());
}

#[test]
fn the_file_wins_over_the_defaults_and_the_environment_over_both() {
    let text = "[mail]\ninterval_minutes = 15\n[organisation]\nname = \"File\"\n";
    let config = load(text);
    assert_eq!((config.mail.interval_minutes, config.organisation.name.as_str()), (15, "File"));
    let (_folder, config) = load_with(
        text,
        &[
            ("CANDOR_ORGANISATION__NAME", "42"),
            ("CANDOR_SERVER__ALLOW_PLAIN_HTTP", "true"),
            ("CANDOR_MAIL__SMTP__PORT", "25"),
            ("CANDOR_MAIL__SMTP__PASSWORD", "0123"),
            ("CANDOR_SERVER__LISTEN", "[::1]:9000"),
            // Not for the configuration.
            ("CANDOR_CONFIG", "elsewhere.toml"),
            ("CANDOR_PASSPHRASE", "not a key"),
            ("CANDOR_BIN", "not a key"),
            ("CANDOR_TEST_PYTHON", "not a key"),
            ("PATH", "/bin"),
        ],
    );
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(config.organisation.name, "42", "text stays text, whatever it looks like");
    assert!(config.server.allow_plain_http);
    assert_eq!(config.mail.smtp.port, 25);
    assert_eq!(config.mail.smtp.password.unwrap().expose(), "0123");
    assert_eq!(config.server.listen.to_string(), "[::1]:9000");
    assert_eq!(config.mail.interval_minutes, 15);
}

#[test]
fn recipients_can_come_from_the_environment() {
    let list = format!(
        "[{{ id = \"chair\", kind = \"committee\", title = \"Chair\", email = \"c@example.com\", public_key = \"{KEY}\" }}]"
    );
    let config = load_environment(&[("CANDOR_RECIPIENTS", &list)]);
    assert!(config.recipients().readable());
    assert_eq!(
        environment_refusal(&[("CANDOR_RECIPIENTS", "chair")]),
        "The environment sets CANDOR_RECIPIENTS to something else than it takes: it must be a TOML list such as \
         [{ id = \"chair\", … }]."
    );
}

#[test]
fn unknown_keys_are_named_with_the_one_that_was_meant() {
    for (text, key, advice) in [
        ("[server]\nlisten_on = \"x\"", "server.listen_on", "Did you mean server.listen?"),
        ("[sever]\nlisten = \"x\"", "sever", "Did you mean server?"),
        ("[colour]\nscheme = \"x\"", "colour", "Remove it; `candor config default` lists every key."),
        ("[organization]\nname = \"x\"", "organization", "Did you mean organisation?"),
        (
            "[organisation]\ntimezone = \"UTC\"",
            "organisation.timezone",
            "Did you mean organisation.time_zone?",
        ),
        ("time_zone = \"UTC\"", "time_zone", "Did you mean organisation.time_zone?"),
        ("[mail.smtp]\npasswd = \"x\"", "mail.smtp.passwd", "Did you mean mail.smtp.password?"),
        ("[mail]\ntls = \"x\"", "mail.tls", "Did you mean mail.smtp.tls?"),
        (
            "[server]\nfrobnicate = 1",
            "server.frobnicate",
            "Remove it; `candor config default` lists every key.",
        ),
        (
            "[[recipients]]\npublickey = \"x\"",
            "publickey (recipient 1 of recipients)",
            "Did you mean public_key?",
        ),
        ("[[recipient]]\nid = \"x\"", "recipient", "Did you mean recipients?"),
    ] {
        let (folder, loaded) = load_with(text, &[]);
        let origin = folder.path().join("candor.toml");
        assert_eq!(
            loaded.err().expect(text).to_string(),
            format!(
                "The configuration file {} sets {key}, and there is no such key. {advice}",
                origin.display()
            )
        );
    }
    for (name, near) in [
        ("CANDOR_MAIL_FROM", "CANDOR_MAIL__FROM"),
        ("CANDOR_SERVER__LISTN", "CANDOR_SERVER__LISTEN"),
        ("CANDOR_LISTEN", "CANDOR_SERVER__LISTEN"),
        ("CANDOR_MAIL__SMTP_HOST", "CANDOR_MAIL__SMTP__HOST"),
    ] {
        assert_eq!(
            environment_refusal(&[(name, "x")]),
            format!("The environment sets {name}, and there is no such key. Did you mean {near}?")
        );
    }
}

#[test]
fn wrong_kinds_of_values_are_explained() {
    for (text, key, expected) in [
        ("[mail]\ninterval_minutes = \"often\"", "mail.interval_minutes", "a whole number, 0 or more"),
        ("[mail]\ninterval_minutes = -1", "mail.interval_minutes", "a whole number, 0 or more"),
        ("[mail.smtp]\nport = 99999", "mail.smtp.port", "a whole number from 0 to 65535"),
        ("[mail]\ntransport = \"pigeon\"", "mail.transport", "one of \"smtp\", \"folder\", \"memory\""),
        ("[organisation]\nname = 7", "organisation.name", "text in quotes"),
        ("[storage]\ndata_dir = 7", "storage.data_dir", "text in quotes"),
        ("[server]\nallow_plain_http = \"no\"", "server.allow_plain_http", "true or false"),
        (
            "[server]\nlisten = \"localhost\"",
            "server.listen",
            "an IP address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"",
        ),
        ("server = 3", "server", "a section with keys of its own"),
        ("recipients = 3", "recipients", "a list"),
        (
            &recipient("chair", "boss", None),
            "kind (recipient 1 of recipients)",
            "one of \"committee\", \"compliance\", \"supervisor\", \"counsel\", \"investigator\"",
        ),
    ] {
        let sentence = refusal(text);
        let end = format!(" sets {key} to something else than it takes: it must be {expected}.");
        assert!(sentence.ends_with(&end), "{text:?}: {sentence}");
    }
    let missing = refusal("[[recipients]]\nid = \"chair\"\nkind = \"committee\"\ntitle = \"Chair\"\n");
    assert!(missing.ends_with(": email (recipient 1 of recipients) is missing. Add it."), "{missing}");
    for (name, value, expected) in [
        ("CANDOR_MAIL__INTERVAL_MINUTES", "often", "a whole number"),
        ("CANDOR_SERVER__ALLOW_PLAIN_HTTP", "yes", "true or false"),
        ("CANDOR_MAIL", "x", "left unset: it is a section, and only its keys have a value"),
    ] {
        assert_eq!(
            environment_refusal(&[(name, value)]),
            format!("The environment sets {name} to something else than it takes: it must be {expected}.")
        );
    }
}

#[test]
fn no_sentence_repeats_a_value() {
    for text in [
        "[mail.smtp]\npassword = \"hunter2",
        "[mail.smtp]\npassword = hunter2",
        "[mail.smtp]\npassword = 'hunter2' 'hunter2'",
        "[mail.smtp]\npassword = [\"hunter2\"]",
        "[mail.smtp]\npassword = { hunter2 = \"hunter2\" }",
        "[mail.smtp]\npassword = \"\\hunter2\"",
        "[mail.smtp]\npassword = \"hunter2\"\npassword = \"hunter2\"",
        "[mail.smtp]\npassword = \"hunter2\"\npassword_file = \"hunter2\"",
    ] {
        let sentence = refusal(text);
        assert!(!sentence.contains("hunter2"), "{sentence}");
    }
    assert!(refusal("[server]\n\nlisten = \"x").contains("is not valid TOML (line 3): "));
}

#[test]
fn a_file_that_is_not_there_is_said_so() {
    let error = Config::load(Some(Path::new("nowhere/candor.toml")), environment(&[])).err().unwrap();
    assert!(error.to_string().starts_with("The configuration file nowhere/candor.toml cannot be read: "));
}

#[test]
fn secrets_come_from_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    for (content, secret) in [
        (&b"hunter2\n"[..], "hunter2"),
        (b"hunter2\r\n", "hunter2"),
        (b"hunter2", "hunter2"),
        (b" hunter2 \n\n", " hunter2 \n"),
    ] {
        let path = file("password", content);
        let config = load_environment(&[("CANDOR_MAIL__SMTP__PASSWORD_FILE", &path)]);
        assert_eq!(config.mail.smtp.password.unwrap().expose(), secret);
    }
    let url = file("url", b"sqlite:/elsewhere/candor.sqlite\n");
    let config = load_environment(&[("CANDOR_DATABASE__URL_FILE", &url)]);
    assert_eq!(config.database_url(), "sqlite:/elsewhere/candor.sqlite");

    for (content, problem) in [
        (&b""[..], "which is empty."),
        (b"\n", "which is empty."),
        (b"\xff", "which cannot be read: stream did not contain valid UTF-8."),
        (&vec![b'x'; 70_000], "which is far too large to hold a secret."),
    ] {
        let path = file("password", content);
        assert_eq!(
            environment_refusal(&[("CANDOR_MAIL__SMTP__PASSWORD_FILE", &path)]),
            format!("mail.smtp.password_file names {path}, {problem}")
        );
    }
    let missing = environment_refusal(&[("CANDOR_MAIL__SMTP__PASSWORD_FILE", "/nowhere/password")]);
    assert!(missing.starts_with("mail.smtp.password_file names /nowhere/password, which cannot be read: "));
}

#[test]
fn a_secret_is_given_once() {
    for (text, pairs) in [
        ("[mail.smtp]\npassword = \"x\"\npassword_file = \"y\"", vec![]),
        ("[mail.smtp]\npassword = \"x\"", vec![("CANDOR_MAIL__SMTP__PASSWORD_FILE", "y")]),
    ] {
        assert_eq!(
            load_with(text, &pairs).1.err().unwrap().to_string(),
            "mail.smtp.password and mail.smtp.password_file are both set. Keep one of them, preferably \
             mail.smtp.password_file."
        );
    }
    let twice = refusal("[database]\nurl = \"sqlite:a\"\nurl_file = \"b\"");
    assert!(twice.starts_with("database.url and database.url_file are both set."));
}

#[test]
fn relative_paths_count_from_the_file_and_the_data_folder() {
    let text =
        "[storage]\ndata_dir = \"d%a ?ta\"\n[mail]\nfolder = \"out\"\n[mail.smtp]\nca_file = \"ca.pem\"\n";
    let (folder, config) = load_with(text, &[]);
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    let data_dir = folder.path().join("d%a ?ta");
    assert_eq!(config.data_dir(), data_dir);
    assert_eq!(config.mail.folder, data_dir.join("out"));
    assert_eq!(config.mail.smtp.ca_file, Some(folder.path().join("ca.pem")));
    let url = format!("sqlite:{}/d%25a %3Fta/candor.sqlite", folder.path().display());
    assert_eq!(config.database_url(), url);
    assert!(!keys(&config.check().warnings).contains(&"database.url"));

    for (typed, resolved) in [
        ("sqlite:x.sqlite", "sqlite:/d/x.sqlite"),
        ("sqlite://x.sqlite?mode=rwc", "sqlite:/d/x.sqlite?mode=rwc"),
        ("sqlite:///e/x.sqlite", "sqlite:/e/x.sqlite"),
        ("sqlite:/e/x%3F.sqlite", "sqlite:/e/x%3F.sqlite"),
        ("sqlite::memory:", "sqlite::memory:"),
    ] {
        let config = load_environment(&[("CANDOR_STORAGE__DATA_DIR", "/d"), ("CANDOR_DATABASE__URL", typed)]);
        assert_eq!(config.database_url(), resolved);
    }
}

/// The comment in `default.toml` and the code name the same keys of a recipient.
#[test]
fn the_commented_recipient_is_one_that_loads() {
    // One comment sign less: its own comments keep theirs.
    let uncommented: String = layers::DEFAULT
        .lines()
        .skip_while(|line| *line != "# [[recipients]]")
        .map(|line| line.strip_prefix("# ").unwrap())
        .flat_map(|line| [line, "\n"])
        .collect();
    let config = load(&uncommented.replace("age1…", KEY));
    assert!(config.recipients().readable());
    assert_eq!(config.check().errors, []);
    for key in key::RECIPIENT_KEYS {
        assert!(uncommented.contains(&format!("\n{key} = ")), "{key}");
    }
}
