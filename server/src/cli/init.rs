//! `candor init`: writes a production configuration, asking for what it was not told.

use super::config_check::print_findings;
use crate::config::init::{InitAnswers, InitLogin, InitMail, InitRecipient, render};
use crate::config::{Config, SmtpTls, record_key};
use crate::domain::recipient::RecipientKind;
use anyhow::{Context, anyhow, bail};
use candor_crypto::record::RecordKey;
use clap::{Args, ValueEnum};
use std::fs::OpenOptions;
use std::io::{BufRead, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `candor init`.
#[derive(Args)]
#[command(after_help = "Examples:\n  candor init                        asks for everything\n  \
    candor init --output candor.toml --organisation 'Example Corporation' \\\n    \
    --public-url https://speak.example.com --data-dir /var/lib/candor \\\n    \
    --mail-from reports@example.com --smtp-host mail.example.com \\\n    \
    --recipient 'id=chair,kind=committee,title=Audit Committee chair,email=chair@example.com,key=age1…'\n\n\
    Recipients make their own keys (`candor keygen`) and hand over the public key alone. A key may be added later; \
    the reporter pages stay closed until somebody could read a report.")]
pub struct InitArgs {
    /// The file to write; it must not exist
    #[arg(long, value_name = "FILE", default_value = "candor.toml")]
    output: PathBuf,
    /// The organisation's name, as reporters read it
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// Time zone in which days begin and end (IANA name)
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The address people type, beginning with https://
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// The folder for everything that the service keeps
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Sender of the notices
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// SMTP server; without it notices become files in the folder `mail`
    #[arg(long, value_name = "HOST")]
    smtp_host: Option<String>,
    /// Its port
    #[arg(long, value_name = "PORT", default_value_t = 587)]
    smtp_port: u16,
    /// How the connection to it is encrypted
    #[arg(long, value_name = "HOW", default_value = "starttls")]
    smtp_tls: TlsChoice,
    /// User name at the SMTP server
    #[arg(long, value_name = "NAME", requires = "smtp_password_file")]
    smtp_username: Option<String>,
    /// File that holds the password for it
    #[arg(long, value_name = "FILE", requires = "smtp_username")]
    smtp_password_file: Option<PathBuf>,
    /// A recipient: id=…,kind=committee|compliance|supervisor|counsel|investigator,title=…,email=…[,key=age1…]; may be
    /// repeated, the first of kind committee is the chair
    #[arg(long, value_name = "FIELDS")]
    recipient: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum TlsChoice {
    Starttls,
    Tls,
    None,
}

/// Runs the command.
///
/// # Errors
/// A sentence that says what is missing or cannot be written.
pub fn run(args: InitArgs) -> anyhow::Result<ExitCode> {
    if args.output.exists() {
        bail!("{} exists already; name another file with --output", args.output.display());
    }
    let mut asker = Asker::new();
    let organisation = asker.answer(args.organisation, "--organisation", "Name of the organisation", None)?;
    let time_zone = asker.answer(args.time_zone, "--time-zone", "Time zone", Some("UTC"))?;
    let public_url =
        asker.answer(args.public_url, "--public-url", "Address that reporters type (https://…)", None)?;
    let listen = match args.listen {
        Some(address) => address,
        None => asker
            .answer(None, "--listen", "Address and port to listen on", Some("127.0.0.1:8080"))?
            .parse()
            .context("that is not an address with a port, such as 127.0.0.1:8080")?,
    };
    let data_dir = match args.data_dir {
        Some(folder) => folder,
        None => asker.answer(None, "--data-dir", "Folder for the data", Some("/var/lib/candor"))?.into(),
    };
    let from = asker.answer(args.mail_from, "--mail-from", "Sender of the notices", None)?;
    let smtp_host = match args.smtp_host {
        Some(host) => host,
        None => asker.answer(None, "--smtp-host", "SMTP server (empty: write notices as files)", Some(""))?,
    };
    let mail = if smtp_host.is_empty() {
        InitMail::Folder { folder: PathBuf::from("mail"), from }
    } else {
        InitMail::Smtp {
            host: smtp_host,
            port: args.smtp_port,
            tls: match args.smtp_tls {
                TlsChoice::Starttls => SmtpTls::Starttls,
                TlsChoice::Tls => SmtpTls::Tls,
                TlsChoice::None => SmtpTls::None,
            },
            from,
            login: args
                .smtp_username
                .zip(args.smtp_password_file)
                .map(|(username, password_file)| InitLogin { username, password_file }),
        }
    };
    let mut recipients =
        args.recipient.iter().map(|fields| parse_recipient(fields)).collect::<Result<Vec<_>, _>>()?;
    if recipients.is_empty() {
        recipients = asker.recipients()?;
    }
    let record_key_file = PathBuf::from(record_key::FILE);
    let key_file = args.output.with_file_name(&record_key_file);
    if key_file.exists() {
        bail!("{} exists already; name a file in another folder with --output", key_file.display());
    }
    let answers = InitAnswers {
        organisation,
        time_zone,
        public_url,
        listen,
        data_dir,
        record_key_file,
        mail,
        recipients,
    };
    let text = render(&answers);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.output)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .with_context(|| format!("{} cannot be written", args.output.display()))?;
    record_key::write(&key_file, &RecordKey::generate(&mut crate::randomness::system()))
        .with_context(|| format!("{} cannot be written", key_file.display()))?;
    println!("Wrote {} and {}, which signs the public record.", args.output.display(), key_file.display());
    let findings = Config::load(Some(&args.output), std::iter::empty())?.check();
    print_findings(&findings);
    println!(
        "Next: look it over, then `candor config check --config {0}` and `candor serve --config {0}`.",
        args.output.display()
    );
    Ok(if findings.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse_recipient(fields: &str) -> anyhow::Result<InitRecipient> {
    let value = |name: &str| {
        fields
            .split(',')
            .filter_map(|field| field.split_once('='))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim().to_owned())
    };
    let need = |name: &str| value(name).ok_or_else(|| anyhow!("--recipient '{fields}' has no {name}=…"));
    let kind = need("kind")?;
    Ok(InitRecipient {
        id: need("id")?,
        kind: RecipientKind::parse(&kind)
            .ok_or_else(|| anyhow!("{kind} is not a kind of recipient; there are committee, compliance, supervisor, counsel and investigator"))?,
        title: need("title")?,
        email: need("email")?,
        public_key: value("key"),
    })
}

/// Asks on the terminal; where there is none, names the flag that would have answered.
struct Asker {
    terminal: bool,
}

impl Asker {
    fn new() -> Self {
        Self { terminal: std::io::stdin().is_terminal() }
    }

    fn answer(
        &mut self,
        given: Option<String>,
        flag: &str,
        question: &str,
        default: Option<&str>,
    ) -> anyhow::Result<String> {
        if let Some(given) = given {
            return Ok(given);
        }
        if !self.terminal {
            return default
                .map(ToOwned::to_owned)
                .ok_or_else(|| anyhow!("{flag} is needed where nobody can be asked"));
        }
        loop {
            match default {
                Some(default) if !default.is_empty() => eprint!("{question} [{default}]: "),
                _ => eprint!("{question}: "),
            }
            let mut line = String::new();
            if std::io::stdin().lock().read_line(&mut line)? == 0 {
                bail!("the input ended before everything was answered; nothing was written");
            }
            match (line.trim(), default) {
                ("", Some(default)) => return Ok(default.to_owned()),
                ("", None) => eprintln!("This needs an answer."),
                (answer, _) => return Ok(answer.to_owned()),
            }
        }
    }

    fn recipients(&mut self) -> anyhow::Result<Vec<InitRecipient>> {
        let mut recipients = Vec::new();
        for (id, kind, title) in [
            ("chair", RecipientKind::Committee, "Audit Committee chair"),
            ("alternate", RecipientKind::Committee, "Audit Committee alternate"),
            ("compliance", RecipientKind::Compliance, "Compliance Office"),
            ("counsel", RecipientKind::Counsel, "Outside counsel"),
        ] {
            let optional = id != "chair";
            let question =
                format!("E-mail address of the {title}{}", if optional { " (empty: none)" } else { "" });
            let email = self.answer(None, "--recipient", &question, optional.then_some(""))?;
            if email.is_empty() {
                continue;
            }
            let key =
                self.answer(None, "--recipient", "  public key, age1… (empty: add it later)", Some(""))?;
            recipients.push(InitRecipient {
                id: id.to_owned(),
                kind,
                title: title.to_owned(),
                email,
                public_key: Some(key).filter(|key| !key.is_empty()),
            });
        }
        Ok(recipients)
    }
}
