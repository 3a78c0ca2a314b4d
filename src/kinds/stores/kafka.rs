//! Kafka, as a single node that is broker and controller.

use super::jvm;
use crate::kinds::connection::{Address, Connection};
use crate::kinds::program::{Container, Heap, Role};
use crate::kinds::store::{Catalog, Facts, Settings, Store, plain, words};
use crate::model::{Memory, Percent, User, Variable, service_field};

/// Kafka.
pub struct Kafka;

/// Half of the limit: Kafka reads what was written lately from the page cache
/// (<https://kafka.apache.org/documentation/#hwandos>).
const HEAP: Heap = Heap { share: Percent::clamped(50), beside: Memory::from_mib(256) };

impl Store for Kafka {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "kafka",
        title: "Kafka",
        usual_name: "broker",
        role: Role::Broker,
        image: "apache/kafka",
        version: "4.3.1",
        port: 9092,
        has_storage_by_default: true,
        // Its entrypoint writes the configuration from the variables.
        writable: &["/tmp", "/opt/kafka/config", "/opt/kafka/logs"],
        measured: &[],
        memory: Memory::from_mib(696),
        heap: Some(HEAP),
        max_connections: None,
        speaks_http: false,
        reads_secret_files: false,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["KAFKA"],
            address: Address::Plain { before: "", after: "" },
            sql: None,
            is_pooled: false,
        }),
    };

    /// <https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile>: Alpine's first user.
    fn user(_: &str) -> User {
        User { uid: 1000, gid: 1000 }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/var/lib/kafka/data")
    }

    fn command(_: &Settings, _: &Container) -> Option<Vec<String>> {
        None
    }

    /// A variable of Kafka takes the place of all that the image has by default:
    /// <https://github.com/apache/kafka/blob/trunk/docker/examples/README.md>.
    fn variables(_: &Settings, container: &Container) -> Vec<Variable> {
        let setting = |name, value: &str, reason| plain(container, name, value, service_field!("kafka"), reason);
        let address = format!("PLAINTEXT://{}:9092", container.service);
        let alone = "One node has one copy of everything";
        vec![
            setting("KAFKA_NODE_ID", "1", "The only node"),
            setting("KAFKA_PROCESS_ROLES", "broker,controller", "One node keeps the messages and the list of topics"),
            setting(
                "KAFKA_LISTENERS",
                "PLAINTEXT://:9092,CONTROLLER://127.0.0.1:9093",
                "Clients come from anywhere, the controller's messages from the node itself",
            ),
            setting(
                "KAFKA_ADVERTISED_LISTENERS",
                &address,
                "Clients are sent to this address after they have connected: the service's name",
            ),
            setting(
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "No password: only the services that need it can connect",
            ),
            setting("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER", "The controller's own listener"),
            setting("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:9093", "The only controller"),
            setting("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1", alone),
            setting("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1", alone),
            setting("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1", alone),
            setting("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1", alone),
            setting("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1", alone),
            setting(
                "KAFKA_LOG_DIRS",
                "/var/lib/kafka/data/topics",
                "A folder inside the disk, since Kafka refuses the disk's own `lost+found`",
            ),
            // Without `-loggc`, whose log would fill the folder in memory:
            // https://github.com/apache/kafka/blob/trunk/bin/kafka-server-start.sh
            setting("EXTRA_ARGS", "-name kafkaServer", "The garbage collector writes no log into memory"),
            jvm::options(container, "KAFKA_HEAP_OPTS", HEAP, ""),
        ]
    }

    /// BusyBox's nc: Kafka's own tools would start a second Java in the same container.
    fn health(_: &Settings) -> Vec<String> {
        words(&["nc", "-z", "127.0.0.1", "9092"])
    }
}
