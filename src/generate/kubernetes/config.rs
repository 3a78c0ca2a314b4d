//! The variables of a service: plain ones in a ConfigMap, secret ones by reference.

use super::object::Noted;
use super::{Context, labels, names};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::{Service, Variable, VariableValue};
use k8s_openapi::api::core::v1::{
    ConfigMap, ConfigMapEnvSource, EnvFromSource, EnvVar, EnvVarSource, SecretKeySelector,
};
use std::collections::BTreeMap;

/// The pods' annotation that changes with the ConfigMap.
pub(super) const CHECKSUM: &str = "checksum/config";

/// The variables of a container.
pub(super) struct Variables {
    /// Those that the ConfigMap holds.
    pub from: Noted<Vec<EnvFromSource>>,
    /// Those whose value a Secret holds.
    pub own: Noted<Vec<EnvVar>>,
}

/// The ConfigMap of a service, if it has plain variables.
pub(super) fn config_map(context: Context) -> Option<Noted<ConfigMap>> {
    let data = plain(context.service);
    if data.is_empty() {
        return None;
    }
    let reason = format!("The variables of `{}` that are no secrets", context.service.name);
    let link = "https://kubernetes.io/docs/concepts/configuration/configmap/";
    let mut notes = Notes::new(context.origin(service_field!("env"), reason).link(link));
    for variable in &context.service.env {
        notes.at(path!["data", variable.name.as_str()], origin(variable));
    }
    let data = data.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let metadata = labels::metadata(context, context.service.name.as_str());
    Some(Noted::new(ConfigMap { metadata, data: Some(data), ..ConfigMap::default() }, notes))
}

/// What changes with the ConfigMap and with nothing else; nothing where there is none.
pub(super) fn checksum(service: &Service) -> Option<String> {
    let data = plain(service);
    // Debug quotes names and values, so that no two lists read alike.
    (!data.is_empty()).then(|| names::digest(&format!("{data:?}")))
}

/// How a container gets the service's variables.
pub(super) fn variables(context: Context) -> Variables {
    let service = context.service;
    let name = service.name.to_string();
    let reason = format!("Every variable of the ConfigMap `{name}`");
    let reference = ConfigMapEnvSource { name, optional: None };
    let from = EnvFromSource { config_map_ref: Some(reference), ..EnvFromSource::default() };
    let mut secrets = Noted::new(Vec::new(), Notes::default());
    for variable in &service.env {
        let VariableValue::Secret { key } = &variable.value else { continue };
        let index = secrets.value.len();
        secrets.notes.at(path![index], secret_origin(context, variable));
        secrets.value.push(EnvVar {
            name: variable.name.clone(),
            value: None,
            value_from: Some(EnvVarSource {
                secret_key_ref: Some(SecretKeySelector {
                    name: context.topology.name.to_string(),
                    key: key.clone(),
                    optional: None,
                }),
                ..EnvVarSource::default()
            }),
        });
    }
    let from = if plain(service).is_empty() { Vec::new() } else { vec![from] };
    Variables { from: Noted::new(from, Notes::new(context.origin(service_field!("env"), reason))), own: secrets }
}

fn plain(service: &Service) -> BTreeMap<&str, &str> {
    let mut plain = BTreeMap::new();
    for variable in &service.env {
        if let VariableValue::Plain(value) = &variable.value {
            plain.insert(variable.name.as_str(), value.as_str());
        }
    }
    plain
}

fn origin(variable: &Variable) -> Origin {
    Origin::new(&variable.field, variable.reason.unwrap_or("A variable that you set"))
}

fn secret_origin(context: Context, variable: &Variable) -> Origin {
    let (secret, namespace) = (context.topology.name.as_str(), &context.cluster.namespace);
    let reason = if context.topology.environments.is_empty() {
        format!(
            "The value stands in no file: kubectl create secret generic {secret} --namespace {namespace} \
             --from-env-file=.env"
        )
    } else {
        format!("The value stands in no file: each environment has a Secret `{secret}` of its own")
    };
    let link = "https://kubernetes.io/docs/tasks/configmap-secret/managing-secret-using-kubectl/";
    Origin::new(&variable.field, reason).link(link)
}
