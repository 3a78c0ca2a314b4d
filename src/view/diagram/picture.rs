//! The content of the diagram: its nodes and their labels, the lines, and the frame.

use super::layout::{Density, Graph, Role};
use crate::engine::{self, Placed, Report, ServiceSummary};
use crate::finding::Severity;
use crate::plan::DatabasePlan;
use crate::view::count;
use crate::view::findings::service_of;
use crate::view::selection::Selection;

/// Above this number, nodes have one line of text each.
const MOST_ROOMY: usize = 20;

/// The content of the diagram.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// The graph to lay out; its nodes are `nodes`.
    pub graph: Graph,
    /// The nodes: the door first if there is one, then the services in the document's order.
    pub nodes: Vec<Node>,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its subject.
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub title: String,
    /// Its replicas and limit, or its connections.
    pub figures: String,
    /// The label for screen readers.
    pub words: String,
}

/// The subject of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The internet.
    Door,
    /// A service.
    Service {
        /// Its index in the document, which gives its colour.
        index: usize,
        /// Its purpose.
        purpose: Purpose,
        /// The severity of its worst finding.
        trouble: Option<Severity>,
    },
}

/// The purpose of a service, which its icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It answers requests.
    Serves,
    /// It works in the background.
    Works,
    /// It runs on a schedule.
    Scheduled,
    /// It stores data for others.
    Keeps,
    /// It is external.
    External,
}

/// The key of the internet, which no service has as its name.
pub const DOOR: &str = "";

impl Node {
    /// Its key, which stays the same when other nodes change.
    pub fn key(&self) -> &str {
        match self.subject {
            Subject::Door => DOOR,
            Subject::Service { .. } => &self.name,
        }
    }

    /// The selection of the node.
    pub fn selection(&self) -> Selection {
        match self.subject {
            Subject::Door => Selection::Internet,
            Subject::Service { .. } => Selection::Service(self.name.clone()),
        }
    }
}

impl Subject {
    /// Whether it may need services; external services need nothing.
    pub fn can_need(self) -> bool {
        matches!(self, Self::Service { purpose, .. } if purpose != Purpose::External)
    }
}

/// Returns the diagram of a report and its findings.
pub fn picture(report: &Report, findings: &[Placed]) -> Picture {
    let services = &report.services;
    let has_door = has_door(report);
    let first = usize::from(has_door);
    let door = has_door.then(|| door(report));
    let drawn = services.iter().enumerate().map(|(index, service)| {
        let database = report.plan.databases.iter().find(|database| database.database == service.name);
        let trouble = findings.iter().filter(|placed| service_of(&placed.field) == Some(service.name.as_str()));
        node(index, report, database, trouble.map(|placed| placed.severity).min())
    });
    let nodes: Vec<Node> = door.into_iter().chain(drawn).collect();
    let roles = services.iter().map(|service| if service.is_external { Role::Outside } else { Role::Inside });
    let public = services.iter().enumerate().filter(|(_, service)| service.public.is_some());
    let ways_in = public.map(|(index, _)| (0, first + index));
    let needs = services
        .iter()
        .enumerate()
        .flat_map(|(from, service)| service.needs.iter().map(move |to| (first + from, first + to)));
    let graph = Graph {
        nodes: has_door.then_some(Role::Door).into_iter().chain(roles).collect(),
        lines: ways_in.chain(needs).collect(),
        density: if services.len() > MOST_ROOMY { Density::Dense } else { Density::Roomy },
        ..Graph::default()
    };
    Picture { graph, nodes }
}

/// Whether any service is public.
pub fn has_door(report: &Report) -> bool {
    report.services.iter().any(|service| service.public.is_some())
}

fn door(report: &Report) -> Node {
    let public: Vec<&ServiceSummary> = report.services.iter().filter(|service| service.public.is_some()).collect();
    let title = if public.iter().all(|service| service.is_https) { "https" } else { "http" };
    let names: Vec<&str> = public.iter().map(|service| service.name.as_str()).collect();
    Node {
        subject: Subject::Door,
        name: "Internet".to_owned(),
        title: title.to_owned(),
        words: format!("Internet, {title}, leads to {}", listed(&names)),
        figures: String::new(),
    }
}

