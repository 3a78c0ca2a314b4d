//! Why the lines of a namespace are there, and of what it may take in all.

pub const REFUSES_PODS_WITH_MORE_RIGHTS: &str = "Refuses every pod that asks for more rights than it needs";

/// Of a namespace in which `secret` is to be made, if there is one.
pub fn namespace_of_its_own(secret: Option<&str>) -> String {
    let order = secret.map(|secret| format!("; apply this file first, then make the Secret `{secret}` there"));
    format!("What belongs together, in a namespace of its own{}", order.unwrap_or_default())
}

// What it may take.
pub const MOST_AT_ONCE: &str = "The most that these files start at once: every replica that there can be, in a rollout \
    twice, the Jobs and cert-manager's pods; what would be more is refused";
pub const GATEWAYS_PODS_COME_ON_TOP: &str = "If your gateway's own pods run in this namespace, add what they take";
pub const STRANGERS_WOULD_BE_REFUSED: &str =
    "What comes here from elsewhere and asks for nothing gets this; without it, the quota would refuse it";
