//! What others say of the manifests: the schemas of Kubernetes itself, and a reader of YAML 1.1.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod examples;
mod judge;

use examples::EXAMPLES;
use judge::judge;
use plimsoll::analyze;
use serde::Deserialize as _;
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::Stdio;

/// Judges every document of the files on standard input by every schema from Kubernetes 1.33 on, and says how PyYAML
/// reads them. kubernetes-validate knows the API's own objects: a Gateway or a Kustomization is read only.
const JUDGE: &str = r#"
import json, sys, yaml
from kubernetes_validate import utils
OTHERS = ("gateway.networking.k8s.io/", "kustomize.config.k8s.io/")
versions = [v for v in utils.all_versions() if "strict" not in v and tuple(map(int, v.split(".")[:2])) >= (1, 33)]
versions = sorted(set(versions), key=lambda v: tuple(map(int, v.split("."))))
errors, documents = [], []
for file in json.load(sys.stdin):
    for document in yaml.safe_load_all(file["text"]):
        documents.append(document)
        if document["apiVersion"].startswith(OTHERS):
            continue
        for version in versions:
            try:
                utils.validate(document, version, strict=True)
            except Exception as error:
                message = getattr(error, "message", error)
                errors.append(f"{file['path']}: {document['kind']} {document['metadata']['name']}, {version}: {message}")
json.dump({"versions": versions, "errors": errors, "documents": documents}, sys.stdout, default=repr)
"#;

/// Every kind of service, step and route, names as long as they may be, and values that YAML has other readings of.
const NASTY: &[&str] = &[
    r##"
name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
services:
  namespace: { image: "registry.example.com:5000/tools", command: "sh -c 'echo $(HOME) $$'", writable: [/a/b, /a-b, /data] }
  gateway: { nginx: {}, public: { host: www.example.com, tls: false } }
  kustomization: { python: { worker: "python -m 'app: x' -- --- '# no comment'" } }
  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb:
    python: { app: "app.main:app" }
    autoscale: { min: 2, max: 10, cpu: 70% }
    env:
      A: "on"
      B: "1e3"
      C: "0777"
      D: "12:30:45"
      E: "2026-11-23"
      F: "~"
      G: ""
      H: "a\n---\nb: c\n"
      I: "# {{ no }} \"comment\" ' é \u2028 \t"
      J: " - x: [y]"
      K: "="
    before_start:
      - { run: "echo one", when: once }
      - { run: "echo 'two; three' \"$(date)\"", when: once }
      - { run: "echo four", when: every-start }
      - { run: "echo \"it's\" five", when: every-start, how: in-container }
      - { run: "echo six", how: by-hand }
    needs: [dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd, kustomization]
    public: { host: app.example.com }
  dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd: { postgres: { version: "17" } }
cluster: { nodes: [{ count: 3 }] }
"##,
    r#"
name: kinds
services:
  mysql: { mysql: {}, storage: 2Gi }
  mariadb: { mariadb: { max_connections: 10 } }
  mongodb: { mongodb: {} }
  valkey: { valkey: {}, storage: 1Gi }
  rabbitmq: { rabbitmq: {} }
  memcached: { memcached: {} }
  web:
    python: { framework: django, app: "site.wsgi:application" }
    replicas: 0
    public: { host: site.example.com }
    needs: [mysql, mariadb, mongodb, valkey, rabbitmq, memcached]
  files:
    image: ghcr.io/acme/files@sha256:0000000000000000000000000000000000000000000000000000000000000000
    port: 8080
    storage: 1.5Gi
    storage_path: /data
    autoscale: { max: 3 }
    public: { host: files.example.com }
    before_start: [{ run: prepare, how: in-container }, { run: migrate }]
cluster: { gateway: ingress, class: nginx, issuer: letsencrypt-staging, namespace: default }
"#,
    r#"
name: stacks
services:
  web: { node: { app: dist/server.js }, port: 80, public: { host: www.example.com }, needs: [api] }
  api:
    go: { app: ./cmd/api }
    needs: [db, queue]
    secrets: [DATABASE_URL, TOKEN]
    secrets_as: files
    before_start: [{ run: migrate up }]
    autoscale: { min: 2, max: 40 }
  own: { dockerfile: { path: deploy/Dockerfile, target: run }, command: "run --all", outbound: false, needs: [api] }
  beat: { celery: { app: tasks, role: beat }, needs: [queue] }
  report:
    python: { worker: "python -m report" }
    schedule: "*/15 8-18 * * mon-fri"
    before_start: [{ run: prepare, when: every-start }]
    storage: 1Gi
    storage_path: /data
    needs: [db]
  db: { postgres: {}, external: db.example.com }
  queue: { rabbitmq: {} }
  store: { mariadb: {}, secrets_as: files }
cluster: { quota: true }
"#,
    "name: nothing\nservices: {}\ncluster: {}\n",
];

#[test]
#[ignore = "needs kubernetes-validate: cargo xtask test runs it"]
fn every_manifest_passes_the_schemas_of_kubernetes_and_reads_the_same_in_yaml_1_1() {
    let files: Vec<(String, String)> = documents().iter().flat_map(|text| manifests(text)).collect();
    let verdict =
        judged(&json!(files.iter().map(|(path, text)| json!({ "path": path, "text": text })).collect::<Vec<_>>()));
    let versions: Vec<&str> = verdict["versions"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    assert!(versions.first().is_some_and(|first| first.starts_with("1.33")) && versions.len() > 1, "{versions:?}");
    assert_eq!(verdict["errors"], json!([]));
    let read: Vec<Value> = files
        .iter()
        .flat_map(|(_, text)| serde_yaml::Deserializer::from_str(text).map(|one| Value::deserialize(one).unwrap()))
        .collect();
    assert!(read.len() > 50);
    for (ours, theirs) in read.iter().zip(verdict["documents"].as_array().unwrap()) {
        assert_eq!(ours, theirs);
    }
}

fn documents() -> Vec<String> {
    EXAMPLES.iter().map(|(_, text)| *text).chain(NASTY.iter().copied()).map(str::to_owned).collect()
}

/// The files of the cluster: path and text. Patches of an environment are no objects.
fn manifests(text: &str) -> Vec<(String, String)> {
    let artifacts = analyze(text).outputs.unwrap().artifacts();
    artifacts
        .into_iter()
        .filter(|artifact| artifact.path.starts_with("k8s/") && !artifact.path.contains("/patches/"))
        .map(|artifact| (artifact.path, artifact.text))
        .collect()
}

/// What the judge says.
fn judged(files: &Value) -> Value {
    let mut judge = judge("python")
        .args(["-c", JUDGE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = judge.stdin.take().unwrap();
    input.write_all(files.to_string().as_bytes()).unwrap();
    drop(input);
    let output = judge.wait_with_output().unwrap();
    assert!(output.status.success(), "the judge gave up");
    serde_json::from_slice(&output.stdout).unwrap()
}
