//! What to run on one server, with Docker Compose.

use super::{Guide, SERVER, by_hand, health_path, hosts, public, speaks_http};
use crate::generate::compose::SECRETS_FOLDER;
use crate::generate::quoted_list;
use crate::kinds::program::Dump;
use crate::topology::{How, ProxyKind, Schedule, Service, ServiceId, Topology};

/// The steps on a server.
pub fn server(guide: &mut Guide, topology: &Topology) {
    guide.heading(2, SERVER);
    guide.paragraph(
        "It takes Docker Engine 25 and Docker Compose 2.22, or newer, and a Docker that is enabled, so that it starts \
         with the server:",
    );
    guide.commands([
        "docker version --format '{{.Server.Version}}'",
        "docker compose version --short",
        "systemctl is-enabled docker",
    ]);
    network(guide, topology);
    secret_files(guide, topology);
    if !topology.secret_keys().is_empty() {
        guide.paragraph("This names what is missing in `.env`; it says nothing where nothing is:");
        guide.commands(["docker compose config --quiet"]);
    }
    if topology.services.iter().any(|service| service.before_start.iter().any(|step| step.how == How::ByHand)) {
        guide.paragraph("Before the first start, and before a release that asks for it:");
        if !topology.builds.is_empty() {
            guide.commands(["docker compose build"]);
        }
        by_hand(guide, topology, |service| format!("docker compose run --rm {}", service.name));
    }
    start(guide, topology);
    scheduled(guide, topology);
    release(guide, topology);
    backup(guide, topology);
    develop(guide, topology);
}

/// What has to be true outside before the start.
fn network(guide: &mut Guide, topology: &Topology) {
    let hosts = hosts(topology, |_| true);
    if !hosts.is_empty() {
        let with_certificates = !super::hosts(topology, |public| public.tls).is_empty();
        guide.paragraph(&point_at_the_server(&hosts, with_certificates));
    }
    for managed in &topology.managed {
        guide.paragraph(&not_started_here(managed.name.as_str(), managed.host.as_deref()));
    }
}

/// Asks for DNS records that point at the server, and for open ports.
fn point_at_the_server(hosts: &[&str], with_certificates: bool) -> String {
    let ports = if with_certificates {
        "ports 80 and 443: certificates are issued only where both lead here"
    } else {
        "port 80"
    };
    let names = if hosts.len() == 1 { "name" } else { "names" };
    format!("Let the DNS {names} {} point at the server, and let its firewall pass {ports}.", quoted_list(hosts))
}

/// Introduces the check of an external service, at `host` if that is known.
fn not_started_here(service: &str, host: Option<&str>) -> String {
    let place = host.map(|host| format!(" (`{host}`)")).unwrap_or_default();
    format!("`{service}`{place} is not started here. It has to let this server in.")
}

/// The files that Compose mounts, made from `.env`, so that there is one place for all secrets.
fn secret_files(guide: &mut Guide, topology: &Topology) {
    let keys: Vec<&str> = topology.secret_files().into_iter().map(|(key, _)| key).collect();
    if keys.is_empty() {
        return;
    }
    let keys = keys.join(" ");
    guide.paragraph("Some secrets are mounted as files, which these commands make of `.env`:");
    guide.commands([
        format!("mkdir -p {SECRETS_FOLDER}"),
        format!("chmod 0700 {SECRETS_FOLDER}"),
        format!("for key in {keys}; do sed -n \"s/^$key=//p\" .env | tr -d '\\n' > {SECRETS_FOLDER}/$key; done"),
        format!("chmod 0644 {SECRETS_FOLDER}/*"),
    ]);
    guide.paragraph(
        "Keep the folder out of version control, too. Only you can enter it; the files in it are readable, since each \
         container reads its own as a user that the server does not know. None may have 0 bytes:",
    );
    guide.commands([format!("wc -c {SECRETS_FOLDER}/*")]);
}

