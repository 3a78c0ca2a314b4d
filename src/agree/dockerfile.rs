//! What the Dockerfiles say, and which files of the folder they read.

use super::ledger::{About, Fact, Ledger, Place};
use super::{IGNORE, Said, ignore};
use crate::generate::Artifact;

/// An instruction on one line, and where it starts.
struct Instruction<'a> {
    name: String,
    rest: String,
    place: Place<'a>,
}

/// Reads a Dockerfile and states what it says of the services that run its image.
pub fn read<'a>(file: &'a Artifact, artifacts: &'a [Artifact], said: &Said<'a>, ledger: &mut Ledger<'a>) {
    let instructions = instructions(file);
    let last = |name: &str| instructions.iter().rfind(|instruction| instruction.name == name);
    let image = said.builds.iter().find(|(_, dockerfile)| **dockerfile == file.path).map(|(image, _)| image.as_str());
    let place = Place { path: &file.path, line: Some(0) };
    ledger.require(image.is_some(), place, || "no image is built from it".to_owned());
    let services: Vec<&str> = said.services_of(image.unwrap_or_default()).collect();
    if let Some(user) = last("USER") {
        for service in &services {
            ledger.state_of(service, About::User, &user.rest, user.place);
        }
    }
    let is_root = |user: &Instruction| user.rest == "root" || user.rest.split(':').any(|id| id == "0");
    let user_place = last("USER").map_or(place, |user| user.place);
    ledger.require(last("USER").is_some_and(|user| !is_root(user)), user_place, || {
        "the image's user is root, which the cluster refuses".to_owned()
    });
    if let Some(command) = last("CMD") {
        let words: Option<Vec<String>> = serde_json::from_str(&command.rest).ok();
        ledger.require(words.is_some(), command.place, || "the command is not in exec form".to_owned());
        said.command_of_image(image.unwrap_or_default(), &words.unwrap_or_default(), command.place, ledger);
    }
    if let Some(port) = last("EXPOSE") {
        let known = services.iter().map(|service| Fact::Of((*service).to_owned(), About::Port));
        let ports: Vec<String> =
            known.flat_map(|fact| ledger.said(&fact).map(str::to_owned).collect::<Vec<_>>()).collect();
        let listens = ports.is_empty() || ports.contains(&port.rest);
        ledger.require(listens, port.place, || format!("no service of this image listens on {}", port.rest));
    }
    for workdir in instructions.iter().filter(|instruction| instruction.name == "WORKDIR") {
        ledger.require(workdir.rest.starts_with('/'), workdir.place, || "the folder is not absolute".to_owned());
    }
    folders_of_disks(&instructions, &services, place, ledger);
    copied(file, &instructions, artifacts, said, ledger);
}

/// A disk takes over the owner that its folder has in the image.
fn folders_of_disks<'a>(
    instructions: &[Instruction<'a>],
    services: &[&str],
    place: Place<'a>,
    ledger: &mut Ledger<'a>,
) {
    let made = |instruction: &&Instruction| instruction.name == "RUN" && instruction.rest.starts_with("[\"install\"");
    let made: Vec<&Instruction> = instructions.iter().filter(made).collect();
    let folders: Vec<String> =
        made.iter().flat_map(|run| serde_json::from_str::<Vec<String>>(&run.rest).unwrap_or_default()).collect();
    let option = |name: &str| folders.iter().skip_while(|word| *word != name).nth(1).map_or("", String::as_str);
    for service in services {
        let disk = ledger.said(&Fact::Of((*service).to_owned(), About::Disk)).next().map(str::to_owned);
        if let Some(disk) = disk.filter(|disk| disk != "none") {
            let at = made.first().map_or(place, |run| run.place);
            ledger.require(folders.contains(&disk), at, || {
                format!("the image has no folder {disk}, to which the disk of `{service}` is mounted")
            });
            ledger.state_of(service, About::User, format!("{}:{}", option("-o"), option("-g")), at);
        }
    }
}

