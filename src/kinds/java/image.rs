//! The image of Java code: one program with its libraries.

use super::{Build, dockerfile};
use crate::dockerfile::{IgnorePatterns, Image, Section};
use crate::kinds::{Language, Prober};

/// How an image of Java code is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The tool that builds.
    pub(super) build: Build,
    /// The feature release of Java, such as `21`.
    pub(super) version: String,
    /// The module that holds the program, relative to the build's folder.
    pub(super) module: Option<String>,
    /// The name of the jar, in which `*` stands for any part.
    pub(super) jar: Option<String>,
}

const OLD_OUTPUT: &str = "A jar of an earlier build must not be taken for the program";
const TESTS: (&[&str], &str) = (
    &["src/test", "*/src/test", "*/*/src/test"],
    "The image build runs no tests: a change of these files alone builds nothing anew",
);

/// Folders down to two below the root, since a package deeper in `src` may be called `target` or `build`.
const IGNORED_BY_MAVEN: IgnorePatterns = &[(&["target", "*/target", "*/*/target"], OLD_OUTPUT), TESTS];
const IGNORED_BY_GRADLE: IgnorePatterns = &[
    (&["build", "*/build", "*/*/build"], OLD_OUTPUT),
    (&["**/.gradle"], "Gradle's cache of this project belongs to the machine that wrote it"),
    TESTS,
];

impl Language for Recipe {
    fn dockerfile(&self, image: &Image) -> Option<Vec<Section>> {
        Some(dockerfile::sections(image, self))
    }

    fn ignored(&self) -> IgnorePatterns {
        match self.build {
            Build::Maven => IGNORED_BY_MAVEN,
            Build::Gradle => IGNORED_BY_GRADLE,
        }
    }

    fn listed_files(&self) -> &[String] {
        &[]
    }

    fn target(&self) -> Option<&str> {
        None
    }

    fn prober(&self) -> Option<&'static dyn Prober> {
        Some(&Bash)
    }

    fn shares_image_with(&self, other: &Self) -> bool {
        self == other
    }

    fn join(&mut self, _: Self) {}
}

/// Bash, which the entrypoint of Temurin's images needs: on Ubuntu, the JRE 21 brings curl and wget, and the JRE 25 neither
/// (<https://github.com/adoptium/containers/blob/main/25/jre/ubuntu/noble/Dockerfile>,
/// <https://github.com/adoptium/containers/blob/main/25/jre/ubuntu/noble/entrypoint.sh>).
/// Bash opens connections by itself (<https://www.gnu.org/software/bash/manual/bash.html#Redirections>).
struct Bash;

/// The headers hold the host of a public service; without them the address is the host, which HTTP/1.1 wants. Compares the
/// status as a text, since an arithmetic comparison would evaluate what the server sends.
const HTTP: &str = "address=${1#http://}; path=/${address#*/}; address=${address%%/*}; shift; \
    exec 3<>\"/dev/tcp/${address%:*}/${address#*:}\" || exit 1; \
    printf '%s\\r\\n' \"GET $path HTTP/1.1\" \"${@:-Host: $address}\" 'Connection: close' '' >&3; \
    read -r -t 5 _ status _ <&3 && [[ $status == [123]?? ]]";
const TCP: &str = "exec 3<>\"/dev/tcp/127.0.0.1/$1\"";

impl Prober for Bash {
    fn http(&self, url: String, headers: Vec<(&'static str, String)>) -> Vec<String> {
        let headers = headers.into_iter().map(|(name, value)| format!("{name}: {value}"));
        let program = ["bash", "-c", HTTP, "bash"].map(str::to_owned);
        program.into_iter().chain([url]).chain(headers).collect()
    }

    fn tcp(&self, port: u16) -> Vec<String> {
        ["bash", "-c", TCP, "bash", &port.to_string()].map(str::to_owned).to_vec()
    }

    fn reason(&self) -> &'static str {
        "Bash sends the request that the proxy would: not every version of the image has curl or wget"
    }
}
