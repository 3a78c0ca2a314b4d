//! The instance types that clouds sell: what each has, how many pods it allows, and what it costs.

mod table;

use crate::quantity::{Cpu, Memory};

/// Who sells a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// Amazon Web Services.
    Aws,
    /// Google Cloud.
    Google,
    /// Microsoft Azure.
    Azure,
    /// Hetzner Cloud.
    Hetzner,
    /// `DigitalOcean`.
    DigitalOcean,
}

/// A machine that a cloud sells under a name.
#[derive(Debug, PartialEq, Eq)]
pub struct InstanceType {
    /// Who sells it.
    pub cloud: Cloud,
    /// Its name there, such as `t3.small`.
    pub name: &'static str,
    cores: u16,
    mib: u32,
    pods: u16,
    cents: u32,
}

/// Where and when prices were published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Priced {
    /// The region.
    pub region: &'static str,
    /// The day, such as `2026-07-20`.
    pub date: &'static str,
}

impl InstanceType {
    const fn of(cloud: Cloud, name: &'static str, cores: u16, mib: u32, pods: u16, cents: u32) -> Self {
        Self { cloud, name, cores, mib, pods, cents }
    }

    /// All of them, those of a cloud together.
    pub fn all() -> &'static [Self] {
        table::TABLE
    }

    /// The type of this name; clouds write names in one case only, and people do not.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|one| one.name.eq_ignore_ascii_case(name))
    }

    /// The type of a cloud with a limit of pods that has most nearly these processors and this memory; of equally near ones,
    /// the one that allows the fewest pods.
    pub fn nearest(cloud: Cloud, cpu: Cpu, memory: Memory) -> Option<&'static Self> {
        // A core counts as much as 2 GiB, about what a cloud asks for both.
        let cores = |one: &Self| one.cpu().millis().abs_diff(cpu.millis()).saturating_mul(2048) / 1000;
        let mib = |one: &Self| one.memory().bytes().abs_diff(memory.bytes()) >> 20;
        let of_cloud = Self::all().iter().filter(|one| one.cloud == cloud && one.pods > 0);
        of_cloud.min_by_key(|one| (cores(one).saturating_add(mib(one)), one.pods))
    }

    /// Its processors.
    pub fn cpu(&self) -> Cpu {
        Cpu::from_cores(self.cores.into())
    }

    /// Its memory.
    pub fn memory(&self) -> Memory {
        Memory::from_mib(self.mib.into())
    }

    /// How many pods it allows, where that follows from the type and not from the cloud's rule alone.
    pub fn pods(&self) -> Option<u64> {
        (self.pods > 0).then(|| self.pods.into())
    }

    /// What it costs a month, in hundredths of a US dollar, where that is known.
    pub fn cents(&self) -> Option<u64> {
        (self.cents > 0).then(|| self.cents.into())
    }

    /// Whether it has only a share of its processors, which is less than they look.
    pub fn has_shared_cores(&self) -> bool {
        self.cloud == Cloud::Google && matches!(self.name, "e2-micro" | "e2-small" | "e2-medium")
    }
}

impl InstanceType {
    /// Whether its processors are Arm's, for which images are built anew.
    pub fn is_arm(&self) -> bool {
        ["t4g.", "m7g.", "cax"].iter().any(|family| self.name.starts_with(family))
    }
}

impl Cloud {
    /// Where and when its prices were published, if they are known.
    pub fn priced(self) -> Option<Priced> {
        table::PRICED.iter().find(|(cloud, _)| *cloud == self).map(|(_, priced)| *priced)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Google => "Google Cloud",
            Self::Azure => "Azure",
            Self::Hetzner => "Hetzner",
            Self::DigitalOcean => "DigitalOcean",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_for_one_type_whatever_its_case() {
        for one in InstanceType::all() {
            assert_eq!(InstanceType::named(one.name), Some(one));
            assert_eq!(InstanceType::named(&one.name.to_uppercase()), Some(one));
            assert!(one.cents().is_none() || one.cloud.priced().is_some(), "{one:?}");
            assert_eq!(one.pods().is_some(), one.cloud == Cloud::Aws, "{one:?}");
        }
        assert_eq!(InstanceType::named("t3.smal"), None);
    }

    /// The pods of <https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/eni_max_pods.go>.
    #[test]
    fn machines_without_a_name_are_taken_for_the_nearest_type() {
        for (cores, gib, name) in [
            (2, 2, "t3.small"),
            (2, 4, "t3.medium"),
            (2, 8, "m5.large"),
            (4, 16, "t3.xlarge"),
            (4, 8, "c5.xlarge"),
            (192, 768, "m7i.8xlarge"),
        ] {
            let near = InstanceType::nearest(Cloud::Aws, Cpu::from_cores(cores), Memory::from_gib(gib)).unwrap();
            assert_eq!(near.name, name, "{cores} cores, {gib} GiB");
        }
        assert_eq!(InstanceType::nearest(Cloud::Hetzner, Cpu::ZERO, Memory::ZERO), None);
        let most = InstanceType::nearest(Cloud::Aws, Cpu::from_millis(u64::MAX), Memory::from_bytes(u64::MAX));
        assert_eq!(most.and_then(InstanceType::pods), Some(234));
    }
}
