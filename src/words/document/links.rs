//! What is said of what ties services to one another and to the outside: needs, hosts, ports of the server.

use crate::topology::Name;

// Needs.
pub const DANGLING_NEED_HELP: &str = "Add it to `services`, or remove it here";
pub const UNRELIABLE_NEED_HELP: &str = "Remove it here";
pub const NEED_TWICE_HELP: &str = "Once is enough";
pub const REMOVE_A_NEED: &str = "Remove one of these needs";

pub fn too_many_needs(count: usize, most: usize) -> String {
    format!("{count} needs are more than the {most} that one service can have")
}

pub fn unreliable_need(service: &str) -> String {
    format!("`{service}` runs now and then, so nobody can rely on it")
}

pub fn need_twice(service: &str) -> String {
    format!("`{service}` is named twice")
}

/// Of a service that needs the first of `circle`, which needs the next, and so on up to the service itself.
pub fn circular_needs(service: &Name, circle: &[&str]) -> String {
    format!("`{service}` would wait for itself: it needs {}", circle.join(", which needs "))
}

// Hosts.
pub const TWO_WITH_A_HOST_HELP: &str = "Give each a host of its own";
pub const TOO_MANY_ENCRYPTED_HELP: &str = "Split the document, or write `gateway: ingress` in `cluster`";
pub const PUBLIC_WITHOUT_PORT_HELP: &str = "Add `port`, or remove `public`";
pub const SPEAKS_NO_HTTP_HELP: &str = "Remove `public`; other services reach it by its name";
pub const PUBLIC_WITHOUT_HOST: &str = "A public service needs a host";
pub const PUBLIC_WITHOUT_HOST_HELP: &str = "Add `host`, such as `shop.example.com`";
pub const NO_HOST_NAME_HELP: &str = "Write a DNS name in lower case, such as `shop.example.com`";

pub fn two_with_a_host(host: &str) -> String {
    format!("Two services claim the host `{host}`")
}

pub fn too_many_encrypted(most: usize) -> String {
    format!("A Gateway has 64 listeners, so {most} hosts with HTTPS are the most")
}

/// Of a service that is to be reached from outside.
pub fn no_port(service: &Name) -> String {
    format!("`{service}` listens on no port")
}

pub fn speaks_no_http(kind: &str) -> String {
    format!("{kind} speaks no HTTP, so no proxy can lead to it")
}

pub fn no_host_name(text: &str) -> String {
    format!("`{text}` is no host name")
}

// Why a variable is there.
pub const UVICORN_BEHIND_PROXY: &str = "HTTPS ends at the proxy: without this, Uvicorn believes X-Forwarded-* from \
                                        127.0.0.1 alone, and redirects to http://";
pub const GUNICORN_BEHIND_PROXY: &str =
    "HTTPS ends at the proxy: without this, Gunicorn believes X-Forwarded-* from 127.0.0.1 alone";

// Ports of the server.
pub const PUBLISHED_WITHOUT_PORT_HELP: &str = "Add `port`, or remove `publish`";
pub const REPLICAS_SHARE_NO_PORT_HELP: &str =
    "Make it `public`, so that a proxy stands before them, or keep one replica";
pub const PORT_TAKEN_HELP: &str = "Give `publish` another port";
pub const NOT_OPENED_HELP: &str =
    "To try it from the server, give it a `publish` of its own; `publish: false` says that it needs none";

pub fn replicas_share_no_port(replicas: u32) -> String {
    format!("{replicas} replicas cannot share one port of the server")
}

/// Of a port that a service asks for; that of no other service is the reverse proxy's.
pub fn port_taken(port: u16, by: Option<&Name>) -> String {
    match by {
        Some(service) => format!("Port {port} of the server is already taken by `{service}`"),
        None => format!("Port {port} of the server is already taken by the reverse proxy"),
    }
}

/// Of a port that would have been opened without being asked for; that of no other service is the reverse proxy's.
pub fn not_opened(service: &Name, port: u16, by: Option<&Name>) -> String {
    match by {
        Some(other) => format!("`{service}` is not opened on the server: its port {port} is taken by `{other}`"),
        None => format!("`{service}` is not opened on the server: its port {port} is taken by the reverse proxy"),
    }
}

// Ways out.
pub const OUT_TO_EXTERNAL_HELP: &str = "Let the server's firewall pass what goes there, and nothing else";
pub const OUT_BY_PUBLISHED_PORT_HELP: &str = "Remove `publish`, or make it `public`: the proxy reaches it without";

pub fn out_to_external(service: &Name, external: &Name) -> String {
    format!("On the server `{service}` can get out, since `{external}` lies outside")
}

pub fn out_by_published_port(service: &Name) -> String {
    format!("On the server `{service}` can get out, since its published port needs a network that leads out")
}
