//! Why the lines of an overlay are there: by the same reasons as those of any topology, and because of what the document
//! says of the environment.

use super::super::object::Object;
use super::difference::{Op, Operation};
use crate::artifact::Origin;
use crate::model::{FieldPath, field_path};
use crate::topology::{Environment, Service, Topology};

const PATCH: &str = "https://www.rfc-editor.org/rfc/rfc6902#section-4.6";

/// What differs between the document as such and an environment.
pub(super) struct Origins<'a> {
    base: &'a Topology,
    environment: &'a Environment,
}

impl<'a> Origins<'a> {
    pub fn new(base: &'a Topology, environment: &'a Environment) -> Self {
        Self { base, environment }
    }

    /// The document's path of the environment.
    pub fn root(&self) -> FieldPath {
        FieldPath::of_environment(&self.environment.name)
    }

    /// The document's path of the environment's namespace.
    pub fn namespace(&self) -> FieldPath {
        self.root().entry("namespace")
    }

    /// Why an operation is there that makes one object into the other.
    pub fn of_operation(&self, base: &Object, wanted: &Object, operation: &Operation) -> Origin {
        let side = if operation.op == Op::Remove { base } else { wanted };
        let origin = side.notes.nearest(&operation.path.0).unwrap_or_else(|| Origin::new(self.root(), ""));
        let field = self.changed_field(&origin.field);
        match operation.op {
            Op::Add | Op::Replace => Origin { field, ..origin },
            Op::Remove => Origin { field, reason: format!("Only in the base: {}", origin.reason), ..origin },
            Op::Test => Origin::new(
                field,
                "Says which item of the list is meant: where the base has another, nothing is applied",
            )
            .link(PATCH),
        }
    }

    /// The environment's field that makes an object differ.
    pub fn field_of(&self, object: &Object) -> FieldPath {
        self.changed_field(&object.notes.nearest(&[]).map_or_else(FieldPath::default, |origin| origin.field))
    }

    /// The reasons of an object that only the environment has: its fields are the document's, but for those that the
    /// environment changes.
    pub fn own(&self, object: Object) -> Object {
        let notes = object.notes.map(&|origin| Origin { field: self.own_field(origin.field), ..origin });
        Object { notes, ..object }
    }

    /// The environment's field if it changes this one, else the document's.
    pub fn own_field(&self, field: FieldPath) -> FieldPath {
        self.written_field(&field).unwrap_or(field)
    }

    /// The path of what makes a difference about `field`: the environment's own field, or the service's changes, or the
    /// environment as a whole.
    fn changed_field(&self, field: &FieldPath) -> FieldPath {
        self.written_field(field).unwrap_or_else(|| match self.service(field) {
            Some((base, own, _)) if base != own => self.root().entry(own.path()),
            _ => self.root(),
        })
    }

    /// The path of `field` in the environment, if it is another there.
    fn written_field(&self, field: &FieldPath) -> Option<FieldPath> {
        if *field == field_path!("cluster.namespace") {
            return Some(self.namespace());
        }
        let (base, own, rest) = self.service(field)?;
        let first = rest.split('.').next().unwrap_or_default();
        is_changed(base, own, first).then(|| self.root().entry(field))
    }

    /// The service whose field this is, in the base and in the environment, and the field's path in it.
    fn service<'f>(&self, field: &'f str) -> Option<(&'a Service, &'a Service, &'f str)> {
        let path = field.strip_prefix("services.")?;
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let named = |topology: &'a Topology| topology.services.iter().find(|service| service.name.as_str() == name);
        Some((named(self.base)?, named(&self.environment.topology)?, rest))
    }
}

/// Whether a field that environments can change is another.
fn is_changed(base: &Service, own: &Service, field: &str) -> bool {
    match field {
        "image" => base.image != own.image,
        "replicas" | "autoscale" => base.replicas != own.replicas,
        "memory" => base.memory != own.memory,
        "cpu" => base.cpu != own.cpu,
        "env" => base.env != own.env,
        "public" => base.public != own.public,
        "storage" => base.storage != own.storage,
        _ => false,
    }
}
