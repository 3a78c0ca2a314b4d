//! Builds the form of a part of a text.

use super::super::schema::Schema;
use super::effective::effective;
use super::{Control, Field, Form};
use crate::edit::{KINDS, Path, Refusal, field_order};
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::topology::{self, Rate, Topology};
use crate::yaml::{Node, Segment, Value, parse, read};

/// The fields of a service that most documents have. The page shows the others on request.
const USUAL: &[&str] = &[
    "image",
    "port",
    "workers",
    "replicas",
    "autoscale",
    "memory",
    "cpu",
    "env",
    "secrets",
    "before_start",
    "health",
    "needs",
    "public",
    "storage",
];

/// Returns the form of the part at `path`; nothing if the document may not have such a part, or if the path names a service or
/// an item that is not there.
///
/// # Errors
///
/// When the text cannot be read.
pub fn form(text: &str, path: &[Segment]) -> Result<Option<Form>, Refusal> {
    let parsed = parse(text);
    let why = || parsed.findings.first().map_or_else(String::new, |finding| finding.message.to_string());
    let Some(root) = &parsed.root else { return Err(Refusal::Unreadable { why: why() }) };
    let (document, _) = read(root);
    let topology = document.map(|document| topology::resolve(&document).topology);
    let services = root.get("services").map_or(&[][..], Node::entries).iter().map(|entry| entry.key.clone()).collect();
    let about = About { topology, services };

    let (mut schema, mut node, mut is_named) = (Schema::document(), Some(root), false);
    for step in path {
        let (next, below) = match step {
            Segment::Key(key) => {
                is_named = schema.field(key).is_none();
                (schema.field(key).or_else(|| schema.any_field()), node.and_then(|node| node.get(key)))
            }
            Segment::Index(index) => {
                is_named = true;
                (schema.item(), node.and_then(|node| node.items().get(*index)))
            }
        };
        let Some(next) = next else { return Ok(None) };
        (schema, node) = (next, below);
    }
    // Named entries and items exist or not; a part of the format can always be filled in.
    if !schema.has_fields() || is_named && node.is_none() {
        return Ok(None);
    }
    Ok(Some(Form { is_written: node.is_some(), fields: about.fields(schema, node, path) }))
}

/// The context of all fields.
struct About {
    topology: Option<Topology>,
    /// The names of the services.
    services: Vec<String>,
}

impl About {
    /// The fields of a map.
    fn fields(&self, schema: Schema, node: Option<&Node>, path: &[Segment]) -> Vec<Field> {
        let order = field_order(path);
        let mut keys: Vec<&str> = schema.keys().collect();
        sorting::sort_by_key(&mut keys, |key| order.iter().position(|known| known == key));
        let is_service = schema.type_name() == "Service";
        let kind = is_service.then(|| kind_of(node));
        let mut fields = Vec::new();
        if let (Some(kind), Some(Segment::Key(service))) = (kind, path.last()) {
            let control = Control::Kind { service: service.clone(), value: kind.to_owned() };
            let help = "What the service is: a program built from your code, an image, or a well-known service.";
            fields.push(self.field(path.to_vec(), (help.to_owned(), None), true, control));
        }
        for key in keys {
            // The kind control above chooses among the kinds. A built image may have a name beside.
            let is_other =
                kind.is_some_and(|kind| KINDS.iter().any(|one| one.key == key) && key != kind && key != "image");
            let part_of_document = path.is_empty() && ["services", "server", "cluster", "traffic"].contains(&key);
            if is_other || part_of_document {
                continue;
            }
            if let Some(schema) = schema.field(key) {
                let path: Path = path.iter().cloned().chain([Segment::Key(key.to_owned())]).collect();
                let written = node.and_then(|node| node.get(key));
                let control = self.control(schema, written, &path);
                let mut field = self.field(path, (schema.about(), schema.shown_default()), written.is_some(), control);
                field.is_usual = !is_service || USUAL.contains(&key) || Some(key) == kind;
                fields.push(field);
            }
        }
        fields
    }

    fn field(
        &self,
        path: Path,
        (about, default): (String, Option<String>),
        is_written: bool,
        control: Control,
    ) -> Field {
        let effective = self.topology.as_ref().and_then(|topology| effective(topology, &path));
        let effective = effective.filter(|_| !is_written);
        Field { path, about, default, effective, is_written, is_usual: true, control }
    }

