//! Whatever the others do with a case, in whatever order: somebody whom the report is about, or who left the case, never
//! gets a grant, a line of a listing, a count, a notice or an answer that differs from that of a case that is not there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor::clock::Clock;
use candor::domain::calendar::WorkingDays;
use candor::domain::{Recipient, RecipientKind, Recipients};
use candor::jobs::reminders::Reminders;
use candor::store::Holder;
use candor_crypto::open::open_challenge;
use candor_tests::records::block;
use candor_tests::service::Setup;
use candor_tests::{Reporter, Service, program};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use ureq::Agent;
use uuid::Uuid;

const ROLES: [(&str, RecipientKind); 6] = [
    ("chair", RecipientKind::Committee),
    ("alternate", RecipientKind::Committee),
    ("second-alternate", RecipientKind::Committee),
    ("compliance", RecipientKind::Compliance),
    ("supervisor", RecipientKind::Supervisor),
    ("counsel", RecipientKind::Counsel),
];

/// What one of the roles, the reporter or time does.
#[derive(Debug, Clone)]
enum Deed {
    /// `candor case …`, as this role; `CASE` and `ROLE` stand for the case and another role.
    Says(usize, usize, usize),
    /// The reporter adds a message.
    Message,
    /// So many days pass without anybody doing anything.
    Days(i64),
}

/// What can be said, with CASE and ROLE in it.
const SENTENCES: [&[&str]; 12] = [
    &["release", "CASE", "--to", "ROLE"],
    &["release", "CASE", "--to", "ROLE"],
    &["handover", "--to", "ROLE"],
    &["take-off", "CASE", "ROLE", "--text", "Knows them."],
    &["take-off", "CASE", "ROLE", "--text", "Works with them."],
    &["step-aside", "CASE"],
    &["note", "CASE", "--text", "Seen."],
    &["reply", "CASE", "--text", "Thank you."],
    &["status", "CASE", "assessing"],
    &["status", "CASE", "concluded", "--outcome", "substantiated", "--measure", "trained", "--text", "Seen."],
    &["decline", "CASE"],
    &["show", "CASE"],
];

/// Whom the report is about, who was chosen, and what is done: most of it to one of the roles, which so comes and goes.
fn deeds() -> impl Strategy<Value = (Vec<usize>, usize, Vec<Deed>)> {
    let deeds = (0..ROLES.len()).prop_flat_map(|focus| {
        let whom = prop_oneof![4 => Just(focus), 1 => 0..ROLES.len()];
        let says = (0..ROLES.len(), 0..SENTENCES.len(), whom);
        let deed = prop_oneof![
            8 => says.prop_map(|(who, what, whom)| Deed::Says(who, what, whom)),
            1 => Just(Deed::Message),
            2 => (1..40_i64).prop_map(Deed::Days),
        ];
        prop::collection::vec(deed, 8..24)
    });
    (prop::collection::vec(0..4_usize, 0..3), 0..5_usize, deeds)
}

/// One recipient with a session of the interface.
struct Outsider {
    agent: Agent,
    url: String,
    cookie: String,
}

impl Outsider {
    fn sign_in(service: &Service, id: &str) -> Self {
        let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
        let mut outsider = Self { agent, url: format!("{}/api/v1", service.url), cookie: String::new() };
        let key = service.key(id);
        let (_, challenge, _) =
            outsider.post("/challenges", &json!({ "public_key": key.public_key().as_str() }));
        let sealed = STANDARD.decode(challenge["sealed"].as_str().expect("sealed")).expect("base64");
        let secret = open_challenge(&sealed, key).expect("whole").expect("sealed to this key");
        let answer = json!({ "challenge": challenge["challenge"], "answer": STANDARD.encode(*secret) });
        let (_, _, cookie) = outsider.post("/sessions", &answer);
        cookie.split(';').next().expect("a cookie").clone_into(&mut outsider.cookie);
        outsider
    }

