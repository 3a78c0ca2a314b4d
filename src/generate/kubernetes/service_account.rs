//! Who a service's pods are in the eyes of the cluster.

use super::object::Noted;
use super::{Context, labels};
use crate::generate::notes::Notes;
use k8s_openapi::api::core::v1::ServiceAccount;

/// Why pods need no token.
pub(super) const LINK: &str = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting";

/// The ServiceAccount of a service.
pub(super) fn service_account(context: Context) -> Noted<ServiceAccount> {
    let reason = "An account of its own, whose token no pod is given: whoever breaks in cannot ask the cluster's API";
    let account = ServiceAccount {
        metadata: labels::metadata(context, context.service.name.as_str()),
        automount_service_account_token: Some(false),
        ..ServiceAccount::default()
    };
    Noted::new(account, Notes::new(context.origin("", reason).link(LINK)))
}
