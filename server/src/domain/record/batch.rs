//! What is entered when a day has ended: its events, mixed, among as many leaves that say nothing as hide their number.

use candor_crypto::record::{GrowingTree, Hash, LeafSecret};
use rand::seq::SliceRandom;
use rand::{CryptoRng, Rng};
use uuid::Uuid;

use super::{Content, Head};
use crate::domain::Day;

/// The fewest leaves of a day. The number of leaves is public: a day on which nothing happened must look like one on which
/// a case came in.
pub const FEWEST_LEAVES: usize = 64;

/// Something to be entered, under a name by which whoever asked knows it again.
pub struct Entry<K> {
    /// The name.
    pub key: K,
    /// What it says.
    pub content: Content,
}

/// A leaf to be stored.
pub struct NewLeaf<K> {
    /// Its number in the tree.
    pub number: u64,
    /// What hides it.
    pub secret: LeafSecret,
    /// What stands in the tree.
    pub commitment: Hash,
    /// What it is of; `None` for a filler.
    pub key: Option<K>,
}

/// All that one day adds.
pub struct Batch<K> {
    /// The leaves in order.
    pub leaves: Vec<NewLeaf<K>>,
    /// The nodes of the tree that are complete now, with their numbers.
    pub nodes: Vec<(u64, Hash)>,
    /// The head, not signed yet.
    pub head: Head,
}

/// Makes what the end of `day` adds to `tree`. The order in which things happened within a day says something about those
/// who did them, so it does not become the order of the leaves.
pub fn compose<K, R: Rng + CryptoRng>(
    mut tree: GrowingTree,
    entries: Vec<Entry<K>>,
    installation: Uuid,
    day: Day,
    previous: Option<&Head>,
    rng: &mut R,
) -> Batch<K> {
    let count = entries.len().next_power_of_two().max(FEWEST_LEAVES);
    let mut entries: Vec<_> = entries.into_iter().map(Some).collect();
    entries.resize_with(count, || None);
    entries.shuffle(rng);
    let mut nodes = Vec::with_capacity(2 * count);
    let mut leaves = Vec::with_capacity(count);
    for entry in entries {
        let number = tree.size();
        let secret = LeafSecret::random(rng);
        let (key, content) = match entry {
            Some(Entry { key, content }) => (Some(key), content),
            None => (None, Content::Filler),
        };
        let commitment = content.commitment(secret);
        nodes.extend(tree.push(&commitment));
        leaves.push(NewLeaf { number, secret, commitment, key });
    }
    let head = Head {
        installation,
        day,
        size: tree.size(),
        root: tree.root(),
        previous: previous.map_or([0; 32], Head::digest),
    };
    Batch { leaves, nodes, head }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Erasure;
    use candor_crypto::record::CaseTag;

    fn entries(count: u64) -> Vec<Entry<u64>> {
        let erasure = |leaf| Erasure { case: CaseTag([0; 32]), day: Day::from_number(0), leaves: vec![leaf] };
        (0..count).map(|key| Entry { key, content: Content::Erasure(erasure(key)) }).collect()
    }

    fn day_of(count: u64) -> Batch<u64> {
        let day = Day::from_number(20_780);
        compose(GrowingTree::empty(), entries(count), Uuid::nil(), day, None, &mut rand::rng())
    }

    #[test]
    fn the_number_of_leaves_says_little_of_the_number_of_events() {
        for (events, leaves) in [(0, 64), (1, 64), (64, 64), (65, 128), (129, 256)] {
            let batch = day_of(events);
            assert_eq!(batch.leaves.len(), leaves);
            assert_eq!(batch.head.size, leaves as u64);
            assert_eq!(batch.nodes.len(), 2 * leaves - 1, "a full tree");
        }
    }

    #[test]
    fn everything_is_entered_once_in_no_order() {
        let keys = |batch: &Batch<u64>| batch.leaves.iter().filter_map(|leaf| leaf.key).collect::<Vec<_>>();
        let (one, other) = (keys(&day_of(60)), keys(&day_of(60)));
        let mut sorted = one.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..60).collect::<Vec<_>>());
        assert_ne!(one, sorted);
        assert_ne!(one, other);
        let mut secrets: Vec<_> = day_of(0).leaves.iter().map(|leaf| *leaf.secret.as_bytes()).collect();
        secrets.sort_unstable();
        secrets.dedup();
        assert_eq!(secrets.len(), 64, "fillers differ too");
    }
}
