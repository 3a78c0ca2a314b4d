//! Commands as people write them: split like a shell would, and what in them works on their machine only.

use super::{MAX_ENTRIES, Report, check, given, shortened};
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::rules;
use crate::text::Span;
use crate::yaml::Field;

const SIGNALS: &str =
    "https://docs.docker.com/compose/support-and-feedback/faq/#why-do-my-services-take-10-seconds-to-recreate-or-stop";
const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];

/// Executables of a build that the finished image lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsentTools {
    /// Their names, such as `uv`.
    pub names: &'static [&'static str],
    /// Whether `TOOL run PROGRAM` starts a program that the image does hold.
    pub run_programs: bool,
    /// The command to write instead.
    pub help: &'static str,
}

impl AbsentTools {
    /// An image of which nothing is known.
    pub const NONE: Self = Self { names: &[], run_programs: false, help: "" };
}

/// The command of a service's main process.
pub fn main_process(field: &Field<String>, absent: AbsentTools, report: &mut Report) -> Option<Vec<String>> {
    let words = words(field, report)?;
    let (_, span) = given(field)?;
    let finding = not_in_image(&words, absent, span)
        .or_else(|| npm_in_between(&words, span))
        .or_else(|| for_developers(&words, span))
        .or_else(|| shell_in_between(&words, span));
    if let Some(finding) = finding {
        report.add(finding);
    }
    Some(words)
}

/// The command of a step, which ends by itself.
pub fn step(field: &Field<String>, absent: AbsentTools, report: &mut Report) -> Option<Vec<String>> {
    let words = words(field, report)?;
    let (_, span) = given(field)?;
    if let Some(finding) = not_in_image(&words, absent, span) {
        report.add(finding);
    }
    Some(words)
}

/// The words, as a shell would split them.
fn words(field: &Field<String>, report: &mut Report) -> Option<Vec<String>> {
    let (text, span) = given(field)?;
    let Some(words) = split(text) else {
        let finding =
            Finding::error(&rules::wrong_value::RULE, span, message!("`{text}` is no command", text = shortened(text)));
        report.add(finding.help("Write a program and its arguments, and close every quote"));
        return None;
    };
    if words.len() > MAX_ENTRIES {
        let message = message!(
            "{count} words are more than the {most} that one command can have",
            count = words.len(),
            most = MAX_ENTRIES
        );
        report.add(Finding::error(&rules::too_many::RULE, span, message).help("Put them into a script"));
        return None;
    }
    if let Some(finding) = for_a_shell(text, &words, span) {
        report.add(finding);
    }
    Some(words)
}

/// Splits a command like a POSIX shell; nothing where a quote stays open or no word is left.
pub fn split(text: &str) -> Option<Vec<String>> {
    shlex::split(text).filter(|words| !words.is_empty() && !text.contains('\0'))
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
            &rules::no_shell::RULE,
            span,
            message!("No shell reads this command: `{word}` is passed on as it is", word = shortened(what)),
        )
        .cite()
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
        let finding = Finding::warning(
            &rules::no_shell::RULE,
            span,
            message!("No shell reads this command: `{word}` would be the program", word = shortened(first)),
        );
        return Some(finding.help("Set the variable in `env`").cite());
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

fn not_in_image(words: &[String], absent: AbsentTools, span: Span) -> Option<Finding> {
    let (program, rest) = program(words);
    if !absent.names.contains(&program) {
        return None;
    }
    let finding = Finding::warning(
        &rules::not_in_image::RULE,
        span,
        message!("`{program}` is not in the image: it stays in the stage that installs or builds", program),
    )
    .cite();
    Some(match rest {
        [run, command @ ..] if run == "run" && absent.run_programs && is_program(command) => {
            let title = format!("Leave out `{program} {run}`");
            let help = "Name the program alone: the installed packages' programs are on the `PATH`";
            with_command(finding.help(help), title, command)
        }
        _ => finding.help(absent.help),
    })
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
    let finding = Finding::warning(
        &rules::signal_lost::RULE,
        span,
        message!("`{program}` gets the signal to stop, and does not pass it on to what it started", program),
    )
    .cite();
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
    let finding = Finding::info(
        &rules::signal_lost::RULE,
        span,
        message!("`{program}` gets the signal to stop, and may not pass it on to what it started", program),
    )
    .link(SIGNALS);
    // What has a meaning to the shell, or may have.
    let needs_shell = rest.len() > 2 || script.contains(|c| "&|;(){}[]=$`<>*?~#!\n".contains(c));
    Some(match split(script) {
        Some(command) if !needs_shell => with_command(
            finding.help(format!("Nothing here needs `{program}`: write the command alone")),
            format!("Leave out `{program}`"),
            &command,
        ),
        _ => finding.help("Write `exec` before the last command, which then takes the shell's place"),
    })
}

/// What serves a developer: it watches files, or is slow.
fn for_developers(words: &[String], span: Span) -> Option<Finding> {
    let warning = |message: Message| Finding::warning(&rules::development_server::RULE, span, message).cite();
    if words.iter().any(|word| word == "--reload") {
        let finding = warning("`--reload` watches files, which in an image never change".into()).help("Leave it out");
        let others: Vec<String> = words.iter().filter(|word| *word != "--reload").cloned().collect();
        return Some(with_command(finding, format!("Leave out `{}`", "--reload"), &others));
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
    Some(warning(message!("`{command}` is for developers", command = shortened(&words.join(" ")))).help(instead))
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
                .contains(&finding.rule.id)
        };
        let fixed = |finding: &Finding| {
            let edit = finding.fix.as_ref()?.edits.first()?;
            let mut text = text.clone();
            text.replace_range(edit.span.start..edit.span.end, &edit.text);
            let outputs = crate::analyze(&text).outputs?;
            outputs.topology.services[0].command.as_ref().map(|command| command.join(" "))
        };
        let findings = crate::analyze(&text).findings.into_iter().filter(of_commands);
        findings.map(|finding| (finding.rule.id, finding.severity, fixed(&finding))).collect()
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
            crate::analyze(text).findings.into_iter().find(|it| it.rule.id == "processes-of-the-machine").unwrap();
        let edit = &finding.fix.unwrap().edits[0];
        let mut fixed = text.to_owned();
        fixed.replace_range(edit.span.start..edit.span.end, &edit.text);
        let topology = crate::analyze(&fixed).outputs.unwrap().topology;
        assert_eq!(topology.services[0].command.as_ref().unwrap().join(" "), "celery -A app worker --concurrency 2");
        assert_eq!(topology.services[0].replicas.steady(), 2);
    }
}