fn node(index: usize, report: &Report, database: Option<&DatabasePlan>, trouble: Option<Severity>) -> Node {
    let service = &report.services[index];
    let purpose = purpose(service);
    let mut title = service.title.clone();
    let more = match (service.processes, service.storage) {
        (Some(processes), _) => Some(count_processes(processes)),
        (None, Some(storage)) => Some(short(&storage.to_string())),
        (None, None) => None,
    };
    if let Some(more) = more {
        title = format!("{title} · {more}");
    }
    let figures = match (purpose, database.and_then(|database| Some((database, database.max_connections?)))) {
        (Purpose::External, _) => service.external_host.clone().unwrap_or_else(|| "runs elsewhere".to_owned()),
        (_, Some((database, most))) => format!("{} of {most} conn.", database.peak_connections),
        (Purpose::Scheduled, None) => {
            format!("{} · {}", service.schedule.as_deref().unwrap_or_default(), short(&service.limit.to_string()))
        }
        (_, None) => {
            format!("{} · {}", replicas(service.replicas, service.peak_replicas), short(&service.limit.to_string()))
        }
    };
    let needs = service.needs.iter().filter_map(|need| Some(report.services.get(*need)?.name.as_str()));
    let needs: Vec<&str> = needs.collect();
    let mut words = vec![service.name.to_string(), spoken(&title), spoken(&figures)];
    if !needs.is_empty() {
        words.push(format!("needs {}", listed(&needs)));
    }
    if let Some(host) = &service.public {
        words.push(format!("public at {host}"));
    }
    words.extend(trouble.map(|severity| trouble_label(severity).to_owned()));
    Node {
        subject: Subject::Service { index, purpose, trouble },
        name: service.name.to_string(),
        title,
        figures,
        words: words.join(", "),
    }
}

fn purpose(service: &ServiceSummary) -> Purpose {
    match service.role {
        _ if service.is_external => Purpose::External,
        _ if service.schedule.is_some() => Purpose::Scheduled,
        engine::Role::Serves => Purpose::Serves,
        engine::Role::Works => Purpose::Works,
        engine::Role::Keeps => Purpose::Keeps,
    }
}

fn count_processes(processes: u32) -> String {
    match processes {
        1 => "1 process".to_owned(),
        processes => format!("{processes} processes"),
    }
}

fn replicas(steady: u32, peak: u32) -> String {
    if steady == peak { count(steady as usize, "replica") } else { format!("{steady}–{peak} replicas") }
}

fn trouble_label(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "has an error",
        Severity::Warning => "has a warning",
        Severity::Info => "has a note",
    }
}

/// Such as `db`, `db and cache`, `db, cache and queue`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A short size: `256 Mi`.
fn short(size: &str) -> String {
    size.replace("iB", "i")
}

/// A label as a screen reader says it: a pause in place of the middle dot.
fn spoken(words: &str) -> String {
    words.replace(" · ", ", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Analyze, Task};

    fn of(text: &str) -> Picture {
        let analyzed = Analyze { text: text.to_owned(), with_files: false }.run(&mut |_| {});
        picture(&analyzed.report.unwrap(), &analyzed.findings)
    }

    #[test]
    fn the_shop_in_words() {
        let picture = of(include_str!("../../../examples/shop.yaml"));
        let lines: Vec<[&str; 3]> =
            picture.nodes.iter().map(|node| [&*node.name, &*node.title, &*node.figures]).collect();
        assert_eq!(
            lines,
            [
                ["Internet", "https", ""],
                ["api", "FastAPI · 1 process", "2 replicas · 256 Mi"],
                ["mailer", "Celery · 2 processes", "1 replica · 192 Mi"],
                ["db", "PostgreSQL 18 · 10 Gi", "34 of 100 conn."],
                ["cache", "Redis 8", "1 replica · 160 Mi"],
            ]
        );
        assert_eq!(picture.graph.lines, [(0, 1), (1, 3), (1, 4), (2, 3), (2, 4)]);
        assert_eq!(
            picture.nodes[1].words.split(", has ").next(),
            Some("api, FastAPI, 1 process, 2 replicas, 256 Mi, needs db and cache, public at shop.example.com")
        );
    }

    #[test]
    fn what_others_run_stands_outside_and_what_is_scheduled_says_when() {
        let text = "services:\n  db: { postgres: {}, external: db.example.net }\n  nightly: { python: { worker: python a.py }, \
                    schedule: \"0 3 * * *\", needs: [db] }\n";
        let picture = of(text);
        assert_eq!(picture.graph.nodes, [Role::Inside, Role::Outside]);
        assert!(picture.nodes[0].figures.starts_with("0 3 * * * · "), "{}", picture.nodes[0].figures);
        assert_eq!(picture.nodes[1].figures, "db.example.net");
    }

    #[test]
    fn a_finding_puts_a_sign_on_its_service() {
        let picture = of("services:\n  api: { pyhton: {}, image: \"a:1\" }\n  web: { image: \"b:1\" }\n");
        let troubles: Vec<Option<Severity>> = picture
            .nodes
            .iter()
            .map(|node| match node.subject {
                Subject::Service { trouble, .. } => trouble,
                Subject::Door => None,
            })
            .collect();
        assert_eq!(troubles[0], Some(Severity::Error));
        assert_ne!(troubles[1], Some(Severity::Error));
    }

    #[test]
    fn many_services_have_one_line_each() {
        let services: Vec<String> = (0..50).map(|number| format!("  s{number}: {{ image: \"a:1\" }}")).collect();
        assert_eq!(of(&format!("services:\n{}\n", services.join("\n"))).graph.density, Density::Dense);
    }
}
