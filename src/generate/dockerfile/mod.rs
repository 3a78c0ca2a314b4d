//! A Dockerfile for each image that is built from code, and a `.dockerignore` beside it.
//!
//! Several stages: the first install and build, the last holds what runs. What changes least comes first, so that an
//! edit of the code repeats the last steps only. No `HEALTHCHECK`: one image can serve as a web app and as a worker,
//! so Compose and the probes, which know the service, ask. Where the person has a Dockerfile, that is theirs to write.

mod go;
mod ignore;
mod image;
mod instruction;
mod node;
mod python;

use super::artifact::{Artifact, Origin};
use crate::topology::{Build, Stack, Topology};
use image::{Image, Section};

/// The Dockerfiles, and one `.dockerignore` for each folder that has one.
pub fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    let mut folders: Vec<&str> = Vec::new();
    for build in &topology.builds {
        let image = Image::new(topology, build);
        let Some(sections) = sections(&image) else { continue };
        artifacts.push(Artifact::from_lines(path(build, &build.dockerfile), lines(sections)));
        let field = image.field("source");
        let in_folder: Vec<&Build> = topology.builds.iter().filter(|other| other.context == build.context).collect();
        if in_folder.iter().any(|build| is_own(build)) {
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

/// What the Dockerfile says, if it is not the person's own.
fn sections(image: &Image) -> Option<Vec<Section>> {
    match &image.build.stack {
        Stack::Python { version, packages, files } => Some(python::dockerfile(image, version, *packages, files)),
        Stack::Node { version, packages, build } => Some(node::dockerfile(image, version, *packages, build.as_deref())),
        Stack::Go { version, packages } => Some(go::dockerfile(image, version, packages)),
        Stack::Dockerfile { .. } => None,
    }
}

fn is_own(build: &Build) -> bool {
    matches!(build.stack, Stack::Dockerfile { .. })
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
