//! What has to hold for any bytes at all, as functions over bytes: they panic where it does not.
//!
//! Each returns a number that tells kinds of behaviour apart, so that a search can tell whether an input led anywhere new.

pub mod search;

use plimsoll::analyze;
use plimsoll::edit::{Change, Path, Value, edit as plan_edit};
use plimsoll::share::{self, LinkError, MAX_BYTES};
use plimsoll::text::{Edit, LineIndex, apply};
use plimsoll::yaml::{Node, Segment, parse};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Reads a document: places lie within the text, the result is the same every time, and nothing panics.
///
/// # Panics
/// When that does not hold.
#[must_use]
pub fn document(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let mut shape = BTreeSet::new();
    if let Some(root) = parse(&text).root {
        check_places(&root, &text, &mut shape);
    }
    let analysis = analyze(&text);
    let lines = LineIndex::new(&text);
    for finding in &analysis.findings {
        let place = text.get(finding.span.start..finding.span.end);
        assert!(place.is_some(), "a finding lies outside of the text or within a character: {finding:?}");
        assert!(!finding.message.is_empty(), "a finding says nothing: {finding:?}");
        lines.position(finding.span.start);
        if let Some(fix) = &finding.fix {
            check_edits(&text, &fix.edits);
        }
    }
    let rules: BTreeSet<&str> = analysis.findings.iter().map(|finding| finding.rule.id).collect();
    let files = analysis.outputs.map(|outputs| {
        let files = outputs.artifacts();
        let again = analyze(&text).outputs.map(|outputs| outputs.artifacts());
        let same =
            again.is_some_and(|again| again.iter().map(|file| &file.text).eq(files.iter().map(|file| &file.text)));
        assert!(same, "the same text gives other files");
        files.len()
    });
    fingerprint(&(shape, rules, files))
}

/// Changes a document: the edits lie in order within the text, what comes of them can be read, and setting or connecting
/// the same again asks for nothing.
///
/// The first bytes choose the change, the rest is the document.
///
/// # Panics
/// When that does not hold.
#[must_use]
pub fn edit(bytes: &[u8]) -> u64 {
    let Some((choices, rest)) = bytes.split_first_chunk::<CHOICES>() else { return 0 };
    let text = String::from_utf8_lossy(rest);
    let Some(root) = parse(&text).root else { return 0 };
    let change = change(*choices, &root);
    let kind = std::mem::discriminant(&change);
    let edits = match plan_edit(&text, &change) {
        Ok(edits) => edits,
        // What a refusal says depends on the names in the document; how it begins does not.
        Err(refusal) => return fingerprint(&(kind, refusal.to_string().split('`').next())),
    };
    check_edits(&text, &edits);
    let edited = apply(&text, &edits);
    assert!(parse(&edited).root.is_some(), "{change:?} leaves what cannot be read:\n{edited}");
    if matches!(change, Change::Set { .. } | Change::Connect { .. }) {
        let again = plan_edit(&edited, &change);
        assert!(again.as_deref() == Ok(&[]), "{change:?} asks for more when it was done: {again:?}\n{edited}");
    }
    let lengths: Vec<(bool, bool)> =
        edits.iter().map(|edit| (edit.span.start == edit.span.end, edit.text.contains('\n'))).collect();
    fingerprint(&(kind, lengths))
}

/// Opens a share link: it gives a text of bounded size or says why not, and that text can be shared again.
///
/// # Panics
/// When that does not hold.
#[must_use]
pub fn link(bytes: &[u8]) -> u64 {
    let as_written = outcome(&String::from_utf8_lossy(bytes));
    let as_packed = outcome(&share::write(bytes));
    fingerprint(&(as_written, as_packed))
}

fn outcome(fragment: &str) -> (u8, usize) {
    match share::open(fragment) {
        Ok(None) => (0, 0),
        Ok(Some(text)) => {
            assert!(text.len() <= MAX_BYTES, "a text of {} bytes comes out of a link", text.len());
            let again = share::fragment(&text).and_then(|fragment| share::open(&fragment));
            assert!(again.as_ref().is_ok_and(|again| again.as_ref() == Some(&text)), "shared again: {again:?}");
            (1, text.len().ilog2_or_zero())
        }
        Err(LinkError::Damaged) => (2, 0),
        Err(LinkError::CutOff) => (3, 0),
        Err(LinkError::TooLong) => (4, 0),
        Err(LinkError::NotText) => (5, 0),
        Err(LinkError::Newer { by }) => (6, usize::from(by.is_some())),
    }
}

/// So that texts of about the same size count as the same behaviour.
trait Magnitude {
    fn ilog2_or_zero(self) -> usize;
}

impl Magnitude for usize {
    fn ilog2_or_zero(self) -> usize {
        self.checked_ilog2().map_or(0, |log| log as usize)
    }
}

