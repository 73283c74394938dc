//! The recipients' interface: signing in by key, and what it refuses.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_crypto::PrivateKey;
use candor_crypto::open::open_challenge;
use candor_tests::{Reporter, Service};
use serde_json::{Value, json};
use ureq::Agent;

struct Api {
    agent: Agent,
    url: String,
    cookie: String,
}

impl Api {
    fn at(service: &Service) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        Self { agent, url: format!("{}/api/v1", service.url), cookie: String::new() }
    }

    fn get(&self, path: &str) -> (u16, Value) {
        let request = self.agent.get(format!("{}{path}", self.url)).header("cookie", &self.cookie);
        let mut answer = request.call().expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or(Value::Null))
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value, Option<String>) {
        let request = self.agent.post(format!("{}{path}", self.url)).header("cookie", &self.cookie);
        let mut answer = request.send_json(body).expect("an answer");
        let cookie = answer.headers().get("set-cookie").map(|value| value.to_str().expect("text").to_owned());
        (answer.status().as_u16(), answer.body_mut().read_json().unwrap_or(Value::Null), cookie)
    }

    /// The challenge and its answer, as the holder of `key` finds it.
    fn challenge(&self, key: &PrivateKey) -> (String, String) {
        let (status, body, _) = self.post("/challenges", &json!({ "public_key": key.public_key().as_str() }));
        assert_eq!(status, 200);
        let sealed = STANDARD.decode(body["sealed"].as_str().expect("sealed")).expect("base64");
        let secret = open_challenge(&sealed, key).expect("whole").expect("sealed to this key");
        (body["challenge"].as_str().expect("an id").to_owned(), STANDARD.encode(*secret))
    }

    fn sign_in(&mut self, key: &PrivateKey) {
        let (challenge, answer) = self.challenge(key);
        let (status, _, cookie) =
            self.post("/sessions", &json!({ "challenge": challenge, "answer": answer }));
        assert_eq!(status, 200);
        let cookie = cookie.expect("a session cookie");
        for attribute in ["__Host-", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "the session cookie lacks {attribute}");
        }
        cookie.split(';').next().expect("a cookie").clone_into(&mut self.cookie);
    }
}

#[test]
fn whoever_holds_the_key_is_signed_in_until_half_an_hour_of_idling() {
    let service = Service::start();
    let mut api = Api::at(&service);
    assert_eq!(api.get("/me").0, 401);
    api.sign_in(service.key("chair"));
    let (status, me) = api.get("/me");
    assert_eq!((status, me["recipient"]["id"].as_str()), (200, Some("chair")));
    service.clock.pass(29 * 60);
    assert_eq!(api.get("/me").0, 200);
    service.clock.pass(29 * 60);
    assert_eq!(api.get("/me").0, 200, "work keeps a session alive");
    service.clock.pass(31 * 60);
    assert_eq!(api.get("/me").0, 401);
}

#[test]
fn a_challenge_serves_once_for_two_minutes_and_for_its_own_key() {
    let service = Service::start();
    let api = Api::at(&service);
    let chair = service.key("chair");
    let (challenge, answer) = api.challenge(chair);
    let body = json!({ "challenge": challenge, "answer": answer });
    assert_eq!(api.post("/sessions", &body).0, 200);
    assert_eq!(api.post("/sessions", &body).0, 401, "a second time");

    let (challenge, answer) = api.challenge(chair);
    service.clock.pass(121);
    assert_eq!(
        api.post("/sessions", &json!({ "challenge": challenge, "answer": answer })).0,
        401,
        "too late"
    );

    let (challenge, _) = api.challenge(chair);
    let wrong = STANDARD.encode([0; 32]);
    assert_eq!(api.post("/sessions", &json!({ "challenge": challenge, "answer": wrong })).0, 401, "wrong");

    let stranger = PrivateKey::generate();
    let (challenge, answer) = api.challenge(&stranger);
    let (status, body, cookie) = api.post("/sessions", &json!({ "challenge": challenge, "answer": answer }));
    assert_eq!((status, body["code"].as_str(), cookie), (403, Some("key_not_registered"), None));
}

