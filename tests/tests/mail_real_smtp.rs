//! Mail against a real SMTP server (`tests/smtp/server.py`) that stalls, refuses, breaks off and comes back. Needs
//! Python with aiosmtpd, and the `openssl` command.

use candor::jobs::Outcome;
use candor::jobs::outbox::Outbox;
use candor::mail::{Mailer, Notice, Reason, SendError, SmtpSettings, SmtpTls};
use candor_tests::notices::{START, clock, put, recipients, store, template};
use candor_tests::smtp::{Arrival, Certificates, ServerSettings, ServerTls, SmtpServer};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};
use uuid::Uuid;
use zeroize::Zeroizing;

const PATIENCE: Duration = Duration::from_secs(10);

fn settings(port: u16, tls: SmtpTls, ca_file: Option<PathBuf>) -> SmtpSettings {
    let host = "localhost".to_owned();
    SmtpSettings { host, port, tls, username: None, password: None, ca_file, timeout: PATIENCE }
}

fn mailer(settings: SmtpSettings) -> Mailer {
    Mailer::smtp(settings).expect("the settings are good")
}

fn notice() -> Notice {
    template().notice("chair@firm.test", Uuid::from_u128(7), START).expect("the address is good")
}

/// What holds of every message, whatever happened on its way.
fn check(arrival: &Arrival) {
    assert_eq!(arrival.from, "reports@sender.test");
    assert_eq!(arrival.to.len(), 1);
    assert_eq!(
        arrival.greeting, "sender.test",
        "greets with the sender's domain, not with the machine's name"
    );
    let (head, body) = arrival.message.split_once("\r\n\r\n").expect("headers and a body");
    let names: BTreeSet<_> =
        head.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    let expected = [
        "Auto-Submitted",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ];
    assert_eq!(names, BTreeSet::from(expected));
    assert!(arrival.header("Message-ID").is_some_and(|id| id.ends_with("@sender.test>")));
    assert_eq!(arrival.header("Date"), Some("Mon, 23 Nov 2026 12:00:00 +0000"), "no finer than the batch");
    // SMTP adds a line end of its own.
    assert_eq!(body.trim_end(), template_body().trim_end(), "the same words for all");
    let machine = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    if machine.trim().len() > 3 {
        assert!(!arrival.message.contains(machine.trim()), "the message names the machine");
    }
}

fn template_body() -> String {
    let notice = notice();
    let message = String::from_utf8(notice.as_bytes().to_vec()).expect("a notice is text");
    message.split_once("\r\n\r\n").expect("headers and a body").1.to_owned()
}

fn addressees(arrivals: &[Arrival]) -> Vec<String> {
    let mut addressees: Vec<_> = arrivals.iter().flat_map(|arrival| arrival.to.clone()).collect();
    addressees.sort_unstable();
    addressees
}

const BOTH: [&str; 2] = ["chair@firm.test", "compliance@firm.test"];

/// Two notices, a server that gives both their share of `trouble` and is well after that: `copies` of each must have
/// arrived in the end, and the outbox must be empty.
async fn through(trouble: &str, first: Outcome, copies: usize, patience: Duration) {
    let server = SmtpServer::start(&ServerSettings { trouble, times: 2, ..ServerSettings::default() });
    let (store, _folder) = store().await;
    let (template, clock) = (template(), clock());
    let recipients = recipients(&["chair", "compliance"]);
    let mailer = mailer(SmtpSettings { timeout: patience, ..settings(server.port(), SmtpTls::None, None) });
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair", "compliance"], START).await;

    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(first), "{trouble}");
    if first == Outcome::Retry {
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing), "{trouble}: it waits");
        clock.pass(60);
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(2)), "{trouble}");
    }
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing), "{trouble}");
    assert_eq!(store.next_notice_due().await, Ok(None), "{trouble}: the outbox is empty");

    let arrivals = server.arrivals();
    arrivals.iter().for_each(check);
    let expected: Vec<_> = BOTH.iter().flat_map(|address| vec![(*address).to_owned(); copies]).collect();
    assert_eq!(addressees(&arrivals), expected, "{trouble}");
    let ids: BTreeSet<_> = arrivals.iter().filter_map(|arrival| arrival.header("Message-ID")).collect();
    assert_eq!(ids.len(), 2, "{trouble}: copies share their Message-ID");
}

#[tokio::test]
async fn a_server_that_is_well_or_slow_gets_each_notice_once() {
    through("none", Outcome::Done(2), 1, PATIENCE).await;
    through("slow", Outcome::Done(2), 1, PATIENCE).await;
}

