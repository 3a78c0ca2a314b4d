//! The generated Dockerfiles build, and what they build serves: `cargo xtask test --images`.
//!
//! Each test generates an example's files with the command, lays them beside a project of `projects/`, builds the image
//! with buildah, and runs it with runc as compose.yaml says: user, read-only root, writable folders, memory, variables,
//! health check, grace period. The process is the container's first, as on Kubernetes; Compose would put an `init`
//! before it. Base images are made of Debian's packages (`stand-ins/`), in a store of their own.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says so by a panic")]

mod buildah;
mod container;
mod deployment;

use container::Container;
use deployment::Deployment;
use std::path::PathBuf;
use std::{env, fs};

const DATABASE_URL: &str = "postgresql+psycopg://app:of-the-database@db:5432";

#[test]
fn a_package_that_uv_installs_from_src_serves() {
    let deployment = Deployment::new("fastapi", "fastapi", &[]);
    let api = deployment.healthy("api");
    assert!(deployment.get(&api, "/").contains("Hello"));
    is_confined(&api);
    ends_its_requests(&deployment, api);
}

#[test]
fn four_workers_with_packages_from_pip_serve_once_alembic_has_run() {
    let url = format!("{DATABASE_URL}/notes");
    let deployment =
        Deployment::new("one-server", "one-server", &[("DATABASE_URL", &url), ("DB_PASSWORD", "of-the-database")]);
    let _db = deployment.healthy("db");
    deployment.runs_to_its_end("api-before-start");
    let api = deployment.healthy("api");
    assert!(deployment.get(&api, "/healthz").contains("https://notes.example.com/healthz"));
    is_confined(&api);
    ends_its_requests(&deployment, api);
}

#[test]
fn the_shop_serves_and_its_worker_ends_its_task() {
    let url = format!("{DATABASE_URL}/app");
    let deployment = Deployment::new("shop", "shop", &[("DATABASE_URL", &url), ("DB_PASSWORD", "of-the-database")]);
    let _db = deployment.healthy("db");
    let _cache = deployment.healthy("cache");
    deployment.runs_to_its_end("api-before-start");
    let api = deployment.healthy("api");
    assert!(deployment.get(&api, "/healthz").contains("https://shop.example.com/healthz"));

    let mailer = deployment.healthy("mailer");
    mailer.says(" ready.");
    let celery = |arguments: &[&str]| {
        let command = ["celery", "-A", "app.tasks"].iter().chain(arguments).map(|word| (*word).to_owned());
        let end = deployment.beside(&mailer, command).end();
        assert_eq!(end.code, 0, "{arguments:?}: {}", end.log);
    };
    celery(&["inspect", "ping"]);
    is_confined(&mailer);
    celery(&["call", "app.tasks.slow", "--args", r#"["hat"]"#]);
    mailer.says("slow: began");
    let end = mailer.stop();
    assert_eq!((end.code, end.log.contains("slow: wrote hat")), (0, true), "{}", end.log);

    is_confined(&api);
    ends_its_requests(&deployment, api);
}

#[test]
fn a_django_site_that_poetry_installs_serves_its_static_files() {
    let deployment = Deployment::new(
        "django",
        "django",
        &[
            ("SECRET_KEY", "of-the-site"),
            ("DATABASE_URL", "mysql://magazine:of-the-database@db:3306/magazine"),
            ("DB_PASSWORD", "of-the-database"),
        ],
    );
    let _db = deployment.healthy("db");
    let _cache = deployment.healthy("cache");
    deployment.runs_to_its_end("site-before-start");
    let site = deployment.healthy("site");
    assert!(deployment.get(&site, "/health/").contains(r#""articles": 0, "cached": true"#));
    let style = deployment.get(&site, "/style");
    assert!(
        style.starts_with("/static/articles/style.") && style.len() > "/static/articles/style.css".len(),
        "{style}"
    );
    assert!(deployment.get(&site, &style).contains("max-width"));
    is_confined(&site);
    ends_its_requests(&deployment, site);
}

#[test]
fn this_page_is_served_as_its_own_example_says() {
    let site = env::var_os("PLIMSOLL_SITE").map_or_else(|| PathBuf::from("dist/site"), PathBuf::from);
    let mut names = fs::read_dir(&site).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let engine = names.find(|name| name.starts_with("plimsoll-engine") && name.ends_with("_bg.wasm")).unwrap();
    let hosting = site.with_file_name("hosting");
    let deployment = Deployment::of("plimsoll", &[(site, "site"), (hosting, "hosting")], &[]);

    let mut server = deployment.healthy("site");
    server.comes_to_succeed(&["curl", "--silent", "--fail", "http://127.0.0.1:8080/"]);
    let head = |path: &str, packed: &str| {
        let accept = format!("Accept-Encoding: {packed}");
        let address = format!("http://127.0.0.1:8080/{path}");
        let request = ["curl", "--silent", "--head", "--header", &accept, &address].map(str::to_owned);
        let end = deployment.beside(&server, request).end();
        assert_eq!(end.code, 0, "{path}: {}", end.log);
        end.log.to_lowercase()
    };
    let says = |answer: &str, lines: &[&str]| {
        for line in lines {
            assert!(answer.lines().any(|other| other.starts_with(line)), "{line} in\n{answer}");
        }
    };
    let policy = "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ";
    says(&head("", "identity"), &["http/1.1 200", "content-type: text/html", "cache-control: no-cache", policy]);
    let kept = "cache-control: public, max-age=31536000, immutable";
    let wasm = "content-type: application/wasm";
    says(&head(&engine, "gzip"), &["http/1.1 200", "content-encoding: gzip", wasm, kept, policy]);
    says(&head("app.webmanifest", "identity"), &["http/1.1 200", "content-type: application/manifest+json"]);
    says(&head("nothing-here", "identity"), &["http/1.1 404", policy]);

    assert_eq!(server.succeeds(&["id", "-u"]).trim(), "101");
    server.fails(&["touch", "/usr/share/nginx/html/new"]);
    let end = server.stop();
    assert_eq!(end.code, 0, "{}", end.log);
}

/// The process is not root, may become nobody else, and writes to no folder but its own.
fn is_confined(container: &Container) {
    assert_eq!(buildah::configuration(container.image())["User"], "10001:10001");
    assert_eq!(container.succeeds(&["id", "-u"]).trim(), "10001");
    assert_eq!(container.succeeds(&["id", "-g"]).trim(), "10001");
    let status = container.succeeds(&["cat", "/proc/1/status"]);
    for line in ["Uid:\t10001\t10001\t10001\t10001", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1"] {
        assert!(status.lines().any(|other| other == line), "{line} in\n{status}");
    }
    for file in ["/new", "/app/new", "/app/.venv/new", "/home/new", "/var/tmp/new"] {
        let why = container.fails(&["touch", file]);
        assert!(why.contains("Read-only file system"), "{file}: {why}");
    }
    container.succeeds(&["touch", "/tmp/new"]);
}

/// A request that has begun is answered after the signal to stop, and the container ends in time.
fn ends_its_requests(deployment: &Deployment, server: Container) {
    let client = deployment.client(&server, "/slow");
    server.says("slow: began");
    let end = server.stop();
    assert!(matches!(end.code, 0 | 143), "exit code {}:\n{}", end.code, end.log);
    let answer = client.end();
    assert!(answer.code == 0 && answer.log.contains("done"), "{}\nthe server:\n{}", answer.log, end.log);
}