/// Every value and key lies within the text, on the edges of characters. Notes in `shape` which kinds there are how deep.
fn check_places(root: &Node, text: &str, shape: &mut BTreeSet<(usize, u8)>) {
    let mut left = vec![(0, root)];
    while let Some((depth, node)) = left.pop() {
        let is_within = |span: plimsoll::text::Span| text.get(span.start..span.end).is_some();
        assert!(is_within(node.span), "a value lies outside of the text: {:?}", node.span);
        shape.insert((depth, kind(node)));
        for entry in node.entries() {
            assert!(is_within(entry.key_span), "a key lies outside of the text: {:?}", entry.key_span);
            left.push((depth + 1, &entry.value));
        }
        left.extend(node.items().iter().map(|item| (depth + 1, item)));
    }
}

fn kind(node: &Node) -> u8 {
    use plimsoll::yaml::Value;
    match node.value {
        Value::Null => 0,
        Value::Bool(..) => 1,
        Value::Int(..) => 2,
        Value::Float(..) => 3,
        Value::String(..) => 4,
        Value::Sequence(..) => 5,
        Value::Mapping(..) => 6,
    }
}

fn check_edits(text: &str, edits: &[Edit]) {
    let mut end = 0;
    for edit in edits {
        assert!(edit.span.start >= end, "edits overlap or are out of order: {edits:?}");
        assert!(text.get(edit.span.start..edit.span.end).is_some(), "an edit lies outside of the text: {edit:?}");
        end = edit.span.end;
    }
}

/// How many bytes choose a change.
const CHOICES: usize = 4;

/// A change of the document, mostly of what is there.
fn change([kind, place, other, value]: [u8; CHOICES], root: &Node) -> Change {
    let services = root.get("services").map_or(&[][..], Node::entries);
    let service = |choice: u8| match services.get(usize::from(choice) % (services.len() + 1)) {
        Some(entry) => entry.key.clone(),
        None => "added".to_owned(),
    };
    match kind % 9 {
        0 => Change::Set { path: path(root, place, other), value: new_value(value) },
        1 => Change::Remove { path: path(root, place, other) },
        2 => Change::Rename { path: path(root, place, other), to: name(value) },
        3 => Change::ChangeKind { service: service(place), kind: kind_of_service(other) },
        4 => Change::AddService { name: service(place), service: Value::of(&kind_of_service(other), new_value(value)) },
        5 => Change::RenameService { from: service(place), to: name(value) },
        6 => Change::RemoveService { name: service(place) },
        7 => Change::Connect { service: service(place), needs: service(other) },
        _ => Change::Disconnect { service: service(place), needs: service(other) },
    }
}

fn kind_of_service(choice: u8) -> String {
    let kinds = &plimsoll::edit::KINDS;
    kinds[usize::from(choice) % kinds.len()].key.to_owned()
}

/// Walks down from the root, by one choice to all depths, and may end at what is not there.
fn path(root: &Node, place: u8, other: u8) -> Path {
    let mut path = Path::new();
    let mut node = root;
    let mut choice = usize::from(place) << 8 | usize::from(other);
    loop {
        let (entries, items) = (node.entries(), node.items());
        let next = choice % (entries.len() + items.len() + 1);
        choice = choice / (entries.len() + items.len() + 1) + next;
        node = match (entries.get(next), items.get(next)) {
            (Some(entry), _) => {
                path.push(Segment::Key(entry.key.clone()));
                &entry.value
            }
            (_, Some(item)) => {
                path.push(Segment::Index(next));
                item
            }
            _ if items.is_empty() => {
                if path.is_empty() || other.is_multiple_of(3) {
                    path.push(Segment::Key(name(other)));
                }
                return path;
            }
            _ => {
                path.push(Segment::Index(next));
                return path;
            }
        };
    }
}

fn name(choice: u8) -> String {
    const NAMES: [&str; 8] = ["api", "db", "new", "needs", "", "true", "a: b", "é\n#"];
    NAMES[usize::from(choice) % NAMES.len()].to_owned()
}

fn new_value(choice: u8) -> Value {
    match choice % 8 {
        0 => Value::Null,
        1 => Value::Bool(choice > 127),
        2 => Value::Int(i64::from(choice) - 128),
        3 => Value::Float((f64::from(choice) / 3.0).to_string()),
        4 => Value::empty(),
        5 => Value::List(vec![name(choice / 8).as_str().into(), Value::Null]),
        6 => Value::of(&name(choice / 8), Value::List(Vec::new())),
        _ => name(choice / 8).as_str().into(),
    }
}

fn fingerprint(behaviour: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    behaviour.hash(&mut hasher);
    hasher.finish()
}