#[tokio::test]
async fn a_server_that_refuses_gets_each_notice_once_when_it_comes_round() {
    for trouble in
        ["refuse-greeting-421", "refuse-sender-451", "refuse-recipient-550", "refuse-message-451", "garbage"]
    {
        through(trouble, Outcome::Retry, 1, PATIENCE).await;
    }
}

#[tokio::test]
async fn a_server_that_stalls_or_breaks_off_gets_each_notice_once_when_it_comes_round() {
    through("drop-in-data", Outcome::Retry, 1, PATIENCE).await;
    for trouble in ["stall-at-greeting", "stall-at-data"] {
        through(trouble, Outcome::Retry, 1, Duration::from_secs(1)).await;
    }
}

#[tokio::test]
async fn trouble_after_the_message_was_accepted_sends_no_second_copy() {
    through("stall-at-quit", Outcome::Done(2), 1, PATIENCE).await;
    through("drop-at-quit", Outcome::Done(2), 1, PATIENCE).await;
}

#[tokio::test]
async fn a_copy_that_cannot_be_avoided_has_the_same_message_id() {
    // The server kept the message and was gone before saying so: nobody can know.
    through("drop-after-data", Outcome::Retry, 2, PATIENCE).await;
}

#[tokio::test]
async fn a_server_that_is_down_gets_each_notice_once_when_it_is_back() {
    let port = SmtpServer::start(&ServerSettings::default()).port();
    let (store, _folder) = store().await;
    let (template, clock) = (template(), clock());
    let recipients = recipients(&["chair", "compliance"]);
    let mailer = mailer(settings(port, SmtpTls::None, None));
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair", "compliance"], START).await;
    for pause in [60, 120, 240] {
        assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Retry));
        clock.pass(pause);
    }
    assert_eq!(mailer.send(&notice()).await, Err(SendError::Temporary(Reason::Unreachable)));

    let server = SmtpServer::start(&ServerSettings { port, ..ServerSettings::default() });
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(2)));
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
    assert_eq!(addressees(&server.arrivals()), BOTH);
}

#[tokio::test]
async fn each_trouble_has_its_reason_and_none_quotes_the_server() {
    use Reason::{Dropped, Garbled, Refused, Timeout};
    use SendError::{Permanent, Temporary};
    for (trouble, expected) in [
        ("stall-at-greeting", Temporary(Timeout)),
        ("stall-at-data", Temporary(Timeout)),
        ("refuse-greeting-421", Temporary(Refused(421))),
        ("refuse-sender-451", Temporary(Refused(451))),
        ("refuse-recipient-550", Permanent(Refused(550))),
        ("refuse-message-451", Temporary(Refused(451))),
        ("drop-in-data", Temporary(Dropped)),
        ("drop-after-data", Temporary(Dropped)),
        ("garbage", Temporary(Garbled)),
    ] {
        let server = SmtpServer::start(&ServerSettings { trouble, ..ServerSettings::default() });
        let timeout = Duration::from_secs(1);
        let mailer = mailer(SmtpSettings { timeout, ..settings(server.port(), SmtpTls::None, None) });
        let error = mailer.send(&notice()).await.expect_err("there is trouble");
        assert_eq!(error, expected, "{trouble}");
        assert!(!format!("{error} {error:?}").contains('@'), "{trouble}");
    }
}

#[tokio::test]
async fn tls_with_an_authority_of_ones_own_works_both_ways() {
    let certificates = Certificates::make();
    for (offered, asked) in [(ServerTls::StartTls, SmtpTls::StartTls), (ServerTls::Tls, SmtpTls::Tls)] {
        let certificates = Some(&certificates);
        let server =
            SmtpServer::start(&ServerSettings { tls: offered, certificates, ..ServerSettings::default() });
        let authority = certificates.map(Certificates::authority);
        assert_eq!(mailer(settings(server.port(), asked, authority)).send(&notice()).await, Ok(()));
        let arrivals = server.arrivals();
        assert_eq!(arrivals.len(), 1);
        assert!(arrivals[0].tls);
        check(&arrivals[0]);
    }
}

