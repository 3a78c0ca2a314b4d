//! What the Java virtual machine takes in memory, and how it is told its limit.

use crate::kinds::PER_REQUEST;
use crate::kinds::program::{MemoryModel, MemoryVariable};
use crate::model::{Memory, ProcessModel};

/// One process, which leads to a limit of about 512 MiB: Spring's own measurements recommend 512 MiB or 1 GiB to a Spring
/// Boot app (<https://github.com/dsyer/spring-boot-memory-blog/blob/master/cf.md>).
const PROCESS: Memory = Memory::from_mib(400);

/// What the virtual machine takes beside its heap: classes, compiled code, the stacks of 200 request threads, buffers.
///
/// Measured: Spring MVC in an embedded Tomcat with Jackson, JDBC and 200 threads under load takes 145 MiB beside the heap
/// (OpenJDK 17, serial collector; resident memory less `-Xmx`), of which 24 MiB are classes, 25 MiB stacks and 16 MiB
/// code. Computed, not measured: by the formula of the buildpacks, 18,000 classes, as an app with JPA may load, take 113 MiB
/// (<https://github.com/cloudfoundry/java-buildpack-memory-calculator#algorithm>), which is 89 MiB more; the rest is for
/// their code.
const NATIVE: Memory = Memory::from_mib(256);

/// One process, in which each request has a thread.
pub const MODEL: MemoryModel = MemoryModel {
    measured: None,
    alike: &[],
    process: PROCESS,
    parent: None,
    model: ProcessModel::ForkedBeforeLoading,
    per_request: PER_REQUEST,
    heap: None,
};

/// Java takes a quarter of the limit for its heap by default
/// (<https://docs.oracle.com/en/java/javase/21/gctuning/ergonomics.html>). Another service of the image, a step before the
/// start and `docker exec` read the same variable. Agents use `JAVA_TOOL_OPTIONS`, which would hide ours.
pub const VARIABLE: MemoryVariable = MemoryVariable {
    name: "JDK_JAVA_OPTIONS",
    value: |limit, _| format!("-Xmx{}m -XX:+ExitOnOutOfMemoryError", heap_mib(limit)),
    reason: "The heap leaves room in the limit for classes, threads and buffers; by default it is a quarter. When it is \
             full, Java exits and is restarted",
};

/// The heap for this limit, in MiB: what the rest of the virtual machine leaves, and a quarter to three quarters in any
/// case.
fn heap_mib(limit: Memory) -> u64 {
    let quarter = limit.bytes() / 4;
    let left = limit.bytes().saturating_sub(NATIVE.bytes());
    (left.clamp(quarter, limit.bytes() - quarter) >> 20).max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heap_leaves_room_in_the_limit() {
        for (limit, heap) in [(512, 256), (1024, 768), (4096, 3072), (300, 75), (128, 32), (0, 2)] {
            assert_eq!(heap_mib(Memory::from_mib(limit)), heap, "{limit}");
        }
    }

    #[test]
    fn more_memory_never_means_a_smaller_heap() {
        let heaps: Vec<u64> = (0..5000).map(|limit| heap_mib(Memory::from_mib(limit))).collect();
        assert!(heaps.is_sorted());
        assert!(heap_mib(Memory::from_bytes(u64::MAX)) > 0);
    }
}
