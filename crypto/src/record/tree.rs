//! The tree: hashes of complete subtrees, which never change, are kept under their numbers; all else follows from them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use tlog_tiles::tlog;

use super::Hash;

/// The hashes beside the way from a leaf to the root, RFC 6962 section 2.1.1.
pub type Path = Vec<Hash>;

/// More nodes than this are not kept while a tree grows: those that are needed again are few.
const MOST_NODES: usize = 4096;

/// Hashes that were read beforehand. One that is missing is noted, and zero.
struct Known<'a> {
    nodes: &'a BTreeMap<u64, Hash>,
    missing: RefCell<Vec<u64>>,
}

impl<'a> Known<'a> {
    fn new(nodes: &'a BTreeMap<u64, Hash>) -> Self {
        Self { nodes, missing: RefCell::default() }
    }

    fn complete(&self) -> bool {
        self.missing.borrow().is_empty()
    }
}

impl tlog::HashReader for Known<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        let known = |index| {
            if let Some(hash) = self.nodes.get(index) {
                return tlog::Hash(*hash);
            }
            self.missing.borrow_mut().push(*index);
            tlog::Hash::default()
        };
        Ok(indexes.iter().map(known).collect())
    }
}

/// The numbers of the nodes that a tree of `size` leaves needs to grow, and for its root.
pub fn nodes_to_grow(size: u64) -> Vec<u64> {
    tlog::sub_tree_index(0, size, Vec::new())
}

/// The numbers of the nodes that the path of `leaf` needs in a tree of `size` leaves; none if it is not in there.
pub fn nodes_for_path(size: u64, leaf: u64) -> Vec<u64> {
    let nothing = BTreeMap::new();
    let asked = Known::new(&nothing);
    // What the path would be is of no interest here.
    let _ = tlog::prove_record(size, leaf, &asked);
    asked.missing.into_inner()
}

/// The path of `leaf` in a tree of `size` leaves from the nodes that [`nodes_for_path`] names; `None` if one is missing or
/// the leaf is not in there.
pub fn path(size: u64, leaf: u64, nodes: &BTreeMap<u64, Hash>) -> Option<Path> {
    let known = Known::new(nodes);
    let path = tlog::prove_record(size, leaf, &known).ok()?;
    known.complete().then(|| path.into_iter().map(|hash| hash.0).collect())
}

/// Whether `path` leads from this commitment as leaf number `leaf` to the `root` of a tree of `size` leaves.
pub fn is_included(commitment: &Hash, leaf: u64, size: u64, root: &Hash, path: &[Hash]) -> bool {
    let path: Vec<_> = path.iter().copied().map(tlog::Hash).collect();
    tlog::check_record(&path, size, tlog::Hash(*root), leaf, tlog::record_hash(commitment)).is_ok()
}

/// The hash of a leaf in the tree, SHA-256(00 ‖ commitment).
pub fn node_hash_of_leaf(commitment: &Hash) -> Hash {
    tlog::record_hash(commitment).0
}

/// A tree that grows at its end.
pub struct GrowingTree {
    size: u64,
    nodes: BTreeMap<u64, Hash>,
}

impl GrowingTree {
    /// The tree of `size` leaves with the nodes that [`nodes_to_grow`] names; `None` if one is missing.
    pub fn new(size: u64, nodes: BTreeMap<u64, Hash>) -> Option<Self> {
        let complete = nodes_to_grow(size).iter().all(|number| nodes.contains_key(number));
        complete.then_some(Self { size, nodes })
    }

    /// The tree without leaves.
    pub fn empty() -> Self {
        Self { size: 0, nodes: BTreeMap::new() }
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf. Answers the nodes that are complete with it, with their numbers, in order: 0, 1, 2 … over all calls.
    pub fn push(&mut self, commitment: &Hash) -> Vec<(u64, Hash)> {
        let hashes = tlog::stored_hashes(self.size, commitment, &Known::new(&self.nodes))
            .expect("reading from memory does not fail");
        let first = tlog::stored_hash_index(0, self.size);
        let new: Vec<_> = (first..).zip(hashes.into_iter().map(|hash| hash.0)).collect();
        self.nodes.extend(new.iter().copied());
        self.size += 1;
        if self.nodes.len() > MOST_NODES {
            let needed = nodes_to_grow(self.size);
            self.nodes.retain(|number, _| needed.contains(number));
        }
        new
    }

    /// Its root, RFC 6962 section 2.1.
    pub fn root(&self) -> Hash {
        tlog::tree_hash(self.size, &Known::new(&self.nodes)).expect("reading from memory does not fail").0
    }
}

#[cfg(test)]
mod tests {
    use super::super::from_hex;
    use super::*;
    use sha2::{Digest as _, Sha256};

    /// The tree hash as RFC 6962 section 2.1 defines it.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => Sha256::new().chain_update([0]).chain_update(one).finalize().into(),
            more => {
                let left = 1 << (more.len() - 1).ilog2();
                let (left, right) = more.split_at(left);
                let digest = Sha256::new().chain_update([1]).chain_update(by_definition(left));
                digest.chain_update(by_definition(right)).finalize().into()
            }
        }
    }

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|number| super::super::hash(&number.to_be_bytes())).collect()
    }

    #[test]
    fn its_roots_are_those_of_the_standard() {
        let leaves = leaves(130);
        let mut tree = GrowingTree::empty();
        for size in 0..=leaves.len() {
            assert_eq!(tree.root(), by_definition(&leaves[..size]), "{size}");
            if let Some(next) = leaves.get(size) {
                tree.push(next);
            }
        }
        // RFC 6962's own empty tree.
        let empty = from_hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(Some(GrowingTree::empty().root()), empty);
    }

    #[test]
    fn every_leaf_has_a_path_and_no_other_leaf_place_size_or_root_goes_with_it() {
        let leaves = leaves(77);
        let mut tree = GrowingTree::empty();
        let nodes: BTreeMap<_, _> = leaves.iter().flat_map(|leaf| tree.push(leaf)).collect();
        let root = tree.root();
        for (number, leaf) in (0..).zip(&leaves) {
            let some: BTreeMap<_, _> =
                nodes_for_path(77, number).iter().map(|node| (*node, nodes[node])).collect();
            let path = path(77, number, &some).unwrap();
            assert!(is_included(leaf, number, 77, &root, &path));
            let other = &leaves[(usize::try_from(number).unwrap() + 1) % 77];
            assert!(!is_included(other, number, 77, &root, &path));
            assert!(!is_included(leaf, (number + 1) % 77, 77, &root, &path));
            assert!(!is_included(leaf, number, 77, leaf, &path));
            assert!(!is_included(leaf, number, 77, &root, &path[1..]));
            assert!(!is_included(leaf, number, number, &root, &path), "a leaf beyond the end");
        }
        assert_eq!(path(77, 77, &nodes), None);
        assert_eq!(path(77, 3, &BTreeMap::new()), None, "nodes that are missing are not made up");
    }

    #[test]
    fn it_goes_on_from_the_nodes_it_needs() {
        let leaves = leaves(100);
        let mut whole = GrowingTree::empty();
        let nodes: BTreeMap<_, _> = leaves[..70].iter().flat_map(|leaf| whole.push(leaf)).collect();
        let needed = nodes_to_grow(70).iter().map(|node| (*node, nodes[node])).collect();
        let mut part = GrowingTree::new(70, needed).unwrap();
        for leaf in &leaves[70..] {
            assert_eq!(part.push(leaf), whole.push(leaf));
        }
        assert_eq!(part.root(), whole.root());
        assert!(GrowingTree::new(70, BTreeMap::new()).is_none());
    }
}
