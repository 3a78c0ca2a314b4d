//! The guide read back: its commands, and what it says of them, for a page that lists them.

use super::{CLUSTER, SERVER};

/// Whom a part of the guide is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever runs any of the files.
    Everyone,
    /// Whoever runs them on one server.
    Server,
    /// Whoever runs them on a cluster.
    Cluster,
}

/// What stands below one heading of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whom it is for.
    pub audience: Audience,
    /// The heading.
    pub title: String,
    /// How deep it stands: 2 for what everyone does, 3 for what some do, or later.
    pub level: usize,
    /// What is to be done, in order.
    pub steps: Vec<Step>,
}

/// Commands that are run together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What has to be so before, a paragraph each.
    pub before: Vec<String>,
    /// What the commands do.
    pub about: String,
    /// The commands, a line each, and each line ended.
    pub commands: String,
}

/// The parts of the guide `text` that have commands.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut audience = Audience::Everyone;
    let mut said = Vec::new();
    let mut is_command = false;
    for line in text.lines() {
        let was_command = std::mem::replace(&mut is_command, false);
        let title = line.trim_start_matches('#');
        if let Some(command) = line.strip_prefix(super::INDENT) {
            is_command = true;
            let Some(part) = parts.last_mut() else { continue };
            if !was_command {
                let about = said.pop().unwrap_or_default();
                part.steps.push(Step { before: std::mem::take(&mut said), about, commands: String::new() });
            }
            if let Some(step) = part.steps.last_mut() {
                step.commands.extend([command, "\n"]);
            }
        } else if title.len() < line.len() {
            let title = title.trim_start();
            let level = line.len() - line.trim_start_matches('#').len();
            audience = match title {
                SERVER => Audience::Server,
                CLUSTER => Audience::Cluster,
                _ if level < 3 => Audience::Everyone,
                _ => audience,
            };
            said.clear();
            parts.push(Part { audience, title: title.to_owned(), level, steps: Vec::new() });
        } else if !line.is_empty() && !line.starts_with("- ") {
            said.push(line.to_owned());
        }
    }
    parts.retain(|part| !part.steps.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::super::tests::guide;
    use super::*;

    const SHOP: &str = include_str!("../../../examples/shop.yaml");

    #[test]
    fn each_command_of_the_guide_is_in_one_step() {
        let text = guide(SHOP);
        let commands: String = parts(&text).into_iter().flat_map(|part| part.steps).map(|step| step.commands).collect();
        let written = text.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n"));
        assert_eq!(commands, written.collect::<String>());
    }

    #[test]
    fn parts_know_whom_they_are_for() {
        let parts = parts(&guide(SHOP));
        let titles = |audience| -> Vec<&str> {
            parts.iter().filter(|part| part.audience == audience).map(|part| part.title.as_str()).collect()
        };
        assert_eq!(titles(Audience::Everyone), ["Secrets"]);
        assert_eq!(titles(Audience::Server), [SERVER, "A new release", "Backup", "While you develop"]);
        assert_eq!(titles(Audience::Cluster), [CLUSTER]);
    }

    #[test]
    fn a_step_says_what_it_does_and_what_has_to_be_so_before() {
        let parts = parts(&guide(SHOP));
        let step =
            parts.iter().flat_map(|part| &part.steps).find(|step| step.commands.contains("docker push")).unwrap();
        assert_eq!(step.about, "Build `ghcr.io/example/shop:1.0.0`, and push it where the cluster can pull it:");
        assert_eq!(step.before.len(), 4, "{:?}", step.before);
        assert_eq!(step.commands.lines().count(), 2);
    }
}
