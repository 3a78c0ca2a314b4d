//! The images that are built from the person's code: services with the same code share one.

use super::super::{Build, BuildId, Kind, Name, Service, ServiceId, Stack, defaults, go_program};
use super::Report;
use crate::finding::Finding;
use crate::text::Span;
use std::collections::BTreeSet;

/// What makes an image: services that agree on it share the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The folder of the code.
    pub source: String,
    /// The person's own Dockerfile, if that builds it.
    pub dockerfile: Option<String>,
    /// How it is built.
    pub stack: Stack,
}

impl Recipe {
    /// Whether one image serves for both: the same code, built in the same way. One image of Go holds several programs,
    /// if they have different names.
    fn shares_image_with(&self, other: &Self) -> bool {
        let stacks_agree = match (&self.stack, &other.stack) {
            (Stack::Go { version, packages }, Stack::Go { version: other_version, packages: others }) => {
                let is_alone = |package: &String| {
                    let same_name = |other: &&String| go_program(other) == go_program(package);
                    packages.iter().filter(same_name).all(|other| other == package)
                };
                version == other_version && others.iter().all(is_alone)
            }
            (stack, other) => stack == other,
        };
        self.source == other.source && self.dockerfile == other.dockerfile && stacks_agree
    }

    /// Takes in the programs of another that shares the image.
    fn join(&mut self, other: Self) {
        if let (Stack::Go { packages, .. }, Stack::Go { packages: others, .. }) = (&mut self.stack, other.stack) {
            for package in others {
                if !packages.contains(&package) {
                    packages.push(package);
                }
            }
        }
    }
}

/// The images found so far.
#[derive(Default)]
pub struct Builds {
    drafts: Vec<Draft>,
}

struct Draft {
    recipe: Recipe,
    image: Option<String>,
    services: Vec<ServiceId>,
}

impl Builds {
    /// The build of `recipe`, for the service that gets the index `service`; `image` is the name it asks for.
    pub fn add(&mut self, recipe: Recipe, image: Option<(&str, Span)>, service: usize, report: &mut Report) -> BuildId {
        let shared = self.drafts.iter().position(|draft| draft.recipe.shares_image_with(&recipe));
        let index = if let Some(index) = shared {
            self.drafts[index].recipe.join(recipe);
            index
        } else {
            self.drafts.push(Draft { recipe, image: None, services: Vec::new() });
            self.drafts.len() - 1
        };
        // Whichever were built last would be the one that runs everywhere.
        let mut is_taken = |(image, span): &(&str, Span)| {
            let is_its = |(at, draft): (usize, &Draft)| at != index && draft.image.as_deref() == Some(image);
            let taken = self.drafts.iter().enumerate().any(is_its);
            if taken {
                let message = format!("Another image, built from other code or in another way, is `{image}` already");
                let finding = Finding::error("duplicate-name", *span, message);
                report.add(finding.help("Give one of them another name or tag; without `image` each gets its own"));
            }
            taken
        };
        let image = image.filter(|image| !is_taken(image));
        let draft = &mut self.drafts[index];
        draft.services.push(ServiceId(service));
        match (image, &draft.image) {
            (Some((image, span)), Some(other)) if image != other => {
                let message = format!("This code is built once, as `{other}`; it cannot be `{image}` too");
                let finding = Finding::error("two-image-names", span, message);
                report.add(finding.help(
                    "Services with the same code, built alike, share an image: name it once, or give them different \
                     sources",
                ));
            }
            (Some((image, _)), None) => draft.image = Some(image.to_owned()),
            _ => {}
        }
        BuildId(index)
    }

    /// The builds with their names, and the services told the image that they run.
    pub fn finish(self, name: &Name, services: &mut [Service]) -> Vec<Build> {
        let several = self.drafts.len() > 1;
        let own =
            self.drafts.iter().filter_map(|draft| Some((&draft.recipe.source, draft.recipe.dockerfile.as_ref()?)));
        let mut taken: BTreeSet<String> = own.map(|(source, dockerfile)| below(source, dockerfile)).collect();
        let mut builds: Vec<Build> = Vec::with_capacity(self.drafts.len());
        for draft in self.drafts {
            let Some(first) = draft.services.first().and_then(|id| services.get(id.0)) else { continue };
            let image = draft.image.unwrap_or_else(|| {
                if several {
                    format!("{name}-{}:{}", first.name, defaults::IMAGE_TAG)
                } else {
                    format!("{name}:{}", defaults::IMAGE_TAG)
                }
            });
            let services_of_it = || draft.services.iter().filter_map(|id| services.get(id.0));
            let port = services_of_it().find_map(|service| match service.kind {
                Kind::Web { .. } => service.port,
                _ => None,
            });
            let source = &draft.recipe.source;
            let dockerfile = draft.recipe.dockerfile.unwrap_or_else(|| {
                let of_service = format!("Dockerfile.{}", first.name);
                let numbered = (2_u32..).map(|number| format!("{of_service}.{number}"));
                let mut names = ["Dockerfile".to_owned(), of_service.clone()].into_iter().chain(numbered);
                names.find(|name| taken.insert(below(source, name))).unwrap_or_default()
            });
            builds.push(Build {
                dockerfile,
                command: match draft.recipe.stack {
                    Stack::Dockerfile { .. } => Vec::new(),
                    _ => first.command.clone().unwrap_or_default(),
                },
                image: image.clone(),
                context: draft.recipe.source,
                stack: draft.recipe.stack,
                port,
                services: draft.services.clone(),
            });
            for id in draft.services {
                if let Some(service) = services.get_mut(id.0) {
                    service.image.clone_from(&image);
                }
            }
        }
        builds
    }
}

/// Where a file of a folder lies.
fn below(folder: &str, file: &str) -> String {
    if folder == "." { file.to_owned() } else { format!("{folder}/{file}") }
}
