//! Java: a stage that builds the program, and a JRE that runs it.

use super::{Build, Recipe};
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_ORDER, CODE, Image, MULTI_STAGE, Section, Step, from};
use crate::dockerfile::{Instruction, Mount, ShellCommand, Word};
use crate::model::kind_field;

const TEMURIN: &str = "https://hub.docker.com/_/eclipse-temurin";
const MAVEN: &str = "https://hub.docker.com/_/maven";
const WRAPPER: &str = "https://docs.gradle.org/current/userguide/gradle_wrapper.html";
const ASSEMBLE: &str = "https://docs.gradle.org/current/userguide/base_plugin.html";
const SKIP_TESTS: &str = "https://maven.apache.org/surefire/maven-surefire-plugin/examples/skipping-tests.html";
const EFFICIENT: &str = "https://docs.spring.io/spring-boot/reference/packaging/efficient.html";
const EXTRACT: &str = "https://docs.spring.io/spring-boot/reference/packaging/container-images/dockerfiles.html";
const EXEC: &str = "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form";

const REPOSITORY: &[Mount] = &[Mount::Cache("/root/.m2")];
/// Gradle locks its home against other processes of the same machine, and does not see those of another container
/// (<https://docs.gradle.org/current/userguide/directory_layout.html#dir:gradle_user_home>).
const GRADLE_HOME: &[Mount] = &[Mount::LockedCache("/root/.gradle")];

/// Programs with their libraries, by the endings that plugins give them where they keep the bare jar beside: Shadow's, Maven
/// Assembly's and Shade's, Quarkus's, and Spring Boot's where its documentation suggests a classifier.
const PROGRAMS: &str = "\\( -name '*-all.jar' -o -name '*-jar-with-dependencies.jar' -o -name '*-shaded.jar' \\\n            \
     -o -name '*-runner.jar' -o -name '*-exec.jar' \\)";
/// All jars but those that hold sources, documentation, tests, or a program without its libraries.
const OTHERS: &str = "-name '*.jar' ! -name '*-plain.jar' ! -name 'original-*.jar' \\\n            \
     ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-tests.jar' ! -name '*-test-fixtures.jar'";
/// Makes `/program/app.jar` of `$jar`. Spring Boot from 3.3 on takes its jars apart by itself, except those that start with
/// a script; what cannot be taken apart runs as it is.
const UNPACK: &str = "cp \"$jar\" /app.jar; jar xf /app.jar META-INF/MANIFEST.MF; \\\n        \
     grep -q '^Main-Class:' META-INF/MANIFEST.MF || { echo \"$jar names no Main-Class\" >&2; exit 1; }; \\\n        \
     case \"$(jar tf /app.jar)\" in *BOOT-INF/lib/spring-boot-jarmode-tools-*) \\\n            \
     java -Djarmode=tools -jar /app.jar extract --destination /program || true ;; \\\n        \
     esac; \\\n        \
     [ -f /program/app.jar ] || { mkdir -p /program; mv /app.jar /program; }; \\\n    ";

/// The Dockerfile of an image of Java code.
pub fn sections(image: &Image, recipe: &Recipe) -> Vec<Section> {
    vec![image.syntax(), Builder { image, recipe }.stage(), runtime(image, &recipe.version)]
}

/// The stage that builds: it leaves the program in `/program` and its libraries in `/libraries`.
struct Builder<'a> {
    image: &'a Image<'a>,
    recipe: &'a Recipe,
}

