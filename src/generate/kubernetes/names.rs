//! Names of objects that are made from a service's name, inside the lengths that Kubernetes allows.

use crate::hash::fnv1a;
use crate::topology::Topology;

/// The longest DNS label: names of objects, values of labels
/// (<https://kubernetes.io/docs/concepts/overview/working-with-objects/names/>).
pub(super) const LABEL: usize = 63;

/// The longest name of a StatefulSet: its pods bear it in a label with `-` and a hash of ten characters
/// (<https://github.com/kubernetes/kubernetes/issues/64023>).
pub(super) const STATEFUL_SET: usize = LABEL - 11;

/// The longest name of a CronJob: its Jobs have it with `-` and a time of up to ten digits
/// (<https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#writing-a-cronjob-spec>).
pub(super) const CRON_JOB: usize = LABEL - 11;

/// Digits of a hash inside a name.
const DIGITS: usize = 8;

/// `name` if it is not longer than `limit`; else its beginning and a hash of the whole.
pub(super) fn fitted(name: &str, limit: usize) -> String {
    if name.len() <= limit {
        return name.to_owned();
    }
    let kept: String = name.chars().take(limit.saturating_sub(DIGITS + 1)).collect();
    format!("{}-{}", kept.trim_end_matches('-'), digest(name))
}

/// A DNS label `base-suffix`.
pub(super) fn suffixed(base: &str, suffix: &str) -> String {
    fitted(&format!("{base}-{suffix}"), LABEL)
}

/// A DNS label `base-HASH`, another one for every `content`.
pub(super) fn hashed(base: &str, content: &str) -> String {
    format!("{}-{}", fitted(base, LABEL - DIGITS - 1), digest(content))
}

/// `name`, or that with a hash where a service is called so.
pub(super) fn unused(topology: &Topology, name: &str) -> String {
    let mut free = name.to_owned();
    while topology.services.iter().any(|service| service.name.as_str() == free) {
        free = hashed(name, &free);
    }
    free
}

/// Eight hexadecimal digits that follow from `content` alone.
pub(super) fn digest(content: &str) -> String {
    let hash = fnv1a(content.as_bytes());
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::Name;
    use proptest::prelude::*;

    #[test]
    fn short_names_stay_as_they_are() {
        assert_eq!(suffixed("api", "before-start"), "api-before-start");
        assert_eq!(fitted("api", STATEFUL_SET), "api");
    }

    #[test]
    fn long_names_that_begin_alike_stay_apart() {
        let (one, other) = ("a".repeat(62) + "b", "a".repeat(63));
        for limit in [LABEL - 9, STATEFUL_SET, 20] {
            assert_ne!(fitted(&one, limit), fitted(&other, limit));
        }
        assert_ne!(suffixed(&one, "tls"), suffixed(&other, "tls"));
        assert_ne!(hashed(&one, ""), hashed(&other, ""));
        assert_ne!(hashed(&one, "1"), hashed(&one, "2"));
    }

    proptest! {
        #[test]
        fn every_name_is_a_dns_label(name in "[a-z][a-z0-9-]{0,61}[a-z0-9]", content in ".*") {
            for (made, limit) in [
                (fitted(&name, STATEFUL_SET), STATEFUL_SET),
                (suffixed(&name, "before-start"), LABEL),
                (hashed(&suffixed(&name, "before-start"), &content), LABEL),
            ] {
                prop_assert!(Name::new(&made).is_some() && made.len() <= limit, "{made}");
            }
        }
    }
}
