//! nginx as the server of a static site.

use super::Recipe;
use super::dockerfile::{self, Configuration, ROOT};
use crate::artifact::Origin;
use crate::dockerfile::{Image, Section, ShellCommand, Word, from};
use crate::model::kind_field;

/// The stable line of nginx, in the official image without modules and tools
/// (<https://github.com/nginx/docker-nginx/blob/master/stable/alpine-slim/Dockerfile>).
const NGINX: &str = "nginx:1.30-alpine-slim";

const IMAGE: &str = "https://hub.docker.com/_/nginx";
const CORE: &str = "https://nginx.org/en/docs/http/ngx_http_core_module.html";
const SIGNALS: &str = "https://nginx.org/en/docs/control.html";

/// Starts nginx with this many worker processes. By its full path, since the image's entrypoint otherwise tries to change
/// files that are read-only
/// (<https://github.com/nginx/docker-nginx/blob/master/entrypoint/docker-entrypoint.sh>).
pub fn command(workers: u32) -> Vec<String> {
    let directives = format!("daemon off; worker_processes {workers};");
    vec!["/usr/sbin/nginx".to_owned(), "-g".to_owned(), directives]
}

/// The stage after that which builds the site.
pub fn stages(image: &Image, recipe: &Recipe) -> Vec<Section> {
    let mut last = vec![(
        from(NGINX, None),
        Origin::new(image.field(kind_field!("server")), "nginx's official image; slim leaves out modules and tools")
            .link(IMAGE),
    )];
    last.extend(image.place_in_alpine(IMAGE));
    let reason = "In exec form nginx gets the image's stop signal SIGQUIT itself, and ends the requests in flight";
    vec![last, configuration(image, recipe), dockerfile::ending(image, recipe, reason, SIGNALS)]
}

/// The file `nginx.conf`.
fn configuration(image: &Image, recipe: &Recipe) -> Section {
    let mut file = Configuration::new(
        image,
        "/etc/nginx/nginx.conf",
        "The configuration of nginx; the quotes keep Docker from expanding anything in it",
        CORE,
    );
    settings(&mut file);
    site(&mut file, image, recipe);
    file.end()
}

/// The settings that no site changes; the block of HTTP stays open.
fn settings(file: &mut Configuration) {
    file.add(
        kind_field!("server"),
        "The file with the process ID lies in the one writable folder, and messages go to standard error",
        ["pid /tmp/nginx.pid;", "error_log stderr;"],
    );
    file.add(
        kind_field!("server"),
        "The connections that one worker process holds at once",
        ["events {", "\tworker_connections 1024;", "}"],
    );
    file.add(kind_field!("server"), "The web server", ["http {"]);
    // https://github.com/nginx/nginx/blob/master/conf/mime.types
    file.add(
        kind_field!("server"),
        "The media types of files, with two that nginx's own list lacks",
        [
            "\tinclude /etc/nginx/mime.types;",
            "\ttypes {",
            "\t\ttext/javascript mjs;",
            "\t\tapplication/manifest+json webmanifest;",
            "\t}",
            "\tdefault_type application/octet-stream;",
        ],
    );
    file.add(
        kind_field!("server"),
        "A line on standard output for each request, and no second one for a missing file",
        ["\taccess_log /dev/stdout;", "\tlog_not_found off;"],
    );
    file.add(
        kind_field!("server"),
        "nginx makes these folders when it starts, and can write to `/tmp` only",
        [
            "\tclient_body_temp_path /tmp/client_body;",
            "\tproxy_temp_path /tmp/proxy;",
            "\tfastcgi_temp_path /tmp/fastcgi;",
            "\tuwsgi_temp_path /tmp/uwsgi;",
            "\tscgi_temp_path /tmp/scgi;",
        ],
    );
    file.add(kind_field!("server"), "Hands files to the kernel without reading them", ["\tsendfile on;"]);
    file.add(
        kind_field!("server"),
        "Compresses text, also for requests that a proxy passed on",
        [
            "\tgzip on;",
            "\tgzip_proxied any;",
            "\tgzip_vary on;",
            "\tgzip_min_length 1024;",
            "\tgzip_types application/javascript application/json application/manifest+json application/wasm \
             application/xml image/svg+xml text/css text/javascript text/plain;",
        ],
    );
    file.add(
        kind_field!("server"),
        "Redirects name no host and no port, since the proxy in front has others",
        ["\tabsolute_redirect off;"],
    );
}

/// The site itself, and the end of the blocks.
fn site(file: &mut Configuration, image: &Image, recipe: &Recipe) {
    file.add(
        kind_field!("server"),
        "The service's port, under any host name, without TLS",
        [
            ShellCommand::from("\tserver {"),
            ShellCommand::from("\t\tlisten ").and_word(&dockerfile::port(image)).and(";"),
        ],
    );
    file.add(kind_field!("output"), "The folder of the site", [ShellCommand::from("\t\troot ").and(ROOT).and(";")]);
    file.add(
        kind_field!("server"),
        "A missing file answers with the site's `404.html`, if there is one",
        ["\t\terror_page 404 /404.html;", "\t\tlocation = /404.html {", "\t\t\tinternal;", "\t\t}"],
    );
    file.add(
        kind_field!("assets"),
        "Browsers ask whether a file is new, and get 304 if it is not",
        ["\t\tadd_header Cache-Control no-cache always;"],
    );
    file.add(
        kind_field!("assets"),
        "Files with a hash in their names never change, so browsers keep them for a year",
        [
            ShellCommand::from("\t\tlocation /").and_word(&Word::new(&recipe.assets)).and("/ {"),
            "\t\t\tadd_header Cache-Control \"public, max-age=31536000, immutable\";".into(),
            "\t\t\ttry_files $uri =404;".into(),
            "\t\t}".into(),
        ],
    );
    if let Some(fallback) = &recipe.fallback {
        file.add(kind_field!("fallback"),
            "Paths without a file get this page; a missing asset still gets 404, since no browser runs a page as a script",
            [
                ShellCommand::from("\t\tlocation / {"),
                ShellCommand::from("\t\t\ttry_files $uri $uri/ /").and_word(&Word::new(fallback)).and(";"),
                "\t\t}".into(),
            ],
        );
    }
    file.add(kind_field!("server"), "The end of the site", ["\t}", "}"]);
}
