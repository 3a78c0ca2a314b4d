//! The images that are built from the person's code: services with the same code share one.

use super::super::{Build, BuildId, Framework, Kind, Name, Packages, Service, ServiceId, defaults};
use super::Report;
use crate::finding::Finding;
use crate::text::Span;

/// What makes an image: services that agree on it share the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    pub source: String,
    pub python: String,
    pub packages: Packages,
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
        let index = self.drafts.iter().position(|draft| draft.recipe == recipe).unwrap_or_else(|| {
            self.drafts.push(Draft { recipe, image: None, services: Vec::new() });
            self.drafts.len() - 1
        });
        let draft = &mut self.drafts[index];
        draft.services.push(ServiceId(service));
        match (image, &draft.image) {
            (Some((image, span)), Some(other)) if image != other => {
                let message = format!("This code is built once, as `{other}`; it cannot be `{image}` too");
                report.add(Finding::error("two-image-names", span, message).help(
                    "Services with the same `source`, `version` and `packages` share an image: name it once, or give \
                     them different sources",
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
        let mut builds: Vec<Build> = Vec::with_capacity(self.drafts.len());
        for draft in self.drafts {
            let Some(first) = draft.services.first().and_then(|id| services.get(id.0)) else { continue };
            let shares_folder = builds.iter().any(|build| build.context == draft.recipe.source);
            let image = draft.image.unwrap_or_else(|| {
                if several {
                    format!("{name}-{}:{}", first.name, defaults::IMAGE_TAG)
                } else {
                    format!("{name}:{}", defaults::IMAGE_TAG)
                }
            });
            let web =
                draft.services.iter().filter_map(|id| services.get(id.0)).find_map(|service| match service.kind {
                    Kind::Web { framework, .. } => Some((framework, service.port)),
                    _ => None,
                });
            let (framework, port): (Option<Framework>, Option<u16>) =
                web.map_or((None, None), |(framework, port)| (Some(framework), port));
            builds.push(Build {
                dockerfile: if shares_folder { format!("Dockerfile.{}", first.name) } else { "Dockerfile".to_owned() },
                command: first.command.clone().unwrap_or_default(),
                image: image.clone(),
                context: draft.recipe.source,
                python: draft.recipe.python,
                packages: draft.recipe.packages,
                framework,
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
