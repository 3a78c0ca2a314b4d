//! Changing a document by small edits of its text, so that its comments and its formatting stay.
//!
//! A [`Change`] is planned on the tree that knows where everything stands, written as edits, and then proved: the new
//! text is read again, and must say exactly what was asked for, and nothing else anew. What cannot be proved is
//! refused, in words; so whatever the text looks like, it is changed right or not at all.

mod draft;
mod kinds;
mod model;
mod place;
mod refusal;
mod remove;
mod render;
mod services;
mod set;
mod source;
mod value;

pub use kinds::{KINDS, Kind, free_name};
pub use refusal::Refusal;
pub use value::Value;

use crate::text::{Edit, Span};
use crate::topology::Document;
use crate::yaml::{self, Node, Segment, known_keys};
use draft::Draft;
use serde::{Deserialize, Serialize};

/// A way through maps and lists.
pub type Path = Vec<Segment>;

/// What is to change in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// Say `value` at `path`; maps and lists on the way there are made. The index behind a list's last appends to it.
    Set {
        /// Where.
        path: Path,
        /// What.
        value: Value,
    },
    /// Say nothing at `path` any more, so that its default holds; maps and lists that this leaves empty go too, if
    /// being there says nothing.
    Remove {
        /// Where.
        path: Path,
    },
    /// Give what stands at `path` another key.
    Rename {
        /// Where.
        path: Path,
        /// The new key.
        to: String,
    },
    /// Make something else of a service: its key that says so, such as `python`, gives way to another.
    ChangeKind {
        /// Its name.
        service: String,
        /// The key of one of [`KINDS`].
        kind: String,
    },
    /// Add a service.
    AddService {
        /// Its name; see [`free_name`].
        name: String,
        /// What it is; see [`Kind::service`].
        service: Value,
    },
    /// Give a service another name, in all `needs` and environments too.
    RenameService {
        /// Its name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Remove a service, also from all `needs` and environments.
    RemoveService {
        /// Its name.
        name: String,
    },
    /// Let a service need another.
    Connect {
        /// The one that connects.
        service: String,
        /// The one that it connects to.
        needs: String,
    },
    /// Let a service need another no more.
    Disconnect {
        /// The one that connects.
        service: String,
        /// The one that it connects to.
        needs: String,
    },
}

/// The edits of `text` by which it says what `change` asks for: none, if it does already. They are in the order of the
/// text, and none overlaps another.
///
/// ```
/// use plimsoll::edit::{Change, edit};
///
/// let text = "services:\n  api: { python: {} } # mine\n  db: { postgres: {} }\n";
/// let change = Change::Connect { service: "api".to_owned(), needs: "db".to_owned() };
/// let edited = plimsoll::text::apply(text, &edit(text, &change)?);
/// assert_eq!(edited, "services:\n  api: { python: {}, needs: [db] } # mine\n  db: { postgres: {} }\n");
/// # Ok::<(), plimsoll::edit::Refusal>(())
/// ```
///
/// # Errors
///
/// When the text cannot be read, or says the value in a way that others depend on, or that is too unusual to change.
pub fn edit(text: &str, change: &Change) -> Result<Vec<Edit>, Refusal> {
    let mut draft = Draft::new(text)?;
    match change {
        Change::Set { path, value } => set::set(&mut draft, path, value)?,
        Change::Remove { path } => remove::clear(&mut draft, path)?,
        Change::Rename { path, to } => services::rename_key(&mut draft, path, to)?,
        Change::ChangeKind { service, kind } => services::change_kind(&mut draft, service, kind)?,
        Change::AddService { name, service } => services::add(&mut draft, name, service)?,
        Change::RenameService { from, to } => services::rename(&mut draft, from, to)?,
        Change::RemoveService { name } => services::remove_service(&mut draft, name)?,
        Change::Connect { service, needs } => services::connect(&mut draft, service, needs)?,
        Change::Disconnect { service, needs } => services::disconnect(&mut draft, service, needs)?,
    }
    Ok(draft.into_edits())
}

/// The keys that a map at `path` may have, in the order of the format; none where any key may stand.
pub(crate) fn field_order(path: &[Segment]) -> &'static [&'static str] {
    let first = |step: &Segment| match step {
        Segment::Index(_) => Segment::Index(0),
        Segment::Key(key) => Segment::Key(key.clone()),
    };
    let path: Path = path.iter().map(first).collect();
    let nothing = Node { value: yaml::Value::Null, span: Span::default() };
    let Ok(root) = model::set(&nothing, &path, &Value::empty()) else { return &[] };
    model::find(&root, &path).map_or(&[], |map| known_keys::<Document>(&root, map))
}

/// A path as a person would write it: `services.api.memory.limit`.
pub fn shown(path: &[Segment]) -> String {
    let step = |step: &Segment| match step {
        Segment::Key(key) => key.clone(),
        Segment::Index(index) => index.to_string(),
    };
    path.iter().map(step).collect::<Vec<_>>().join(".")
}
