//! The `plimsoll` command: the core, from files to files.

mod generate;
mod input;
mod place;
mod report;
mod simulate;

use clap::{Parser, Subcommand};
use input::{Failure, Source};
use plimsoll::plan::capacity::capacity;
use plimsoll::{rulebook, share};
use report::FormatOption;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Describe a deployment once; get files that agree, and a plan of what they need.
///
/// Exit status: 0 without errors, 1 if the document has errors, 2 if the command was misused or a file could not be
/// read or written.
#[derive(Parser)]
#[command(name = "plimsoll", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the Dockerfile, compose.yaml and Kubernetes manifests
    Generate {
        /// The document, or `-` for standard input
        file: Source,
        /// The folder to write to; made if it is not there
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Write above each line, as a comment, why it is there
        #[arg(long)]
        explain: bool,
        /// Overwrite files that plimsoll did not write, or that were changed since
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        findings: FormatOption,
    },
    /// Print what everything needs and where it fits
    Plan {
        /// The document, or `-` for standard input
        file: Source,
        /// Print JSON: bytes and thousandths of a core, with the unit in each name
        #[arg(long)]
        json: bool,
        /// Plan one of the document's environments, rather than the document without them
        #[arg(long, value_name = "NAME")]
        environment: Option<String>,
        #[command(flatten)]
        findings: FormatOption,
    },
    /// Print the smallest server and the smallest cluster that carry it, and why the next smaller does not
    ///
    /// They are chosen from the document's `machines`, or from usual sizes.
    Capacity {
        /// The document, or `-` for standard input
        file: Source,
        /// Print JSON: bytes, thousandths of a core and hundredths of the currency, with the unit in each name
        #[arg(long)]
        json: bool,
        /// Ask for one of the document's environments, rather than for the document without them
        #[arg(long, value_name = "NAME")]
        environment: Option<String>,
        #[command(flatten)]
        findings: FormatOption,
    },
    /// Print where kube-scheduler would put the pods that wait for a node
    ///
    /// Pods go in queue order, and each is placed before the next. Where several nodes are equally good, the first by
    /// name is taken. On a terminal this prints a table, elsewhere a line of JSON for each pod.
    Place {
        /// What `kubectl get nodes,pods,services,replicasets -A -o json` prints, or `-` for standard input
        file: Source,
        /// Print a line of JSON for each pod on a terminal, too
        #[arg(long)]
        json: bool,
        /// Print with each pod what every plugin gives to every feasible node, in JSON
        #[arg(long)]
        scores: bool,
    },
    /// Print what happens over time: a new release, a lost or drained node, traffic, a leak
    ///
    /// Without --duration it runs until nothing more happens, or for half an hour, and a leak for a day. It is the same
    /// every time: chance draws from --seed, and from the seed 0 nothing.
    Simulate(simulate::Options),
    /// Print what is wrong with the document, or worth knowing, and whether its files agree
    Check {
        /// The document, or `-` for standard input
        file: Source,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Advise on one of the document's environments, rather than on the document without them
        #[arg(long, value_name = "NAME")]
        environment: Option<String>,
        #[command(flatten)]
        findings: FormatOption,
    },
    /// Print a link that carries the document, packed; docs/share-links.md describes it
    Share {
        /// The document, or `-` for standard input
        file: Source,
        /// The page that is to open it, such as `https://example.com/plimsoll/`
        #[arg(long, value_name = "URL", default_value = "")]
        base: String,
    },
    /// Print the JSON Schema of the document
    Schema {
        /// Print that of the findings of `plimsoll check --json` instead
        #[arg(long)]
        findings: bool,
    },
    /// Explain a rule: why it matters, an example that fails and one that passes; without RULE, list all rules
    Explain {
        /// The rule's id, which `check` prints in brackets after each finding
        rule: Option<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        // A reader that has seen enough (`plimsoll plan … | head`) is no failure.
        Err(Failure::Print(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("plimsoll: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    let code = match command {
        Command::Generate { file, out: folder, explain, force, findings } => {
            let analyzed = input::analyze(&file, None)?;
            report::print_findings(&analyzed, findings, &mut io::stderr().lock())?;
            let Some(outputs) = &analyzed.outputs else {
                writeln!(out, "nothing was written: the document cannot be read")?;
                return Ok(analyzed.exit_code());
            };
            let order = generate::Order {
                style: if explain { generate::Style::Explained } else { generate::Style::Clean },
                existing: if force { generate::Existing::Overwrite } else { generate::Existing::Keep },
                // What is missing may be missing by mistake: its file stays.
                obsolete: if analyzed.has_errors() { generate::Obsolete::Keep } else { generate::Obsolete::Remove },
            };
            let written = generate::write(&outputs.artifacts(), &folder, order)?;
            writeln!(out, "{written} files in {}", folder.display())?;
            analyzed.exit_code()
        }
        Command::Plan { file, json, environment, findings } => {
            let analyzed = input::analyze(&file, environment.as_deref())?;
            report::print_findings(&analyzed, findings, &mut io::stderr().lock())?;
            if let Some(outputs) = &analyzed.outputs {
                if json {
                    report::print_json(&outputs.plan, &mut out)?;
                } else {
                    write!(out, "{}", plimsoll::plan::to_text(&outputs.plan))?;
                }
            }
            analyzed.exit_code()
        }
        Command::Capacity { file, json, environment, findings } => {
            let analyzed = input::analyze(&file, environment.as_deref())?;
            report::print_findings(&analyzed, findings, &mut io::stderr().lock())?;
            if let Some(outputs) = &analyzed.outputs {
                let capacity = capacity(&outputs.topology);
                if json {
                    report::print_json(&capacity, &mut out)?;
                } else {
                    write!(out, "{}", plimsoll::plan::capacity::to_text(&capacity))?;
                }
            }
            analyzed.exit_code()
        }
        Command::Place { file, json, scores } => {
            let format = match (scores, json || !out.is_terminal()) {
                (true, _) => place::Format::LinesWithScores,
                (false, true) => place::Format::Lines,
                (false, false) => place::Format::Table,
            };
            place::place(&file, format, &mut out)?;
            ExitCode::SUCCESS
        }
        Command::Simulate(options) => simulate::simulate(options, &mut out)?,
        Command::Check { file, json, environment, findings } => {
            let (analyzed, agreement) = input::check(&file, environment.as_deref())?;
            if json {
                report::print_json(&report::checked(&analyzed, agreement.as_ref()), &mut out)?;
            } else {
                report::print_findings(&analyzed, findings, &mut out)?;
                report::print_agreement(agreement.as_ref(), &mut out)?;
            }
            analyzed.exit_code()
        }
        Command::Share { file, base } => {
            let text = input::read_text(&file, share::MAX_BYTES, "a link carries no more")?;
            let fragment = share::fragment(&text).map_err(Failure::Link)?;
            let page = base.split_once('#').map_or(base.as_str(), |(page, _)| page);
            writeln!(out, "{page}#{fragment}")?;
            ExitCode::SUCCESS
        }
        Command::Schema { findings: false } => {
            report::print_json(&plimsoll::topology::schema(), &mut out)?;
            ExitCode::SUCCESS
        }
        Command::Schema { findings: true } => {
            report::print_json(&rulebook::findings_schema(), &mut out)?;
            ExitCode::SUCCESS
        }
        Command::Explain { rule: None } => {
            write!(out, "{}", rulebook::list())?;
            ExitCode::SUCCESS
        }
        Command::Explain { rule: Some(id) } => {
            let rule = rulebook::find(&id).ok_or(Failure::UnknownRule(id))?;
            write!(out, "{}", rulebook::page(rule))?;
            ExitCode::SUCCESS
        }
    };
    out.flush()?;
    Ok(code)
}