/// Nothing that the build copies is hidden from it, and no secret is shown to it.
fn copied<'a>(
    file: &'a Artifact,
    instructions: &[Instruction<'a>],
    artifacts: &'a [Artifact],
    said: &Said<'a>,
    ledger: &mut Ledger<'a>,
) {
    let context = said.contexts.get(&file.path).map_or("", String::as_str);
    let of_folder = if context.is_empty() { IGNORE.to_owned() } else { format!("{context}/{IGNORE}") };
    // One that is called like the Dockerfile comes before that of the folder.
    let of_file = format!("{}{IGNORE}", file.path);
    let named = |path: &String| artifacts.iter().find(|artifact| artifact.path == *path);
    let Some(ignored) = named(&of_file).or_else(|| named(&of_folder)) else { return };
    for (source, place) in
        instructions.iter().flat_map(|one| read_by(one).into_iter().map(|source| (source, one.place)))
    {
        // A file that the pattern stands for: `requirements*.txt` is there for `requirements.txt`.
        let name = source.trim_start_matches("./").trim_end_matches('/').replace('*', "");
        if name == "." || name.is_empty() {
            let secret = ignore::hidden_by(&ignored.text, ".env");
            let at = Place { path: &ignored.path, line: secret.or(Some(0)) };
            ledger.require(secret.is_some(), at, || format!("{place} copies .env, which holds the secrets"));
        } else if let Some(line) = ignore::hidden_by(&ignored.text, &name) {
            let at = Place { path: &ignored.path, line: Some(line) };
            ledger.require(false, at, || format!("`{name}` is hidden, and {place} copies it"));
        } else {
            ledger.require(true, place, String::new);
        }
    }
}

/// The files and folders of the context that an instruction reads.
fn read_by(instruction: &Instruction) -> Vec<String> {
    let words: Vec<&str> = instruction.rest.split_whitespace().collect();
    match instruction.name.as_str() {
        "COPY" | "ADD" if !words.iter().any(|word| word.starts_with("--from=")) => {
            let paths: Vec<&str> =
                words.into_iter().filter(|word| !word.starts_with("--") && !word.starts_with("<<")).collect();
            paths
                .split_last()
                .map(|(_, sources)| sources.iter().map(|source| (*source).to_owned()).collect())
                .unwrap_or_default()
        }
        "RUN" => words.into_iter().filter_map(|word| bound(word.strip_prefix("--mount=")?)).collect(),
        _ => Vec::new(),
    }
}

/// The file of the context that a mount brings in.
fn bound(mount: &str) -> Option<String> {
    let options: Vec<&str> = mount.split(',').collect();
    let is_of_context = options.contains(&"type=bind") && !options.iter().any(|option| option.starts_with("from="));
    let source = options.iter().find_map(|option| option.strip_prefix("source="));
    source.filter(|_| is_of_context).map(str::to_owned)
}

/// The instructions of a Dockerfile: lines that end with a backslash go on, comments are none, and neither are the lines
/// of a here-document.
fn instructions(file: &Artifact) -> Vec<Instruction<'_>> {
    let mut instructions = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut lines = file.text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim_start().starts_with('#') || line.trim().is_empty() && open.is_none() {
            continue;
        }
        let (start, mut text) = open.take().unwrap_or((number, String::new()));
        if let Some(part) = line.strip_suffix('\\') {
            text.push_str(part);
            open = Some((start, text));
            continue;
        }
        text.push_str(line);
        let (name, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
        let here_document = rest.strip_prefix("<<").filter(|_| name.eq_ignore_ascii_case("COPY"));
        if let Some(end) = here_document.and_then(|rest| rest.split_whitespace().next()) {
            let end = end.trim_matches('"');
            lines.by_ref().find(|(_, line)| *line == end);
        }
        let place = Place { path: &file.path, line: Some(start) };
        instructions.push(Instruction { name: name.to_ascii_uppercase(), rest: rest.trim().to_owned(), place });
    }
    instructions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_may_go_on_over_comments() {
        let lines = ["# syntax=x", "FROM a \\", "# no instruction", "  AS b", "", "copy --chown=1 c d e"];
        let file = Artifact::from_lines("Dockerfile", lines.map(|line| (line.to_owned(), None)));
        let read: Vec<_> =
            instructions(&file).iter().map(|one| (one.name.clone(), read_by(one), one.place.line)).collect();
        let expected =
            [("FROM".to_owned(), vec![], Some(1)), ("COPY".to_owned(), vec!["c".to_owned(), "d".to_owned()], Some(5))];
        assert_eq!(read, expected);
    }

    #[test]
    fn the_lines_of_a_file_are_no_instructions() {
        let lines = ["COPY <<\"EOF\" /etc/site.conf", "USER root", "EOF", "USER 1:1"];
        let file = Artifact::from_lines("Dockerfile", lines.map(|line| (line.to_owned(), None)));
        let read: Vec<_> = instructions(&file).iter().map(|one| (one.name.clone(), read_by(one))).collect();
        assert_eq!(read, [("COPY".to_owned(), vec![]), ("USER".to_owned(), vec![])]);
    }

    #[test]
    fn what_a_mount_brings_in_is_read() {
        assert_eq!(bound("type=bind,source=uv.lock,target=uv.lock"), Some("uv.lock".to_owned()));
        assert_eq!(bound("type=bind,from=uv,source=/uv,target=/uv"), None);
        assert_eq!(bound("type=cache,target=/root/.cache/uv"), None);
    }
}
