//! Containers: run with runc, by a configuration of the OCI that says what compose.yaml says.

use crate::buildah::{self, CLIENT_VARIABLES, folder, output};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What is run, and how.
pub struct Order {
    /// A name that no other container has.
    pub name: String,
    /// The service of compose.yaml that it is of, if it is of one.
    pub service: String,
    /// The image.
    pub image: String,
    /// Instead of the image's command.
    pub command: Option<Vec<String>>,
    /// Variables beside those of the image.
    pub environment: Vec<String>,
    /// User and group.
    pub user: (u32, u32),
    /// Mounts beside those that every container has, as the OCI's configuration has them.
    pub mounts: Vec<Value>,
    /// Bytes of memory, with swap.
    pub memory: Option<u64>,
    /// The container whose network it shares; else it has one of its own, with a loopback only.
    pub network: Option<String>,
    /// What asks it to end.
    pub signal: String,
    /// How long it may take to end.
    pub grace: Duration,
}

impl Order {
    /// What ends soon, with a name and an image.
    pub fn of(name: String, image: String) -> Self {
        Self {
            name,
            service: String::new(),
            image,
            command: None,
            environment: Vec::new(),
            user: (65_534, 65_534),
            mounts: Vec::new(),
            memory: None,
            network: None,
            signal: "SIGKILL".to_owned(),
            grace: Duration::from_mins(1),
        }
    }
}

/// A container that runs. It is killed when this is dropped.
pub struct Container {
    order: Order,
    child: Child,
    log: PathBuf,
    _files: buildah::Container,
}

/// How a container ended.
pub struct End {
    /// The exit code of its process; 128 more than the signal that ended it.
    pub code: i32,
    /// All that it printed.
    pub log: String,
}

impl Container {
    /// Starts a container.
    pub fn start(order: Order) -> Self {
        let files = buildah::Container::from(&order.image);
        let bundle = folder().join("bundles").join(&order.name);
        let _ = fs::remove_dir_all(&bundle);
        fs::create_dir_all(&bundle).unwrap();
        let configuration = configuration(&order, &files);
        fs::write(bundle.join("config.json"), configuration.to_string()).unwrap();

        let log = bundle.join("log");
        let file = File::create(&log).unwrap();
        let mut run = runc();
        run.arg("run").arg("--bundle").arg(&bundle).arg(&order.name);
        run.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let mut container = Self { child: run.spawn().unwrap(), order, log, _files: files };
        while container.child.try_wait().unwrap().is_none() && !container.is_running() {
            sleep(Duration::from_millis(20));
        }
        container
    }

    /// What the container is called.
    pub fn name(&self) -> &str {
        &self.order.name
    }

    /// The service of compose.yaml that it is of.
    pub fn service(&self) -> &str {
        &self.order.service
    }

    /// The image that it runs.
    pub fn image(&self) -> &str {
        &self.order.image
    }

    fn is_running(&self) -> bool {
        state(&self.order.name).is_some_and(|state| state["status"] == "running")
    }

    /// Whether a command succeeds in the container, and all that it prints.
    pub fn try_run(&self, command: &[impl AsRef<str>]) -> (bool, String) {
        let command = command.iter().map(AsRef::as_ref);
        let output = runc().args(["exec", &self.order.name]).args(command).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    }

    /// Runs a command in the container that must succeed, and returns what it prints.
    pub fn succeeds(&self, command: &[&str]) -> String {
        let (succeeded, said) = self.try_run(command);
        assert!(succeeded, "{command:?} in {}: {said}\n{}", self.order.name, self.said());
        said
    }

    /// Runs a command in the container that must fail, and returns what it prints.
    pub fn fails(&self, command: &[&str]) -> String {
        let (succeeded, said) = self.try_run(command);
        assert!(!succeeded, "{command:?} succeeded in {}: {said}", self.order.name);
        said
    }

