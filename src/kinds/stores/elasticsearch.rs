//! Elasticsearch, as a single node.

use super::jvm;
use crate::kinds::connection::{AccountName, Address, Connection};
use crate::kinds::program::{Container, Heap, Role};
use crate::kinds::store::{Catalog, Facts, Settings, Store, password, plain, words};
use crate::model::{Memory, Percent, User, Variable, service_field};

/// Elasticsearch.
pub struct Elasticsearch;

/// Half of the memory, as its makers advise
/// (<https://www.elastic.co/docs/reference/elasticsearch/jvm-settings#set-jvm-heap-size>).
const HEAP: Heap = Heap { share: Percent::clamped(50), beside: Memory::from_mib(512) };

/// Elasticsearch writes its keystore into the folder of its configuration, which the image has
/// (<https://github.com/elastic/elasticsearch/issues/138835>). The copy is made anew, since the entrypoint does not expect a
/// keystore in it.
const START: &str = "rm -rf /tmp/config && cp -r /usr/share/elasticsearch/config /tmp/config && \
    ES_PATH_CONF=/tmp/config exec /usr/local/bin/docker-entrypoint.sh eswrapper";

impl Store for Elasticsearch {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "elasticsearch",
        title: "Elasticsearch",
        usual_name: "search",
        role: Role::Search,
        image: "docker.elastic.co/elasticsearch/elasticsearch",
        version: "9.5.3",
        port: 9200,
        has_storage_by_default: true,
        writable: &["/tmp", "/usr/share/elasticsearch/logs"],
        measured: &[],
        memory: Memory::from_mib(1392),
        heap: Some(HEAP),
        max_connections: None,
        speaks_http: true,
        // Its entrypoint wants such a file to have the mode 400 or 600, which a mounted secret has not.
        reads_secret_files: false,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["ELASTIC"],
            address: Address::Account {
                scheme: "http",
                user: AccountName::Fixed("elastic"),
                database: None,
                query: "",
            },
            sql: None,
            is_pooled: false,
        }),
    };

    /// The image's files belong to the group 0, so that any user of that group can write to the folder of the data
    /// (<https://github.com/elastic/elasticsearch/blob/main/distribution/docker/src/docker/Dockerfile.default>).
    fn user(_: &str) -> User {
        User { uid: 1000, gid: 0 }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/usr/share/elasticsearch/data")
    }

    fn command(_: &Settings, _: &Container) -> Option<Vec<String>> {
        Some(words(&["bash", "-c", START]))
    }

    /// Settings as variables: <https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-docker-configure>.
    fn variables(_: &Settings, container: &Container) -> Vec<Variable> {
        let setting = |name, value, reason| plain(container, name, value, service_field!("elasticsearch"), reason);
        vec![
            setting("ES_SETTING_DISCOVERY_TYPE", "single-node", "One node, which looks for no others"),
            setting("ES_SETTING_XPACK_SECURITY_ENABLED", "true", "Nobody reads or writes without the password"),
            setting(
                "ES_SETTING_NODE_STORE_ALLOW__MMAP",
                "false",
                "Memory-mapped files need a higher vm.max_map_count than most machines have",
            ),
            setting(
                "ES_SETTING_INGEST_GEOIP_DOWNLOADER_ENABLED",
                "false",
                "It would download databases of addresses at each start, whether or not they are used",
            ),
            jvm::options(container, "ES_JAVA_OPTS", HEAP, jvm::NO_COLLECTOR_LOG),
            password(container, "ELASTIC_PASSWORD", service_field!("elasticsearch")),
        ]
    }

    /// It listens once it has started, and answers 401 to a request without the password.
    fn health(_: &Settings) -> Vec<String> {
        words(&["curl", "-sS", "-o", "/dev/null", "http://127.0.0.1:9200/"])
    }
}
