//! DEPLOY.md: what to run, in which order, and what to look at after each step.

mod checks;
mod cluster;
mod server;
mod steps;

pub use steps::{Audience, Part, Step, parts};

use super::env_example::STAND_IN;
use super::quoted_list;
use crate::artifact::Artifact;
use crate::topology::{Environment, HealthCheck, How, Provenance, Public, Role, Service, Topology};

/// What stands before each command.
const INDENT: &str = "    ";
/// The heading of the part about the server, by which the guide is read back.
const SERVER: &str = "On one server, with Docker Compose";
/// The heading of the part about the cluster, by which the guide is read back.
const CLUSTER: &str = "On Kubernetes";

/// The path of the guide.
pub const PATH: &str = "DEPLOY.md";

/// The guide to the other files, whose paths are `files`.
pub fn artifact(topology: &Topology, files: &[String]) -> Artifact {
    let mut guide = Guide::default();
    guide.heading(1, &format!("Deploying {}", topology.name));
    guide.paragraph(
        "What to run, in this order, in the folder of these files. Each step says what to look at after it.",
    );
    guide.list(files);
    secrets(&mut guide, topology);
    if topology.server.is_some() {
        server::server(&mut guide, topology);
    }
    if let Some(cluster) = &topology.cluster {
        cluster::guide(&mut guide, topology, cluster);
    }
    Artifact::from_lines(PATH, guide.lines.into_iter().map(|line| (line, None)))
}

fn secrets(guide: &mut Guide, topology: &Topology) {
    if topology.secret_keys().is_empty() {
        return;
    }
    guide.heading(2, "Secrets");
    let environments = topology.environments.iter().map(secrets_file);
    let is_one_for_all = topology.server.is_some() || topology.environments.is_empty();
    let files: Vec<String> = is_one_for_all.then(|| ".env".to_owned()).into_iter().chain(environments).collect();
    guide.commands(
        files.iter().map(|file| format!("cp .env.example {file}")).chain([format!("chmod 0600 {}", files.join(" "))]),
    );
    let each: Vec<&str> = files.iter().map(String::as_str).collect();
    guide.paragraph(&replace_in(&each, STAND_IN));
    guide.commands([format!("grep {STAND_IN} {}", files.join(" "))]);
    let password = |service: &&Service| {
        service.kind.provenance == Provenance::Official
            && service.is_stateful()
            && service.secret_keys().next().is_some()
    };
    let databases: Vec<&str> = topology.services.iter().filter(password).map(|service| service.name.as_str()).collect();
    if !databases.is_empty() {
        guide.paragraph(&passwords_of_filled_disks(&databases));
    }
}

/// Asks to replace the stand-ins in `files`.
fn replace_in(files: &[&str], stand_in: &str) -> String {
    let them = if files.len() == 1 { "that file" } else { "these files" };
    format!(
        "Replace every `{stand_in}` in {}, and keep {them} out of version control. This shows what is left to replace:",
        quoted_list(files)
    )
}

/// Warns that a database takes its password only once.
fn passwords_of_filled_disks(databases: &[&str]) -> String {
    format!(
        "A database takes its password when its disk is first filled: that of {} has later to be changed inside too.",
        quoted_list(databases)
    )
}

/// The file with the secrets of an environment.
fn secrets_file(environment: &Environment) -> String {
    match environment.name.as_str() {
        // That is what it is copied from.
        "example" => ".env.example-environment".to_owned(),
        name => format!(".env.{name}"),
    }
}

/// The steps that a person runs, each behind what reaches into the service, if something does.
fn by_hand(guide: &mut Guide, topology: &Topology, reach: impl Fn(&Service) -> String) {
    for service in &topology.services {
        let steps: Vec<String> = service
            .before_start
            .iter()
            .filter(|step| step.how == How::ByHand)
            .filter_map(|step| shlex::try_join(step.command.iter().map(String::as_str)).ok())
            .map(|command| format!("{} {command}", reach(service)).trim_start().to_owned())
            .collect();
        if !steps.is_empty() {
            guide.paragraph(&format!("What `{}` leaves to you:", service.name));
            guide.commands(steps);
        }
    }
}

