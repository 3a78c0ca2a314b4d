//! <https://github.com/compose-spec/compose-spec/blob/main/spec.md>, and what `docker compose up` refuses although the
//! schema takes it.

use super::{Files, Rule, if_so, items};
use serde_json::Value;
use std::collections::BTreeSet;

pub const RULES: &[Rule] = &[
    ("no `version`", |files| if_so(files.compose.get("version").is_some(), "").into_iter().collect()),
    ("every service is limited in memory, and does not swap", |files| {
        of_services(files, |_, service| {
            let limit = &service["deploy"]["resources"]["limits"]["memory"];
            let reserved = &service["deploy"]["resources"]["reservations"]["memory"];
            let swap = &service["memswap_limit"];
            if_so(!limit.is_string() || limit != swap || limit != reserved, format!("{limit} {reserved} {swap}"))
        })
    }),
    ("every service has few rights and a read-only root", |files| {
        of_services(files, |_, service| {
            let drops_all = items(&service["cap_drop"]).any(|dropped| dropped == "ALL");
            let keeps_rights = items(&service["security_opt"]).any(|option| option == "no-new-privileges:true");
            let is_bare = service["read_only"] == true && drops_all && keeps_rights;
            let adds = items(&service["cap_add"]).any(|added| added != "NET_BIND_SERVICE");
            if_so(!is_bare || adds || service.get("privileged").is_some(), "")
        })
    }),
    ("every service but the proxy has a user who is not root", |files| {
        of_services(files, |_, service| {
            let is_root = |user: &str| user.split(':').next().is_some_and(|uid| uid.trim_start_matches('0').is_empty());
            let is_proxy = service.get("cap_add").is_some();
            let user = service["user"].as_str();
            if_so(!is_proxy && user.is_none_or(is_root), format!("{user:?}"))
        })
    }),
    ("logs are rotated, and a stop has its time", |files| {
        of_services(files, |_, service| {
            if_so(service["logging"]["driver"] != "local" || !service["stop_grace_period"].is_string(), "")
        })
    }),
    ("`depends_on` has conditions that can come true", |files| {
        of_services(files, |name, service| {
            let possible = |(other, how): (&String, &Value)| {
                let other = &files.compose["services"][other];
                match how["condition"].as_str() {
                    Some("service_started") => other.is_object(),
                    Some("service_healthy") => other["healthcheck"].is_object(),
                    Some("service_completed_successfully") => other["restart"] == "no",
                    _ => false,
                }
            };
            let dependencies = service["depends_on"].as_object();
            let mut broken = dependencies.into_iter().flatten().filter(|dependency| !possible(*dependency));
            broken.next().map(|(other, how)| format!("{name} waits for {other}: {how}"))
        })
    }),
    ("`depends_on` makes no circle", |files| {
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let count = files.services().count();
        for _ in 0..count {
            for (name, service) in files.services() {
                let mut waits = service["depends_on"].as_object().into_iter().flatten();
                if waits.all(|(other, _)| done.contains(other.as_str())) {
                    done.insert(name);
                }
            }
        }
        if_so(done.len() != count, format!("{done:?}")).into_iter().collect()
    }),
    ("a service that waits can reach what it waits for", |files| {
        let default = vec!["default".to_owned()];
        let networks = |service: &Value| {
            let listed: Vec<String> =
                items(&service["networks"]).filter_map(|one| one.as_str()).map(str::to_owned).collect();
            if listed.is_empty() { default.clone() } else { listed }
        };
        of_services(files, |_, service| {
            let own = networks(service);
            let dependencies = service["depends_on"].as_object().into_iter().flatten();
            let serving = dependencies.filter(|(_, how)| how["condition"] != "service_completed_successfully");
            let apart = |(other, _): &(&String, &Value)| {
                !networks(&files.compose["services"][other.as_str()]).iter().any(|network| own.contains(network))
            };
            serving.filter(apart).map(|(other, _)| other.clone()).next()
        })
    }),
    ("networks and volumes are declared", |files| {
        of_services(files, |_, service| {
            let is_declared = |kind: &str, name: &Value| {
                name == "default" || files.compose[kind].get(name.as_str().unwrap_or_default()).is_some()
            };
            let volumes =
                items(&service["volumes"]).filter(|mount| mount["type"] == "volume").map(|mount| &mount["source"]);
            let unknown = items(&service["networks"]).find(|network| !is_declared("networks", network));
            unknown.or_else(|| volumes.into_iter().find(|volume| !is_declared("volumes", volume))).map(Value::to_string)
        })
    }),
    ("no two services take one port of the server", |files| {
        let mut taken = BTreeSet::new();
        let published = |port: &Value| {
            let text = port.as_str().unwrap_or_default();
            let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
            let mut parts = ports.rsplit(':');
            parts.next();
            format!("{}/{protocol}", parts.next().unwrap_or_default())
        };
        of_services(files, |_, service| {
            items(&service["ports"]).map(published).find(|port| !taken.insert(port.clone()))
        })
    }),
    ("a service of several containers publishes no port", |files| {
        of_services(files, |_, service| {
            let replicas = service["deploy"]["replicas"].as_u64().unwrap_or(1);
            if_so(replicas > 1 && service.get("ports").is_some(), "")
        })
    }),
    ("a built image is built by one service and pulled by none", |files| {
        let built: Vec<&Value> = files
            .services()
            .filter(|(_, service)| service.get("build").is_some())
            .map(|(_, service)| &service["image"])
            .collect();
        let unique: BTreeSet<String> = built.iter().map(ToString::to_string).collect();
        let mut violations: Vec<String> =
            if_so(built.len() != unique.len(), format!("{built:?}")).into_iter().collect();
        violations.extend(of_services(files, |_, service| {
            // What runs now and then is not built anew at each run.
            let builds_at_start = service.get("build").is_some() && service.get("profiles").is_none();
            let is_built = built.contains(&&service["image"]);
            let expected = is_built.then_some(if builds_at_start { "build" } else { "never" });
            let policy = service["pull_policy"].as_str();
            if_so(expected.is_some() && expected != policy, format!("{policy:?}"))
        }));
        violations
    }),
    ("nothing is mounted at one place twice", |files| {
        of_services(files, |_, service| {
            let mut seen = BTreeSet::new();
            let folder = |mount: &Value| mount.as_str().and_then(|mount| mount.split(':').next()).map(str::to_owned);
            let folders = items(&service["tmpfs"]).filter_map(folder);
            let disks = items(&service["volumes"]).filter_map(|mount| mount["target"].as_str().map(str::to_owned));
            folders.chain(disks).find(|path| !seen.insert(path.clone()))
        })
    }),
];

fn of_services(files: &Files, mut check: impl FnMut(&str, &Value) -> Option<String>) -> Vec<String> {
    files.services().filter_map(|(name, service)| Some(format!("{name}: {}", check(name, service)?))).collect()
}