#[tokio::test]
async fn tls_that_cannot_be_trusted_sends_nothing_in_clear_either() {
    let certificates = Certificates::make();
    let stranger = Certificates::make();
    for (offered, asked) in [(ServerTls::StartTls, SmtpTls::StartTls), (ServerTls::Tls, SmtpTls::Tls)] {
        let certificates = Some(&certificates);
        let server =
            SmtpServer::start(&ServerSettings { tls: offered, certificates, ..ServerSettings::default() });
        let own = certificates.map(Certificates::authority);
        let other_authority = settings(server.port(), asked, Some(stranger.authority()));
        let other_name = SmtpSettings { host: "127.0.0.1".to_owned(), ..settings(server.port(), asked, own) };
        for settings in [other_authority, other_name] {
            assert_eq!(mailer(settings).send(&notice()).await, Err(SendError::Permanent(Reason::Tls)));
        }
        assert!(server.arrivals().is_empty());
    }
}

#[tokio::test]
async fn tls_that_is_not_offered_sends_nothing_in_clear_either() {
    let certificates = Certificates::make();
    let server = SmtpServer::start(&ServerSettings::default());
    let send = async |tls| {
        mailer(settings(server.port(), tls, Some(certificates.authority()))).send(&notice()).await
    };
    assert_eq!(send(SmtpTls::StartTls).await, Err(SendError::Permanent(Reason::NoStartTls)));
    assert_eq!(send(SmtpTls::Tls).await, Err(SendError::Permanent(Reason::Tls)));
    assert!(server.arrivals().is_empty());
}

#[tokio::test]
async fn a_notice_for_a_server_that_lost_its_tls_waits_until_it_has_it_again() {
    let certificates = Certificates::make();
    let down = SmtpServer::start(&ServerSettings::default());
    let port = down.port();
    let (store, _folder) = store().await;
    let (template, clock, recipients) = (template(), clock(), recipients(&["chair"]));
    let mailer = mailer(settings(port, SmtpTls::StartTls, Some(certificates.authority())));
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair"], START).await;
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Retry));
    assert!(down.arrivals().is_empty());
    drop(down);

    let (tls, certificates) = (ServerTls::StartTls, Some(&certificates));
    let server = SmtpServer::start(&ServerSettings { tls, certificates, port, ..ServerSettings::default() });
    clock.pass(60);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
    assert_eq!(server.arrivals().len(), 1);
}

#[tokio::test]
async fn signing_in_works_and_a_wrong_password_is_said_so() {
    let certificates = Certificates::make();
    let (tls, authority) = (ServerTls::StartTls, certificates.authority());
    let certificates = Some(&certificates);
    let sign_in = Some(("reports", "correct horse"));
    let server =
        SmtpServer::start(&ServerSettings { tls, certificates, sign_in, ..ServerSettings::default() });
    let with = async |password: &str| {
        let settings = settings(server.port(), SmtpTls::StartTls, Some(authority.clone()));
        let password = Some(Zeroizing::new(password.to_owned()));
        mailer(SmtpSettings { username: Some("reports".to_owned()), password, ..settings })
            .send(&notice())
            .await
    };
    assert_eq!(with("wrong").await, Err(SendError::Permanent(Reason::SignIn)));
    assert_eq!(with("correct horse").await, Ok(()));
    let arrivals = server.arrivals();
    assert_eq!(arrivals.len(), 1);
    assert!(arrivals[0].tls);
    assert_eq!(arrivals[0].user.as_deref(), Some("reports"));
}

#[tokio::test]
async fn shutdown_does_not_wait_for_a_server_that_stalls_and_the_notice_goes_later() {
    let server = SmtpServer::start(&ServerSettings {
        trouble: "stall-at-data",
        times: 1,
        ..ServerSettings::default()
    });
    let (store, _folder) = store().await;
    let (template, clock, recipients) = (template(), clock(), recipients(&["chair"]));
    let patient =
        SmtpSettings { timeout: Duration::from_secs(30), ..settings(server.port(), SmtpTls::None, None) };
    let mailer = mailer(patient);
    let outbox = Outbox::new(&store, &mailer, &template, &recipients, &clock);
    put(&store, &["chair"], START).await;
    let (stop, stopped) = watch::channel(false);
    let wake = Notify::new();
    let mut rng = rand::rng();
    let begun = Instant::now();
    tokio::join!(outbox.run_forever(&mut rng, &wake, stopped), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        stop.send(true).expect("the loop listens");
    });
    assert!(begun.elapsed() < Duration::from_secs(8));
    assert!(server.arrivals().is_empty());

    // The next start finds it once the claim of this one has run out: two minutes and the longest delivery.
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
    clock.pass(120 + 30);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Nothing));
    clock.pass(5);
    assert_eq!(outbox.run_once(&mut rand::rng()).await, Ok(Outcome::Done(1)));
    assert_eq!(addressees(&server.arrivals()), ["chair@firm.test"]);
}
