//! What `candor init` writes.

use super::*;
use crate::config::init::{InitAnswers, InitLogin, InitMail, InitRecipient, render};

fn example_answers() -> InitAnswers {
    let recipient = |id: &str, kind, title: &str| InitRecipient {
        id: id.to_owned(),
        kind,
        title: title.to_owned(),
        email: format!("{id}@example.com"),
        public_key: None,
    };
    InitAnswers {
        organisation: "Example Corporation".to_owned(),
        time_zone: "America/New_York".to_owned(),
        public_url: "https://report.example.com".to_owned(),
        listen: "127.0.0.1:8080".parse().unwrap(),
        data_dir: "/var/lib/candor".into(),
        record_key_file: "record.key".into(),
        mail: InitMail::Smtp {
            host: "mail.example.com".to_owned(),
            port: 587,
            tls: SmtpTls::Starttls,
            from: "Notices <notices@example.com>".to_owned(),
            login: None,
        },
        recipients: vec![
            recipient("chair", RecipientKind::Committee, "Audit Committee chair"),
            recipient("alternate", RecipientKind::Committee, "Audit Committee alternate"),
            recipient("compliance", RecipientKind::Compliance, "Compliance Office"),
            recipient("supervisor-finance", RecipientKind::Supervisor, "Supervisor, Finance"),
            recipient("counsel", RecipientKind::Counsel, "Outside counsel"),
        ],
    }
}

/// The example has no keys on purpose: with somebody else's, reports would be lost. To write it
/// anew, run this test with `BLESS_EXAMPLE` naming the file.
#[test]
fn the_example_is_what_init_writes_and_has_no_errors() {
    let example = include_str!("../../../../config/production.example.toml");
    if let Some(path) = std::env::var_os("BLESS_EXAMPLE") {
        fs::write(path, render(&example_answers())).unwrap();
        return;
    }
    assert_eq!(example, render(&example_answers()));
    let findings = load(example).check();
    assert_eq!(findings.errors, []);
    assert!(keys(&findings.warnings).iter().all(|key| key.ends_with("public_key") || *key == "recipients"));
}

#[test]
fn what_init_writes_says_what_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let password_file = folder.path().join("pass\"word");
    fs::write(&password_file, "hunter2\n").unwrap();
    let mut answers = example_answers();
    answers.organisation = "\"Ünïcode\" & Sons \\ Co\n[server] '''".to_owned();
    answers.mail = InitMail::Smtp {
        host: "127.0.0.1".to_owned(),
        port: 465,
        tls: SmtpTls::Tls,
        from: "\"Notices, neutral\" <notices@example.com>".to_owned(),
        login: Some(InitLogin { username: "user\tname".to_owned(), password_file }),
    };
    answers.recipients[0].title = "Chair # of the \"Audit\" Committee".to_owned();
    for (recipient, key) in answers.recipients.iter_mut().zip([KEY, OTHER_KEY]) {
        recipient.public_key = Some(key.to_owned());
    }
    let config = load(&render(&answers));
    assert_eq!(config.check().errors, []);
    assert_eq!(config.organisation.name, answers.organisation);
    assert_eq!(config.organisation.time_zone, answers.time_zone);
    assert_eq!(config.server.public_url, answers.public_url);
    assert_eq!(config.server.listen, answers.listen);
    assert_eq!(config.data_dir(), answers.data_dir);
    assert_eq!(config.mail.smtp.port, 465);
    assert_eq!(config.mail.smtp.tls, SmtpTls::Tls);
    assert_eq!(config.mail.smtp.username.as_deref(), Some("user\tname"));
    assert_eq!(config.mail.smtp.password.as_ref().unwrap().expose(), "hunter2");
    assert_eq!(config.recipients[0].title, answers.recipients[0].title);
    assert_eq!(config.recipients().committee().filter(|each| each.has_key()).count(), 2);

    answers.mail = InitMail::Folder { folder: "out going".into(), from: "notices@example.com".to_owned() };
    let config = load(&render(&answers));
    assert_eq!(config.check().errors, []);
    assert_eq!(config.mail.transport, MailTransport::Folder);
    assert_eq!(config.mail.folder, answers.data_dir.join("out going"));
}
