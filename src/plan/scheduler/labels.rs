//! Labels, and the requirements that select by them.
//!
//! Source: `staging/src/k8s.io/apimachinery/pkg/labels/selector.go` of kubernetes/kubernetes v1.36.2.

use std::collections::BTreeMap;

/// The labels of a node, a pod or a namespace.
pub type Labels = BTreeMap<String, String>;

/// A requirement on one label.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Requirement {
    /// The label's key.
    pub key: String,
    /// The operator and its values.
    pub test: Test,
}

/// An operator on a label's value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    /// One of these.
    In(Vec<String>),
    /// None of these; no label at all will do.
    NotIn(Vec<String>),
    /// Anything.
    Exists,
    /// The label must be absent.
    DoesNotExist,
    /// A whole number greater than this (of nodes only).
    Gt(i64),
    /// A whole number less than this (of nodes only).
    Lt(i64),
}

impl Requirement {
    /// The label must have exactly this value.
    pub fn equal(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), test: Test::In(vec![value.into()]) }
    }

    /// Whether the labels meet it.
    pub fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(&self.key);
        let number = || value.and_then(|value| value.parse::<i64>().ok());
        match &self.test {
            Test::In(values) => value.is_some_and(|value| values.contains(value)),
            Test::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
            Test::Exists => value.is_some(),
            Test::DoesNotExist => value.is_none(),
            Test::Gt(bound) => number().is_some_and(|number| number > *bound),
            Test::Lt(bound) => number().is_some_and(|number| number < *bound),
        }
    }
}

/// Requirements that must all be met. Without any, it selects everything; a selector that selects nothing is written
/// as `None` where one may be absent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Selector(pub Vec<Requirement>);

impl Selector {
    /// Selects what has all of these labels.
    pub fn equal(labels: &Labels) -> Self {
        Self(labels.iter().map(|(key, value)| Requirement::equal(key, value)).collect())
    }

    /// Whether the labels meet every requirement.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.0.iter().all(|requirement| requirement.matches(labels))
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_is_met_or_not() {
        let labels: Labels = [("disk", "ssd"), ("gen", "4"), ("empty", "")].map(|(k, v)| (k.into(), v.into())).into();
        let values = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>();
        for (key, test, met) in [
            ("disk", Test::In(values(&["hdd", "ssd"])), true),
            ("disk", Test::In(values(&["hdd"])), false),
            ("absent", Test::In(values(&[""])), false),
            ("empty", Test::In(values(&[""])), true),
            ("disk", Test::NotIn(values(&["ssd"])), false),
            ("absent", Test::NotIn(values(&["ssd"])), true),
            ("empty", Test::Exists, true),
            ("absent", Test::Exists, false),
            ("absent", Test::DoesNotExist, true),
            ("gen", Test::Gt(3), true),
            ("gen", Test::Gt(4), false),
            ("gen", Test::Lt(5), true),
            ("disk", Test::Lt(5), false),
            ("absent", Test::Gt(0), false),
        ] {
            let requirement = Requirement { key: key.into(), test };
            assert_eq!(requirement.matches(&labels), met, "{requirement:?}");
        }
    }
}
