//! What the listed files of the code have to hold: a program needs more of its code than its own module.

use super::super::{Framework, Step};
use super::Report;
use super::program::Program;
use super::written_command::program;
use crate::finding::Finding;
use crate::text::Span;

/// What Alembic reads its settings from, unless they stand in `pyproject.toml`
/// (<https://alembic.sqlalchemy.org/en/latest/tutorial.html#using-pyproject-toml-for-configuration>).
const ALEMBIC: &str = "alembic.ini";

/// Says what the program and its steps would miss, where the document lists the files of the code at `span`.
pub fn check(listed: &[String], span: Span, program: &Program, steps: &[Step], report: &mut Report) {
    if listed.is_empty() {
        return;
    }
    let mut missing: Vec<Needed> = needed(program, steps);
    missing.retain(|needed| !listed.iter().any(|listed| needed.lies_in(listed)));
    for (number, needed) in missing.iter().enumerate() {
        if missing[..number].contains(needed) {
            continue;
        }
        let message = match needed {
            Needed::Module(module) => format!("`files` leaves out the module `{module}`, which is run"),
            Needed::File(file) if file == ALEMBIC => format!("`files` leaves out `{file}`, which `alembic` reads"),
            Needed::File(file) => format!("`files` leaves out `{file}`, which is run"),
        };
        let finding = Finding::warning("file-left-out", span, message);
        report.add(finding.help(format!("Add `{}`, or leave `files` out", needed.entry())));
    }
}

/// A part of the code that something runs.
#[derive(Debug, PartialEq, Eq)]
enum Needed {
    /// A module, such as `app.main`.
    Module(String),
    /// A file, such as `manage.py`.
    File(String),
}

impl Needed {
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

    /// What could be listed.
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

fn needed(program: &Program, steps: &[Step]) -> Vec<Needed> {
    let module = |app: &str| Needed::Module(app.split(':').next().unwrap_or(app).to_owned());
    let mut needed = match program {
        Program::Python { app, framework, .. } => {
            let manage = (*framework == Framework::Django).then(|| Needed::File("manage.py".to_owned()));
            [module(app)].into_iter().chain(manage).collect()
        }
        Program::Celery { app, .. } => vec![module(app)],
        Program::Worker { command, .. } => of_command(command),
        _ => Vec::new(),
    };
    needed.extend(steps.iter().flat_map(|step| of_command(&step.command)));
    needed
}

/// The parts of the code that a command names as far as that can be told.
fn of_command(command: &[String]) -> Vec<Needed> {
    let is_script = |word: &&String| {
        let ending = word.rsplit_once('.').is_some_and(|(_, ending)| ["py", "sh"].contains(&ending));
        ending && !word.starts_with(['/', '-']) && !word.contains(char::is_whitespace)
    };
    let mut needed: Vec<Needed> = command
        .iter()
        .take(2)
        .filter(is_script)
        .map(|word| Needed::File(word.trim_start_matches("./").to_owned()))
        .collect();
    let (name, rest) = program(command);
    if name == "alembic" && !rest.iter().any(|word| word.starts_with("-c") || word.starts_with("--config")) {
        needed.push(Needed::File(ALEMBIC.to_owned()));
    }
    needed
}

#[cfg(test)]
mod tests {
    fn left_out(service: &str) -> Vec<String> {
        let findings = crate::analyze(&format!("services: {{ api: {{ {service} }} }}\n")).findings;
        findings.into_iter().filter(|finding| finding.rule == "file-left-out").map(|finding| finding.message).collect()
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
