//! Commands as people write them: split like a shell would, and what in them works on their machine only.

use super::{MAX_ENTRIES, Report, check, command, given, shortened};
use crate::finding::Finding;
use crate::text::Span;
use crate::yaml::Field;

const RELOAD: &str = "https://uvicorn.dev/settings/#development";
const SIGNALS: &str =
    "https://docs.docker.com/compose/support-and-feedback/faq/#why-do-my-services-take-10-seconds-to-recreate-or-stop";
const EXEC_FORM: &str = "https://docs.docker.com/reference/dockerfile/#exec-form";
const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];
const NPM: &str = "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd";
const MULTI_STAGE: &str = "https://docs.docker.com/build/building/multi-stage/";

/// The image that a command runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// One that is built from Python code.
    Python,
    /// One that is built from Node.js code.
    Node,
    /// One that is built from Go code.
    Go,
    /// One of which nothing is known.
    Unknown,
}

impl Inside {
    /// The image of a service, by the document's key that says what that is.
    pub fn of(key: &str) -> Self {
        match key {
            "python" | "celery" => Self::Python,
            "node" => Self::Node,
            "go" => Self::Go,
            _ => Self::Unknown,
        }
    }

    /// What installs packages or builds, and stays in an earlier stage.
    fn left_out(self) -> &'static [&'static str] {
        match self {
            Self::Python => &["uv", "uvx", "poetry", "pipenv", "pdm", "hatch"],
            Self::Node => &["pnpm"],
            Self::Go => &["go"],
            Self::Unknown => &[],
        }
    }
}

/// The command of a service's main process.
pub fn main_process(field: &Field<String>, inside: Inside, report: &mut Report) -> Option<Vec<String>> {
    let words = words(field, report)?;
    let (_, span) = given(field)?;
    let finding = not_in_image(&words, inside, span)
        .or_else(|| npm_in_between(&words, span))
        .or_else(|| for_developers(&words, span))
        .or_else(|| shell_in_between(&words, span));
    if let Some(finding) = finding {
        report.add(finding);
    }
    Some(words)
}

/// The command of a step, which ends by itself.
pub fn step(field: &Field<String>, inside: Inside, report: &mut Report) -> Option<Vec<String>> {
    let words = words(field, report)?;
    let (_, span) = given(field)?;
    if let Some(finding) = not_in_image(&words, inside, span) {
        report.add(finding);
    }
    Some(words)
}

/// The words, as a shell would split them.
fn words(field: &Field<String>, report: &mut Report) -> Option<Vec<String>> {
    let (text, span) = given(field)?;
    let Some(words) = command::split(text) else {
        let finding = Finding::error("wrong-value", span, format!("`{}` is no command", shortened(text)));
        report.add(finding.help("Write a program and its arguments, and close every quote"));
        return None;
    };
    if words.len() > MAX_ENTRIES {
        let message = format!("{} words are more than the {MAX_ENTRIES} that one command can have", words.len());
        report.add(Finding::error("too-many", span, message).help("Put them into a script"));
        return None;
    }
    if let Some(finding) = for_a_shell(text, &words, span) {
        report.add(finding);
    }
    Some(words)
}

/// What only a shell would understand, in a command that none reads.
fn for_a_shell(text: &str, words: &[String], span: Span) -> Option<Finding> {
    const OPERATORS: [&str; 9] = ["&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1"];
    let (first, _) = words.split_first()?;
    // `find` has a `;` of its own.
    if base_name(first) == "find" || SHELLS.contains(&base_name(first)) {
        return None;
    }
    let warning = |what: &str| {
        Finding::warning(
            "no-shell",
            span,
            format!("No shell reads this command: `{}` is passed on as it is", shortened(what)),
        )
        .link(EXEC_FORM)
    };
    let with_shell = |finding: Finding, script: String| {
        let finding = finding.help("Let a shell run it: `sh -c '…'`");
        with_command(finding, "Let `sh` run it".to_owned(), &["sh".to_owned(), "-c".to_owned(), script])
    };
    let is_operator = |word: &&String| OPERATORS.contains(&word.as_str()) || word.ends_with(';');
    if let Some(operator) = words.iter().find(is_operator) {
        return Some(with_shell(warning(operator), text.to_owned()));
    }
    if first.split_once('=').is_some_and(|(name, _)| check::is_variable_name(name)) {
        let message = format!("No shell reads this command: `{}` would be the program", shortened(first));
        let finding = Finding::warning("no-shell", span, message);
        return Some(finding.help("Set the variable in `env`").link(EXEC_FORM));
    }
    let variable = words.iter().find(|word| names_variable(word))?;
    Some(with_shell(warning(variable), format!("exec {text}")))
}

/// Whether a shell would find a variable or a command in it.
fn names_variable(word: &str) -> bool {
    let starts = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "_{(".contains(c));
    word.split('$').skip(1).any(starts)
}