fn start(guide: &mut Guide, topology: &Topology) {
    guide.paragraph("Build and start it all:");
    guide.commands(["docker compose up --build --detach --wait"]);
    guide.paragraph("This waits until every health check passes. Look at what runs, and at what it says:");
    guide.commands(["docker compose ps --all", "docker compose logs --tail 50"]);
    for service in &topology.services {
        if let Some(publish) = service.publish.filter(|_| service.public.is_none() && speaks_http(service)) {
            guide.paragraph(&format!("`{}` answers on the server itself:", service.name));
            guide.commands([format!("curl --include http://127.0.0.1:{}{}", publish.port, health_path(service))]);
        }
    }
    public(guide, topology);
    if !super::hosts(topology, |public| public.tls).is_empty() {
        guide.paragraph("The first certificate takes some seconds. If none comes, the proxy says why:");
        guide.commands([format!("docker compose logs {}", topology.proxy_name())]);
    }
}

/// What cron has to start.
fn scheduled(guide: &mut Guide, topology: &Topology) {
    for (id, service) in topology.running() {
        let Some(schedule) = &service.schedule else { continue };
        guide.paragraph(&format!(
            "`{}` runs now and then, and not with the rest. Let it run once, and look at how it ends:",
            service.name
        ));
        let builds = service.build.and_then(|id| topology.builder(topology.build(id))) == Some(id);
        guide.commands(
            builds
                .then(|| format!("docker compose build {}", service.name))
                .into_iter()
                .chain([format!("docker compose run --rm {}", service.name)]),
        );
        guide.paragraph(
            "Then let cron do so. Its times are the server's, and these are UTC: `date +%Z` says whether that is the \
             same. `crontab -l` shows the line.",
        );
        guide.commands([crontab(topology, service, schedule)]);
    }
}

/// The command that adds a line to the crontab; a run that is still going on keeps the next from starting.
fn crontab(topology: &Topology, service: &Service, schedule: &Schedule) -> String {
    let lock = format!("/tmp/{}-{}.lock", topology.name, service.name);
    let run = format!("flock --nonblock {lock} docker compose run --rm -T {}", service.name);
    format!("(crontab -l 2>/dev/null; echo \"{schedule} cd '$PWD' && {run}\") | crontab -")
}

/// A new version, the one before, and what that costs.
fn release(guide: &mut Guide, topology: &Topology) {
    guide.heading(3, "A new release");
    guide.paragraph(
        "After a change of the code, of these files or of `.env`, build and start it all again; what did not change \
         goes on running. To go back, check out the version before and do the same. What a step has done to a database \
         stays.",
    );
    let scheduled = topology.builds.iter().filter_map(|build| topology.builder(build)).map(|id| topology.service(id));
    let left_out: Vec<&str> =
        scheduled.filter(|service| service.schedule.is_some()).map(|service| service.name.as_str()).collect();
    if !left_out.is_empty() {
        guide.paragraph("That builds no image which only cron starts:");
        guide.commands([format!("docker compose build {}", left_out.join(" "))]);
    }
    let alone = |service: &&Service| service.public.is_some() || service.publish.is_some();
    if let Some(service) = topology.services.iter().find(alone) {
        let (name, seconds) = (service.name.as_str(), service.grace_seconds());
        guide.paragraph(&release_downtime(name, seconds, topology.has_proxy()));
    }
    if let Some(server) = topology.server.filter(|_| topology.has_proxy()) {
        let file = match server.proxy {
            ProxyKind::Caddy => "Caddyfile",
            ProxyKind::Traefik => "traefik-routes.yaml",
        };
        guide.paragraph(&format!("A change of `{file}`, which Compose does not look into:"));
        guide.commands([format!("docker compose restart {}", topology.proxy_name())]);
    }
    let readers: Vec<&str> = topology
        .running()
        .filter(|(_, service)| !service.secret_files.is_empty() && service.schedule.is_none())
        .map(|(_, service)| service.name.as_str())
        .collect();
    if !readers.is_empty() {
        guide.paragraph("A change of a secret that is a file: make the files again, then");
        guide.commands([format!("docker compose restart {}", readers.join(" "))]);
    }
    guide.paragraph(
        "Now and then, fetch what has been mended in the images that all this rests on, and build and start it again:",
    );
    let is_scheduled = topology.running().any(|(_, service)| service.schedule.is_some());
    let compose = if is_scheduled { "docker compose --profile scheduled" } else { "docker compose" };
    guide.commands([format!("{compose} build --pull"), format!("{compose} pull --ignore-buildable")]);
}

