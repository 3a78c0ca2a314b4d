//! How many machines it takes at least, whatever goes where: no fewer have in all what is asked of them.

use crate::plan::allocatable::Allocatable;
use crate::plan::percent_of;
use crate::plan::server::LOAD_LINE_PERCENT;
use crate::topology::{Service, Survive, Topology};

/// Returns a number of machines below which they never carry the topology, or the service of a pod that fits on none. The
/// machines are spread over `zones`, one of which may have to be survived.
pub(super) fn least(machine: Allocatable, topology: &Topology, survive: Survive, zones: u32) -> Result<u64, &Service> {
    let for_pods = match survive {
        // No machine is to be loaded past its line.
        Survive::Nothing => Allocatable { memory: percent_of(machine.memory, LOAD_LINE_PERCENT), ..machine },
        Survive::Node | Survive::Zone => machine,
    };
    let peak = machines_for(for_pods, topology, |service| service.replicas.peak())?;
    let steady = machines_for(for_pods, topology, |service| service.replicas.steady())?;
    let survivors = match survive {
        _ if steady == 0 => 0,
        Survive::Nothing => steady,
        Survive::Node => steady + 1,
        // Of n in z zones, n − ceil(n / z) are left when the fullest zone is lost: that is floor(n (z − 1) / z).
        Survive::Zone if zones > 1 => (steady * u64::from(zones)).div_ceil(u64::from(zones) - 1).max(2),
        Survive::Zone => steady.max(2),
    };
    Ok(peak.max(survivors))
}

/// Returns how many of the machine have room in sum for `replicas` of each service.
fn machines_for(
    machine: Allocatable,
    topology: &Topology,
    replicas: impl Fn(&Service) -> u32,
) -> Result<u64, &Service> {
    let (mut memory, mut cpu, mut pods, mut least) = (0_u128, 0_u128, 0_u64, 0_u64);
    for service in &topology.services {
        let count = u64::from(replicas(service));
        if count == 0 {
            continue;
        }
        let (pod_memory, pod_cpu) = (service.pod_memory(), service.pod_cpu());
        let each = fit(machine.memory.bytes(), pod_memory.bytes())
            .min(fit(machine.cpu.millis(), pod_cpu.millis()))
            .min(machine.max_pods);
        if each == 0 {
            return Err(service);
        }
        least = least.max(count.div_ceil(each));
        memory += u128::from(pod_memory.bytes()) * u128::from(count);
        cpu += u128::from(pod_cpu.millis()) * u128::from(count);
        pods += count;
    }
    let by = |sum: u128, each: u64| {
        if sum == 0 { 0 } else { u64::try_from(sum.div_ceil(each.max(1).into())).unwrap_or(u64::MAX) }
    };
    let by_sums =
        [by(memory, machine.memory.bytes()), by(cpu, machine.cpu.millis()), by(pods.into(), machine.max_pods)];
    Ok(by_sums.into_iter().fold(least, u64::max))
}

/// Returns how often `part` fits into `whole`; if `part` is zero, any number of times.
fn fit(whole: u64, part: u64) -> u64 {
    whole.checked_div(part).unwrap_or(u64::MAX)
}
