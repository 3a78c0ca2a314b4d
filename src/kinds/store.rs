//! Stores: well-known programs that run from their official images. One file each in `stores/`.
//!
//! A store is a table of facts and five functions; everything else follows from them here.
//!
//! Its container runs as the image's user from the start, without capabilities, on a read-only root file system. Only
//! `data_path` and the folders in `writable` can be written to: the latter start empty each time, hide what the image has
//! there, and on a server count as memory.

use super::connection::Connection;
use super::listed_files::ListedFiles;
use super::program::{
    Account, Container, Data, Dump, Health, Heap, Image, MemoryModel, Port, Profile, Program, Provenance, Role, RunsAs,
    Start, Title, Workers,
};
use super::{Context, Kind};
use crate::input::written_command::AbsentTools;
use crate::input::{Report, check};
use crate::message::message;
use crate::model::{Measured, Memory, Name, ProcessModel, ServiceField, User, Variable, VariableValue};
use crate::yaml::Field;
use serde::Deserialize;
use std::marker::PhantomData;

/// The size of the disk of a store that has one by default.
const STORAGE: Memory = Memory::from_gib(1);
/// The database, and its user, that a store makes at its first start.
const DATABASE: &str = "app";

/// The user that most of Docker's official images create.
pub const OFFICIAL_USER: User = User { uid: 999, gid: 999 };

/// A well-known program with an official image.
pub trait Store: 'static {
    /// The fields of the document.
    type Fields: StoreFields + 'static;

    /// What holds whatever the document says.
    const FACTS: Facts;

    /// The user that owns the image's files, by its version: Alpine's images number users differently.
    fn user(version: &str) -> User;

    /// The folder of the data, if it keeps any, by its version.
    fn data_path(version: &str) -> Option<&'static str>;

    /// The arguments of the image's entrypoint, where the image's own would not do.
    fn command(settings: &Settings, container: &Container) -> Option<Vec<String>>;

    /// The variables that its first start reads.
    fn variables(settings: &Settings, container: &Container) -> Vec<Variable>;

    /// The command that ends with 0 while it is well, from what its image holds; no shell reads it. It must fail while the
    /// first start still prepares the data, when many images listen on a socket or on 127.0.0.1 alone.
    fn health(settings: &Settings) -> Vec<String>;
}

/// What holds of a store whatever the document says.
///
/// Users, ports and folders are those of the images' Dockerfiles, most of them in
/// <https://github.com/docker-library/official-images/tree/master/library>.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and none rules out another")]
pub struct Facts {
    /// The document's key.
    pub key: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name that such a service often has.
    pub usual_name: &'static str,
    /// Its part in the deployment.
    pub role: Role,
    /// The image without its tag.
    pub image: &'static str,
    /// The tag where the document names none.
    pub version: &'static str,
    /// The port that it listens on.
    pub port: u16,
    /// Whether it has a disk although the document asks for none.
    pub has_storage_by_default: bool,
    /// Folders that it writes to beside its data.
    pub writable: &'static [&'static str],
    /// The program as it was measured with one client and little data, if it was.
    pub measured: &'static [&'static Measured],
    /// At rest, with little data: an order of magnitude to start from. The default limit is a quarter more.
    pub memory: Memory,
    /// The heap that it reserves, for one that runs on a JVM; `memory` is then what that makes of the default limit.
    pub heap: Option<Heap>,
    /// How many clients it accepts unless told otherwise, for a database.
    pub max_connections: Option<u32>,
    /// Whether it speaks HTTP on its port.
    pub speaks_http: bool,
    /// Whether its image takes a secret from the file that a variable `…_FILE` names.
    pub reads_secret_files: bool,
    /// Whether it keeps its data under the name of its host.
    pub data_follows_hostname: bool,
    /// A consistent dump while it runs, if its image can write one.
    pub dump: Option<Dump>,
    /// How clients connect to it.
    pub connection: Option<Connection>,
}

/// A store's fields, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The image's tag.
    pub version: String,
    /// The database that it makes at its first start.
    pub database: String,
    /// The user that it makes at its first start.
    pub user: String,
    /// How many clients it accepts, if the document says.
    pub max_connections: Option<u32>,
    /// Whether it holds several databases, each with its owner.
    pub holds_databases: bool,
}

/// The fields of a store, as written.
pub trait StoreFields: Default {
    /// The fields, checked; `version` stands where the document names none.
    fn settings(&self, version: &str, report: &mut Report) -> Settings;
}

/// A database from its official image.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Database {
    /// The version: the image's tag.
    pub version: Field<String>,
    /// The database that is created at the first start.
    #[cfg_attr(feature = "schema", schemars(extend("default" = DATABASE)))]
    pub database: Field<String>,
    /// Its owner.
    #[cfg_attr(feature = "schema", schemars(extend("default" = DATABASE)))]
    pub user: Field<String>,
    /// How many connections it accepts at once, 1 to 100000. Default: the server's own.
    pub max_connections: Field<u32>,
}

/// A well-known service from its official image.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Catalog {
    /// The version: the image's tag.
    pub version: Field<String>,
}

impl StoreFields for Database {
    fn settings(&self, default_version: &str, report: &mut Report) -> Settings {
        const HELP: &str = "Use letters, digits and `_`, a letter first, 63 characters at most";
        let mut name = |field| {
            let wrong = |text: &str| message!("`{text}` is no database name", text);
            report.text(field, check::is_database_name, wrong, HELP).unwrap_or(DATABASE).to_owned()
        };
        let (database, user) = (name(&self.database), name(&self.user));
        let out_of_range = |connections: u32| message!("{connections} connections is out of range", connections);
        Settings {
            version: version(&self.version, default_version, report),
            database,
            user,
            max_connections: report.number(&self.max_connections, 1..=100_000, out_of_range),
            holds_databases: true,
        }
    }
}