/// Says how long a public service is down during a release. A proxy holds requests back meanwhile.
fn release_downtime(service: &str, grace_seconds: u32, has_proxy: bool) -> String {
    let proxy = if has_proxy { " The proxy holds new requests back for about 5 s before it gives up." } else { "" };
    format!(
        "Compose replaces a container by stopping it first, and several replicas without waiting for one another. \
         `{service}` answers nobody from then on until the new one has started; the old one gets {grace_seconds} s to \
         end its requests.{proxy}"
    )
}

/// A copy of what the volumes hold.
fn backup(guide: &mut Guide, topology: &Topology) {
    let kept: Vec<&Service> = topology.services.iter().filter(|service| service.is_stateful()).collect();
    if kept.is_empty() {
        return;
    }
    guide.heading(3, "Backup");
    guide.paragraph("Copies of what the disks hold, to be taken away from this server:");
    guide.commands(kept.into_iter().flat_map(|service| copy(topology, service)));
}

/// Commands that copy a service's data: while it runs where its own tool can, else while it stands still.
fn copy(topology: &Topology, service: &Service) -> Vec<String> {
    let compose = |arguments: &str| format!("docker compose {arguments} {}", service.name);
    if let Some(Dump { command, extension }) = service.kind.dump {
        return vec![format!("{} sh -c '{command}' > {}.{extension}", compose("exec -T"), service.name)];
    }
    let volume = format!("--volume {}_{}-data:/data:ro", topology.name, service.name);
    let tar = format!("tar -C /data -czf /copy/{}.tar.gz .", service.name);
    vec![compose("stop"), format!("docker run --rm {volume} --volume \"$PWD\":/copy alpine:3 {tar}"), compose("start")]
}

fn develop(guide: &mut Guide, topology: &Topology) {
    let is_watched = |id: &ServiceId| topology.service(*id).schedule.is_none();
    if !topology.builds.iter().filter_map(|build| topology.builder(build)).any(|id| is_watched(&id)) {
        return;
    }
    guide.heading(3, "While you develop");
    guide.paragraph("This builds and replaces what you change, until you stop it:");
    guide.commands(["docker compose watch"]);
    let shared: Vec<&str> = topology
        .builds
        .iter()
        .flat_map(|build| build.services.iter().filter(|id| Some(**id) != topology.builder(build) && is_watched(id)))
        .map(|id| topology.service(*id).name.as_str())
        .collect();
    if !shared.is_empty() {
        guide.paragraph(&same_image_with_the_next_start(&shared));
    }
}

/// Says when services change that run an image which another one builds.
fn same_image_with_the_next_start(services: &[&str]) -> String {
    let change = if services.len() == 1 { "changes" } else { "change" };
    format!(
        "It replaces the one service that builds an image; {} with the same image {change} with the next start of all.",
        quoted_list(services)
    )
}

#[cfg(test)]
mod tests {
    use crate::generate::guide::tests::guide;

    /// The commands, without their indent.
    fn commands(services: &str) -> Vec<String> {
        let text = guide(&format!("name: shop\nserver: {{}}\nservices:\n{services}"));
        text.lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
    }

    fn position(commands: &[String], start: &str) -> usize {
        commands
            .iter()
            .position(|command| command.starts_with(start))
            .unwrap_or_else(|| panic!("{start}: {commands:#?}"))
    }

    #[test]
    fn curl_is_for_what_speaks_http() {
        let commands = commands(
            "  api: { python: {} }\n  db: { postgres: {}, publish: 5432 }\n  raw: { image: 'a:1', port: 90, publish: 90 }\n",
        );
        let asked: Vec<&String> = commands.iter().filter(|line| line.contains("curl")).collect();
        assert_eq!(asked, ["curl --include http://127.0.0.1:8000/"]);
    }

