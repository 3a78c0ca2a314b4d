//! Java: web apps and background processes, whose images are built from code with Maven or Gradle.

mod dockerfile;
mod framework;
mod image;
mod memory;

pub use image::Recipe;

use super::program::{Image, Profile, Program, Recipe as BuildRecipe, Title, Workers};
use super::{Context, Kind, Stack, built, queue};
use crate::input::written_command::AbsentTools;
use crate::input::{Report, check, source_folder};
use crate::message::message;
use crate::yaml::Field;
use framework::Framework;
use serde::Deserialize;

/// Executables of the build: the image that runs holds a JRE, without compiler and build tool.
const ABSENT_TOOLS: AbsentTools = AbsentTools {
    names: &["mvn", "mvnw", "gradle", "gradlew", "javac", "jar"],
    run_programs: false,
    help: "Run the jar of the image: `java -jar app.jar`, with arguments behind it",
};

/// The name that the program has in each image, in the folder that commands run in.
pub const JAR: &str = "app.jar";

/// The release that most builds accept. Gradle runs on Java 21 from 8.5 on and on Java 25 only from 9.1 on
/// (<https://docs.gradle.org/current/userguide/compatibility.html>), while Spring Boot 3.5 and 4 support both
/// (<https://docs.spring.io/spring-boot/system-requirements.html>). Temurin maintains 21 until at least December 2029
/// (<https://adoptium.net/support/>).
const VERSION: &str = "21";
/// The release from which `java` reads `JDK_JAVA_OPTIONS` and that Temurin still maintains: 9 brought the variable
/// (<https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html#using-the-jdk_java_options-launcher-environment-variable>).
const OLDEST_VERSION: u8 = 11;

/// A Java program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "Java"))]
pub struct Fields {
    /// The framework of a web app: it decides which variables tell the app its port.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "spring-boot")))]
    pub framework: Field<Framework>,
    /// The command of a background process, in place of a web app: `java -jar app.jar --spring.profiles.active=worker`.
    pub worker: Field<String>,
    /// The tool that builds the program.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "maven")))]
    pub build: Field<Build>,
    /// The feature release of Java that builds and runs the program. A Gradle toolchain needs the release that it names.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "21")))]
    pub version: Field<String>,
    /// The module that holds the program, in a build of several modules: `api` or `services/api`. Default: none.
    pub module: Field<String>,
    /// The name of the jar in `target` or `build/libs`, where the build makes several programs: `shop-*.jar`. Default: the
    /// only one that can be run.
    pub jar: Field<String>,
    /// The folder of the code, with `pom.xml` or `gradlew`, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub source: Field<String>,
}

/// What builds Java code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "JavaBuild"))]
pub enum Build {
    /// Maven 3.9, from its official image.
    Maven,
    /// Gradle, at the version of the project's wrapper, `gradlew`.
    Gradle,
}

/// A Java program.
pub struct Java;

impl Kind for Java {
    type Fields = Fields;

    const KEY: &'static str = "java";
    const TITLE: &'static str = "Java";
    const USUAL_NAME: &'static str = "api";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let worker = queue::worker(&fields.worker, ABSENT_TOOLS, report);
        let recipe = recipe(fields, report);
        report.command_of_code(context.command);
        let program = if let Some(worker) = worker {
            report.no_effect(&fields.framework, "A background process needs no `framework`", "Remove it");
            built::background(Self::KEY, Self::TITLE, ABSENT_TOOLS, recipe, memory::MODEL, worker)
        } else {
            let framework = fields.framework.get().copied().unwrap_or(Framework::SpringBoot);
            web(framework, recipe)
        };
        Some(Program { memory_variable: Some(memory::VARIABLE), ..program })
    }
}

fn web(framework: Framework, recipe: BuildRecipe) -> Program {
    let image = Image::Built(recipe);
    let program = built::web(Java::KEY, Java::TITLE, ABSENT_TOOLS, image, memory::MODEL, Vec::new());
    let profile = Profile {
        title: Title::Fixed(framework.title().to_owned()),
        behind_proxy: framework.behind_proxy(),
        ..program.profile
    };
    let workers = Workers::Fixed {
        count: 1,
        reason: "A Java program serves with the threads of one process",
        help: "Start more containers with `replicas`; inside one, Java uses several processors by itself",
    };
    Program { profile, workers, start: Box::new(framework), ..program }
}

fn recipe(fields: &Fields, report: &mut Report) -> BuildRecipe {
    let wrong = |text: &str| message!("`{text}` is not a feature release of Java with an image", text);
    let help = "Write the number of a release from 11 on, such as \"21\"";
    let version = report.text(&fields.version, is_feature_release, wrong, help).unwrap_or(VERSION).to_owned();
    let no_module = |text: &str| message!("`{text}` is not a folder below `source`", text);
    let help = "Write the module's folder below `source`, such as `services/api`";
    let module = report.text(&fields.module, check::is_file_below, no_module, help).map(check::folder);
    let no_jar = |text: &str| message!("`{text}` is not the name of a jar", text);
    let help = "Write a file name that ends in `.jar`, with `*` for the version: `shop-*.jar`";
    let jar = report.text(&fields.jar, is_jar_name, no_jar, help).map(str::to_owned);
    let build = fields.build.get().copied().unwrap_or(Build::Maven);
    let stack = Stack::Java(Recipe { build, version, module, jar });
    BuildRecipe { source: source_folder(&fields.source, report), dockerfile: None, stack }
}

/// A feature release, such as `21`. The tags of Temurin's JREs name these, or exact builds such as `21.0.8_9`, for which
/// Maven has no image (<https://hub.docker.com/_/eclipse-temurin>).
fn is_feature_release(text: &str) -> bool {
    let is_plain = text.bytes().all(|c| c.is_ascii_digit()) && !text.starts_with('0');
    is_plain && text.parse::<u8>().is_ok_and(|release| (OLDEST_VERSION..100).contains(&release))
}

/// The name of a jar in which `*` stands for any part.
fn is_jar_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '*')
        && text.len() <= 128
        && text.rsplit_once('.').is_some_and(|(_, extension)| extension == "jar")
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || b"*._-".contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_the_number_of_a_release_with_images() {
        for version in ["11", "17", "21", "25", "29"] {
            assert!(is_feature_release(version), "{version}");
        }
        for version in ["8", "1.8", "21.0.4", "021", "+21", "", "256", "100", "21-jre", "2١"] {
            assert!(!is_feature_release(version), "{version}");
        }
    }

    #[test]
    fn a_jar_has_a_name_without_folders_and_quotes() {
        for jar in ["app.jar", "shop-*.jar", "*-exec.jar", "a_b-1.0.jar"] {
            assert!(is_jar_name(jar), "{jar}");
        }
        for jar in ["", ".jar", "app.war", "../app.jar", "libs/app.jar", "a'b.jar", "-x.jar", "a b.jar", "$(id).jar"] {
            assert!(!is_jar_name(jar), "{jar}");
        }
    }
}
