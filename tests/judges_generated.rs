//! Independent judges of the files of generated topologies: each is started once, and looks at hundreds of files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod judge;
mod topologies;

use judge::{answer, judge, node};
use plimsoll::analyze;
use plimsoll::generate::Artifact;
use plimsoll::yaml::{Node, Value as Read, parse};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of so many generated documents whose name starts with `name`, each text once, and the document it is of.
fn files(documents: usize, name: &str) -> BTreeMap<String, (String, String)> {
    let mut files = BTreeMap::new();
    for document in topologies::samples(documents) {
        let text = topologies::text(&document);
        for Artifact { path, text: file, .. } in analyze(&text).outputs.unwrap().artifacts() {
            let file_name = path.rsplit('/').next().unwrap_or_default();
            if file_name.starts_with(name) && !file_name.ends_with(".dockerignore") {
                files.entry(file).or_insert_with(|| (path, text.clone()));
            }
        }
    }
    assert!(files.len() > documents / 3, "only {} files were found", files.len());
    files
}

/// Writes the files into a folder of their own, each with the document that it is of beside it.
fn written(folder: &str, files: &BTreeMap<String, (String, String)>) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated").join(folder);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let write = |(number, (text, (path, document))): (usize, (&String, &(String, String)))| {
        let place = folder.join(format!("{number}-{}", path.replace('/', "-")));
        fs::write(&place, text).unwrap();
        fs::write(folder.join(format!("{number}.topology")), document).unwrap();
        place
    };
    files.iter().enumerate().map(write).collect()
}

fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
#[ignore = "needs hadolint; cargo xtask test runs it"]
fn hadolint_has_nothing_to_say() {
    let mut hadolint = judge("hadolint");
    // Without the settings of whoever runs it. It reads the words of an exec form as a shell would, and so takes a `|` in
    // the value of a variable for a pipe (DL4006); `judges_compose.rs` has it look for pipes, too.
    hadolint.args(["--no-color", "--config", "/dev/null", "--ignore", "DL4006"]);
    let (is_well, said) = said(hadolint.args(written("docker", &files(600, "Dockerfile"))));
    assert!(is_well, "{said}");
}

#[test]
#[ignore = "needs check-jsonschema; cargo xtask test runs it"]
fn compose_files_keep_to_the_specification() {
    let paths = written("compose", &files(600, "compose.yaml"));
    let (is_well, said) = said(judge("check-jsonschema").args(["--builtin-schema", "vendor.compose-spec"]).args(paths));
    assert!(is_well, "{said}");
}

/// Judges the documents of the files on standard input by the oldest and the newest schemas from Kubernetes 1.33 on.
/// kubernetes-validate knows the API's own objects only. Its `validate` reads the schemas anew for each object, which
/// takes a second; this keeps what it makes of them.
const KUBERNETES: &str = r#"
import functools, json, sys, yaml
from kubernetes_validate import utils
utils.schema_contents = functools.lru_cache(None)(utils.schema_contents)
OTHERS = ("gateway.networking.k8s.io/", "kustomize.config.k8s.io/", "cert-manager.io/")
versions = sorted({v for v in utils.all_versions() if "strict" not in v and tuple(map(int, v.split(".")[:2])) >= (1, 33)},
                  key=lambda v: tuple(map(int, v.split("."))))
validators = {}
class Kept:
    def __init__(self, schema, registry):
        self.validator = validators.get(id(schema)) or validators.setdefault(id(schema), ORIGINAL(schema, registry=registry))
    def validate(self, data):
        self.validator.validate(data)
ORIGINAL = utils.jsonschema.validators.Draft202012Validator
utils.jsonschema.validators.Draft202012Validator = Kept
utils.all_versions = functools.lru_cache(None)(utils.all_versions)
errors, seen = [], 0
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for text in json.load(sys.stdin):
    for document in yaml.load_all(text, Loader=loader):
        # A patch of an overlay is a list of operations, and no object.
        if isinstance(document, list) or document["apiVersion"].startswith(OTHERS):
            continue
        seen += 1
        for version in [versions[0], versions[-1]]:
            try:
                utils.validate(document, version, strict=True)
            except Exception as error:
                message = getattr(error, "message", error)
                errors.append(f"{document['kind']} {document['metadata']['name']}, {version}: {message}\n{text}")
json.dump({"errors": errors[:5], "seen": seen, "versions": versions}, sys.stdout)
"#;

#[test]
#[ignore = "needs kubernetes-validate; cargo xtask test runs it"]
fn manifests_keep_to_the_schemas_of_kubernetes() {
    // A patch is no object.
    let has_objects = |path: &str| path.starts_with("k8s/") && !path.contains("/patches/");
    let texts: Vec<String> =
        files(400, "").into_iter().filter(|(_, (path, _))| has_objects(path)).map(|(text, _)| text).collect();
    let verdict = answer(judge("python").args(["-c", KUBERNETES]), &json!(texts).to_string()).remove(0);
    assert_eq!(verdict["errors"], json!([]));
    assert!(verdict["seen"].as_u64() > Some(2000), "{verdict}");
}

/// Reads the files on standard input, and writes for each reader a line of what it makes of all.
const PYTHON: &str = "
import json, sys, yaml
from ruamel.yaml import YAML
texts = json.load(sys.stdin)
print(json.dumps([list(yaml.load_all(text, Loader=yaml.SafeLoader)) for text in texts], default=repr))
for version in [(1, 2), (1, 1)]:
    reader = YAML(typ='safe', pure=True)
    reader.version = version
    print(json.dumps([list(reader.load_all(text)) for text in texts], default=repr))
";

const NODE: &str = "
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(texts.map((text) => require('js-yaml').loadAll(text))));
";

#[test]
#[ignore = "needs PyYAML, ruamel.yaml and js-yaml; cargo xtask test runs it"]
fn every_reader_of_yaml_reads_the_same_values() {
    let is_yaml = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "yaml");
    let texts: Vec<String> =
        files(60, "").into_iter().filter(|(_, (path, _))| is_yaml(path)).map(|(text, _)| text).collect();
    let ours: Vec<Value> = texts.iter().map(|text| text.split("\n---\n").map(ours).collect()).collect();
    let input = json!(texts).to_string();
    let mut answers = answer(judge("python").args(["-c", PYTHON]), &input);
    answers.extend(answer(node().args(["-e", NODE]), &input));
    let readers = ["PyYAML", "ruamel.yaml, 1.2", "ruamel.yaml, 1.1", "js-yaml"];
    assert_eq!(answers.len(), readers.len());
    for (reader, answer) in readers.into_iter().zip(answers) {
        let theirs = answer.as_array().unwrap();
        assert_eq!(theirs.len(), ours.len());
        for ((ours, theirs), text) in ours.iter().zip(theirs).zip(&texts) {
            assert!(ours == theirs, "{reader} reads\n{theirs:#}\nof\n{text}");
        }
    }
}

/// What our own reader makes of a document.
fn ours(text: &str) -> Value {
    fn value(node: &Node) -> Value {
        match &node.value {
            Read::Null => Value::Null,
            Read::Bool(truth, _) => (*truth).into(),
            Read::Int(number, _) => (*number).into(),
            Read::Float(number, _) => (*number).into(),
            Read::String(text) => text.as_str().into(),
            Read::Sequence(items) => items.iter().map(value).collect(),
            Read::Mapping(entries) => entries.iter().map(|entry| (entry.key.clone(), value(&entry.value))).collect(),
        }
    }
    value(&parse(text).root.unwrap())
}