    /// Waits until a command succeeds in the container.
    pub fn comes_to_succeed(&mut self, command: &[impl AsRef<str>]) {
        let start = Instant::now();
        loop {
            let (succeeded, said) = self.try_run(command);
            if succeeded {
                return;
            }
            let ended = self.child.try_wait().unwrap();
            let patient = ended.is_none() && start.elapsed() < Duration::from_mins(1);
            assert!(patient, "{} is not well: {ended:?} {said}\n{}", self.order.name, self.said());
            sleep(Duration::from_millis(300));
        }
    }

    /// Waits until the container prints a text.
    pub fn says(&self, text: &str) {
        let start = Instant::now();
        while !self.said().contains(text) {
            assert!(start.elapsed() < Duration::from_mins(1), "{} says no {text}:\n{}", self.order.name, self.said());
            sleep(Duration::from_millis(50));
        }
    }

    /// Asks the container to end, which it must in its grace period.
    pub fn stop(self) -> End {
        output(runc().args(["kill", &self.order.name, &self.order.signal]));
        self.end()
    }

    /// Waits until the container ends, for as long as its grace period.
    pub fn end(mut self) -> End {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                println!("{}: ended after {:.1} s, {status}", self.order.name, start.elapsed().as_secs_f32());
                return End { code: status.code().expect("runc ends by itself"), log: self.said() };
            }
            let patient = start.elapsed() < self.order.grace;
            assert!(patient, "{} runs after {:?}:\n{}", self.order.name, self.order.grace, self.said());
            sleep(Duration::from_millis(50));
        }
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        let _ = runc().args(["delete", "--force", &self.order.name]).output();
        let _ = self.child.wait();
    }
}

/// The OCI's configuration of a container, with no capabilities and nothing to write to but its mounts.
fn configuration(order: &Order, files: &buildah::Container) -> Value {
    let image = buildah::configuration(&order.image);
    let command = order.command.clone().map_or_else(|| image["Cmd"].clone(), Value::from);
    let is_the_machines =
        |variable: &&str| CLIENT_VARIABLES.iter().any(|name| variable.split('=').next() == Some(name));
    let variables = image["Env"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut environment: Vec<&str> = variables.filter(|variable| !is_the_machines(variable)).collect();
    environment.extend(order.environment.iter().map(String::as_str));

    let network = match &order.network {
        Some(container) => {
            let process = &state(container).expect("a container that runs")["pid"];
            json!({ "type": "network", "path": format!("/proc/{process}/ns/net") })
        }
        None => json!({ "type": "network" }),
    };
    let mut namespaces = vec![network];
    namespaces.extend(["pid", "ipc", "uts", "mount"].map(|kind| json!({ "type": kind })));
    let mut mounts = vec![
        json!({ "destination": "/proc", "type": "proc", "source": "proc" }),
        tmpfs("/dev", &["nosuid", "strictatime", "mode=755", "size=65536k"]),
        json!({ "destination": "/dev/pts", "type": "devpts", "source": "devpts",
            "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"] }),
        tmpfs("/dev/shm", &["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
    ];
    mounts.extend(order.mounts.iter().cloned());

    let none: [&str; 0] = [];
    json!({
        "ociVersion": "1.0.2",
        "process": {
            "args": command,
            "env": environment,
            "cwd": image["WorkingDir"].as_str().unwrap_or("/"),
            "user": { "uid": order.user.0, "gid": order.user.1 },
            "noNewPrivileges": true,
            "capabilities": { "bounding": none, "effective": none, "permitted": none, "inheritable": none },
        },
        "root": { "path": files.mount(), "readonly": true },
        "hostname": order.name,
        "mounts": mounts,
        "linux": {
            "namespaces": namespaces,
            "resources": { "memory": order.memory.map(|bytes| json!({ "limit": bytes, "swap": bytes })) },
        },
    })
}

/// A folder in memory.
pub fn tmpfs(target: &str, options: &[&str]) -> Value {
    json!({ "destination": target, "type": "tmpfs", "source": "tmpfs", "options": options })
}

/// What runc knows of a container.
fn state(name: &str) -> Option<Value> {
    serde_json::from_slice(&runc().args(["state", name]).output().unwrap().stdout).ok()
}

fn runc() -> Command {
    let mut runc = Command::new("runc");
    runc.arg("--root").arg(folder().join("runc"));
    runc
}
