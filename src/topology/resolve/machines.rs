//! The machines that one could buy.

use super::super::document;
use super::super::{Machine, defaults};
use super::targets::Targets;
use super::{MAX_MACHINES, Report, given};
use crate::finding::Finding;
use crate::message::message;
use crate::model::instance_types::InstanceType;
use crate::rules;
use crate::yaml::Field;

/// The longest name of a machine; those of the large clouds have 10 to 25 characters.
const LONGEST_NAME: usize = 40;

/// The type beside which to look for machines, where the document lists none: that of the cluster or, without one there, of
/// the server.
pub fn beside(written: &Field<Vec<Field<document::Machine>>>, targets: &Targets) -> Option<&'static InstanceType> {
    let of_nodes = targets.cluster.iter().flat_map(|cluster| &cluster.nodes).find_map(|group| group.instance);
    let of_server = || targets.server.as_ref().and_then(|server| server.instance);
    written.is_absent().then(|| of_nodes.or_else(of_server)).flatten()
}

/// The machines of the list that can be told apart; if there is none, those of the cloud, or the usual ones.
pub fn resolve(
    written: &Field<Vec<Field<document::Machine>>>,
    beside: Option<&'static InstanceType>,
    report: &mut Report,
) -> Vec<Machine> {
    let Some((entries, span)) = given(written) else {
        return beside.map_or_else(Machine::usual, Machine::beside);
    };
    if entries.len() > MAX_MACHINES {
        let message = message!(
            "{count} machines are more than the {most} that are compared",
            count = entries.len(),
            most = MAX_MACHINES
        );
        let help = "Only the first are; remove those that you would not buy";
        report.add(Finding::error(&rules::too_many::RULE, span, message).help(help));
    }
    let mut machines: Vec<Machine> = Vec::new();
    for (entry, span) in entries.iter().take(MAX_MACHINES).filter_map(given) {
        let machine = machine(entry, report);
        let is_same = |other: &Machine| match (&machine.name, &other.name) {
            (None, None) => (other.cpu, other.memory) == (machine.cpu, machine.memory),
            (name, other) => name == other,
        };
        if machines.iter().any(is_same) {
            let (message, place) = match (&machine.name, entry.name.span()) {
                (Some(name), Some(place)) => (message!("There are two machines called `{name}`", name), place),
                _ => (message!("There are two machines with {size}", size = machine.size()), span),
            };
            report.add(
                Finding::error(&rules::duplicate_name::RULE, place, message).help("Give each a `name` of its own"),
            );
            continue;
        }
        machines.push(machine);
    }
    let priced = machines.iter().filter(|machine| machine.price.is_some()).count();
    if (1..machines.len()).contains(&priced) {
        let message = message!(
            "{priced} of {count} machines have a price, so that all are compared by size",
            priced,
            count = machines.len()
        );
        report.add(
            Finding::warning(&rules::no_effect::RULE, span, message).help("Give every machine a `price`, or none"),
        );
    }
    if machines.is_empty() {
        report.no_effect(
            written,
            "There is no machine in the list",
            "List some, or leave it out: then the usual sizes are taken",
        );
        return Machine::usual();
    }
    machines
}

fn machine(written: &document::Machine, report: &mut Report) -> Machine {
    let name_help = format!("Use letters, digits and signs without line breaks, {LONGEST_NAME} characters at most");
    Machine {
        name: report
            .text(&written.name, is_name, |text| message!("`{text}` is no name of a machine", text), &name_help)
            .map(str::to_owned),
        cpu: report.positive(&written.cpu, "The processors of a machine cannot be 0").unwrap_or(defaults::MACHINE_CPU),
        memory: report
            .positive(&written.memory, "The memory of a machine cannot be 0")
            .unwrap_or(defaults::MACHINE_MEMORY),
        price: written.price.get().copied(),
    }
}

/// Whether it can stand in a sentence: it neither breaks lines nor turns the direction of what follows.
fn is_name(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ';
    text.chars().all(is_plain) && text.trim() == text && (1..=LONGEST_NAME).contains(&text.chars().count())
}

#[cfg(test)]
mod tests {
    use crate::analyze;
    use crate::finding::Finding;
    use crate::topology::Machine;

    fn machines(list: &str) -> (Vec<Machine>, Vec<Finding>) {
        let analysis = analyze(&format!("services: {{}}\nmachines: {list}\n"));
        (analysis.outputs.unwrap().topology.machines, analysis.findings)
    }

    #[test]
    fn machines_are_as_written_or_the_usual_ones() {
        let (list, findings) = machines(
            "[{ name: cx22, cpu: 2, memory: 4Gi, price: 3.79 }, { name: big, cpu: 64, memory: 1Ti, price: 0 }, { name: default, price: 1 }]",
        );
        assert_eq!(findings, []);
        let said: Vec<_> =
            list.iter().map(|one| (one.name.as_deref().unwrap(), one.size(), one.price.unwrap().cents())).collect();
        assert_eq!(
            said,
            [
                ("cx22", "2 cores, 4 GiB".to_owned(), 379),
                ("big", "64 cores, 1 TiB".to_owned(), 0),
                ("default", "2 cores, 4 GiB".to_owned(), 100)
            ]
        );
        assert_eq!(analyze("services: {}").outputs.unwrap().topology.machines, Machine::usual());
    }

    #[test]
    fn what_cannot_be_bought_is_told_and_the_rest_stays() {
        for (list, kept, rules) in [
            ("[{ cpu: 0 }]", 1, &["out-of-range"][..]),
            ("[{ memory: 0 }]", 1, &["out-of-range"]),
            ("[{ price: -1 }]", 1, &["wrong-value"]),
            ("[{ price: .nan }]", 1, &["wrong-type"]),
            ("[{ price: .inf }]", 1, &["wrong-type"]),
            ("[{ name: a }, { name: a, cpu: 4 }]", 1, &["duplicate-name"]),
            ("[{ cpu: 4 }, { cpu: 4 }]", 1, &["duplicate-name"]),
            ("[{ cpu: 4, price: 1 }, { cpu: 8 }]", 2, &["no-effect"]),
            ("[]", 23, &["no-effect"]),
            ("[{ name: \"a\\nb\" }]", 1, &["wrong-value"]),
            ("[{ name: \"\" }]", 1, &["wrong-value"]),
            ("[4, { cpu: 8 }]", 1, &["wrong-type"]),
        ] {
            let (list_of, findings) = machines(list);
            let found: Vec<_> = findings.iter().map(|finding| finding.rule.id).collect();
            assert_eq!((list_of.len(), found.as_slice()), (kept, rules), "{list}: {findings:?}");
            assert!(
                findings.iter().all(|finding| finding.help.is_some() || finding.rule.id == "wrong-type"),
                "{findings:?}"
            );
        }
        let many: Vec<String> = (1..=60).map(|cpu| format!("{{ cpu: {cpu} }}")).collect();
        let (list, findings) = machines(&format!("[{}]", many.join(", ")));
        assert_eq!((list.len(), findings[0].rule.id), (50, "too-many"));
    }
}
