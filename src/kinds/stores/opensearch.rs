//! OpenSearch, as a single node.

use super::jvm;
use crate::kinds::connection::{Address, Connection};
use crate::kinds::program::{Container, Heap, Role};
use crate::kinds::store::{Catalog, Facts, Settings, Store, words};
use crate::model::{Memory, Percent, User, Variable};

/// OpenSearch.
pub struct OpenSearch;

/// Half of the memory, as its makers advise
/// (<https://docs.opensearch.org/latest/install-and-configure/install-opensearch/index/#important-settings>).
const HEAP: Heap = Heap { share: Percent::clamped(50), beside: Memory::from_mib(512) };

/// OpenSearch and its plugins write into the folder of the configuration, and the image's entrypoint knows no other folder:
/// <https://github.com/opensearch-project/opensearch-build/tree/main/docker/release/config/opensearch>. Its security plugin
/// needs certificates of your own, and stays off: only the services that need it can connect.
const START: &str = "rm -rf /tmp/config && cp -r /usr/share/opensearch/config /tmp/config && \
    OPENSEARCH_PATH_CONF=/tmp/config exec /usr/share/opensearch/bin/opensearch -Ediscovery.type=single-node \
    -Enetwork.host=0.0.0.0 -Enode.store.allow_mmap=false -Eplugins.security.disabled=true";

impl Store for OpenSearch {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "opensearch",
        title: "OpenSearch",
        usual_name: "search",
        role: Role::Search,
        image: "opensearchproject/opensearch",
        version: "3",
        port: 9200,
        has_storage_by_default: true,
        writable: &["/tmp", "/usr/share/opensearch/logs"],
        measured: &[],
        memory: Memory::from_mib(1392),
        heap: Some(HEAP),
        max_connections: None,
        speaks_http: true,
        reads_secret_files: false,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["OPENSEARCH"],
            address: Address::Plain { before: "http://", after: "" },
            sql: None,
            is_pooled: false,
        }),
    };

    /// <https://github.com/opensearch-project/opensearch-build/tree/main/docker/release/dockerfiles>.
    fn user(_: &str) -> User {
        User { uid: 1000, gid: 1000 }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/usr/share/opensearch/data")
    }

    fn command(_: &Settings, _: &Container) -> Option<Vec<String>> {
        Some(words(&["bash", "-c", START]))
    }

    fn variables(_: &Settings, container: &Container) -> Vec<Variable> {
        vec![jvm::options(container, "OPENSEARCH_JAVA_OPTS", HEAP, jvm::NO_COLLECTOR_LOG)]
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:9200/_cluster/health?local=true"])
    }
}
