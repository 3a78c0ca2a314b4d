//! DEPLOY.md: what to run, in which order, and what to look at after each step.

mod checks;
mod cluster;

use super::artifact::Artifact;
use crate::topology::{CatalogKind, HealthCheck, How, Kind, Public, Service, Topology};

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
        server(&mut guide, topology);
    }
    if let Some(cluster) = &topology.cluster {
        cluster::guide(&mut guide, topology, cluster);
    }
    Artifact::from_lines("DEPLOY.md", guide.lines.into_iter().map(|line| (line, None)))
}

fn secrets(guide: &mut Guide, topology: &Topology) {
    if topology.secret_keys().is_empty() {
        return;
    }
    guide.heading(2, "Secrets");
    guide.commands(["cp .env.example .env"]);
    guide.paragraph("Replace every `change-me` in `.env`, and keep that file out of version control.");
}

fn server(guide: &mut Guide, topology: &Topology) {
    guide.heading(2, "On one server, with Docker Compose");
    let hosts = hosts(topology, |_| true);
    if !hosts.is_empty() {
        let ports = match self::hosts(topology, |public| public.tls).as_slice() {
            [] => "port 80",
            _ => "ports 80 and 443: certificates are issued only where both lead here",
        };
        let hosts = hosts.join(" and ");
        guide.paragraph(&format!("Let the DNS name {hosts} point at the server, and let its firewall pass {ports}."));
    }
    guide.commands(["docker compose up --build --detach --wait"]);
    guide.paragraph("This waits until every health check passes. Look at what runs, and at what it says:");
    guide.commands(["docker compose ps --all", "docker compose logs --tail 50"]);
    by_hand(guide, topology, |service| format!("docker compose run --rm {}", service.name));
    for service in &topology.services {
        if let Some(publish) = service.publish.filter(|_| service.public.is_none() && speaks_http(service)) {
            guide.paragraph(&format!("`{}` answers on the server itself:", service.name));
            guide.commands([format!("curl --include http://127.0.0.1:{}{}", publish.port, health_path(service))]);
        }
    }
    public(guide, topology);
    guide.paragraph("After a change, the first command again: containers that did not change stay as they are.");
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

fn hosts(topology: &Topology, wanted: impl Fn(&Public) -> bool) -> Vec<String> {
    let public = topology.services.iter().filter_map(|service| service.public.as_ref());
    public.filter(|public| wanted(public)).map(|public| format!("`{}`", public.host)).collect()
}

/// Whether one can ask the service with curl.
fn speaks_http(service: &Service) -> bool {
    matches!(service.kind, Kind::Web { .. } | Kind::Catalog(CatalogKind::Nginx))
        || matches!(service.health, HealthCheck::Http { .. })
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
            self.lines.extend(command.as_ref().split(['\n', '\r']).map(|line| format!("    {line}")));
        }
    }
}

#[cfg(test)]
mod tests {
    fn guide(text: &str) -> String {
        let artifacts = crate::analyze(text).outputs.unwrap().artifacts;
        artifacts.into_iter().find(|file| file.path == "DEPLOY.md").unwrap().text
    }

    #[test]
    fn curl_is_for_what_speaks_http() {
        let text = guide(
            "server: {}\nservices:\n  api: { python: {} }\n  db: { postgres: {}, publish: 5432 }\n  \
             raw: { image: \"a:1\", port: 90, publish: 90 }\n",
        );
        let asked: Vec<&str> = text.lines().filter(|line| line.contains("curl")).collect();
        assert_eq!(asked, ["    curl --include http://127.0.0.1:8000/"]);
    }

    #[test]
    fn hosts_without_https_need_a_name_and_no_certificate() {
        let text = guide("services:\n  api: { python: {}, public: { host: a.example.com, tls: false } }\n");
        assert!(text.contains("`a.example.com` point at the server, and let its firewall pass port 80."), "{text}");
        assert!(text.contains("`a.example.com` point at the gateway's address."), "{text}");
        assert!(!text.contains("certificates") && !text.contains("cert-manager"), "{text}");
    }
}
