//! The images that are built from the person's code: services with the same code share one.

use super::super::{Build, BuildId, Name, Service, ServiceId, defaults};
use super::Report;
use crate::finding::Finding;
use crate::kinds::program::{Provenance, Recipe, Role};
use crate::message::message;
use crate::rules;
use crate::text::Span;
use rustc_hash::FxHashSet;

/// Whether one image serves for both: the same code, built in the same way.
fn share_an_image(one: &Recipe, other: &Recipe) -> bool {
    one.source == other.source && one.dockerfile == other.dockerfile && one.stack.shares_image_with(&other.stack)
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
        let shared = self.drafts.iter().position(|draft| share_an_image(&draft.recipe, &recipe));
        let index = if let Some(index) = shared {
            self.drafts[index].recipe.stack.join(recipe.stack);
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
                let finding = Finding::error(
                    &rules::duplicate_name::RULE,
                    *span,
                    message!("Another image, built from other code or in another way, is `{image}` already", image),
                );
                report.add(finding.help("Give one of them another name or tag; without `image` each gets its own"));
            }
            taken
        };
        let image = image.filter(|image| !is_taken(image));
        let draft = &mut self.drafts[index];
        draft.services.push(ServiceId(service));
        match (image, &draft.image) {
            (Some((image, span)), Some(other)) if image != other => {
                let finding = Finding::error(
                    &rules::two_image_names::RULE,
                    span,
                    message!("This code is built once, as `{other}`; it cannot be `{image}` too", other, image),
                );
                report.add(finding.help(
                    "Services with the same code, built alike, share an image: name it once, or \
                                        give them different sources",
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
        let mut taken: FxHashSet<String> = own.map(|(source, dockerfile)| below(source, dockerfile)).collect();
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
            let web = |service: &&Service| service.kind.role == Role::Web;
            let port = services_of_it().filter(web).find_map(|service| service.port);
            let source = &draft.recipe.source;
            let dockerfile = draft.recipe.dockerfile.unwrap_or_else(|| {
                let of_service = format!("Dockerfile.{}", first.name);
                let numbered = (2_u32..).map(|number| format!("{of_service}.{number}"));
                let mut names = ["Dockerfile".to_owned(), of_service.clone()].into_iter().chain(numbered);
                names.find(|name| taken.insert(below(source, name))).unwrap_or_default()
            });
            let is_ours = first.kind.provenance == Provenance::Built;
            builds.push(Build {
                dockerfile,
                is_ours,
                command: if is_ours { first.command.clone().unwrap_or_default() } else { Vec::new() },
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
