//! What the command is given: a document, and all that follows from it.

use crate::place::printable;
use plimsoll::agree::{Agreement, agree_all};
use plimsoll::finding::{Finding, Severity};
use plimsoll::plan::scheduler::input::InputError;
use plimsoll::share::LinkError;
use plimsoll::text::Span;
use plimsoll::{Outputs, disagreements, rulebook, rules, yaml};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use std::string::FromUtf8Error;

/// Where the document is read from.
#[derive(Clone)]
pub enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// Why the command could not do its work.
pub enum Failure {
    /// The file could not be read.
    Read(Source, io::Error),
    /// The file is larger than so many bytes; and what to do.
    TooLarge(Source, usize, &'static str),
    /// The file is no cluster.
    Cluster(Source, InputError),
    /// The traffic cannot be read.
    Traffic(String),
    /// What is to happen cannot happen with this document.
    Impossible(String),
    /// The text goes into no link.
    Link(LinkError),
    /// A file or folder could not be written.
    Write(PathBuf, io::Error),
    /// The result could not be printed.
    Print(io::Error),
    /// No rule has this id.
    UnknownRule(String),
    /// Files are in the way that plimsoll did not write, or that were changed since.
    InTheWay(Vec<PathBuf>),
}

/// A document with all that follows from it.
pub struct Analyzed {
    /// Where it came from, as messages name it.
    pub source: Source,
    /// Its text, as far as it is text.
    pub text: String,
    /// What is wrong, or worth knowing.
    pub findings: Vec<Finding>,
    /// What is well defined.
    pub outputs: Option<Outputs>,
}

/// Reads the document and works out all that follows from it, or from one of its environments.
pub fn analyze(source: &Source, environment: Option<&str>) -> Result<Analyzed, Failure> {
    let bytes = read_document(source).map_err(|error| Failure::Read(source.clone(), error))?;
    let source = source.clone();
    match String::from_utf8(bytes) {
        Ok(text) => {
            let analysis = match environment {
                None => plimsoll::analyze(&text),
                Some(name) => plimsoll::analyze_environment(&text, name),
            };
            Ok(Analyzed { source, text, findings: analysis.findings, outputs: analysis.outputs })
        }
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(&error.as_bytes()[..end]).into_owned();
            let finding =
                Finding::error(&rules::not_utf8::RULE, Span::new(end, end), "The text is not UTF-8 from here on")
                    .help("Save the file as UTF-8");
            Ok(Analyzed { source, text, findings: vec![finding], outputs: None })
        }
    }
}

/// The same, with the proof that the files agree; what differs is among the findings.
pub fn check(source: &Source, environment: Option<&str>) -> Result<(Analyzed, Option<Agreement>), Failure> {
    let mut analyzed = analyze(source, environment)?;
    let agreement = analyzed.outputs.as_ref().map(|outputs| agree_all(&outputs.topology, &outputs.plan));
    if let Some(agreement) = &agreement {
        analyzed.findings.extend(disagreements(&analyzed.text, agreement));
    }
    Ok((analyzed, agreement))
}

/// Reads a text of at most `max` bytes; `otherwise` says what to do about a larger one.
pub fn read_text(source: &Source, max: usize, otherwise: &'static str) -> Result<String, Failure> {
    let bytes = read(source, max).map_err(|error| Failure::Read(source.clone(), error))?;
    if bytes.len() > max {
        return Err(Failure::TooLarge(source.clone(), max, otherwise));
    }
    let not_utf8 = |error: FromUtf8Error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error());
    String::from_utf8(bytes).map_err(|error| Failure::Read(source.clone(), not_utf8(error)))
}

/// Reads no more than it takes to see that a document is too large.
fn read_document(source: &Source) -> io::Result<Vec<u8>> {
    let max = yaml::tree::MAX_TEXT;
    let mut bytes = read(source, max)?;
    // The cut may fall inside a character; that is not the person's mistake.
    if bytes.len() > max {
        let whole = std::str::from_utf8(&bytes)
            .map_or_else(|error| if error.error_len().is_none() { error.valid_up_to() } else { bytes.len() }, str::len);
        bytes.truncate(whole);
        bytes.resize(bytes.len().max(max + 1), b' ');
    }
    Ok(bytes)
}

/// Reads all, but of what is larger than `max` bytes only one more than those.
fn read(source: &Source, max: usize) -> io::Result<Vec<u8>> {
    let limit = max as u64 + 1;
    let mut bytes = Vec::new();
    match source {
        Source::Stdin => io::stdin().lock().take(limit).read_to_end(&mut bytes)?,
        Source::File(path) => File::open(path)?.take(limit).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

impl Analyzed {
    /// Whether something that was written cannot be used.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// 1 with errors, else 0.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(u8::from(self.has_errors()))
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        if text == "-" { Self::Stdin } else { Self::File(text.into()) }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("<stdin>"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Print(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(source, error) => write!(f, "cannot read {source}: {error}"),
            Self::TooLarge(source, max, otherwise) => {
                write!(f, "{source} is larger than {} MiB; {otherwise}", max >> 20)
            }
            Self::Link(error) => write!(f, "{error}"),
            Self::Cluster(source, error) => write!(f, "{source}: {}", printable(&error.to_string())),
            Self::Traffic(why) => write!(f, "--traffic: {why}"),
            Self::Impossible(why) => f.write_str(why),
            Self::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Self::Print(error) => write!(f, "cannot print: {error}"),
            Self::UnknownRule(id) => {
                write!(f, "there is no rule `{}`", printable(id))?;
                match rulebook::nearest(id) {
                    Some(near) => write!(f, "; did you mean `{near}`?"),
                    None => f.write_str("; `plimsoll explain` lists all rules"),
                }
            }
            Self::InTheWay(paths) => {
                writeln!(f, "nothing was written: these files are not as plimsoll wrote them:")?;
                for path in paths {
                    writeln!(f, "  {}", path.display())?;
                }
                f.write_str("move them away, choose another --out, or overwrite them with --force")
            }
        }
    }
}