/// The words from the program on: `python -m celery` is `celery`, and `/usr/bin/npm` is `npm`.
pub fn program(words: &[String]) -> (&str, &[String]) {
    let (first, rest) = words.split_first().map_or(("", words), |(first, rest)| (base_name(first), rest));
    match rest {
        [flag, module, rest @ ..] if first.starts_with("python") && flag == "-m" => (module, rest),
        [script, rest @ ..] if first.starts_with("python") && base_name(script) == "manage.py" => ("manage.py", rest),
        _ => (first, rest),
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The words as a value of the document, such that a shell would split it into them.
pub fn written(words: &[String]) -> Option<String> {
    let text = shlex::try_join(words.iter().map(String::as_str)).ok()?;
    Some(serde_json::Value::from(text).to_string())
}

fn not_in_image(words: &[String], inside: Inside, span: Span) -> Option<Finding> {
    let (program, rest) = program(words);
    if !inside.left_out().contains(&program) {
        return None;
    }
    let message = format!("`{program}` is not in the image: it stays in the stage that installs or builds");
    let finding = Finding::warning("not-in-image", span, message).link(MULTI_STAGE);
    Some(match rest {
        [run, command @ ..] if run == "run" && inside == Inside::Python && is_program(command) => {
            let title = leave_out(&format!("{program} {run}"));
            with_command(
                finding.help("Name the program alone: the installed packages' programs are on the `PATH`"),
                title,
                command,
            )
        }
        _ if inside == Inside::Go => {
            finding.help("Name a program of the image: each service's package is one, such as `api migrate`")
        }
        _ => finding.help("Name the program that it would start, such as `node dist/worker.js` or `alembic`"),
    })
}

/// The title of a fix that removes `words` from a command.
fn leave_out(words: &str) -> String {
    format!("Leave out `{words}`")
}

fn is_program(command: &[String]) -> bool {
    command.first().is_some_and(|first| !first.starts_with('-'))
}

/// npm starts a shell, and that the program.
fn npm_in_between(words: &[String], span: Span) -> Option<Finding> {
    let (program, _) = program(words);
    if !["npm", "npx", "pnpm", "yarn"].contains(&program) {
        return None;
    }
    let message = format!("`{program}` gets the signal to stop, and does not pass it on to what it started");
    let finding = Finding::warning("signal-lost", span, message).link(NPM);
    Some(finding.help("Write what the script of `package.json` runs, such as `node dist/worker.js`"))
}

/// A shell that waits for the program gets the signals instead of it.
fn shell_in_between(words: &[String], span: Span) -> Option<Finding> {
    let (program, rest) = program(words);
    let [option, script, ..] = rest else { return None };
    let runs_script = SHELLS.contains(&program) && option.starts_with('-') && option.ends_with('c');
    if !runs_script || script.split_whitespace().any(|word| word == "exec") {
        return None;
    }
    let message = format!("`{program}` gets the signal to stop, and may not pass it on to what it started");
    let finding = Finding::info("signal-lost", span, message).link(SIGNALS);
    // What has a meaning to the shell, or may have.
    let needs_shell = rest.len() > 2 || script.contains(|c| "&|;(){}[]=$`<>*?~#!\n".contains(c));
    Some(match command::split(script) {
        Some(command) if !needs_shell => with_command(
            finding.help(format!("Nothing here needs `{program}`: write the command alone")),
            leave_out(program),
            &command,
        ),
        _ => finding.help("Write `exec` before the last command, which then takes the shell's place"),
    })
}

/// What serves a developer: it watches files, or is slow.
fn for_developers(words: &[String], span: Span) -> Option<Finding> {
    let warning = |message: String| Finding::warning("development-server", span, message).link(RELOAD);
    if words.iter().any(|word| word == "--reload") {
        let finding =
            warning("`--reload` watches files, which in an image never change".to_owned()).help("Leave it out");
        let others: Vec<String> = words.iter().filter(|word| *word != "--reload").cloned().collect();
        return Some(with_command(finding, leave_out("--reload"), &others));
    }
    let (program, rest) = program(words);
    let first = rest.first().map_or("", String::as_str);
    let instead = match (program, first) {
        ("fastapi", "dev") => "Write `fastapi run`",
        ("flask", "run") | ("manage.py", "runserver") => "Write `app` instead of a command, and Gunicorn serves it",
        ("node" | "arq" | "dramatiq", _) if words.iter().any(|word| word.starts_with("--watch")) => {
            "Leave out `--watch`: in an image, files never change"
        }
        ("nodemon", _) => "Write `node` instead: in an image, files never change",
        _ => return None,
    };
    Some(warning(format!("`{}` is for developers", shortened(&words.join(" ")))).help(instead))
}

/// Offers to write another command.
fn with_command(finding: Finding, title: String, words: &[String]) -> Finding {
    match written(words) {
        Some(text) if !words.is_empty() => finding.replace_by(title, text),
        _ => finding,
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::{Finding, Severity};

    /// What is said of a service's commands: rule, severity, and the document after its fix, if there is one.
    fn said(service: &str) -> Vec<(&'static str, Severity, Option<String>)> {
        let text = format!("services: {{ api: {{ {service} }} }}\n");
        let of_commands = |finding: &Finding| {
            ["not-in-image", "signal-lost", "development-server", "processes-of-the-machine", "no-shell"]
                .contains(&finding.rule)
        };
        let fixed = |finding: &Finding| {
            let edit = finding.fix.as_ref()?.edits.first()?;
            let mut text = text.clone();
            text.replace_range(edit.span.start..edit.span.end, &edit.text);
            let outputs = crate::analyze(&text).outputs?;
            outputs.topology.services[0].command.as_ref().map(|command| command.join(" "))
        };
        let findings = crate::analyze(&text).findings.into_iter().filter(of_commands);
        findings.map(|finding| (finding.rule, finding.severity, fixed(&finding))).collect()
    }

    #[test]
    fn what_installs_is_not_in_the_image() {
        let fixed = Some("celery -A app worker -c 2".to_owned());
        for service in [
            "python: { worker: uv run celery -A app worker -c 2 }",
            "python: { worker: \"poetry run celery -A app worker -c 2\" }",
        ] {
            assert_eq!(said(service), [("not-in-image", Severity::Warning, fixed.clone())], "{service}");
        }
        for service in [
            "python: {}, before_start: [{ run: uv sync }]",
            "celery: {}, before_start: [{ run: poetry install }]",
            "node: { worker: pnpm start }",
            "go: {}, before_start: [{ run: go run ./cmd/migrate }]",
        ] {
            assert_eq!(said(service), [("not-in-image", Severity::Warning, None)], "{service}");
        }
        for service in
            ["image: 'a:1', command: uv run x", "node: {}, before_start: [{ run: npx prisma migrate deploy }]"]
        {
            assert_eq!(said(service), [], "{service}");
        }
    }

    #[test]
    fn a_shell_that_waits_gets_the_signal() {
        let alone = Some("hypercorn main:app".to_owned());
        assert_eq!(said("image: 'a:1', command: sh -c 'hypercorn main:app'"), [("signal-lost", Severity::Info, alone)]);
        for service in ["image: 'a:1', command: sh -c 'a && b'", "python: { worker: bash -lc 'python x.py > $LOG' }"] {
            assert_eq!(said(service), [("signal-lost", Severity::Info, None)], "{service}");
        }
        assert_eq!(said("node: { worker: npm run work }"), [("signal-lost", Severity::Warning, None)]);
        for service in [
            "image: 'a:1', command: sh -c 'a && exec b'",
            "image: 'a:1', command: sh run.sh",
            "python: {}, before_start: [{ run: sh -c 'a && b' }]",
        ] {
            assert_eq!(said(service), [], "{service}");
        }
    }

    #[test]
    fn what_only_a_shell_understands_is_said_where_none_reads_it() {
        for (command, fixed) in [
            ("a -x && b", "sh -c a -x && b"),
            ("a; b", "sh -c a; b"),
            ("a > /tmp/log", "sh -c a > /tmp/log"),
            ("curl -d \\\"$TOKEN\\\" x", "sh -c exec curl -d \"$TOKEN\" x"),
        ] {
            let expected = ("no-shell", Severity::Warning, Some(fixed.to_owned()));
            let found = said(&format!("image: 'a:1', command: \"{command}\""));
            assert_eq!(found, [expected], "{command}");
        }
        let found = said("python: {}, before_start: [{ run: DEBUG=1 python seed.py }]");
        assert_eq!(found, [("no-shell", Severity::Warning, None)]);
        for command in ["sh -c 'exec a $B'", "a 'costs 5$' 100$", "find /tmp -exec rm {} ';'", "a --x=1&2"] {
            assert_eq!(said(&format!("image: 'a:1', command: \"{command}\"")), [], "{command}");
        }
    }

    #[test]
    fn what_serves_developers_is_said() {
        let fixed = Some("uvicorn main:app".to_owned());
        let service = "image: 'a:1', command: uvicorn main:app --reload";
        assert_eq!(said(service), [("development-server", Severity::Warning, fixed)]);
        for service in [
            "image: 'a:1', command: fastapi dev main.py",
            "image: 'a:1', command: flask run --host 0.0.0.0",
            "python: { worker: python manage.py runserver 0.0.0.0:80 }, port: 80",
            "node: { worker: node --watch worker.js }",
            "image: 'a:1', command: nodemon server.js",
        ] {
            assert_eq!(said(service), [("development-server", Severity::Warning, None)], "{service}");
        }
    }

    #[test]
    fn a_fix_stands_for_a_text_of_several_lines_too() {
        let text = "services:\n  bot:\n    python:\n      worker: >-\n        celery -A app\n        worker\n    replicas: 2\n";
        let finding =
            crate::analyze(text).findings.into_iter().find(|it| it.rule == "processes-of-the-machine").unwrap();
        let edit = &finding.fix.unwrap().edits[0];
        let mut fixed = text.to_owned();
        fixed.replace_range(edit.span.start..edit.span.end, &edit.text);
        let topology = crate::analyze(&fixed).outputs.unwrap().topology;
        assert_eq!(topology.services[0].command.as_ref().unwrap().join(" "), "celery -A app worker --concurrency 2");
        assert_eq!(topology.services[0].replicas.steady(), 2);
    }
}
