//! Builds, serves and tests Plimsoll: `cargo xtask help`.

mod measure;
mod npm;
mod run;
mod site;
mod test;
mod timing;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND: everything that is done with this project.
Whatever a command needs and this machine lacks, it installs first, and says so.

  serve [ARGS]             run the page at http://127.0.0.1:8080/ and reload it on every change; ARGS go to `trunk serve`
  test                     run every test
  test --only PART[,PART]  run some parts
  test --skip PART[,PART]  run all parts but some
  test --images            build the examples' images with buildah and run what they hold; on Linux, as root
  bench [FILTER]           measure how fast pods are placed on 10 to 5,000 nodes, and how fast the engine answers, natively;
                           then, in a headless browser, how fast the page starts, answers to a keystroke, and plans
  measure [ARGS]           measure what programs take in memory; `measure --help` tells more
  dist                     build the release into dist/: the site, what configures hosts, the npm package; print what the site weighs
  help                     print this

Parts of the test:
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, rest)) if command == "serve" => site::serve(rest),
        Some((command, rest)) if command == "test" => test::test(rest),
        Some((command, rest)) if command == "bench" => bench(rest),
        Some((command, rest)) if command == "measure" => measure::measure(rest),
        Some((command, [])) if command == "dist" => site::dist(),
        None => help(),
        Some((command, [])) if matches!(command.as_str(), "help" | "--help" | "-h") => help(),
        Some(_) => Err(format!("no such command: {}; see `cargo xtask help`", arguments.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

fn bench(arguments: &[String]) -> Result<(), String> {
    let bench = ["bench", "--locked", "--no-default-features", "--profile", "native"];
    let benches = ["--bench", "scheduler", "--bench", "engine", "--"];
    run::run(run::command("cargo", &bench).args(benches).args(arguments))?;
    // With a filter, only what it names.
    if arguments.is_empty() { site::bench() } else { Ok(()) }
}

#[allow(clippy::unnecessary_wraps, reason = "one of the commands, which all answer alike")]
fn help() -> Result<(), String> {
    print!("{HELP}");
    for part in test::PARTS {
        println!("  {:<8} {}", part.name, part.about);
    }
    Ok(())
}
