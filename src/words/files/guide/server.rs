//! What DEPLOY.md says of a server.

use crate::words::files::all_of;

// What has to be there.
pub const TAKES_DOCKER: &str = "It takes Docker Engine 25 and Docker Compose 2.22, or newer, and a Docker that is \
    enabled, so that it starts with the server:";
pub const MISSING_IN_ENV: &str = "This names what is missing in `.env`; it says nothing where nothing is:";

/// Of the names that are public; by HTTPS where there is one with a certificate.
pub fn names_lead_to_the_server(hosts: &[&str], with_certificates: bool) -> String {
    let ports = if with_certificates {
        "ports 80 and 443: certificates are issued only where both lead here"
    } else {
        "port 80"
    };
    let names = if hosts.len() == 1 { "name" } else { "names" };
    format!("Let the DNS {names} {} point at the server, and let its firewall pass {ports}.", all_of(hosts))
}

/// Of a service that somebody else runs, at `host` if that is known.
pub fn not_started_here(service: &str, host: Option<&str>) -> String {
    let place = host.map(|host| format!(" (`{host}`)")).unwrap_or_default();
    format!("`{service}`{place} is not started here. It has to let this server in.")
}

// Secrets that are files.
pub const SECRETS_BECOME_FILES: &str = "Some secrets are mounted as files, which these commands make of `.env`:";
pub const FILES_THAT_CONTAINERS_READ: &str = "Keep the folder out of version control, too. Only you can enter it; the \
    files in it are readable, since each container reads its own as a user that the server does not know. None may \
    have 0 bytes:";

// The start.
pub const BEFORE_THE_FIRST_START: &str = "Before the first start, and before a release that asks for it:";
pub const BUILD_AND_START: &str = "Build and start it all:";
pub const HEALTH_CHECKS_PASS: &str =
    "This waits until every health check passes. Look at what runs, and at what it says:";
pub const FIRST_CERTIFICATE: &str = "The first certificate takes some seconds. If none comes, the proxy says why:";

pub fn answers_on_the_server(service: &str) -> String {
    format!("`{service}` answers on the server itself:")
}

// What cron starts.
pub const CRONTAB_IN_UTC: &str = "Then let cron do so. Its times are the server's, and these are UTC: `date +%Z` says \
    whether that is the same. `crontab -l` shows the line.";

pub fn let_it_run_once(service: &str) -> String {
    format!("`{service}` runs now and then, and not with the rest. Let it run once, and look at how it ends:")
}

// A new release.
pub const NEW_RELEASE: &str = "A new release";
pub const BUILD_AND_START_ANEW: &str = "After a change of the code, of these files or of `.env`, build and start it \
    all again; what did not change goes on running. To go back, check out the version before and do the same. What a \
    step has done to a database stays.";
pub const IMAGES_THAT_CRON_STARTS: &str = "That builds no image which only cron starts:";
pub const SECRET_FILES_ANEW: &str = "A change of a secret that is a file: make the files again, then";
pub const MENDED_IMAGES: &str =
    "Now and then, fetch what has been mended in the images that all this rests on, and build and start it again:";

/// Of a service that is asked from outside, for which a proxy holds requests back if there is one.
pub fn silence_of_a_release(service: &str, grace_seconds: u32, has_proxy: bool) -> String {
    let proxy = if has_proxy { " The proxy holds new requests back for about 5 s before it gives up." } else { "" };
    format!(
        "Compose replaces a container by stopping it first, and several replicas without waiting for one another. \
         `{service}` answers nobody from then on until the new one has started; the old one gets {grace_seconds} s to \
         end its requests.{proxy}"
    )
}

/// Of the file of a proxy.
pub fn changed_file(file: &str) -> String {
    format!("A change of `{file}`, which Compose does not look into:")
}

// A backup.
pub const BACKUP: &str = "Backup";
pub const COPIES_OF_THE_DISKS: &str = "Copies of what the disks hold, to be taken away from this server:";

// Development.
pub const WHILE_YOU_DEVELOP: &str = "While you develop";
pub const BUILDS_WHAT_YOU_CHANGE: &str = "This builds and replaces what you change, until you stop it:";

/// Of services that run an image which another one builds.
pub fn same_image_with_the_next_start(services: &[&str]) -> String {
    let change = if services.len() == 1 { "changes" } else { "change" };
    format!(
        "It replaces the one service that builds an image; {} with the same image {change} with the next start of all.",
        all_of(services)
    )
}