fn public(guide: &mut Guide, topology: &Topology) {
    for service in &topology.services {
        if let Some(public) = &service.public {
            let scheme = if public.tls { "https" } else { "http" };
            guide.paragraph(&format!("`{}` answers everyone:", service.name));
            guide.commands([format!("curl --include {scheme}://{}{}", public.host, health_path(service))]);
        }
    }
}

fn hosts(topology: &Topology, wanted: impl Fn(&Public) -> bool) -> Vec<&str> {
    let public = topology.services.iter().filter_map(|service| service.public.as_ref());
    public.filter(|public| wanted(public)).map(|public| public.host.as_str()).collect()
}

/// Whether one can ask the service with curl.
fn speaks_http(service: &Service) -> bool {
    matches!(service.kind.role, Role::Web | Role::Proxy) || matches!(service.health, HealthCheck::Http { .. })
}

fn health_path(service: &Service) -> &str {
    match &service.health {
        HealthCheck::Http { path } => path,
        _ => "/",
    }
}

/// Markdown, line by line. Commands are indented, since no text can end such a block.
#[derive(Default)]
struct Guide {
    lines: Vec<String>,
}

impl Guide {
    fn heading(&mut self, level: usize, text: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(format!("{} {text}", "#".repeat(level)));
    }

    fn paragraph(&mut self, text: &str) {
        self.lines.push(String::new());
        self.lines.push(text.to_owned());
    }

    fn list(&mut self, items: &[String]) {
        let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
        self.points(&items);
    }

    fn points(&mut self, items: &[String]) {
        self.lines.push(String::new());
        self.lines.extend(items.iter().map(|item| format!("- {item}")));
    }

    fn commands(&mut self, commands: impl IntoIterator<Item = impl AsRef<str>>) {
        self.lines.push(String::new());
        for command in commands {
            self.lines.extend(command.as_ref().split(['\n', '\r']).map(|line| format!("{INDENT}{line}")));
        }
    }
}

#[cfg(test)]
mod tests {
    /// DEPLOY.md of a document.
    pub(super) fn guide(text: &str) -> String {
        let artifacts = crate::analyze(text).outputs.unwrap().artifacts();
        artifacts.into_iter().find(|file| file.path == "DEPLOY.md").unwrap().text
    }

    #[test]
    fn hosts_without_https_need_a_name_and_no_certificate() {
        let text = guide("services:\n  api: { python: {}, public: { host: a.example.com, tls: false } }\n");
        assert!(text.contains("`a.example.com` point at the server, and let its firewall pass port 80."), "{text}");
        assert!(text.contains("`a.example.com` point at the gateway's address."), "{text}");
        assert!(!text.contains("certificates") && !text.contains("cert-manager"), "{text}");
    }

    #[test]
    fn each_environment_has_its_own_commands() {
        let text = guide(
            "name: shop\nserver: {}\ncluster: {}\nservices: { api: { python: {}, secrets: [KEY] } }\n\
             environments: { staging: {}, example: { namespace: default } }\n",
        );
        let commands: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("    ")).collect();
        let about = |word: &str| -> Vec<&str> {
            commands.iter().copied().filter(|command| command.starts_with(word)).collect()
        };
        assert_eq!(
            about("cp"),
            ["cp .env.example .env", "cp .env.example .env.staging", "cp .env.example .env.example-environment"]
        );
        assert_eq!(
            about("kubectl apply"),
            [
                "kubectl apply --filename k8s/overlays/staging/namespace.yaml",
                "kubectl apply --kustomize k8s/overlays/staging",
                "kubectl apply --kustomize k8s/overlays/example",
            ]
        );
        assert_eq!(
            about("kubectl create"),
            [
                "kubectl create secret generic shop --namespace shop-staging --from-env-file=.env.staging",
                "kubectl create secret generic shop --namespace default --from-env-file=.env.example-environment",
            ]
        );
    }
}
