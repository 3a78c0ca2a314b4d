//! No text in any free field changes the structure of any file. A field either refuses a text, and leaves no trace of it,
//! or takes it, and parsers of other makers find the same structure as with a harmless one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

mod judge;
mod topologies;

use judge::{answer, judge};
use plimsoll::analyze;
use plimsoll::generate::Artifact;
use proptest::prelude::*;
use serde_json::{Value, json};
use topologies::texts::hostile;

/// A field with free text: where it stands, a harmless value, and what is left of the document where a text is refused.
struct Free {
    /// A JSON pointer into the document.
    field: &'static str,
    harmless: &'static str,
    refused: Refused,
}

/// What a refused text is like.
#[derive(Clone, Copy, PartialEq)]
enum Refused {
    /// The field was not there.
    Absent,
    /// The map or list item around it was not there.
    WithMap,
    /// It is never refused.
    Never,
}

use Refused::{Absent, Never, WithMap};

#[rustfmt::skip]
const FIELDS: &[Free] = &[
    Free { field: "/services/api/python/app", harmless: "app.main:app", refused: Absent },
    Free { field: "/services/api/python/version", harmless: "3.12", refused: Absent },
    Free { field: "/services/api/python/source", harmless: "code", refused: Absent },
    Free { field: "/services/api/python/files/0", harmless: "main.py", refused: WithMap },
    Free { field: "/services/api/image", harmless: "tool", refused: Absent },
    Free { field: "/services/api/health/path", harmless: "/healthz", refused: WithMap },
    Free { field: "/services/api/public/host", harmless: "api.example.com", refused: WithMap },
    Free { field: "/services/api/env/VALUE", harmless: "x", refused: Never },
    Free { field: "/services/api/secrets/0", harmless: "API_TOKEN", refused: WithMap },
    Free { field: "/services/api/needs/0", harmless: "db", refused: WithMap },
    Free { field: "/services/api/storage_path", harmless: "/data", refused: Never },
    Free { field: "/services/api/writable/0", harmless: "/cache", refused: WithMap },
    Free { field: "/services/api/memory/limit", harmless: "256Mi", refused: Absent },
    Free { field: "/services/bot/python/worker", harmless: "x", refused: Never },
    Free { field: "/services/bot/before_start/0/run", harmless: "x", refused: Never },
    Free { field: "/services/bot/before_start/1/run", harmless: "x", refused: Never },
    Free { field: "/services/bot/before_start/2/run", harmless: "x", refused: Never },
    Free { field: "/services/bot/before_start/3/run", harmless: "x", refused: Never },
    Free { field: "/services/mailer/celery/app", harmless: "app.tasks", refused: Absent },
    Free { field: "/services/site/node/app", harmless: "server.mjs", refused: Absent },
    Free { field: "/services/site/node/build", harmless: "build", refused: Absent },
    Free { field: "/services/site/node/version", harmless: "22", refused: Absent },
    Free { field: "/services/tiles/go/app", harmless: "./cmd/tiles", refused: Absent },
    Free { field: "/services/tiles/go/version", harmless: "1.25", refused: Absent },
    Free { field: "/services/orders/java/version", harmless: "25", refused: Absent },
    Free { field: "/services/orders/java/module", harmless: "services/api", refused: Absent },
    Free { field: "/services/orders/java/jar", harmless: "api-*.jar", refused: Absent },
    Free { field: "/services/mails/java/worker", harmless: "x", refused: Never },
    Free { field: "/services/pages/site/build", harmless: "build:all", refused: Absent },
    Free { field: "/services/pages/site/output", harmless: "out", refused: Absent },
    Free { field: "/services/pages/site/assets", harmless: "_astro", refused: Absent },
    Free { field: "/services/pages/site/fallback", harmless: "200.html", refused: Absent },
    Free { field: "/services/pages/site/version", harmless: "22", refused: Absent },
    Free { field: "/services/pages/site/build_env/VALUE", harmless: "public", refused: Never },
    Free { field: "/services/plain/site/assets", harmless: "_astro", refused: Absent },
    Free { field: "/services/plain/site/fallback", harmless: "200.html", refused: Absent },
    Free { field: "/services/own/dockerfile/path", harmless: "deploy/Dockerfile", refused: Absent },
    Free { field: "/services/own/dockerfile/target", harmless: "runtime", refused: Absent },
    Free { field: "/services/own/command", harmless: "x", refused: Never },
    Free { field: "/services/tool/command", harmless: "x", refused: Never },
    Free { field: "/services/tool/schedule", harmless: "0 3 * * *", refused: Absent },
    Free { field: "/services/django/env/VALUE", harmless: "x", refused: Never },
    Free { field: "/services/db/postgres/version", harmless: "18.1", refused: Absent },
    Free { field: "/services/db/postgres/database", harmless: "shop", refused: Absent },
    Free { field: "/services/db/postgres/user", harmless: "clerk", refused: Absent },
    Free { field: "/services/cache/redis/version", harmless: "8.1", refused: Absent },
    Free { field: "/services/managed/external", harmless: "db.example.com", refused: Never },
    Free { field: "/cluster/class", harmless: "internal", refused: Absent },
    Free { field: "/cluster/issuer", harmless: "staging", refused: Absent },
    Free { field: "/cluster/nodes/0/name", harmless: "large", refused: Never },
    Free { field: "/environments/staging/services/api/env/VALUE", harmless: "y", refused: Never },
    Free { field: "/environments/staging/services/api/public/host", harmless: "api.staging.example.com", refused: Never },
];

