//! What stores that run on a Java virtual machine have in common.

use crate::kinds::program::{Container, Heap};
use crate::kinds::store::plain;
use crate::model::{Variable, service_field};

/// Sends warnings to standard error, and writes no log of the garbage collector, which would fill the folder of logs in memory
/// (<https://www.elastic.co/docs/reference/elasticsearch/jvm-settings#gc-logging>).
pub const NO_COLLECTOR_LOG: &str = "-Xlog:disable -Xlog:all=warning:stderr:utctime,level,tags";

/// The variable `name` with Java's options for a heap that does not grow, so that the plan's figure is what the process
/// takes, and `more` options.
pub fn options(container: &Container, name: &str, heap: Heap, more: &str) -> Variable {
    let mib = heap.under(container.limit).bytes() >> 20;
    let separator = if more.is_empty() { "" } else { " " };
    let options = format!("-Xms{mib}m -Xmx{mib}m{separator}{more}");
    let reason = "Half of the limit is the heap; code, threads, buffers and the page cache need the rest";
    plain(container, name, &options, service_field!("memory.limit"), reason)
}

#[cfg(test)]
mod tests {
    use crate::quantity::Memory;
    use crate::topology::{Service, VariableValue};

    fn store(fields: &str) -> Service {
        let text = format!("services:\n  store: {{ {fields} }}\n");
        crate::analyze(&text).outputs.unwrap().topology.services.remove(0)
    }

    fn options(service: &Service) -> &str {
        let names = ["ES_JAVA_OPTS", "OPENSEARCH_JAVA_OPTS", "KAFKA_HEAP_OPTS"];
        let variable = service.env.iter().find(|variable| names.contains(&variable.name.as_str())).unwrap();
        let VariableValue::Plain(options) = &variable.value else { panic!("{variable:?}") };
        options
    }

    #[test]
    fn the_heap_is_half_of_the_limit_and_the_plan_counts_it() {
        for (kind, beside) in [("elasticsearch", 512), ("opensearch", 512), ("kafka", 256)] {
            let store = store(&format!("{kind}: {{}}, memory: {{ limit: 6Gi }}"));
            assert!(options(&store).starts_with("-Xms3072m -Xmx3072m"), "{kind}: {}", options(&store));
            assert_eq!(store.memory.process, Memory::from_mib(3072 + beside), "{kind}");
        }
    }

    #[test]
    fn without_a_limit_the_plan_counts_the_heap_of_the_default_limit() {
        for (kind, beside) in [("elasticsearch", 512), ("opensearch", 512), ("kafka", 256)] {
            let store = store(&format!("{kind}: {{}}"));
            let heap = (store.memory.limit.bytes() >> 20) / 2;
            assert!(options(&store).starts_with(&format!("-Xms{heap}m ")), "{kind}: {}", options(&store));
            let counted = store.memory.process.bytes() >> 20;
            assert!(counted.abs_diff(heap + beside) <= 32, "{kind}: {counted} MiB for a heap of {heap} MiB");
        }
    }

    #[test]
    fn a_figure_of_the_person_s_own_wins() {
        let store = store("elasticsearch: {}, memory: { process: 3Gi, limit: 8Gi }, env: { ES_JAVA_OPTS: -Xmx2g }");
        assert_eq!((store.memory.process, options(&store)), (Memory::from_gib(3), "-Xmx2g"));
    }
}
