//! The service as a recipient sees it: sign in with the key, ask, say, sign out.

mod address;
pub(super) mod shapes;
mod transport;

use super::failure::Failure;
use super::identity::IdentityArgs;
pub(super) use address::ServerAddress;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use candor_crypto::open::open_challenge;
use candor_crypto::{Grant, PrivateKey, PublicKey, SealedEntry, SealedReply};
use clap::Args;
use serde::Serialize;
use shapes::{
    CasePage, CaseSummary, Challenge, GrantsGiven, HandoverPage, KeyReport, Me, Readers, Revoked, Upload,
    WholeCase,
};
use std::io::Read;
use std::path::PathBuf;
pub(super) use transport::CallError;
use transport::Transport;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The name of the session cookie, as the service sets it.
const COOKIE: &str = "__Host-candor-session";
/// How many cases are asked for at once; the service's limit.
const PAGE: u32 = 200;

/// Which service, and whose key.
#[derive(Args)]
pub struct AccessArgs {
    /// The service, such as https://speak.example.com
    #[arg(short, long, value_name = "URL")]
    server: String,
    #[command(flatten)]
    pub(super) identity: IdentityArgs,
    /// Trust only the certificate authorities in this PEM file, for services with an authority of their own. Without
    /// it the public authorities that browsers trust count, and never those that this machine's owner added
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
    /// Allow http:// to another machine, where the way there is protected otherwise
    #[arg(long)]
    insecure_http: bool,
}

impl AccessArgs {
    /// Opens the key file and signs in.
    ///
    /// # Errors
    /// [`Failure`] if the key file does not open, the service cannot be reached or does not let this key in.
    pub(super) fn sign_in(&self) -> Result<(Session, PrivateKey), Failure> {
        // What can be found wrong without the passphrase is found before anybody types it.
        let address = ServerAddress::parse(&self.server, self.insecure_http)?;
        let transport = Transport::new(address, self.ca_file.as_deref())?;
        let identity = self.identity.load()?;
        let session = Session::begin(transport, &identity)?;
        Ok((session, identity))
    }
}

#[derive(Serialize)]
struct ChallengeRequest<'a> {
    public_key: &'a str,
}

#[derive(Serialize)]
struct ChallengeAnswer<'a> {
    challenge: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct NewEntry<'a> {
    number: u32,
    sealed: String,
    contents: &'a [String],
}

#[derive(Serialize)]
struct StatusChange<'a> {
    from: &'a str,
    to: &'a str,
    outcome: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion: Option<NewEntry<'a>>,
}

#[derive(Serialize)]
struct EndAnswer {
    agree: bool,
    note: u32,
}

/// A session, which ends when this is dropped. The cookie lives in memory alone.
pub(super) struct Session {
    transport: Transport,
    cookie: Zeroizing<String>,
}

impl Session {
    /// Proves that the key is held: the service seals a secret to it, and gets it back.
    fn begin(transport: Transport, identity: &PrivateKey) -> Result<Self, Failure> {
        let public = identity.public_key();
        let answer =
            transport.post("/api/v1/challenges", None, &ChallengeRequest { public_key: public.as_str() })?;
        let challenge: Challenge = transport.read(answer)?;
        let sealed = STANDARD.decode(&challenge.sealed).unwrap_or_default();
        let Ok(Some(secret)) = open_challenge(&sealed, identity) else {
            return Err(Failure::sign_in(format!(
                "{} did not seal its challenge to your key, so nothing was answered. Is the address right?",
                transport.address
            )));
        };
        let secret = Zeroizing::new(STANDARD.encode(secret.as_slice()));
        let answer = ChallengeAnswer { challenge: &challenge.challenge, answer: &secret };
        let answer = transport.post("/api/v1/sessions", None, &answer).map_err(|error| match error {
            CallError::Refused(403, problem) if problem.code == "key_not_registered" => Failure::sign_in(format!(
                "{} does not know this key. Give its public key to the operator, or name another file with \
                 --identity. The public key is {public}",
                transport.address
            )),
            error => error.into(),
        })?;
        let cookie = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find_map(session_cookie)
            .ok_or_else(|| {
                Failure::sign_in(format!("{} let the key in but began no session.", transport.address))
            })?;
        Ok(Self { transport, cookie })
    }

    /// Who is signed in.
    pub(super) fn me(&self) -> Result<Me, Failure> {
        Ok(self.transport.get("/api/v1/me", &self.cookie)?)
    }

