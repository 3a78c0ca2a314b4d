//! Caddy as the server of a static site.

use super::Recipe;
use super::dockerfile::{self, Configuration, ROOT};
use crate::artifact::Origin;
use crate::dockerfile::{Image, Instruction, MULTI_STAGE, Section, ShellCommand, Word, from, run};
use crate::model::kind_field;

/// The line of Caddy that is maintained (<https://github.com/caddyserver/caddy/releases>).
const CADDY: &str = "caddy:2-alpine";
/// The stable line of BusyBox, whose image is built with its default applets
/// (<https://github.com/docker-library/busybox/blob/master/latest-1/glibc/Dockerfile.builder>).
const BUSYBOX: &str = "busybox:1.37";
const CONFIGURATION: &str = "/etc/caddy/Caddyfile";

const CADDYFILE: &str = "https://caddyserver.com/docs/caddyfile";
const CAPABILITY: &str = "https://github.com/caddyserver/caddy-docker/issues/396";
const DATA: &str = "https://caddyserver.com/docs/conventions#data-directory";
const MIME_TYPES: &str = "https://pkg.go.dev/mime#TypeByExtension";
const SIGNALS: &str = "https://caddyserver.com/docs/command-line#signals";
const BUSYBOX_LINK: &str = "https://hub.docker.com/_/busybox";

/// Starts Caddy with the configuration in the image.
pub fn command() -> Vec<String> {
    ["caddy", "run", "--config", CONFIGURATION, "--adapter", "caddyfile"].map(str::to_owned).to_vec()
}

/// The stages after that which builds the site.
pub fn stages(image: &Image, recipe: &Recipe) -> Vec<Section> {
    let server = image.field(kind_field!("server"));
    let program = vec![
        (
            from(CADDY, Some("caddy")),
            Origin::new(&server, "Caddy's official image, of which the last stage takes the program").link(MULTI_STAGE),
        ),
        (
            run(&[], "cp /usr/bin/caddy /usr/local/bin/caddy"),
            Origin::new(
                &server,
                "The program in the image has a capability, with which it does not start in a container that drops \
                 all of them; a copy has none",
            )
            .link(CAPABILITY),
        ),
    ];
    let mut last = vec![(
        from(BUSYBOX, None),
        Origin::new(&server, "A shell, and the wget that health checks use; the server needs nothing else")
            .link(BUSYBOX_LINK),
    )];
    last.extend(image.place_in_alpine(CADDYFILE));
    let environment = Instruction::Env(&[("XDG_DATA_HOME", "/tmp")]);
    last.push((
        environment,
        Origin::new(&server, "Caddy keeps a few small files here, and `/tmp` is the one writable folder").link(DATA),
    ));
    let binary =
        Instruction::Copy { from: Some("caddy"), sources: &["/usr/local/bin/caddy"], target: "/usr/local/bin/" };
    last.push((binary, Origin::new(&server, "The server, in one static program").link(MULTI_STAGE)));
    let types = Instruction::Copy { from: Some("caddy"), sources: &["/etc/mime.types"], target: "/etc/" };
    let reason = "The media types of fonts, icons and manifests, which are not built into the program";
    last.push((types, Origin::new(&server, reason).link(MIME_TYPES)));
    let reason = "In exec form Caddy gets SIGTERM itself, and ends the requests in flight";
    vec![program, last, configuration(image, recipe), dockerfile::ending(image, recipe, reason, SIGNALS)]
}

/// The Caddyfile.
fn configuration(image: &Image, recipe: &Recipe) -> Section {
    let assets = Word::new(&recipe.assets);
    let in_assets = |start: &'static str| ShellCommand::from(start).and_word(&assets).and("/*");
    let mut file = Configuration::new(
        image,
        CONFIGURATION,
        "The configuration of Caddy; the quotes keep Docker from expanding anything in it",
        CADDYFILE,
    );
    file.add(
        kind_field!("server"),
        "No administration, no certificates and no copy of the configuration: a proxy ends TLS, and the file system is \
         read-only",
        ["{", "\tadmin off", "\tauto_https off", "\tpersist_config off", "}"],
    );
    file.add(
        kind_field!("server"),
        "The service's port, under any host name, without TLS",
        [ShellCommand::from(":").and_word(&dockerfile::port(image)).and(" {")],
    );
    file.add(kind_field!("output"), "The folder of the site", [ShellCommand::from("\troot * ").and(ROOT)]);
    file.add(
        kind_field!("server"),
        "A line on standard output for each request",
        ["\tlog {", "\t\toutput stdout", "\t}"],
    );
    file.add(kind_field!("server"), "Compresses text, as far as the browser can read it", ["\tencode zstd gzip"]);
    file.add(
        kind_field!("assets"),
        "Files with a hash in their names never change, so browsers keep them for a year",
        [
            ShellCommand::from("\t@hashed {"),
            in_assets("\t\tpath /"),
            "\t\tfile".into(),
            "\t}".into(),
            "\theader @hashed Cache-Control \"public, max-age=31536000, immutable\"".into(),
        ],
    );
    file.add(
        kind_field!("assets"),
        "Browsers ask whether anything else is new, and get 304 if it is not",
        ["\theader ?Cache-Control no-cache"],
    );
    if let Some(fallback) = &recipe.fallback {
        file.add(kind_field!("fallback"),
            "Paths without a file get this page; a missing asset still gets 404, since no browser runs a page as a script",
            [
                ShellCommand::from("\t@unknown {"),
                in_assets("\t\tnot path /"),
                "\t\tnot file {path} {path}/".into(),
                "\t}".into(),
                ShellCommand::from("\trewrite @unknown /").and_word(&Word::new(fallback)),
            ],
        );
    }
    file.add(kind_field!("server"), "Serves the files, without lists of folders", ["\tfile_server"]);
    file.add(
        kind_field!("server"),
        "A missing file answers with the site's `404.html`, if there is one",
        [
            "\thandle_errors 404 {",
            "\t\theader Cache-Control no-cache",
            "\t\t@page file /404.html",
            "\t\thandle @page {",
            "\t\t\trewrite * /404.html",
            "\t\t\tfile_server",
            "\t\t}",
            "\t\trespond \"404 Not Found\"",
            "\t}",
        ],
    );
    file.add(kind_field!("server"), "The end of the site", ["}"]);
    file.end()
}
