//! What is ever mailed: one message, the same for everybody and everything, and the heads of the record for the auditor.

use fluent_templates::fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0};
use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

const TEXTS: &str = include_str!("../../locales/en/mail.ftl");
const DAY: i64 = 86_400;

/// Why no notice can be written. Carries no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoticeError {
    /// `mail.from` is not an address.
    #[error("mail.from is not an e-mail address, such as \"Reporting service <reports@example.org>\"")]
    Sender,
    /// A recipient's e-mail is not an address.
    #[error("a recipient's e-mail address cannot be used")]
    Recipient,
    /// The texts in `locales` are damaged. Seen at start, if ever.
    #[error("the text of the notice cannot be read")]
    Text,
}

/// A notice, ready to be sent. It holds an address, and so can be neither printed nor logged.
#[derive(Clone)]
pub struct Notice {
    id: Uuid,
    envelope: Envelope,
    bytes: Vec<u8>,
    day_start: SystemTime,
}

impl Notice {
    /// Random, and the same whenever the same notice is sent again.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The message as it travels: headers and text, RFC 5322.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The address it goes to.
    pub fn to(&self) -> &str {
        self.envelope.to().first().map_or("", AsRef::as_ref)
    }

    /// The start of the UTC day on which it was written: the finest time that a file of it may show.
    pub fn day_start(&self) -> SystemTime {
        self.day_start
    }

    /// Sender and recipient for the mail server.
    pub(super) fn envelope(&self) -> &Envelope {
        &self.envelope
    }
}

/// Writes notices. Subject and text are fixed when it is made.
pub struct NoticeTemplate {
    from: Mailbox,
    subject: String,
    body: String,
    head_subject: String,
    head_intro: String,
    date_step: i64,
}

impl NoticeTemplate {
    /// A template for notices from `from` (an address, with a name before it or not) that name the service at
    /// `public_url`. `interval_minutes` is the batching interval: the date of a notice is rounded down to it, or to the
    /// UTC day if it is 0.
    ///
    /// # Errors
    /// [`NoticeError::Sender`] if `from` is not an address.
    pub fn new(from: &str, public_url: &str, interval_minutes: u32) -> Result<Self, NoticeError> {
        let from: Mailbox = from.parse().map_err(|_| NoticeError::Sender)?;
        let mut texts = FluentBundle::default();
        texts.set_use_isolating(false);
        texts
            .add_resource(FluentResource::try_new(TEXTS.to_owned()).map_err(|_| NoticeError::Text)?)
            .map_err(|_| NoticeError::Text)?;
        let mut arguments = FluentArgs::new();
        arguments.set("server", public_url.trim_end_matches('/'));
        let text = |id: &str| {
            let pattern =
                texts.get_message(id).and_then(|message| message.value()).ok_or(NoticeError::Text)?;
            let mut faults = Vec::new();
            let text = texts.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
            if faults.is_empty() { Ok(text) } else { Err(NoticeError::Text) }
        };
        let date_step = match i64::from(interval_minutes) * 60 {
            0 => DAY,
            seconds => seconds.min(DAY),
        };
        Ok(Self {
            from,
            subject: text("notice-subject")?,
            body: format!("{}\n", text("notice-body")?),
            head_subject: text("head-subject")?,
            head_intro: text("head-intro")?,
            date_step,
        })
    }

    /// The notice to the address `to`, written at `now` (unix seconds). `id` becomes its Message-ID: give the same one
    /// when the same notice is sent again, so that mail programs show it once even if both arrive.
    ///
    /// # Errors
    /// [`NoticeError::Recipient`] if `to` is not an address.
    pub fn notice(&self, to: &str, id: Uuid, now: i64) -> Result<Notice, NoticeError> {
        self.write(to, id, now, &self.subject, self.body.clone())
    }

    /// The message to the auditor with these heads of the record, in their own words.
    ///
    /// # Errors
    /// [`NoticeError::Recipient`] if `to` is not an address.
    pub fn heads(&self, to: &str, id: Uuid, now: i64, heads: &[String]) -> Result<Notice, NoticeError> {
        let body = format!("{}\n\n{}", self.head_intro, heads.join("\n"));
        self.write(to, id, now, &self.head_subject, body)
    }

    fn write(
        &self,
        to: &str,
        id: Uuid,
        now: i64,
        subject: &str,
        body: String,
    ) -> Result<Notice, NoticeError> {
        let to = Mailbox::new(None, to.parse().map_err(|_| NoticeError::Recipient)?);
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .date(moment(round_down(now, self.date_step)))
            // Named in full: left alone, these would name the machine.
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|_| NoticeError::Recipient)?;
        Ok(Notice {
            id,
            envelope: message.envelope().clone(),
            bytes: message.formatted(),
            day_start: moment(round_down(now, DAY)),
        })
    }
}

fn round_down(seconds: i64, step: i64) -> i64 {
    seconds - seconds.rem_euclid(step)
}

fn moment(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}

/// Tells mail programs that nobody is there to answer, so that absence notes stay away (RFC 3834 §5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn written(interval: u32, now: i64) -> String {
        let template =
            NoticeTemplate::new("Reports <reports@firm.example>", "https://r.firm.example/", interval)
                .unwrap();
        let notice = template.notice("chair@firm.example", Uuid::from_u128(7), now).unwrap();
        String::from_utf8(notice.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn it_has_these_headers_and_no_other() {
        let message = written(30, 1_795_400_000);
        let (head, body) = message.split_once("\r\n\r\n").unwrap();
        let mut names: Vec<_> = head.lines().map(|line| line.split(':').next().unwrap()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "Auto-Submitted",
                "Content-Transfer-Encoding",
                "Content-Type",
                "Date",
                "From",
                "MIME-Version",
                "Message-ID",
                "Subject",
                "To"
            ]
        );
        assert!(head.contains("Message-ID: <00000000-0000-0000-0000-000000000007@firm.example>"));
        assert!(head.contains("Auto-Submitted: auto-generated"));
        assert!(head.contains("Content-Type: text/plain; charset=utf-8"));
        assert!(body.contains("\r\nhttps://r.firm.example/console\r\n"));
        assert!(message.is_ascii());
    }

    #[test]
    fn its_date_is_no_finer_than_the_batch_or_the_day() {
        // 1795400000 is 2026-11-23 02:13:20 UTC.
        assert!(written(30, 1_795_400_000).contains("Date: Mon, 23 Nov 2026 02:00:00 +0000"));
        assert!(written(0, 1_795_400_000).contains("Date: Mon, 23 Nov 2026 00:00:00 +0000"));
        assert!(written(u32::MAX, 1_795_400_000).contains("Date: Mon, 23 Nov 2026 00:00:00 +0000"));
    }

    #[test]
    fn two_notices_in_one_batch_differ_in_nothing() {
        assert_eq!(written(30, 1_795_399_200), written(30, 1_795_400_999));
    }

    #[test]
    fn addresses_are_checked_without_being_quoted() {
        assert_eq!(NoticeTemplate::new("nobody", "https://x", 30).err(), Some(NoticeError::Sender));
        let template = NoticeTemplate::new("reports@firm.example", "https://x", 30).unwrap();
        for bad in ["", "chair", "chair@", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"] {
            assert_eq!(template.notice(bad, Uuid::nil(), 0).err(), Some(NoticeError::Recipient), "{bad:?}");
        }
    }
}
