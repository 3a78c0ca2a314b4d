//! <https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted>

use super::{Files, Rule, if_so, items};
use serde_json::Value;

pub const RULES: &[Rule] = &[
    ("Host Namespaces", |files| {
        files.of_pods(|pod| {
            let shared = ["hostNetwork", "hostPID", "hostIPC"].into_iter().find(|key| pod.spec[*key] == true);
            shared.map(str::to_owned)
        })
    }),
    ("Privileged Containers", |files| {
        files.of_containers(|_, container| if_so(rights(container)["privileged"] == true, ""))
    }),
    ("Capabilities", |files| {
        files.of_containers(|_, container| {
            let capabilities = &rights(container)["capabilities"];
            let drops_all = items(&capabilities["drop"]).any(|dropped| dropped == "ALL");
            let adds_others = items(&capabilities["add"]).any(|added| added != "NET_BIND_SERVICE");
            if_so(!drops_all || adds_others, capabilities.to_string())
        })
    }),
    ("Volume Types", |files| {
        const ALLOWED: [&str; 8] = [
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "persistentVolumeClaim",
            "projected",
            "secret",
        ];
        files.of_pods(|pod| {
            let is_allowed = |volume: &Value| {
                let types: Vec<&String> = volume.as_object().into_iter().flatten().map(|(key, _)| key).collect();
                types.iter().all(|key| *key == "name" || ALLOWED.contains(&key.as_str()))
            };
            items(&pod.spec["volumes"]).find(|volume| !is_allowed(volume)).map(Value::to_string)
        })
    }),
    ("Host Ports", |files| {
        files.of_containers(|_, container| {
            if_so(items(&container["ports"]).any(|port| port.get("hostPort").is_some()), "")
        })
    }),
    ("Host Probes / Lifecycle Hooks", |files| {
        files.of_containers(|_, container| {
            let asks =
                ["/startupProbe", "/readinessProbe", "/livenessProbe", "/lifecycle/preStop", "/lifecycle/postStart"];
            let has_host = |question: &&str| {
                let at = |path: &str| container.pointer(&format!("{question}/{path}/host")).is_some();
                at("httpGet") || at("tcpSocket")
            };
            asks.into_iter().find(has_host).map(str::to_owned)
        })
    }),
    ("/proc Mount Type", |files| {
        files.of_containers(|_, container| if_so(rights(container).get("procMount").is_some(), ""))
    }),
    ("Sysctls", |files| {
        const SAFE: [&str; 2] = ["net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies"];
        files.of_pods(|pod| {
            let name = |sysctl: &Value| sysctl["name"].as_str().unwrap_or_default().to_owned();
            items(&pod.spec["securityContext"]["sysctls"]).map(name).find(|name| !SAFE.contains(&name.as_str()))
        })
    }),
    ("Privilege Escalation", |files| {
        files.of_containers(|_, container| if_so(rights(container)["allowPrivilegeEscalation"] != false, ""))
    }),
    ("Running as Non-root", |files| {
        files.of_containers(|pod, container| {
            let of = |key: &str| rights(container).get(key).unwrap_or(&pod.spec["securityContext"][key]).clone();
            if_so(of("runAsNonRoot") != true, "runAsNonRoot")
        })
    }),
    ("Running as Non-root user", |files| {
        files.of_containers(|pod, container| {
            let user = rights(container).get("runAsUser").unwrap_or(&pod.spec["securityContext"]["runAsUser"]);
            if_so(user.as_u64().is_none_or(|user| user == 0), user.to_string())
        })
    }),
    ("Seccomp", |files| {
        files.of_containers(|pod, container| {
            let profile =
                rights(container).get("seccompProfile").unwrap_or(&pod.spec["securityContext"]["seccompProfile"]);
            if_so(profile["type"] != "RuntimeDefault" && profile["type"] != "Localhost", profile.to_string())
        })
    }),
    ("the namespace enforces it", |files: &Files| {
        let enforces = |labels: &Value| labels["pod-security.kubernetes.io/enforce"] == "restricted";
        let lax = files.kind("Namespace").filter(|namespace| !enforces(&namespace.value["metadata"]["labels"]));
        lax.map(|namespace| namespace.name.clone()).collect()
    }),
];

fn rights(container: &Value) -> &Value {
    &container["securityContext"]
}
