//! Kinds of services: all that a kind decides, one file or folder each.
//!
//! The list of kinds is [`for_each_kind`], and nothing outside this folder knows its entries. A kind implements [`Kind`]:
//! it reads its fields into a [`Program`](program::Program), a struct of answers that everything else works with. A
//! well-known program with an official image implements [`Store`](store::Store) instead, which needs less. A kind whose
//! image Plimsoll builds also has a part of [`Stack`].

mod built;
mod celery;
pub mod connection;
mod go;
mod image;
mod java;
mod listed_files;
mod node;
mod own_dockerfile;
pub mod program;
mod python;
mod queue;
mod site;
pub mod store;
/// Stores, one file each.
mod stores {
    pub mod elasticsearch;
    mod in_memory;
    mod jvm;
    pub mod kafka;
    pub mod mariadb;
    pub mod memcached;
    pub mod minio;
    pub mod mongodb;
    pub mod mysql;
    pub mod nginx;
    pub mod opensearch;
    pub mod postgres;
    pub mod rabbitmq;
    pub mod redis;
    pub mod valkey;
}

use crate::dockerfile::{IgnorePatterns, Image as BuildImage, Section};
use crate::input::Report;
use crate::model::{Duration, Memory};
use crate::yaml::{Field, Map};
use program::Program;
use std::sync::LazyLock;

/// Calls a macro with every kind: a doc comment for the document's schema, the document's key, and the type that
/// implements [`Kind`]. This is the only list of kinds. `image` is not in it, since the field also names built images.
macro_rules! for_each_kind {
    ($callback:ident) => {
        $callback! {
            /// A Python program: its image is built from your code.
            python: $crate::kinds::Python,
            /// A Celery worker: its image is built from your code.
            celery: $crate::kinds::Celery,
            /// A Node.js program: its image is built from your code.
            node: $crate::kinds::Node,
            /// A Go program: its image is built from your code.
            go: $crate::kinds::Go,
            /// A Java program, such as a Spring Boot app: its image is built from your code with Maven or Gradle.
            java: $crate::kinds::Java,
            /// A static site, such as one built by Vite: its image is built with Node.js and served by Caddy or nginx.
            site: $crate::kinds::Site,
            /// A program whose image is built by a Dockerfile of your own.
            dockerfile: $crate::kinds::OwnDockerfile,
            /// A PostgreSQL database, from the official image.
            postgres: $crate::kinds::Postgres,
            /// A MySQL database, from the official image.
            mysql: $crate::kinds::Mysql,
            /// A MariaDB database, from the official image.
            mariadb: $crate::kinds::Mariadb,
            /// A MongoDB database, from the official image.
            mongodb: $crate::kinds::Mongodb,
            /// A Redis cache or queue, from the official image.
            redis: $crate::kinds::Redis,
            /// A Valkey cache or queue, from the official image.
            valkey: $crate::kinds::Valkey,
            /// A RabbitMQ message broker, from the official image.
            rabbitmq: $crate::kinds::Rabbitmq,
            /// A Memcached cache, from the official image.
            memcached: $crate::kinds::Memcached,
            /// A Kafka message broker, from the official image.
            kafka: $crate::kinds::Kafka,
            /// An Elasticsearch search engine, from the official image.
            elasticsearch: $crate::kinds::Elasticsearch,
            /// An OpenSearch search engine, from the official image.
            opensearch: $crate::kinds::OpenSearch,
            /// A MinIO object store that speaks the S3 protocol, from the last image that its makers published.
            minio: $crate::kinds::Minio,
            /// An nginx web server that needs no root, from nginx's own unprivileged image.
            nginx: $crate::kinds::Nginx,
        }
    };
}
pub(crate) use for_each_kind;

