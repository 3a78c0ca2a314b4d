//! A Dockerfile for each image that is built from code, and a `.dockerignore` beside it.
//!
//! Several stages: the first install and build, the last holds what runs. What changes least comes first, so that an
//! edit of the code repeats the last steps only. No `HEALTHCHECK`: one image can serve as a web app and as a worker,
//! so Compose and the probes, which know the service, ask. Where the person has a Dockerfile, that is theirs to write.

mod ignore;

use crate::artifact::{Artifact, Origin};
use crate::dockerfile::{Client, Image, Section};
use crate::model::kind_field;
use crate::topology::{Build, Role, Topology};

/// The Dockerfiles, and one `.dockerignore` for each folder that has one.
pub fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    let mut folders: Vec<&str> = Vec::new();
    for build in &topology.builds {
        let image = image(topology, build);
        let Some(sections) = build.stack.dockerfile(&image) else { continue };
        artifacts.push(Artifact::from_lines(path(build, &build.dockerfile), lines(sections)));
        let field = image.field(kind_field!("source"));
        let in_folder: Vec<&Build> = topology.builds.iter().filter(|other| other.context == build.context).collect();
        if !in_folder.iter().all(|build| build.is_ours) {
            // What the person's own Dockerfile reads is not known, so nothing is hidden from that.
            let ignored = path(build, &format!("{}.dockerignore", build.dockerfile));
            artifacts.push(ignore::artifact(ignored, &field, &[build]));
        } else if !folders.contains(&build.context.as_str()) {
            folders.push(&build.context);
            artifacts.push(ignore::artifact(path(build, ".dockerignore"), &field, &in_folder));
        }
    }
    artifacts
}

/// The image that `build` makes.
fn image<'a>(topology: &'a Topology, build: &'a Build) -> Image<'a> {
    let client = |service: &'a crate::topology::Service| Client {
        name: &service.name,
        key: service.kind.key,
        is_web: service.kind.role == Role::Web,
        env: &service.env,
        storage_path: service.storage.as_ref().map(|storage| storage.path.as_str()),
        step: service.kind.image_step,
    };
    Image {
        port: build.port,
        command: &build.command,
        services: build.services.iter().map(|id| client(topology.service(*id))).collect(),
    }
}

/// The instructions' lines, with an empty one between sections.
fn lines(sections: Vec<Section>) -> Vec<(String, Option<Origin>)> {
    let mut lines = Vec::new();
    for section in sections {
        if !lines.is_empty() {
            lines.push((String::new(), None));
        }
        for (instruction, origin) in section {
            let text = instruction.to_string();
            lines.extend(text.lines().map(|line| (line.to_owned(), Some(origin.clone()))));
        }
    }
    lines
}

/// Where a file of the build's folder lies.
fn path(build: &Build, file: &str) -> String {
    if build.context == "." { file.to_owned() } else { format!("{}/{file}", build.context) }
}

#[cfg(test)]
mod tests;