    #[test]
    fn steps_by_hand_come_between_building_and_starting() {
        let commands = commands("  api: { python: {}, before_start: [{ run: 'seed \"a b\"', how: by-hand }] }\n");
        let order = ["docker compose build", "docker compose run --rm api seed 'a b'", "docker compose up --build"];
        assert!(order.map(|command| position(&commands, command)).is_sorted(), "{commands:#?}");
    }

    #[test]
    fn files_of_secrets_are_made_of_env_for_users_that_the_server_does_not_know() {
        let commands = commands("  api: { python: {}, secrets: [A, B], secrets_as: files }\n");
        let made = position(&commands, "mkdir -p .secrets");
        let expected = [
            "mkdir -p .secrets",
            "chmod 0700 .secrets",
            "for key in A B; do sed -n \"s/^$key=//p\" .env | tr -d '\\n' > .secrets/$key; done",
            "chmod 0644 .secrets/*",
            "wc -c .secrets/*",
        ];
        assert_eq!(commands[made..made + expected.len()], expected);
        assert!(position(&commands, "cp .env.example .env") < made && made < position(&commands, "docker compose up"));
        position(&commands, "docker compose restart api");
    }

    #[test]
    fn cron_starts_what_has_a_schedule_once_at_a_time() {
        let commands = commands("  report: { python: { worker: report }, schedule: 0 3 * * * }\n");
        let line = "(crontab -l 2>/dev/null; echo \"0 3 * * * cd '$PWD' && flock --nonblock /tmp/shop-report.lock \
                    docker compose run --rm -T report\") | crontab -";
        position(&commands, line);
        assert!(
            position(&commands, "docker compose build report") < position(&commands, "docker compose run --rm report")
        );
    }

    #[test]
    fn a_release_builds_what_only_cron_starts_too() {
        let report = "  report: { python: { worker: report }, schedule: 0 3 * * * }\n";
        let alone = commands(report);
        assert_eq!(alone.iter().filter(|line| *line == "docker compose build report").count(), 2, "{alone:#?}");
        position(&alone, "docker compose --profile scheduled build --pull");
        position(&alone, "docker compose --profile scheduled pull --ignore-buildable");
        let shared = commands(&format!("  api: {{ python: {{}} }}\n{report}"));
        assert!(!shared.contains(&"docker compose build report".to_owned()), "{shared:#?}");
    }

    #[test]
    fn every_disk_has_a_copy_taken_of_it() {
        let commands = commands("  db: { postgres: {} }\n  queue: { rabbitmq: {} }\n");
        let dump = "docker compose exec -T db sh -c 'pg_dump --username \"$POSTGRES_USER\" \"$POSTGRES_DB\"' > db.sql";
        position(&commands, dump);
        let stop = position(&commands, "docker compose stop queue");
        let copy = "docker run --rm --volume shop_queue-data:/data:ro --volume \"$PWD\":/copy alpine:3 \
                    tar -C /data -czf /copy/queue.tar.gz .";
        assert_eq!(commands[stop + 1..=stop + 2], [copy, "docker compose start queue"]);
    }

    #[test]
    fn a_release_says_what_it_costs() {
        let text = guide("server: {}\nservices:\n  api: { python: {}, public: { host: a.example.com } }\n");
        assert!(
            text.contains("`api` answers nobody from then on until the new one has started; the old one gets 35 s"),
            "{text}"
        );
        assert!(text.contains("    docker compose restart proxy\n"), "{text}");
    }

    #[test]
    fn what_shares_an_image_is_told_apart_while_one_develops() {
        let text = guide("server: {}\nservices:\n  api: { python: {} }\n  bot: { python: { worker: bot } }\n");
        assert!(text.contains("`bot` with the same image changes with the next start of all"), "{text}");
        assert!(!guide("server: {}\nservices:\n  web: { nginx: {} }\n").contains("docker compose watch"));
    }
}
