//! What the command is given: a document, and all that follows from it.

use plimsoll::finding::{Finding, Severity};
use plimsoll::text::Span;
use plimsoll::{Outputs, analyze as analyze_text, yaml};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::ExitCode;

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
    /// The document could not be read.
    Read(Source, io::Error),
    /// A file or folder could not be written.
    Write(PathBuf, io::Error),
    /// The result could not be printed.
    Print(io::Error),
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

/// Reads the document and works out all that follows from it.
pub fn analyze(source: &Source) -> Result<Analyzed, Failure> {
    let bytes = read(source).map_err(|error| Failure::Read(source.clone(), error))?;
    let source = source.clone();
    match String::from_utf8(bytes) {
        Ok(text) => {
            let analysis = analyze_text(&text);
            Ok(Analyzed { source, text, findings: analysis.findings, outputs: analysis.outputs })
        }
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(&error.as_bytes()[..end]).into_owned();
            let finding = Finding::error("not-utf8", Span::new(end, end), "The text is not UTF-8 from here on")
                .help("Save the file as UTF-8");
            Ok(Analyzed { source, text, findings: vec![finding], outputs: None })
        }
    }
}

/// Reads no more than it takes to see that a document is too large.
fn read(source: &Source) -> io::Result<Vec<u8>> {
    let limit = yaml::tree::MAX_TEXT as u64 + 1;
    let mut bytes = Vec::new();
    match source {
        Source::Stdin => io::stdin().lock().take(limit).read_to_end(&mut bytes)?,
        Source::File(path) => File::open(path)?.take(limit).read_to_end(&mut bytes)?,
    };
    // The cut may fall inside a character; that is not the person's mistake.
    if bytes.len() as u64 == limit {
        let whole = std::str::from_utf8(&bytes)
            .map_or_else(|error| if error.error_len().is_none() { error.valid_up_to() } else { bytes.len() }, str::len);
        bytes.truncate(whole);
        bytes.resize(bytes.len().max(yaml::tree::MAX_TEXT + 1), b' ');
    }
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
            Self::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Self::Print(error) => write!(f, "cannot print: {error}"),
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