/// A document that has every free field.
fn document() -> Value {
    let mut document = json!({
        "name": "shop",
        "services": {
            "api": { "python": { "files": [""] }, "env": {}, "secrets": [""], "storage": "1Gi", "writable": [""], "needs": [""], "port": 8000 },
            "bot": { "python": { "source": "bot" }, "before_start": [
                { "when": "once" },
                { "when": "every-start" },
                { "when": "every-start", "how": "in-container" },
                { "how": "by-hand" },
            ] },
            "mailer": { "celery": { "source": "mail" } },
            "site": { "node": { "source": "site" }, "public": { "host": "site.example.com", "tls": false } },
            "tiles": { "go": { "source": "tiles" } },
            "orders": { "java": { "source": "orders", "build": "gradle" } },
            "mails": { "java": { "source": "mails" } },
            "pages": { "site": { "source": "pages", "build_env": {} } },
            "plain": { "site": { "source": "plain", "server": "nginx" } },
            "own": { "dockerfile": { "source": "own" }, "port": 9000 },
            "tool": { "image": "acme/tool:1" },
            "django": { "python": { "framework": "django", "app": "site.wsgi:application", "source": "django" } },
            "db": { "postgres": {} },
            "cache": { "redis": {} },
            "managed": { "mysql": {} },
        },
        "server": {},
        "cluster": { "nodes": [{}] },
        "environments": { "staging": { "services": { "api": {} } } },
    });
    for free in FIELDS {
        set(&mut document, free.field, free.harmless.into());
    }
    document
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    let mut place = document;
    for step in pointer.split('/').skip(1) {
        place = match place {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            other => &mut other[step],
        };
    }
    *place = value;
}

/// The document without a field, or without what is around it.
fn without(document: &Value, free: &Free) -> Value {
    let mut document = document.clone();
    let (around, leaf) = free.field.rsplit_once('/').unwrap();
    let (around, leaf) = if free.refused == WithMap && leaf.parse::<usize>().is_err() {
        around.rsplit_once('/').unwrap()
    } else {
        (around, leaf)
    };
    match document.pointer_mut(around).unwrap() {
        Value::Array(items) => drop(items.remove(leaf.parse().unwrap())),
        map => drop(map.as_object_mut().unwrap().remove(leaf)),
    }
    document
}

fn files(document: &Value) -> Vec<Artifact> {
    // JSON is YAML, and its quoting is not ours.
    analyze(&document.to_string()).outputs.unwrap().artifacts()
}

/// Whether the document has findings that the harmless one has not, or says of its text that it is wrong.
fn is_refused(document: &Value) -> bool {
    const WRONG: [&str; 6] =
        ["wrong-value", "wrong-type", "unknown-service", "not-a-dns-label", "unreadable-quantity", "missing-value"];
    let text = document.to_string();
    analyze(&text).findings.iter().any(|finding| WRONG.contains(&finding.rule.id))
}

proptest! {
    #![proptest_config(topologies::config(300))]

    #[test]
    fn what_is_refused_leaves_no_trace(text in hostile(), index in 0..FIELDS.len()) {
        let free = &FIELDS[index];
        let harmless = document();
        let mut document = harmless.clone();
        set(&mut document, free.field, text.as_str().into());
        if free.refused != Never && is_refused(&document) {
            prop_assert_eq!(files(&document), files(&without(&harmless, free)), "{}", free.field);
        }
    }
}

/// Says of each file on standard input what its structure is, and of what is written with quotes what it holds:
/// PyYAML for YAML, dockerfile-parse, python-dotenv, and markdown-it for DEPLOY.md. Where a text is a key or a folder, its
/// structure is that of the harmless one.
const PARSERS: &str = r#"
import io, json, sys, yaml
from dockerfile_parse import DockerfileParser
from dotenv import dotenv_values
from markdown_it import MarkdownIt

