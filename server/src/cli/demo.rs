//! `candor demo`: the whole product with keys, mail and data of its own. Never for real reports: the private keys lie
//! beside the data.

use super::{sample, serve};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::domain::recipient::RecipientKind;
use crate::startup::{Application, termination};
use anyhow::Context;
use candor_crypto::{PrivateKey, keyfile};
use clap::Args;
use jiff::tz::TimeZone;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Arguments of `candor demo`.
#[derive(Args)]
#[command(
    after_help = "The data folder holds everything: candor.toml, the database, keys/ and mail/. A second start \
                        finds it again; delete the folder to begin anew."
)]
pub struct DemoArgs {
    /// Where to listen; port 0 lets the system choose
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder for everything the demonstration keeps
    #[arg(long, value_name = "DIR", default_value = "candor-demo")]
    data: PathBuf,
    /// Fill an empty demonstration with made-up cases
    #[arg(long)]
    sample: bool,
    /// Fill it with this many made-up cases, to see how many feel
    #[arg(long, value_name = "N", requires = "sample", default_value_t = 0)]
    cases: usize,
}

/// The roles of the demonstration: id, kind, title.
const ROLES: [(&str, RecipientKind, &str); 5] = [
    ("chair", RecipientKind::Committee, "Audit Committee chair"),
    ("alternate", RecipientKind::Committee, "Audit Committee alternate"),
    ("compliance", RecipientKind::Compliance, "Compliance Office"),
    ("supervisor-finance", RecipientKind::Supervisor, "Supervisor, Finance"),
    ("supervisor-operations", RecipientKind::Supervisor, "Supervisor, Operations"),
];

/// Runs the command.
///
/// # Errors
/// A sentence that says why the demonstration cannot start.
pub fn run(args: &DemoArgs) -> anyhow::Result<ExitCode> {
    serve::keep_files_private();
    let data = prepare(&args.data)?;
    let file = data.join("candor.toml");
    let mut config = Config::load(Some(&file), std::env::vars_os())?;
    config.server.listen = args.listen;
    config.server.public_url = format!("http://{}", args.listen);
    serve::start_logging(&config);
    serve::confine(&config);
    serve::block_on(async move {
        let application = serve::build(&config, true).await?;
        let words = if args.sample {
            sample::fill(&config, &application.store, &application.blobs, args.cases).await?
        } else {
            None
        };
        explain(&application, &data, words.as_deref().map(String::as_str))?;
        serve::announce(&application)?;
        application.run_until(termination()).await.context("the demonstration stopped")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the folder, keys and configuration where they are missing. A half-made folder is completed: the configuration
/// is written last.
fn prepare(data: &Path) -> anyhow::Result<PathBuf> {
    let keys = data.join("keys");
    fs::create_dir_all(&keys).with_context(|| format!("the folder {} cannot be made", data.display()))?;
    let data = fs::canonicalize(data)?;
    let file = data.join("candor.toml");
    if file.exists() {
        return Ok(data);
    }
    let today = SystemClock::new(TimeZone::UTC).today().iso();
    let mut text = "# Written by `candor demo`. The private keys lie in keys/: never use this for real reports.\n\n\
         [organisation]\nname = \"Example Corporation\"\n\n[storage]\ndata_dir = \".\"\n\n\
         [mail]\ntransport = \"folder\"\nfolder = \"mail\"\nfrom = \"reports@example.com\"\ninterval_minutes = 0\n"
        .to_owned();
    for (id, kind, title) in ROLES {
        let path = keys.join(format!("{id}.key"));
        let public_key = if path.exists() {
            let private = candor_crypto::open::read_keyfile(&fs::read(&path)?, || None).map_err(|_| {
                anyhow::anyhow!("{} is not a key file; delete the folder to begin anew", path.display())
            })?;
            private.public_key()
        } else {
            let private = PrivateKey::generate();
            let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            out.write_all(keyfile::plain(&private, &today).as_bytes())?;
            out.sync_all()?;
            private.public_key()
        };
        write!(
            text,
            "\n[[recipients]]\nid = \"{id}\"\nkind = \"{}\"\ntitle = \"{title}\"\nemail = \"{id}@example.com\"\npublic_key = \"{}\"\n",
            kind.code(),
            public_key.as_str()
        )?;
    }
    let half = data.join("candor.toml.new");
    fs::write(&half, text)?;
    fs::rename(&half, &file)?;
    Ok(data)
}

fn explain(application: &Application, data: &Path, words: Option<&str>) -> anyhow::Result<()> {
    let address = application.address();
    // Browsers tie passkeys to names, not to addresses.
    let console = if address.ip().is_loopback() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    };
    let program = std::env::args().next().unwrap_or_else(|| "candor".to_owned());
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Candor demonstration. Its private keys lie beside its data: never use it for real reports.\n\n  \
         report or check     http://{address}/\n  \
         the console         {console}/console (unlock with a key of the next line, no passphrase)\n  \
         recipients' keys    {data}/keys/\n  \
         their e-mail        {data}/mail/\n  \
         read cases          {program} case list --server http://{address} --identity {data}/keys/chair.key\n  \
         read one case       {program} case show CASE --server http://{address} --identity {data}/keys/chair.key\n  \
         with stock age      {program} case export CASE --output DIR … , then follow DIR/README.txt",
        data = data.display(),
    )?;
    if let Some(words) = words {
        writeln!(out, "  words of a sample   {words}")?;
    }
    writeln!(out, "\nStop it with Ctrl-C. Delete {} to begin anew.\n", data.display())?;
    Ok(())
}
