//! Nodes: where passengers step off and on, divided by what transfer rules see there.

/// The nodes of a call, `u32::MAX` where passengers may not step off or on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodePair {
    pub alight: u32,
    pub board: u32,
}

/// The nodes of all calls.
pub(super) struct Nodes {
    /// Stop of each alight node.
    pub alight_stop: Vec<u32>,
    /// Stop of each board node.
    pub board_stop: Vec<u32>,
    /// Where the nodes of a draft begin in `pairs`, `u32::MAX` where all its nodes are plain.
    special: Vec<u32>,
    /// Nodes of the calls of drafts with special nodes.
    pairs: Vec<NodePair>,
    /// Number of calls of each such draft, by where its nodes begin.
    lengths: std::collections::HashMap<u32, u32>,
}

impl Nodes {
    /// Every stop has its plain nodes only.
    pub(super) fn plain(stops: usize, drafts: usize) -> Self {
        Self {
            alight_stop: (0..stops as u32).collect(),
            board_stop: (0..stops as u32).collect(),
            special: vec![u32::MAX; drafts],
            pairs: Vec::new(),
            lengths: std::collections::HashMap::new(),
        }
    }

    /// The nodes of a draft's calls; empty where all are plain.
    pub(super) fn special_of(&self, draft: u32) -> &[NodePair] {
        let start = self.special[draft as usize];
        let Some(&length) = self.lengths.get(&start) else { return &[] };
        &self.pairs[start as usize..(start + length) as usize]
    }
}
