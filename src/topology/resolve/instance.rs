//! The instance types that a document names.

use super::super::Reserve;
use super::{Report, given, shortened};
use crate::finding::Finding;
use crate::message::message;
use crate::model::instance_types::{Cloud, InstanceType};
use crate::rules;
use crate::spelling;
use crate::yaml::Field;

/// The type of this name; else a finding with the nearest one.
pub fn resolve(written: &Field<String>, report: &mut Report) -> Option<&'static InstanceType> {
    let (name, span) = given(written)?;
    if let Some(known) = InstanceType::named(name.trim()) {
        return Some(known);
    }
    report.add_with(|| {
        let message = message!("There is no instance type `{name}`", name = shortened(name));
        let finding = Finding::error(&rules::unknown_instance_type::RULE, span, message);
        let names: Vec<&str> = InstanceType::all().iter().map(|one| one.name).collect();
        match spelling::nearest(name, &names) {
            Some(near) => finding
                .help(format!("Did you mean `{near}`? For a type that is not known here, write its `cpu` and `memory`"))
                .replace_by(format!("Replace by `{near}`"), near),
            None => finding.help("Write its `cpu` and `memory` instead: the common types are known, not all"),
        }
    });
    None
}

/// Whose rule says what a machine of this cloud keeps for itself as a node.
pub fn reserve(cloud: Cloud) -> Reserve {
    match cloud {
        Cloud::Aws => Reserve::Eks,
        Cloud::Google => Reserve::Gke,
        Cloud::Azure => Reserve::Aks,
        Cloud::DigitalOcean => Reserve::Doks,
        // Hetzner runs no Kubernetes for others.
        Cloud::Hetzner => Reserve::Kubelet,
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze;

    fn read(target: &str) -> (crate::topology::Topology, Vec<crate::finding::Finding>) {
        let analysis = analyze(&format!("services: {{ a: {{ image: \"a:1\" }} }}\n{target}\n"));
        (analysis.outputs.unwrap().topology, analysis.findings)
    }

    #[test]
    fn a_type_says_what_is_not_written() {
        for (nodes, said) in [
            ("type: t3.small", "2 cores, 2 GiB eks None"),
            ("type: T3.Small", "2 cores, 2 GiB eks None"),
            ("type: t3.small, memory: 1900Mi, pods: 20", "2 cores, 1900 MiB eks Some(20)"),
            ("type: e2-standard-4", "4 cores, 16 GiB gke None"),
            ("type: Standard_D2s_v5, cpu: 1", "1 core, 8 GiB aks None"),
            ("type: s-2vcpu-4gb", "2 cores, 4 GiB doks None"),
            ("type: cx23", "2 cores, 4 GiB kubelet None"),
            ("type: cx23, reserve: gke", "2 cores, 4 GiB gke None"),
        ] {
            let (topology, findings) = read(&format!("cluster: {{ survive: nothing, nodes: [{{ {nodes} }}] }}"));
            assert!(findings.iter().all(|finding| finding.rule.id == "single-replica"), "{nodes}: {findings:?}");
            let group = &topology.cluster.unwrap().nodes[0];
            let reserve = serde_json::to_value(group.reserve).unwrap();
            let found =
                format!("{}, {} {} {:?}", group.cpu, group.memory, reserve.as_str().unwrap_or_default(), group.pods);
            assert_eq!(found, said, "{nodes}");
        }
        let server = read("server: { type: cpx22 }").0.server.unwrap();
        assert_eq!((server.cpu.millis(), server.memory.bytes() >> 30), (2000, 4));
        let server = read("server: { type: s-1vcpu-512mb-10gb }").0.server.unwrap();
        assert_eq!((server.memory.bytes() >> 20, server.system.bytes() >> 20), (512, 256));
    }

    #[test]
    fn an_unknown_type_suggests_the_nearest() {
        for (name, help) in [
            ("t3.smal", "Did you mean `t3.small`?"),
            ("Standard_D4s_v4", "Did you mean `Standard_D4s_v5`?"),
            ("e2-standrd-4", "Did you mean `e2-standard-4`?"),
            ("a machine of ours", "Write its `cpu` and `memory` instead"),
            ("\"\\u202e\\n\"", "Write its `cpu` and `memory` instead"),
        ] {
            for target in [format!("server: {{ type: {name} }}"), format!("cluster: {{ nodes: [{{ type: {name} }}] }}")]
            {
                let (_, findings) = read(&target);
                let found = findings.iter().find(|finding| finding.rule.id == "unknown-instance-type").unwrap();
                assert!(found.help.as_ref().unwrap().starts_with(help), "{found:?}");
            }
        }
    }

    #[test]
    fn pods_are_in_range() {
        for pods in ["0", "1001"] {
            let (topology, findings) = read(&format!("cluster: {{ nodes: [{{ pods: {pods} }}] }}"));
            assert_eq!(topology.cluster.unwrap().nodes[0].pods, None);
            assert!(findings.iter().any(|finding| finding.rule.id == "out-of-range"), "{findings:?}");
        }
    }
}
