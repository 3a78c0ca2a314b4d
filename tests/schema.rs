//! The JSON Schema of the document lets in what the document may say.

#![cfg(feature = "schema")]

#[test]
fn nothing_is_required_and_nothing_unknown_is_let_in() {
    let schema = serde_json::to_value(plimsoll::topology::schema()).unwrap();
    let mut objects = vec![&schema];
    objects.extend(schema["$defs"].as_object().unwrap().values());
    let structs: Vec<_> = objects.into_iter().filter(|object| object["properties"].is_object()).collect();
    assert!(structs.len() > 10, "{} structs", structs.len());
    for object in structs {
        assert_eq!(object["additionalProperties"], false, "{object}");
        assert!(object["required"].is_null(), "{object}");
    }
}

/// A document with every kind of service that is built, and with every part that has defaults.
const DOCUMENT: &str = "\
services:
  api: { python: {}, autoscale: { max: 3 }, public: { host: a.example }, database_pool: {}, needs: [db], memory: {} }
  tasks: { celery: {}, needs: [queue] }
  web: { node: {} }
  edge: { go: {} }
  own: { dockerfile: {}, port: 80 }
  image: { image: \"a:1\" }
  db: { postgres: {} }
  queue: { redis: {} }
server: {}
cluster: { nodes: [{}] }
machines: [{}]
traffic: { rate: 10/s }
";

#[test]
fn to_write_a_default_changes_no_file() {
    use plimsoll::edit::{Change, Value, edit};
    use plimsoll::yaml::{self, Node, Segment};

    fn fields(root: &serde_json::Value, schema: &serde_json::Value, node: &Node, path: &[Segment], found: &mut Found) {
        let referred = schema["$ref"].as_str().and_then(|name| root.pointer(name.trim_start_matches('#')));
        let schema = referred.unwrap_or(schema);
        for (key, field) in schema["properties"].as_object().into_iter().flatten() {
            let path = [path, &[Segment::Key(key.clone())]].concat();
            match node.get(key) {
                Some(node) => fields(root, field, node, &path, found),
                None => found.extend(field.get("default").map(|default| (path, default.clone()))),
            }
        }
        for entry in node.entries().iter().filter(|_| schema["additionalProperties"].is_object()) {
            let path = [path, &[Segment::Key(entry.key.clone())]].concat();
            fields(root, &schema["additionalProperties"], &entry.value, &path, found);
        }
        for (index, item) in node.items().iter().enumerate() {
            fields(root, &schema["items"], item, &[path, &[Segment::Index(index)]].concat(), found);
        }
    }
    type Found = Vec<(Vec<Segment>, serde_json::Value)>;

    let files = |text: &str| {
        let outputs = plimsoll::analyze(text).outputs.unwrap();
        outputs.artifacts().into_iter().map(|file| (file.path, file.text)).collect::<Vec<_>>()
    };
    let (schema, mut found) = (serde_json::to_value(plimsoll::topology::schema()).unwrap(), Vec::new());
    fields(&schema, &schema, &yaml::parse(DOCUMENT).root.unwrap(), &[], &mut found);
    assert!(found.len() > 60, "{}", found.len());
    let before = files(DOCUMENT);
    for (path, default) in found {
        let value = match &default {
            serde_json::Value::Bool(truth) => Value::Bool(*truth),
            serde_json::Value::Number(number) => Value::Int(number.as_i64().unwrap()),
            text => Value::from(text.as_str().unwrap()),
        };
        let edits = edit(DOCUMENT, &Change::Set { path: path.clone(), value }).unwrap();
        let text = plimsoll::text::apply(DOCUMENT, &edits);
        assert!(text != DOCUMENT && files(&text) == before, "{path:?}: {default}");
    }
}
