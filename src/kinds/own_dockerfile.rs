//! A program that the person's own Dockerfile builds; what is inside is not known.

use super::image;
use super::program::{Image, Program, Provenance, Recipe as BuildRecipe, Title};
use super::{Context, Kind, Language, Prober, Stack};
use crate::dockerfile::{IgnorePatterns, Image as BuildImage, Section};
use crate::input::written_command::{self, AbsentTools};
use crate::input::{Report, check, source_folder};
use crate::message::message;
use crate::yaml::Field;
use serde::Deserialize;

/// An image that is built by a Dockerfile of your own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "Dockerfile"))]
pub struct Fields {
    /// The Dockerfile, relative to `source`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "Dockerfile")))]
    pub path: Field<String>,
    /// The stage to build. Default: the last.
    pub target: Field<String>,
    /// The folder that is the build context, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub source: Field<String>,
}

/// A program that the person's own Dockerfile builds.
pub struct OwnDockerfile;

impl Kind for OwnDockerfile {
    type Fields = Fields;

    const KEY: &'static str = "dockerfile";
    const TITLE: &'static str = "Your own Dockerfile";
    const USUAL_NAME: &'static str = "app";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let command = written_command::main_process(context.command, AbsentTools::NONE, report);
        let no_file = |text: &str| message!("`{text}` is no file below `source`", text);
        let help = "Write a file below `source`, such as `deploy/Dockerfile`";
        let path = report.text(&fields.path, check::is_file_below, no_file, help);
        let no_stage = |text: &str| message!("`{text}` is no name of a stage", text);
        let help = "Write the name of a stage: letters, digits, `_`, `-` and `.`, a letter first";
        let target = report.text(&fields.target, check::is_stage_name, no_stage, help);
        let recipe = BuildRecipe {
            source: source_folder(&fields.source, report),
            dockerfile: Some(check::folder(path.unwrap_or("Dockerfile"))),
            stack: Stack::OwnDockerfile(Recipe { target: target.map(str::to_owned) }),
        };
        let title = Title::Fixed("Dockerfile".to_owned());
        Some(image::program(Self::KEY, Self::TITLE, title, Provenance::OwnDockerfile, Image::Built(recipe), command))
    }
}

/// How the person's own Dockerfile is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The stage to build, if it is not the last.
    target: Option<String>,
}

impl Language for Recipe {
    fn dockerfile(&self, _: &BuildImage) -> Option<Vec<Section>> {
        None
    }

    fn ignored(&self) -> IgnorePatterns {
        &[]
    }

    fn listed_files(&self) -> &[String] {
        &[]
    }

    fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    fn prober(&self) -> Option<&'static dyn Prober> {
        None
    }

    fn shares_image_with(&self, other: &Self) -> bool {
        self == other
    }

    fn join(&mut self, _: Self) {}
}