impl Builder<'_> {
    fn stage(&self) -> Section {
        let source = self.image.field(kind_field!("source"));
        vec![
            self.base(),
            (Instruction::Workdir("/src"), Origin::new(&source, "The folder of the build").link(MULTI_STAGE)),
            (
                CODE,
                Origin::new(
                    &source,
                    "The whole build at once: its libraries stay in a cache mount, which outlives changes of the code",
                )
                .link(CACHE_ORDER),
            ),
            self.build(),
            self.select(),
        ]
    }

    fn base(&self) -> Step {
        let Recipe { build, version, .. } = self.recipe;
        let (image, field, reason, link) = match build {
            Build::Maven => (
                format!("maven:3.9-eclipse-temurin-{version}"),
                kind_field!("version"),
                "Maven's official image builds: the project's wrapper would download another Maven. The JDK stays out of \
                 the image that runs",
                MAVEN,
            ),
            Build::Gradle => (
                format!("eclipse-temurin:{version}-jdk"),
                kind_field!("version"),
                "The JDK builds, and stays out of the image that runs",
                TEMURIN,
            ),
        };
        (from(&image, Some("builder")), Origin::new(self.image.field(field), reason).link(link))
    }

    fn build(&self) -> Step {
        let module = self.recipe.module.as_deref();
        let (mounts, command, reason, link) = match self.recipe.build {
            Build::Maven => {
                let command = ShellCommand::from("mvn --batch-mode --no-transfer-progress -DskipTests package");
                let command = match module {
                    Some(module) => command.and(" --projects ").and_word(&Word::new(module)).and(" --also-make"),
                    None => command,
                };
                let reason = "Compiles and packages; tests belong before the image, since a build has no database. \
                              Libraries stay in a cache mount";
                (REPOSITORY, command, reason, SKIP_TESTS)
            }
            Build::Gradle => {
                let command = ShellCommand::from("sh gradlew --no-daemon --console=plain ");
                let command = match module {
                    Some(module) => command.and(":").and_word(&Word::new(&module.replace('/', ":"))).and(":assemble"),
                    None => command.and("assemble"),
                };
                let reason = "The wrapper runs the Gradle that the project names; assemble runs no tests, which belong \
                              before the image. Gradle and libraries stay in a cache mount, for one build at a time";
                (GRADLE_HOME, command, reason, if module.is_some() { WRAPPER } else { ASSEMBLE })
            }
        };
        let field = self.image.field(if module.is_some() { kind_field!("module") } else { kind_field!("build") });
        (Instruction::RunShell { mounts, command }, Origin::new(field, reason).link(link))
    }

    /// Finds the program among the jars, and takes it apart where it is Spring Boot's.
    fn select(&self) -> Step {
        let output = Word::new(&self.output());
        let command = ShellCommand::from("set -eu; \\\n    if [ -f ")
            .and_word(&output)
            .and("/quarkus-app/quarkus-run.jar ]; then \\\n        cp -R ")
            .and_word(&output)
            .and("/quarkus-app /program; mv /program/quarkus-run.jar /program/app.jar; \\\n    else \\\n        ");
        let command = if let Some(name) = &self.recipe.jar {
            self.find(command, |command| named(command, name))
        } else {
            let command = self.find(command, |command| command.and(PROGRAMS));
            self.find(command.and("[ -n \"$jar\" ] || "), |command| command.and(OTHERS))
        };
        let command = self
            .jars(command.and("[ -f \"$jar\" ] || { echo \"Found in "))
            .and(": ${jar:-no jar}. Name the one that runs by 'jar', or its module by 'module'\" >&2; exit 1; }; \\\n        ")
            .and(UNPACK)
            .and("fi; \\\n    mkdir -p /program/lib; mv /program/lib /libraries");
        let field = self.image.field(if self.recipe.jar.is_some() { kind_field!("jar") } else { kind_field!("build") });
        let reason = "The one jar that can run becomes app.jar. Spring Boot's is taken apart: it starts faster, and its \
                      libraries become a layer of their own";
        (Instruction::RunShell { mounts: &[], command }, Origin::new(field, reason).link(EFFICIENT))
    }

    /// Assigns the jars that a condition holds for to `$jar`.
    fn find(&self, command: ShellCommand, condition: impl FnOnce(ShellCommand) -> ShellCommand) -> ShellCommand {
        let command = self.jars(command.and("jar=\"$(find ")).and(" -maxdepth 1 ");
        condition(command).and(" || true)\"; \\\n        ")
    }

    /// Adds the folder of the jars.
    fn jars(&self, command: ShellCommand) -> ShellCommand {
        let command = command.and_word(&Word::new(&self.output()));
        match self.recipe.build {
            Build::Maven => command,
            Build::Gradle => command.and("/libs"),
        }
    }

    /// The folder of what the build makes.
    fn output(&self) -> String {
        let folder = match self.recipe.build {
            Build::Maven => "target",
            Build::Gradle => "build",
        };
        self.recipe.module.as_ref().map_or_else(|| folder.to_owned(), |module| format!("{module}/{folder}"))
    }
}

/// Adds the condition that a name holds, in which `*` is any part.
fn named(command: ShellCommand, name: &str) -> ShellCommand {
    let mut command = command.and("-name '");
    for (number, part) in name.split('*').enumerate() {
        if number > 0 {
            command = command.and("*");
        }
        command = command.and_word(&Word::new(part));
    }
    command.and("'")
}

/// The stage that runs.
fn runtime(image: &Image, version: &str) -> Section {
    let libraries = Instruction::Copy { from: Some("builder"), sources: &["/libraries/"], target: "lib/" };
    let program = Instruction::Copy { from: Some("builder"), sources: &["/program/"], target: "./" };
    let mut lines = vec![(
        from(&format!("eclipse-temurin:{version}-jre"), None),
        Origin::new(
            image.field(kind_field!("version")),
            "Temurin's JRE on Ubuntu: libraries with native code often have none for Alpine's musl",
        )
        .link(TEMURIN),
    )];
    lines.extend(image.place_in_debian(EXEC));
    lines.push((
        libraries,
        Origin::new(
            image.field(kind_field!("source")),
            "The libraries first, since they change less often than the program",
        )
        .link(EXTRACT),
    ));
    lines.push((
        program,
        Origin::new(
            image.program(),
            "The program last; root owns it, so an attacker inside the container cannot change it",
        )
        .link(MULTI_STAGE),
    ));
    lines.extend(image.ending("In exec form Java gets SIGTERM itself, and ends requests before it stops", EXEC));
    lines
}
