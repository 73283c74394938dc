//! A reporter whose browser runs our script: seals by itself and sends JSON, as `console/src/reporter` does.

use crate::{Page, Reporter, Service};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_crypto::open::{OpenedAnswer, open_answer};
use candor_crypto::{
    AttachmentInfo, CaseKey, Envelope, PublicKey, Report, RetrievalToken, seal_attachment_info, seal_content,
    seal_message, seal_report,
};
use serde_json::{Value, json};
use ureq::Agent;
use uuid::Uuid;

/// A report on its way, with all that its reporter knows.
pub struct SealedReporter {
    /// The reporter's token.
    pub token: RetrievalToken,
    /// The case's id, which the browser chooses.
    pub case: Uuid,
    /// The case's public key.
    pub case_key: PublicKey,
    /// What is sent. Tests spoil it.
    pub json: Value,
}

impl SealedReporter {
    /// Seals a concern to the whole committee of `service`; the chair is told.
    pub fn new(service: &Service, narrative: &str) -> Self {
        let token = RetrievalToken::generate(&mut rand::rng());
        Self::with(service, token, Uuid::new_v4(), narrative)
    }

    /// The same with a token and a case id of one's choice.
    pub fn with(service: &Service, token: RetrievalToken, case: Uuid, narrative: &str) -> Self {
        let case_key = CaseKey::generate(case);
        let envelope = Envelope { case, number: 0, day: "2026-11-23".to_owned() };
        let mut report = Report::default();
        "concern".clone_into(&mut report.kind);
        "not_sure".clone_into(&mut report.category);
        narrative.clone_into(&mut report.narrative);
        "browser".clone_into(&mut report.sealed_in);
        let reporter = token.reporter_keys();
        let sealed = seal_report(&envelope, &report, &reporter, &case_key.public_key()).expect("sealed");
        let grants: Vec<Value> = ["chair", "alternate"]
            .map(|id| {
                let key = service.public_key(id);
                let grant = case_key.grant(&key).expect("a grant");
                json!({"recipient": id, "public_key": key.as_str(), "sealed": STANDARD.encode(grant.as_bytes())})
            })
            .into();
        let json = json!({
            "case": case,
            "access_hash": STANDARD.encode(token.access_key().hash().as_bytes()),
            "mailbox": reporter.mailbox.as_str(),
            "public_key": case_key.public_key().as_str(),
            "replay_tag": STANDARD.encode(token.replay_tag(narrative.as_bytes())),
            "report": STANDARD.encode(sealed.as_bytes()),
            "identity": null,
            "grants": grants,
            "told": ["chair"],
            "addressed": null,
        });
        Self { token, case, case_key: case_key.public_key(), json }
    }

    /// Seals and uploads a file, and attaches it to the report. Answers the upload.
    pub fn attach(&mut self, service: &Service, name: &str, content: &[u8]) -> String {
        let mut sealed = Vec::new();
        let summary = seal_content(content, &self.case_key, &mut sealed).expect("sealed");
        let upload = upload(service, &sealed);
        assert_eq!(upload.status, 200, "{}", upload.html);
        let answer: Value = serde_json::from_str(&upload.html).expect("JSON");
        let upload = answer["upload"].as_str().expect("a name").to_owned();
        let attachments = self.json.get("attachments").and_then(Value::as_array).cloned().unwrap_or_default();
        let number = u32::try_from(attachments.len() + 1).expect("few");
        let mut info = AttachmentInfo::default();
        name.clone_into(&mut info.name);
        (info.size, info.sha256) = (summary.size, summary.sha256_hex());
        let envelope = Envelope { case: self.case, number, day: "2026-11-23".to_owned() };
        let sealed = seal_attachment_info(&envelope, &info, &self.token.signing_key(), &self.case_key)
            .expect("sealed");
        let attachment =
            json!({"number": number, "sealed": STANDARD.encode(sealed.as_bytes()), "upload": upload});
        self.json["attachments"] = json!([attachments, vec![attachment]].concat());
        upload
    }

    /// Sends it.
    pub fn send(&self, service: &Service) -> Page {
        post(service, "/report", &self.json)
    }

    /// Looks it up; `None` where the answer is not a sealed one.
    pub fn check(&self, service: &Service) -> Option<OpenedAnswer> {
        let json = json!({"access_key": STANDARD.encode(self.token.access_key().as_bytes())});
        self.open(&post_for_bytes(service, "/check", &json)?)
    }

    /// Asks for the proof that it is in the record; `None` where the answer is not a sealed one.
    pub fn record_proof(&self, service: &Service) -> Option<OpenedAnswer> {
        let json = json!({"access_key": STANDARD.encode(self.token.access_key().as_bytes())});
        self.open(&post_for_bytes(service, "/check/record", &json)?)
    }

    /// Adds a message under `number`.
    pub fn add(&self, service: &Service, case_key: &str, number: u32, text: &str) -> Option<OpenedAnswer> {
        let key = PublicKey::parse(case_key).expect("a public key");
        let envelope = Envelope { case: self.case, number, day: "2026-11-23".to_owned() };
        let sealed = seal_message(&envelope, text, &self.token.signing_key(), &key).expect("sealed");
        let json = json!({
            "access_key": STANDARD.encode(self.token.access_key().as_bytes()),
            "number": number,
            "replay_tag": STANDARD.encode(self.token.replay_tag(text.as_bytes())),
            "sealed": STANDARD.encode(sealed.as_bytes()),
        });
        self.open(&post_for_bytes(service, "/check/message", &json)?)
    }

    fn open(&self, sealed: &[u8]) -> Option<OpenedAnswer> {
        open_answer(sealed, &self.token.mailbox_key()).expect("a whole answer")
    }
}

/// Uploads a sealed content as our script does.
pub fn upload(service: &Service, sealed: &[u8]) -> Page {
    Reporter::at(&service.url).post_raw("/upload", "application/octet-stream", sealed)
}

/// Posts JSON as our script does.
pub fn post(service: &Service, path: &str, json: &Value) -> Page {
    Reporter::at(&service.url).post_raw(path, "application/json", json.to_string().as_bytes())
}

fn post_for_bytes(service: &Service, path: &str, json: &Value) -> Option<Vec<u8>> {
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.post(format!("{}{path}", service.url)).send_json(json).expect("an answer");
    let sealed = answer.headers().get("content-type")? == "application/octet-stream";
    sealed.then(|| answer.body_mut().with_config().limit(64 << 20).read_to_vec().expect("a body"))
}
