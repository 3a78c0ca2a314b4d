//! The files of the code that a document lists: a program needs more of its code than its own module.

use super::Stack;
use crate::finding::Finding;
use crate::input::{Report, written_command::program};
use crate::message::message;
use crate::rules;
use crate::text::Span;

/// The file that Alembic reads its settings from, unless they stand in `pyproject.toml`
/// (<https://alembic.sqlalchemy.org/en/latest/tutorial.html#using-pyproject-toml-for-configuration>).
const ALEMBIC: &str = "alembic.ini";

/// The files of the code that a document lists one by one, and what has to be among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFiles {
    files: Vec<String>,
    span: Span,
    needed: Vec<Needed>,
}

/// A part of the code that something runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// A module, such as `app.main`.
    Module(String),
    /// A file, such as `manage.py`.
    File(String),
}

impl ListedFiles {
    /// The files that `stack` lists, at `span`, of which the program needs these; none where it takes all files.
    pub fn of(stack: &Stack, span: Option<Span>, needed: Vec<Needed>) -> Option<Self> {
        let files = stack.listed_files().to_vec();
        (!files.is_empty()).then(|| Self { files, span: span.unwrap_or_default(), needed })
    }

    /// Warns of what the program and these commands, which run before it starts, would miss.
    pub fn check<'a>(mut self, commands: impl Iterator<Item = &'a [String]>, report: &mut Report) {
        self.needed.extend(commands.flat_map(Needed::of_command));
        let mut missing = self.needed;
        missing.retain(|needed| !self.files.iter().any(|listed| needed.lies_in(listed)));
        for (number, needed) in missing.iter().enumerate() {
            if missing[..number].contains(needed) {
                continue;
            }
            let message = match needed {
                Needed::Module(module) => message!("`files` leaves out the module `{module}`, which is run", module),
                Needed::File(file) if file == ALEMBIC => {
                    message!("`files` leaves out `{file}`, which `alembic` reads", file)
                }
                Needed::File(file) => message!("`files` leaves out `{file}`, which is run", file),
            };
            let finding = Finding::warning(&rules::file_left_out::RULE, self.span, message);
            report.add(finding.help(format!("Add `{}`, or leave `files` out", needed.entry())));
        }
    }
}

impl Needed {
    /// The module of a Python object such as `app.main:app`.
    pub fn module(object: &str) -> Self {
        Self::Module(object.split(':').next().unwrap_or(object).to_owned())
    }

    /// The parts of the code that a command names as far as that can be told.
    pub fn of_command(command: &[String]) -> Vec<Self> {
        let is_script = |word: &&String| {
            let ending = word.rsplit_once('.').is_some_and(|(_, ending)| ["py", "sh"].contains(&ending));
            ending && !word.starts_with(['/', '-']) && !word.contains(char::is_whitespace)
        };
        let mut needed: Vec<Self> = command
            .iter()
            .take(2)
            .filter(is_script)
            .map(|word| Self::File(word.trim_start_matches("./").to_owned()))
            .collect();
        let (name, rest) = program(command);
        if name == "alembic" && !rest.iter().any(|word| word.starts_with("-c") || word.starts_with("--config")) {
            needed.push(Self::File(ALEMBIC.to_owned()));
        }
        needed
    }

    /// Whether it lies in a file or folder of the code, as far as names tell; a module may lie in `src`, and may be a
    /// package of which only a part is listed.
    fn lies_in(&self, listed: &str) -> bool {
        match self {
            Self::File(file) => is_within(file, listed) || file == ALEMBIC && listed == "pyproject.toml",
            Self::Module(module) => {
                let path = module.replace('.', "/");
                let package = listed.strip_prefix("src/").unwrap_or(listed);
                listed == "src"
                    || package == format!("{path}.py")
                    || is_within(&path, package)
                    || is_within(package, &path)
            }
        }
    }

    /// The entry to list.
    fn entry(&self) -> String {
        match self {
            Self::Module(module) => match module.split_once('.') {
                Some((package, _)) => package.to_owned(),
                None => format!("{module}.py"),
            },
            Self::File(file) => file.clone(),
        }
    }
}
/// Whether a path is another, or lies below it.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    fn left_out(service: &str) -> Vec<String> {
        let findings = crate::analyze(&format!("services: {{ api: {{ {service} }} }}\n")).findings;
        findings
            .into_iter()
            .filter(|finding| finding.rule.id == "file-left-out")
            .map(|finding| finding.message.into_string())
            .collect()
    }

    #[test]
    fn what_is_run_has_to_be_listed() {
        for (service, message) in [
            ("python: { files: [util.py] }", "`files` leaves out the module `main`, which is run"),
            (
                "python: { app: 'app.main:app', files: [apps] }",
                "`files` leaves out the module `app.main`, which is run",
            ),
            ("celery: { app: jobs, files: [app] }", "`files` leaves out the module `jobs`, which is run"),
            (
                "python: { worker: 'python jobs/mail.py', files: [app] }",
                "`files` leaves out `jobs/mail.py`, which is run",
            ),
            (
                "python: { files: [main.py] }, before_start: [{ run: alembic upgrade head }]",
                "`files` leaves out `alembic.ini`, which `alembic` reads",
            ),
            (
                "python: { framework: django, app: 'site.wsgi:application', files: [site] }",
                "`files` leaves out `manage.py`, which is run",
            ),
        ] {
            assert_eq!(left_out(service), [message], "{service}");
        }
    }

    #[test]
    fn a_module_can_be_a_file_or_a_folder_or_lie_in_src() {
        for service in [
            "python: { files: [main.py] }",
            "python: { files: [main] }",
            "python: { app: 'app.main:app', files: [app] }",
            "python: { app: 'app.main:app', files: [app/main.py] }",
            "python: { app: 'app.main:app', files: [src] }",
            "python: { app: 'app.main:app', files: [src/app] }",
            "python: { app: 'app:app', files: [app/__init__.py] }",
            "python: { worker: 'arq app.Settings', files: [settings.toml] }",
            "python: { files: [main.py, pyproject.toml] }, before_start: [{ run: alembic upgrade head }]",
            "python: { app: 'app.main:app' }",
        ] {
            assert_eq!(left_out(service), [""; 0], "{service}");
        }
    }
}
