//! Why the lines are there by which a service is reached: its Service, and what leads to it from outside.

// The name under which other pods reach it.
pub const NAME_LEADS_TO_THE_POD: &str =
    "No address of its own: the name leads to the pod itself, as a StatefulSet asks";
pub const PODS_WITH_THIS_LABEL: &str = "The pods that have this label";

pub fn reached_as(service: &str, port: u16, is_public: bool) -> String {
    let gateway = if is_public { ", and so does the gateway" } else { "" };
    format!("Other pods reach it as {service}:{port}{gateway}")
}

// The way from outside.
pub const REQUESTS_COME_IN: &str = "Where requests from outside come in, for all public services";
pub const UNENCRYPTED_AS_ASKED: &str = "Requests without encryption, as asked for";
pub const PLAIN_FOR_REDIRECTS_AND_THE_ISSUER: &str = "Sends people on to HTTPS, and answers the issuer of certificates";
pub const SENT_ON_TO_HTTPS: &str = "Whoever asks without encryption is sent on to HTTPS";
pub const INGRESS_CLASS_MUST_BE_THERE: &str =
    "The IngressClass must be there: it says whose software takes the requests";
pub const HTTPS_ENDS_HERE: &str = "HTTPS ends here, outside of the image, so that a new certificate needs no restart";

pub fn gateway_class_must_be_there(class: &str) -> String {
    format!("The GatewayClass `{class}` must be there: it says whose software takes the requests")
}

pub fn https_ends_here_for(host: &str) -> String {
    format!("HTTPS for {host} ends here, outside of the image, so that a new certificate needs no restart")
}

pub fn requests_go_to(host: &str, service: &str) -> String {
    format!("Requests for {host} go to `{service}`")
}

pub fn certificate_of_the_issuer(issuer: &str) -> String {
    format!("cert-manager gets and renews the certificate, from the ClusterIssuer `{issuer}`")
}

pub fn certificates_of_all_listeners(issuer: &str) -> String {
    format!("cert-manager gets and renews the certificates of all listeners, from the ClusterIssuer `{issuer}`")
}
