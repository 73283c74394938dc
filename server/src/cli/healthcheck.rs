//! `candor healthcheck`: whether a running service is well.

use crate::config::Config;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use ureq::Agent;

/// How long the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Arguments of `candor healthcheck`.
#[derive(Args)]
#[command(after_help = "Examples:
  candor healthcheck                                   the default address, http://127.0.0.1:8080
  candor healthcheck --config /etc/candor/candor.toml  the address in that configuration
  candor healthcheck --url http://127.0.0.1:9000

Prints `healthy` and ends with 0, or `unhealthy` (it answers, but its database does not) or `unreachable` (no answer \
within 5 seconds) and ends with 1.")]
pub struct HealthcheckArgs {
    /// Where the service is
    #[arg(long, value_name = "URL", conflicts_with = "config")]
    url: Option<String>,
    /// Take the address from this configuration
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A sentence that says why the configuration cannot be read.
pub fn run(args: HealthcheckArgs) -> anyhow::Result<ExitCode> {
    let HealthcheckArgs { url, config } = args;
    let base = match (url, config.or_else(|| std::env::var_os("CANDOR_CONFIG").map(PathBuf::from))) {
        (Some(url), _) => url,
        (None, config) => url_of(Config::load(config.as_deref(), std::env::vars_os())?.server.listen)?,
    };
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy's health is not the service's.
        .proxy(None)
        .timeout_global(Some(PATIENCE))
        .build()
        .new_agent();
    let (word, code) = match agent.get(format!("{}/healthz", base.trim_end_matches('/'))).call() {
        Ok(answer) if answer.status() == 200 => ("healthy", ExitCode::SUCCESS),
        Ok(_) => ("unhealthy", ExitCode::FAILURE),
        Err(_) => ("unreachable", ExitCode::FAILURE),
    };
    println!("{word}");
    Ok(code)
}

/// Where a service that listens there is reached from the same machine.
fn url_of(listen: SocketAddr) -> anyhow::Result<String> {
    anyhow::ensure!(
        listen.port() != 0,
        "the configuration lets the system choose the port; name the address with --url"
    );
    let address = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    Ok(format!("http://{}", SocketAddr::new(address, listen.port())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everywhere_is_reached_at_this_machine() {
        for (listen, url) in [
            ("0.0.0.0:8080", "http://127.0.0.1:8080"),
            ("[::]:80", "http://[::1]:80"),
            ("10.0.0.5:9000", "http://10.0.0.5:9000"),
        ] {
            assert_eq!(url_of(listen.parse().unwrap()).unwrap(), url);
        }
        assert!(url_of("127.0.0.1:0".parse().unwrap()).is_err());
    }
}