impl StoreFields for Catalog {
    fn settings(&self, default_version: &str, report: &mut Report) -> Settings {
        Settings {
            version: version(&self.version, default_version, report),
            database: DATABASE.to_owned(),
            user: DATABASE.to_owned(),
            max_connections: None,
            holds_databases: false,
        }
    }
}

fn version(field: &Field<String>, default: &str, report: &mut Report) -> String {
    let wrong = |text: &str| message!("`{text}` is no version", text);
    let version = report.text(field, check::is_tag, wrong, "Use a tag of the image, such as `18` or `18.1`");
    version.unwrap_or(default).to_owned()
}

impl<S: Store> Kind for S {
    type Fields = S::Fields;

    const KEY: &'static str = S::FACTS.key;
    const TITLE: &'static str = S::FACTS.title;
    const USUAL_NAME: &'static str = S::FACTS.usual_name;
    const IS_BUILT: bool = false;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Self::Fields, context: &Context, report: &mut Report) -> Option<Program> {
        report.no_effect(context.command, "A catalog kind brings its own command", "Use `image` to say another");
        let facts = S::FACTS;
        let settings = fields.settings(facts.version, report);
        let image = format!("{}:{}", facts.image, settings.version);
        Some(Program {
            profile: profile::<S>(&image),
            image: Image::Named(image),
            workers: Workers::Fixed {
                count: 1,
                reason: super::IMAGE_STARTS_PROCESSES,
                help: super::IMAGE_STARTS_PROCESSES_HELP,
            },
            port: Port::Fixed(facts.port),
            data: Data { path: S::data_path(&settings.version), size: facts.has_storage_by_default.then_some(STORAGE) },
            max_connections: settings.max_connections.or(facts.max_connections),
            account: settings
                .holds_databases
                .then(|| Account { user: settings.user.clone(), database: settings.database.clone() }),
            user: RunsAs::Image(S::user(&settings.version)),
            writable: facts.writable,
            health: Health::Command(S::health(&settings)),
            may_end: false,
            listed_files: None::<ListedFiles>,
            memory: MemoryModel {
                measured: None,
                alike: facts.measured,
                process: facts.memory,
                parent: None,
                model: ProcessModel::ForkedBeforeLoading,
                per_request: Memory::ZERO,
                heap: facts.heap,
            },
            start: Box::new(Started::<S> { settings, store: PhantomData }),
            memory_variable: None,
        })
    }
}

fn profile<S: Store>(image: &str) -> Profile {
    let facts = S::FACTS;
    let title = match tag(image) {
        Some(version) => format!("{} {version}", facts.title),
        None => facts.title.to_owned(),
    };
    Profile {
        key: facts.key,
        product: facts.title,
        title: Title::Fixed(title),
        role: facts.role,
        provenance: Provenance::Official,
        absent_tools: AbsentTools::NONE,
        speaks_http: facts.speaks_http,
        one_request_per_process: false,
        behind_proxy: None,
        worker_renewal: None,
        data_follows_hostname: facts.data_follows_hostname,
        dump: facts.dump,
        connection: facts.connection,
        names_database_driver: false,
        image_step: None,
        reads_secret_files: facts.reads_secret_files,
    }
}

/// The version that an image's tag starts with: `18` of `postgres:18-alpine`.
fn tag(image: &str) -> Option<&str> {
    let version = image.rsplit_once(':')?.1.split('-').next()?;
    version.starts_with(|first: char| first.is_ascii_digit()).then_some(version)
}

struct Started<S> {
    settings: Settings,
    store: PhantomData<S>,
}

impl<S: Store> Start for Started<S> {
    fn command(&self, container: &Container) -> Option<Vec<String>> {
        S::command(&self.settings, container)
    }

    fn variables(&self, container: &Container) -> Vec<Variable> {
        S::variables(&self.settings, container)
    }
}

/// A variable with a plain value, which `field` of the document asks for.
pub fn plain(container: &Container, name: &str, value: &str, field: ServiceField, reason: &'static str) -> Variable {
    Variable {
        name: name.to_owned(),
        value: VariableValue::Plain(value.to_owned()),
        field: container.field(field),
        reason: Some(reason),
    }
}

/// The variable of the store's password, a secret with a key of its own.
pub fn password(container: &Container, name: &str, field: ServiceField) -> Variable {
    Variable {
        name: name.to_owned(),
        value: VariableValue::Secret { key: password_key(container.service) },
        field: container.field(field),
        reason: Some("The password is made up by you and stands in no file"),
    }
}

/// The reason of the variable that names the database.
pub const MAKES_DATABASE: &str = "The database that is made at the first start";
/// The reason of the variable that names its user.
pub const MAKES_USER: &str = "The user that is made at the first start";
/// The reason of a random password for root.
pub const NO_ROOT: &str = "Nobody needs to log in as root";

/// The key of a service's password in `.env` and in the Secret: `DB_PASSWORD` for `db`.
fn password_key(service: &Name) -> String {
    format!("{}_PASSWORD", service.as_str().to_ascii_uppercase().replace('-', "_"))
}

/// The words of a command.
pub fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