def shape(value):
    if isinstance(value, dict):
        return {HARMLESS if key == TEXT else str(key): shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return "text" if isinstance(value, str) else repr(value)

def texts(value):
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []

def parsed(path, text):
    name = path.rsplit("/", 1)[-1]
    if name.endswith(".yaml") or name.endswith(".yml"):
        documents = list(yaml.safe_load_all(text))
        return shape(documents), texts(documents)
    if name.startswith("Dockerfile"):
        parser = DockerfileParser(fileobj=io.BytesIO())
        parser.content = text
        words = []
        structure = []
        for one in parser.structure:
            value = one["value"]
            if one["instruction"] in ("CMD", "RUN") and value.startswith("["):
                words += json.loads(value)
                value = "exec"
            elif one["instruction"] == "COMMENT":
                value = ""
            structure.append([one["instruction"], len(value.split())])
        return structure, words
    if name == ".env.example":
        values = dotenv_values(stream=io.StringIO(text), interpolate=False)
        return [len(values), text.count("\n")], list(values)
    if name == "DEPLOY.md":
        tokens = MarkdownIt().parse(text)
        return [[token.type, token.tag] for token in tokens], []
    if name == "Caddyfile":
        lines = [(len(line) - len(line.lstrip("\t")), line.strip().split(" ")) for line in text.split("\n")]
        return [[depth, words[0] if depth else len(words), words[-1] == "{"] for depth, words in lines], []
    return text.count("\n"), []

for TEXT, HARMLESS, files in json.load(sys.stdin):
    folder = lambda path: HARMLESS + path[len(TEXT):] if path.startswith(TEXT + "/") else path
    print(json.dumps({folder(path): parsed(path, text) for path, text in files.items()}))
"#;

/// A document with a text in a field, and what has to be found again in its files.
struct Case {
    free: &'static Free,
    text: String,
    document: Value,
}

#[test]
#[ignore = "needs PyYAML, dockerfile-parse, python-dotenv and markdown-it-py; cargo xtask test runs it"]
fn what_is_taken_changes_no_structure() {
    let harmless = document();
    assert!(!is_refused(&harmless), "{:#?}", analyze(&harmless.to_string()).findings);
    let mut cases = Vec::new();
    for (number, text) in topologies::drawn(&hostile(), 12 * FIELDS.len()).into_iter().enumerate() {
        let free = &FIELDS[number % FIELDS.len()];
        let is_command = free.harmless == "x" && !free.field.contains("/env/");
        let written = if is_command { shlex::try_quote(&text).unwrap().into_owned() } else { text.clone() };
        let mut document = harmless.clone();
        set(&mut document, free.field, written.into());
        if !is_refused(&document) {
            cases.push(Case { free, text, document });
        }
    }
    assert!(cases.len() > 100, "only {} texts are taken", cases.len());
    let by_path = |document: &Value| -> Value {
        files(document).into_iter().map(|file| (file.path, Value::from(file.text))).collect()
    };
    let mut inputs = vec![json!(["", "", by_path(&harmless)])];
    inputs.extend(cases.iter().map(|case| json!([case.text, case.free.harmless, by_path(&case.document)])));
    let mut answers = answer(judge("python").args(["-c", PARSERS]), &json!(inputs).to_string()).into_iter();
    let expected = answers.next().unwrap();
    for (case, answer) in cases.iter().zip(answers) {
        let (field, text) = (case.free.field, &case.text);
        let mut found = 0;
        assert_eq!(answer.as_object().unwrap().len(), expected.as_object().unwrap().len(), "{field}: {text:?}");
        for (path, parsed) in answer.as_object().unwrap() {
            assert_eq!(parsed[0], expected[path][0], "{field}: {text:?} in {path}");
            let holds = |word: &Value| word.as_str().is_some_and(|word| is_found(word, text));
            found += parsed[1].as_array().unwrap().iter().filter(|word| holds(word)).count();
        }
        if case.free.harmless == "x" && !field.ends_with("/3/run") {
            assert!(found > 1, "{field}: {text:?} is found {found} times");
        }
    }
}

/// Whether a text of a file is the one that was written: as it is, as Compose or Kubernetes write `$`, as the setting of
/// Django's build, or quoted in a script.
fn is_found(word: &str, text: &str) -> bool {
    let plain = |word: &str| word.replace("$$", "$");
    let quoted = shlex::try_quote(text).unwrap();
    word == text || plain(word) == text || word == format!("VALUE={text}") || plain(word).contains(&*quoted)
}
