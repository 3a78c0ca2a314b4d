//! An example as it stands on a server: its files, its images, and its services as compose.yaml describes them.

use crate::buildah::{self, BACKING, folder, output};
use crate::container::{Container, Order, tmpfs};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What a client in a container of its own runs: it prints the answer, or fails.
const CLIENT: &str = "import sys, urllib.request as r
answer = r.urlopen(r.Request(sys.argv[1], headers=dict(h.split('=', 1) for h in sys.argv[2:])), timeout=30)
print(answer.status, answer.read().decode())";

/// An example of which services can be started.
pub struct Deployment {
    name: &'static str,
    folder: PathBuf,
    compose: Value,
    secrets: Vec<(&'static str, String)>,
    /// Has the network that all containers share.
    network: Container,
}

impl Deployment {
    /// Generates the files of an example beside a project of `projects/`, and builds its images.
    pub fn new(example: &'static str, project: &str, secrets: &[(&'static str, &str)]) -> Self {
        Self::of(example, &[(Path::new("tests/images/projects").join(project), "")], secrets)
    }

    /// The same beside folders from anywhere, each laid under a name.
    pub fn of(example: &'static str, folders: &[(PathBuf, &str)], secrets: &[(&'static str, &str)]) -> Self {
        let folder = folder().join("deployments").join(example);
        let _ = fs::remove_dir_all(&folder);
        for (from, name) in folders {
            copy(from, &folder.join(name));
        }
        let document = format!("examples/{example}.yaml");
        output(Command::new(env!("CARGO_BIN_EXE_plimsoll")).args(["generate", &document, "--out"]).arg(&folder));
        let compose: Value = serde_yaml::from_str(&fs::read_to_string(folder.join("compose.yaml")).unwrap()).unwrap();

        for service in compose["services"].as_object().unwrap().values().filter(|service| service["build"].is_object())
        {
            let context = folder.join(service["build"]["context"].as_str().unwrap());
            let dockerfile = context.join(service["build"]["dockerfile"].as_str().unwrap_or("Dockerfile"));
            if fs::read_to_string(&dockerfile).unwrap().contains("uv.lock") {
                buildah::lock(&context, &dockerfile);
            }
            buildah::build(service["image"].as_str().unwrap(), &dockerfile, &context);
        }
        let built = compose["services"].as_object().unwrap().values().find(|service| service["build"].is_object());
        let image = built.expect("a service that is built")["image"].as_str().unwrap().to_owned();
        let network = Container::start(Order {
            command: Some(["sleep", "infinity"].map(str::to_owned).to_vec()),
            ..Order::of(format!("{example}-network"), image)
        });
        let secrets = secrets.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { name: example, folder, compose, secrets, network }
    }

    /// Starts a service, and waits until its health check passes, if it has one.
    pub fn healthy(&self, service: &str) -> Container {
        let mut container = Container::start(self.order(service));
        let test = words(&self.service(service)["healthcheck"]["test"]);
        match test.split_first() {
            Some((kind, command)) => {
                assert_eq!(kind, "CMD");
                container.comes_to_succeed(command);
            }
            None => println!("{service}: compose.yaml has no health check for it"),
        }
        container
    }

    /// Runs a service that ends by itself, and well.
    pub fn runs_to_its_end(&self, service: &str) {
        let order = Order { grace: Duration::from_mins(5), ..self.order(service) };
        let end = Container::start(order).end();
        assert_eq!(end.code, 0, "{service}:\n{}", end.log);
    }

    /// Sends a request to the server from a container of its own, as the health check does: by the public name, and over
    /// HTTPS as far as the server is told.
    pub fn client(&self, server: &Container, path: &str) -> Container {
        let check = words(&self.service(server.service())["healthcheck"]["test"]);
        let headers = check.into_iter().filter(|word| word.starts_with("Host=") || word.starts_with("X-Forwarded-"));
        let command = ["python", "-c", CLIENT, &format!("http://127.0.0.1:8000{path}")].map(str::to_owned);
        self.beside(server, command.into_iter().chain(headers))
    }

    /// Runs a command as a service would, in a container of its own: inside the service's, it would count towards the
    /// service's memory.
    pub fn beside(&self, server: &Container, command: impl IntoIterator<Item = String>) -> Container {
        Container::start(Order {
            name: format!("{}-client", self.name),
            command: Some(command.into_iter().collect()),
            ..self.order(server.service())
        })
    }

    /// What the server answers, which must be well.
    pub fn get(&self, server: &Container, path: &str) -> String {
        let end = self.client(server, path).end();
        let answer = end.log.trim().strip_prefix("200 ").filter(|_| end.code == 0);
        answer.unwrap_or_else(|| panic!("{path}: {}", end.log)).to_owned()
    }

    fn service(&self, name: &str) -> &Value {
        self.compose["services"].get(name).unwrap_or_else(|| panic!("compose.yaml has no service {name}"))
    }

    /// How a service is run: as compose.yaml says, with a stand-in for an image that is not built.
    fn order(&self, name: &str) -> Order {
        let service = self.service(name);
        let image = service["image"].as_str().unwrap();
        let command = service["command"].is_array().then(|| words(&service["command"]));
        let (image, command) = match image.split(':').next() {
            Some(kind @ ("postgres" | "mariadb")) => (BACKING, Some(vec![format!("{kind}.sh")])),
            Some("redis" | "memcached") => (BACKING, command),
            _ => (image, command),
        };
        if image == BACKING {
            buildah::stand_in(BACKING);
        }
        assert_eq!(service["read_only"], true);
        let user = service["user"].as_str().unwrap().split_once(':').unwrap();
        let user = (user.0.parse().unwrap(), user.1.parse().unwrap());
        let environment = service["environment"].as_object().into_iter().flatten();
        Order {
            command,
            environment: environment.map(|(variable, value)| format!("{variable}={}", self.value(value))).collect(),
            user,
            mounts: self.mounts(service, user),
            memory: service["memswap_limit"].as_str().map(bytes),
            network: Some(self.network.name().to_owned()),
            signal: service["stop_signal"].as_str().unwrap_or("SIGTERM").to_owned(),
            grace: service["stop_grace_period"].as_str().map_or(Duration::from_secs(10), seconds),
            service: name.to_owned(),
            ..Order::of(format!("{}-{name}", self.name), image.to_owned())
        }
    }

    /// A variable's value, with the secret in place of `${NAME:?…}`.
    fn value(&self, value: &Value) -> String {
        let value = value.as_str().expect("values of variables are texts");
        let Some(secret) = value.strip_prefix("${").and_then(|rest| rest.split(':').next()) else {
            return value.replace("$$", "$");
        };
        let found = self.secrets.iter().find(|(name, _)| *name == secret);
        found.unwrap_or_else(|| panic!("the test gives no {secret}")).1.clone()
    }

    /// The folders that a service may write to, and the names of the other services, all at this address.
    fn mounts(&self, service: &Value, user: (u32, u32)) -> Vec<Value> {
        let hosts = self.folder.join("hosts");
        let names: Vec<&str> = self.compose["services"].as_object().unwrap().keys().map(String::as_str).collect();
        fs::write(&hosts, format!("127.0.0.1 localhost {}\n", names.join(" "))).unwrap();
        let mut mounts = vec![bind(&hosts, "/etc/hosts", "ro")];
        for entry in words(&service["tmpfs"]) {
            let (target, options) = entry.split_once(':').unwrap();
            // What Docker adds: https://docs.docker.com/engine/storage/tmpfs/#options-for---tmpfs
            let docker = ["nosuid", "nodev", "noexec"].into_iter();
            mounts.push(tmpfs(target, &docker.chain(options.split(',')).collect::<Vec<_>>()));
        }
        for volume in service["volumes"].as_array().into_iter().flatten() {
            assert_eq!(volume["type"], "volume");
            let folder = self.folder.join("volumes").join(volume["source"].as_str().unwrap());
            fs::create_dir_all(&folder).unwrap();
            chown(&folder, Some(user.0), Some(user.1)).unwrap();
            mounts.push(bind(&folder, volume["target"].as_str().unwrap(), "rw"));
        }
        mounts
    }
}

fn bind(source: &Path, target: &str, access: &str) -> Value {
    json!({ "destination": target, "type": "bind", "source": source, "options": ["rbind", access] })
}

fn words(list: &Value) -> Vec<String> {
    let words = list.as_array().into_iter().flatten();
    words.map(|word| word.as_str().expect("a list of texts").to_owned()).collect()
}

/// Compose's memory, as Plimsoll writes it: whole mebibytes or gibibytes.
fn bytes(text: &str) -> u64 {
    let (number, unit) = text.split_at(text.len() - 1);
    let unit = match unit {
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => panic!("no unit of memory: {text}"),
    };
    number.parse::<u64>().unwrap() * unit
}

fn seconds(text: &str) -> Duration {
    Duration::from_secs(text.strip_suffix('s').unwrap().parse().unwrap())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}