pub use celery::Celery;
pub use go::Go;
pub use image::PrebuiltImage;
pub use java::Java;
pub use node::Node;
pub use own_dockerfile::OwnDockerfile;
pub use python::Python;
pub use site::Site;
pub use stores::elasticsearch::Elasticsearch;
pub use stores::kafka::Kafka;
pub use stores::mariadb::Mariadb;
pub use stores::memcached::Memcached;
pub use stores::minio::Minio;
pub use stores::mongodb::Mongodb;
pub use stores::mysql::Mysql;
pub use stores::nginx::Nginx;
pub use stores::opensearch::OpenSearch;
pub use stores::postgres::Postgres;
pub use stores::rabbitmq::Rabbitmq;
pub use stores::redis::Redis;
pub use stores::valkey::Valkey;

/// A kind of service.
pub trait Kind {
    /// Its fields in the document.
    type Fields: ?Sized;

    /// The document's key.
    const KEY: &'static str;
    /// Its name where a person chooses a kind.
    const TITLE: &'static str;
    /// The name that such a service often has.
    const USUAL_NAME: &'static str;
    /// Whether an image is built for it: `image` beside it is then the name of that.
    const IS_BUILT: bool;
    /// The value that a new service of it starts with, where it cannot be empty.
    const STARTER: Option<&'static str>;

    /// The program that the fields describe; none if they cannot be read, which a finding then says.
    fn program(fields: &Self::Fields, context: &Context, report: &mut Report) -> Option<Program>;
}

/// The fields of a service beside its kind's own that say what it runs.
pub struct Context<'a> {
    /// The service's `command`.
    pub command: &'a Field<String>,
    /// The service's `env`.
    pub env: &'a Field<Map<String>>,
}

/// The port of a web app that names none. From 1024 up, so that a process that is not root may listen on it anywhere.
pub const WEB_PORT: u16 = 8000;
/// `memory.per_request` of a web app.
const PER_REQUEST: Memory = Memory::from_mib(1);
/// Worker processes of Celery, where its number is left to the machine.
pub const CELERY_CONCURRENCY: u32 = 2;
/// The seconds that a web server gives its requests to end, once it is told to stop: Gunicorn's own
/// (<https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout>).
pub const GRACEFUL_SECONDS: u32 = 30;

/// The seconds that a web server gives its requests to end, where its longest takes this long.
fn graceful_seconds(shutdown: Duration) -> u32 {
    GRACEFUL_SECONDS.max(shutdown.whole_seconds())
}

/// The help where a command starts with a tool that the image lacks.
const NAME_PROGRAM: &str = "Name the program that it would start, such as `node dist/worker.js` or `alembic`";

const IMAGE_STARTS_PROCESSES: &str =
    "Plimsoll did not build this image, so it cannot know how many processes it starts";
const IMAGE_STARTS_PROCESSES_HELP: &str = "Give the program its own setting, through `command` or `env`";

/// An entry of the list of kinds, as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The document's key, such as `postgres`.
    pub key: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name that such a service often has.
    pub name: &'static str,
    /// Whether an image is built for it.
    pub is_built: bool,
    /// The value that a new service of it starts with, where it cannot be empty.
    pub starter: Option<&'static str>,
}

impl Entry {
    const fn for_kind<K: Kind>() -> Self {
        Self { key: K::KEY, title: K::TITLE, name: K::USUAL_NAME, is_built: K::IS_BUILT, starter: K::STARTER }
    }
}

macro_rules! entries {
    ($($(#[$doc:meta])* $key:ident: $kind:path,)*) => {
        /// The kinds that have a key of their own.
        const ENTRIES: &[Entry] = &[$(Entry::for_kind::<$kind>()),*];
    };
}
for_each_kind!(entries);

/// The document's key of a prebuilt image, which beside another kind names the image that is built.
pub const IMAGE_KEY: &str = PrebuiltImage::KEY;

/// All kinds: those that are built from code, a prebuilt image, then the stores.
pub static KINDS: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let (built, stores): (Vec<Entry>, Vec<Entry>) = ENTRIES.iter().partition(|entry| entry.is_built);
    [built, vec![Entry::for_kind::<PrebuiltImage>()], stores].concat()
});

/// The language's part of a built image: how it is built, and what it holds. Each language has a folder of its own.
pub trait Language {
    /// The Dockerfile; none where it is the person's own.
    fn dockerfile(&self, image: &BuildImage) -> Option<Vec<Section>>;

