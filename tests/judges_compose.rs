//! Independent judges of Dockerfiles and of compose.yaml: hadolint, the Compose Specification's JSON Schema, and Docker
//! Compose itself.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod examples;
mod judge;

use examples::EXAMPLES;
use judge::judge;
use plimsoll::analyze;
use plimsoll::generate::{Artifact, artifacts};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The files of every example, and those of a document with texts that mean something to every language involved.
fn outputs() -> Vec<(String, Vec<Artifact>)> {
    let mut documents = vec![("hostile".to_owned(), hostile()), ("special".to_owned(), SPECIAL.to_owned())];
    documents.extend(EXAMPLES.map(|(name, text)| (name.to_owned(), text.to_owned())));
    documents.into_iter().map(|(name, text)| (name, artifacts(&analyze(&text).outputs.unwrap().topology))).collect()
}

fn hostile() -> String {
    let nasty = "no: 'x' \"y\" \\ $HOME `id` \n RUN id # <<EOF \u{85} ]";
    let command = shlex::try_join(["run", nasty]).unwrap();
    json!({ "services": {
        "bot": {
            "python": { "worker": &command, "packages": "pip" },
            "env": { "VALUE": nasty, "no": "no" },
            "before_start": [{ "run": &command }, { "run": &command, "when": "every-start" }],
        },
        "site": {
            "python": { "framework": "django", "app": "site.wsgi:application", "source": "site", "packages": "poetry" },
            "env": { "VALUE": nasty },
            "storage": "1Gi",
            "storage_path": "/var/lib/site",
            "needs": ["bot", "memory", "queue", "maria", "mongo"],
            "public": { "host": "a.example.com" },
        },
        "node": { "node": { "source": "node", "build": "build" }, "storage": "1Gi", "storage_path": "/data" },
        "pnpm": { "node": { "source": "pnpm", "packages": "pnpm", "worker": &command } },
        "yarn": { "node": { "source": "yarn", "packages": "yarn", "build": "build:web" }, "env": { "VALUE": nasty } },
        "api": { "go": { "source": "go", "app": "./cmd/api" }, "storage": "1Gi", "storage_path": "/data" },
        "go": { "go": { "source": "go", "worker": "." } },
        "java": { "java": { "source": "java", "build": "gradle", "module": "services/api" }, "storage": "1Gi", "storage_path": "/data" },
        "jobs": { "java": { "source": "jobs", "worker": &command, "jar": "jobs-*.jar" } },
        "pages": { "site": { "source": "pages", "fallback": "200.html", "build_env": { "VALUE": nasty } } },
        "plain": { "site": { "source": "plain", "server": "nginx", "packages": "yarn" }, "workers": 2 },
        "file": { "python": { "source": "file", "files": ["main.py", ".github/data.json"] } },
        "image": { "image": "a/b:1", "command": &command, "publish": 81, "port": 80 },
        "memory": { "memcached": {} },
        "queue": { "rabbitmq": {} },
        "maria": { "mariadb": { "max_connections": 50 } },
        "mongo": { "mongodb": {} },
    } })
    .to_string()
}

/// Whatever Compose is told in a way of its own.
const SPECIAL: &str = "
server: { proxy: traefik }
services:
  api:
    python: {}
    replicas: 2
    health: { path: /up }
    outbound: false
    secrets: [DATABASE_URL, TOKEN]
    secrets_as: files
    before_start: [{ run: alembic upgrade head }]
    needs: [db, elsewhere]
    public: { host: a.example.com }
  web: { node: { source: web }, needs: [api], public: { host: b.example.com, tls: false } }
  go: { go: { source: go, app: ./cmd/api }, health: { path: /up }, secrets: [TOKEN] }
  nightly: { go: { source: go, worker: ./cmd/report }, schedule: '0 3 * * *', needs: [db] }
  alone: { python: { worker: report, source: alone }, schedule: '*/5 * * * *', before_start: [{ run: check }] }
  own: { dockerfile: { target: runtime, source: own, path: deploy/Dockerfile }, port: 80 }
  beat: { celery: { role: beat } }
  db: { postgres: {}, secrets_as: files }
  elsewhere: { mysql: {}, external: db.example.com }
";

/// Writes the files, clean and explained, and has the judge that is called `judge_name` look at those whose name starts
/// with `name`.
fn judged(judge_name: &str, name: &str, judge: impl Fn(&Path) -> Command) {
    let mut seen = 0;
    for (example, artifacts) in outputs() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges").join(judge_name).join(&example);
        for artifact in &artifacts {
            for (kind, text) in [("clean", artifact.text.clone()), ("explained", artifact.explained())] {
                let path = folder.join(kind).join(&artifact.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text).unwrap();
            }
        }
        for artifact in artifacts {
            if !artifact.path.rsplit('/').next().is_some_and(|file| file.starts_with(name)) {
                continue;
            }
            for kind in ["clean", "explained"] {
                let path = folder.join(kind).join(&artifact.path);
                let output = judge(&path).output().unwrap();
                let said =
                    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
                assert!(output.status.success(), "{example}/{} ({kind}): {said}", artifact.path);
                seen += 1;
            }
        }
    }
    assert!(seen > 4, "only {seen} files were looked at");
}

#[test]
#[ignore = "needs hadolint; cargo xtask test runs it"]
fn hadolint_has_nothing_to_say() {
    judged("hadolint", "Dockerfile", |path| {
        let mut hadolint = judge("hadolint");
        // Without the settings of whoever runs it.
        hadolint.args(["--config", "/dev/null"]).arg(path);
        hadolint
    });
}

#[test]
#[ignore = "needs check-jsonschema; cargo xtask test runs it"]
fn compose_files_keep_to_the_specification() {
    judged("check-jsonschema", "compose.yaml", |path| {
        let mut check = judge("check-jsonschema");
        check.args(["--builtin-schema", "vendor.compose-spec"]).arg(path);
        check
    });
}

#[test]
#[ignore = "needs Docker Compose; cargo xtask test runs it"]
fn docker_compose_reads_the_files_with_the_secrets_of_the_example() {
    judged("docker-compose", "compose.yaml", |path| {
        let mut compose = judge("docker-compose");
        compose.arg("--file").arg(path);
        let secrets = path.with_file_name(".env.example");
        if secrets.exists() {
            compose.arg("--env-file").arg(secrets);
        }
        // Also what `up` does not start has to be whole.
        compose.args(["--profile", "scheduled", "config", "--quiet"]);
        compose
    });
}
