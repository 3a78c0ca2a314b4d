//! `docker build --check` (<https://docs.docker.com/reference/build-checks/>) and checkov's policies
//! (<https://www.checkov.io/5.Policy%20Index/dockerfile.html>), as far as hadolint does not ask the same.

use super::{Files, Rule, if_so};
use std::collections::BTreeSet;

pub const RULES: &[Rule] = &[
    ("FromAsCasing, ConsistentInstructionCasing", |files| {
        of_instructions(files, |instruction, rest| {
            let is_lower = instruction == "FROM" && rest.contains(" as ");
            if_so(instruction != instruction.to_ascii_uppercase() || is_lower, "")
        })
    }),
    ("StageNameCasing, DuplicateStageName, ReservedStageName", |files| {
        of_files(files, |instructions| {
            let mut seen = BTreeSet::new();
            let stages =
                instructions.iter().filter(|(name, _)| name == "FROM").filter_map(|(_, rest)| rest.split_once(" AS "));
            stages.map(|(_, stage)| stage.to_owned()).find(|stage| {
                *stage != stage.to_ascii_lowercase()
                    || ["scratch", "context"].contains(&stage.as_str())
                    || !seen.insert(stage.clone())
            })
        })
    }),
    ("JSONArgsRecommended", |files| {
        of_instructions(files, |instruction, rest| {
            let is_command = ["CMD", "ENTRYPOINT"].contains(&instruction);
            if_so(is_command && serde_json::from_str::<Vec<String>>(rest).is_err(), rest)
        })
    }),
    ("MultipleInstructionsDisallowed", |files| {
        of_files(files, |instructions| {
            let last = instructions.iter().rposition(|(name, _)| name == "FROM").unwrap_or_default();
            let count = |wanted: &str| instructions[last..].iter().filter(|(name, _)| name == wanted).count();
            ["CMD", "ENTRYPOINT", "HEALTHCHECK"].into_iter().find(|name| count(name) > 1).map(str::to_owned)
        })
    }),
    ("WorkdirRelativePath, CKV_DOCKER_10", |files| {
        of_instructions(files, |instruction, rest| if_so(instruction == "WORKDIR" && !rest.starts_with('/'), rest))
    }),
    ("LegacyKeyValueFormat", |files| {
        of_instructions(files, |instruction, rest| {
            if_so(["ENV", "ARG"].contains(&instruction) && !rest.contains('='), rest)
        })
    }),
    ("SecretsUsedInArgOrEnv", |files| {
        of_instructions(files, |instruction, rest| {
            let name = rest.to_ascii_lowercase();
            let is_secret = ["password", "secret", "token", "apikey"].iter().any(|word| name.contains(word));
            if_so(["ENV", "ARG"].contains(&instruction) && is_secret, rest)
        })
    }),
    ("CKV_DOCKER_1: no port 22", |files| {
        of_instructions(files, |instruction, rest| if_so(instruction == "EXPOSE" && rest == "22", rest))
    }),
    ("CKV_DOCKER_3, CKV_DOCKER_8: the last user is not root", |files| {
        of_files(files, |instructions| {
            let user = instructions.iter().rfind(|(name, _)| name == "USER").map(|(_, rest)| rest.as_str());
            let is_root = |user: &str| user == "root" || user.split(':').any(|id| id == "0");
            if_so(user.is_none_or(is_root), format!("{user:?}"))
        })
    }),
    ("CKV_DOCKER_4, CKV_DOCKER_6: no ADD, no MAINTAINER", |files| {
        of_instructions(files, |instruction, _| if_so(["ADD", "MAINTAINER"].contains(&instruction), instruction))
    }),
    ("CKV_DOCKER_7: every image has a tag", |files| {
        of_files(files, |instructions| {
            let mut stages = vec!["scratch"];
            for (_, rest) in instructions.iter().filter(|(name, _)| name == "FROM") {
                let (image, stage) = rest.split_once(" AS ").unwrap_or((rest, ""));
                let is_pinned = image.contains(':') && !image.ends_with(":latest");
                if !is_pinned && !stages.contains(&image) {
                    return Some(image.to_owned());
                }
                stages.push(stage);
            }
            None
        })
    }),
];

fn of_files(files: &Files, check: impl Fn(&[(String, String)]) -> Option<String>) -> Vec<String> {
    let of = |(path, text): &(String, String)| Some(format!("{path}: {}", check(&instructions(text))?));
    files.dockerfiles.iter().filter_map(of).collect()
}

fn of_instructions(files: &Files, check: impl Fn(&str, &str) -> Option<String>) -> Vec<String> {
    of_files(files, |instructions| instructions.iter().find_map(|(name, rest)| check(name, rest)))
}

/// The instructions, each with what follows its name, on one line; without the lines of files that they write.
fn instructions(text: &str) -> Vec<(String, String)> {
    let text = text.replace("\\\n", " ");
    let mut is_in_file = false;
    let is_instruction = |line: &&str| {
        let was_in_file = is_in_file;
        is_in_file = if was_in_file { *line != "EOF" } else { line.starts_with("COPY <<\"EOF\" ") };
        !was_in_file && !line.is_empty() && !line.starts_with('#')
    };
    text.lines()
        .filter(is_instruction)
        .filter_map(|line| line.split_once(' '))
        .map(|(name, rest)| (name.to_owned(), rest.trim().to_owned()))
        .collect()
}