    fn control(&self, schema: Schema, node: Option<&Node>, path: &[Segment]) -> Control {
        let node = node.filter(|node| node.value != Value::Null);
        let below = |step: Segment| -> Path { path.iter().cloned().chain([step]).collect() };
        let is_map = node.is_none_or(|node| matches!(node.value, Value::Mapping(_)));
        let is_list = node.is_none_or(|node| matches!(node.value, Value::Sequence(_)));
        let (entries, items) = (node.map_or(&[][..], Node::entries), node.map_or(&[][..], Node::items));
        if schema.has_fields() {
            return if is_map { Control::Group { fields: self.fields(schema, node, path) } } else { Control::TextOnly };
        }
        if let Some(any) = schema.any_field() {
            if any.has_fields() {
                let named = entries.iter().map(|entry| {
                    let path = below(Segment::Key(entry.key.clone()));
                    (entry.key.clone(), self.fields(any, Some(&entry.value), &path))
                });
                return if is_map { Control::Named { entries: named.collect() } } else { Control::TextOnly };
            }
            let pairs: Option<_> =
                entries.iter().map(|entry| Some((entry.key.clone(), scalar(&entry.value)?))).collect();
            return pairs.filter(|_| is_map).map_or(Control::TextOnly, |entries| Control::Pairs { entries });
        }
        if let Some(item) = schema.item() {
            if item.has_fields() {
                let items = items.iter().enumerate();
                let items = items.map(|(index, node)| self.fields(item, Some(node), &below(Segment::Index(index))));
                return if is_list { Control::Items { items: items.collect() } } else { Control::TextOnly };
            }
            let texts: Option<_> = items.iter().map(scalar).collect();
            return texts
                .filter(|_| is_list)
                .map_or(Control::TextOnly, |items| Control::Names { items, known: self.known(path) });
        }
        let Some(value) = node.map_or(Some(String::new()), scalar) else { return Control::TextOnly };
        match schema.choices() {
            Some(choices) => Control::Choice { value, choices, takes: schema.takes() },
            None => Control::Text { echo: echo(schema.type_name(), &value), value, takes: schema.takes() },
        }
    }

    /// Likely items of a list of names.
    fn known(&self, path: &[Segment]) -> Vec<String> {
        match path {
            [.., Segment::Key(own), Segment::Key(last)] if last == "needs" => {
                self.services.iter().filter(|name| *name != own).cloned().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The key of the kind of a service; empty if it has none.
fn kind_of(node: Option<&Node>) -> &'static str {
    let is_there = |key: &str| node.is_some_and(|node| node.get(key).is_some());
    let mut kinds = KINDS.iter().map(|kind| kind.key).filter(|key| is_there(key));
    let first = kinds.next().unwrap_or_default();
    // Beside another kind, an image is a name.
    if first == "image" { kinds.next().unwrap_or(first) } else { first }
}

fn scalar(node: &Node) -> Option<String> {
    match node.value {
        Value::Null => Some(String::new()),
        _ => node.text().map(str::to_owned),
    }
}

/// The amount in other units.
fn echo(type_name: &str, value: &str) -> Option<String> {
    let said = match type_name {
        "Memory" => {
            let memory: Memory = value.parse().ok()?;
            let binary = value.trim_end_matches(['b', 'B']).ends_with('i');
            if binary { decimal(memory.bytes()) } else { memory.to_string() }
        }
        "Cpu" => value.parse::<Cpu>().ok()?.to_string(),
        "Rate" => value.parse::<Rate>().ok()?.to_string(),
        "Duration" => value.parse::<topology::Duration>().ok()?.to_string(),
        _ => return None,
    };
    (said.replace(' ', "") != value.replace(' ', "")).then(|| format!("= {said}"))
}

/// Bytes in decimal units, to three digits.
fn decimal(bytes: u64) -> String {
    const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    let power = bytes.checked_ilog10().unwrap_or(0) / 3;
    let unit = UNITS[power as usize];
    let hundredths = u128::from(bytes) * 100 / 1000_u128.pow(power);
    let decimals = match hundredths {
        10_000.. => 0,
        1000.. => 1,
        _ => 2,
    };
    let step = 10_u128.pow(2 - decimals);
    let rounded = (hundredths + step / 2) / step * step;
    let number = format!("{}.{:02}", rounded / 100, rounded % 100);
    format!("{} {unit}", number.trim_end_matches('0').trim_end_matches('.'))
}
