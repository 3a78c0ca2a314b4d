//! Who a service's pods are in the eyes of the cluster.

use super::object::Noted;
use super::{Context, labels};
use crate::artifact::Origin;
use crate::generate::notes::Notes;
use k8s_openapi::api::core::v1::ServiceAccount;

const LINK: &str = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting";

/// The ServiceAccount of a service.
pub(super) fn service_account(context: Context) -> Noted<ServiceAccount> {
    let account = ServiceAccount {
        metadata: labels::metadata(context, context.service.name.as_str()),
        automount_service_account_token: Some(false),
        ..ServiceAccount::default()
    };
    Noted::new(account, Notes::new(origin(context)))
}

/// Why there is an account, and no token.
pub(super) fn origin(context: Context) -> Origin {
    context
        .origin_of_service(
            "An account of its own, whose token the process is not given: whoever breaks in cannot ask the cluster's \
             API",
        )
        .link(LINK)
}
