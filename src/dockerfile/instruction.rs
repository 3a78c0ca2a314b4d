//! A Dockerfile's instructions, and the only place that knows how they are quoted.
//!
//! What a shell or Docker would expand is a constant of ours (`&'static str`); what comes from the document stands in
//! exec form, a JSON array, which neither of them expands
//! (<https://docs.docker.com/reference/dockerfile/#shell-and-exec-form>), or is a [`Word`], in which nothing could be.

use crate::model::User;
use std::borrow::Cow;
use std::fmt;

/// One instruction, or a line for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instruction {
    /// Which grammar the builder reads the rest with.
    Syntax(&'static str),
    /// A line for the reader.
    Comment(&'static str),
    /// Starts a stage from an image or another stage; a stage that others copy from has a name.
    From {
        /// An image reference, of which the topology knows that it is one, or a stage.
        image: String,
        /// The stage's name.
        stage: Option<&'static str>,
    },
    /// The folder that the following instructions work in.
    Workdir(&'static str),
    /// Variables of the build and of the container; `$NAME` in a value is expanded.
    Env(&'static [(&'static str, &'static str)]),
    /// A command of a shell, with what is mounted while it runs.
    RunShell {
        /// Mounts that leave nothing in the image.
        mounts: &'static [Mount],
        /// The command.
        command: ShellCommand,
    },
    /// A command without a shell.
    RunExec(Vec<String>),
    /// Copies files, from the context or from another stage.
    Copy {
        /// The stage; else the context.
        from: Option<&'static str>,
        /// What is copied.
        sources: &'static [&'static str],
        /// To where.
        target: &'static str,
    },
    /// Copies a file or folder of the context to where it lies in the context.
    CopyAlike(Word),
    /// Copies what another stage made, by the name that the document gives it, into the working folder.
    CopyMade {
        /// The stage.
        from: &'static str,
        /// The folder of `path` in the stage, with a `/` at its end.
        folder: &'static str,
        /// What is copied; of a folder, all that it holds.
        path: Word,
    },
    /// Writes the lines that follow into this file, up to [`Instruction::FileEnd`]. The quotes keep Docker from expanding
    /// variables in them (<https://docs.docker.com/reference/dockerfile/#here-documents>).
    FileStart(&'static str),
    /// A line of the file. It never equals the end of the file, since words of the document only stand between constants.
    FileLine(ShellCommand),
    /// Ends the file.
    FileEnd,
    /// The user that the following instructions and the container run as.
    User(User),
    /// A port that the container listens on.
    Expose(u16),
    /// What the container runs unless told otherwise.
    Cmd(Vec<String>),
}

/// What a `RUN` sees only while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mount {
    /// A folder that lasts from one build to the next.
    Cache(&'static str),
    /// The same, for one build at a time: another waits until it ends.
    LockedCache(&'static str),
    /// A file of the context, seen in `/app` by the same name.
    File(&'static str),
}

/// A command of a shell, or a line of a configuration file: constants of ours, and words of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellCommand(Cow<'static, str>);

/// The line that ends a file written by a Dockerfile.
const FILE_END: &str = "EOF";

/// A text of the document that means itself to every shell and to Docker: letters, digits and `.`, `/`, `_`, `-`, `:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(String);

impl ShellCommand {
    /// Adds what a shell may expand.
    pub fn and(mut self, text: &'static str) -> Self {
        self.0.to_mut().push_str(text);
        self
    }

    /// Adds what it may not.
    pub fn and_word(mut self, word: &Word) -> Self {
        self.0.to_mut().push_str(&word.0);
        self
    }
}

impl From<&'static str> for ShellCommand {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Word {
    /// The text. The topology lets through no other characters than a word's; should one come all the same, it stands
    /// as `_` rather than mean something.
    pub fn new(text: &str) -> Self {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "./_-:".contains(c);
        Self(text.chars().map(|c| if is_plain(c) { c } else { '_' }).collect())
    }
}

impl Instruction {
    /// The files and folders of the context that it reads.
    #[cfg(test)]
    pub fn reads(&self) -> Vec<String> {
        match self {
            Self::Copy { from: None, sources, .. } => sources.iter().map(ToString::to_string).collect(),
            Self::CopyAlike(path) => vec![path.0.clone()],
            Self::RunShell { mounts, .. } => mounts
                .iter()
                .filter_map(|mount| match mount {
                    Mount::File(file) => Some((*file).to_owned()),
                    Mount::Cache(_) | Mount::LockedCache(_) => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(syntax) => write!(f, "# syntax={syntax}"),
            Self::Comment(comment) => write!(f, "# {comment}"),
            Self::From { image, stage: Some(stage) } => write!(f, "FROM {image} AS {stage}"),
            Self::From { image, stage: None } => write!(f, "FROM {image}"),
            Self::Workdir(folder) => write!(f, "WORKDIR {folder}"),
            Self::Env(variables) => {
                f.write_str("ENV ")?;
                separated(f, variables.iter().map(|(name, value)| format!("{name}=\"{value}\"")), " \\\n    ")
            }
            Self::RunShell { mounts, command } => {
                f.write_str("RUN ")?;
                let words = mounts.iter().map(Mount::to_string).chain([command.0.to_string()]);
                separated(f, words, " \\\n    ")
            }
            Self::RunExec(command) => {
                f.write_str("RUN ")?;
                exec_form(f, command)
            }
            Self::Copy { from, sources, target } => {
                f.write_str("COPY ")?;
                if let Some(stage) = from {
                    write!(f, "--from={stage} ")?;
                }
                write!(f, "{} {target}", sources.join(" "))
            }
            Self::CopyAlike(Word(path)) => write!(f, "COPY {path} {path}"),
            Self::CopyMade { from, folder, path: Word(path) } => write!(f, "COPY --from={from} {folder}{path} ."),
            Self::FileStart(file) => write!(f, "COPY <<\"{FILE_END}\" {file}"),
            Self::FileLine(line) => f.write_str(&line.0),
            Self::FileEnd => f.write_str(FILE_END),
            Self::User(User { uid, gid }) => write!(f, "USER {uid}:{gid}"),
            Self::Expose(port) => write!(f, "EXPOSE {port}"),
            Self::Cmd(command) => {
                f.write_str("CMD ")?;
                exec_form(f, command)
            }
        }
    }
}

impl fmt::Display for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cache(folder) => write!(f, "--mount=type=cache,target={folder}"),
            // https://docs.docker.com/reference/dockerfile/#run---mounttypecache
            Self::LockedCache(folder) => write!(f, "--mount=type=cache,target={folder},sharing=locked"),
            // Absolute, since older Buildah and Podman take no other: https://github.com/containers/buildah/issues/4309
            Self::File(file) => write!(f, "--mount=type=bind,source={file},target=/app/{file}"),
        }
    }
}

/// A JSON array on one line: JSON has an escape for every control character, so no value ends the line.
fn exec_form(f: &mut fmt::Formatter<'_>, command: &[String]) -> fmt::Result {
    f.write_str("[")?;
    separated(f, command.iter().map(|word| serde_json::Value::from(word.as_str())), ", ")?;
    f.write_str("]")
}

fn separated(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = impl fmt::Display>,
    separator: &str,
) -> fmt::Result {
    for (number, item) in items.enumerate() {
        if number > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: [&str; 8] =
        ["a\nRUN id", "a\r\nUSER 0", "\"]\\", "$HOME ${X:-y} `id`", "\\", "<<EOF", "\u{85}\u{2028}\0", ""];

    #[test]
    fn every_instruction_has_one_spelling() {
        for (instruction, text) in [
            (Instruction::Syntax("docker/dockerfile:1"), "# syntax=docker/dockerfile:1"),
            (
                Instruction::From { image: "python:3.14-slim".into(), stage: Some("builder") },
                "FROM python:3.14-slim AS builder",
            ),
            (
                Instruction::Env(&[("A", "1"), ("PATH", "/app/.venv/bin:$PATH")]),
                "ENV A=\"1\" \\\n    PATH=\"/app/.venv/bin:$PATH\"",
            ),
            (
                Instruction::RunShell {
                    mounts: &[Mount::Cache("/root/.cache/uv"), Mount::File("uv.lock")],
                    command: "uv sync".into(),
                },
                "RUN --mount=type=cache,target=/root/.cache/uv \\\n    \
                 --mount=type=bind,source=uv.lock,target=/app/uv.lock \\\n    uv sync",
            ),
            (
                Instruction::RunShell {
                    mounts: &[Mount::LockedCache("/root/.gradle")],
                    command: "sh gradlew assemble".into(),
                },
                "RUN --mount=type=cache,target=/root/.gradle,sharing=locked \\\n    sh gradlew assemble",
            ),
            (
                Instruction::RunShell {
                    mounts: &[],
                    command: ShellCommand::from("npm run ").and_word(&Word::new("build:web")).and(" && true"),
                },
                "RUN npm run build:web && true",
            ),
            (
                Instruction::Copy { from: Some("builder"), sources: &[".venv"], target: ".venv" },
                "COPY --from=builder .venv .venv",
            ),
            (Instruction::CopyAlike(Word::new("app/main.py")), "COPY app/main.py app/main.py"),
            (
                Instruction::CopyMade { from: "builder", folder: "/app/", path: Word::new("dist") },
                "COPY --from=builder /app/dist .",
            ),
            (Instruction::FileStart("/etc/caddy/Caddyfile"), "COPY <<\"EOF\" /etc/caddy/Caddyfile"),
            (Instruction::FileLine(ShellCommand::from("\troot * ").and_word(&Word::new("/app"))), "\troot * /app"),
            (Instruction::FileEnd, "EOF"),
            (Instruction::User(User { uid: 1, gid: 2 }), "USER 1:2"),
        ] {
            assert_eq!(instruction.to_string(), text);
        }
    }

    #[test]
    fn no_word_of_a_command_ends_its_line_or_its_quotes() {
        for word in HOSTILE {
            let text = Instruction::Cmd(vec!["run".into(), word.into()]).to_string();
            assert_eq!(text.lines().count(), 1, "{text}");
            let read: Vec<String> = serde_json::from_str(text.strip_prefix("CMD ").unwrap()).unwrap();
            assert_eq!(read, ["run", word]);
        }
    }

    #[test]
    fn a_word_means_nothing_to_a_shell() {
        for word in HOSTILE {
            let text = Instruction::CopyAlike(Word::new(word)).to_string();
            let rest = text.strip_prefix("COPY ").unwrap();
            assert!(rest.chars().all(|c| c.is_ascii_alphanumeric() || "_ -./:".contains(c)), "{text}");
        }
    }
}