#[test]
fn a_case_that_is_not_yours_looks_like_one_that_is_not_there() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    reporter.submit(&[("concerns", "chair"), ("narrative", "About the chair.")]).words();
    let mut alternate = Api::at(&service);
    alternate.sign_in(service.key("alternate"));
    let (_, page) = alternate.get("/cases");
    let id = page["cases"][0]["id"].as_str().expect("a case").to_owned();
    let mut chair = Api::at(&service);
    chair.sign_in(service.key("chair"));
    assert_eq!(chair.get("/cases").1["cases"].as_array().map(Vec::len), Some(0));
    let there = chair.get(&format!("/cases/{id}"));
    let not_there = chair.get("/cases/00000000-0000-4000-8000-000000000000");
    assert_eq!(there, not_there);
    assert_eq!(there.0, 404);
    let note = json!({ "number": 1, "sealed": "" });
    assert_eq!(chair.post(&format!("/cases/{id}/notes"), &note).0, 422);
    let change = json!({ "from": "received", "to": "acknowledged" });
    assert_eq!(chair.post(&format!("/cases/{id}/status"), &change).0, 404);
    // What the chair tried left no trace that the alternate or the reporter could take for a reading.
    let (_, case) = alternate.get(&format!("/cases/{id}"));
    let actors: Vec<_> =
        case["events"].as_array().expect("events").iter().map(|event| event["actor"].clone()).collect();
    assert!(!actors.contains(&json!("chair")));
}

#[test]
fn the_listing_comes_in_pages_and_statuses_follow_the_table() {
    let service = Service::start();
    let reporter = Reporter::at(&service.url);
    for day in 0..5 {
        for number in 0..3 {
            reporter.submit(&[("narrative", &format!("Report {number} of day {day}."))]).words();
        }
        service.clock.pass(86_400);
    }
    let mut api = Api::at(&service);
    api.sign_in(service.key("chair"));
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let (status, page) = api.get(&format!("/cases?limit=4{after}"));
        assert_eq!(status, 200);
        for case in page["cases"].as_array().expect("cases") {
            seen.push((case["received"].as_str().expect("a day").to_owned(), case["id"].to_string()));
        }
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 15);
    let mut newest_first = seen.clone();
    newest_first.sort_by(|a, b| b.0.cmp(&a.0));
    newest_first.dedup();
    assert_eq!(newest_first.len(), 15, "a case came twice");
    assert!(seen.windows(2).all(|pair| pair[0].0 >= pair[1].0), "not newest first");

    let id = seen[0].1.trim_matches('"').to_owned();
    let path = format!("/cases/{id}/status");
    let to = |from: &str, to: &str| json!({ "from": from, "to": to });
    assert_eq!(api.post(&path, &to("received", "concluded")).0, 422, "not in the table");
    assert_eq!(api.post(&path, &to("received", "acknowledged")).0, 204);
    assert_eq!(api.post(&path, &to("received", "assessing")).0, 409, "somebody was faster");
    assert_eq!(api.post(&path, &to("acknowledged", "nonsense")).0, 400);
    assert_eq!(api.post(&path, &to("acknowledged", "assessing")).0, 204);
    assert_eq!(api.post(&path, &to("assessing", "concluded")).0, 422, "an end needs an outcome");
    let concluded = json!({ "from": "assessing", "to": "concluded", "outcome": "substantiated" });
    assert_eq!(api.post(&path, &concluded).0, 422, "an end needs its conclusion");
}

#[test]
fn other_sites_pages_are_refused_and_the_interface_describes_itself() {
    let service = Service::start();
    let api = Api::at(&service);
    let answer = api
        .agent
        .post(format!("{}/challenges", api.url))
        .header("sec-fetch-site", "cross-site")
        .send_json(json!({ "public_key": service.public_key("chair").as_str() }))
        .expect("an answer");
    assert_eq!(answer.status().as_u16(), 403);
    assert_eq!(api.post("/challenges", &json!({ "public_key": "age1nonsense" })).0, 422);
    assert_eq!(api.post("/challenges", &json!([1])).0, 400);
    assert_eq!(api.get("/nothing").0, 404);
    let (status, description) = api.get("/openapi.json");
    assert_eq!(status, 200);
    for path in ["/api/v1/challenges", "/api/v1/sessions", "/api/v1/cases", "/api/v1/cases/{id}/replies"] {
        assert!(description["paths"][path].is_object(), "{path} is not described");
    }
}
