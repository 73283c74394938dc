//! Holding a whole database against its record. Handed over piece by piece: heads first, then cases and erasures in any
//! order, then all leaves and nodes in theirs.

use std::collections::BTreeMap;

use candor_crypto::record::{CaseTag, GrowingTree, Hash, LeafSecret, RecordPublicKey};
use uuid::Uuid;

use super::event::{Content, Erasure, RecordedEvent};
use super::finding::{Finding, Place};
use super::head::{Head, SignedHead};
use crate::domain::Day;

/// A leaf as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredLeaf {
    /// What hides it.
    pub secret: LeafSecret,
    /// What stands in the tree.
    pub commitment: Hash,
}

/// An event as it is stored, with the leaf that it names.
pub struct StoredEvent {
    /// Its position in the case.
    pub position: i64,
    /// The day.
    pub day: Day,
    /// received, told …
    pub kind: String,
    /// Who.
    pub actor: String,
    /// The new status …
    pub detail: String,
    /// The digest of its sealed entries, as it was taken when it was written.
    pub digest: Option<Hash>,
    /// The number of its leaf; `None` while it was not entered.
    pub leaf: Option<u64>,
    /// That leaf, if it is there.
    pub stored_leaf: Option<StoredLeaf>,
}

/// A case as it is stored.
pub struct StoredCase {
    /// The case.
    pub id: Uuid,
    /// The day it was received.
    pub received: Day,
    /// Where it stands, with its outcome after a colon.
    pub standing: String,
    /// The last position.
    pub revision: i64,
    /// Its events by position.
    pub events: Vec<StoredEvent>,
    /// The digests of the sealed entries that are there, by position, with the day that all of them say.
    pub entries: BTreeMap<i64, (Option<Day>, Hash)>,
}

/// An erasure as it is stored.
pub struct StoredErasure {
    /// What was erased.
    pub erasure: Erasure,
    /// The number of its leaf; `None` while it was not entered.
    pub leaf: Option<u64>,
    /// That leaf, if it is there.
    pub stored_leaf: Option<StoredLeaf>,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Of these, the ones that wait for the end of their day.
    pub waiting: u64,
    /// Leaves of the tree.
    pub leaves: u64,
}

/// The audit of one record.
pub struct Audit {
    heads: Vec<SignedHead>,
    /// Leaves that are accounted for, a bit each.
    known: Vec<u64>,
    tree: GrowingTree,
    next_number: u64,
    nodes_due: u64,
    next_head: usize,
    /// Nodes that follow from the leaves and were not compared yet.
    expected_nodes: BTreeMap<u64, Hash>,
    counts: Counts,
    findings: Vec<Finding>,
}

impl Audit {
    /// Begins with the heads as they are stored, oldest first; `given` are heads that came another way and must be among
    /// them.
    pub fn begin(
        installation: Uuid,
        key: &RecordPublicKey,
        heads: Vec<SignedHead>,
        given: &[SignedHead],
    ) -> Self {
        let mut findings = Vec::new();
        let mut before: Option<&Head> = None;
        for signed in &heads {
            let head = &signed.head;
            let follows = match before {
                Some(before) => {
                    before.day < head.day && before.size < head.size && before.digest() == head.previous
                }
                None => head.previous == [0; 32],
            };
            if head.installation != installation || !follows {
                findings.push(Finding::Order(head.day));
            }
            if !signed.is_signed_by(key) {
                findings.push(Finding::Signature(head.day));
            }
            before = Some(head);
        }
        for head in given {
            if !heads.iter().any(|known| known.head == head.head) {
                findings.push(Finding::HeadGone(head.head.day));
            }
        }
        Self {
            heads,
            known: Vec::new(),
            tree: GrowingTree::empty(),
            next_number: 0,
            nodes_due: 0,
            next_head: 0,
            expected_nodes: BTreeMap::new(),
            counts: Counts::default(),
            findings,
        }
    }

    /// Events or entries without a case.
    pub fn orphan(&mut self, id: String) {
        self.findings.push(Finding::CaseGone(id));
    }

    /// A case with all that is stored of it.
    pub fn case(&mut self, case: &StoredCase) {
        self.counts.cases += 1;
        let place = |position, day| Place { case: case.id, position, day };
        for (expected, event) in (0..).zip(&case.events) {
            let here = place(event.position, event.day);
            if event.position != expected {
                self.findings.push(Finding::Gap(here));
                break;
            }
        }
        let last = case.events.last().map_or(-1, |event| event.position);
        if last != case.revision {
            self.findings.push(Finding::Count(case.id));
        }
        let standing = case.events.iter().rev().find(|event| event.kind == "status");
        let standing = standing.map_or("received", |event| &event.detail);
        let received = case.events.first().map(|event| (event.kind.as_str(), event.day));
        if standing != case.standing || received != Some(("received", case.received)) {
            self.findings.push(Finding::Standing(case.id));
        }
        for event in &case.events {
            let here = place(event.position, event.day);
            let found = case.entries.get(&event.position);
            let expected = event.digest.map(|digest| (Some(event.day), digest));
            if found != expected.as_ref() {
                self.findings.push(Finding::Entries(here));
            }
            self.event(case.id, event, here);
        }
        for (position, (day, _)) in &case.entries {
            if !case.events.iter().any(|event| event.position == *position) {
                self.findings.push(Finding::EntryAlone(place(*position, day.unwrap_or(case.received))));
            }
        }
    }

