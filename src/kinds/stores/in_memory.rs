//! What stores that keep their data in memory have in common.

use crate::kinds::program::Container;
use crate::model::Memory;

/// The data that a store in memory may hold, in MiB: a quarter of the limit is left to buffers and copies
/// (<https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/memory-optimization/>).
pub fn data_mib(limit: Memory) -> u64 {
    (limit.bytes() / (1 << 20) * 3 / 4).max(1)
}

/// The command of Redis and Valkey: they refuse writes before the kernel has to kill them, and write to disk only if
/// they have one.
pub fn key_value_store(server: &str, container: &Container) -> Vec<String> {
    let maximum = format!("{}mb", data_mib(container.limit));
    let mut command = vec![server, "--maxmemory", &maximum, "--maxmemory-policy", "noeviction"];
    command.extend(if container.has_storage { ["--appendonly", "yes"] } else { ["--save", ""] });
    command.into_iter().map(str::to_owned).collect()
}