    /// Every case that this recipient can read, newest day first, page by page; with `whole`, long reports come too.
    pub(super) fn all_cases(&self, whole: bool) -> Result<Vec<CaseSummary>, Failure> {
        let mut cases: Vec<CaseSummary> = Vec::new();
        let first = if whole {
            "/api/v1/cases?whole=true&limit=50".to_owned()
        } else {
            format!("/api/v1/cases?limit={PAGE}")
        };
        let mut path = first.clone();
        loop {
            let page: CasePage = self.transport.get(&path, &self.cookie)?;
            let progress = !page.cases.is_empty();
            cases.extend(page.cases);
            match page.next {
                // A page without cases that promises more would never end.
                Some(next) if progress => {
                    let after =
                        percent_encoding::utf8_percent_encode(&next, percent_encoding::NON_ALPHANUMERIC);
                    path = format!("{first}&after={after}");
                }
                _ => return Ok(cases),
            }
        }
    }

    /// One case whole. The service notes that this recipient opened it.
    pub(super) fn case(&self, id: Uuid) -> Result<WholeCase, Failure> {
        let case: WholeCase = self.transport.get(&format!("/api/v1/cases/{id}"), &self.cookie)?;
        if case.case.id == id {
            Ok(case)
        } else {
            Err(Failure::not_readable(format!("The service sent another case than {id}. Tell the operator.")))
        }
    }

    /// Adds a reply.
    pub(super) fn reply(
        &self,
        id: Uuid,
        number: u32,
        sealed: SealedReply,
        contents: &[String],
    ) -> Result<(), CallError> {
        self.add(&format!("/api/v1/cases/{id}/replies"), number, &sealed.into_bytes(), contents)
    }

    /// The sealed content of an attachment, as it comes in.
    pub(super) fn attachment(&self, id: Uuid, number: u32) -> Result<impl Read + use<>, CallError> {
        self.transport.stream(&format!("/api/v1/cases/{id}/attachments/{number}"), &self.cookie)
    }

    /// The same of a file that came with a reply; `part` counts from 1.
    pub(super) fn reply_file(
        &self,
        id: Uuid,
        number: u32,
        part: u32,
    ) -> Result<impl Read + use<>, CallError> {
        self.transport.stream(&format!("/api/v1/cases/{id}/replies/{number}/files/{part}"), &self.cookie)
    }

    /// Sends the sealed content of a file that a reply is to bring, and gives the name by which the reply claims it.
    pub(super) fn upload(&self, sealed: &mut dyn Read) -> Result<String, CallError> {
        let Upload { upload } = self.transport.send_stream("/api/v1/uploads", &self.cookie, sealed)?;
        Ok(upload)
    }

    /// Adds a note.
    pub(super) fn note(&self, id: Uuid, number: u32, sealed: SealedEntry) -> Result<(), CallError> {
        self.add(&format!("/api/v1/cases/{id}/notes"), number, &sealed.into_bytes(), &[])
    }

    fn add(&self, path: &str, number: u32, sealed: &[u8], contents: &[String]) -> Result<(), CallError> {
        let entry = NewEntry { number, sealed: STANDARD.encode(sealed), contents };
        self.transport.post(path, Some(&self.cookie), &entry).map(drop)
    }

    /// Moves a case from one status to another; an end comes with the note that concludes it. Answers whether somebody
    /// else has to agree first.
    pub(super) fn change_status(
        &self,
        id: Uuid,
        from: &str,
        to: &str,
        outcome: Option<&str>,
        conclusion: Option<(u32, SealedEntry)>,
    ) -> Result<bool, CallError> {
        let conclusion = conclusion.map(|(number, sealed)| NewEntry {
            number,
            sealed: STANDARD.encode(sealed.into_bytes()),
            contents: &[],
        });
        let change = StatusChange { from, to, outcome, conclusion };
        let path = format!("/api/v1/cases/{id}/status");
        Ok(self.transport.post(&path, Some(&self.cookie), &change)?.status() == 202)
    }

    /// Agrees to the end that somebody proposed, or declines it.
    pub(super) fn answer_end(&self, id: Uuid, agree: bool, note: u32) -> Result<(), CallError> {
        let answer = EndAnswer { agree, note };
        self.transport.post(&format!("/api/v1/cases/{id}/end"), Some(&self.cookie), &answer).map(drop)
    }

