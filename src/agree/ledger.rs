//! What the files say, by what it is about, and where they say different things of one.

use super::{Agreement, Disagreement};
use crate::generate::Artifact;
use crate::model::FieldPath;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something that more than one file says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// The name of the whole.
    Name,
    /// The namespace on the cluster, of an environment if there are any.
    Namespace(String),
    /// The Secret with the variables.
    Secret,
    /// The keys that are made up by the person.
    SecretKeys,
    /// The keys whose values are files on the server.
    FileKeys,
    /// The names of all that runs.
    Services,
    /// Every file.
    Files,
    /// What runs pods, as `kubectl` names it.
    Workloads,
    /// The Dockerfile that an image is built from.
    Build(String),
    /// The hosts of all that is public.
    Hosts,
    /// To which service and port a host leads.
    Route(String),
    /// Whether a host is served by HTTPS.
    Scheme(String),
    /// What is said of a service.
    Of(String, About),
}

/// What is said of a service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    Image,
    Command,
    Steps,
    Port,
    User,
    Writable,
    Disk,
    Variables,
    Variable(String),
    SecretFiles,
    Schedule,
    Memory,
    Cpu,
    CpuShares,
    Replicas,
    Grace,
    Health,
}

/// A line of a file, or the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The file's path.
    pub path: &'a str,
    /// The line, from 0; none for what has no lines.
    pub line: Option<usize>,
}

struct Statement<'a> {
    said: String,
    place: Place<'a>,
}

/// All that the files say.
pub struct Ledger<'a> {
    artifacts: &'a [Artifact],
    statements: BTreeMap<Fact, Vec<Statement<'a>>>,
    /// How many rules were looked at that are no mere equality.
    rules: usize,
    disagreements: Vec<Disagreement>,
}

impl<'a> Ledger<'a> {
    /// An empty one, for these files.
    pub fn new(artifacts: &'a [Artifact]) -> Self {
        Self { artifacts, statements: BTreeMap::new(), rules: 0, disagreements: Vec::new() }
    }

    /// What is said of something, and where.
    pub fn state(&mut self, fact: Fact, said: impl fmt::Display, place: Place<'a>) {
        self.statements.entry(fact).or_default().push(Statement { said: said.to_string(), place });
    }

    /// The same of a service.
    pub fn state_of(&mut self, service: &str, about: About, said: impl fmt::Display, place: Place<'a>) {
        self.state(Fact::Of(service.to_owned(), about), said, place);
    }

    /// All that was said of it until now.
    pub fn said(&self, fact: &Fact) -> impl Iterator<Item = &str> {
        self.statements.get(fact).into_iter().flatten().map(|statement| statement.said.as_str())
    }

    /// What two files rely on, and is not said alike in both, `holds`.
    pub fn require(&mut self, holds: bool, place: Place<'a>, message: impl FnOnce() -> String) {
        self.rules += 1;
        if !holds {
            let message = format!("{place}: {}", message());
            self.disagreements.push(Disagreement { message, field: self.field([place]) });
        }
    }

    /// Whoever serves hosts serves the same: a file, or a folder of them. Where there are overlays, the guide names their
    /// hosts, too, and is no file of the base.
    pub fn compare_hosts(&mut self) {
        let has_overlays = self.artifacts.iter().any(|file| file.path.starts_with("k8s/overlays/"));
        let mut hosts: BTreeMap<&str, (Place<'a>, BTreeSet<String>)> = BTreeMap::new();
        for (fact, statements) in &self.statements {
            let Fact::Scheme(host) = fact else { continue };
            for Statement { place, .. } in statements {
                let folder = place.path.split('/').next().unwrap_or_default();
                if has_overlays && folder == "DEPLOY.md" {
                    continue;
                }
                hosts.entry(folder).or_insert_with(|| (*place, BTreeSet::new())).1.insert(host.clone());
            }
        }
        for (place, hosts) in hosts.into_values() {
            self.state(Fact::Hosts, super::sorted(hosts), place);
        }
    }

    /// Compares all that was said.
    pub fn settle(mut self) -> Agreement {
        let mut facts = self.rules;
        for (fact, statements) in std::mem::take(&mut self.statements) {
            let Some((first, others)) = statements.split_first() else { continue };
            facts += usize::from(!others.is_empty());
            if let Some(other) = others.iter().find(|other| other.said != first.said) {
                let message = format!(
                    "The files differ in {fact}: {} says {}, and {} says {}",
                    first.place,
                    shown(&first.said),
                    other.place,
                    shown(&other.said)
                );
                let field = self.field([first.place, other.place]);
                self.disagreements.push(Disagreement { message, field });
            }
        }
        Agreement { files: self.artifacts.len(), facts, disagreements: self.disagreements }
    }

    /// The document's path that the first of these places comes from, if one of them has any.
    fn field<const N: usize>(&self, places: [Place; N]) -> FieldPath {
        let origin = |place: Place| {
            let artifact = self.artifacts.iter().find(|artifact| artifact.path == place.path)?;
            Some(artifact.origin(place.line?)?.field.clone())
        };
        places.into_iter().find_map(origin).unwrap_or_default()
    }
}

/// A value short enough to stand in a sentence, without line breaks.
fn shown(said: &str) -> String {
    let mut short: String = said.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if said.chars().nth(80).is_some() {
        short.push('…');
    }
    format!("`{short}`")
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{}", self.path, line + 1),
            None => f.write_str(self.path),
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("the name of the whole"),
            Self::Namespace(environment) if environment.is_empty() => f.write_str("the namespace"),
            Self::Namespace(environment) => write!(f, "the namespace of `{environment}`"),
            Self::Secret => f.write_str("the name of the Secret"),
            Self::SecretKeys => f.write_str("the keys of the secrets"),
            Self::FileKeys => f.write_str("the secrets that are files"),
            Self::Services => f.write_str("what runs"),
            Self::Files => f.write_str("which files there are"),
            Self::Workloads => f.write_str("what runs the pods"),
            Self::Build(image) => write!(f, "the Dockerfile of `{image}`"),
            Self::Hosts => f.write_str("which hosts there are"),
            Self::Route(host) => write!(f, "where `{host}` leads"),
            Self::Scheme(host) => write!(f, "how `{host}` is served"),
            Self::Of(service, about) => write!(f, "{about} of `{service}`"),
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Image => "the image",
            Self::Command => "the command",
            Self::Steps => "the steps before the start",
            Self::Port => "the port",
            Self::User => "the user",
            Self::Writable => "the writable folders",
            Self::Disk => "the folder of the disk",
            Self::Variables => "the variables",
            Self::Variable(name) => return write!(f, "the variable `{name}`"),
            Self::SecretFiles => "the secret files",
            Self::Schedule => "the times",
            Self::Memory => "the memory",
            Self::Cpu => "the processors",
            Self::CpuShares => "the share of the processors",
            Self::Replicas => "the number of containers",
            Self::Grace => "the time to end",
            Self::Health => "the health check",
        })
    }
}