    /// The files that its builds never need.
    fn ignored(&self) -> IgnorePatterns;

    /// The files of the code that the document lists one by one, and `.dockerignore` therefore must not hide.
    fn listed_files(&self) -> &[String];

    /// The stage that is built, if it is not the last.
    fn target(&self) -> Option<&str>;

    /// What can ask inside the image whether a service is well, if that is known.
    fn prober(&self) -> Option<&'static dyn Prober>;

    /// Whether one image serves for both.
    fn shares_image_with(&self, other: &Self) -> bool;

    /// Takes in the programs of another that shares the image.
    fn join(&mut self, other: Self);
}

/// Asks inside a container whether the service is well, with what its image holds. What comes from the document stands
/// in arguments of its own, never in a program.
pub trait Prober {
    /// A command that ends with 0 if a request for `url` is answered, and not by an error.
    fn http(&self, url: String, headers: Vec<(&'static str, String)>) -> Vec<String>;

    /// A command that ends with 0 if the port accepts a connection.
    fn tcp(&self, port: u16) -> Vec<String>;

    /// Why it asks with this.
    fn reason(&self) -> &'static str;
}

/// The wget and nc of BusyBox, in its own image and in Alpine's (<https://git.busybox.net/busybox/tree/networking/wget.c>).
struct BusyBox;

impl Prober for BusyBox {
    fn http(&self, url: String, headers: Vec<(&'static str, String)>) -> Vec<String> {
        let program = ["wget", "-q", "-O", "/dev/null"].map(str::to_owned);
        let headers = headers.into_iter().flat_map(|(name, value)| ["--header".to_owned(), format!("{name}: {value}")]);
        program.into_iter().chain(headers).chain([url]).collect()
    }

    fn tcp(&self, port: u16) -> Vec<String> {
        ["nc", "-z", "127.0.0.1", &port.to_string()].map(str::to_owned).to_vec()
    }

    fn reason(&self) -> &'static str {
        "Asked by BusyBox's wget, as the proxy would"
    }
}

macro_rules! stacks {
    ($($(#[$doc:meta])* $name:ident: $recipe:path,)*) => {
        /// The language's part of a built image.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Stack {
            $($(#[$doc])* $name($recipe),)*
        }

        impl Stack {
            /// The Dockerfile; none where it is the person's own.
            pub fn dockerfile(&self, image: &BuildImage) -> Option<Vec<Section>> {
                match self { $(Self::$name(recipe) => recipe.dockerfile(image),)* }
            }

            /// The files that its builds never need.
            pub fn ignored(&self) -> IgnorePatterns {
                match self { $(Self::$name(recipe) => recipe.ignored(),)* }
            }

            /// The files of the code that the document lists one by one.
            pub fn listed_files(&self) -> &[String] {
                match self { $(Self::$name(recipe) => recipe.listed_files(),)* }
            }

            /// The stage that is built, if it is not the last.
            pub fn target(&self) -> Option<&str> {
                match self { $(Self::$name(recipe) => recipe.target(),)* }
            }

            /// What can ask inside the image whether a service is well, if that is known.
            pub fn prober(&self) -> Option<&'static dyn Prober> {
                match self { $(Self::$name(recipe) => recipe.prober(),)* }
            }

            /// Whether one image serves for both.
            pub fn shares_image_with(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$name(recipe), Self::$name(other)) => recipe.shares_image_with(other),)*
                    _ => false,
                }
            }

            /// Takes in the programs of another that shares the image.
            pub fn join(&mut self, other: Self) {
                match (self, other) {
                    $((Self::$name(recipe), Self::$name(other)) => recipe.join(other),)*
                    _ => {}
                }
            }
        }
    };
}

stacks! {
    /// Python.
    Python: python::Recipe,
    /// Node.js.
    Node: node::Recipe,
    /// Go.
    Go: go::Recipe,
    /// Java.
    Java: java::Recipe,
    /// A static site.
    Site: site::Recipe,
    /// The person's own Dockerfile.
    OwnDockerfile: own_dockerfile::Recipe,
}
