//! Circles in what imports what.

use std::collections::{BTreeMap, BTreeSet};

/// What each node leads to.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// The largest sets of nodes that all lead to each other, of two nodes and more (Tarjan).
pub fn cycles(graph: &Graph) -> Vec<BTreeSet<String>> {
    let mut search =
        Search { graph, numbers: BTreeMap::new(), lowest: BTreeMap::new(), open: Vec::new(), found: Vec::new() };
    for node in graph.keys() {
        if !search.numbers.contains_key(node.as_str()) {
            search.visit(node);
        }
    }
    search.found
}

/// The graph of groups of nodes, without what a group leads to in itself.
pub fn grouped(graph: &Graph, group: impl Fn(&str) -> Option<String>) -> Graph {
    let mut groups = Graph::new();
    for (from, to) in graph.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to))) {
        if let (Some(from), Some(to)) = (group(from), group(to))
            && from != to
        {
            groups.entry(from).or_default().insert(to);
        }
    }
    groups
}

/// The arrows of every cycle, one a line.
pub fn arrows_of_cycles(graph: &Graph) -> String {
    let arrow = |members: &BTreeSet<String>, from: &String| {
        let inside = graph[from].intersection(members).map(|to| format!("{from} → {to}"));
        inside.collect::<Vec<_>>().join("\n")
    };
    let of_cycle =
        |members: &BTreeSet<String>| members.iter().map(|from| arrow(members, from)).collect::<Vec<_>>().join("\n");
    cycles(graph).iter().map(of_cycle).collect::<Vec<_>>().join("\n\n")
}

struct Search<'a> {
    graph: &'a Graph,
    numbers: BTreeMap<&'a str, usize>,
    lowest: BTreeMap<&'a str, usize>,
    open: Vec<&'a str>,
    found: Vec<BTreeSet<String>>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, node: &'a str) {
        let number = self.numbers.len();
        self.numbers.insert(node, number);
        self.lowest.insert(node, number);
        self.open.push(node);
        for next in self.graph.get(node).into_iter().flatten() {
            let reached = if !self.numbers.contains_key(next.as_str()) {
                self.visit(next);
                self.lowest[next.as_str()]
            } else if self.open.contains(&next.as_str()) {
                self.numbers[next.as_str()]
            } else {
                continue;
            };
            let lowest = self.lowest[node].min(reached);
            self.lowest.insert(node, lowest);
        }
        if self.lowest[node] == number {
            let start = self.open.iter().position(|open| *open == node).unwrap_or_default();
            let members: BTreeSet<String> = self.open.drain(start..).map(str::to_owned).collect();
            if members.len() > 1 {
                self.found.push(members);
            }
        }
    }
}
