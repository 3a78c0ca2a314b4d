//! Where the pods of a template are.

use super::NodeIndex;

/// How many pods of a template are on each node that has some, in the order of the nodes.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed(Vec<(NodeIndex, u32)>);

impl Placed {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (NodeIndex, u32)> {
        self.0.iter().copied()
    }

    /// Takes note of one more pod on the node.
    pub fn add(&mut self, node: NodeIndex) {
        match self.find(node) {
            Ok(index) => self.0[index].1 += 1,
            Err(index) => self.0.insert(index, (node, 1)),
        }
    }

    /// Takes note of one pod less on the node; whether there was one.
    pub fn remove(&mut self, node: NodeIndex) -> bool {
        let Ok(index) = self.find(node) else { return false };
        self.0[index].1 -= 1;
        if self.0[index].1 == 0 {
            self.0.remove(index);
        }
        true
    }

    fn find(&self, node: NodeIndex) -> Result<usize, usize> {
        self.0.binary_search_by_key(&node, |(node, _)| *node)
    }
}