    fn event(&mut self, case: Uuid, event: &StoredEvent, here: Place) {
        self.counts.events += 1;
        let Some(leaf) = event.leaf else {
            self.counts.waiting += 1;
            if self.heads.last().is_some_and(|last| event.day <= last.head.day) {
                self.findings.push(Finding::NotEntered(here));
            }
            return;
        };
        let content = Content::Event(RecordedEvent {
            case: CaseTag::of(case),
            position: event.position,
            day: event.day,
            kind: event.kind.clone(),
            actor: event.actor.clone(),
            detail: event.detail.clone(),
            entries: event.digest,
        });
        if !opens(event.stored_leaf, &content) {
            self.findings.push(Finding::Event(here));
            return;
        }
        self.account_for(leaf);
        if !self.is_day_of(leaf, event.day) {
            self.findings.push(Finding::WrongDay(here));
        }
    }

    /// An erasure.
    pub fn erasure(&mut self, stored: &StoredErasure) {
        let StoredErasure { erasure, leaf, stored_leaf } = stored;
        match leaf {
            Some(leaf) if opens(*stored_leaf, &Content::Erasure(erasure.clone())) => self.account_for(*leaf),
            Some(_) => return self.findings.push(Finding::Erasure(erasure.day)),
            None if self.heads.last().is_some_and(|last| erasure.day <= last.head.day) => {
                return self.findings.push(Finding::ErasureNotEntered(erasure.day));
            }
            None => {}
        }
        erasure.leaves.iter().for_each(|leaf| self.account_for(*leaf));
    }

    /// The next leaf, in the order of the numbers.
    pub fn leaf(&mut self, number: u64, leaf: StoredLeaf) {
        if number != self.next_number {
            self.findings.push(Finding::LeafGone(self.next_number));
        }
        self.next_number = number + 1;
        self.counts.leaves += 1;
        if !self.is_known(number) && !opens(Some(leaf), &Content::Filler) {
            let day = self.head_of(number).map(|head| head.head.day);
            self.findings.push(Finding::OpensToNothing { leaf: number, day });
        }
        let nodes = self.tree.push(&leaf.commitment);
        self.nodes_due = nodes.last().map_or(self.nodes_due, |(node, _)| node + 1);
        self.expected_nodes.extend(nodes);
        while let Some(head) =
            self.heads.get(self.next_head).filter(|head| head.head.size <= self.tree.size())
        {
            if head.head.size != self.tree.size() || head.head.root != self.tree.root() {
                self.findings.push(Finding::Root(head.head.day));
            }
            self.next_head += 1;
        }
    }

    /// Nodes up to before this number follow from the leaves so far.
    pub fn nodes_due(&self) -> u64 {
        self.nodes_due
    }

    /// A stored node. Nodes may be handed over as soon as their leaves were.
    pub fn node(&mut self, number: u64, hash: Hash) {
        if self.expected_nodes.remove(&number) != Some(hash) {
            self.findings.push(Finding::Node(number));
        }
    }

    /// All was handed over: what was looked at, and what is wrong.
    pub fn finish(mut self) -> (Counts, Vec<Finding>) {
        self.findings.extend(self.expected_nodes.keys().copied().map(Finding::Node));
        for head in &self.heads[self.next_head..] {
            self.findings.push(Finding::Root(head.head.day));
        }
        let covered = self.heads.last().map_or(0, |head| head.head.size);
        if self.counts.leaves > covered {
            self.findings.push(Finding::NoHead(self.counts.leaves - covered));
        } else if self.counts.leaves < covered {
            self.findings.push(Finding::LeafGone(self.counts.leaves));
        }
        (self.counts, self.findings)
    }

    fn head_of(&self, leaf: u64) -> Option<&SignedHead> {
        self.heads.get(self.heads.partition_point(|head| head.head.size <= leaf))
    }

    /// Whether the head that covers `leaf` is the first one after `day` had ended.
    fn is_day_of(&self, leaf: u64, day: Day) -> bool {
        let at = self.heads.partition_point(|head| head.head.size <= leaf);
        let before = at.checked_sub(1).and_then(|at| self.heads.get(at));
        self.heads.get(at).is_some_and(|head| day <= head.head.day)
            && before.is_none_or(|before| before.head.day < day)
    }

    fn is_known(&self, leaf: u64) -> bool {
        let word = usize::try_from(leaf / 64).unwrap_or(usize::MAX);
        self.known.get(word).is_some_and(|bits| bits >> (leaf % 64) & 1 == 1)
    }

    fn account_for(&mut self, leaf: u64) {
        if self.is_known(leaf) {
            return self.findings.push(Finding::Twice(leaf));
        }
        // A number beyond every head is found as such, and must not take memory.
        if self.heads.last().is_none_or(|last| leaf >= last.head.size) {
            return;
        }
        let Ok(word) = usize::try_from(leaf / 64) else { return };
        if self.known.len() <= word {
            self.known.resize(word + 1, 0);
        }
        self.known[word] |= 1 << (leaf % 64);
    }
}

fn opens(leaf: Option<StoredLeaf>, content: &Content) -> bool {
    leaf.is_some_and(|leaf| content.commitment(leaf.secret) == leaf.commitment)
}
