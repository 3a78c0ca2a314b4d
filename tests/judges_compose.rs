//! Independent judges of Dockerfiles and of compose.yaml: hadolint, and the Compose Specification's JSON Schema.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod judge;

use judge::judge;
use plimsoll::analyze;
use plimsoll::generate::{Artifact, artifacts};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The files of every example, and those of a document with texts that mean something to every language involved.
fn outputs() -> Vec<(String, Vec<Artifact>)> {
    let mut documents = vec![("hostile".to_owned(), hostile())];
    for entry in fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        documents.push((path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()));
    }
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
        "file": { "python": { "source": "file", "files": ["main.py", ".github/data.json"] } },
        "image": { "image": "a/b:1", "command": &command, "publish": 81, "port": 80 },
        "memory": { "memcached": {} },
        "queue": { "rabbitmq": {} },
        "maria": { "mariadb": { "max_connections": 50 } },
        "mongo": { "mongodb": {} },
    } })
    .to_string()
}

/// Writes the files whose name starts with `name`, clean and explained, and has `judge` look at each.
fn judged(name: &str, judge: impl Fn(&Path) -> Command) {
    let mut seen = 0;
    for (example, artifacts) in outputs() {
        for artifact in artifacts {
            if !artifact.path.rsplit('/').next().is_some_and(|file| file.starts_with(name)) {
                continue;
            }
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges").join(name).join(&example);
            for (kind, text) in [("clean", artifact.text.clone()), ("explained", artifact.explained())] {
                let path = folder.join(kind).join(&artifact.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text).unwrap();
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
    judged("Dockerfile", |path| {
        let mut hadolint = judge("hadolint");
        // Without the settings of whoever runs it.
        hadolint.args(["--config", "/dev/null"]).arg(path);
        hadolint
    });
}

#[test]
#[ignore = "needs check-jsonschema; cargo xtask test runs it"]
fn compose_files_keep_to_the_specification() {
    judged("compose.yaml", |path| {
        let mut check = judge("check-jsonschema");
        check.args(["--builtin-schema", "vendor.compose-spec"]).arg(path);
        check
    });
}