    /// Who can read a case, and who could.
    pub(super) fn readers(&self, id: Uuid) -> Result<Readers, CallError> {
        self.transport.get(&format!("/api/v1/cases/{id}/readers"), &self.cookie)
    }

    /// A page of the cases that a recipient is still to get.
    pub(super) fn to_hand_over(
        &self,
        recipient: &str,
        after: Option<Uuid>,
    ) -> Result<HandoverPage, CallError> {
        let recipient = percent_encoding::utf8_percent_encode(recipient, percent_encoding::NON_ALPHANUMERIC);
        let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
        self.transport.get(&format!("/api/v1/handover?recipient={recipient}{after}"), &self.cookie)
    }

    /// The sealed parts of up to fifty cases.
    pub(super) fn sealed(&self, cases: &[Uuid]) -> Result<Vec<CaseSummary>, CallError> {
        let wanted = serde_json::json!({ "cases": cases });
        let answer = self.transport.post("/api/v1/cases/sealed", Some(&self.cookie), &wanted)?;
        let page: CasePage = self.transport.read(answer)?;
        Ok(page.cases)
    }

    /// Gives a recipient grants of cases; the key is the one that they are sealed to.
    pub(super) fn release(
        &self,
        recipient: &str,
        key: &PublicKey,
        grants: Vec<(Uuid, Grant)>,
    ) -> Result<GrantsGiven, CallError> {
        let grants: Vec<_> = grants
            .into_iter()
            .map(|(case, grant)| serde_json::json!({ "case": case, "sealed": STANDARD.encode(grant.as_bytes()) }))
            .collect();
        let body =
            serde_json::json!({ "recipient": recipient, "public_key": key.as_str(), "grants": grants });
        let answer = self.transport.post("/api/v1/grants", Some(&self.cookie), &body)?;
        self.transport.read(answer)
    }

    /// The keys that open cases which this recipient can read.
    pub(super) fn keys(&self) -> Result<KeyReport, CallError> {
        self.transport.get("/api/v1/keys", &self.cookie)
    }

    /// Puts a key out of use; answers how many cases are left to it.
    pub(super) fn revoke(&self, recipient: &str, public_key: &str) -> Result<i64, CallError> {
        let body = serde_json::json!({ "recipient": recipient, "public_key": public_key });
        let answer = self.transport.post("/api/v1/keys/revoke", Some(&self.cookie), &body)?;
        let Revoked { left } = self.transport.read(answer)?;
        Ok(left)
    }

    /// Leaves a case.
    pub(super) fn step_aside(&self, id: Uuid) -> Result<(), CallError> {
        let path = format!("/api/v1/cases/{id}/step-aside");
        self.transport.post(&path, Some(&self.cookie), &serde_json::json!({})).map(drop)
    }

    /// Takes somebody off a case; the note says why.
    pub(super) fn take_off(
        &self,
        id: Uuid,
        recipient: &str,
        number: u32,
        reason: SealedEntry,
    ) -> Result<(), CallError> {
        let reason = NewEntry { number, sealed: STANDARD.encode(reason.into_bytes()), contents: &[] };
        let body = serde_json::json!({ "recipient": recipient, "reason": reason });
        self.transport.post(&format!("/api/v1/cases/{id}/take-off"), Some(&self.cookie), &body).map(drop)
    }

    /// Marks that two have to agree to how a case ends.
    pub(super) fn take_two(&self, id: Uuid) -> Result<(), CallError> {
        let path = format!("/api/v1/cases/{id}/takes-two");
        self.transport.post(&path, Some(&self.cookie), &serde_json::json!({})).map(drop)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // If this does not arrive, the session ends by itself when it has idled long enough.
        let _ = self.transport.delete("/api/v1/sessions/current", &self.cookie);
    }
}

/// `name=value` of the session cookie, out of a Set-Cookie header.
fn session_cookie(header: &str) -> Option<Zeroizing<String>> {
    let pair = header.split(';').next()?.trim();
    let (name, value) = pair.split_once('=')?;
    (name == COOKIE && !value.is_empty()).then(|| Zeroizing::new(pair.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_session_cookie_is_kept() {
        let cookie =
            session_cookie("__Host-candor-session=abc_-1; Path=/; Secure; HttpOnly; SameSite=Strict");
        assert_eq!(cookie.as_deref().map(String::as_str), Some("__Host-candor-session=abc_-1"));
        for other in ["__Host-candor-session=; Path=/", "other=1", "", "__Host-candor-session"] {
            assert!(session_cookie(other).is_none(), "{other}");
        }
    }
}
