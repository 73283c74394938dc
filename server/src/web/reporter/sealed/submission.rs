//! A report that was sealed in the browser: its shape, and whether its route is one that the rules lead to.

use super::Refusal;
use super::attachments::{SubmittedAttachment, claim};
use super::fields::{Bytes, Fixed};
use crate::blobs::Blobs;
use crate::domain::day::Day;
use crate::domain::recipient::Recipients;
use crate::domain::routing::{Route, is_possible};
use crate::domain::status::CaseKind;
use crate::store::{NewCase, NewGrant};
use candor_crypto::{AccessKeyHash, Grant, PublicKey, SealedReport};
use serde::Deserialize;
use uuid::Uuid;

/// The JSON of a sealed submission (docs/protocol.md, section 8).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Submission {
    case: Uuid,
    access_hash: Fixed<32>,
    mailbox: String,
    public_key: String,
    replay_tag: Fixed<32>,
    report: Bytes,
    #[serde(default)]
    identity: Option<Bytes>,
    grants: Vec<SubmittedGrant>,
    #[serde(default)]
    attachments: Vec<SubmittedAttachment>,
    told: Vec<String>,
    #[serde(default)]
    addressed: Option<String>,
    /// Voluntary work, where the service was crowded.
    #[serde(default)]
    work: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubmittedGrant {
    recipient: String,
    /// The public key that the page named.
    public_key: String,
    sealed: Bytes,
}

impl Submission {
    /// The report's access hash, and the work that was done for it.
    pub(super) fn work(&self) -> (&[u8; 32], Option<u32>) {
        (&self.access_hash.0, self.work)
    }

    /// Checks all that can be checked from outside, and makes of it what the store takes.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] for what our script never sends; [`Refusal::Stale`] where the rules or the keys have
    /// changed since the page was made.
    pub(super) async fn into_case(
        self,
        kind: CaseKind,
        recipients: &Recipients,
        blobs: &Blobs,
        most_files: usize,
        day: Day,
        slot: i64,
    ) -> Result<NewCase, Refusal> {
        let malformed = |_| Refusal::Malformed;
        if self.case.get_version_num() != 4 {
            return Err(Refusal::Malformed);
        }
        let route = self.route(recipients)?;
        if !is_possible(recipients, kind, &route) {
            return Err(Refusal::Stale);
        }
        // A report and an identity are sealed to one key each: the case's.
        let one_key = |sealed: Bytes| SealedReport::from_stored(sealed.0).map_err(malformed);
        let mut grants = Vec::with_capacity(self.grants.len());
        for grant in self.grants {
            let key = recipients.get(&grant.recipient).and_then(|recipient| recipient.public_key.clone());
            let key = key.filter(|key| key.as_str() == grant.public_key).ok_or(Refusal::Stale)?;
            grants.push(NewGrant {
                recipient_id: grant.recipient,
                public_key: key,
                grant: Grant::from_stored(grant.sealed.0).map_err(malformed)?,
            });
        }
        let attachments = claim(self.attachments, most_files, blobs).await?;
        Ok(NewCase {
            id: self.case,
            access: AccessKeyHash::from_bytes(self.access_hash.0),
            mailbox: PublicKey::parse(&self.mailbox).map_err(|_| Refusal::Malformed)?,
            public_key: PublicKey::parse(&self.public_key).map_err(|_| Refusal::Malformed)?,
            kind,
            addressed: route.addressed,
            day,
            attachments,
            report: one_key(self.report)?,
            identity: self.identity.map(one_key).transpose()?.map(Into::into),
            replay_tag: self.replay_tag.0,
            grants,
            told: route.told,
            slot,
        })
    }

    /// The route, in the order of the configuration.
    fn route(&self, recipients: &Recipients) -> Result<Route, Refusal> {
        let in_order = |listed: &[&str]| {
            let known: Vec<String> = recipients
                .iter()
                .map(|recipient| recipient.id.clone())
                .filter(|id| listed.contains(&id.as_str()))
                .collect();
            // One too many: a stranger, or somebody twice.
            if known.len() == listed.len() { Ok(known) } else { Err(Refusal::Stale) }
        };
        let granted: Vec<&str> = self.grants.iter().map(|grant| grant.recipient.as_str()).collect();
        let told: Vec<&str> = self.told.iter().map(String::as_str).collect();
        Ok(Route { granted: in_order(&granted)?, told: in_order(&told)?, addressed: self.addressed.clone() })
    }
}
