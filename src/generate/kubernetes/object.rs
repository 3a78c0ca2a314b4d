//! An object on its way to a file: keys in the order in which people write them, and why each is there.

use crate::generate::notes::{Document, Notes};
use crate::sorting;
use crate::yaml::value_of;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_yaml::{Mapping, Value};
use std::sync::LazyLock;

/// A value, and why its parts are there, by paths that start at it.
pub(super) struct Noted<T> {
    pub value: T,
    pub notes: Notes,
}

/// An object as it is written.
pub(super) type Object = Noted<Value>;

/// What comes first in a mapping; the rest follows in the order of the API's reference, which is the alphabet's.
const FIRST: &[&str] = &[
    "apiVersion",
    "apiGroup",
    "apiGroups",
    "kind",
    "metadata",
    "name",
    "namespace",
    "labels",
    "annotations",
    "type",
    "schedule",
    "timeZone",
    "concurrencyPolicy",
    "startingDeadlineSeconds",
    "successfulJobsHistoryLimit",
    "failedJobsHistoryLimit",
    "scaleTargetRef",
    "minReplicas",
    "maxReplicas",
    "metrics",
    "replicas",
    "selector",
    "podSelector",
    "policyTypes",
    "ingress",
    "egress",
    "maxSkew",
    "topologyKey",
    "whenUnsatisfiable",
    "accessModes",
    "from",
    "to",
    "host",
    "path",
    "pathType",
    "image",
    "imagePullPolicy",
    "command",
    "args",
    "ports",
    "envFrom",
    "env",
    "resources",
    "resourceNames",
    "requests",
    "httpGet",
    "tcpSocket",
    "startupProbe",
    "readinessProbe",
    "livenessProbe",
    "serviceAccountName",
    "automountServiceAccountToken",
    "enableServiceLinks",
    "securityContext",
    "runAsNonRoot",
    "runAsUser",
    "runAsGroup",
    "fsGroup",
    "initContainers",
    "containers",
];

impl<T> Noted<T> {
    /// A value and its notes.
    pub fn new(value: T, notes: Notes) -> Self {
        Self { value, notes }
    }
}

impl<T: Serialize> Noted<T> {
    /// The value as it is written.
    pub fn object(self) -> Object {
        // The types of the API have text as keys only, and so always become a value.
        let mut value = value_of(&self.value).unwrap_or_default();
        order(&mut value);
        Noted::new(value, self.notes)
    }
}

impl Object {
    /// What tells it from all other objects of its namespace.
    pub fn kind_and_name(&self) -> (&str, &str) {
        let text = |path: &[&str]| {
            let value = path.iter().try_fold(&self.value, |value, key| value.get(key));
            value.and_then(Value::as_str).unwrap_or_default()
        };
        (text(&["kind"]), text(&["metadata", "name"]))
    }

    /// It as a YAML document.
    pub fn document(&self) -> Document<'_> {
        self.notes.document_of(&self.value)
    }
}

/// Puts the keys of all mappings into order. A mapping that is in order stays as it is: to make another takes longer than
/// all the rest.
fn order(value: &mut Value) {
    match value {
        Value::Mapping(mapping) => {
            mapping.values_mut().for_each(order);
            if !mapping.keys().is_sorted_by_key(rank) {
                let mut entries: Vec<(Value, Value)> = std::mem::take(mapping).into_iter().collect();
                sorting::sort_by_key(&mut entries, |(key, _)| rank(key));
                *mapping = Mapping::from_iter(entries);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(order),
        _ => {}
    }
}

fn rank(key: &Value) -> usize {
    static RANKS: LazyLock<FxHashMap<&str, usize>> =
        LazyLock::new(|| FIRST.iter().enumerate().map(|(rank, first)| (*first, rank)).collect());
    key.as_str().and_then(|key| RANKS.get(key).copied()).unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_in_the_order_in_which_people_write_them() {
        let mut value: Value = serde_yaml::from_str("{b: 1, name: x, a: [{spec: 1, kind: 2}]}").unwrap();
        order(&mut value);
        assert_eq!(serde_yaml::to_string(&value).unwrap(), "name: x\nb: 1\na:\n- kind: 2\n  spec: 1\n");
    }
}