    fn get(&self, path: &str) -> (u16, Value) {
        let mut answer = self
            .agent
            .get(format!("{}{path}", self.url))
            .header("cookie", &self.cookie)
            .call()
            .expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or(Value::Null))
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value, String) {
        let request = self.agent.post(format!("{}{path}", self.url)).header("cookie", &self.cookie);
        let mut answer = request.send_json(body).expect("an answer");
        let cookie =
            answer.headers().get("set-cookie").map_or("", |value| value.to_str().expect("text")).to_owned();
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or(Value::Null), cookie)
    }

    /// Every answer of the interface about a case, whatever is asked of it.
    fn answers(&self, case: Uuid, sealed: &str) -> Vec<(u16, Value)> {
        let entry = json!({ "number": 1, "sealed": sealed });
        let posts = [
            ("replies", entry.clone()),
            ("notes", entry.clone()),
            ("status", json!({ "from": "received", "to": "assessing" })),
            (
                "status",
                json!({ "from": "assessing", "to": "concluded", "outcome": "substantiated", "conclusion": entry }),
            ),
            ("end", json!({ "agree": true, "note": 1 })),
            ("end", json!({ "agree": false, "note": 1 })),
            ("takes-two", json!({})),
            ("step-aside", json!({})),
            ("take-off", json!({ "recipient": "chair", "reason": entry })),
        ];
        let gets = ["", "/readers", "/attachments/1", "/replies/1/files/1"];
        let mut answers: Vec<_> = gets.iter().map(|path| self.get(&format!("/cases/{case}{path}"))).collect();
        answers.extend(posts.iter().map(|(path, body)| {
            let (status, body, _) = self.post(&format!("/cases/{case}/{path}"), body);
            (status, body)
        }));
        let (status, body, _) = self.post("/cases/sealed", &json!({ "cases": [case] }));
        answers.push((status, body));
        answers
    }
}

struct World {
    service: Service,
    recipients: Recipients,
    sealed: String,
}

impl World {
    fn begin() -> Self {
        let settings = "[limits]\nsign_ins_per_minute = 0\n[mail]\ninterval_minutes = 1440\nfrom = \"reports@example.com\"\n\
                        transport = \"memory\"\nreminders = false\n";
        let service = Service::start_with(Setup {
            recipients: ROLES.iter().map(|(id, kind)| (*id, kind.code(), *id, true)).collect(),
            settings: settings.to_owned(),
            ..Setup::default()
        });
        let recipient = |(id, kind): &(&str, RecipientKind)| Recipient {
            id: (*id).to_owned(),
            kind: *kind,
            title: (*id).to_owned(),
            email: format!("{id}@example.com"),
            public_key: Some(service.public_key(id)),
            choosable: true,
            reads: false,
        };
        let recipients = Recipients::new(ROLES.iter().map(recipient).collect());
        // Something sealed, of the right shape, by somebody who guesses an id.
        let note = candor_crypto::Note {
            recipient: "chair".to_owned(),
            title: "chair".to_owned(),
            text: "Guessed.".to_owned(),
            assessment: String::new(),
            conclusion: None,
        };
        let envelope = candor_crypto::Envelope { case: Uuid::nil(), number: 1, day: "2026-11-23".to_owned() };
        let sealed =
            candor_crypto::seal_note(&envelope, &note, &service.public_key("chair")).expect("sealed");
        Self { sealed: STANDARD.encode(sealed.as_bytes()), service, recipients }
    }

    fn holder(&self, id: &str) -> Holder {
        Holder { recipient_id: id.to_owned(), public_key: self.service.public_key(id) }
    }

    fn listed(&self, id: &str) -> BTreeSet<Uuid> {
        let listed =
            block(self.service.store.list_cases(&self.holder(id), None, 10_000, 0)).expect("a listing");
        listed.iter().map(|case| case.brief.case.id).collect()
    }

    fn addressed(&self, id: &str) -> usize {
        block(self.service.store.addressed_days(id, 10_000)).expect("days").len()
    }

    /// Takes all notices out of the outbox: who would be told.
    fn notices(&self) -> BTreeSet<String> {
        let far = self.service.clock.unix_seconds() + 3 * 86_400;
        let claimed = block(self.service.store.claim_due_notices(far, far)).expect("notices");
        for notices in &claimed {
            block(self.service.store.finish_notices(&notices.row_ids)).expect("finished");
        }
        claimed.into_iter().map(|notices| notices.recipient_id).collect()
    }

