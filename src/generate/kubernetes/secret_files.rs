//! The secrets that a process reads from files.

use super::Context;
use super::object::Noted;
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::SECRETS_FOLDER;
use k8s_openapi::api::core::v1::{KeyToPath, SecretVolumeSource, Volume, VolumeMount};

const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod";
/// The volume of the files.
pub(super) const VOLUME: &str = "secrets";
/// The right to read, for the owner, which is root, and for the group, which is the process's.
const READ_ONLY: i32 = 0o440;

/// The volume of a service's secret files, if it has any.
pub(super) fn volume(context: Context) -> Option<Noted<Volume>> {
    let keys = &context.service.secret_files;
    if keys.is_empty() {
        return None;
    }
    let mut notes = Notes::new(origin(context));
    let reason = format!("Group {} may read them, which is that of the process", context.service.user.gid);
    notes.at(path!["secret", "defaultMode"], context.origin(service_field!("secrets_as"), reason).link(LINK));
    let item = |key: &String| KeyToPath { key: key.clone(), path: key.clone(), mode: None };
    let secret = SecretVolumeSource {
        secret_name: Some(context.topology.name.to_string()),
        items: Some(keys.iter().map(item).collect()),
        default_mode: Some(READ_ONLY),
        optional: None,
    };
    Some(Noted::new(Volume { name: VOLUME.to_owned(), secret: Some(secret), ..Volume::default() }, notes))
}

/// Where that volume is mounted.
pub(super) fn mount(context: Context) -> Option<Noted<VolumeMount>> {
    if context.service.secret_files.is_empty() {
        return None;
    }
    let mount = VolumeMount {
        name: VOLUME.to_owned(),
        mount_path: SECRETS_FOLDER.to_owned(),
        read_only: Some(true),
        ..VolumeMount::default()
    };
    Some(Noted::new(mount, Notes::new(origin(context))))
}

fn origin(context: Context) -> Origin {
    let reason = format!(
        "Secrets in files below {SECRETS_FOLDER}, in memory, which neither children nor error reports inherit; their \
         values stand in the Secret `{}` alone",
        context.topology.name
    );
    context.origin(service_field!("secrets_as"), reason).link(LINK)
}