    fn say(&self, who: usize, what: usize, whom: usize, case: Uuid) {
        let service = &self.service;
        let role = service.roles.iter().find(|role| role.id == ROLES[who].0).expect("a role");
        let case = case.to_string();
        let mut all = vec!["case"];
        all.extend(SENTENCES[what].iter().map(|word| match *word {
            "CASE" => case.as_str(),
            "ROLE" => ROLES[whom].0,
            word => word,
        }));
        let key = role.key_file.to_str().expect("a path");
        all.extend(["--server", &service.url, "--identity", key]);
        // Many are refused: that is part of it.
        let _ = program::run(&all);
    }

    /// Answers how many must not know of the case in the end.
    fn round(&self, concerned: &[usize], chosen: usize, deeds: &[Deed]) -> usize {
        let reporter = Reporter::at(&self.service.url);
        let mut fields = vec![("narrative", "It is about somebody here.")];
        let mut outside: BTreeSet<&'static str> = concerned.iter().map(|at| ROLES[*at].0).collect();
        fields.extend(outside.iter().map(|id| ("concerns", *id)));
        if !outside.contains(ROLES[chosen].0) {
            fields.push(("chosen", ROLES[chosen].0));
        }
        let before = self.listed_by_all();
        let addressed: BTreeMap<_, _> = ROLES.iter().map(|(id, _)| (*id, self.addressed(id))).collect();
        let answer = reporter.submit(&fields);
        if answer.status != 200 {
            return 0;
        }
        let words = answer.words();
        let Some(case) = self.listed_by_all().difference(&before).next().copied() else { return 0 };
        let told = self.notices();
        assert!(told.iter().all(|id| !outside.contains(id.as_str())), "told on receipt: {told:?}");
        let mut today = self.service.clock.today();
        for deed in deeds {
            match deed {
                Deed::Says(who, what, whom) => self.say(*who, *what, *whom, case),
                Deed::Message => {
                    let status = reporter.check(&words);
                    reporter.add_message(&status, &words, "One more thing.");
                }
                Deed::Days(days) => {
                    today = today.plus_days(*days);
                    let (recipients, calendar) = (&self.recipients, WorkingDays::default());
                    let job = Reminders { store: &self.service.store, recipients, calendar: &calendar };
                    block(job.run_once(today)).expect("a round");
                }
            }
            let told = self.notices();
            let departed = block(self.service.store.departed(case)).expect("events");
            // Whoever leaves with this deed may have been told before it.
            self.check(case, &outside, &told);
            outside
                .extend(ROLES.iter().map(|role| role.0).filter(|id| departed.iter().any(|gone| gone == id)));
            self.check(case, &outside, &BTreeSet::new());
        }
        let strangers: Vec<_> = outside.iter().map(|id| Outsider::sign_in(&self.service, id)).collect();
        for outsider in &strangers {
            let nothing = Uuid::new_v4();
            assert_eq!(outsider.answers(case, &self.sealed), outsider.answers(nothing, &self.sealed));
        }
        for at in concerned {
            let id = ROLES[*at].0;
            assert_eq!(self.addressed(id), addressed[id], "nothing is addressed to whoever it is about");
        }
        outside.len()
    }

    fn listed_by_all(&self) -> BTreeSet<Uuid> {
        ROLES.iter().flat_map(|(id, _)| self.listed(id)).collect()
    }

    fn check(&self, case: Uuid, outside: &BTreeSet<&'static str>, told: &BTreeSet<String>) {
        let readers = block(self.service.store.readers_of(case)).expect("readers");
        assert!(!readers.is_empty(), "somebody can always read it");
        for id in outside {
            assert!(readers.iter().all(|reader| reader.recipient_id != *id), "{id} holds a grant");
            assert!(!told.contains(*id), "{id} was told");
            let listed = self.listed(id);
            assert!(!listed.contains(&case), "{id} has it in the listing");
        }
    }
}

#[test]
fn whoever_a_report_is_about_or_left_it_never_learns_anything_whatever_the_others_do() {
    let config = Config { cases: 32, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let outsiders = Cell::new(0);
    TestRunner::new(config)
        .run(&deeds(), |(concerned, chosen, deeds)| {
            outsiders.set(outsiders.get() + World::begin().round(&concerned, chosen, &deeds));
            Ok(())
        })
        .unwrap();
    assert!(outsiders.get() > 16, "there were outsiders");
}
